"""A case under the packaged ontology: what follows from its statements, and why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from clew.errors import ProofError
from clew.ontology import BASE, CLEW, mint
from clew.ontology.modules import ontology_graph
from clew.reasoner.derivation import Fact, Inference, Kind, Origin, leaves
from clew.reasoner.infer import close, compile_ontology, packaged
from clew.reasoner.verify.axiom import check_axiom
from clew.statements import Statement, term

GRAPH = mint("graph", "case", "T1")


def node(part: str) -> URIRef:
    return mint("case", "T1", part=part)


def fact(statement: Statement) -> Fact:
    return Fact(statement, Origin(GRAPH))


def holding(key: str, holder: str, company: str) -> list[Statement]:
    return [
        (node(key), RDF.type, CLEW.Holding),
        (node(key), CLEW.holder, node(holder)),
        (node(key), CLEW.heldIn, node(company)),
        (node(key), CLEW.shareMinimum, 50_000_000),
    ]


CASE: list[Statement] = [
    *holding("h1", "owner", "middle"),
    *holding("h2", "middle", "buyer"),
    (node("owner"), CLEW.listing, node("owner-listing")),
    (node("owner-listing"), CLEW.onList, mint("list", "US-SDN")),
    (node("owner-listing"), CLEW.entryNumber, 'a "quoted"\nnumber'),
    (node("buyer"), CLEW.registeredIn, mint("place", "CN")),
    (node("transaction"), RDF.type, CLEW.Transaction),
    (node("transaction"), CLEW.asOf, date(2024, 11, 15)),
    (node("transaction"), CLEW.hasRole, node("role-1")),
    (node("role-1"), CLEW.rolePlayer, node("buyer")),
    (node("transaction"), CLEW.hasConsignment, node("consignment")),
    (node("consignment"), CLEW.hasLeg, node("leg-1")),
    (node("leg-1"), CLEW.arrivalPlace, mint("place", "UA-43")),
    (node("leg-1"), CLEW.legConsignee, node("hub")),
    (node("leg-1"), CLEW.legVessel, node("ship")),
    (node("ship"), CLEW.listing, node("ship-listing")),
    (mint("place", "UA-43"), CLEW.partOf, mint("place", "UA")),
    (node("transaction"), CLEW.hasItem, node("i1")),
    (node("i1"), CLEW.classification, node("i1-class")),
    (node("i1-class"), CLEW.underEntry, mint("eccn", "3A090.a")),
    (mint("eccn", "3A090.a"), CLEW.partOfEntry, mint("eccn", "3A090")),
]


def test_an_owner_is_found_through_the_holdings_and_each_step_says_why() -> None:
    """31 CFR 589.411: what a blocked person owns through others counts; the way there must be shown."""
    derivation = close(packaged(), CASE).derive((node("owner"), CLEW.upstreamOf, node("buyer")), fact)
    assert (derivation.kind, derivation.rule) == (Kind.AXIOM, CLEW.upstreamOf)
    assert dict(derivation.bindings)["axiom"] == "prp-trp"
    first, second = derivation.premises
    assert isinstance(first, Inference)
    assert isinstance(second, Inference)
    assert (first.rule, first.says) == (CLEW.owns, "holds because `upstream of` follows from `owns`")
    (owns,) = first.premises
    assert isinstance(owns, Inference)
    assert owns.says == "holds because `owns` follows from `holder of` then `held in`"
    assert {leaf.conclusion for leaf in leaves(derivation) if isinstance(leaf, Fact)} == {
        (node(key), predicate, node(party))
        for key, holder, company in (("h1", "owner", "middle"), ("h2", "middle", "buyer"))
        for predicate, party in ((CLEW.holder, holder), (CLEW.heldIn, company))
    }


@pytest.mark.parametrize("party", ["buyer", "hub", "ship"])
def test_everybody_with_a_part_in_a_transaction_is_involved_in_it(party: str) -> None:
    """15 CFR 744.11(a): every party to the transaction counts, consignees and carriers of a leg among them."""
    assert (node("transaction"), CLEW.involves, node(party)) in close(packaged(), CASE).inferred()


def test_a_transaction_reaches_the_state_that_a_region_is_part_of() -> None:
    statement = (node("transaction"), CLEW.reachesPlace, mint("place", "UA"))
    derivation = close(packaged(), CASE).derive(statement, fact)
    assert dict(derivation.bindings) == {
        "axiom": "prp-spo2",
        "terms": f"{CLEW.reachesPlace} {CLEW.partOf}",
    }


def test_a_ship_with_a_listing_is_a_listed_vessel() -> None:
    derivation = close(packaged(), CASE).derive((node("ship"), RDF.type, CLEW.ListedEntity), fact)
    assert derivation.rule == CLEW.ListedEntity
    assert dict(derivation.bindings)["axiom"] == "cls-svf1"


def test_what_is_stated_is_not_inferred_and_the_order_is_fixed() -> None:
    inferred = close(packaged(), CASE).inferred()
    assert not set(inferred) & set(CASE)
    assert len(set(inferred)) == len(inferred)
    assert inferred == close(packaged(), CASE[::-1]).inferred()
    assert inferred == sorted(inferred, key=lambda statement: (*statement[:2], term(statement[2])))


def test_a_statement_that_does_not_follow_has_no_derivation() -> None:
    closure = close(packaged(), CASE)
    for statement in (
        CASE[0],  # stated
        (node("buyer"), CLEW.upstreamOf, node("owner")),  # the wrong way round
        (node("nobody"), CLEW.owns, node("buyer")),  # unknown thing
        (node("buyer"), RDFS.label, "Buyer"),  # no axiom says anything of labels
    ):
        with pytest.raises(ProofError):
            closure.derive(statement, fact)


def test_a_case_without_statements_has_no_conclusions() -> None:
    assert close(packaged(), []).inferred() == []


def test_two_cases_in_a_row_know_nothing_of_each_other() -> None:
    first = close(packaged(), CASE)
    before = first.inferred()
    assert close(packaged(), CASE[:2]).inferred() != before
    assert first.inferred() == before
    assert first.derive((node("owner"), CLEW.owns, node("middle")), fact).rule == CLEW.owns


def test_cases_closed_at_the_same_time_do_not_mix() -> None:
    """A server closes and explains cases on many threads, while an object of Nemo is bound to one."""
    cases = [holding("h", f"owner-{number}", "buyer") for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        closures = list(pool.map(lambda case: close(packaged(), case), cases))
    for number, closure in enumerate(closures):
        owners = [subject for subject, predicate, _ in closure.inferred() if predicate == CLEW.owns]
        assert owners == [node(f"owner-{number}")]
        assert closure.derive((owners[0], CLEW.owns, node("buyer")), fact).rule == CLEW.owns


def test_the_packaged_ontology_gives_a_case_what_owlrl_concludes() -> None:
    graph = Graph()
    for triple in ontology_graph():
        if not isinstance(triple[2], Literal):  # words for people, which no axiom reads
            graph.add(triple)
    things = {thing for subject, _, value in CASE for thing in (subject, value) if isinstance(thing, URIRef)}
    for subject, predicate, value in CASE:
        graph.add((subject, predicate, value if isinstance(value, URIRef) else Literal(value)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    terms = (f"{BASE}ns#", str(OWL.Thing))
    expected = {
        (s, p, o)
        for s, p, o in graph
        if s in things - {term for term in things if term.startswith(terms)}
        and isinstance(o, URIRef)
        and (p.startswith(terms[0]) or (p == RDF.type and o.startswith(terms[0])))
    }
    stated = {statement for statement in CASE if isinstance(statement[2], URIRef)}
    assert set(close(packaged(), CASE).inferred()) == expected - stated


def test_every_step_over_the_packaged_ontology_is_repeated_by_owlrl_on_its_premises_alone() -> None:
    closure = close(packaged(), CASE)
    steps = {
        step.conclusion: step
        for statement in closure.inferred()
        for step in _steps(closure.derive(statement, fact))
        if step.conclusion[1] != RDF.type or len(step.premises) > 1
    }
    for step in steps.values():
        check_axiom(step)
    assert len(steps) > 20


def _steps(derivation: object) -> list[Inference]:
    if not isinstance(derivation, Inference):
        return []
    return [derivation, *(step for premise in derivation.premises for step in _steps(premise))]


@pytest.mark.parametrize(
    "nasty",
    [
        "x> <https://w3id.org/clew/ns#owns> <y",
        'a"). p(1,2,3) :- p(?x, ?y, ?z). c("',
        "tab\tand\nnewline",
        "_:lower",
        "12",
        "中文 ☃ \U0001f600",
    ],
)
def test_hostile_names_are_things_like_any_other(nasty: str) -> None:
    """No word of the data reaches the program, so none can change it."""
    statements: list[Statement] = [
        (node("h"), CLEW.holder, URIRef(nasty)),
        (node("h"), CLEW.heldIn, node("b")),
        (node("h"), CLEW.recordKey, nasty),
        (node("l"), CLEW.entryNumber, nasty),
    ]
    plain: list[Statement] = [
        (s, p, URIRef("urn:x:plain") if isinstance(o, URIRef) and o == nasty else o) for s, p, o in statements
    ]

    def renamed(inferred: list[Statement]) -> set[Statement]:
        return {tuple(URIRef(nasty) if t == URIRef("urn:x:plain") else t for t in s) for s in inferred}  # type: ignore[misc]

    closure = close(packaged(), statements)
    assert set(closure.inferred()) == renamed(close(packaged(), plain).inferred())
    derivation = closure.derive((URIRef(nasty), CLEW.owns, node("b")), fact)
    assert statements[0] in {leaf.conclusion for leaf in leaves(derivation) if isinstance(leaf, Fact)}


def test_a_literal_where_a_thing_belongs_takes_no_part() -> None:
    """The shapes of the data report it; read as a thing it would make a party of a number."""
    statements: list[Statement] = [(node("h"), CLEW.holder, "a name"), (node("h"), RDF.type, "Holding")]
    assert close(packaged(), statements).inferred() == []


def test_the_same_ontology_always_gives_the_same_program() -> None:
    again = compile_ontology(ontology_graph())
    assert again.program == packaged().program
    assert again.axioms == packaged().axioms
