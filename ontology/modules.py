"""The OWL modules: reading the Turtle files that define every term."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rdflib import RDF, Graph, URIRef

ONTOLOGY_VERSION = "2026-11-21"

# In the order of their imports: a module comes after those it builds on.
MODULES = ("core", "sanctions", "goods", "trade", "reasoning", "values", "tables")
ALIGNMENTS = ("ftm", "bods", "prov", "skos")


def module_files() -> tuple[Traversable, ...]:
    """Return the Turtle files of the ontology, each after those it builds on."""
    folder = files(__package__ or __name__)
    return tuple(folder / f"{name}.ttl" for name in MODULES)


def alignment_files() -> tuple[Traversable, ...]:
    """Return the Turtle files that relate the ontology to others: FollowTheMoney, BODS, PROV-O and SKOS."""
    folder = files(__package__ or __name__) / "alignments"
    return tuple(folder / f"{name}.ttl" for name in ALIGNMENTS)


@cache
def values_of(kind: URIRef) -> frozenset[URIRef]:
    """Return the values that the ontology lists for a closed vocabulary, such as all role types for `CLEW.RoleType`."""
    graph = Graph()
    for file in module_files():
        if file.name == "values.ttl":
            graph.parse(data=file.read_text(encoding="utf8"), format="turtle")
    return frozenset(value for value in graph.subjects(RDF.type, kind) if isinstance(value, URIRef))


def ontology_graph(alignments: bool = False) -> Graph:
    """Return the whole ontology as one graph that the caller may change.

    Args:
        alignments: Whether the relations to other ontologies are part of it.
    """
    graph = Graph()
    for file in module_files() + (alignment_files() if alignments else ()):
        graph.parse(data=file.read_text(encoding="utf8"), format="turtle")
    return graph
