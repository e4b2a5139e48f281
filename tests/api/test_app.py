"""The application as a whole: its description, and how it moves from one release to the next."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDFS

from clew.api.app import close, create_app
from clew.api.service import Service
from clew.errors import NotFoundError
from clew.ontology import CLEW
from clew.release import open_release

from . import world
from .asked import good


def test_the_description_lists_every_route_and_no_other(app: Flask, client: FlaskClient) -> None:
    described = {
        (path, method.upper())
        for path, item in client.get("/openapi.json").get_json()["paths"].items()
        for method in item
    }
    served = {
        (rule.rule.replace("<path:", "{").replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("pages.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == served


def test_every_operation_tells_what_it_does_and_how_it_fails(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    for path, item in document["paths"].items():
        for operation in item.values():
            assert operation["summary"].endswith("."), path
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    assert set(response["content"]) == {"application/problem+json"}, (path, status)


def test_every_field_of_the_description_is_described_with_an_example(client: FlaskClient) -> None:
    schemas = client.get("/openapi.json").get_json()["components"]["schemas"]
    assert {"CaseBody", "PartyBody", "Problem", "AnswerModel", "EntityModel"} <= set(schemas)
    for name, schema in schemas.items():
        for field, about in schema.get("properties", {}).items():
            assert about.get("description"), (name, field)
            assert "example" in about, (name, field)


def test_every_reference_of_the_description_leads_somewhere(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()

    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [ref for value in node.values() for ref in references(value)]
        return [ref for value in node for ref in references(value)] if isinstance(node, list) else []

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


def test_a_newer_release_takes_over_between_two_requests(tmp_path: Path) -> None:
    """No restart, and no answer that mixes two releases: name, release id and tag come from one."""
    world.build(tmp_path)
    app = create_app(tmp_path)
    client = app.test_client()
    try:
        before = good(client.get("/v1/entities?q=newcomer"))
        assert before["entities"] == []
        assert client.get("/sparql?query=ASK{}").status_code == 200
        newcomer = world.party("newcomer")
        world.build(tmp_path, (newcomer, RDFS.label, "Newcomer SA"), (newcomer, CLEW.hasName, newcomer + "#n"))
        response = client.get("/v1/entities?q=newcomer")
        after = good(response)
        assert [hit["id"] for hit in after["entities"]] == ["demo:newcomer"]
        assert after["release"] != before["release"]
        assert response.headers["ETag"] == f'W/"{after["release"]}"'
        query = 'ASK { ?s <http://www.w3.org/2000/01/rdf-schema#label> "Newcomer SA" }'
        assert client.get("/sparql", query_string={"query": query}).get_json(force=True)["boolean"] is True
    finally:
        close(app)


def test_the_service_of_one_release_can_be_served_as_it_is(releases: Path) -> None:
    app = create_app(Service(open_release(releases)))
    try:
        assert good(app.test_client().get("/healthz"))["status"] == "ok"
    finally:
        close(app)


def test_without_a_release_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no release"):
        create_app(tmp_path)


def test_a_question_without_a_day_is_about_the_day_of_the_release(client: FlaskClient) -> None:
    assert good(client.get("/v1/entities/demo:aurora/ownership"))["as_of"] == world.DAY.isoformat()
    assert date.today() != world.DAY
