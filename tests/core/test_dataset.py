"""Values go into the dataset and come back as they were; broken input adds nothing."""

from datetime import date
from decimal import Decimal

import pytest

from clew.dataset import Dataset
from clew.errors import QueryError
from clew.ontology import CLEW, mint
from clew.statements import Text, Value

GRAPH = mint("graph", "source", "test", "2026-01-01")
PARTY = mint("us-sdn", "1")


@pytest.mark.parametrize(
    "value",
    [PARTY, "plain", 'quotes " and \\ and \n', 7, -1, True, Decimal("0.30"), date(2019, 1, 27), Text("镓", "zh")],
    ids=str,
)
def test_a_value_comes_back_as_it_was(value: Value) -> None:
    data = Dataset()
    data.add([(PARTY, CLEW.remark, value)], GRAPH)
    assert data.rows("SELECT ?v WHERE { ?s ?p ?v }") == [{"v": value}]
    assert data.objects(PARTY, CLEW.remark) == [value]
    assert data.graphs_of((PARTY, CLEW.remark, value)) == [GRAPH]


def test_a_malformed_line_adds_nothing() -> None:
    data = Dataset()
    with pytest.raises(SyntaxError):
        data.load(b"<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> broken\n")
    assert len(data) == 0


def test_a_query_that_is_not_well_formed_is_named() -> None:
    with pytest.raises(QueryError, match="not well formed"):
        Dataset().rows("SELECT WHERE")


def test_an_ask_where_rows_are_wanted_is_refused() -> None:
    with pytest.raises(QueryError, match="no SELECT"):
        Dataset().rows("ASK { ?s ?p ?o }")


def test_rdflib_sees_the_same_statements() -> None:
    data = Dataset()
    data.add([(PARTY, CLEW.remark, "x")], GRAPH)
    assert len(list(data.rdflib().query("SELECT ?s WHERE { ?s ?p ?o }"))) == 1


def test_a_dropped_graph_leaves_the_others() -> None:
    data = Dataset()
    other = mint("graph", "source", "other", "2026-01-01")
    data.add([(PARTY, CLEW.remark, "x")], GRAPH)
    data.add([(PARTY, CLEW.remark, "y")], other)
    data.drop(GRAPH)
    assert data.graphs() == [other]
