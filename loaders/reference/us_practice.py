"""Where licence exceptions hold, what US persons may not support, how long records are kept, what counts as a sign.

Words of a case (`ais_gap`, `whistleblower_report`) stand in a table with the rule that takes them as a sign, so a word
that people use is added without a change to a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import SKOS

from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import rows_of
from ..source import RecordError
from .cells import Row, filled, node, origin, place, row_window, text, word


def us_exception_limits(row: Row) -> Iterator[Statement]:
    """Yield a destination to which an exception is limited, or a bar to all exceptions but those it names."""
    key, kind = filled(row, "id"), word(row, "kind", ("only", "bar"))
    this = node("us_exception_limits", key)
    yield this, RDF.type, CLEW.ExceptionDestination if kind == "only" else CLEW.ExceptionBar
    yield this, RDFS.label, f"{filled(row, 'citation')}: {row['symbols'] or 'no exception'}"
    for symbol in row["symbols"].split():
        yield this, SKOS.notation, symbol
    if row["goods"]:
        yield this, CLEW.forScope, mint("scope", row["goods"])
    if row["group"]:
        yield this, CLEW.forGroup, mint("group", row["group"])
    if row["place"]:
        yield this, CLEW.forPlace, place(row["place"])
    if row["list"]:
        yield this, CLEW.forList, mint("list", word(row, "list", {each["key"] for each in rows_of("party_lists")}))
    yield from text(this, CLEW.condition, row, "condition")
    yield from row_window(this, row)
    yield from origin(this, row, key, row["citation"])


def us_person_support(row: Row) -> Iterator[Statement]:
    """Yield an end use that US persons may not support without a licence, in the places of a group or anywhere."""
    key = filled(row, "id")
    this = node("us_person_support", key)
    yield this, RDF.type, CLEW.SupportedActivity
    yield this, RDFS.label, f"{filled(row, 'citation')}: {row['end_use']}"
    yield this, CLEW.forEndUse, mint("end_use", filled(row, "end_use"))
    if row["group"]:
        yield this, CLEW.forGroup, mint("group", row["group"])
    yield from row_window(this, row)
    yield from origin(this, row, key, row["citation"])


def record_periods(row: Row) -> Iterator[Statement]:
    """Yield for how many years records of dealings under one authority have to be kept, with the days of the rule."""
    key = filled(row, "id")
    this = node("record_periods", key)
    yield this, RDF.type, CLEW.Clock
    yield this, RDFS.label, f"records: {filled(row, 'citation')}"
    yield this, CLEW.authority, filled(row, "authority")
    yield this, CLEW.jurisdiction, filled(row, "jurisdiction")
    yield this, CLEW.startsAt, filled(row, "starts_at")
    yield this, CLEW.duration, _whole(row, "years")
    yield this, CLEW.durationUnit, "years"
    yield this, CLEW.effect, "records may be destroyed"
    yield from row_window(this, row)
    yield from origin(this, row, key, row["citation"])


def price_bands(row: Row) -> Iterator[Statement]:
    """Yield the band of multiples within which a price raises no question."""
    key = filled(row, "id")
    this, low, high = node("price_bands", key), _decimal(row, "low"), _decimal(row, "high")
    if low >= high:
        raise RecordError(f"the band from {low} to {high} is empty", help="swap its ends")
    yield this, RDF.type, CLEW.PriceBand
    yield this, RDFS.label, filled(row, "label")
    yield this, CLEW.bandMinimum, low
    yield this, CLEW.bandMaximum, high
    yield from origin(this, row, key, row["citation"])


def sign_words(row: Row) -> Iterator[Statement]:
    """Yield a word by which cases name something, and the rule that takes it as a sign."""
    rule, said = filled(row, "rule"), filled(row, "word")
    this = node("sign_words", rule, said)
    yield this, RDF.type, CLEW.SignWord
    yield this, RDFS.label, f"{filled(row, 'label')}: {said.replace('_', ' ')}"
    yield this, SKOS.notation, said
    yield this, CLEW.signFor, _rule(row)
    yield this, CLEW.leastEvents, _whole(row, "least")
    yield from origin(this, row, f"{rule} {said}", row["citation"])


def _rule(row: Row) -> URIRef:
    return mint("rule", word(row, "rule", {each["rule_id"] for each in rows_of("rule_catalogue")}))


def _whole(row: Row, column: str) -> int:
    if not row[column].isdecimal() or not int(row[column]):
        raise RecordError(f"`{row[column]}` in `{column}` is no count", help="write a whole number from 1")
    return int(row[column])


def _decimal(row: Row, column: str) -> Decimal:
    try:
        return Decimal(row[column])
    except InvalidOperation as error:
        raise RecordError(f"`{row[column]}` in `{column}` is no number", help="write a number such as 1.5") from error
