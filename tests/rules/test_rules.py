"""Every rule on small graphs: what must be found, and the near misses that must stay quiet.

Each file under `<rule-id>/fires` states its findings as `clew:Finding` nodes; one under `quiet` states none. The rule
is asked in three ways that must agree: over all transactions, for the one transaction, and by pySHACL, which knows
nothing of the compiler.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH, URIRef

from clew.dataset import Dataset, Row, iri, to_value
from clew.ontology import CLEW, mint
from clew.reasoner.verify.policy import rdflib_term
from clew.shapes.catalogue import Rule, packaged, rules
from clew.shapes.compile import compile_rule, solutions
from clew.shapes.pattern import premises
from clew.statements import Statement

HERE = Path(__file__).parent
RULES = {rule.id: rule for rule in rules()}
FILES = sorted(HERE.glob("*/*/*.ttl"))
NAMES = [str(file.relative_to(HERE).with_suffix("")) for file in FILES]
GRAPH = mint("graph", "case", "T")

Found = dict[tuple[URIRef, URIRef], bool]
"""Transaction and subject of each finding, and whether it is merely possible."""


class Example:
    """One file: the facts in it and the findings it asks for."""

    def __init__(self, file: Path) -> None:
        self.rule = RULES[file.parent.parent.name]
        self.graph = rdflib.Graph().parse(file, format="turtle")
        self.expected: Found = dict(self._expected())
        self.data = Dataset()
        self.data.add(list(_statements(self.graph)), GRAPH)

    def _expected(self) -> Iterator[tuple[tuple[URIRef, URIRef], bool]]:
        for node in list(self.graph.subjects(RDF.type, CLEW.Finding)):
            assert self.graph.value(node, CLEW.foundBy) == self.rule.iri
            transaction, subject = (
                URIRef(str(self.graph.value(node, part))) for part in (CLEW.inTransaction, CLEW.findingSubject)
            )
            yield (transaction, subject), str(self.graph.value(node, CLEW.findingStatus)) == "possible"
            self.graph.remove((node, None, None))

    def transactions(self) -> list[URIRef]:
        return [URIRef(str(node)) for node in self.graph.subjects(RDF.type, CLEW.Transaction)]

    def free(self) -> list[Row]:
        return solutions(compile_rule(self.rule), self.data, None)

    def bound(self) -> list[Row]:
        (transaction,) = self.transactions()
        return solutions(compile_rule(self.rule), self.data, transaction)

    def pyshacl(self) -> set[tuple[URIRef, URIRef]]:
        shapes = rdflib.Graph().parse(packaged() / "prefixes.ttl", format="turtle")
        shapes.parse(packaged() / self.rule.regime.lower() / f"{self.rule.id}.ttl", format="turtle")
        _, report, _ = pyshacl.validate(self.graph, shacl_graph=shapes, inference="none", advanced=True)
        assert isinstance(report, rdflib.Graph)
        results = report.subjects(RDF.type, SH.ValidationResult)
        return {
            (URIRef(str(report.value(node, SH.focusNode))), URIRef(str(report.value(node, SH.value))))
            for node in results
        }


def _statements(graph: rdflib.Graph) -> Iterator[Statement]:
    for triple in ox.parse(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES):
        assert isinstance(triple.subject, ox.NamedNode), "data has no blank nodes"
        yield URIRef(triple.subject.value), URIRef(triple.predicate.value), to_value(triple.object)


def found(rows: list[Row]) -> Found:
    """What solutions come to: a subject is found for certain where one solution is."""
    answer: Found = {}
    for row in rows:
        pair = (iri(row, "this"), iri(row, "value"))
        answer[pair] = answer.get(pair, True) and row.get("possible") is True
    return answer


@cache
def read(file: Path) -> Example:
    return Example(file)


@pytest.fixture(params=FILES, ids=NAMES)
def example(request: pytest.FixtureRequest) -> Example:
    return read(request.param)


def test_every_way_of_asking_finds_what_the_file_says(example: Example) -> None:
    assert found(example.free()) == example.expected
    assert found(example.bound()) == example.expected
    assert example.pyshacl() == set(example.expected)


def test_the_premises_alone_make_the_rule_fire_again(example: Example) -> None:
    for row in example.bound():
        resting = premises(example.rule, row, example.data)
        assert all(example.data.graphs_of(statement) for statement in resting.statements)
        assert not any(example.data.ask(f"ASK {pattern}") for pattern in resting.absences)
        assert _fires_on(example.rule, list(resting.statements), row)


def _fires_on(rule: Rule, statements: list[Statement], row: Row) -> bool:
    """Run the rule as it is written, with rdflib, on nothing but the premises."""
    graph = rdflib.Graph()
    for subject, predicate, value in statements:
        graph.add((subject, predicate, rdflib_term(value)))
    answer = graph.query(rule.select, initBindings={"this": iri(row, "this")})
    return any(binding.get(rdflib.Variable("value")) == row["value"] for binding in answer.bindings)


def test_each_file_is_read_and_holds_one_transaction() -> None:
    assert all(len(read(file).transactions()) == 1 for file in FILES)


def test_files_that_fire_say_what_and_quiet_files_say_nothing() -> None:
    for file in FILES:
        assert bool(read(file).expected) == (file.parent.name == "fires"), file


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_two_examples_and_two_near_misses(rule: str) -> None:
    for kind in ("fires", "quiet"):
        assert len(list((HERE / rule / kind).glob("*.ttl"))) >= 2, kind


def test_no_examples_stand_without_their_rule() -> None:
    assert {path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(RULES)
