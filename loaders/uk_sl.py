"""The UK Sanctions List, in the XML of the Foreign, Commonwealth and Development Office.

The only number that tells one designation from others is `UniqueID`: an OFSI group id may stand on two of them and is
kept as a remark. Names come in six parts with their kind in several letter cases. A date of birth may lack its day and
month (`dd/mm/1945`). A ship may be named by its number, as in `IMO 9274082 ("TM HAI HA 568")`.

Source: FCDO, UK Sanctions List, XML; Sanctions and Anti-Money Laundering Act 2018, section 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .details import dated, listing, listing_node, remark, remarks, taken_apart
from .edtf import day_of
from .numbers import un_reference
from .parties import PRIMARY, STRONG, WEAK, addressed, named, part_of, party
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, joined, tidy
from .uk_details import details
from .xmlfile import xml_records

_KINDS = {"individual": CLEW.Person, "entity": CLEW.Organization, "ship": CLEW.Vessel}
_NAMES = ("Name", "Name1", "Name2", "Name3", "Name4", "Name5", "Name6")
_LINES = (*(f"AddressLine{number}" for number in range(1, 7)), "AddressPostalCode")
_STANDINGS = {"primary name": PRIMARY, "primary name variation": STRONG, "alias": STRONG}
_REASONS = ("OtherInformation", "UKStatementofReasons")
_WEAK = "low quality a.k.a"
_NUMBERED = re.compile(r"(IMO ?\d{7}) ?\(\W*(.*?)\W*\)")
_HELP = "download the file again, or correct the designation"


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    kind: URIRef
    published: str = ""
    parts: dict[str, str] = field(default_factory=dict)


class UkSl:
    """Loads the UK Sanctions List from the XML of the FCDO."""

    source = Source(
        id="uk-sl",
        title="UK Sanctions List",
        publisher="Foreign, Commonwealth and Development Office",
        url="https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",
        format="UK Sanctions List XML",
        licence="Open Government Licence v3.0",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into designations; the day on which a file was made is no record."""
        for file in files:
            for record in xml_records(file, containers=("Designations",), records=("Designation",)):
                if isinstance(record, Quarantined) or record.fields.tag != "DateGenerated":
                    yield record

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one designation says.

        Raises:
            RecordError: The designation has no number, no name, or is of no known type.
        """
        fields = Fields(record.fields)
        if fields.tag != "Designation":
            raise RecordError(f"`{fields.tag}` is no designation", help=_HELP)
        type_ = fields.text("IndividualEntityShip")
        kind, key = _KINDS.get(type_.lower()), fields.text("UniqueID")
        if kind is None:
            raise RecordError(f"`{type_}` is no type of a designation", help=_HELP)
        yield from _designation(fields, kind, key)


def _designation(fields: Fields, kind: URIRef, key: str) -> Iterator[Statement]:
    names = [*_names(fields), *_foreign(fields)]
    if not key or not names:
        raise RecordError("the designation has no number or no name", help=_HELP)
    entity = mint("uk-sl", key)
    main = next((name for name in names if name.kind == PRIMARY), names[0])
    yield from party(entity, kind, main.text, key)
    for name in names:
        kind_of_name = PRIMARY if name.text == main.text else name.kind
        if name.text != main.text:
            yield from named(entity, name.text, kind_of_name)
        yield from taken_apart(part_of(entity, "name", kind_of_name, name.text), name.parts.items())
    yield from remarks(entity, [f"name as published: {name.published}" for name in names if name.published])
    for part in fields.all("Addresses", "Address"):
        lines, country = [tidy(part.text(line)) for line in _LINES], tidy(part.text("AddressCountry"))
        if any((*lines, country)):
            yield from addressed(entity, lines, "", country)
    yield from _listing(entity, key, fields)
    reasons = [fields.text(name) for name in _REASONS]
    yield from details(entity, kind, fields, " ".join([*(name.published for name in names), *reasons]))
    yield from remarks(entity, [words and f"{name}: {words}" for name, words in zip(_REASONS, reasons, strict=True)])
    yield from remarks(entity, fields.rest())


def _names(fields: Fields) -> Iterator[_Name]:
    for part in fields.all("Names", "Name"):
        parts, kind = {name: part.text(name) for name in _NAMES}, part.text("NameType").lower()
        text = joined(parts.values())
        standing = _STANDINGS.get(kind, STRONG)
        if part.text("AliasStrength").lower() == _WEAK and standing != PRIMARY:
            standing = WEAK
        numbered = _NUMBERED.fullmatch(text)
        if numbered and numbered[2]:
            yield _Name(numbered[2], standing, published=text)
        elif text:
            yield _Name(text, standing, parts=parts)


def _foreign(fields: Fields) -> Iterator[_Name]:
    for part in fields.all("NonLatinNames", "NonLatinName"):
        text = tidy(part.text("NameNonLatinScript"))
        if text:
            yield _Name(text, STRONG)


def _listing(entity: URIRef, key: str, fields: Fields) -> Iterator[Statement]:
    node, regime, since = listing_node(entity), fields.text("RegimeName"), fields.text("DateDesignated")
    programmes = [(f"UK-{regime}", regime)] if regime else []
    yield from listing(entity, "UK-SL", key, programmes, citation=regime)
    yield from dated(node, "validFrom", since, _day(since))
    yield from remark(node, fields, "SanctionsImposed", "DesignationSource", "LastUpdated")
    # The indicators say again, one flag each, what `SanctionsImposed` says in words.
    imposed = [flag.tag for part in fields.all("SanctionsImposedIndicators") for flag in _set(part)]
    yield from remarks(node, [f"SanctionsImposedIndicators: {', '.join(imposed)}" if imposed else ""])
    for words in fields.texts("UNReferenceNumber"):
        reference = un_reference(words)
        yield from reference.statements(entity) if reference else remarks(node, [f"UNReferenceNumber: {words}"])


def _set(part: Fields) -> Iterator[Fields]:
    """Yield the flags of a set that are true."""
    for flag in part.each():
        if flag.own().lower() == "true":
            yield flag


def _day(words: str) -> date | None:
    return day_of(words, "%d/%m/%Y")
