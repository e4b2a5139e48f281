"""What only the publisher's own file of the Consolidated Screening List has: addresses, papers, births, craft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import URIRef

from ..ontology import CLEW
from ..statements import Statement
from .csl_entries import Entry
from .ofac_entries import part_statements
from .ofac_remarks import Kind, Part, identifier
from .parties import addressed, identified, place
from .source import RecordError

_TYPES = {"Individual": "individual", "Vessel": "vessel", "Aircraft": "aircraft"}
_PARTS = {
    "dates_of_birth": Kind.BIRTH_DATE,
    "places_of_birth": Kind.BIRTH_PLACE,
    "nationalities": Kind.NATIONALITY,
    "citizenships": Kind.NATIONALITY,
}
_WORDS = {
    "title": "title",
    "vessel_type": "vessel type",
    "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "gross registered tonnage",
    "vessel_owner": "vessel owner",
}


def details(entry: Entry, entity: URIRef) -> Iterator[Statement]:
    """Yield what the fields say that only the publisher's own file has.

    Raises:
        RecordError: An address or a paper is no object.
    """
    raw: Mapping[str, Any] = entry.more or {}
    for address in entry.addresses:
        yield from _address(address, entity)
    for part in _parts(raw):
        yield from part_statements(part, _TYPES.get(entry.type, ""), entity)
    for item in raw.get("ids") or []:
        yield from _paper(item, entry, entity)
    for field, name in _WORDS.items():
        if raw.get(field):
            yield entity, CLEW.remark, f"{name}: {raw[field]}"
    yield from _craft(raw, entry, entity)
    if raw.get("remarks"):
        yield entity, CLEW.remark, str(raw["remarks"])


def _address(address: object, entity: URIRef) -> Iterator[Statement]:
    fields = _object(address)
    text = {name: str(value) for name, value in fields.items() if value}
    if text:
        city = " ".join(filter(None, (text.get("city"), text.get("state"), text.get("postal_code"))))
        yield from addressed(entity, [text.get("address", "")], city, text.get("country", ""))


def _parts(raw: Mapping[str, Any]) -> Iterator[Part]:
    for field, kind in _PARTS.items():
        for value in raw.get(field) or []:
            yield Part(kind, str(value))


def _paper(item: object, entry: Entry, entity: URIRef) -> Iterator[Statement]:
    fields = _object(item)
    label, value, country = (str(fields.get(name) or "") for name in ("type", "number", "country"))
    made = list(identifier(label, value, country)) or [Part(Kind.GENDER, value)] * (label == "Gender")
    if not made:
        yield entity, CLEW.remark, " ".join(filter(None, (label, value, f"({country})" if country else "")))
    for part in made:
        yield from part_statements(part, _TYPES.get(entry.type, ""), entity)


def _craft(raw: Mapping[str, Any], entry: Entry, entity: URIRef) -> Iterator[Statement]:
    if raw.get("call_sign"):
        yield from identified(entity, "call-sign", str(raw["call_sign"]))
    if raw.get("vessel_flag"):
        flag = place(str(raw["vessel_flag"]))
        if flag is not None and entry.type == "Vessel":
            yield entity, CLEW.flag, flag
        else:
            yield entity, CLEW.remark, f"vessel flag: {raw['vessel_flag']}"


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise RecordError("an address or a paper of the entry is no object", help="correct the record")
    return value
