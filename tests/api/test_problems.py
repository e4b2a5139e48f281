"""Every error is a problem document (RFC 9457), whatever went wrong and wherever."""

import json

import pytest
from flask.testing import FlaskClient

from clew.api.service import Service

from .asked import problem


@pytest.mark.parametrize("address", ["/v1/", "/v1/nothing", "/nothing", "/v2/check"])
def test_an_address_nobody_has_is_a_problem(client: FlaskClient, address: str) -> None:
    problem(client.get(address), 404)


def test_an_address_nobody_has_is_a_page_in_a_browser(client: FlaskClient) -> None:
    response = client.get("/nothing", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.mimetype) == (404, "text/html")


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [("GET", "/v1/check", {"POST", "OPTIONS"}), ("DELETE", "/v1/entities", {"GET", "HEAD", "OPTIONS"}),
     ("PUT", "/sparql", {"GET", "HEAD", "POST", "OPTIONS"})],
)  # fmt: skip
def test_another_method_is_told_which_ones_there_are(
    client: FlaskClient, method: str, address: str, allowed: set[str]
) -> None:
    """RFC 9110, 15.5.6: a 405 carries `Allow`."""
    response = client.open(address, method=method)
    problem(response, 405)
    assert set(response.headers["Allow"].replace(" ", "").split(",")) == allowed


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"", "no JSON"), (b"{", "no JSON"), (b'{"id": "a", "id": "b"}', "stands twice"), (b'{"id": NaN}', "no number"),
     (b'{"id": "\xff"}', "no JSON"), (b"[" * 100_000, "nests too deep")],
)  # fmt: skip
def test_a_body_that_is_no_json_is_malformed(client: FlaskClient, body: bytes, words: str) -> None:
    problem(client.post("/v1/check", data=body, content_type="application/json"), 400, words)


def test_another_media_type_is_refused(client: FlaskClient) -> None:
    problem(client.post("/v1/check", data="id: D001", content_type="application/yaml"), 415)
    problem(client.post("/v1/check", data=b""), 415)


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    body = json.dumps({"id": "x", "note": "n" * 5_000_000})
    problem(client.post("/v1/check", data=body, content_type="application/json"), 413)


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], ["#"]),
        ({}, ["#/id"]),
        ({"id": 7}, ["#/id"]),
        ({"id": "x", "colour": "red"}, ["#/colour"]),
        ({"id": "x", "as_of": "15.11.2024"}, ["#/as_of"]),
        ({"id": "x", "parties": [{"id": "a"}, {"name": "B"}]}, ["#/parties/1/id"]),
        ({"id": "x", "parties": [{"id": "a", "kind": "ship"}]}, ["#/parties/0/kind"]),
        ({"id": "x", "route": [{"seq": True}]}, ["#/route/0/seq"]),
        (
            {"id": "x", "transaction": {"contract": {"no_russia_clause": "yes"}}},
            ["#/transaction/contract/no_russia_clause"],
        ),
    ],
)
def test_a_fault_in_a_body_is_pointed_at(client: FlaskClient, body: object, pointers: list[str]) -> None:
    content = problem(client.post("/v1/check", json=body), 422)
    assert [fault["pointer"] for fault in content["errors"]] == pointers


def test_an_error_nobody_foresaw_says_nothing_of_its_inside(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall(*_: object, **__: object) -> None:
        raise ValueError("the password is 1234")

    monkeypatch.setattr(Service, "findings", fall)
    content = problem(client.get("/v1/findings"), 500)
    assert "1234" not in json.dumps(content)
    assert "the password is 1234" in caplog.text


def test_every_answer_carries_the_headers_that_keep_browsers_safe(client: FlaskClient) -> None:
    for address in ("/", "/v1/entities?q=a", "/nothing", "/sparql", "/static/clew.css", "/openapi.json"):
        with client.get(address) as response:
            assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
            assert "unsafe" not in response.headers["Content-Security-Policy"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"
