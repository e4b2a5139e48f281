"""Closing a case: its statements, what the ontology makes follow from them, and why."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from threading import Lock

from rdflib import RDF, URIRef

from ...errors import ProofError
from ...ontology import token
from ...statements import Statement, Value, term
from ..derivation import Inference
from .folder import Folder
from .nemo import Engine, Program
from .program import LITERAL, Compiled, case_rules
from .steps import Prove, derivation, text
from .templates import TEMPLATES, key
from .trace import Ids, Tables, axiom_tables, steps


class Bench:
    """One ontology laid out for the engine: its axioms as tables in a folder, and the program that reads them."""

    def __init__(self, compiled: Compiled) -> None:
        """Write the tables and parse the program, once for all cases."""
        self.tables: Tables = axiom_tables(compiled)
        self._folder = Folder()
        self._lock = Lock()
        for name, rows in self.tables.items():
            self._folder.write(name, rows)
        inputs = [(template.name, len(template.parameters)) for template in TEMPLATES]
        loads = (self._folder.load(*table) for table in (*inputs, ("c", 2), ("p", 3)))
        self._program = Program(case_rules() + "".join(loads))

    def run(self, facts: Iterable[Ids]) -> Engine:
        """Return the engine with everything that follows from facts."""
        every = list(facts)
        with self._lock:  # the program names the files
            self._folder.write("c", (fact for fact in every if len(fact) == 2))
            self._folder.write("p", (fact for fact in every if len(fact) == 3))
            return Engine(self._program)


@lru_cache(maxsize=8)
def _bench(compiled: Compiled, process: int) -> Bench:
    """Return the bench of an ontology in a process; a fork gets a folder of its own."""
    return Bench(compiled)


class Closure:
    """What follows from some statements by an ontology."""

    def __init__(self, compiled: Compiled, statements: Iterable[Statement]) -> None:
        """Draw every conclusion."""
        self._compiled = compiled
        self._bench = _bench(compiled, os.getpid())
        self._numbers = dict(compiled.numbers)
        self._values: list[Value | None] = [term if isinstance(term, URIRef) else None for term in compiled.terms]
        self._given: dict[Ids, Statement] = {}
        for statement in statements:
            self._give(statement)
        self._engine = self._bench.run(self._given)

    def inferred(self) -> list[Statement]:
        """Return what follows and is not given, in the order of its N-Triples text."""
        named = (fact for fact in self._facts() if isinstance(self._compiled.terms[fact[0]], URIRef))
        found = (self._statement(fact) for fact in named if self._entry(fact) not in self._given)
        return sorted((statement for statement in found if statement), key=text)

    def derive(self, statement: Statement, fact: Prove) -> Inference:
        """Return why a statement follows, each step with its axiom.

        Args:
            statement: What follows.
            fact: Returns the derivation of a statement that was given.

        Raises:
            ProofError: The statement does not follow, or is given.
        """
        ids = self._ids(statement)
        predicate = "c" if ids and len(ids) == 2 else "p"
        trace = self._engine.trace(f"{predicate}({', '.join(map(str, ids))})") if ids else None
        if trace is None:
            raise ProofError(f"{shown(statement)} does not follow from the statements given")
        return derivation(steps(trace, self._bench.tables, self._statement), fact)

    def _give(self, statement: Statement) -> None:
        """Keep a statement that an axiom could use; one with a literal where a thing belongs is for the shapes."""
        subject, predicate, value = statement
        if predicate == RDF.type:
            class_ = self._compiled.classes.get(value) if isinstance(value, URIRef) else None
            if class_ is not None:
                self._given[class_, self._number(subject)] = statement
            return
        number = self._compiled.properties.get(predicate)
        if number is None:
            return
        if isinstance(value, URIRef) or predicate in self._compiled.carried:
            self._given[number, self._number(subject), self._number(value)] = statement
        elif predicate in self._compiled.literals:
            ids = (number, self._number(subject), LITERAL)
            self._given[ids] = min(self._given.get(ids, statement), statement, key=text)

    def _number(self, value: Value) -> int:
        number = self._numbers.setdefault(term(value), len(self._values))
        if number == len(self._values):
            self._values.append(value)
        return number

    def _facts(self) -> Iterator[Ids]:
        for predicate in ("c", "p"):
            yield from self._engine.rows(predicate)

    def _entry(self, fact: Ids) -> Ids:
        """Return the fact as it would have been given."""
        return fact if len(fact) == 2 else (self._compiled.entry(fact[0]), *fact[1:])

    def _statement(self, fact: Ids) -> Statement | None:
        """Return what a fact says; nothing for a part of an axiom that has no name."""
        if fact in self._given:
            return self._given[fact]
        name, subject = self._compiled.shows(fact[0]), self._values[fact[1]]
        if name is None or not isinstance(subject, URIRef):
            return None
        if len(fact) == 2:
            return subject, RDF.type, name
        value = self._values[fact[2]]
        return None if value is None else (subject, name, value)

    def _ids(self, statement: Statement) -> Ids | None:
        """Return the numbers of a statement; nothing when one of its terms has none."""
        subject, predicate, value = statement
        texts = (term(value), term(subject)) if predicate == RDF.type else (key(predicate), term(subject), term(value))
        ids = tuple(self._numbers.get(text, -1) for text in texts)
        return None if -1 in ids else ids


def close(compiled: Compiled, statements: Iterable[Statement]) -> Closure:
    """Return what follows from the statements of a case by an ontology.

    Args:
        compiled: The ontology.
        statements: Everything the conclusions may rest on, with what the reference tables contribute.
    """
    return Closure(compiled, statements)


def shown(statement: Statement) -> str:
    """Return a statement as a message shows it."""
    subject, predicate, value = statement
    return f"`{token(subject)} {token(predicate)} {token(value) if isinstance(value, URIRef) else term(value)}`"
