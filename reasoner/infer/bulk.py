"""Closing a release: millions of statements from N-Quads files, and what follows from them as N-Quads."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, URIRef

from ...errors import LoadError, ReleaseError
from ...ontology import mint
from .folder import Folder
from .nemo import Engine, Program
from .program import LITERAL, Compiled, individuals
from .templates import key

INFERRED = mint("graph", "inferred")

_SHIFT = 32  # two numbers of things in one, so that millions of pairs fit into an array
_MASK = (1 << _SHIFT) - 1
_TYPE = str(RDF.type)


class Facts:
    """The statements of files in numbers: a column of things for each class, one of packed pairs for each property."""

    def __init__(self, compiled: Compiled) -> None:
        """Start without statements."""
        self.texts: list[str] = ["", *(key(term) for term in compiled.terms if term is not None)]
        self.columns: dict[str, array[int]] = {}
        self._numbers = {text: number for number, text in enumerate(self.texts)}
        self._classes = {str(term): f"c{number}" for term, number in compiled.classes.items()}
        self._properties = {str(term): f"p{number}" for term, number in compiled.properties.items()}
        self._literals = {str(term) for term in compiled.literals}
        self._carried = {str(term) for term in compiled.carried}

    def read(self, file: Path) -> None:
        """Read one file of N-Quads; statements that no axiom could use are passed over.

        Raises:
            LoadError: The file is not well formed, or has a blank node.
        """
        try:
            for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS):
                predicate = quad.predicate.value
                if predicate == _TYPE:
                    self._class(quad.subject, quad.object, file)
                elif predicate in self._properties:
                    self._property(quad.subject, predicate, quad.object, file)
        except (SyntaxError, OSError) as error:
            raise LoadError(f"is not well formed: {error}", where=str(file), help="load its source again") from error

    def rows(self, name: str) -> Iterator[tuple[int, ...]]:
        """Yield the facts of one class or property: a thing, or two."""
        for number in self.columns[name]:
            yield (number,) if name[0] == "c" else (number >> _SHIFT, number & _MASK)

    def _class(self, subject: Any, value: Any, file: Path) -> None:
        name = self._classes.get(value.value) if isinstance(value, ox.NamedNode) else None
        if name is not None:
            self.columns.setdefault(name, array("Q")).append(self._thing(subject, file))

    def _property(self, subject: Any, predicate: str, value: Any, file: Path) -> None:
        number = LITERAL
        if isinstance(value, ox.NamedNode | ox.BlankNode):
            number = self._thing(value, file)
        elif predicate not in self._literals:
            return  # a literal where a thing belongs; the shapes of the data report it
        elif predicate in self._carried:
            number = self._number(str(value))
        column = self.columns.setdefault(self._properties[predicate], array("Q"))
        column.append(self._thing(subject, file) << _SHIFT | number)

    def _thing(self, term: Any, file: Path) -> int:
        if not isinstance(term, ox.NamedNode):
            raise LoadError(f"`{term}` is a blank node", where=str(file), help="give every node an IRI")
        return self._number(f"<{term.value}>")

    def _number(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number


def close_files(compiled: Compiled, files: Sequence[Path], graph: URIRef = INFERRED) -> Iterator[str]:
    """Yield the N-Quads lines of what follows from files by an ontology, without what they state.

    The lines come by class and property, then by subject and value, so that the same statements give the same lines
    whatever files they stand in. The engine holds the interpreter lock: run it in the process that builds a release.

    Args:
        compiled: The ontology.
        files: Files of N-Quads; named graphs play no part.
        graph: The named graph of the lines.

    Raises:
        LoadError: A file is not well formed, or has a blank node.
        ClewError: The engine gave up.
    """
    facts = Facts(compiled)
    for file in files:
        facts.read(file)
    engine = conclude(compiled, facts)
    for name, term, given in _conclusions(compiled):
        yield from _lines(facts, _new(engine, facts, name, given), term, graph)


def conclude(compiled: Compiled, facts: Facts) -> Engine:
    """Return the engine with everything that follows from facts."""
    folder, loads = Folder(), []
    for name in facts.columns:
        folder.write(name, facts.rows(name))
        loads.append(folder.load(name, 1 if name[0] == "c" else 2))
    singles = [f"k{number}({number}) .\n" for number in individuals(compiled)]
    return Engine(Program("".join([*loads, *singles, compiled.program])))


def _conclusions(compiled: Compiled) -> Iterator[tuple[str, URIRef, str]]:
    """Yield what can be concluded: the predicate, its class or property, and the predicate of what is given."""
    heads = {(len(row.template.head), row.head) for row in compiled.rows if isinstance(row.head, URIRef)}
    for places, term in sorted(heads):
        number = compiled.number(term)
        if places == 2:
            yield f"c{number}", URIRef(term), f"c{number}"
        else:
            yield f"p{number}", URIRef(term), f"p{compiled.entry(number)}"


def _new(engine: Engine, facts: Facts, name: str, given: str) -> list[tuple[int, ...]]:
    """Return what is concluded and not given.

    Raises:
        ReleaseError: The engine lost something that was given.
    """
    stated = set(facts.columns.get(given, ()))
    rows = engine.rows(name)
    new = [row for row in rows if (row[0] if len(row) == 1 else row[0] << _SHIFT | row[1]) not in stated]
    if len(rows) - len(new) != len(stated):
        raise ReleaseError(f"the rule engine lost facts of `{name}`", help="report it with the files")
    return new


def _lines(facts: Facts, rows: list[tuple[int, ...]], term: URIRef, graph: URIRef) -> Iterator[str]:
    texts = facts.texts
    rows.sort(key=lambda row: [texts[number] for number in row])
    for row in rows:
        subject = texts[row[0]]
        pair = f"<{RDF.type}> <{term}>" if len(row) == 1 else f"<{term}> {texts[row[1]]}"
        yield f"{subject} {pair} <{graph}> .\n"
