"""The published cases have the expected answers; `make score` lists what is not reached."""

from pathlib import Path

import pytest

from clew.api.score import Score, score
from clew.api.service import Service
from clew.loaders.case import read_cases
from clew.reasoner.render import answer_json, canonical

OURS = sorted((Path(__file__).parent.parent / "cases").glob("*"))


@pytest.mark.parametrize("name", ["cases.yaml", "ownership_examples.yaml"])
def test_published_cases_are_answered_as_expected(service: Service, shared: Path, name: str) -> None:
    assert score(service, read_cases(shared / "cases" / name)).wrong == []


@pytest.mark.parametrize("file", OURS, ids=lambda path: path.stem)
def test_our_own_cases_are_answered_as_expected(service: Service, file: Path) -> None:
    assert score(service, read_cases(file)).wrong == []


def test_a_wrong_answer_is_listed() -> None:
    total = Score()
    expect = {"decision": "prohibit", "findings": [{"rule": "R", "subject": "x", "path": ["x"]}], "absent": ["Q"]}
    found = {"rule": "Q", "subject": "x", "status": "certain", "path": ["x"]}
    total.add("c", expect, {"decision": "proceed", "findings": [found], "ownership": {}})
    assert total.wrong == [
        "c: decision proceed, expected prohibit",
        "c: R on x not found",
        "c: Q fired on x, must not",
    ]


def test_a_case_may_name_a_loaded_party(service: Service) -> None:
    """RUSAL on 2019-01-15: blocked by listing; EN+ above it is listed and holds less than OFAC asks for."""
    parties = [{"id": "r", "ref": "us-sdn:24228", "roles": ["end_user"]}]
    case = {"id": "rusal", "as_of": "2019-01-15", "parties": parties, "transaction": {"type": "payment"}}
    answer = service.check(case)
    found = {(one["rule"], one["subject"]) for one in answer["findings"]}
    assert {("US-OFAC-SDN-01", "us-sdn:24228"), ("GEN-OWN-02", "us-sdn:24228")} <= found
    assert answer["decision"] == "prohibit"
    assert "US-OFAC-50-01" not in {rule for rule, _ in found}


def test_leaving_out_rules_that_cannot_fire_changes_no_answer(service: Service, shared: Path) -> None:
    cases = read_cases(shared / "cases" / "cases.yaml")
    quick = [canonical(answer_json(service.answer(case))) for case in cases]
    every = Service(service.release)
    every.checker._needs = dict.fromkeys(every.checker._needs, frozenset())
    assert [canonical(answer_json(every.answer(case))) for case in cases] == quick
