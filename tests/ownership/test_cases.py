"""A table of cases, each guarding a line of law or a trap of the data."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from clew.reasoner.derivation import Derivation, Fact, Inference, leaves
from clew.reasoner.ownership import Assessment, assess, read
from clew.reasoner.verify.arithmetic import replay
from clew.tests.ownership.worlds import fact, party, regime, shorthand, world

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf8"))


def expected(case: dict) -> Iterator[tuple[str, str, str]]:
    for name, parties in case["expect"].items():
        for short, status in parties.items():
            yield name, short, status


def steps(proof: Derivation) -> Iterator[Inference]:
    if isinstance(proof, Inference):
        yield proof
        for premise in proof.premises:
            yield from steps(premise)


def assessed(case: dict) -> Assessment:
    return assess(read(world(shorthand(case)), date.fromisoformat(str(case.get("as_of", "2026-11-21")))))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_law_is_followed(case: dict) -> None:
    assessment = assessed(case)
    for name, short, status in expected(case):
        found = assessment.status(regime(name), party(short))
        assert found.status == status, (case["cite"], short, found)
        assert found.reasons, "an answer never comes without a reason"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_answer_has_a_proof_that_rests_on_what_is_stated(case: dict) -> None:
    data = world(shorthand(case))
    assessment = assess(read(data, date.fromisoformat(str(case.get("as_of", "2026-11-21")))))
    for name, short, status in expected(case):
        proof = assessment.derive(regime(name), party(short), fact)
        assert str(proof.conclusion[2]).endswith(status)
        for leaf in leaves(proof):
            if isinstance(leaf, Fact):
                assert data.graphs_of(leaf.conclusion), leaf
        for step in steps(proof):
            if not str(step.conclusion[2]).endswith("clear"):
                replay(step)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_published_verdicts_say_the_same(case: dict) -> None:
    data = world(shorthand(case))
    assessment = assess(read(data, date.fromisoformat(str(case.get("as_of", "2026-11-21")))))
    told = {(verdict.regime, verdict.party): verdict for verdict in assessment.verdicts()}
    published = {verdict.iri for verdict in assessment.verdicts(all=False)}
    for name, short, status in expected(case):
        verdict = told[regime(name), party(short)]
        assert verdict.status.status == status
        assert (verdict.iri in published) == (status not in ("clear", "not_in_force")) or status == "not_in_force"
        assert assessment.derive(verdict.iri, fact).conclusion[0] == verdict.iri
    assert len(list(assessment.statements(all=True))) >= 7 * len(told)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 100
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["cite"] for case in CASES)
