"""The RDF dataset: one store, named graphs, and how queries run on it.

The graph is the single source of truth. What a kernel reads is a named query; what it concludes goes back as triples
in a named graph of its own. Queries see the union of all graphs unless they name one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import URIRef

from .binding import bind
from .errors import QueryError, ReleaseError
from .statements import Statement, Text, Value, nquads

if TYPE_CHECKING:
    import rdflib

Row = dict[str, Value]

_XSD = "http://www.w3.org/2001/XMLSchema#"


class Dataset:
    """An RDF dataset that statements go into and questions are put to."""

    def __init__(self, store: ox.Store | None = None) -> None:
        """Wrap a store, or make an empty one in memory."""
        self.store = ox.Store() if store is None else store

    @classmethod
    def open(cls, path: Path) -> Dataset:
        """Open the finished store of a release for reading.

        Raises:
            ReleaseError: There is no store at that path.
        """
        try:
            return cls(ox.Store.read_only(str(path)))
        except (OSError, ValueError) as error:
            raise ReleaseError(f"`{path}` holds no readable store", help="build the release again") from error

    def rows(self, query: str, **values: Value) -> list[Row]:
        """Return the solutions of a SELECT query, each a dict from variable to value; unbound variables are absent."""
        solutions = self._run(query, values)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("the query is no SELECT query")
        names = [variable.value for variable in solutions.variables]
        return [
            {name: to_value(cell) for name, cell in zip(names, solution, strict=True) if cell is not None}
            for solution in solutions
        ]

    def ask(self, query: str, **values: Value) -> bool:
        """Return the answer of an ASK query."""
        answer = self._run(query, values)
        if not isinstance(answer, ox.QueryBoolean):
            raise QueryError("the query is no ASK query")
        return bool(answer)

    def graphs_of(self, statement: Statement) -> list[URIRef]:
        """Return the named graphs that hold a statement, in order; none means that it does not hold."""
        subject, predicate, value = statement
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), to_term(value))
        return sorted(URIRef(quad.graph_name.value) for quad in quads if isinstance(quad.graph_name, ox.NamedNode))

    def objects(self, subject: URIRef, predicate: URIRef) -> list[Value]:
        """Return the values that a subject has for a predicate, in an order that does not depend on the store."""
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
        return [to_value(term) for term in sorted({quad.object for quad in quads}, key=str)]

    def add(self, statements: Iterable[Statement], graph: URIRef) -> None:
        """Add statements to a named graph."""
        self.load("".join(nquads(statements, graph)).encode())

    def load(self, data: bytes) -> None:
        """Add N-Quads to the dataset; nothing is added when a line is malformed."""
        self.store.bulk_load(data, format=ox.RdfFormat.N_QUADS)

    def drop(self, graph: URIRef) -> None:
        """Remove a named graph with all its statements."""
        self.store.remove_graph(ox.NamedNode(graph))

    def dump(self, graph: URIRef) -> bytes:
        """Return the statements of one named graph as N-Triples."""
        data = self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        return data or b""

    def graphs(self) -> list[URIRef]:
        """Return the named graphs, in order."""
        return sorted(URIRef(name.value) for name in self.store.named_graphs() if isinstance(name, ox.NamedNode))

    def rdflib(self) -> rdflib.Dataset:
        """Return the same dataset with the face of rdflib."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self.store)

    def _run(self, query: str, values: dict[str, Value]) -> Any:
        try:
            return self.store.query(bind(query, values), use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(f"the query is not well formed: {error.msg}") from error


def to_term(value: Value) -> ox.NamedNode | ox.Literal:
    """Return a value as a term of the store."""
    if isinstance(value, URIRef):
        return ox.NamedNode(value)
    if isinstance(value, Text):
        return ox.Literal(value.words, language=value.language)
    if isinstance(value, bool | str):
        return ox.Literal(value)
    kind = "integer" if isinstance(value, int) else "decimal" if isinstance(value, Decimal) else "date"
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + kind))


def to_value(cell: Any) -> Value:
    """Return a term of the store as a value; literals of other datatypes keep their characters as a string."""
    if isinstance(cell, ox.NamedNode):
        return URIRef(cell.value)
    if not isinstance(cell, ox.Literal):
        return str(cell)
    if cell.language:
        return Text(cell.value, cell.language)
    return _literal(cell.value, cell.datatype.value.removeprefix(_XSD))


def _literal(text: str, kind: str) -> Value:
    try:
        match kind:
            case "integer" | "int" | "long":
                return int(text)
            case "decimal":
                return Decimal(text)
            case "boolean":
                return text in ("true", "1")
            case "date":
                return date.fromisoformat(text)
    except (ValueError, InvalidOperation):
        pass
    return text


def iri(row: Row, name: str) -> URIRef:
    """Return the IRI that a variable is bound to.

    Raises:
        QueryError: The variable is unbound, or bound to a literal.
    """
    value = row.get(name)
    if not isinstance(value, URIRef):
        raise QueryError(f"the query binds `{name}` to no thing", help="bind it to an IRI")
    return value
