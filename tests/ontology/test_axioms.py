"""What the axioms make follow, each where a compliance officer needs it, and that they stay within OWL 2 RL."""

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from clew.ontology import CLEW, mint
from clew.reasoner.infer import close, packaged
from clew.statements import Statement

PREFIXES = """
@prefix clew: <https://w3id.org/clew/ns#> . @prefix ex: <urn:ex:> .
@prefix name-kind: <https://w3id.org/clew/name-kind/> . @prefix holding-kind: <https://w3id.org/clew/holding-kind/> .
@prefix embargo-kind: <https://w3id.org/clew/embargo-kind/> . @prefix end_use: <https://w3id.org/clew/end_use/> .
@prefix us: <https://w3id.org/clew/eccn/> . @prefix eu: <https://w3id.org/clew/eu/> .
@prefix cn: <https://w3id.org/clew/cn/> . @prefix control-list: <https://w3id.org/clew/control-list/> .
"""


def statements(turtle: str) -> list[Statement]:
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    return [(URIRef(str(s)), URIRef(str(p)), o if isinstance(o, URIRef) else str(o)) for s, p, o in graph]


def follows(given: str, then: str) -> bool:
    """Return whether the ontology makes all of `then` follow from what is given."""
    return set(statements(then)) <= set(close(packaged(), statements(given)).inferred())


FOLLOWS = {
    "whoever has a list entry is a listed entity": ("ex:x clew:listing ex:e .", "ex:x a clew:ListedEntity ."),
    "a list entry can be read from both ends": ("ex:e clew:listedEntity ex:x .", "ex:x clew:listing ex:e ."),
    "a vessel with a list entry is a listed vessel": (
        "ex:x a clew:Vessel ; clew:listing ex:e .",
        "ex:x a clew:ListedVessel .",
    ),
    "a listed vessel is a vessel": (
        "ex:x a clew:ListedVessel .",
        "ex:x a clew:Vessel, clew:Craft, clew:ListedEntity .",
    ),
    "a name of that kind is a weak alias": (
        "ex:n a clew:Name ; clew:nameKind name-kind:weak_alias .",
        "ex:n a clew:WeakAlias .",
    ),
    "an indirect stake restates others": (
        "ex:h clew:holder ex:x ; clew:holdingKind holding-kind:indirect .",
        "ex:h a clew:RestatedHolding .",
    ),
    "a stake makes an owner": (
        "ex:h clew:holder ex:x ; clew:heldIn ex:y .",
        "ex:x clew:owns ex:y ; clew:upstreamOf ex:y . ex:y clew:ownedBy ex:x .",
    ),
    "owners of owners stand upstream": ("ex:x clew:owns ex:y . ex:y clew:owns ex:z .", "ex:x clew:upstreamOf ex:z ."),
    "a place under a comprehensive embargo is embargoed, and what lies within it": (
        "ex:e clew:embargoedPlace ex:p ; clew:embargoKind embargo-kind:comprehensive . ex:q clew:partOf ex:p .",
        "ex:p a clew:EmbargoedPlace . ex:q a clew:EmbargoedPlace .",
    ),
    "an item falls under the entry around its paragraph": (
        "ex:i clew:classification ex:c . ex:c clew:underEntry us:3A090.a . us:3A090.a clew:partOfEntry us:3A090 .",
        "ex:i clew:fallsUnder us:3A090.a, us:3A090 .",
    ),
    "a part of an item is an item": ("ex:i clew:hasComponent ex:c .", "ex:c a clew:Component, clew:Item ."),
    "players, consignees, carriers and vessels take part": (
        """ex:t clew:hasRole ex:r ; clew:hasConsignment ex:k . ex:r clew:rolePlayer ex:a . ex:k clew:hasLeg ex:l .
        ex:l clew:legConsignee ex:b ; clew:carrier ex:c ; clew:legVessel ex:d .""",
        "ex:t clew:involves ex:a, ex:b, ex:c, ex:d . ex:d a clew:Vessel .",
    ),
    "goods reach a place and what it lies within": (
        "ex:t clew:hasConsignment ex:k . ex:k clew:hasLeg ex:l . ex:l clew:arrivalPlace ex:p . ex:p clew:partOf ex:q .",
        "ex:t clew:reachesPlace ex:p, ex:q .",
    ),
    "use in missiles is an end use in weapons of mass destruction": (
        "ex:u a clew:EndUse ; clew:endUseClass end_use:missile . end_use:missile a clew:MassDestructionUse .",
        "ex:u a clew:MassDestructionEndUse .",
    ),
    "a country of registration is a country": (
        "ex:x clew:registeredIn ex:p .",
        "ex:x clew:country ex:p ; a clew:Party .",
    ),
}

SILENT = {
    "a strong alias is no weak one": (
        "ex:n a clew:Name ; clew:nameKind name-kind:strong_alias .",
        "ex:n a clew:WeakAlias .",
    ),
    "a vessel without an entry is not listed": ("ex:x a clew:Vessel .", "ex:x a clew:ListedVessel ."),
    "an embargo by sector does not make a place embargoed": (
        "ex:e clew:embargoedPlace ex:p ; clew:embargoKind embargo-kind:sectoral .",
        "ex:p a clew:EmbargoedPlace .",
    ),
    "a link that a list states makes no owner": ("ex:x clew:linkedTo ex:y .", "ex:x clew:owns ex:y ."),
    "an owner is not owned by what it owns": ("ex:x clew:owns ex:y .", "ex:y clew:owns ex:x ."),
    "use by the military is no use in weapons of mass destruction": (
        "ex:u a clew:EndUse ; clew:endUseClass end_use:military .",
        "ex:u a clew:MassDestructionEndUse .",
    ),
    "a place does not reach into what lies within it": (
        "ex:t clew:reachesPlace ex:q . ex:p clew:partOf ex:q .",
        "ex:t clew:reachesPlace ex:p .",
    ),
}


@pytest.mark.parametrize("case", FOLLOWS)
def test_it_follows_that(case: str) -> None:
    assert follows(*FOLLOWS[case])


@pytest.mark.parametrize("case", SILENT)
def test_it_does_not_follow_that(case: str) -> None:
    assert not follows(*SILENT[case])


CODES = """
us:3A001 a clew:ControlListEntry ; clew:codeText "3A001" ; clew:controlList control-list:US .
us:3A001 clew:alignedWith eu:3A001 .
eu:3A001 a clew:ControlListEntry ; clew:codeText "3A001" ; clew:controlList control-list:EU .
cn:3A001 a clew:ControlListEntry ; clew:codeText "3A001" ; clew:controlList control-list:CN .
ex:battery clew:classification ex:c . ex:c clew:underEntry cn:3A001 .
"""


def test_one_code_on_three_lists_is_three_entries() -> None:
    """The Chinese entry 3A001 is lithium batteries, the American and European one electronics."""
    entries = [mint(family, "3A001") for family in ("eccn", "eu", "cn")]
    assert len(set(entries)) == 3


def test_goods_under_a_chinese_code_do_not_fall_under_the_same_american_code() -> None:
    assert follows(CODES, "ex:battery clew:fallsUnder cn:3A001 .")
    assert not follows(CODES, "ex:battery clew:fallsUnder us:3A001 .")
    assert not follows(CODES, "cn:3A001 clew:alignedWith us:3A001 .")


def test_an_alignment_reads_both_ways_and_makes_no_identity() -> None:
    assert follows(CODES, "eu:3A001 clew:alignedWith us:3A001 .")
    assert not follows(CODES + "ex:i clew:fallsUnder us:3A001 .", "ex:i clew:fallsUnder eu:3A001 .")


def test_the_closure_draws_no_identities(ontology: Graph) -> None:
    """Functional properties and cardinalities would make two values one; that is for the shapes to count."""
    kinds = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty)
    assert [term for kind in kinds for term in ontology.subjects(RDF.type, kind)] == []
    limits = (OWL.maxCardinality, OWL.maxQualifiedCardinality, OWL.cardinality, OWL.hasKey)
    assert [node for limit in limits for node in ontology.subjects(limit, None)] == []


def test_every_axiom_stays_within_owl_2_rl(ontology: Graph) -> None:
    """OWL 2 Profiles, section 4.2: what stands above a class is a name, what defines one a set of values."""
    for above in ontology.objects(None, RDFS.subClassOf):
        assert isinstance(above, URIRef), above
    for definition in ontology.objects(None, OWL.equivalentClass):
        assert _defines(ontology, definition)


def _defines(graph: Graph, definition: Node) -> bool:
    """Return whether OWL 2 RL allows an expression on both sides of an equivalence."""
    if isinstance(definition, URIRef) or (definition, OWL.hasValue, None) in graph:
        return True
    parts = graph.value(definition, OWL.intersectionOf)
    return parts is not None and all(_defines(graph, part) for part in graph.items(parts))


def test_each_construct_the_closure_promises_is_put_to_use(ontology: Graph) -> None:
    predicates = (
        RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.inverseOf,
        OWL.propertyChainAxiom, OWL.someValuesFrom, OWL.hasValue, OWL.intersectionOf, OWL.disjointWith, OWL.members,
    )  # fmt: skip
    assert [predicate for predicate in predicates if (None, predicate, None) not in ontology] == []
    for kind in (OWL.TransitiveProperty, OWL.SymmetricProperty):
        assert (None, RDF.type, kind) in ontology


def test_owlready2_reads_the_axioms_without_a_name(ontology: Graph, tmp_path: Path) -> None:
    import owlready2  # type: ignore[import-untyped]

    file = tmp_path / "ontology.nt"
    _without_imports(ontology).serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    module = world.get_ontology(file.as_uri()).load(only_local=True)
    found = [above.name for axiom in module.general_class_axioms() for above in axiom.is_a]
    assert sorted(found) == ["EmbargoedPlace", "EmbargoedPlace", "ListedEntity", "MassDestructionEndUse"]
    (weak,) = world[str(CLEW.WeakAlias)].equivalent_to
    assert any(str(part).endswith(".Name") for part in weak.Classes)
    world.close()


def _without_imports(graph: Graph) -> Graph:
    copy = Graph()
    for triple in graph:
        if triple[1] != OWL.imports:
            copy.add(triple)
    return copy


def test_dates_say_nothing_of_what_they_date() -> None:
    """`validFrom` stands on listings, holdings, rows of law and more, so it has no domain."""
    inferred = close(packaged(), [(mint("x", "y"), CLEW.validFrom, "2024-01-01")]).inferred()
    assert inferred == []
