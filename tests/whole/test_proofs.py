"""A proof is checked again without the code that made it, and a proof that was tampered with is refused."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clew.api.service import Service
from clew.errors import ClewError, ProofError
from clew.loaders.case import case_from_mapping, read_cases
from clew.reasoner.render import answer_json, canonical

Json = dict[str, Any]

CASE: Json = {
    "id": "chain",
    "as_of": "2024-11-15",
    "parties": [
        {"id": "x", "name": "Owner X", "kind": "person", "country": "RU"}
        | {"listings": [{"list": "US-SDN", "from": "2022-04-06"}]},
        {"id": "a", "name": "Holding A", "kind": "company", "country": "CY"},
        {"id": "b", "name": "Buyer B", "kind": "company", "country": "TR", "roles": ["purchaser", "end_user"]},
        {"id": "s", "name": "Seller", "kind": "company", "country": "US", "roles": ["exporter"]},
    ],
    "ownership": [
        {"owner": "x", "owned": "a", "percent": "50", "kind": "equity"},
        {"owner": "a", "owned": "b", "percent": "50", "kind": "equity"},
    ],
    "items": [{"id": "i1", "desc": "controllers", "hs": "854231", "codes": {"US": "9E610"}, "origin": "US"}],
    "transaction": {"type": "export", "date": "2024-11-15", "licences": []},
    "route": [
        {"seq": 1, "from": {"place": "Miami", "country": "US"}, "to": {"place": "Shanghai", "country": "CN"}}
        | {"mode": "air", "date": "2024-11-15", "consignee": "b"}
    ],
}


@pytest.fixture(scope="module")
def proof(service: Service) -> Json:
    case = case_from_mapping(CASE, strict=True)
    return service.proof(case, answer_json(service.answer(case)))


def rules_of(proof: Json) -> set[str]:
    return {found["rule"] for found in proof["answer"]["findings"]}


def test_the_case_is_prohibited_by_a_chain_of_halves(proof: Json) -> None:
    """OFAC FAQ 401: half of half passes blocked status on, step by step."""
    assert proof["answer"]["decision"] == "prohibit"
    assert {"US-OFAC-50-01", "US-CCL-CHART-01"} <= rules_of(proof)


def test_every_proof_of_the_answer_holds(service: Service, proof: Json) -> None:
    checked = service.verify(proof)
    assert len(checked) == len(proof["answer"]["findings"])
    assert all(one.facts and one.steps for one in checked.values())


def test_the_same_question_has_the_same_answer_byte_for_byte(service: Service, proof: Json) -> None:
    again = answer_json(service.answer(case_from_mapping(CASE, strict=True)))
    assert canonical(again) == canonical(proof["answer"])


def steps(tree: Json) -> list[Json]:
    return [tree, *(step for premise in tree.get("premises", []) for step in steps(premise))]


def change_share(proof: Json) -> None:
    for found in proof["answer"]["findings"]:
        for step in steps(found["explanation"]):
            if step.get("statement", {}).get("predicate", "").endswith("shareMinimum"):
                step["statement"]["object"]["value"] = "60000000"


def drop_premise(proof: Json) -> None:
    for found in proof["answer"]["findings"]:
        found["explanation"]["premises"].pop(0)


def drop_absence(proof: Json) -> None:
    found = next(one for one in proof["answer"]["findings"] if one["rule"] == "US-CCL-CHART-01")
    found["explanation"]["premises"] = [p for p in found["explanation"]["premises"] if p["kind"] != "absence"]


def claim_other_subject(proof: Json) -> None:
    proof["answer"]["findings"][0]["subject"] = "s"


def claim_other_rule(proof: Json) -> None:
    proof["answer"]["findings"][0]["explanation"]["rule"] += "-X"


def turn_step_into_fact(proof: Json) -> None:
    found = proof["answer"]["findings"][0]
    for place, premise in enumerate(found["explanation"]["premises"]):
        if premise["kind"] == "inference":
            source = {"graph": "https://w3id.org/clew/graph/case/chain"}
            found["explanation"]["premises"][place] = {
                "kind": "fact",
                "statement": premise["statement"],
                "source": source,
            }


def claim_other_release(proof: Json) -> None:
    proof["answer"]["release"] = "2020-01-01-000000000000"


def list_another_party(proof: Json) -> None:
    proof["case"]["parties"][3]["listings"] = proof["case"]["parties"][0].pop("listings")


@pytest.mark.parametrize(
    "tamper",
    [
        change_share,
        drop_premise,
        drop_absence,
        claim_other_subject,
        claim_other_rule,
        turn_step_into_fact,
        claim_other_release,
        list_another_party,
    ],
)
def test_a_tampered_proof_is_refused(service: Service, proof: Json, tamper: Callable[[Json], None]) -> None:
    tampered = copy.deepcopy(proof)
    tamper(tampered)
    with pytest.raises(ClewError):
        service.verify(tampered)


def test_a_text_that_is_no_proof_is_refused(service: Service) -> None:
    with pytest.raises(ProofError, match="no proof document"):
        service.verify({"format": "something else"})


@pytest.mark.parametrize("name", ["cases.yaml", "ownership_examples.yaml"])
def test_every_proof_of_the_published_cases_holds(service: Service, shared: Path, name: str) -> None:
    for case in read_cases(shared / "cases" / name):
        proof = service.proof(case, answer_json(service.answer(case)))
        assert len(service.verify(proof)) == len({(f["rule"], f["subject"]) for f in proof["answer"]["findings"]})
