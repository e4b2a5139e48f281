"""Premises: the rule's own triples with the solution written in, and the patterns that must be absent."""

from datetime import date

from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.shapes.catalogue import Rule, read_rule
from clew.shapes.compile import compile_rule, solutions
from clew.shapes.pattern import Premises, pattern, premises
from clew.statements import Statement

from .conftest import Write

LAST = "    ?listing clew:onList list:US-EL .\n"
DAY = date(2024, 11, 15)


def node(name: str) -> URIRef:
    return mint("case", "T", part=name)


FACTS: list[Statement] = [
    (node("t"), RDF.type, CLEW.Transaction),
    (node("t"), CLEW.asOf, DAY),
    (node("t"), CLEW.involves, node("a")),
    (node("a"), CLEW.listing, node("l")),
    (node("l"), CLEW.onList, mint("list", "US-EL")),
]


def resting(rule: Rule, *more: Statement) -> Premises:
    data = Dataset()
    data.add([*FACTS, *more], mint("graph", "case", "T"))
    (row,) = solutions(compile_rule(rule), data, node("t"))
    return premises(rule, row, data)


def test_the_premises_are_the_triples_of_the_rule_in_its_order(write: Write) -> None:
    assert list(resting(read_rule(write())).statements) == FACTS


def test_an_optional_fact_is_a_premise_where_it_is_known(write: Write) -> None:
    rule = read_rule(write(LAST, LAST + "OPTIONAL { ?listing clew:validFrom ?from }\n"))
    fact = (node("l"), CLEW.validFrom, date(2023, 5, 19))
    assert fact in resting(rule, fact).statements
    assert len(resting(rule).statements) == len(FACTS)


def test_only_the_alternative_that_holds_is_a_premise(write: Write) -> None:
    rule = read_rule(write(LAST, LAST + "{ ?value clew:country ?at } UNION { ?value clew:headquarteredIn ?at }\n"))
    seat = (node("a"), CLEW.headquarteredIn, mint("place", "CN"))
    assert resting(rule, seat).statements[-1] == seat


def test_an_alternative_that_computes_another_value_is_no_premise(write: Write) -> None:
    union = "{ ?value clew:country ?at } UNION { ?listing clew:validFrom ?since BIND(true AS ?dated) }\n"
    rule = read_rule(write(LAST, LAST + union))
    country = (node("a"), CLEW.country, mint("place", "CN"))
    assert (node("l"), CLEW.validFrom, DAY) not in resting(rule, country).statements


def test_an_absence_has_the_values_of_the_solution_written_in(write: Write) -> None:
    rule = read_rule(write(LAST, LAST + "FILTER NOT EXISTS { $this clew:hasAuthorisation ?licence }\n"))
    (absence,) = resting(rule).absences
    assert absence == f"{{ <{node('t')}> <{CLEW.hasAuthorisation}> ?licence . }}"


def test_anybody_can_ask_an_absence_again(write: Write) -> None:
    rule = read_rule(write(LAST, LAST + "FILTER NOT EXISTS { ?value clew:flag ?f . FILTER(?f != ?asOf) }\n"))
    (absence,) = resting(rule).absences
    data = Dataset()
    assert not data.ask(f"ASK {absence}")
    data.add([(node("a"), CLEW.flag, mint("place", "IR"))], mint("graph", "case", "T"))
    assert data.ask(f"ASK {absence}")


def test_the_pattern_tells_what_is_required_what_may_be_and_what_must_not_be(write: Write) -> None:
    parts = (
        "OPTIONAL { ?listing clew:validFrom ?from }\n"
        "{ ?value clew:country ?at } UNION { ?value clew:headquarteredIn ?at }\n"
        "FILTER NOT EXISTS { $this clew:hasAuthorisation ?licence }\n"
    )
    found = pattern(read_rule(write(LAST, LAST + parts)))
    assert len(found.required) == 4
    assert len(found.optional) == 3
    assert len(found.absent) == 1
