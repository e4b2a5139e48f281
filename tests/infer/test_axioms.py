"""Reading axioms: each gets the name of its rule in OWL 2 RL and a sentence, or is reported with the reason why not."""

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from clew.reasoner.infer import Compiled, close, compile_ontology

PREFIXES = """
@prefix : <urn:x:> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:A rdfs:label "animal"@en . :B rdfs:label "bird"@en . :C rdfs:label "cat"@en . :p rdfs:label "parent"@en .
:q rdfs:label "friend"@en . :r rdfs:label "knows"@en . :d a owl:DatatypeProperty ; rdfs:label "age"@en .
:i rdfs:label "ida" .
"""


def x(name: str) -> URIRef:
    return URIRef(f"urn:x:{name}")


def compiled(turtle: str) -> Compiled:
    return compile_ontology(Graph().parse(data=PREFIXES + turtle, format="turtle"))


@pytest.mark.parametrize(
    ("turtle", "kind", "subject", "related", "says"),
    [
        (":B rdfs:subClassOf :A .", "cax-sco", "B", "A", "whatever is a `bird` is an `animal`"),
        (":q rdfs:subPropertyOf :r .", "prp-spo1", "q", "r", "`knows` follows from `friend`"),
        (":q owl:inverseOf :p .", "prp-inv1", "q", "p", "`parent` is `friend` read backwards"),
        (":q a owl:SymmetricProperty .", "prp-symp", "q", "", "`friend` holds both ways"),
        (":q a owl:TransitiveProperty .", "prp-trp", "q", "", "`friend` carries on from each thing to the next"),
        (
            ":r owl:propertyChainAxiom (:p :q :p) .",
            "prp-spo2",
            "r",
            "p q p",
            "`knows` follows from `parent` then `friend` then `parent`",
        ),
        (":p rdfs:domain :A .", "prp-dom", "p", "A", "whatever has a value of `parent` is an `animal`"),
        (":d rdfs:domain :A .", "prp-dom", "d", "A", "whatever has a value of `age` is an `animal`"),
        (":p rdfs:range :A .", "prp-rng", "p", "A", "whatever is a value of `parent` is an `animal`"),
        (
            "[] a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ; rdfs:subClassOf :A .",
            "cls-svf1",
            "A",
            "p B",
            "whatever has a value of `parent` that is a `bird` is an `animal`",
        ),
        (
            "[] a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom owl:Thing ; rdfs:subClassOf :A .",
            "cls-svf2",
            "A",
            "p",
            "whatever has a value of `parent` is an `animal`",
        ),
        (
            "[] a owl:Restriction ; owl:onProperty :p ; owl:hasValue :i ; rdfs:subClassOf :A .",
            "cls-hv2",
            "A",
            "p i",
            "whatever has `ida` as a value of `parent` is an `animal`",
        ),
        (
            ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :i ] .",
            "cls-hv1",
            "A",
            "p i",
            "whatever is an `animal` has `ida` as a value of `parent`",
        ),
        (
            ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
            "cls-avf",
            "A",
            "p B",
            "whatever is a value of `parent` of something that is an `animal` is a `bird`",
        ),
        (
            ":A owl:equivalentClass [ owl:intersectionOf (:B :C) ] .",
            "cls-int1",
            "A",
            "B C",
            "whatever is a `bird` and is a `cat` is an `animal`",
        ),
        (
            ":A owl:equivalentClass [ owl:intersectionOf (:B :C) ] .",
            "cls-int2",
            "A",
            "C",
            "whatever is an `animal` is a `cat`",
        ),
        (
            "[] owl:unionOf (:B :C) ; rdfs:subClassOf :A .",
            "cls-uni",
            "A",
            "C",
            "whatever is a `bird` or is a `cat` is an `animal`",
        ),
        (":A owl:equivalentClass :B .", "cax-eqc1", "A", "B", "whatever is an `animal` is a `bird`"),
        (":A owl:equivalentClass :B .", "cax-eqc2", "B", "A", "whatever is a `bird` is an `animal`"),
        (":p owl:equivalentProperty :q .", "prp-eqp2", "p", "q", "`parent` follows from `friend`"),
    ],
)
def test_an_axiom_has_the_name_of_its_rule_and_a_sentence(
    turtle: str, kind: str, subject: str, related: str, says: str
) -> None:
    """OWL 2 Profiles, section 4.3, tables 5 to 8."""
    found = {(axiom.kind, axiom.related): axiom for axiom in compiled(turtle).axioms}
    axiom = found[kind, tuple(map(x, related.split()))]
    assert axiom.subject == x(subject)
    assert axiom.says == f"holds because {says}"


@pytest.mark.parametrize(
    ("turtle", "axiom", "reason"),
    [
        (":p a owl:FunctionalProperty .", OWL.FunctionalProperty, "merge"),
        (":p a owl:InverseFunctionalProperty .", OWL.InverseFunctionalProperty, "merge"),
        (":i owl:sameAs :j .", OWL.sameAs, "merge"),
        (":A owl:hasKey (:p) .", OWL.hasKey, "merge"),
        (":A owl:disjointWith :B .", OWL.disjointWith, "constraint"),
        (":p a owl:IrreflexiveProperty .", OWL.IrreflexiveProperty, "constraint"),
        (":A rdfs:subClassOf [ owl:complementOf :B ] .", RDFS.subClassOf, "not in OWL 2 RL, or is a constraint"),
        (":A rdfs:subClassOf owl:Nothing .", RDFS.subClassOf, "word of RDF or OWL"),
        ("[] owl:oneOf (:i) ; rdfs:subClassOf :A .", RDFS.subClassOf, "not in OWL 2 RL"),
        (":A owl:intersectionOf (:B :C) .", OWL.intersectionOf, "owl:equivalentClass"),
        (":d owl:inverseOf :p .", OWL.inverseOf, "literals"),
        (":d rdfs:subPropertyOf :p .", RDFS.subPropertyOf, "literals"),
        (":p rdfs:subPropertyOf [ owl:inverseOf :q ] .", RDFS.subPropertyOf, "named"),
        (":p rdfs:range xsd:string .", RDFS.range, "datatype"),
        ("rdf:type rdfs:subPropertyOf :p .", RDFS.subPropertyOf, "word of RDF or OWL"),
        (":p owl:propertyChainAxiom () .", OWL.propertyChainAxiom, "empty"),
        (":p owl:propertyChainAxiom _:l . _:l rdf:first :q ; rdf:rest _:l .", OWL.propertyChainAxiom, "never ends"),
        (":A rdfs:subClassOf _:n . _:n owl:intersectionOf (_:n) .", RDFS.subClassOf, "too deep"),
    ],
)
def test_an_axiom_that_gives_no_rule_is_reported_with_the_reason(turtle: str, axiom: URIRef, reason: str) -> None:
    skipped = compiled(turtle).skipped
    assert [one.axiom for one in skipped] == [axiom]
    assert reason in skipped[0].reason
    assert compiled(turtle).axioms == ()


def test_the_part_of_a_definition_that_can_be_concluded_is_kept_and_the_other_reported() -> None:
    """`A` is every `B` with some parent: from `A` follows `B`, but no parent could be named."""
    both = compiled(
        ":A owl:equivalentClass [ owl:intersectionOf (:B [ owl:onProperty :p ; owl:someValuesFrom owl:Thing ]) ] ."
    )
    assert {axiom.kind for axiom in both.axioms} == {"cls-int1", "cls-int2"}
    assert [one.axiom for one in both.skipped] == [OWL.equivalentClass]


def test_the_range_of_literals_is_no_axiom_about_things_and_no_gap_either() -> None:
    plain = compiled(":d rdfs:range xsd:integer .")
    assert (plain.axioms, plain.skipped) == ((), ())


def test_an_identity_axiom_never_merges_two_things() -> None:
    """Two suppliers of one listing stay two parties, whatever a schema says (docs: identity is decided elsewhere)."""
    ontology = compiled(":p a owl:FunctionalProperty ; rdfs:domain :A .")
    inferred = close(ontology, [(x("1"), x("p"), x("2")), (x("1"), x("p"), x("3"))]).inferred()
    assert inferred == [(x("1"), RDF.type, x("A"))]


def test_numbers_pass_from_property_to_property_with_their_type() -> None:
    ontology = compiled(":e a owl:DatatypeProperty . :d rdfs:subPropertyOf :e .")
    values = [7, True, "7", "007"]
    inferred = close(ontology, [(x("1"), x("d"), value) for value in values]).inferred()
    assert sorted(map(repr, values)) == sorted(repr(value) for _, _, value in inferred)


def test_an_iri_that_is_a_class_and_a_property_at_once_stays_two_things() -> None:
    """OWL 2 allows one name for both (punning, OWL 2 Structural Specification 5.9)."""
    ontology = compiled(":A a owl:TransitiveProperty . :B rdfs:subClassOf :A . :p rdfs:subPropertyOf :A .")
    data = [(x("1"), RDF.type, x("B")), (x("1"), x("p"), x("2")), (x("2"), x("A"), x("3"))]
    assert set(close(ontology, data).inferred()) == {
        (x("1"), RDF.type, x("A")),
        (x("1"), x("A"), x("2")),
        (x("1"), x("A"), x("3")),
    }
