"""What a case file becomes: a document with its statements, and the parts that could not be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rdflib import URIRef

from ...ontology import CLEW, mint
from ...statements import Statement

SCHEMA = "kg-compliance-cases/v1"


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a case that could not be used as it stands, kept with the reason and the remedy.

    Attributes:
        file: The file, or empty for a body that came over HTTP.
        case: The id of the case.
        pointer: Where the part stands in the case, as a JSON pointer (RFC 6901).
        raw: The part as it was given, as one line of JSON.
        reason: What is wrong with it.
        remedy: What to do about it.
    """

    file: str
    case: str
    pointer: str
    raw: str
    reason: str
    remedy: str

    @property
    def where(self) -> str:
        """Return file, case and pointer as one text, such as `cases.yaml case D001 /ownership/0/percent`."""
        return " ".join(part for part in (self.file, f"case {self.case}", self.pointer) if part)

    def __str__(self) -> str:
        """Return the place, the reason and the remedy as one line."""
        return f"{self.where}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """One case: the facts somebody states about a deal, and the day for which they ask.

    Attributes:
        id: The id of the case.
        title: One line that says what it is about.
        as_of: The day for which the case is evaluated.
        raw: The case as it was given; numbers are text.
        transaction: The focus node, or nothing where the case states no deal but only parties and holdings.
        nodes: The IRIs of parties and items by their ids in the case.
        refs: The loaded parties that the case points at.
        problems: Parts that were set aside; an answer that rests on the rest must say so.
        warnings: Parts that no rule reads, kept as remarks.
        facts: The statements, without those about the day.
    """

    id: str
    title: str
    as_of: date
    raw: Mapping[str, Any]
    transaction: URIRef | None
    nodes: Mapping[str, URIRef]
    refs: tuple[URIRef, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    facts: tuple[Statement, ...] = field(default=(), repr=False)

    @property
    def graph(self) -> URIRef:
        """Return the named graph that holds the facts of the case."""
        return mint("graph", "case", self.id)

    @property
    def expect(self) -> Mapping[str, Any]:
        """Return what the author of the case expects of a check, as given."""
        expected = self.raw.get("expect")
        return expected if isinstance(expected, Mapping) else {}

    @property
    def variants(self) -> tuple[Mapping[str, Any], ...]:
        """Return the stated changes of the case, each with its own expectation, as given."""
        given = self.raw.get("variants")
        return tuple(one for one in given if isinstance(one, Mapping)) if isinstance(given, list | tuple) else ()


def case_statements(document: CaseDocument) -> list[Statement]:
    """Return what a case says, as statements for its named graph.

    Args:
        document: A case, read by `read_cases` or `case_from_mapping`.
    """
    return [*_days(document), *document.facts]


def _days(document: CaseDocument) -> Iterator[Statement]:
    yield mint("case", document.id), CLEW.asOf, document.as_of
    if document.transaction is not None:
        yield document.transaction, CLEW.asOf, document.as_of


def with_as_of(document: CaseDocument, day: date) -> CaseDocument:
    """Return the same case, asked about another day; the date of the transaction stays as it is.

    Args:
        document: The case.
        day: The day to evaluate it for.
    """
    return replace(document, as_of=day)
