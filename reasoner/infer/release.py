"""Why a statement of a release follows: the search, over the statements that the sources of the release make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

import pyoxigraph as ox
from rdflib import RDF, URIRef

from ...dataset import Dataset, to_term, to_value
from ...errors import ProofError
from ...ontology import BASE
from ...statements import Statement
from ..derivation import Inference
from .engine import shown
from .program import Compiled
from .search import Fact, Question, Rule, Rules, Search
from .steps import Prove, Step, derivation
from .templates import Row

_CONCLUDED = ("inferred", "ownership", "findings", "provenance")  # families of graphs that no source states
_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(RDF.type)


def derive_from(dataset: Dataset, compiled: Compiled, statement: Statement, fact: Prove) -> Inference:
    """Return why a statement of a release follows, each step with its axiom, without closing the release again.

    Args:
        dataset: The release; what its sources, its tables and its cases state can be a premise.
        compiled: The ontology.
        statement: What follows.
        fact: Returns the derivation of a statement that is given.

    Raises:
        ProofError: The statement does not follow, or is given.
    """
    stated = Stated(dataset, compiled)
    goal = stated.fact(statement)
    if goal is None or stated.holds(goal):
        raise ProofError(f"{shown(statement)} is not inferred", help="ask the source that states it")
    search = Search(_rules(compiled), stated.given)
    if not search.find(goal):
        raise ProofError(f"{shown(statement)} does not follow from what the sources state")
    return derivation(_steps(goal, search, stated), fact)


class Stated:
    """What the sources of a dataset state, as facts with the numbers of an ontology."""

    def __init__(self, dataset: Dataset, compiled: Compiled) -> None:
        """Remember where to read."""
        self._store = dataset.store
        self._compiled = compiled
        self._stated: dict[object, bool] = {}

    def fact(self, statement: Statement) -> Fact | None:
        """Return a statement as a fact; nothing when the ontology does not know its class or property."""
        subject, predicate, value = statement
        if predicate == RDF.type:
            number = self._compiled.classes.get(value) if isinstance(value, URIRef) else None
            return None if number is None else (number, ox.NamedNode(subject))
        if predicate not in self._compiled.properties:
            return None
        return self._compiled.number(predicate), ox.NamedNode(subject), to_term(value)

    def statement(self, fact: Fact) -> Statement | None:
        """Return what a fact says; nothing for a part of an axiom that has no name."""
        name, subject = self._compiled.shows(cast(int, fact[0])), to_value(fact[1])
        if name is None or not isinstance(subject, URIRef):
            return None
        return (subject, RDF.type, name) if len(fact) == 2 else (subject, name, to_value(fact[2]))

    def holds(self, fact: Fact) -> bool:
        """Return whether a source states a fact."""
        entry = fact if len(fact) == 2 else (self._compiled.entry(cast(int, fact[0])), *fact[1:])
        return next(self.given(entry), None) is not None

    def given(self, question: Question) -> Iterator[Fact]:
        """Yield the facts that sources state and that fit a question; those of a transitive property are its steps."""
        number = cast(int, question[0])
        name = self._compiled.shows(number)
        if name is None:
            return iter(())
        if len(question) == 2:
            return self._members(number, name, question[1])
        return self._pairs(number, name, *question[1:]) if self._compiled.entry(number) == number else iter(())

    def _members(self, number: int, class_: URIRef, thing: Any) -> Iterator[Fact]:
        for quad in self._store.quads_for_pattern(thing, _TYPE, ox.NamedNode(class_)):
            if self._is_stated(quad.graph_name):
                yield number, quad.subject

    def _pairs(self, number: int, term: URIRef, subject: Any, value: Any) -> Iterator[Fact]:
        literals = term in self._compiled.literals
        for quad in self._store.quads_for_pattern(subject, ox.NamedNode(term), value):
            if (literals or isinstance(quad.object, ox.NamedNode)) and self._is_stated(quad.graph_name):
                yield number, quad.subject, quad.object

    def _is_stated(self, graph: Any) -> bool:
        known = self._stated.get(graph)
        if known is None:
            family = graph.value.removeprefix(f"{BASE}graph/").partition("/")[0] if graph != _DEFAULT else ""
            known = self._stated[graph] = family not in _CONCLUDED
        return known


@lru_cache(maxsize=8)
def _rules(compiled: Compiled) -> Rules:
    """Return the rows with numbers for terms, by what they conclude and its number of places."""
    rules: Rules = defaultdict(list)
    for row in compiled.rows:
        head = _atom(row, row.template.head, compiled)
        body = tuple(_atom(row, atom, compiled) for atom in row.template.body)
        rules[head[0], len(head)].append(Rule(row, head, body))
    return rules


def _atom(row: Row, atom: tuple[str, ...], compiled: Compiled) -> Fact:
    constant = {"a": ox.NamedNode(row.term("a"))} if "a" in row.template.parameters else {}
    return (compiled.number(row.term(atom[0])), *(constant.get(letter, letter) for letter in atom[1:]))


def _steps(goal: Fact, search: Search, stated: Stated) -> Step:
    """Return the steps to a fact, each built once; what a source states needs no further reason."""
    built: dict[Fact, Step] = {}
    waiting = [goal]
    while waiting:
        fact = waiting[-1]
        row, premises = search.reasons[fact]
        if fact != goal and stated.holds(fact):
            row, premises = None, ()
        missing = [premise for premise in premises if premise not in built]
        if missing:
            waiting += missing
        else:
            built[waiting.pop()] = Step(stated.statement(fact), row, tuple(built[premise] for premise in premises))
    return built[goal]
