"""Statements of the Beneficial Ownership Data Standard, versions 0.2 to 0.4: parties and who holds what.

A file is a JSON array of statements, or one statement a line. Versions of a record are put together: names of earlier
versions are former names, and interests become periods (`bods_history.py`). An indirect interest restates a chain and
is kept as such, so that it never counts beside the chain. Interests that are no stake (a seat on the board, a right to
profits) are remarks.

Source: Open Ownership, BODS 0.4, schema and code lists. Which interest is which kind of stake: `bods_interests.csv`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import RDF, URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .bods_history import Period, day_of, periods
from .bods_old import Renewed
from .details import personal
from .parties import FORMER, STRONG, addressed, identified, in_country, named, party, said
from .source import Quarantined, Record, RecordError, Source, read_bytes

Json = dict[str, Any]
_DECODER = json.JSONDecoder(parse_float=Decimal)
_HELP = "give the publisher's file, a JSON array of statements or one statement a line"
_KINDS = {
    "registeredEntity": CLEW.Company,
    "legalEntity": CLEW.Organization,
    "arrangement": CLEW.Organization,
    "state": CLEW.GovernmentBody,
    "stateBody": CLEW.GovernmentBody,
}
_SCHEMES = {"XI-LEI": "lei", "GB-COH": "gb-company", "RU-INN": "ru-inn", "RU-OGRN": "ru-ogrn"}
_NUMBER = "registration-number"


@dataclass(frozen=True, slots=True)
class Version:
    """One statement with all versions of its record, in order; the last one speaks for the record."""

    statement: Json
    all: tuple[Json, ...]

    @property
    def last(self) -> bool:
        """Tell whether no later statement replaces this one."""
        return self.all[-1] is self.statement


class Bods:
    """Loads statements of the Beneficial Ownership Data Standard."""

    source = Source(
        id="bods",
        title="Beneficial ownership statements (BODS)",
        publisher="the publisher named in each statement",
        url="https://standard.openownership.org",
        format="Beneficial Ownership Data Standard 0.2 to 0.4, JSON",
        licence="as stated by the publisher of the file",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut files into statements, each with the versions of its record in all of them."""
        cut = [record for file in files for record in _cut(file)]
        renewed = Renewed()
        versions: dict[str, list[Json]] = {}
        for record in cut:
            if isinstance(record, Record):
                record.fields.update(renewed.renew(record.fields))
                versions.setdefault(str(record.fields.get("recordId")), []).append(record.fields)
        ordered = {key: tuple(sorted(found, key=_day)) for key, found in versions.items()}
        for record in cut:
            if isinstance(record, Record):
                fields = Version(record.fields, ordered[str(record.fields.get("recordId"))])
                yield Record(record.file, record.row, record.raw, fields)
            else:
                yield record

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one statement says; a relationship is told by its last version, from all of them.

        Raises:
            RecordError: The statement is no record, or a share is not well formed.
        """
        version: Version = record.fields
        key, details = version.statement.get("recordId"), version.statement.get("recordDetails")
        kind = version.statement.get("recordType")
        if not key or not isinstance(details, Mapping) or kind not in _MAKE:
            raise RecordError("the statement is no entity, person or relationship record", help=_HELP)
        yield from _MAKE[kind](mint("bods", str(key)), str(key), details, version)


def _day(statement: Json) -> str:
    return str(statement.get("statementDate") or "")


def _cut(file: Path) -> Iterator[Record | Quarantined]:
    """Cut one file; what follows a statement that is broken is lost with it only in an array."""
    text = read_bytes(file).decode("utf-8-sig", "replace")
    if text.lstrip()[:1] == "[":
        yield from _array(file.name, text)
        return
    for row, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _one(file.name, row, line, 0)[0]


def _array(file: str, text: str) -> Iterator[Record | Quarantined]:
    place, row = text.index("[") + 1, 0
    while True:
        while text[place : place + 1] in (" ", "\t", "\r", "\n", ","):
            place += 1
        if text[place : place + 1] == "]":
            return
        row += 1
        record, place = _one(file, row, text, place)
        yield record
        if place >= len(text):
            if isinstance(record, Record):
                yield Quarantined(file, row + 1, b"", "the file ends before the array does", "download the file again")
            return


def _one(file: str, row: int, text: str, place: int) -> tuple[Record | Quarantined, int]:
    try:
        value, end = _DECODER.raw_decode(text, place)
    except (ValueError, RecursionError) as error:
        reason = f"the statement is no JSON: {str(error).lower()}"
        return Quarantined(file, row, text[place:].encode(), reason, _HELP), len(text)
    raw = text[place:end].encode()
    if not isinstance(value, dict):
        return Quarantined(file, row, raw, "the statement is no JSON object", _HELP), end
    return Record(file, row, raw, value), end


def _entity(iri: URIRef, key: str, details: Mapping[str, Any], version: Version) -> Iterator[Statement]:
    name = str(details.get("name") or f"unnamed entity {key}")
    if not version.last:
        if name != version.all[-1].get("recordDetails", {}).get("name"):
            yield from named(iri, name, FORMER)
        return
    kind = _KINDS.get(str(_mapping(details.get("entityType")).get("type")), CLEW.Party)
    yield from party(iri, kind, name, key)
    for other in _list(details.get("alternateNames")):
        yield from named(iri, str(other), STRONG)
    yield from said(iri, incorporationDate=day_of(details.get("foundingDate")))
    where = _mapping(details.get("jurisdiction"))
    if where:
        yield in_country(iri, str(where.get("code") or where.get("name")))
    yield from _common(iri, details, ("name", "entityType", "alternateNames", "foundingDate", "jurisdiction"))


def _person(iri: URIRef, key: str, details: Mapping[str, Any], version: Version) -> Iterator[Statement]:
    names = [str(name) for one in _list(details.get("names")) if (name := _mapping(one).get("fullName"))]
    if not version.last:
        for name in names:
            yield from named(iri, name, STRONG)
        return
    yield from party(iri, CLEW.Person, names[0] if names else f"{details.get('personType', 'unnamed')} {key}", key)
    for name in names[1:]:
        yield from named(iri, name, STRONG)
    places = [_mapping(one) for one in _list(details.get("nationalities"))]
    births = [str(details["birthDate"])] if details.get("birthDate") else []
    nations = [str(place.get("code") or place.get("name")) for place in places]
    yield from personal(iri, CLEW.Person, births=births, nationalities=nations)
    yield from _common(iri, details, ("names", "nationalities", "birthDate"))


def _common(iri: URIRef, details: Mapping[str, Any], read: tuple[str, ...]) -> Iterator[Statement]:
    """Yield numbers and addresses, and as remarks whatever else a record says."""
    for one in map(_mapping, _list(details.get("identifiers"))):
        if one.get("id"):
            scheme = _SCHEMES.get(str(one.get("scheme")), _NUMBER)
            yield from identified(iri, scheme, str(one["id"]))
            if scheme == _NUMBER:
                yield iri, CLEW.remark, f"identifier {one['id']}: {one.get('scheme') or one.get('schemeName') or ''}"
    for one in map(_mapping, _list(details.get("addresses"))):
        country = _mapping(one.get("country"))
        yield from addressed(
            iri, [str(one.get("address") or "")], "", str(country.get("code") or country.get("name") or "")
        )
    for name, value in details.items():
        if name not in (*read, "identifiers", "addresses", "isComponent") and value not in (None, [], {}):
            yield iri, CLEW.remark, f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}"


def _relationship(iri: URIRef, key: str, details: Mapping[str, Any], version: Version) -> Iterator[Statement]:
    if not version.last:
        return
    subject, holder = details.get("subject"), details.get("interestedParty")
    if not isinstance(subject, str):
        raise RecordError("the relationship names no subject", help="name the record of the company in `subject`")
    company = mint("bods", subject)
    if not isinstance(holder, str):
        said_so = _mapping(holder)
        yield (
            company,
            CLEW.remark,
            f"holder not named: {said_so.get('reason', '')} {said_so.get('description', '')}".strip(),
        )
        return
    stated = [
        (day_of(one.get("statementDate")), one.get("recordStatus") == "closed", _interests(one)) for one in version.all
    ]
    for number, period in enumerate(periods(stated), 1):
        yield from _holding(URIRef(f"{iri}#interest-{number}"), mint("bods", holder), company, key, period)


def _interests(statement: Json) -> list[Mapping[str, Any]]:
    found = [_mapping(one) for one in _list(_mapping(statement.get("recordDetails")).get("interests"))]
    return found or [{"type": "unknownInterest"}]


def _holding(node: URIRef, holder: URIRef, company: URIRef, key: str, period: Period) -> Iterator[Statement]:
    kind = "indirect" if period.level == "indirect" else _interest_kinds().get(period.type, "control")
    if kind == "none" or (period.since and period.until and period.since >= period.until):
        yield company, CLEW.remark, f"{period.type} of {holder} ({period.since or ''} to {period.until or ''})"
        return
    yield node, RDF.type, CLEW.Holding
    low, high = period.share or (None, None)
    until_earliest = period.until_earliest if period.until_earliest != period.until else None
    yield from said(
        node,
        holder=holder,
        heldIn=company,
        holdingKind=mint("holding-kind", "shares" if kind == "unknown" else kind),
        shareMinimum=low,
        shareMaximum=high,
        validFrom=period.since,
        validFromLatest=period.since_latest if period.since_latest != period.since else None,
        validUntilEarliest=until_earliest,
        validUntil=period.until,
        recordKey=key,
        remark=f"{period.type} {period.details}".strip(),
    )


@cache
def _interest_kinds() -> dict[str, str]:
    with open(Path(__file__).with_name("bods_interests.csv"), encoding="utf8", newline="") as file:
        return {row["code"]: row["kind"] for row in csv.DictReader(file)}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


_MAKE = {"entity": _entity, "person": _person, "relationship": _relationship}
