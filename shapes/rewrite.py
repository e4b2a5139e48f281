"""Forms of a rule's pattern that mean the same and that the engine evaluates well.

pyoxigraph guesses how many solutions each part has and orders its joins by that. Rules have many small parts, and the
guesses go wrong in ways that were measured (`benchmarks/bench_rules.py`); each form here meets one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rdflib import RDF
from rdflib.term import Variable

from .group import Absent, Bind, Filter, Group, Optional, Part, Triple, Union, bound, certain, named

THIS = Variable("this")


def in_order(group: Group) -> Group:
    """Return a group with its triples first, then its alternatives, then the rest as it stood.

    The engine joins the triples of a group well when they stand together, and badly when an optional part comes between
    them. The order is free, because no pattern of a rule builds on a variable that may be unbound (see `lint`).
    """
    parts = sorted(group.parts, key=lambda part: 0 if isinstance(part, Triple) else 1 if isinstance(part, Union) else 2)
    return Group(tuple(_inner(part, in_order) for part in parts))


@dataclass(frozen=True, slots=True)
class Apart(Union):
    """Alternatives that are evaluated by themselves and then joined."""

    def text(self) -> str:
        """Return the alternatives as SPARQL."""
        return f"{{ SELECT * WHERE {{ {' UNION '.join(group.text() for group in self.groups)} }} }}"


def apart(group: Group) -> Group:
    """Return a group whose alternatives are evaluated once, over all transactions.

    Otherwise the engine may evaluate them again for every solution of what stands before them, without knowing which
    variables are bound by then, and so begin with the longest list of all.
    """
    parts = (_inner(part, apart) for part in group.parts)
    return Group(tuple(Apart(part.groups) if isinstance(part, Union) else part for part in parts))


def anchored(group: Group) -> Group:
    """Return a group whose alternatives each repeat how they hang on the transaction.

    With one transaction written in, an alternative that does not name it would be evaluated over the whole dataset.
    """
    root = Group((Triple(THIS, RDF.type, THIS),))

    def tied(branch: Group) -> Group:
        if THIS in bound(branch):
            return branch
        return Group((*_bridge(set(bound(branch)), root, group.triples()), *branch.parts))

    parts = (Union(tuple(map(tied, part.groups))) if isinstance(part, Union) else part for part in group.parts)
    return Group(tuple(parts))


@dataclass(frozen=True, slots=True)
class Step(Optional):
    """Facts that are looked up for each solution; `LATERAL` is SEP-0006, which the engine of the store knows."""

    def text(self) -> str:
        """Return the part as SPARQL."""
        return f"LATERAL {{ OPTIONAL {self.group.text()} }}"


def in_steps(group: Group) -> Group:
    """Return a group whose optional parts are looked up for each solution.

    With one transaction there are few solutions. Left to itself the engine expects so many after some optional parts
    that it reads every fact of their kind instead.
    """
    parts = (_inner(part, in_steps) for part in group.parts)
    return Group(tuple(Step(part.group) if isinstance(part, Optional) else part for part in parts))


@dataclass(frozen=True, slots=True)
class Minus:
    """Facts that must not be there, as a set to take away."""

    group: Group

    def text(self) -> str:
        """Return the part as SPARQL."""
        return f"MINUS {self.group.text()}"


def joined_absences(group: Group) -> Group:
    """Return a group with its absences as sets to take away, wherever that means the same."""
    kept: list[Part] = []
    taken: list[Minus] = []
    for part in group.parts:
        minus = as_minus(part, group) if isinstance(part, Absent) else None
        if minus is not None:
            taken.append(minus)
        else:
            kept.append(_inner(part, joined_absences))
    # A filter speaks of its whole group wherever it stands, `MINUS` only of what comes before: it goes to the end.
    return Group((*kept, *taken))  # type: ignore[arg-type]


def _inner(part: Part, change: Callable[[Group], Group]) -> Part:
    """Return a part with the groups in it changed."""
    match part:
        case Optional(group):
            return Optional(change(group))
        case Union(groups):
            return Union(tuple(change(group) for group in groups))
    return part


def as_minus(absent: Absent, outer: Group) -> Minus | None:
    """Return an absence as a set to take away, or nothing where the two would differ.

    `NOT EXISTS` sees the values of the solution it is asked about, `MINUS` does not. Triples of the outer group that
    bind what the conditions inside need are therefore repeated inside; they hold with the same values in every solution
    that is compared, and so do triples between variables that both sides know, which keep the set small. The two still
    differ where nothing is shared, and where a shared variable may be unbound.
    """
    inner = absent.group
    if any(isinstance(part, Absent) for part in inner.parts):
        return None
    missing = set(_read(inner)) - set(bound(inner))
    bridge = _bridge(missing, inner, outer.triples())
    met = {end for triple in bridge for end in _ends(triple)} | set(bound(inner))
    within = [triple for triple in outer.triples() if len(_ends(triple)) > 1 and set(_ends(triple)) <= met]
    closed = Group((*dict.fromkeys([*bridge, *within]), *inner.parts))
    sure = certain(closed)
    shared = set(bound(closed)) & set(bound(outer))
    if missing <= sure and shared and shared <= sure and shared <= certain(outer):
        return Minus(closed)
    return None


def _bridge(missing: set[Variable], inner: Group, triples: tuple[Triple, ...]) -> list[Triple]:
    """Return triples that bind the missing variables and hang together with a group.

    Triples that only bind them would be joined with the group as every pair of the two.
    """
    reached: dict[Variable, tuple[Triple, ...]] = {variable: () for variable in bound(inner)}
    waiting = list(reached)
    while waiting:
        here = waiting.pop(0)
        for triple in triples:
            for variable in _ends(triple):
                if here in _ends(triple) and variable not in reached:
                    reached[variable] = (*reached[here], triple)
                    waiting.append(variable)
    return list(dict.fromkeys(triple for each in sorted(missing) for triple in reached.get(each, ())))


def _ends(triple: Triple) -> tuple[Variable, ...]:
    return tuple(each for each in (triple.subject, triple.object) if isinstance(each, Variable))


def _read(group: Group) -> Iterator[Variable]:
    """Yield the variables that conditions of a group read."""
    for part in group.parts:
        match part:
            case Filter(expression) | Bind(expression, _):
                yield from named(expression)
            case Optional(inner) | Absent(inner):
                yield from _read(inner)
            case Union(branches):
                for each in branches:
                    yield from _read(each)
