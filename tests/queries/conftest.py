"""The example world with everything that follows from it."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from clew.dataset import Dataset, to_value
from clew.ontology import mint, ontology_graph
from clew.reasoner.infer import INFERRED, close, packaged

EXAMPLE = Path(__file__).parent / "example.trig"


@pytest.fixture(scope="session")
def example() -> Dataset:
    """The example world, the ontology, and their closure."""
    data = Dataset()
    data.store.load(path=str(EXAMPLE), format=ox.RdfFormat.TRIG)
    values = ontology_graph().serialize(format="nt", encoding="utf-8")
    data.store.load(values, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(mint("graph", "ontology")))
    quads = [quad for quad in data.store if isinstance(quad.subject, ox.NamedNode)]
    said = [
        (URIRef(quad.subject.value), URIRef(quad.predicate.value), to_value(quad.object))  # type: ignore[union-attr]
        for quad in quads
    ]
    data.add(close(packaged(), said).inferred(), INFERRED)
    return data
