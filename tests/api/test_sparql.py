"""The SPARQL endpoint speaks the protocol, and survives whoever asks.

Protocol: SPARQL 1.1 Protocol (W3C, 2013). The tests of its suite that ask queries run where the suite is present.
"""

import csv
import io
import json
import socket
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import RDF, Namespace
from rdflib.collection import Collection
from werkzeug.test import TestResponse

from clew.api.live import Live
from clew.api.sparql_pool import Limits, Pool, Query
from clew.api.sparql_worker import main as worker_main
from clew.errors import QueryError, QueryTimeout, ReleaseError

from .asked import problem
from .conftest import LIMITS

LABELS = "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?label LIMIT 3"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HOG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


def ask(client: FlaskClient, query: str, accept: str = JSON, **more: str) -> TestResponse:
    return client.get("/sparql", query_string={"query": query, **more}, headers={"Accept": accept})


def test_a_query_may_come_in_the_address_in_a_form_or_as_the_body(client: FlaskClient) -> None:
    ways = (
        client.get("/sparql", query_string={"query": LABELS}),
        client.post("/sparql", data={"query": LABELS}),
        client.post("/sparql", data=LABELS, content_type="application/sparql-query"),
        client.post("/sparql", data=LABELS.encode(), content_type="application/sparql-query; charset=utf-8"),
    )
    answers = [way.get_json(force=True) for way in ways]
    assert all(way.status_code == 200 and way.mimetype == JSON for way in ways)
    assert all(answer == answers[0] for answer in answers)
    assert [row["label"]["value"] for row in answers[0]["results"]["bindings"]][1:] == [
        "ARTAVIL",
        "Aurora Distribution Ltd",
    ]


@pytest.mark.parametrize("kind", ["application/sparql-results+xml", "text/csv", "text/tab-separated-values", JSON])
def test_rows_come_in_the_form_that_is_asked_for(client: FlaskClient, kind: str) -> None:
    response = ask(client, LABELS, kind)
    assert response.mimetype == kind
    formats = {
        "xml": ox.QueryResultsFormat.XML,
        "csv": None,
        "values": ox.QueryResultsFormat.TSV,
        "json": ox.QueryResultsFormat.JSON,
    }
    chosen = next(value for key, value in formats.items() if kind.endswith(key))
    if chosen is None:
        rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))
        labels = [row["label"] for row in rows]
    else:
        found = ox.parse_query_results(response.data, format=chosen)
        assert isinstance(found, ox.QuerySolutions)
        labels = [row["label"].value for row in found]
    assert len(labels) == 3
    assert "Aurora Distribution Ltd" in labels


@pytest.mark.parametrize("kind", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_triples_come_in_the_form_that_is_asked_for(client: FlaskClient, kind: str) -> None:
    query = "CONSTRUCT { ?s a <urn:x:Listed> } WHERE { ?s <https://w3id.org/clew/ns#listing> ?l }"
    response = ask(client, query, kind)
    assert response.mimetype == kind
    read = ox.parse(response.data, format=ox.RdfFormat.from_media_type(kind))
    assert len({quad.subject for quad in read}) == 5


def test_values_keep_language_datatype_and_blanks(client: FlaskClient) -> None:
    query = 'SELECT ?a ?b ?c ?d { BIND("x"@fr AS ?a) BIND(1.50 AS ?b) BIND("a\\tb,\\"c\\"\\n" AS ?d) }'
    cells = ask(client, query).get_json(force=True)["results"]["bindings"][0]
    assert cells["a"] == {"type": "literal", "value": "x", "xml:lang": "fr"}
    assert cells["b"]["datatype"].endswith("#decimal")
    assert "c" not in cells
    rows = list(csv.reader(io.StringIO(ask(client, query, "text/csv").get_data(as_text=True), newline="")))
    assert rows == [["a", "b", "c", "d"], ["x", "1.50", "", 'a\tb,"c"\n']] or rows[1][3] == 'a\tb,"c"\n'
    tsv = ask(client, query, "text/tab-separated-values").get_data(as_text=True).splitlines()
    assert tsv[0] == "?a\t?b\t?c\t?d"
    assert tsv[1].split("\t")[0] == '"x"@fr'
    root = ET.fromstring(ask(client, query, "application/sparql-results+xml").data)
    assert root.tag.endswith("sparql")


@pytest.mark.parametrize(("query", "truth"), [("ASK {}", True), ("ASK { <urn:a> <urn:b> <urn:c> }", False)])
def test_a_yes_or_no_is_one(client: FlaskClient, query: str, truth: bool) -> None:
    assert ask(client, query).get_json(force=True)["boolean"] is truth


def test_accept_with_weights_and_other_names_is_understood(client: FlaskClient) -> None:
    assert ask(client, LABELS, "text/csv;q=0.3, application/sparql-results+xml;q=0.9").mimetype == XML
    assert ask(client, LABELS, "application/json").mimetype == JSON
    assert ask(client, LABELS, "text/html, */*;q=0.1").mimetype == JSON
    assert ask(client, LABELS, format="csv").mimetype == "text/csv"
    problem(ask(client, LABELS, "image/png"), 406)
    problem(ask(client, LABELS, "text/turtle"), 406)
    problem(ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"), 406)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"query": "SELECT * {"}, "not well formed"),
        ({"query": "SELEC * {}"}, "not well formed"),
        ({"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}, "not well formed"),
        ({"update": "CLEAR ALL"}, "reads only"),
        ({"query": "ASK {}", "default-graph-uri": "not an iri"}, "no IRI"),
        ({"query": "ASK { SERVICE <http://x/> {} }"}, "refused"),
        ({"query": "SELECT * " + "{" * 20_000}, "nests"),
    ],
)
def test_a_query_that_cannot_be_asked_is_a_problem(client: FlaskClient, fields: dict[str, str], words: str) -> None:
    problem(client.post("/sparql", data=fields), 400, words)


def test_requests_that_the_protocol_forbids_are_refused(client: FlaskClient) -> None:
    problem(client.get("/sparql?query=ASK{}&query=ASK{}"), 400, "2 queries")
    problem(client.post("/sparql", data={"nothing": "x"}), 400, "0 queries")
    problem(client.post("/sparql", data="ASK {}", content_type="text/plain"), 415)
    problem(client.post("/sparql", data="CLEAR ALL", content_type="application/sparql-update"), 415)
    problem(client.post("/sparql", data=b"ASK { ?s ?p '\xff' }", content_type="application/sparql-query"), 400, "UTF-8")


def test_without_a_query_the_endpoint_describes_itself(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=response.data, format="turtle")
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert (None, RDF.type, sd.Service) in graph
    assert (None, sd.supportedLanguage, sd.SPARQL11Query) in graph


def test_the_default_graph_is_everything_unless_somebody_names_it(client: FlaskClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) %s { ?s <ns#holder> ?o }"

    def number(query: str, **more: str) -> int:
        rows = ask(client, query, **more).get_json(force=True)["results"]["bindings"]
        return int(rows[0]["n"]["value"])

    register = "https://w3id.org/clew/graph/source/register/2024-05-31"
    lists = "https://w3id.org/clew/graph/source/lists/2024-06-01"
    assert number(count % "") == number(count % f"FROM <{register}>") == 22
    assert number(count % f"FROM <{lists}>") == 0
    assert number(count % "", **{"default-graph-uri": lists}) == 0
    assert number(count % f"FROM <{lists}>", **{"default-graph-uri": register}) == 22, "the protocol's graphs win"


def test_rows_beyond_the_limit_are_left_out_and_the_answer_says_so(client: FlaskClient) -> None:
    response = ask(client, "SELECT * { ?s ?p ?o }")
    assert len(response.get_json(force=True)["results"]["bindings"]) == LIMITS.rows
    assert response.headers["Clew-Truncated"] == str(LIMITS.rows)
    exact = ask(client, f"SELECT * {{ ?s ?p ?o }} LIMIT {LIMITS.rows}")
    assert "Clew-Truncated" not in exact.headers
    triples = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert len(triples.data.splitlines()) == LIMITS.rows
    assert triples.headers["Clew-Truncated"] == str(LIMITS.rows)


def test_a_runaway_query_is_ended_and_others_are_answered_meanwhile(client: FlaskClient, live: Live) -> None:
    ask(client, "ASK {}")  # the workers are warm
    ended: list[float] = []

    def run_away() -> None:
        started = time.monotonic()
        with pytest.raises(QueryTimeout):
            live.current().pool.run(Query(RUNAWAY))
        ended.append(time.monotonic() - started)

    thread = threading.Thread(target=run_away)
    thread.start()
    time.sleep(0.2)
    assert ask(client, "ASK {}").status_code == 200
    assert not ended, "the other answer did not wait for the runaway"
    thread.join()
    assert LIMITS.seconds <= ended[0] < LIMITS.seconds + 2


def test_a_timeout_is_a_problem_with_a_hint_when_to_come_back(client: FlaskClient) -> None:
    response = ask(client, RUNAWAY)
    content = problem(response, 503, "was ended after")
    assert content["type"].endswith("/query-timeout")
    assert response.headers["Retry-After"] == "5"
    assert ask(client, "ASK {}").status_code == 200


def test_a_query_that_eats_memory_costs_its_worker_only(client: FlaskClient) -> None:
    content = problem(ask(client, HOG), 400, "memory")
    assert content["help"]
    assert ask(client, "ASK {}").get_json(force=True)["boolean"] is True


def test_whatever_makes_the_engine_fall_over_costs_its_worker_only(releases: Path) -> None:
    """Behind the look at the text stands the process: the same braces, without the look."""
    pool = Pool(releases / "current" / "store", LIMITS)
    try:
        with pytest.raises(QueryError, match=r"makes the engine fail|not well formed"):
            pool.run(Query("SELECT * " + "{" * 20_000 + "}" * 20_000))
        assert b"true" in pool.run(Query("ASK {}")).body
    finally:
        pool.close()


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """An open port on this machine, and what reached it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    heard.append(connection.recv(100))

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        done.set()
        thread.join()


def test_a_worker_reaches_nothing_even_past_the_look_at_the_text(
    releases: Path, listener: tuple[int, list[bytes]]
) -> None:
    port, heard = listener
    pool = Pool(releases / "current" / "store", LIMITS)
    try:
        pool.run(Query("ASK {}"))
        if not all(worker.isolated for worker in pool._idle if worker.isolated is not None):
            pytest.skip("the system lets no process have a network of its own here")
        with pytest.raises(QueryError):
            pool.run(Query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))
        assert heard == []
    finally:
        pool.close()


def test_more_queries_than_workers_wait_their_turn(client: FlaskClient, live: Live) -> None:
    answers: list[bytes] = []
    pool = live.current().pool
    threads = [threading.Thread(target=lambda: answers.append(pool.run(Query("ASK {}")).body)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8


def test_a_pool_that_is_closed_leaves_no_process_behind(releases: Path) -> None:
    pool = Pool(releases / "current" / "store", Limits(workers=1))
    pool.run(Query("ASK {}"))
    processes = [worker._process for worker in pool._idle]
    assert len(processes) == 2, "one that answers and one in reserve"
    pool.close()
    assert all(process.poll() is not None for process in processes)


def test_a_worker_ends_when_nobody_is_at_the_other_end(releases: Path) -> None:
    """Whoever starts a worker may be killed; the closed pipe tells it."""
    pool = Pool(releases / "current" / "store", Limits(workers=1))
    pool.run(Query("ASK {}"))
    worker = pool._idle[0]
    worker._pipe.close()
    assert worker._process.wait(timeout=10) == 0
    pool.close()
    assert callable(worker_main)


def test_who_came_before_a_release_was_swapped_is_still_answered(releases: Path) -> None:
    pool = Pool(releases / "current" / "store", Limits(workers=1))
    pool.close()
    assert b"true" in pool.run(Query("ASK {}")).body
    assert not pool._idle, "the worker of the last answer has ended"


def test_a_store_that_cannot_be_opened_is_no_fault_of_the_query(tmp_path: Path) -> None:
    pool = Pool(tmp_path / "nothing", Limits(workers=1))
    try:
        with pytest.raises(ReleaseError, match="does not start"):
            pool.run(Query("ASK {}"))
    finally:
        pool.close()


def _protocol_requests(folder: Path) -> list[tuple[str, str, str, dict[str, str], bytes, str]]:
    """The query tests of the W3C suite: name, method, path, headers, body and the class of status expected."""
    ht = Namespace("http://www.w3.org/2011/http#")
    cnt = Namespace("http://www.w3.org/2011/content#")
    mf = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
    graph = rdflib.Graph().parse(folder / "manifest.ttl")
    entries = next(iter(graph.objects(None, mf.entries)))
    found = []
    for test in Collection(graph, entries):
        name = str(test).rpartition("#")[2]
        action = graph.value(test, mf.action)
        requests = graph.value(action, ht.requests)
        assert requests is not None
        for request in Collection(graph, requests):
            headers = {
                str(graph.value(header, ht.fieldName)): str(graph.value(header, ht.fieldValue))
                for field in graph.objects(request, ht.headers)
                for header in Collection(graph, field)
            }
            body = graph.value(request, ht.body)
            code = str(graph.value(body, cnt.characterEncoding) or "UTF-8")
            data = str(graph.value(body, cnt.chars)).encode(code) if body is not None else b""
            response = graph.value(request, ht.resp)
            status = [str(each).rpartition("StatusCode")[2] for each in graph.objects(response, mf.expectedStatus)]
            path = str(graph.value(request, ht.absolutePath)).replace("/sparql/", "/sparql")
            found.append(
                (name, str(graph.value(request, ht.methodName)), path, headers, data, ",".join(sorted(status)))
            )
    return found


def test_the_queries_of_the_w3c_protocol_suite_get_the_status_they_should(shared: Path, client: FlaskClient) -> None:
    """34 tests; those that need an update are left out, because this endpoint reads only."""
    wrong, seen = [], 0
    for name, method, path, headers, data, status in _protocol_requests(shared / "conformance" / "sparql-protocol"):
        if "update" in name:
            continue
        seen += 1
        response = client.open(path, method=method, headers=headers, data=data)
        if not any(str(response.status_code)[0] == each[0] for each in status.split(",")):
            wrong.append((name, response.status_code, status))
    assert wrong == []
    assert seen >= 18


def test_results_are_json_that_any_client_reads(client: FlaskClient) -> None:
    assert json.loads(ask(client, LABELS).data)["head"]["vars"] == ["s", "label"]
