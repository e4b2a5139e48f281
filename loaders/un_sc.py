"""The consolidated list of the Security Council of the United Nations, in the UN's own XML.

Reference numbers may end in a blank, aliases may be empty, and a day may carry a time zone. A date of birth is exact, a
year, a stretch of years, or only words. Aliases of persons are of good or low quality, those of entities `a.k.a.` or
`f.k.a.`; one alias may hold several, set apart by semicolons.

Source: UN Security Council, consolidated list, XML with `sc-sanctions.xsd`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .details import dated, listing, listing_node, personal, remarks
from .edtf import day
from .known_dates import edtf_of, known_date
from .numbers import Number, number, numbered, un_reference
from .parties import FORMER, STRONG, WEAK, addressed, is_ship_number, named, part_of, party
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, joined, tidy
from .xmlfile import xml_records

_KINDS = {"INDIVIDUAL": CLEW.Person, "ENTITY": CLEW.Organization}
_QUALITIES = {"Good": STRONG, "Low": WEAK, "a.k.a.": STRONG, "f.k.a.": FORMER}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_IMO = re.compile(r"IMO (?:[Nn]umber:? ?)?(\d{7})\b")
_ABOUT = "APPROXIMATELY"


class UnSc:
    """Loads the consolidated list of the UN Security Council from its XML."""

    source = Source(
        id="un-sc",
        title="United Nations Security Council Consolidated List",
        publisher="United Nations Security Council",
        url="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        format="UN consolidated list XML",
        licence="public UN document, with attribution; no explicit open licence",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into persons and entities."""
        for file in files:
            containers = ("CONSOLIDATED_LIST", "INDIVIDUALS", "ENTITIES")
            yield from xml_records(file, containers=containers, records=("INDIVIDUAL", "ENTITY"))

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one entry says.

        Raises:
            RecordError: The entry has no number or no name.
        """
        fields = Fields(record.fields)
        if fields.tag not in _KINDS:
            raise RecordError(f"`{fields.tag}` is no entry of the list", help="download the file again")
        yield from _entry(fields, _KINDS[fields.tag])


def _entry(fields: Fields, kind: URIRef) -> Iterator[Statement]:
    key, name = fields.text("DATAID"), joined(fields.text(part) for part in _NAMES)
    if not key or not name:
        raise RecordError("the entry has no number or no name", help="download the file again, or correct the entry")
    entity, tag = mint("un-sc", key), fields.tag
    yield from party(entity, kind, name, key)
    for original in fields.texts("NAME_ORIGINAL_SCRIPT"):
        yield from named(entity, tidy(original), STRONG)
    for part in fields.all(f"{tag}_ALIAS"):
        yield from _alias(entity, part)
    for part in fields.all(f"{tag}_ADDRESS"):
        yield from _address(entity, part)
    yield from _person(entity, kind, fields)
    for part in fields.all("INDIVIDUAL_DOCUMENT"):
        yield from _document(entity, part)
    yield from _listing(entity, fields)
    yield from _comments(entity, kind, fields)
    yield from remarks(entity, fields.rest())


def _alias(entity: URIRef, part: Fields) -> Iterator[Statement]:
    words, quality = part.text("ALIAS_NAME"), part.text("QUALITY")
    kind = _QUALITIES.get(quality, STRONG)
    names = [tidy(name) for name in words.split(";") if name.strip()]
    for name in names:
        yield from named(entity, name, kind)
    if len(names) > 1:
        yield from remarks(entity, [f"ALIAS_NAME: {words}"])
    if quality and quality not in _QUALITIES:
        yield from remarks(entity, [f"QUALITY: {quality}"])
    node = part_of(entity, "name", kind, names[0]) if names else entity
    yield from remarks(node, part.rest())


def _address(entity: URIRef, part: Fields) -> Iterator[Statement]:
    street, city, province, postcode, country = (tidy(part.text(name)) for name in _PLACE)
    lines = [street, province, postcode]
    known = [*filter(None, lines), *filter(None, (city, country))]
    if known:
        yield from addressed(entity, lines, city, country)
    node = part_of(entity, "address", *known) if known else entity
    yield from remarks(node, part.rest("address"))


def _person(entity: URIRef, kind: URIRef, fields: Fields) -> Iterator[Statement]:
    births, notes = list[str](), list[str]()
    for part in fields.all("INDIVIDUAL_DATE_OF_BIRTH"):
        births.append(_birth(part))
        notes += part.rest("date of birth")
    where = list[str]()
    for part in fields.all("INDIVIDUAL_PLACE_OF_BIRTH"):
        where.append(joined((part.text(name) for name in _PLACE), ", "))
        notes += part.rest("place of birth")
    nationalities = [tidy(words) for words in fields.texts("NATIONALITY", "VALUE")]
    gender = fields.text("GENDER")
    yield from personal(entity, kind, births=births, birth_places=where, nationalities=nationalities, gender=gender)
    yield from remarks(entity, notes)
    for name in ("TITLE", "DESIGNATION"):
        yield from remarks(entity, [f"{name}: {tidy(words)}" for words in fields.texts(name, "VALUE")])


def _birth(part: Fields) -> str:
    about = part.text("TYPE_OF_DATE") == _ABOUT
    years = [edtf_of(part.text(name), about=about) for name in ("FROM_YEAR", "TO_YEAR")]
    exact, year = part.text("DATE"), part.text("YEAR")
    if all(years):
        return "/".join(years)
    if exact or year:
        return known_date(exact) if exact else edtf_of(year, about=about) or year
    return known_date(part.text("NOTE"))


def _document(entity: URIRef, part: Fields) -> Iterator[Statement]:
    kind, more = tidy(part.text("TYPE_OF_DOCUMENT")), tidy(part.text("TYPE_OF_DOCUMENT2"))
    value, country = part.text("NUMBER"), part.text("ISSUING_COUNTRY")
    found = number(kind or more, value, country or part.text("COUNTRY_OF_ISSUE"))
    if more and more != kind and value:
        found = _closer(found, number(more, value, country))
    if found is None:
        words = joined((kind, more, value, country, joined(part.rest(), "; ")))
        yield from remarks(entity, [f"document: {words}" if words else ""])
        return
    yield from found.statements(entity)
    yield from remarks(found.node(entity), [f"type: {more}" if more and more != kind else "", *part.rest()])


def _closer(first: Number | None, second: Number | None) -> Number | None:
    """Return the number of the second label where that label is known, for it says more than the first."""
    if first is None or second is None or second.scheme == "other":
        return first
    return Number(second.scheme, second.value, first.issuer)


def _listing(entity: URIRef, fields: Fields) -> Iterator[Statement]:
    node, reference, name = listing_node(entity), fields.text("REFERENCE_NUMBER"), fields.text("UN_LIST_TYPE")
    since, until = fields.text("LISTED_ON"), fields.text("DELISTED_ON")
    programmes = [(f"UN-{name}", name)] if name else []
    yield from listing(entity, "UN", reference, programmes)
    yield from dated(node, "validFrom", since, _day(since))
    yield from dated(node, "validUntil", until, _day(until))
    days = ", ".join(fields.texts("LAST_DAY_UPDATED", "VALUE"))
    yield from remarks(node, [f"LAST_DAY_UPDATED: {days}" if days else ""])
    found = un_reference(reference)
    if found is not None:
        yield from found.statements(entity)


def _day(words: str) -> date | None:
    """Return a day; a time zone or a time behind it says nothing."""
    return day(words[:10])


def _comments(entity: URIRef, kind: URIRef, fields: Fields) -> Iterator[Statement]:
    words = fields.text("COMMENTS1")
    yield from remarks(entity, [words])
    for digits in _IMO.findall(words):
        # A comment may name a company or its ships; a number that fails the ship's check digit is the company's.
        if kind == CLEW.Organization and not is_ship_number(digits):
            yield from numbered(entity, "imo", digits)
    fields.drop("VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD")
