"""The published case of the demo set through the commands: analog-to-digital converters from the US to Iran in 2015.

The indictment unsealed on 2023-12-19 names France and Hong Kong as stations. The demo set states the route and no fact
against what was declared, so the chain is possible and no more.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clew.api.cli import main
from clew.api.route_cli import CONVENTIONS
from clew.api.store import Home
from clew.loaders.demo import FILES, Demo
from clew.loaders.reference import reference_harvests
from clew.loaders.source import Harvest, Snapshot
from clew.ontology import mint, uncurie
from clew.reasoner.render import read_derivation
from clew.reasoner.routes import Convention
from clew.reasoner.verify import Verifier
from clew.release import Release, building, open_release

from .conftest import TABLES

SHIPMENTS = ("parties", "events", "snapshots", "ownership", "shipments")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A release of the demo set with the tables of law that routes are judged by, and no closure."""
    made = Home(Path(tmp_path_factory.mktemp("routes")))
    made.path.mkdir(exist_ok=True)
    files = tuple(file for file in FILES if file.stem in SHIPMENTS)
    harvest = Harvest(Snapshot(Demo.source, date(2026, 7, 31), files))
    with building(made.releases, "2026-07-31") as work:
        work.write("source-demo", harvest.statements(Demo()), harvest.snapshot.graph)
        for table, statements in reference_harvests():
            if table.snapshot.source.id in TABLES:
                work.write(f"reference-{table.snapshot.source.id}", statements, table.snapshot.graph)
    return made


@pytest.fixture(scope="module")
def release(home: Home) -> Release:
    return open_release(home.releases)


def run(home: Home, *args: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home.path), *args])


def test_the_published_case_is_a_possible_chain_with_its_path(home: Home, release: Release) -> None:
    result = run(home, "diversion", "--goods", "854239", "--json")
    assert result.exit_code == 3, result.output
    found = json.loads(result.output)
    chains = {one["law"]: one for one in found["diversions"]}
    american = chains["us"]
    assert american["strength"] == "possible"
    assert american["path"][:-1] == [
        "demo:S1#exporter", "place:US", "demo:S1#intermediate_1", "place:FR", "us-sdn:45720", "place:HK",
        "us-sdn:46908", "place:IR",
    ]  # fmt: skip
    assert american["contradictions"] == []
    assert american["not_known"] == ["a fact that contradicts what was declared, or that somebody knew"]
    assert found["not_stated"]["no date"] == found["shipments"]
    for one in chains.values():
        assert Verifier(release.data, {}).verify(read_derivation(one["explanation"])).steps == 1


def test_a_route_of_the_release_is_judged_leg_by_leg_on_its_own_day(home: Home, release: Release) -> None:
    result = run(home, "route", "demo:S1#consignment", "--json")
    assert result.exit_code == 1, result.output
    found = json.loads(result.output)
    assert found["as_of"] == "2015-09-30"
    grounds = {(reason["ground"], reason["subject"]) for reason in found["reasons"]}
    assert ("embargoed-place", "place:IR") in grounds
    assert not [reason for reason in found["reasons"] if reason["ground"] == "diversion-place"]  # no notice before 2022
    assert [one["law"] for one in found["chains"]] == ["eu", "us"]
    for reason in found["reasons"]:
        Verifier(release.data, {}).verify(read_derivation(reason["explanation"]))


def test_a_transaction_is_asked_about_like_its_consignment(home: Home) -> None:
    one, other = (run(home, "route", f"demo:S1#{part}", "--json") for part in ("transaction", "consignment"))
    assert json.loads(one.output)["reasons"] == json.loads(other.output)["reasons"]


def test_words_say_the_same_as_json(home: Home) -> None:
    said = run(home, "diversion", "--from", "2015-01-01", "--window", "30")
    assert "demo:S1#exporter -> place:US" in said.output
    assert "no quantity:" in said.output
    assert "final shipments can be reached" in said.output
    assert "embargoed-place [certain]" in run(home, "route", "demo:S1#consignment").output


def test_a_case_file_is_judged_beside_the_release(home: Home, tmp_path: Path) -> None:
    case = {
        "id": "lathe",
        "as_of": "2024-06-01",
        "parties": [
            {"id": "maker", "name": "Maker AG", "kind": "company", "country": "DE", "roles": ["exporter"]},
            {"id": "dealer", "name": "Dealer", "kind": "company", "country": "TR", "roles": ["purchaser"]},
            {"id": "plant", "name": "Plant", "kind": "company", "country": "RU", "roles": ["end_user"]},
        ],
        "items": [
            {"id": "i1", "desc": "chips", "hs": "854231", "origin": "DE", "qty": 1, "unit": "piece"}
            | {"declared": {"desc": "toys", "hs": "950300"}}
        ],
        "transaction": {"type": "export", "date": "2024-06-01"},
        "route": [
            {"seq": 1, "from": {"place": "Hamburg", "country": "DE"}, "to": {"place": "Mersin", "country": "TR"}}
            | {"date": "2024-06-01", "consignee": "dealer"},
            {"seq": 2, "from": {"place": "Mersin", "country": "TR"}, "to": {"place": "Moscow", "country": "RU"}}
            | {"date": "2024-06-20", "consignee": "plant"},
        ],
    }
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf8")
    result = run(home, "route", str(file), "--json")
    assert result.exit_code == 1, result.output
    found = json.loads(result.output)
    assert [(one["law"], one["strength"]) for one in found["chains"]] == [("eu", "strong")]
    assert [each["kind"] for each in found["chains"][0]["contradictions"]] == ["hs"]
    assert found["chains"][0]["path"][:3] == ["maker", "place:DE", "dealer"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("route", "demo:S99#consignment"), "has no consignment `demo:S99#consignment`"),
        (("route", "nonsense"), "`nonsense` is no id"),
        (("diversion", "--from", "yesterday"), "yesterday"),
        (("diversion", "--window", "-1"), "-1"),
    ],
)
def test_bad_input_is_named(home: Home, args: tuple[str, ...], message: str) -> None:
    result = run(home, *args)
    assert result.exit_code == 2
    assert message in result.output


def test_every_convention_can_be_asked_for() -> None:
    assert tuple(each.value for each in Convention) == CONVENTIONS
    assert uncurie("place:IR") == mint("place", "IR")
