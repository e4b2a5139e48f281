"""What is screened and what it is screened against: a party as asked about, and a party as lists name it.

Both carry a hash of all that screening looks at. A decision about a pair of them holds as long as both hashes do.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any

from rdflib import URIRef

from ...ontology import mint

_IRIS = ("entity", "node", "listing", "on")


@dataclass(frozen=True, slots=True)
class Number:
    """An identifier of the party asked about.

    Attributes:
        value: Its characters; blanks, dashes and case do not matter.
        scheme: The key of its scheme, such as `lei`, `imo-ship`, `bic`; nothing where it may be of any.
        issuer: The code of the country that gave it, such as `RU`, where the scheme has issuers.
    """

    value: str
    scheme: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A party to screen. Only what is known need be given; a name, an identifier or an address must be.

    Attributes:
        name: Its name, in any script and order.
        kind: person, organization, vessel, aircraft, or nothing.
        birth_date: A date in EDTF: `1963-07-28`, `1963`, `1951~`, `1951/1953`.
        countries: Codes of countries it has to do with.
        identifiers: Its numbers.
        aliases: Its other names.
        gender: `male` or `female`.
        flag: The code of the flag a vessel flies.
        addresses: Its addresses.
        key: The id under which whoever asks keeps the party.
    """

    name: str = ""
    kind: str = ""
    birth_date: str = ""
    countries: tuple[str, ...] = ()
    identifiers: tuple[Number, ...] = ()
    aliases: tuple[str, ...] = ()
    gender: str = ""
    flag: str = ""
    addresses: tuple[str, ...] = ()
    key: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names, the first one first, each once."""
        return tuple(dict.fromkeys(name for name in (self.name, *self.aliases) if name.strip()))

    @property
    def iri(self) -> URIRef:
        """Return the node of the party asked about."""
        return mint("subject", self.key or self.version)

    @property
    def version(self) -> str:
        """Return the hash of what is asked."""
        return _hash(asdict(self) | {"key": ""})


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a listed party: the node that states it, its text and its standing (primary, weak_alias ...)."""

    node: URIRef
    text: str
    standing: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a listed party; `strong` where its scheme gives one number to one party."""

    node: URIRef
    scheme: str
    value: str
    issuer: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a listed party."""

    node: URIRef
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a party on a list, with its first and last day where they are known."""

    listing: URIRef
    on: URIRef
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A party that a list or register names, with all that screening looks at."""

    entity: URIRef
    label: str
    kind: str = ""
    names: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    entries: tuple[Entry, ...] = ()
    births: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[URIRef, ...]:
        """Return the lists it stands on or stood on, in order."""
        return tuple(sorted({entry.on for entry in self.entries}))

    @property
    def version(self) -> str:
        """Return the hash of the record."""
        return _hash(asdict(self))


def to_json(subject: Subject) -> str:
    """Return a subject as one line of JSON."""
    return json.dumps(asdict(subject), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(line: str | bytes) -> Subject:
    """Return the subject that a line of JSON holds."""
    raw: dict[str, Any] = json.loads(line)
    return Subject(
        entity=URIRef(raw["entity"]),
        label=raw["label"],
        kind=raw["kind"],
        names=tuple(Name(**_iris(name)) for name in raw["names"]),
        identifiers=tuple(Identifier(**_iris(number)) for number in raw["identifiers"]),
        addresses=tuple(Address(**_iris(address)) for address in raw["addresses"]),
        entries=tuple(Entry(**_iris(entry)) for entry in raw["entries"]),
        **{field: tuple(raw[field]) for field in ("births", "countries", "genders", "flags")},
    )


def plain(value: str) -> str:
    """Return an identifier as it is compared: letters and digits in one case, without the name of its scheme."""
    bare = "".join(char for char in unicodedata.normalize("NFKC", value[:200]).casefold() if char.isalnum())
    return re.sub(r"^(?:imo|mmsi|lei|inn|ogrn|swift|bic|passport|no)(?=\d)", "", bare)


def _iris(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: URIRef(value) if key in _IRIS else value for key, value in raw.items()}


def _hash(raw: dict[str, Any]) -> str:
    text = json.dumps(raw, ensure_ascii=True, sort_keys=True)
    return blake2b(text.encode(), digest_size=12).hexdigest()
