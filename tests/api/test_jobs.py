"""Many cases at once: each is answered as if it had come alone, through crashes of workers and of the server."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from clew.api.audit import Chain
from clew.api.jobs import Table
from clew.api.jobs.table import ATTEMPTS, Done
from clew.api.keys import CHECK, Keys
from clew.api.store import Home

from . import world
from .asked import good, problem
from .operated import installed, served
from .test_checks import CASE

LINES = "application/x-ndjson"
SERVE = """
import sys, time
from pathlib import Path
from clew.api.app import create_app
from clew.api.operation import Operation
from clew.api.store import Home
home = Home(Path(sys.argv[1]))
app = create_app(home.releases, operation=Operation(home, allowance=None))
time.sleep(600)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, releases: Path) -> Home:
    return installed(Path(tmp_path_factory.mktemp("jobs")), releases)


@pytest.fixture(scope="module")
def served_app(home: Home) -> Iterator[Flask]:
    with served(home) as app:
        yield app


@pytest.fixture
def asked(served_app: Flask) -> FlaskClient:
    return served_app.test_client()


def lines(*cases: object) -> bytes:
    return b"".join(json.dumps(case).encode() + b"\n" for case in cases)


def numbered(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [{**CASE, "id": f"T{number}"} for number in range(start, start + count)]


def within(seconds: float, true: Callable[[], Any]) -> Any:
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)
    return found


def finished(client: FlaskClient, address: str, **more: Any) -> dict[str, Any]:
    def done() -> dict[str, Any] | None:
        told: dict[str, Any] = client.get(address, **more).get_json()
        return told if told["state"] == "done" else None

    found: dict[str, Any] = within(90, done)
    return found


def results(client: FlaskClient, told: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in client.get(told["results"]).get_data(as_text=True).splitlines()]


def test_each_case_is_answered_as_if_it_had_come_alone(asked: FlaskClient, home: Home) -> None:
    body = (
        lines(CASE, {"id": "x", "colour": "red"})
        + b"{nonsense\n\n"
        + lines({**CASE, "id": "T2", "as_of": "2024-05-01"})
    )
    response = asked.post("/v1/check/batch", data=body, content_type=LINES)
    assert response.status_code == 202, response.get_data(as_text=True)
    assert response.get_json()["total"] == 4
    told = finished(asked, response.headers["Location"])
    assert (told["done"], told["failed"]) == (4, 2)
    found = results(asked, told)
    assert [(one["number"], one["status"]) for one in found] == [(1, 200), (2, 422), (3, 400), (4, 200)]
    assert found[0]["answer"] == good(asked.post("/v1/check", json=CASE)) | {
        "rules_version": found[0]["answer"]["rules_version"]
    }
    assert found[1]["problem"]["errors"][0]["pointer"] == "#/colour"
    assert "no JSON" in found[2]["problem"]["detail"]
    assert found[3]["answer"]["as_of"] == "2024-05-01"
    logged = {entry.about["id"] for entry in Chain(home.audit).entries() if entry.about.get("job") == told["id"]}
    assert logged == {one["answer"]["decision_id"] for one in found if "answer" in one}
    later = asked.get(told["results"], query_string={"after": 3}).get_data(as_text=True).splitlines()
    assert len(later) == 1


def test_a_case_file_is_taken_as_it_stands(asked: FlaskClient) -> None:
    """The same file that `clew check` takes: parts that are not well formed are set aside and said."""
    file = {"schema": "kg-compliance-cases/v1", "as_of": "2024-06-01", "cases": [
        {key: value for key, value in CASE.items() if key != "as_of"},
        {**CASE, "id": "T2", "ownership": [{"owner": "seller", "owned": "buyer", "percent": "120"}]},
    ]}  # fmt: skip
    response = asked.post("/v1/check/batch", data=yaml.safe_dump(file), content_type="application/yaml")
    found = results(asked, finished(asked, response.headers["Location"]))
    assert [one["status"] for one in found] == [200, 200]
    assert found[0]["answer"]["as_of"] == "2024-06-01"
    assert "US-EL-01" in {one["rule"] for one in found[0]["answer"]["findings"]}
    assert "120" in found[1]["answer"]["problems"][0]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"", LINES, 422), (b"{}", "application/json", 415), (b"id: [", "application/yaml", 422),
     (b"cases: 7", "application/yaml", 422), (b"{}\n" * 10_001, LINES, 422), (b"x" * 34_000_000, LINES, 413)],
)  # fmt: skip
def test_a_batch_that_is_none_is_refused(asked: FlaskClient, body: bytes, kind: str, status: int) -> None:
    problem(asked.post("/v1/check/batch", data=body, content_type=kind), status)


def test_the_same_request_sent_again_gives_the_same_job(asked: FlaskClient) -> None:
    """Idempotency-Key as drafted by the IETF HTTPAPI group: a second use with another body is refused."""
    key = {"Idempotency-Key": "order-4711"}
    first, again = (
        asked.post("/v1/check/batch", data=lines(CASE), content_type=LINES, headers=key).headers["Location"]
        for _ in range(2)
    )
    assert first == again
    other = asked.post("/v1/check/batch", data=lines({**CASE, "id": "x"}), content_type=LINES, headers=key)
    problem(other, 422, "another request")
    finished(asked, first)


def test_progress_is_told_as_events_until_the_end(asked: FlaskClient) -> None:
    """HTML Living Standard, 9.2: server-sent events."""
    address = asked.post("/v1/check/batch", data=lines(*numbered(3)), content_type=LINES).headers["Location"]
    response = asked.get(f"{address}/events")
    assert response.mimetype == "text/event-stream"
    events = [block.split("\n") for block in response.get_data(as_text=True).strip().split("\n\n")]
    assert events[-1][0] == "event: done"
    assert json.loads(events[-1][1].removeprefix("data: "))["done"] == 3
    counts = [json.loads(event[1].removeprefix("data: "))["done"] for event in events]
    assert counts == sorted(counts)
    assert "ETag" not in asked.get(address).headers, "a job changes, a release does not"


def test_a_job_is_seen_by_who_asked_for_it_alone(home: Home, served_app: Flask) -> None:
    (_, one), (_, two) = (Keys(home.keys).add(name, (CHECK,)) for name in "ab")
    client = served_app.test_client()
    mine = {"Authorization": f"Bearer {one}"}
    try:
        posted = client.post("/v1/check/batch", data=lines(CASE), content_type=LINES, headers=mine)
        address = posted.headers["Location"]
        finished(client, address, headers=mine)
        for path in (address, f"{address}/results", f"{address}/events"):
            problem(client.get(path, headers={"Authorization": f"Bearer {two}"}), 404)
        assert client.delete(address, headers=mine).status_code == 204
        problem(client.get(address, headers=mine), 404)
    finally:
        home.keys.unlink()


def test_all_cases_of_a_job_are_answered_from_the_release_it_came_to(tmp_path: Path, releases: Path) -> None:
    """A release that takes over meanwhile is for later jobs; no job mixes two."""
    home = installed(tmp_path, releases)
    with served(home) as app:
        client = app.test_client()
        posted = client.post("/v1/check/batch", data=lines(*numbered(2)), content_type=LINES)
        before = posted.get_json()["release"]
        world.build(home.releases, (world.party("newcomer"), world.RDFS.label, "Newcomer SA"))
        told = finished(client, posted.headers["Location"])
        assert {one["answer"]["release"] for one in results(client, told)} == {before}
        assert told["release"] == before != good(client.get("/healthz"))["release"]


def test_a_job_survives_the_death_of_server_and_worker(tmp_path: Path, releases: Path) -> None:
    """kill -9 of the server in the middle: its worker ends with it, the next server goes on, no answer is lost."""
    home = installed(tmp_path, releases)
    table = Table(home.jobs / "jobs.sqlite")
    cases = [(json.dumps(case).encode(), True) for case in numbered(12)]
    release = (home.releases / "current").resolve().name
    about = {"owner": "local", "release": release, "rules_version": "r", "as_of": "2024-06-01"}
    id, _ = table.add(cases, keep=3600, request="r", **about)  # type: ignore[arg-type]

    def progress() -> int:
        job = table.job(id)
        assert job
        return job.done

    def start() -> subprocess.Popen[bytes]:
        path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.Popen([sys.executable, "-c", SERVE, str(home.path)], env=path)

    first = start()
    within(60, lambda: progress() >= 1)
    first.kill()
    first.wait()
    time.sleep(1.5)  # longer than a case takes: the worker must have noticed
    stopped = progress()
    time.sleep(1.5)
    assert progress() == stopped < 12, "the worker goes on without its server"
    second = start()
    try:
        within(90, lambda: progress() == 12)
    finally:
        second.kill()
        second.wait()
    found = list(table.results(id))
    assert [done.number for done in found] == list(range(1, 13))
    assert {done.status for done in found} == {200}
    assert Chain(home.audit).verify().entries in (12, 13), "a case may be decided twice, with the same id"
    assert len({entry.about["id"] for entry in Chain(home.audit).entries()}) == 12


def test_a_worker_that_dies_costs_a_try_and_its_case_is_done_by_the_next(asked: FlaskClient, served_app: Flask) -> None:
    jobs = served_app.extensions["clew.operation"].jobs
    posted = asked.post("/v1/check/batch", data=lines(*numbered(6, 100)), content_type=LINES)
    within(60, lambda: asked.get(posted.headers["Location"]).get_json()["done"] >= 1)
    (worker,) = jobs._workers.values()
    os.kill(worker.pid, signal.SIGKILL)
    told = finished(asked, posted.headers["Location"])
    assert (told["done"], told["failed"]) == (6, 0)


def test_a_case_that_kills_every_worker_gets_a_problem_and_stops_no_other(tmp_path: Path) -> None:
    table = Table(tmp_path / "jobs.sqlite")
    id, _ = table.add(
        [(b"1", True), (b"2", True)], owner="o", release="r", rules_version="", as_of="", keep=9, request=""
    )
    for attempt in range(ATTEMPTS):
        taken = table.take(f"w{attempt}")
        assert taken
        assert taken.number == 1
        table.give_back(lambda tries: f'"{tries} times"', f"w{attempt}")
    assert [(done.number, done.status, done.result) for done in table.results(id)] == [(1, 500, '"3 times"')]
    other = table.take("w")
    assert other
    assert other.number == 2
    table.give_back(lambda tries: "", "w", blame=False)
    table.take("w2")
    table.finish(id, Done(2, 200, "{}"))
    job = table.job(id)
    assert job
    assert (job.state, job.failed) == ("done", 1)


def test_jobs_take_turns(tmp_path: Path) -> None:
    """Two cases do not wait behind ten thousand."""
    now = [0.0]
    table = Table(tmp_path / "jobs.sqlite", clock=lambda: now[0])
    about = {"owner": "o", "release": "r", "rules_version": "", "as_of": ""}
    ids = []
    for size in (50, 2):
        now[0] += 1
        ids.append(table.add([(b"x", True)] * size, keep=999, request="", **about)[0])  # type: ignore[arg-type]
    taken = []
    for _ in range(4):
        now[0] += 1
        case = table.take("w")
        assert case
        taken.append(ids.index(case.job))
    assert taken == [0, 1, 0, 1]


def test_a_job_is_erased_when_its_time_is_over(tmp_path: Path) -> None:
    now = [0.0]
    table = Table(tmp_path / "jobs.sqlite", clock=lambda: now[0])
    id, _ = table.add([(b"x", True)], owner="o", release="r", rules_version="", as_of="", keep=60, request="")
    table.erase()
    assert table.job(id)
    now[0] = 61.0
    assert table.job(id) is None
    table.erase()
    assert table.states() == {}


def test_a_service_that_keeps_nothing_has_no_jobs(client: FlaskClient) -> None:
    problem(client.post("/v1/check/batch", data=lines(CASE), content_type=LINES), 503, "keeps no jobs")
