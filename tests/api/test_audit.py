"""The audit log: every decision is in it, nothing in it can be changed unseen, and each can be made again.

Asked for by opensanctions/yente issue 1032: which data, which logic, who, when, and with what result.
"""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from clew.api.audit import (
    IDENTITY,
    RULE,
    SUPPRESSION,
    AuditDamaged,
    AuditUnwritable,
    Chain,
    Ledger,
)
from clew.api.audit.chain import GENESIS
from clew.api.cli import main
from clew.api.store import Home

from . import world
from .asked import good, problem
from .operated import installed, served
from .test_checks import CASE


@pytest.fixture
def home(tmp_path: Path, releases: Path) -> Home:
    return installed(tmp_path, releases)


@pytest.fixture
def asked(home: Home) -> Iterator[FlaskClient]:
    with served(home) as app:
        yield app.test_client()


def clew(home: Home, *args: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home.path), *args])


def filled(folder: Path, entries: int = 5) -> Chain:
    chain = Chain(folder)
    for number in range(entries):
        chain.append("check", "local", {"id": f"d{number}", "note": "ü\n"})
    return chain


def test_every_entry_carries_the_hash_of_the_one_before(tmp_path: Path) -> None:
    """The chain can be recomputed with nothing but SHA-256 and JSON."""
    chain = filled(tmp_path)
    before = GENESIS
    for line in chain.file.read_text(encoding="utf8").splitlines():
        raw = json.loads(line)
        content = {name: raw[name] for name in ("seq", "time", "kind", "who", "about")}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        before = hashlib.sha256((before + text).encode()).hexdigest()
        assert raw["hash"] == before
    assert chain.verify() == chain.verify(before)
    assert chain.verify().head == before


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda lines: [*lines[:2], lines[2].replace(b'"d2"', b'"dX"'), *lines[3:]], "entry 3 was changed"),
        (lambda lines: lines[:2] + lines[3:], "entry 4 does not follow"),
        (lambda lines: lines[1:], "entry 2 does not follow"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "entry 3 does not follow"),
        (lambda lines: lines[:-1], "ends at entry 4, but entry 5"),
        (lambda lines: [lines[0].replace(b":", b": ", 1), *lines[1:]], "entry 1 was changed"),
        (lambda lines: [b"nothing\n", *lines[1:]], "no entry"),
        (lambda lines: [], "ends at entry 0"),
    ],
)
def test_whatever_is_changed_in_the_log_is_seen(tmp_path: Path, harm, words: str) -> None:  # type: ignore[no-untyped-def]
    chain = filled(tmp_path)
    chain.file.write_bytes(b"".join(harm(chain.file.read_bytes().splitlines(keepends=True))))
    with pytest.raises(AuditDamaged, match=words):
        chain.verify()


def test_a_log_that_was_written_anew_does_not_hold_the_hash_noted_elsewhere(tmp_path: Path) -> None:
    """Somebody who can write can recompute the whole chain; only a hash kept elsewhere shows that."""
    noted = filled(tmp_path / "a").verify().head
    other = filled(tmp_path / "b", 6)
    other.verify()
    with pytest.raises(AuditDamaged, match="no entry has the hash"):
        other.verify(noted)


def test_a_line_that_a_crash_cut_off_is_set_aside_and_said(tmp_path: Path) -> None:
    chain = filled(tmp_path)
    with open(chain.file, "ab") as file:
        file.write(b'{"about":{"id":"half')
    assert chain.verify().torn == 20
    chain.append("check", "local", {"id": "next"})
    kinds = [entry.kind for entry in chain.entries()]
    assert kinds == ["check"] * 5 + ["repair", "check"]
    assert "half" in list(chain.entries())[5].about["text"]
    assert chain.verify().torn == 0


def test_nothing_is_added_behind_an_entry_that_was_changed(tmp_path: Path) -> None:
    chain = filled(tmp_path)
    chain.file.write_bytes(chain.file.read_bytes().replace(b'"d4"', b'"dX"'))
    with pytest.raises(AuditUnwritable, match="entry 5 was changed"):
        chain.append("check", "local", {})


def test_processes_and_threads_write_one_chain(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from clew.api.audit import Chain\n"
        "for n in range(20): Chain(Path(sys.argv[1])).append('check', sys.argv[2], {'n': n})"
    )
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    others = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], env=path) for name in "ab"]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: Chain(tmp_path).append("check", "threads", {"n": n}), range(40)))
    assert [other.wait(60) for other in others] == [0, 0]
    assert Chain(tmp_path).verify().entries == 80


def test_a_check_carries_its_decision_id_and_is_written_down(asked: FlaskClient, home: Home) -> None:
    first = good(asked.post("/v1/check", json=CASE))
    again = good(asked.post("/v1/check", json=CASE))
    other = good(asked.post("/v1/check", json={**CASE, "as_of": "2024-06-02"}))
    assert first["decision_id"] == again["decision_id"] != other["decision_id"]
    entries = list(Chain(home.audit).entries())
    assert [entry.about["id"] for entry in entries] == [one["decision_id"] for one in (first, again, other)]
    assert entries[0].about["decision"] == first["decision"]
    assert entries[0].about["release"] == first["release"]
    assert (entries[0].who, entries[0].kind) == ("local", "check")


def test_the_id_follows_from_everything_the_answer_rests_on(home: Home) -> None:
    from clew.api.audit import Decided

    answer = {"as_of": "2024-06-01", "release": "r", "rules_version": "v"}
    base = Decided({"id": "a"}, True, answer, "e")
    others = [
        Decided({"id": "b"}, True, answer, "e"),
        Decided({"id": "a"}, False, answer, "e"),
        Decided({"id": "a"}, True, answer, "f"),
        *(Decided({"id": "a"}, True, {**answer, name: "x"}, "e") for name in answer),
    ]
    assert len({one.id for one in (base, *others)}) == 7
    assert Decided({"id": "a"}, True, {**answer, "findings": [1]}, "e").id == base.id


def test_a_decision_that_cannot_be_written_down_is_not_given(asked: FlaskClient, home: Home) -> None:
    """Fail closed: what is not in the log was not decided."""
    good(asked.post("/v1/check", json=CASE))
    log = home.audit / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"local"', b'"loca1"'))
    content = problem(asked.post("/v1/check", json=CASE), 503, "audit log")
    assert "decision" not in content
    assert asked.get("/readyz").status_code == 503
    assert asked.get("/healthz").status_code == 200


def test_a_refused_case_is_no_decision(asked: FlaskClient, home: Home) -> None:
    problem(asked.post("/v1/check", json={"id": "x", "colour": "red"}), 422)
    assert Chain(home.audit).verify().entries == 0


def test_the_command_line_writes_its_checks_down_too(home: Home, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE), encoding="utf8")
    result = clew(home, "check", str(tmp_path / "case.json"), "--json")
    id = json.loads(result.stdout)["decision_id"]
    assert [entry.about["id"] for entry in Chain(home.audit).entries()] == [id]
    assert clew(home, "replay", id).exit_code == 0


def test_a_decision_is_made_again_to_the_byte_by_another_process(asked: FlaskClient, home: Home) -> None:
    id = good(asked.post("/v1/check", json=CASE))["decision_id"]
    command = [sys.executable, "-m", "clew.api.cli", "--home", str(home.path), "replay", id[:12], "--json"]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"}
    done = subprocess.run(command, env=path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["identical"], told["changed"], told["decision_id"]) == (True, [], id)


def test_a_replay_says_which_part_changed(asked: FlaskClient, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    id = good(asked.post("/v1/check", json=CASE))["decision_id"]
    monkeypatch.setattr("clew.api.audit.replay.engine_version", lambda: "0.9")
    told = clew(home, "replay", id)
    assert told.exit_code == 0
    assert "byte-identical" in told.output
    assert "engine was" in told.output
    rules = home.audit / "rules" / next(Chain(home.audit).entries()).about["rules_version"]
    file = next(rules.rglob("US-EL-01.ttl"))
    file.write_text(file.read_text(encoding="utf8").replace("severity:licence", "severity:prohibit"), encoding="utf8")
    told = clew(home, "replay", id)
    assert told.exit_code == 1
    assert "rules_version was" in told.output


def test_a_replay_uses_the_old_release_after_a_new_one_took_over(asked: FlaskClient, home: Home) -> None:
    made = good(asked.post("/v1/check", json=CASE))
    world.build(home.releases, (world.party("newcomer"), world.RDFS.label, "Newcomer SA"))
    assert good(asked.get("/healthz"))["release"] != made["release"]
    assert clew(home, "replay", made["decision_id"]).exit_code == 0
    shutil.rmtree(home.releases / made["release"])
    gone = clew(home, "replay", made["decision_id"])
    assert gone.exit_code == 2
    assert made["release"] in gone.output


def test_an_erased_case_leaves_the_chain_whole(asked: FlaskClient, home: Home) -> None:
    """Regulation (EU) 2016/679, article 17: a case may have to be erased; that it was decided stays."""
    id = good(asked.post("/v1/check", json=CASE))["decision_id"]
    shutil.rmtree(home.audit / "cases")
    assert clew(home, "audit", "verify").exit_code == 0
    assert "not kept" in clew(home, "replay", id).output
    assert "Buyer Ltd" not in (home.audit / "log.jsonl").read_text(encoding="utf8")


def test_the_log_is_handed_on_as_lines_and_as_a_table(asked: FlaskClient, home: Home) -> None:
    id = good(asked.post("/v1/check", json={**CASE, "id": "=2+2"}))["decision_id"]
    lines = clew(home, "audit", "export", "--jsonl").output
    assert lines == (home.audit / "log.jsonl").read_text(encoding="utf8")
    rows = list(csv.DictReader(io.StringIO(clew(home, "audit", "export", "--csv").output)))
    assert [row["id"] for row in rows] == [id]
    assert rows[0]["case"] == "'=2+2", "a spreadsheet would take this for a formula"
    assert clew(home, "audit", "export", "--since", "2999-01-01").output == ""


def test_the_command_verifies_against_a_noted_hash(asked: FlaskClient, home: Home) -> None:
    good(asked.post("/v1/check", json=CASE))
    head = json.loads(clew(home, "audit", "verify", "--json").output)["head"]
    good(asked.post("/v1/check", json=CASE))
    assert clew(home, "audit", "verify", "--head", head).exit_code == 0
    (home.audit / "log.jsonl").unlink()
    result = clew(home, "audit", "verify", "--head", head)
    assert result.exit_code == 2
    assert "ends at entry 0" in result.output


@pytest.mark.parametrize("kind", [SUPPRESSION, RULE, IDENTITY])
def test_decisions_of_people_are_written_down(tmp_path: Path, kind: str) -> None:
    ledger = Ledger(tmp_path)
    ledger.note(kind, {"reason": "another date of birth"}, who="key:1")
    (entry,) = ledger.chain.entries()
    assert (entry.kind, entry.who, entry.about["reason"]) == (kind, "key:1", "another date of birth")


def test_the_log_belongs_to_its_user_alone(tmp_path: Path) -> None:
    chain = filled(tmp_path / "audit")
    assert chain.file.stat().st_mode & 0o077 == 0
    assert chain.file.parent.stat().st_mode & 0o077 == 0
