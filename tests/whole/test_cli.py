"""The commands answer, with the exit codes of the contract, and name what is wrong with bad input."""

import json
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from clew.api.cli import main
from clew.api.service import Service
from clew.api.store import Home
from tests.whole.test_proofs import CASE

QUIET = {
    "id": "quiet",
    "as_of": "2026-02-01",
    "parties": [
        {"id": "it", "name": "Italian furniture maker", "kind": "company", "country": "IT", "roles": ["exporter"]},
        {"id": "ca", "name": "Canadian retailer", "kind": "company", "country": "CA", "roles": ["purchaser"]},
    ],
    "items": [{"id": "i1", "desc": "Office chairs", "hs": "940131", "codes": {"US": "EAR99"}, "origin": "IT"}],
    "transaction": {"type": "export", "date": "2026-02-01", "licences": []},
}


@pytest.fixture
def run(demo_home: Home, service: Service):  # type: ignore[no-untyped-def]
    def invoke(*args: str) -> Result:
        return CliRunner().invoke(main, ["--home", str(demo_home.path), *args])

    return invoke


def written(folder: Path, *cases: object) -> str:
    file = folder / "cases.yaml"
    file.write_text(yaml.safe_dump({"schema": "kg-compliance-cases/v1", "cases": list(cases)}), encoding="utf8")
    return str(file)


def test_check_exits_with_1_and_prints_one_object_a_case(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("check", written(tmp_path, CASE), "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["decision"] == "prohibit"
    assert set(answer) >= {"id", "as_of", "decision", "grade", "findings", "ownership", "missing", "release"}


def test_a_quiet_case_has_no_finding(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("check", written(tmp_path, QUIET), "--json")
    assert json.loads(result.stdout)["findings"] == []
    assert result.exit_code in (0, 3)


def test_proofs_written_by_check_are_verified(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    proof = tmp_path / "proof.jsonl"
    run("check", written(tmp_path, CASE), "--proof", str(proof))
    result = run("verify", str(proof))
    assert result.exit_code == 0, result.output
    assert "holds: US-OFAC-50-01 b" in result.output


def test_bad_input_exits_with_2_and_names_file_and_remedy(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "broken.yaml"
    file.write_text("cases: [", encoding="utf8")
    result = run("check", str(file))
    assert result.exit_code == 2
    assert "broken.yaml" in result.output


def test_an_unknown_case_id_is_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("check", written(tmp_path, CASE), "--case", "D999")
    assert result.exit_code == 2
    assert "`D999`" in result.output


def test_query_runs_a_named_query(run) -> None:  # type: ignore[no-untyped-def]
    result = run("query", "sanctions/links", "--json")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) >= 252


def test_load_tells_what_was_lost(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "sdn.csv"
    row = '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    file.write_bytes(row.encode() + b'37,"TRUNC')
    result = CliRunner().invoke(
        main, ["--home", str(tmp_path / "home"), "load", str(file), "--source", "us-sdn", "--taken", "2024-05-03"]
    )
    assert "2 read, 1 loaded, 1 quarantined" in result.output
    assert "sdn.csv:2" in result.output


def every_command() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in sorted(main.commands.items()):
        found += [(name, sub) for sub in sorted(command.commands)] if isinstance(command, click.Group) else [(name,)]
    return found


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_every_command_has_help_and_an_example(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert command == ("demo",) or "Example" in result.output
