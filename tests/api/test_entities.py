"""Finding entities, their profile, and who owns them, over HTTP."""

import pytest
from flask.testing import FlaskClient

from clew.reasoner.search import NameIndex

from .asked import good, problem


def test_a_weak_alias_finds_its_person_and_is_said_to_be_one(client: FlaskClient) -> None:
    """OFAC marks aliases as weak because they match many people; whoever reads the hit must know."""
    found = good(client.get("/v1/entities?q=gary+lam"))["entities"]
    assert found[0]["id"] == "us-sdn:45720"
    assert (found[0]["label"], found[0]["matched_name"], found[0]["kind"]) == ("LIN, Jinghe", "LAM, Gary", "weak_alias")
    assert found[0]["score"] < 1
    assert found[0]["lists"] == ["US-SDN"]


@pytest.mark.parametrize("number", ["9187629", "IMO 9187629", "imo9187629"])
def test_a_ship_is_found_by_its_imo_number_however_it_is_written(client: FlaskClient, number: str) -> None:
    found = good(client.get("/v1/entities", query_string={"q": number}))["entities"]
    assert [(hit["id"], hit["kind"], hit["score"]) for hit in found] == [("us-sdn:15036", "imo", 1.0)]


@pytest.mark.parametrize("text", ["918762", "tribut", "nomin", "lim"])
def test_a_piece_of_a_name_or_number_finds_nothing(client: FlaskClient, text: str) -> None:
    assert good(client.get("/v1/entities", query_string={"q": text}))["entities"] == []


def test_pages_of_hits_join_without_a_gap_or_a_repetition(client: FlaskClient) -> None:
    whole = good(client.get("/v1/entities?q=ltd&limit=50"))
    assert whole["next"] is None
    ids, cursor = [], ""
    while cursor is not None:
        page = good(client.get("/v1/entities", query_string={"q": "ltd", "limit": 1, "cursor": cursor}))
        ids += [hit["id"] for hit in page["entities"]]
        cursor = page["next"]
    assert ids == [hit["id"] for hit in whole["entities"]]
    assert len(ids) >= 2


def test_a_list_narrows_the_search(client: FlaskClient) -> None:
    assert good(client.get("/v1/entities?q=demin&lists=EU-FSF"))["entities"][0]["id"] == "demo:demin"
    assert good(client.get("/v1/entities?q=demin&lists=US-EL"))["entities"] == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("", "#/q"), ("q=", "#/q"), ("q=a&limit=0", "#/limit"), ("q=a&limit=x", "#/limit"), ("q=a&cursor=z", "#/cursor"),
     ("q=a&colour=red", "#/colour"), ("q=" + "a" * 301, "#/q")],
)  # fmt: skip
def test_a_search_that_is_not_well_formed_is_told_where(client: FlaskClient, query: str, pointer: str) -> None:
    faults = problem(client.get(f"/v1/entities?{query}"), 422)["errors"]
    assert [fault["pointer"] for fault in faults] == [pointer]


def test_a_profile_tells_listings_with_dates_and_sources_with_hashes(client: FlaskClient) -> None:
    found = good(client.get("/v1/entities/demo:demin"))
    assert found["label"] == "Ivan Demin"
    assert found["kinds"] == ["person"]
    sdn = next(entry for entry in found["listings"] if entry["list"] == "US-SDN")
    assert (sdn["from"], sdn["until"], sdn["holds"], sdn["programmes"]) == ("2018-04-06", "", True, ["RUSSIA-EO14024"])
    source = next(source for source in found["sources"] if source["publisher"] == "List Office")
    assert (source["file"], source["sha256"][:4], source["date"]) == ("list.csv", "ab12", "2024-06-01")


def test_a_listing_holds_until_the_day_before_it_ends(client: FlaskClient) -> None:
    """`validUntil` is the first day on which a listing no longer holds."""
    on = {
        day: good(client.get(f"/v1/entities/demo:polar?as_of={day}"))["listings"][0]["holds"]
        for day in ("2018-04-05", "2018-04-06", "2019-01-26", "2019-01-27")
    }
    assert on == {"2018-04-05": False, "2018-04-06": True, "2019-01-26": True, "2019-01-27": False}


@pytest.mark.parametrize(
    ("id", "status"),
    [("demo:nobody", 404), ("us-sdn:45720%23name-9", 404), ("nothing", 422), ("demo:", 422), ("a%20b:c", 422),
     ("x%3E%20%7B%7D:y", 422), ("demo:" + "x" * 400, 422), ("%00:%00", 422), ("http://a%3E%20b/c", 422)],
)  # fmt: skip
def test_an_id_that_is_none_is_a_problem_and_never_a_query(client: FlaskClient, id: str, status: int) -> None:
    problem(client.get(f"/v1/entities/{id}"), status)


def test_an_id_with_a_part_is_written_encoded(client: FlaskClient) -> None:
    assert client.get("/v1/entities/us-sdn:45720%23name-2").status_code == 200


@pytest.mark.parametrize("day", ["2024-13-01", "yesterday", "20240101", "2024-02-30"])
def test_a_day_that_is_none_is_refused(client: FlaskClient, day: str) -> None:
    content = problem(client.get(f"/v1/entities/demo:aurora?as_of={day}"), 422)
    assert content["errors"][0]["pointer"] == "#/as_of"


def test_aggregated_stakes_are_added_up_in_the_verdict_of_a_company(client: FlaskClient) -> None:
    """OFAC FAQ 399 and 401: stakes of several caught parties add up, each in full."""
    found = good(client.get("/v1/entities/demo:aurora/ownership"))
    verdict = found["verdicts"]["us-ofac-50"]
    assert (verdict["status"], verdict["minimum"], verdict["threshold"]) == ("caught", 85_000_000, 50_000_000)
    edges = {(edge["holder"], edge["held"]): edge for edge in found["holdings"]}
    assert edges["demo:delta", "demo:aurora"]["share"] == "50 %"
    assert edges["demo:limassol", "demo:baltic"]["share"] == "0.5-4 %"
    assert edges["demo:reznik", "demo:orion"]["share"] == "?"
    # Half is enough for OFAC, so one stake carries the verdict; more than half is not, so it needs both.
    assert {"us-ofac-50", "uk-freeze"} <= set(edges["demo:delta", "demo:aurora"]["triggering"])
    assert "uk-freeze" in edges["demo:sirius", "demo:aurora"]["triggering"]


def test_only_what_verdicts_rest_on_can_be_asked_for(client: FlaskClient) -> None:
    whole = good(client.get("/v1/entities/demo:aurora/ownership"))
    less = good(client.get("/v1/entities/demo:aurora/ownership?only=triggering"))
    assert all(edge["triggering"] for edge in less["holdings"])
    assert 0 < len(less["holdings"]) < len(whole["holdings"])
    assert "demo:keller" not in {party["id"] for party in less["parties"]}


def test_the_same_address_gives_a_picture_to_whoever_takes_one(client: FlaskClient) -> None:
    for response in (
        client.get("/v1/entities/demo:aurora/ownership", headers={"Accept": "image/svg+xml"}),
        client.get("/v1/entities/demo:aurora/ownership?format=svg"),
    ):
        assert response.status_code == 200
        assert response.mimetype == "image/svg+xml"
        assert response.data.startswith(b"<svg")
    assert client.get("/v1/entities/demo:aurora/ownership", headers={"Accept": "*/*"}).mimetype == "application/json"


def test_an_entity_without_holdings_stands_alone_in_its_picture(client: FlaskClient) -> None:
    found = good(client.get("/v1/entities/us-sdn:45720/ownership"))
    assert [party["id"] for party in found["parties"]] == ["us-sdn:45720"]
    assert found["parties"][0]["lists"] == ["US-SDN"]
    assert found["holdings"] == []
    problem(client.get("/v1/entities/demo:nobody/ownership?format=svg"), 404)


def test_an_answer_that_is_known_already_is_not_sent_again(client: FlaskClient) -> None:
    """RFC 9110, 13.1.2: the entity tag is the id of the release, which never changes its content."""
    first = client.get("/v1/entities/demo:aurora")
    assert first.headers["ETag"] == f'W/"{first.get_json()["release"]}"'
    again = client.get("/v1/entities/demo:aurora", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/v1/entities/demo:aurora", headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_the_same_question_gives_the_same_bytes(client: FlaskClient) -> None:
    for address in ("/v1/entities?q=holding", "/v1/entities/demo:aurora", "/v1/entities/demo:aurora/ownership"):
        assert client.get(address).data == client.get(address).data


def test_an_index_tells_the_same_whatever_order_the_store_has(live: object) -> None:
    from clew.api.live import Live

    assert isinstance(live, Live)
    data = live.current().release.data
    one, other = NameIndex.build(data), NameIndex.build(data)
    assert one == other
