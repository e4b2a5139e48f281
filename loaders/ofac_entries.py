"""One OFAC entry as statements: the twelve columns of SDN.CSV and the parts of its remark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement, Value
from .edtf import day, edtf
from .ofac_remarks import Kind, Part, parse
from .parties import FORMER, WEAK, identified, is_ship_number, listed, named, party, place
from .source import RecordError

KINDS = {
    "": CLEW.Organization,
    "individual": CLEW.Person,
    "vessel": CLEW.Vessel,
    "aircraft": CLEW.Aircraft,
}
_HELP = "download the file again, or correct the row"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an OFAC list, with empty text where the publisher states nothing."""

    number: str
    name: str
    type: str = ""
    programmes: tuple[str, ...] = ()
    title: str = ""
    call_sign: str = ""
    vessel_type: str = ""
    tonnage: str = ""
    gross_tonnage: str = ""
    flag: str = ""
    owner: str = ""
    remark: str = ""

    def check(self) -> None:
        """Make sure that number, name and type are what OFAC writes there.

        Raises:
            RecordError: One of them is not.
        """
        if not (self.number.isascii() and self.number.isdigit()):
            raise RecordError(f"the entry number `{self.number}` is no number", help=_HELP)
        if not self.name:
            raise RecordError(f"entry `{self.number}` has no name", help=_HELP)
        if self.type not in KINDS:
            raise RecordError(f"`{self.type}` is no type of an entry", help=_HELP)


@dataclass(slots=True)
class NameIndex:
    """Which entries of one file carry a name, and under which programmes they stand."""

    _primary: dict[str, list[str]] = field(default_factory=dict)
    _aliases: dict[str, list[str]] = field(default_factory=dict)
    _programmes: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take up the primary name of an entry."""
        self._primary.setdefault(entry.name, []).append(entry.number)
        self._programmes[entry.number] = frozenset(entry.programmes)

    def add_alias(self, number: str, name: str) -> None:
        """Take up another name of an entry."""
        self._aliases.setdefault(name, []).append(number)

    def find(self, name: str, programmes: tuple[str, ...]) -> str:
        """Return the number of the one entry that a link names, or nothing.

        A link may have lost a full stop at the end of a remark. Where several entries carry a name, it is the only one
        that shares a programme with the entry the link stands in; otherwise nobody can say.
        """
        for names in (self._primary, self._aliases):
            for words in (name, f"{name}.", " ".join(name.split())):
                found = set(names.get(words, ()))
                if len(found) > 1:
                    found = {number for number in found if self._programmes.get(number, frozenset()) & {*programmes}}
                if len(found) == 1:
                    return found.pop()
        return ""


def entry_statements(entry: Entry, entity: URIRef, on: URIRef, names: NameIndex | None) -> Iterator[Statement]:
    """Yield what one entry says.

    Args:
        entry: The entry, checked.
        entity: Its IRI.
        on: The list it stands on.
        names: The entries that its links may name; without them the links of the remark are left to others.
    """
    yield from party(entity, KINDS[entry.type], entry.name, entry.number)
    yield from listed(entity, mint_listing(entity), on, entry.number, entry.programmes)
    yield from _columns(entry, entity)
    if entry.remark:
        yield entity, CLEW.remark, entry.remark
        for part in parse(entry.remark):
            if part.kind is Kind.LINK:
                yield from _linked(part.value, entry, entity, names)
            else:
                yield from part_statements(part, entry.type, entity)


def mint_listing(entity: URIRef) -> URIRef:
    """Return the IRI of the listing of an entry: `us-sdn:24228#listing`."""
    return URIRef(f"{entity}#listing")


def _columns(entry: Entry, entity: URIRef) -> Iterator[Statement]:
    words = {
        "title": entry.title,
        "vessel type": entry.vessel_type,
        "tonnage": entry.tonnage,
        "gross registered tonnage": entry.gross_tonnage,
        "vessel owner": entry.owner,
    }
    if entry.call_sign:
        yield from identified(entity, "call-sign", entry.call_sign)
    if entry.flag:
        flag = place(entry.flag)
        if flag is not None and entry.type == "vessel":
            yield entity, CLEW.flag, flag
        else:
            words["vessel flag"] = entry.flag
    for column, text in words.items():
        if text:
            yield entity, CLEW.remark, f"{column}: {text}"


def _linked(name: str, entry: Entry, entity: URIRef, names: NameIndex | None) -> Iterator[Statement]:
    if names is not None:
        number = names.find(name, entry.programmes)
        if number:
            yield entity, CLEW.linkedTo, mint("us-sdn", number)
        else:
            yield entity, CLEW.unresolvedLink, name


def part_statements(part: Part, type: str, entity: URIRef) -> Iterator[Statement]:
    """Yield what one part of a remark says about an entry of a type, or nothing where the words fit no term."""
    if part.kind is Kind.IDENTIFIER:
        yield from _identified(part, type, entity)
    elif part.kind in _STANDINGS:
        yield from named(entity, part.value, _STANDINGS[part.kind])
    elif (type, part.kind) in _FACTS:
        term, read = _FACTS[type, part.kind]
        value = read(part.value)
        if value is not None:
            yield entity, term, value


def _identified(part: Part, type: str, entity: URIRef) -> Iterator[Statement]:
    scheme = part.scheme
    if scheme == "imo":
        # Owners and managers of ships have IMO numbers too, in a series of their own with another check digit.
        scheme = "imo-company" if type != "vessel" else "imo-ship" if is_ship_number(part.value) else ""
    if scheme:
        yield from identified(entity, scheme, part.value, part.issuer)


_STANDINGS = {Kind.WEAK_ALIAS: WEAK, Kind.FORMER_NAME: FORMER}
# A term that belongs to persons would make a person of any entry it is said of, so the type decides.
_FACTS: dict[tuple[str, Kind], tuple[URIRef, Callable[[str], Value | None]]] = {
    ("individual", Kind.BIRTH_DATE): (CLEW.birthDate, edtf),
    ("individual", Kind.BIRTH_PLACE): (CLEW.birthPlace, str),
    ("individual", Kind.NATIONALITY): (CLEW.nationality, place),
    ("individual", Kind.GENDER): (CLEW.gender, str),
    ("", Kind.ESTABLISHED): (CLEW.incorporationDate, day),  # the term holds a day; a year alone stays in the remark
    ("", Kind.ACTIVITY): (CLEW.businessActivity, str),
    ("", Kind.SECTOR): (CLEW.sector, str),
}
