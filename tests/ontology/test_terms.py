"""Hygiene of the terms: each is labelled, defined once in one sentence, sourced, named in Python, and needed."""

import re
from collections import Counter

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from clew.ontology import (
    CLEW,
    ONTOLOGY_VERSION,
    alignment_files,
    curie,
    mint,
    module_files,
    values_of,
)
from clew.queries.catalogue import catalogue

NAMESPACE = str(CLEW._NS)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
FAMILIES = (
    CLEW.NameKind, CLEW.HoldingKind, CLEW.EmbargoKind, CLEW.LegalStatus, CLEW.OwnershipStatus, CLEW.Severity,
    CLEW.Decision, CLEW.RoleType, CLEW.EndUseClass,
)  # fmt: skip
USED = re.compile(r"\bclew:(\w+)")
FILES = [*module_files(), *alignment_files()]


def terms(graph: Graph) -> list[URIRef]:
    """Return the classes and properties that a graph declares."""
    found = {subject for kind in KINDS for subject in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(NAMESPACE))


def values(graph: Graph) -> list[URIRef]:
    return sorted(value for value in graph.subjects(RDF.type, OWL.NamedIndividual) if isinstance(value, URIRef))


def words(graph: Graph, subject: URIRef, predicate: URIRef, language: str) -> list[str]:
    found = graph.objects(subject, predicate)
    return [str(text) for text in found if isinstance(text, Literal) and text.language == language]


def uncommented(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def test_every_term_has_one_label_one_definition_and_a_source(ontology: Graph) -> None:
    for term in terms(ontology):
        assert len(words(ontology, term, RDFS.label, "en")) == 1, term
        assert len(words(ontology, term, SKOS.definition, "en")) == 1, term
        assert len(list(ontology.objects(term, DCTERMS.source))) == 1, term


def test_every_value_has_names_in_two_languages_a_definition_and_a_source(ontology: Graph) -> None:
    for value in values(ontology):
        assert len(words(ontology, value, SKOS.prefLabel, "en")) == 1, value
        assert len(words(ontology, value, SKOS.prefLabel, "zh")) == 1, value
        assert len(words(ontology, value, SKOS.definition, "en")) == 1, value
        assert len(list(ontology.objects(value, DCTERMS.source))) == 1, value


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.prefLabel, SKOS.definition])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_things_share_a_label_or_a_definition(ontology: Graph, predicate: URIRef, language: str) -> None:
    found = [str(text) for text in ontology.objects(None, predicate) if getattr(text, "language", "") == language]
    assert [text for text, count in Counter(found).items() if count > 1] == []


def test_a_definition_is_one_sentence_that_does_not_repeat_its_label(ontology: Graph) -> None:
    for term in terms(ontology) + values(ontology):
        (definition,) = words(ontology, term, SKOS.definition, "en")
        assert re.fullmatch(r"[A-Z].*[^.]\.", definition), (term, definition)
        assert not re.search(r"[.!?] [A-Z]", definition), (term, definition)
    for term in terms(ontology):
        (label,), (definition,) = words(ontology, term, RDFS.label, "en"), words(ontology, term, SKOS.definition, "en")
        assert not re.match(rf"(An?|The) {re.escape(label)}\b(?! that)", definition, re.IGNORECASE), (term, definition)


def test_classes_are_nouns_in_capitals_and_properties_begin_small(ontology: Graph) -> None:
    for term in terms(ontology):
        name = term.removeprefix(NAMESPACE)
        is_class = (term, RDF.type, OWL.Class) in ontology
        assert re.fullmatch(r"[A-Z][A-Za-z]+" if is_class else r"[a-z][A-Za-z]+", name), name
        assert len([kind for kind in KINDS if (term, RDF.type, kind) in ontology]) == 1, name


def test_every_class_has_a_chinese_label(ontology: Graph) -> None:
    classes = [term for term in terms(ontology) if (term, RDF.type, OWL.Class) in ontology]
    assert [term for term in classes if len(words(ontology, term, RDFS.label, "zh")) != 1] == []


def test_the_names_in_python_are_the_terms_of_the_modules(ontology: Graph) -> None:
    named = {NAMESPACE + name for name in CLEW.__annotations__ if not name.startswith("_")}
    assert named == set(map(str, terms(ontology)))


def test_a_misspelt_term_is_refused_in_python() -> None:
    with pytest.raises(AttributeError):
        CLEW.Pary  # noqa: B018


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_module_says_what_it_is_and_in_which_version(file: object) -> None:
    graph = Graph().parse(data=file.read_text(encoding="utf8"), format="turtle")  # type: ignore[attr-defined]
    (module,) = graph.subjects(RDF.type, OWL.Ontology)
    assert list(graph.objects(module, OWL.versionIRI)) == [URIRef(f"{module}/{ONTOLOGY_VERSION}")]
    assert list(graph.objects(module, OWL.versionInfo)) == [Literal(ONTOLOGY_VERSION)]
    for predicate in (DCTERMS.title, DCTERMS.abstract, DCTERMS.license):
        assert len(list(graph.objects(module, predicate))) == 1, predicate


def test_modules_import_only_modules_that_come_before_them() -> None:
    seen: set[object] = set()
    for file in module_files():
        graph = Graph().parse(data=file.read_text(encoding="utf8"), format="turtle")
        assert set(graph.objects(None, OWL.imports)) <= seen, file.name
        seen.update(graph.subjects(RDF.type, OWL.Ontology))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_module_uses_no_undeclared_term(file: object, ontology: Graph) -> None:
    text = uncommented(file.read_text(encoding="utf8"))  # type: ignore[attr-defined]
    declared = {term.removeprefix(NAMESPACE) for term in terms(ontology)}
    assert set(USED.findall(text)) - declared == set()


def test_no_query_uses_an_undeclared_term(ontology: Graph) -> None:
    declared = {term.removeprefix(NAMESPACE) for term in terms(ontology)}
    strange = {found.name: set(USED.findall(uncommented(found.text))) - declared for found in catalogue()}
    assert {name: unknown for name, unknown in strange.items() if unknown} == {}


def test_no_query_names_a_value_that_is_not_listed() -> None:
    listed = {curie(value) for kind in FAMILIES for value in values_of(kind)}
    families = sorted({value.partition(":")[0] for value in listed})
    named = re.compile(rf"(?<![\w:-])(?:{'|'.join(families)}):\w+")
    strange = {found.name: set(named.findall(uncommented(found.text))) - listed for found in catalogue()}
    assert {name: unknown for name, unknown in strange.items() if unknown} == {}


def test_every_term_is_used_by_a_competency_question(ontology: Graph) -> None:
    asked = [uncommented(found.text) for found in catalogue() if found.name.startswith("competency/")]
    used = {name for text in asked for name in USED.findall(text)}
    assert {term.removeprefix(NAMESPACE) for term in terms(ontology)} - used == set()


@pytest.mark.parametrize("kind", FAMILIES, ids=curie)
def test_values_of_a_family_have_one_class_and_are_all_different(ontology: Graph, kind: URIRef) -> None:
    found = values_of(kind)
    assert len(found) > 1
    assert len({value.rpartition("/")[0] for value in found}) == 1
    (group,) = {
        node for node, rows in ontology.subject_objects(OWL.distinctMembers) if set(ontology.items(rows)) & found
    }
    (rows,) = ontology.objects(group, OWL.distinctMembers)
    assert set(ontology.items(rows)) == found


def test_the_roles_of_a_transaction_are_those_of_the_export_regulations() -> None:
    """15 CFR 748.5 names the parties to a licence application."""
    named = ("exporter", "purchaser", "intermediate_consignee", "consignee", "end_user", "agent")
    assert {mint("role", name) for name in named} <= values_of(CLEW.RoleType)


def test_uses_for_weapons_of_mass_destruction_are_the_four_of_the_law() -> None:
    """15 CFR 744.2-744.4 and article 4(1)(a) of Regulation (EU) 2021/821."""
    four = ("nuclear", "missile", "chemical_weapons", "biological_weapons")
    assert values_of(CLEW.MassDestructionUse) == {mint("end_use", name) for name in four}


def test_nothing_is_called_the_same_as_anything_else(aligned: Graph) -> None:
    assert list(aligned.subject_objects(OWL.sameAs)) == []


def test_alignments_come_only_when_asked_for(ontology: Graph, aligned: Graph) -> None:
    assert len(aligned) > len(ontology)
