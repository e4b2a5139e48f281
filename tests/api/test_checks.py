"""Checking a transaction over HTTP, and the findings of the release with their proofs."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from .asked import good, problem

CASE: dict[str, Any] = {
    "id": "T1",
    "as_of": "2024-06-01",
    "parties": [
        {"id": "seller", "name": "Seller Inc", "kind": "company", "country": "US", "roles": ["exporter"]},
        {"id": "buyer", "name": "Buyer Ltd", "kind": "company", "country": "AE", "roles": ["end_user"],
         "listings": [{"list": "US-EL", "from": "2020-05-01"}]},
    ],
    "items": [{"id": "i1", "desc": "oscilloscope", "origin": "US", "codes": {"US": "EAR99"}, "us_content_pct": 100}],
    "transaction": {"type": "export", "date": "2024-06-01", "licences": []},
}  # fmt: skip


def test_a_case_is_answered_with_its_findings_and_their_proofs(client: FlaskClient) -> None:
    """15 CFR 744.11: an item subject to the EAR needs a licence when an Entity List party takes part."""
    answer = good(client.post("/v1/check", json=CASE))
    found = next(one for one in answer["findings"] if one["rule"] == "US-EL-01")
    assert (found["subject"], found["severity"]) == ("buyer", "licence")
    assert found["path"][-1] == "list:US-EL"
    assert found["explanation"]["premises"]
    assert answer["decision"] in ("licence_required", "prohibit")


def test_a_case_without_a_day_is_asked_for_the_day_of_the_release(client: FlaskClient) -> None:
    body = {key: value for key, value in CASE.items() if key != "as_of"}
    assert good(client.post("/v1/check", json=body))["as_of"] == "2024-06-01"


def test_a_loaded_party_brings_its_listing_with_it(client: FlaskClient) -> None:
    body = {**CASE, "parties": [CASE["parties"][0], {"id": "buyer", "ref": "demo:lumen", "roles": ["end_user"]}]}
    rules = {one["rule"] for one in good(client.post("/v1/check", json=body))["findings"]}
    assert "US-EL-01" in rules


def test_what_the_case_loader_refuses_is_pointed_at_too(client: FlaskClient) -> None:
    body = {**CASE, "ownership": [{"owner": "seller", "owned": "buyer", "percent": "120"}]}
    content = problem(client.post("/v1/check", json=body), 422)
    assert content["errors"][0]["pointer"].startswith("#/ownership/0")


def test_the_findings_of_the_release_are_listed_and_narrowed(client: FlaskClient) -> None:
    found = good(client.get("/v1/findings"))["findings"]
    assert [(one["rule"], one["subject"]) for one in found] == [("US-EL-01", "demo:lumen")]
    assert good(client.get("/v1/findings?rule=US-EL-01&entity=demo:lumen"))["findings"] == found
    assert good(client.get("/v1/findings?rule=XX-1"))["findings"] == []
    problem(client.get("/v1/findings?cursor=zz"), 422)


def test_a_finding_is_explained_down_to_rows_of_sources(client: FlaskClient) -> None:
    id = good(client.get("/v1/findings"))["findings"][0]["id"]
    proof = good(client.get(f"/v1/findings/{id}/explanation"))["explanation"]
    facts = [step for step in proof["premises"] if step["kind"] == "fact"]
    assert {fact["source"]["publisher"] for fact in facts} == {"List Office"}
    assert any(step["kind"] == "absence" for step in proof["premises"]), "no licence was looked for"


@pytest.mark.parametrize(("id", "status"), [("0" * 16, 404), ("xyz", 422), ("0" * 17, 422)])
def test_a_finding_nobody_has_is_a_problem(client: FlaskClient, id: str, status: int) -> None:
    problem(client.get(f"/v1/findings/{id}/explanation"), status)


def test_the_service_says_that_it_is_up_and_what_it_serves(client: FlaskClient) -> None:
    assert good(client.get("/healthz"))["statements"] > 500
