"""What the loaders state never contradicts the ontology: no domain, range or class makes a thing two disjoint kinds."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, combinations, permutations
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph
from rdflib.term import Node

from clew.loaders.case import case_statements, read_cases
from clew.loaders.reference import reference_harvests
from clew.ontology import CLEW, curie, mint
from clew.reasoner.infer import close, packaged
from clew.statements import Statement

CASE = Path(__file__).parent.parent / "case" / "every_field.yaml"


@pytest.fixture(scope="module")
def disjoint(ontology: Graph) -> set[tuple[Node, Node]]:
    """Every pair of classes that the ontology calls disjoint, both ways round."""
    pairs = set(ontology.subject_objects(OWL.disjointWith))
    for members in ontology.objects(None, OWL.members):
        pairs.update(permutations(ontology.items(members), 2))
    return pairs | {(other, one) for one, other in pairs}


def contradictions(said: list[Statement], disjoint: set[tuple[Node, Node]]) -> list[str]:
    kinds: dict[str, set[Node]] = defaultdict(set)
    for subject, predicate, value in chain(said, close(packaged(), said).inferred()):
        if predicate == RDF.type and isinstance(value, Node):
            kinds[curie(subject)].add(value)
    pairs = ((name, one, other) for name, found in kinds.items() for one, other in combinations(sorted(found), 2))
    return [f"{name} is {one} and {other}" for name, one, other in pairs if (one, other) in disjoint]


def undeclared(said: Iterable[Statement], ontology: Graph) -> set[str]:
    """Return the terms that statements use and no module declares."""
    namespace = str(CLEW._NS)
    used = {str(part) for statement in said for part in statement[1:] if str(part).startswith(namespace)}
    return {term for term in used if (_term(term), RDF.type, None) not in ontology}


def _term(iri: str) -> Node:
    return CLEW[iri.removeprefix(str(CLEW._NS))]


def test_the_reference_tables_of_law(ontology: Graph, disjoint: set[tuple[Node, Node]]) -> None:
    said = [statement for _, statements in reference_harvests() for statement in statements]
    assert len(said) > 50_000
    assert contradictions(said, disjoint) == []
    assert undeclared(said, ontology) == set()


def test_a_case_that_fills_every_field(ontology: Graph, disjoint: set[tuple[Node, Node]]) -> None:
    said = [statement for case in read_cases(CASE) for statement in case_statements(case)]
    assert contradictions(said, disjoint) == []
    assert undeclared(said, ontology) == set()


def test_a_contradiction_would_be_seen(disjoint: set[tuple[Node, Node]]) -> None:
    said: list[Statement] = [
        (mint("x", "ship"), RDF.type, CLEW.Vessel),
        (mint("x", "stake"), CLEW.holder, mint("x", "ship")),
    ]
    assert len(contradictions(said, disjoint)) == 1
