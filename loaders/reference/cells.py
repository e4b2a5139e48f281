"""Cells of the reference tables: dates, shares, places and words, each read strictly.

A cell that cannot be read ends its row with a `RecordError` that names the cell and a remedy; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from rdflib import URIRef
from rdflib.namespace import DCTERMS

from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import place_of
from ..source import RecordError

Row = Mapping[str, str]
RowReader = Callable[[Row], Iterator[Statement]]

UNITS = 1_000_000  # shares are counted in millionths of one percent
LEGAL = frozenset({"in_force", "not_yet_effective", "suspended", "repealed", "not_enforced", "not_verified"})


def node(table: str, *keys: str, part: str = "") -> URIRef:
    """Return the IRI of a row of a reference table, or of one part of it."""
    return mint("table", table, *keys, part=part)


def day(row: Row, column: str) -> date | None:
    """Return the day in a cell, or nothing when the cell is empty.

    Raises:
        RecordError: The cell holds no day of the calendar in the form of ISO 8601.
    """
    text = row[column]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RecordError(
            f"`{text}` in `{column}` is no day", help="write it as 2026-11-21, or leave it empty"
        ) from error


def day_after(row: Row, column: str) -> date | None:
    """Return the day after the one in a cell: the tables state the last day on which something holds."""
    last = day(row, column)
    return last + timedelta(days=1) if last else None


def window(subject: URIRef, first: date | None, until: date | None) -> Iterator[Statement]:
    """Yield the first day of a statement and the first day on which it no longer holds, as far as known.

    Raises:
        RecordError: The window ends before it begins.
    """
    if first and until and until <= first:
        raise RecordError(f"the window from {first} ends before it begins", help="correct the first or the last day")
    if first:
        yield subject, CLEW.validFrom, first
    if until:
        yield subject, CLEW.validUntil, until


def row_window(subject: URIRef, row: Row) -> Iterator[Statement]:
    """Yield the window of a row from its columns `valid_from` and `valid_to`, the latter being the last day."""
    yield from window(subject, day(row, "valid_from"), day_after(row, "valid_to"))


def share(row: Row, column: str) -> int:
    """Return a percentage as millionths of one percent.

    Raises:
        RecordError: The cell holds no number from 0 to 100.
    """
    text = row[column]
    try:
        units = Decimal(text) * UNITS
    except InvalidOperation as error:
        raise RecordError(f"`{text}` in `{column}` is no percentage", help="write a number such as 50") from error
    if not (units.is_finite() and 0 <= units <= 100 * UNITS and units == int(units)):
        raise RecordError(f"`{text}` in `{column}` is no share of a whole", help="give a percentage from 0 to 100")
    return int(units)


def place(text: str) -> URIRef:
    """Return the place that a cell names by code or name.

    Raises:
        RecordError: No table of places knows it.
    """
    found = place_of(text)
    if found is None:
        raise RecordError(f"`{text}` is no known place", help="add it to places.csv or place_names.csv")
    return found


def word(row: Row, column: str, allowed: Collection[str]) -> str:
    """Return a word of a closed set.

    Raises:
        RecordError: The cell holds another word.
    """
    text = row[column]
    if text not in allowed:
        raise RecordError(
            f"`{text}` in `{column}` is none of its words", help=f"use one of {', '.join(sorted(allowed))}"
        )
    return text


def filled(row: Row, column: str) -> str:
    """Return a cell that must not be empty.

    Raises:
        RecordError: The cell is empty.
    """
    text = row[column]
    if not text:
        raise RecordError(f"the cell `{column}` is empty", help="every row needs it")
    return text


def origin(subject: URIRef, row: Row, key: str, citation: str = "") -> Iterator[Statement]:
    """Yield what every row keeps about itself: its key, the law it rests on, its source, its date, how sure it is."""
    source = row.get("source") or citation
    yield subject, CLEW.recordKey, key
    yield subject, CLEW.citation, citation or row.get("citation") or source
    yield subject, DCTERMS.source, source
    if row.get("as_of") and (as_of := day(row, "as_of")):
        yield subject, CLEW.verifiedOn, as_of
    if row.get("confidence"):
        yield subject, CLEW.confidence, row["confidence"]


def text(subject: URIRef, predicate: URIRef, row: Row, column: str) -> Iterator[Statement]:
    """Yield the words of a cell, when there are any."""
    if row[column]:
        yield subject, predicate, row[column]


def remarks(subject: URIRef, row: Row, *columns: str) -> Iterator[Statement]:
    """Yield cells that no term of the ontology holds as remarks, each with the name of its column."""
    for column in columns:
        if row[column]:
            yield subject, CLEW.remark, f"{column.replace('_', ' ')}: {row[column]}"
