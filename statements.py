"""Statements as loaders make them, and how they are written as N-Quads.

A loader yields plain tuples, because it makes them by the million; rdflib terms are only built where somebody asks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO

from rdflib import URIRef


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language, as an RDF language-tagged string."""

    words: str
    language: str


Value = URIRef | str | bool | int | Decimal | date | Text
Statement = tuple[URIRef, URIRef, Value]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_UNSAFE = re.compile(r'[\\"\x00-\x1f\x7f\ud800-\udfff]')


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in '\\"':
        return "\\" + char
    # A lone surrogate has no place in RDF; the replacement character says that something stood here.
    return "\\uFFFD" if "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04X}"


def term(value: Value) -> str:
    """Return a value in N-Triples form: IRIs in angle brackets, everything else as a typed literal."""
    if isinstance(value, URIRef):
        return f"<{value}>"
    if isinstance(value, str):
        return f'"{_UNSAFE.sub(_escape, value)}"'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{_XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{_XSD}integer>'
    if isinstance(value, Decimal):
        return f'"{value:f}"^^<{_XSD}decimal>'
    if isinstance(value, date):
        return f'"{value.isoformat()}"^^<{_XSD}date>'
    return f'"{_UNSAFE.sub(_escape, value.words)}"@{value.language}'


def nquads(statements: Iterable[Statement], graph: URIRef) -> Iterator[str]:
    """Yield one N-Quads line for each statement, all in one named graph."""
    end = f" <{graph}> .\n"
    for subject, predicate, value in statements:
        yield f"<{subject}> <{predicate}> {term(value)}{end}"


def write(statements: Iterable[Statement], graph: URIRef, file: IO[str]) -> int:
    """Write statements as N-Quads into an open text file and return how many there were."""
    count = 0
    for line in nquads(statements, graph):
        file.write(line)
        count += 1
    return count
