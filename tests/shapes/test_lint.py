"""Every packaged rule can be told and traced: citation, dates, texts, evidence and tests are there."""

import re
from pathlib import Path

import pytest

from clew.shapes.catalogue import Rule, packaged, rules

TESTS = Path(__file__).parent.parent / "rules"
RULES = {rule.id: rule for rule in rules()}


@pytest.fixture(params=RULES)
def rule(request: pytest.FixtureRequest) -> Rule:
    return RULES[request.param]


def test_it_stands_in_the_folder_of_its_regime(rule: Rule) -> None:
    assert (packaged() / rule.regime.lower() / f"{rule.id}.ttl").is_file()
    assert rule.id.split("-")[0] == rule.regime


def test_it_says_where_the_law_stands(rule: Rule) -> None:
    assert re.search(r"\d", rule.citation) or "FATF" in rule.citation
    assert rule.validity


def test_its_texts_are_sentences_of_their_own(rule: Rule) -> None:
    assert rule.definition.endswith(".")
    assert rule.sentence.endswith(".")
    assert "{?" in rule.sentence
    assert rule.message != rule.sentence
    assert not rule.hint.endswith(".")
    assert rule.label != rule.definition


def test_its_evidence_shows_at_least_one_fact(rule: Rule) -> None:
    assert any("{?" in step for step in rule.evidence_path)


def test_its_missing_facts_are_named_in_words(rule: Rule) -> None:
    assert all(fact.label and not fact.label.endswith(".") for fact in rule.missing)


def test_it_has_examples_and_near_misses(rule: Rule) -> None:
    assert list((TESTS / rule.id / "fires").glob("*.ttl"))
    assert list((TESTS / rule.id / "quiet").glob("*.ttl"))
