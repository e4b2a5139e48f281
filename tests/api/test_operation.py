"""Operation: several server processes, a swap without a failed request, figures, logs, and whether it is ready."""

import http.client
import importlib.util
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from clew.api.audit import Chain
from clew.api.keys import READ, Keys
from clew.api.logs import JsonLines
from clew.api.serve import command, environment
from clew.api.store import Home

from . import world
from .asked import good
from .operated import installed, served
from .test_checks import CASE

needs_gunicorn = pytest.mark.skipif(importlib.util.find_spec("gunicorn") is None, reason="gunicorn is not installed")


@pytest.fixture
def home(tmp_path: Path, releases: Path) -> Home:
    return installed(tmp_path, releases)


@contextmanager
def workers(home: Home, count: int) -> Iterator[tuple[int, list[str]]]:
    """Serve an installation under gunicorn as `clew serve --workers` does; yields the port and the lines of its log."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log: list[str] = []
    with subprocess.Popen(
        command("127.0.0.1", port, count),
        env={**environment(home, False, os.environ), "CLEW_RATE": "0"},
        stderr=subprocess.PIPE,
        text=True,
        cwd=home.path,
    ) as server:
        assert server.stderr
        lines = server.stderr
        reader = threading.Thread(target=lambda: log.extend(lines))
        reader.start()
        try:
            _wait(port, log)
            yield port, log
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                assert server.wait(40) == 0, "".join(log[-20:])
            finally:
                server.kill()
                reader.join(10)


def _wait(port: int, log: list[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if ask(port, "/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not come up: " + "".join(log[-20:]))


def ask(port: int, path: str, method: str = "GET", body: object = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@needs_gunicorn
def test_a_swap_under_load_in_two_processes_fails_no_request(home: Home) -> None:
    """Both processes move to the new release, every answer is from one release, and the figures of both add up."""
    with workers(home, 2) as (port, log):
        seen: list[tuple[int, str]] = []
        over = threading.Event()

        def load() -> None:
            while not over.is_set():
                status, body = ask(port, "/v1/entities?q=newcomer")
                found = json.loads(body)
                names = [hit["id"] for hit in found.get("entities", [])]
                seen.append((status, f"{found['release']} {names}"))

        callers = [threading.Thread(target=load) for _ in range(3)]
        for caller in callers:
            caller.start()
        time.sleep(1)
        newcomer = world.party("newcomer")
        world.build(
            home.releases, (newcomer, world.RDFS.label, "Newcomer SA"), (newcomer, world.CLEW.hasName, newcomer)
        )
        new = (home.releases / "current").resolve().name
        end = time.monotonic() + 30
        while time.monotonic() < end and Counter(said for _, said in seen[-30:])[f"{new} ['demo:newcomer']"] < 30:
            time.sleep(0.2)
        over.set()
        for caller in callers:
            caller.join()
        assert {status for status, _ in seen} == {200}
        kinds = {said for _, said in seen}
        assert len(kinds) == 2, f"an answer mixes two releases: {kinds}"
        assert f"{new} ['demo:newcomer']" in kinds
        figures = ask(port, "/metrics")[1].decode()
    counted = re.search(r'clew_requests_total\{method="GET",route="/v1/entities",status="200"\} (\S+)', figures)
    assert counted
    assert float(counted[1]) == len(seen), "the processes are not added up"
    lines = [json.loads(line) for line in log]
    pids = {line["pid"] for line in lines if line["logger"] == "clew.access"}
    assert len(pids) == 2, "only one process answered"
    assert not [line for line in lines if line["level"] in ("error", "critical")]


@needs_gunicorn
def test_decisions_of_two_processes_stand_in_one_chain(home: Home) -> None:
    with workers(home, 2) as (port, _):
        answers: list[tuple[int, bytes]] = []
        callers = [
            threading.Thread(target=lambda: answers.append(ask(port, "/v1/check", "POST", CASE))) for _ in range(6)
        ]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
    assert [status for status, _ in answers] == [200] * 6
    assert len({body for _, body in answers}) == 1, "two processes answer the same case otherwise"
    assert Chain(home.audit).verify().entries == 6


def test_figures_count_requests_by_route_and_never_by_name(home: Home) -> None:
    with served(home) as app:
        client = app.test_client()
        good(client.get("/v1/entities/demo:aurora"))
        good(client.post("/v1/check", json=CASE))
        client.get("/nobody-knows-this")
        text = client.get("/metrics").get_data(as_text=True)
    assert re.search(r'clew_requests_total\{.*route="/v1/entities/<[^"]*id>",status="200"\} [1-9]', text)
    assert re.search(r'clew_decisions_total\{decision="\w+"\} [1-9]', text)
    assert re.search(r'clew_release_info\{release="2024-06-01-\w+",rules_version="rules-1"\} 1\.0', text)
    assert re.search(r'clew_request_seconds_bucket\{le="0.1",route="/v1/check"\}', text)
    assert "aurora" not in text
    assert "nobody-knows" not in text


def test_ready_says_what_is_watched(home: Home) -> None:
    with served(home) as app:
        client = app.test_client()
        assert good(client.get("/readyz"))["keys"] is False
        Keys(home.keys).add("a", (READ,))
        told = good(client.get("/readyz"))
        assert (told["status"], told["keys"], told["audit"]) == ("ready", True, True)


def test_a_line_of_the_log_is_json_with_the_request_and_without_what_was_asked(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="clew.access")
    client.get("/v1/entities?q=Ivan+Demin", headers={"X-Request-Id": "order-9", "X-API-Key": "clew_secret_x"})
    lines = [JsonLines().format(record) for record in caplog.records]
    (line,) = [json.loads(line) for line in lines]
    assert (line["method"], line["route"], line["status"], line["who"]) == ("GET", "/v1/entities", 200, "local")
    assert line["request"] == "order-9"
    assert line["ms"] >= 0
    assert "Demin" not in lines[0]
    assert "secret" not in lines[0]


def test_an_error_in_the_log_is_one_line() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed: %s", ("a\nb",), sys.exc_info())
    text = JsonLines().format(record)
    assert "\n" not in text
    assert "ValueError" in json.loads(text)["error"]


def test_the_address_of_gunicorn_may_be_of_either_kind() -> None:
    assert "[::1]:80" in command("::1", 80, 1)
    assert "127.0.0.1:80" in command("127.0.0.1", 80, 1)
