"""The ontology, read once."""

import pytest
from rdflib import Graph

from clew.ontology import ontology_graph


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """All modules, without the alignments."""
    return ontology_graph()


@pytest.fixture(scope="session")
def aligned() -> Graph:
    """All modules and alignments."""
    return ontology_graph(alignments=True)
