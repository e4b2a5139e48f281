"""A well formed rule of a few lines, for tests that bend one thing at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

RULE = """@base <https://w3id.org/clew/rule/> .
@prefix clew: <https://w3id.org/clew/ns#> .
@prefix severity: <https://w3id.org/clew/severity/> .
@prefix legal: <https://w3id.org/clew/legal/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<TEST-01> a clew:PolicyRule, sh:NodeShape ;
    clew:ruleId "TEST-01" ;
    rdfs:label "Test"@en ;
    skos:definition "A rule for tests."@en ;
    dcterms:source "1 CFR 1.1" ;
    clew:regime "TEST" ;
    clew:severity severity:licence ;
    clew:hasValidity <TEST-01#1> ;
    sh:targetClass clew:Transaction ;
    sh:sparql <TEST-01#constraint> ;
    clew:evidencePath ( "{?value}" "list:US-EL" ) ;
    clew:sentence "{?value} is listed on {?asOf}."@en ;
    clew:counterfactualHint "nobody who is listed"@en .

<TEST-01#1> clew:validFrom "2025-09-29"^^xsd:date ; clew:legalStatus legal:in_force ;
    clew:verifiedOn "2026-11-21"^^xsd:date .

<TEST-01#constraint> a sh:SPARQLConstraint ;
    sh:prefixes <prefixes> ;
    sh:message "listed"@en ;
    sh:select \"\"\"
SELECT $this ?value WHERE {
    $this clew:asOf ?asOf ; clew:involves ?value .
    ?value clew:listing ?listing .
    ?listing clew:onList list:US-EL .
}\"\"\" .
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the rule to a file, with one text replaced by another."""

    def written(old: str = "", new: str = "", name: str = "TEST-01") -> Path:
        assert old in RULE
        path = tmp_path / f"{name}.ttl"
        path.write_text(RULE.replace(old, new, 1) if old else RULE, encoding="utf8")
        return path

    return written
