"""The compiler: both forms of a rule, and that rewriting never changes what is found."""

import pytest
from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.shapes.catalogue import rules
from clew.shapes.compile import compile_rule, compile_select, solutions
from clew.shapes.group import Absent, bound
from clew.shapes.parse import parse_select
from clew.shapes.rewrite import as_minus, in_order
from clew.statements import Statement

HEAD = """PREFIX clew: <https://w3id.org/clew/ns#>
SELECT $this ?value WHERE { $this clew:asOf ?asOf ; clew:involves ?value . """
GRAPH = mint("graph", "case", "T")


def node(name: str) -> URIRef:
    return mint("case", "T", part=name)


def dataset(*statements: Statement) -> Dataset:
    data = Dataset()
    data.add(statements, GRAPH)
    return data


def absent(pattern: str) -> tuple[Absent, bool]:
    """Return the last absence of a query, and whether it may be taken away as a set."""
    where = parse_select(HEAD + pattern + " }").where
    (part,) = (part for part in where.parts if isinstance(part, Absent))
    return part, as_minus(part, where) is not None


def test_both_forms_project_every_variable_of_the_pattern() -> None:
    for rule in rules():
        compiled = compile_rule(rule)
        names = {f"?{variable}" for variable in bound(parse_select(rule.select).where)}
        for query in (compiled.free, compiled.bound):
            head = query.partition("WHERE")[0].split()
            assert names <= set(head), rule.id


def test_the_form_for_one_transaction_asks_and_the_form_for_all_takes_away() -> None:
    compiled = compile_select(HEAD + "FILTER NOT EXISTS { $this clew:hasAuthorisation ?l } }", CLEW.Transaction)
    assert "MINUS" in compiled.free
    assert "NOT EXISTS" not in compiled.free
    assert "NOT EXISTS" in compiled.bound


def test_a_path_of_fixed_length_shows_the_nodes_in_between() -> None:
    query = HEAD + "$this clew:hasRole/clew:rolePlayer ?value . ?value ^clew:holder ?holding }"
    data = dataset(
        (node("t"), RDF.type, CLEW.Transaction),
        (node("t"), CLEW.asOf, "2024-01-01"),
        (node("t"), CLEW.involves, node("a")),
        (node("t"), CLEW.hasRole, node("r")),
        (node("r"), CLEW.rolePlayer, node("a")),
        (node("h"), CLEW.holder, node("a")),
    )
    (row,) = solutions(compile_select(query, CLEW.Transaction), data, None)
    assert (row["step1"], row["holding"]) == (node("r"), node("h"))


def test_a_condition_on_its_own_values_can_be_taken_away() -> None:
    assert absent("FILTER NOT EXISTS { $this clew:hasAuthorisation ?l . ?l clew:validFrom ?f . FILTER(?f > 3) }")[1]


def test_a_condition_on_values_from_outside_repeats_the_triples_that_bind_them() -> None:
    part, safe = absent("FILTER NOT EXISTS { ?value clew:listing ?l . ?l clew:validFrom ?f . FILTER(?f > ?asOf) }")
    assert safe
    minus = as_minus(part, parse_select(HEAD + "}").where)
    assert minus is not None
    assert "?this <https://w3id.org/clew/ns#asOf> ?asOf" in minus.text()
    assert "?this <https://w3id.org/clew/ns#involves> ?value" in minus.text()


@pytest.mark.parametrize(
    "pattern",
    [
        "FILTER NOT EXISTS { ?nobody clew:listing ?l }",
        "OPTIONAL { ?value clew:flag ?f } FILTER NOT EXISTS { ?value clew:listing ?l . ?l clew:validFrom ?f }",
        "FILTER NOT EXISTS { ?value clew:listing ?l OPTIONAL { ?l clew:validFrom ?asOf } }",
        "FILTER NOT EXISTS { ?value clew:listing ?l FILTER NOT EXISTS { ?l clew:validUntil ?u } }",
    ],
    ids=["nothing_shared", "shared_and_open_outside", "shared_and_open_inside", "absence_within_an_absence"],
)
def test_an_absence_stays_a_question_where_taking_away_would_differ(pattern: str) -> None:
    assert not absent(pattern)[1]


def test_nothing_shared_means_nowhere_in_the_data() -> None:
    """`MINUS` takes nothing away where no variable is shared; `NOT EXISTS` asks the whole dataset."""
    query = compile_select(HEAD + "FILTER NOT EXISTS { ?nobody clew:listing ?l } }", CLEW.Transaction)
    facts: list[Statement] = [
        (node("t"), RDF.type, CLEW.Transaction),
        (node("t"), CLEW.asOf, "2024-01-01"),
        (node("t"), CLEW.involves, node("a")),
    ]
    assert len(solutions(query, dataset(*facts), None)) == 1
    assert not solutions(query, dataset(*facts, (node("z"), CLEW.listing, node("l"))), None)


def test_triples_come_before_optional_parts() -> None:
    where = parse_select(HEAD + "OPTIONAL { ?value clew:flag ?f } ?value clew:country ?c . }").where
    assert in_order(where).text().index("country") < in_order(where).text().index("OPTIONAL")


def test_both_forms_are_well_formed_for_the_store() -> None:
    data = Dataset()
    for rule in rules():
        compiled = compile_rule(rule)
        assert solutions(compiled, data, None) == []
        assert solutions(compiled, data, node("t")) == []
        for fact in rule.missing:
            assert data.rows(fact.select, this=node("t")) == []
