"""From a solution of a rule to the premises of its proof: the triples that hold and the patterns that do not.

The premises are the rule's own pattern with the solution written in. Nothing else may enter a proof, so a rule shows
exactly what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, URIRef
from rdflib.term import Variable

from ..binding import bind
from ..dataset import Dataset, Row
from ..statements import Statement
from .group import Absent, Bind, Group, Optional, Part, Term, Triple, Union
from .parse import parse_select
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Pattern:
    """The pattern of a rule, by how much a finding rests on each part.

    Attributes:
        required: Triple patterns that hold in every solution.
        optional: Groups that may hold: optional parts and alternatives.
        absent: Groups that must not hold, as SPARQL.
    """

    required: tuple[Triple, ...]
    optional: tuple[Group, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Premises:
    """What one solution of a rule rests on.

    Attributes:
        statements: Triples that hold: that the transaction is one, then those of the rule, in its order.
        absences: Patterns that do not hold, as SPARQL groups with the values written in.
    """

    statements: tuple[Statement, ...]
    absences: tuple[str, ...]


def pattern(rule: Rule) -> Pattern:
    """Return the pattern of a rule."""
    where = parse_select(rule.select).where
    return Pattern(
        required=where.triples(),
        optional=tuple(_alternatives(where)),
        absent=tuple(part.group.text() for part in where.parts if isinstance(part, Absent)),
    )


def premises(rule: Rule, row: Row, data: Dataset) -> Premises:
    """Return what a solution of a rule rests on.

    Args:
        rule: The rule.
        row: The solution, with every variable of the rule's pattern.
        data: Where the rule was asked, to tell which optional parts hold.
    """
    where = parse_select(rule.select).where
    found = list(_premises(Group((Triple(Variable("this"), RDF.type, rule.target), *where.parts)), row, data))
    statements = dict.fromkeys(each for each in found if not isinstance(each, str))
    return Premises(tuple(statements), tuple(dict.fromkeys(each for each in found if isinstance(each, str))))


def _premises(group: Group, row: Row, data: Dataset) -> Iterator[Statement | str]:
    for part in group.parts:
        if isinstance(part, Triple):
            statement = _statement(part, row)
            if statement is not None:
                yield statement
        elif isinstance(part, Absent):
            yield bind(part.group.text(), row)
        elif isinstance(part, Optional | Union):
            for inner in _alternatives(Group((part,))):
                if _holds(inner, row, data):
                    yield from _premises(inner, row, data)


def _alternatives(group: Group) -> Iterator[Group]:
    for part in group.parts:
        if isinstance(part, Optional):
            yield part.group
        elif isinstance(part, Union):
            yield from part.groups


def _holds(group: Group, row: Row, data: Dataset) -> bool:
    """Tell whether a solution can come from a group: all that it binds is bound, and all that it says holds."""
    return all(_part_holds(part, row, data) for part in group.parts)


def _part_holds(part: Part, row: Row, data: Dataset) -> bool:
    match part:
        case Triple():
            statement = _statement(part, row)
            return statement is not None and bool(data.graphs_of(statement))
        case Bind(_, variable):
            return str(variable) in row
        case Absent(inner):
            return not data.ask(f"ASK {bind(inner.text(), row)}")
        case Union(branches):
            return any(_holds(branch, row, data) for branch in branches)
    return True


def _statement(triple: Triple, row: Row) -> Statement | None:
    """Return a triple pattern with the values of a solution, or nothing while a variable stays open."""
    subject, predicate, value = (_value(each, row) for each in (triple.subject, triple.predicate, triple.object))
    if value is None or not isinstance(subject, URIRef) or not isinstance(predicate, URIRef):
        return None
    return subject, predicate, value


def _value(each: Term, row: Row) -> Term | None:
    return row.get(str(each)) if isinstance(each, Variable) else each
