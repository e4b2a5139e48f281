"""The ownership question on the command line and over HTTP: one answer, margins, exits, what if."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from rdflib import URIRef

from clew.api.app import close, create_app
from clew.api.cli import main
from clew.api.sparql_pool import Limits
from clew.ontology import mint
from clew.release import building
from clew.tests.ownership.worlds import LAW, regimes, statements

WORLD = {
    "parties": [
        {"id": "X", "kind": "person", "listings": [{"list": "US-SDN", "from": "2022-03-15"}]},
        {"id": "Z", "kind": "person"},
        {"id": "A"},
        {"id": "B"},
    ],
    "ownership": [
        {"owner": "X", "owned": "A", "percent": 50, "from": "2020-01-01"},
        {"owner": "A", "owned": "B", "percent": 50},
        {"owner": "Z", "owned": "B", "percent": 30},
    ],
}
CASE: dict[str, Any] = {"id": "c1", "as_of": "2024-06-01", **WORLD}
B = "demo:B"


def _loaded(value: Any) -> Any:
    """The IRI of a party of the world as a loader would make it."""
    return (
        URIRef(value.replace("case/test#", "demo/").replace("-listing-", "#listing-"))
        if isinstance(value, URIRef)
        else value
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose release holds a small group."""
    path = Path(tmp_path_factory.mktemp("home"))
    with building(path / "releases", "2024-06-01") as work:
        stated = (tuple(map(_loaded, statement)) for statement in statements(WORLD))
        work.write("source", stated, mint("graph", "source", "group", "2024-06-01"))
        work.write("reference", regimes(), LAW)
    return path


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[FlaskClient]:
    app = create_app(home / "releases", Limits(workers=1))
    yield app.test_client()
    close(app)


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Callable[..., Result]:
    def invoke(case: dict[str, Any] | str, *args: str) -> Result:
        file = tmp_path / "case.yaml"
        file.write_text(yaml.safe_dump(case), encoding="utf8")
        subject = case if isinstance(case, str) else str(file)
        return CliRunner().invoke(main, ["--home", str(home), "ownership", subject, *args])

    return invoke


def rows(answer: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in answer["parties"] if one["id"] == name]
    return {row["regime"]: row for row in found["regimes"]}


def test_a_case_tells_every_company_under_every_regime_with_its_margin(run: Callable[..., Result]) -> None:
    result = run(CASE, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [one["id"] for one in answer["parties"]] == ["A", "B"]
    ofac = rows(answer, "B")["us-ofac-50"]
    assert (ofac["status"], ofac["margin"]["needed"], ofac["margin"]["held"]) == ("caught", 50_000_000, 50_000_000)
    assert ofac["margin"]["tau"] == 50_000_000
    assert ofac["sentences"][0].startswith("- 50 % is held by listed or caught parties")
    assert rows(answer, "B")["uk-freeze"]["status"] == "clear"
    assert rows(answer, "B")["us-bis-affiliates"]["status"] == "not_in_force"


def test_the_multiplied_share_stands_beside_the_one_that_counts_in_full(run: Callable[..., Result]) -> None:
    """OFAC FAQ 401: a stake of a caught company counts in full; multiplied along the chain it is a quarter."""
    (answer,) = [one for one in json.loads(run(CASE, "--json").stdout)["parties"] if one["id"] == "B"]
    behind = {one["id"]: one for one in answer["ultimate"]}
    assert behind["X"]["integrated"]["least"] == "1/4"
    assert behind["X"]["alone"]["us-ofac-50"] == {
        "status": "caught", "minimum": 50_000_000, "maximum": 50_000_000, "held": "50 %"
    }  # fmt: skip
    assert behind["Z"]["alone"]["us-ofac-50"]["status"] == "clear"
    assert answer["recorded"] == 80_000_000


@pytest.mark.parametrize(("share", "code"), [(50, 1), ("(25,50]", 3), (49.999999, 0)])
def test_the_exit_tells_findings_from_what_is_open_and_what_is_clear(
    run: Callable[..., Result], share: object, code: int
) -> None:
    parties = WORLD["parties"]
    case = {**CASE, "parties": parties, "ownership": [{"owner": "X", "owned": "A", "percent": share}]}
    assert run(case, "--regime", "us-ofac-50").exit_code == code


def test_a_record_that_was_set_aside_is_told_to_the_companies_it_touches(run: Callable[..., Result]) -> None:
    case = {
        **CASE,
        "ownership": [{"owner": "X", "owned": "A", "percent": 140}, {"owner": "A", "owned": "B", "percent": 9}],
    }
    result = run(case, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 3
    for name in "AB":
        reasons = rows(answer, name)["us-ofac-50"]["reasons"]
        assert any("a record of a holding in A was set aside" in why and "`140` percent" in why for why in reasons)


def test_an_entity_of_the_release_is_asked_by_its_id(run: Callable[..., Result]) -> None:
    told = run("demo:B", "--regime", "us-ofac-50", "--as-of", "2022-03-14", "--sweep")
    assert told.exit_code == 0
    assert "2022-03-15  us-ofac-50  caught: the listing of X on US-SDN begins" in told.stdout
    assert run("demo:B", "--regime", "us-ofac-50").exit_code == 1


@pytest.mark.parametrize(
    ("subject", "words"),
    [("nothing.yaml", "no file and no id"), ("us-sdn:1", "the release knows no `us-sdn:1`")],
)
def test_what_is_not_there_is_named_with_a_remedy(run: Callable[..., Result], subject: str, words: str) -> None:
    result = run(subject)
    assert result.exit_code == 2
    assert words in result.output


@pytest.mark.parametrize(("form", "words"), [("--svg", "<svg"), ("--graphml", "<graphml"), ("--bods", '"bodsVersion"')])
def test_the_graph_comes_in_forms_for_other_programs(run: Callable[..., Result], form: str, words: str) -> None:
    result = run(CASE, form)
    assert result.exit_code == 0, result.output
    assert words in result.stdout


def test_http_gives_the_answer_of_the_command_line(client: FlaskClient, run: Callable[..., Result]) -> None:
    told = json.loads(run(CASE, "--json").stdout)
    response = client.post("/v1/ownership", json=CASE)
    assert response.status_code == 200, response.text
    answer = response.get_json()
    assert {row["regime"]: row["status"] for row in answer["parties"][1]["regimes"]} == {
        name: row["status"] for name, row in rows(told, "B").items()
    }
    assert answer["release"].startswith("2024-06-01-")
    swept = client.post("/v1/ownership", json={**CASE, "regimes": ["us-ofac-50"], "sweep": True}).get_json()
    assert [one["day"] for one in swept["parties"][1]["changes"]][-1] == "2022-03-15"


def test_owners_are_told_with_what_each_would_do_alone(client: FlaskClient) -> None:
    answer = client.get(f"/v1/entities/{B}/owners").get_json()
    assert [one["holders"] for one in answer["direct"]] == [["demo:A"], ["demo:Z"]]
    assert {one["id"]: one["integrated"]["share"] for one in answer["ultimate"]} == {"demo:X": "25 %", "demo:Z": "30 %"}
    assert client.get("/v1/entities/us-sdn:1/owners").status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"parties": [{"id": "a", "nam": "b"}]}, "#/parties/0/nam"),
        ({"parties": [], "as_of": "2024-13-01"}, "#/as_of"),
        ({**CASE, "ownership": [{"owner": "X", "owned": "A", "percent": 140}]}, "#/ownership/0/percent"),
    ],
)
def test_a_body_that_is_not_well_formed_is_refused_with_its_place(
    client: FlaskClient, body: dict[str, Any], pointer: str
) -> None:
    response = client.post("/v1/ownership", json=body)
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    assert [fault["pointer"] for fault in json.loads(response.text)["errors"]] == [pointer]


def test_an_unknown_regime_is_not_found(client: FlaskClient) -> None:
    assert client.post("/v1/ownership", json={**CASE, "regimes": ["xx"]}).status_code == 404


def changes(client: FlaskClient, **body: object) -> dict[tuple[str, str], tuple[str, str]]:
    response = client.post("/v1/whatif", json=body)
    assert response.status_code == 200, response.text
    return {
        (one["party"], one["regime"]): (
            one["before"] and one["before"]["status"],
            one["after"] and one["after"]["status"],
        )
        for one in response.get_json()["statuses"]
    }


def test_what_if_a_stake_of_a_case_were_sold(client: FlaskClient) -> None:
    found = changes(client, case=CASE, regimes=["us-ofac-50"], remove={"ownership": [{"owner": "X", "owned": "A"}]})
    assert found == {("A", "us-ofac-50"): ("caught", "clear"), ("B", "us-ofac-50"): ("caught", "clear")}
    again = client.post("/v1/ownership", json=CASE).get_json()
    assert rows(again, "A")["us-ofac-50"]["status"] == "caught", "nothing is stored"


def test_what_if_findings_of_a_deal_would_be_others(client: FlaskClient) -> None:
    deal = {**CASE, "transaction": {"type": "export"}}
    deal["parties"] = [{**one, "roles": ["end_user"]} if one["id"] == "B" else one for one in CASE["parties"]]
    body = {"case": deal, "remove": {"listings": [{"party": "X", "list": "US-SDN"}]}}
    answer = client.post("/v1/whatif", json=body).get_json()
    assert ("US-OFAC-50-01", "B") in {(one["rule"], one["subject"]) for one in answer["findings"]["removed"]}
    assert answer["findings"]["decision"]["before"] == "prohibit"


def test_what_if_an_entity_of_the_release_had_another_owner(client: FlaskClient) -> None:
    x, z, a, b = (f"demo:{name}" for name in "XZAB")
    gone = changes(client, entity=b, regimes=["us-ofac-50"], remove={"ownership": [{"owner": x, "owned": a}]})
    assert gone == {(a, "us-ofac-50"): ("caught", "clear"), (b, "us-ofac-50"): ("caught", "clear")}
    added = changes(client, entity=b, regimes=["eu-freeze"], add={"listings": [{"party": z, "list": "EU-FSF"}]})
    assert added == {(b, "eu-freeze"): ("clear", "clear")}, "30 percent are held now, which is not enough"
    more = {"listings": [{"party": z, "list": "EU-FSF"}], "ownership": [{"owner": z, "owned": a, "percent": "50"}]}
    found = changes(client, entity=b, as_of="2024-07-03", regimes=["eu-freeze"], add=more)
    assert found[b, "eu-freeze"] == ("clear", "caught")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"add": {}}, 422),
        ({"case": CASE, "entity": B}, 422),
        ({"case": CASE, "remove": {"ownership": [{"owner": "Z", "owned": "A"}]}}, 422),
        ({"entity": "demo:B", "remove": {"listings": [{"party": "demo:Z", "list": "US-SDN"}]}}, 422),
        ({"entity": "demo:B", "add": {"listing": []}}, 422),
    ],
)
def test_what_if_refuses_what_is_not_there(client: FlaskClient, body: dict[str, Any], status: int) -> None:
    response = client.post("/v1/whatif", json=body)
    assert response.status_code == status, response.text


def test_the_law_of_the_day_is_the_one_that_is_asked(client: FlaskClient) -> None:
    """90 FR 47201 was in force from 2025-09-29 and suspended from 2025-11-10."""
    listed = [{"id": "E", "listings": [{"list": "US-EL"}]}, {"id": "A", "country": "US"}]
    body = {
        "parties": listed,
        "ownership": [{"owner": "E", "owned": "A", "percent": 50}],
        "regimes": ["us-bis-affiliates"],
    }
    for day, status in (("2025-09-29", "caught"), ("2025-11-10", "not_in_force")):
        answer = client.post("/v1/ownership", json={**body, "as_of": day}).get_json()
        assert rows(answer, "A")["us-bis-affiliates"]["status"] == status
