"""Reading the parties to screen against from the graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import URIRef

from ...dataset import Dataset, Row, iri
from ...ontology import CLEW, token
from ...queries.catalogue import query
from .normalise import AIRCRAFT, ORGANIZATION, PERSON, VESSEL
from .subject import Address, Entry, Identifier, Name, Subject

_KINDS = {CLEW.Person: PERSON, CLEW.Vessel: VESSEL, CLEW.Aircraft: AIRCRAFT}
_FACTS = {
    CLEW.birthDate: "births",
    CLEW.gender: "genders",
    CLEW.flag: "flags",
    CLEW.country: "countries",
    CLEW.nationality: "countries",
    CLEW.registeredIn: "countries",
}
# The Entity List has entries that name an address and no party; publishers call them by a number.
_NO_NAME = re.compile(r"address \d+", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    """What has been read of one entity."""

    label: str = ""
    kind: str = ""
    names: set[tuple[URIRef, str, str]] = field(default_factory=set)
    identifiers: set[tuple[URIRef, str, str, str, bool]] = field(default_factory=set)
    addresses: set[tuple[URIRef, str]] = field(default_factory=set)
    entries: set[tuple[URIRef, URIRef, str, str]] = field(default_factory=set)
    facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def read(data: Dataset) -> list[Subject]:
    """Return every party that has a name or stands on a list, in order of its IRI."""
    drafts: dict[URIRef, _Draft] = defaultdict(_Draft)
    for row in _rows(data, "labels"):
        draft = drafts[iri(row, "entity")]
        draft.label = min(filter(None, (draft.label, _text(row, "label"))))
    for row in _rows(data, "names"):
        standing = _key(row, "kind") or "primary"
        drafts[iri(row, "entity")].names.add((iri(row, "node"), _text(row, "text"), standing))
    for row in _rows(data, "kinds"):
        draft, kind = drafts[iri(row, "entity")], _KINDS.get(iri(row, "type"), ORGANIZATION)
        draft.kind = kind if draft.kind in ("", ORGANIZATION) else draft.kind
    _read_parts(data, drafts)
    return [_subject(entity, drafts[entity]) for entity in sorted(drafts)]


def _read_parts(data: Dataset, drafts: dict[URIRef, _Draft]) -> None:
    for row in _rows(data, "identifiers"):
        strong = row.get("strong") is True
        number = (iri(row, "node"), _key(row, "scheme"), _text(row, "value"), _key(row, "issuer"), strong)
        drafts[iri(row, "entity")].identifiers.add(number)
    for row in _rows(data, "addresses"):
        drafts[iri(row, "entity")].addresses.add((iri(row, "node"), _text(row, "text")))
    for row in _rows(data, "listings"):
        days = (_text(row, "from"), _text(row, "until"))
        drafts[iri(row, "entity")].entries.add((iri(row, "listing"), iri(row, "list"), *days))
    for row in _rows(data, "facts"):
        value = row["value"]
        text = _key(row, "value") if isinstance(value, URIRef) else _text(row, "value")
        drafts[iri(row, "entity")].facts[_FACTS[iri(row, "property")]].add(text)


def _subject(entity: URIRef, draft: _Draft) -> Subject:
    names = {name for name in draft.names if not _NO_NAME.fullmatch(name[1])}
    if not draft.names and draft.label:
        names = {(entity, draft.label, "primary")}
    return Subject(
        entity=entity,
        label=draft.label or min((name[1] for name in names), default=token(entity)),
        kind=draft.kind,
        names=tuple(Name(*name) for name in sorted(names, key=_primary_first)),
        identifiers=tuple(Identifier(*number) for number in sorted(draft.identifiers)),
        addresses=tuple(Address(*address) for address in sorted(draft.addresses)),
        entries=tuple(Entry(*entry) for entry in sorted(draft.entries)),
        births=_sorted(draft.facts["births"]),
        countries=_sorted(draft.facts["countries"]),
        genders=_sorted(draft.facts["genders"]),
        flags=_sorted(draft.facts["flags"]),
    )


def _primary_first(name: tuple[URIRef, str, str]) -> tuple[bool, str, str]:
    return name[2] != "primary", name[1], str(name[0])


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(values))


def _rows(data: Dataset, name: str) -> Iterator[Row]:
    yield from data.rows(query(f"screening/{name}").text)


def _key(row: Row, name: str) -> str:
    return token(str(row[name])).partition(":")[2] if name in row else ""


def _text(row: Row, name: str) -> str:
    value = row.get(name, "")
    return str(getattr(value, "words", value))
