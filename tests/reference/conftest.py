"""The reference tables, loaded once for all tests of this folder; questions are put to them in SPARQL."""

from collections.abc import Callable

import pytest

from clew.dataset import Dataset
from clew.loaders.reference import reference_harvests
from clew.loaders.source import Harvest
from clew.ontology import curie

PREFIXES = """PREFIX clew: <https://w3id.org/clew/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""

Ask = Callable[[str], list[tuple[str, ...]]]


@pytest.fixture(scope="session")
def loaded() -> tuple[Dataset, dict[str, Harvest]]:
    """The tables as a dataset, and the harvest of each by its name."""
    data, harvests = Dataset(), {}
    for harvest, statements in reference_harvests():
        data.add(statements, harvest.snapshot.graph)
        harvests[harvest.snapshot.source.id] = harvest
    return data, harvests


@pytest.fixture(scope="session")
def ask(loaded: tuple[Dataset, dict[str, Harvest]]) -> Ask:
    """Put a SELECT query to the tables: solutions as tuples of texts, ordered by the names of the variables."""

    def answer(where: str) -> list[tuple[str, ...]]:
        rows = loaded[0].rows(PREFIXES + where)
        return sorted(tuple(curie(str(row[name])) for name in sorted(row)) for row in rows)

    return answer
