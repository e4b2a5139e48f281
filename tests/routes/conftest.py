"""The tables of law that routes are judged by, loaded once; each test lays its own deals beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from clew.dataset import Dataset
from clew.loaders.reference import reference_harvests
from clew.statements import Statement

from .deals import GRAPH

TABLES = {
    "countries", "places", "place_containment", "country_groups", "embargoed_places", "high_diversion_places",
    "chpl_hs6", "hs_control_correlation", "code_alignment", "trade_restrictions", "goods_scopes", "sign_words",
    "control_list_words", "us_ccl_controls",
}  # fmt: skip

Lay = Callable[..., Dataset]


@pytest.fixture(scope="session")
def law() -> Dataset:
    """The tables of law that matter here."""
    data = Dataset()
    for harvest, statements in reference_harvests():
        if harvest.snapshot.source.id in TABLES:
            data.add(statements, harvest.snapshot.graph)
    assert len(data.graphs()) == len(TABLES)
    return data


@pytest.fixture
def lay(law: Dataset) -> Iterator[Lay]:
    """Lay statements beside the law for the length of one test."""

    def laid(*parts: Iterable[Statement]) -> Dataset:
        law.add((statement for part in parts for statement in part), GRAPH)
        return law

    yield laid
    law.drop(GRAPH)
