"""The workbench: a private dataset in memory that holds the law and one case at a time.

A release on disk is never written to. To check a case, its facts are laid beside the reference tables, together with
what the release says of the loaded parties it names; afterwards they are taken away again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import URIRef

from ..dataset import Dataset, to_value
from ..ontology import BASE, CLEW, mint
from ..release import Release
from ..statements import Statement

INFERRED = mint("graph", "inferred")
REFERENCE_INFERRED = mint("graph", "inferred", "reference")
PROVENANCE = mint("graph", "provenance")
_LAW = (f"{BASE}graph/reference/", f"{BASE}graph/ontology", str(REFERENCE_INFERRED), str(PROVENANCE))
_STATED = (f"{BASE}graph/source/", f"{BASE}graph/reference/")
_REACH = 5_000  # entities; a slice that grows beyond it says nothing a person could read


@dataclass(frozen=True, slots=True)
class Laid:
    """A case on the bench.

    Attributes:
        data: The case beside the law.
        holdings: What the case and the release state of its parties, with the ownership regimes and nothing else.
        copied: What the release states of the loaded parties that the case names.
    """

    data: Dataset
    holdings: Dataset
    copied: tuple[Statement, ...]


class Workbench:
    """The law of a release in memory, with room for one case at a time."""

    def __init__(self, release: Release) -> None:
        """Copy the reference tables, the ontology and the provenance of a release into memory."""
        self.release = release
        self.data = Dataset()
        self._lock = threading.Lock()
        for graph in release.data.graphs():
            if str(graph).startswith(_LAW):
                self.data.store.bulk_extend(quads_of(release.data, graph))
        tables = ("ownership_regimes", "us_744_8_programmes", "party_lists")
        self._regimes = [quad for name in tables for quad in quads_of(self.data, mint("graph", "reference", name))]

    @contextmanager
    def lay(self, statements: Sequence[Statement], graph: URIRef, refs: Sequence[URIRef] = ()) -> Iterator[Laid]:
        """Lay a case on the bench for the length of a block; only one case lies there at a time.

        Args:
            statements: The facts of the case.
            graph: The named graph they go into.
            refs: Loaded entities that the case names; what the release knows of them is laid beside it.
        """
        with self._lock:
            copied = list(neighbourhood(self.release.data, refs))
            before = set(self.data.graphs())
            self.data.add(statements, graph)
            self.data.store.extend(copied)
            try:
                stated = tuple(_statement(quad) for quad in copied)
                yield Laid(self.data, self._holdings(statements, graph, copied), stated)
            finally:
                for name in set(self.data.graphs()) - before:
                    self.data.drop(name)

    def _holdings(self, statements: Iterable[Statement], graph: URIRef, copied: Iterable[ox.Quad]) -> Dataset:
        """Return the case with the ownership regimes alone, so that reading it does not read all parties of the law."""
        alone = Dataset()
        alone.add(statements, graph)
        alone.store.extend(copied)
        alone.store.extend(self._regimes)
        return alone


def quads_of(data: Dataset, graph: URIRef) -> Iterator[ox.Quad]:
    """Return the quads of one named graph."""
    return data.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))


def neighbourhood(data: Dataset, entities: Iterable[URIRef]) -> Iterator[ox.Quad]:
    """Yield what a dataset states of entities, and of everybody who stands above them by holdings or link annotations.

    Only what sources state is copied; conclusions are drawn again on the bench.
    """
    waiting, seen = list(entities), set[str]()
    while waiting and len(seen) < _REACH:
        entity = waiting.pop()
        if entity in seen:
            continue
        seen.add(entity)
        yield from _record(data, entity)
        for holding in _subjects(data, CLEW.heldIn, entity):
            quads = list(_about(data, holding))
            yield from quads
            waiting += [_iri(quad.object) for quad in quads if quad.predicate.value == str(CLEW.holder)]


def _record(data: Dataset, entity: URIRef) -> Iterator[ox.Quad]:
    """Yield the statements of an entity and of the parts that hang on its record as fragments."""
    for quad in _about(data, entity):
        yield quad
        value = quad.object
        if isinstance(value, ox.NamedNode) and value.value.startswith(f"{entity}#"):
            yield from _record(data, URIRef(value.value))


def _about(data: Dataset, subject: str) -> Iterator[ox.Quad]:
    for quad in data.store.quads_for_pattern(ox.NamedNode(subject), None, None):
        if str(_iri(quad.graph_name)).startswith(_STATED):
            yield quad


def _statement(quad: ox.Quad) -> Statement:
    return _iri(quad.subject), _iri(quad.predicate), to_value(quad.object)


def _iri(node: object) -> URIRef:
    return URIRef(node.value if isinstance(node, ox.NamedNode) else "")


def _subjects(data: Dataset, predicate: URIRef, value: URIRef) -> list[str]:
    quads = data.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value))
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})
