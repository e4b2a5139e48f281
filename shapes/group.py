"""The query of a rule as a tree: its triple patterns, filters, optional parts, alternatives and absences.

Rules are written in a small part of SPARQL 1.1, which is what makes them provable: every way in which a rule can
fire is a set of triples that hold and of patterns that do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib.term import Variable

from ..statements import Value, term

Term = Variable | Value

# Strings and IRIs are matched first, so that a question mark within them is no variable.
_VARIABLE = re.compile(r"""\"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|[?$](?P<name>\w+)""")

# A lone variable, literal or IRI: what can always be computed.
_CANNOT_FAIL = re.compile(r"\?\w+|true|false|\d+|\"[^\"\\]*\"|<[^<>\s]*>|!?BOUND\(\?\w+\)")


@dataclass(frozen=True, slots=True)
class Triple:
    """One triple pattern."""

    subject: Term
    predicate: Term
    object: Term

    def text(self) -> str:
        """Return the pattern as SPARQL."""
        return f"{written(self.subject)} {written(self.predicate)} {written(self.object)} ."


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on values."""

    expression: str

    def text(self) -> str:
        """Return the condition as SPARQL."""
        return f"FILTER({self.expression})"


@dataclass(frozen=True, slots=True)
class Bind:
    """A value that is computed from others."""

    expression: str
    variable: Variable

    def text(self) -> str:
        """Return the computation as SPARQL."""
        return f"BIND({self.expression} AS ?{self.variable})"


@dataclass(frozen=True, slots=True)
class Optional:
    """Facts that are taken along where they are known."""

    group: Group

    def text(self) -> str:
        """Return the part as SPARQL."""
        return f"OPTIONAL {self.group.text()}"


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives, of which one is enough."""

    groups: tuple[Group, ...]

    def text(self) -> str:
        """Return the alternatives as SPARQL."""
        return " UNION ".join(group.text() for group in self.groups)


@dataclass(frozen=True, slots=True)
class Absent:
    """Facts that must not be there."""

    group: Group

    def text(self) -> str:
        """Return the part as SPARQL."""
        return f"FILTER NOT EXISTS {self.group.text()}"


Part = Triple | Filter | Bind | Optional | Union | Absent


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that hold together, between braces."""

    parts: tuple[Part, ...]

    def text(self) -> str:
        """Return the group as SPARQL, with its braces."""
        return "{ " + " ".join(part.text() for part in self.parts) + " }"

    def triples(self) -> tuple[Triple, ...]:
        """Return the triple patterns that stand directly in the group."""
        return tuple(part for part in self.parts if isinstance(part, Triple))


@dataclass(frozen=True, slots=True)
class Select:
    """A query of a rule: what it projects and its pattern."""

    projected: tuple[Variable, ...]
    where: Group


def written(value: Term) -> str:
    """Return a term as SPARQL."""
    return f"?{value}" if isinstance(value, Variable) else term(value)


def named(expression: str) -> tuple[Variable, ...]:
    """Return the variables that an expression names, in order."""
    found = (match["name"] for match in _VARIABLE.finditer(expression))
    return tuple(dict.fromkeys(Variable(name) for name in found if name))


def certain(group: Group) -> frozenset[Variable]:
    """Return the variables that every solution of a group binds."""
    found: set[Variable] = set()
    for part in group.parts:
        found |= certain_of(part, frozenset(found))
    return frozenset(found)


def certain_of(part: Part, known: frozenset[Variable]) -> frozenset[Variable]:
    """Return the variables that a part binds in every solution, where some are bound already."""
    match part:
        case Triple(subject, predicate, value):
            return frozenset(each for each in (subject, predicate, value) if isinstance(each, Variable))
        case Union(groups):
            return frozenset.intersection(*(certain(each) for each in groups))
        case Bind(expression, variable) if _CANNOT_FAIL.fullmatch(expression) and set(named(expression)) <= known:
            return frozenset({variable})
    return frozenset()


def bound(group: Group) -> tuple[Variable, ...]:
    """Return the variables that a solution of a group may bind, in the order in which they first stand there."""
    return tuple(dict.fromkeys(_bound(group)))


def _bound(group: Group) -> Iterator[Variable]:
    for part in group.parts:
        match part:
            case Triple():
                yield from (each for each in (part.subject, part.predicate, part.object) if isinstance(each, Variable))
            case Bind():
                yield part.variable
            case Optional():
                yield from _bound(part.group)
            case Union():
                for each in part.groups:
                    yield from _bound(each)


def groups(group: Group) -> Iterator[Group]:
    """Yield a group and all groups within it."""
    yield group
    for part in group.parts:
        if isinstance(part, Optional | Absent):
            yield from groups(part.group)
        elif isinstance(part, Union):
            for each in part.groups:
                yield from groups(each)
