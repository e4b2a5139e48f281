"""Ownership in and out in forms of others: BODS 0.2 to 0.4, GraphML."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from clew.dataset import Dataset
from clew.loaders.bods import Bods
from clew.ontology import CLEW, mint
from clew.reasoner.ownership import Assessment, assess, read, view
from clew.reasoner.ownership.export_bods import bods
from clew.reasoner.ownership.graphml import graphml
from clew.reasoner.ownership.model import Kind
from clew.tests.loaders.harvested import Loaded, harvested
from clew.tests.ownership.worlds import LAW, party, regimes, shorthand, world

DAY = date(2026, 11, 21)
Stakes = dict[tuple[str, str, Kind], tuple[int, int]]


def loaded(folder: Path, *statements: dict[str, Any]) -> Loaded:
    file = folder / "statements.json"
    file.write_text(json.dumps(statements), encoding="utf8")
    return harvested(Bods(), file)


def stakes(data: Dataset, day: date = DAY) -> Stakes:
    """Stakes by the names of holder and company."""
    graph = read(data, day)
    return {
        ("+".join(map(graph.label, one.holders)), graph.label(one.company), one.kind): (one.minimum, one.maximum)
        for one in graph.stakes
    }


def entity(key: str) -> dict[str, Any]:
    details = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": key}
    return record(key, "entity", details)


def record(
    key: str, kind: str, details: dict[str, Any], day: str = "2020-01-01", status: str = "new"
) -> dict[str, Any]:
    return {
        "statementId": f"{key}-{day}",
        "statementDate": day,
        "recordId": key,
        "recordStatus": status,
        "recordType": kind,
        "recordDetails": details,
    }


def relationship(*interests: dict[str, Any], day: str = "2020-01-01", status: str = "new") -> dict[str, Any]:
    details = {"isComponent": False, "subject": "A", "interestedParty": "P", "interests": list(interests)}
    return record("r", "relationship", details, day, status)


def shares(share: object = None, level: str = "direct", **more: object) -> dict[str, Any]:
    found = {"type": "shareholding", "directOrIndirect": level, **more}
    return found if share is None else {**found, "share": share}


@pytest.mark.parametrize(
    ("share", "ends"),
    [
        ({"exact": 33.333333}, (33_333_333, 33_333_333)),
        ({"minimum": 25, "exclusiveMaximum": 50}, (25_000_000, 49_999_999)),
        ({"exclusiveMinimum": 25, "maximum": 50}, (25_000_001, 50_000_000)),
        ({"minimum": 25, "exclusiveMinimum": True, "maximum": 50, "exclusiveMaximum": False}, (25_000_001, 50_000_000)),
        ({"minimum": 75}, (75_000_000, 100_000_000)),
        (None, (0, 100_000_000)),
    ],
)
def test_shares_and_bands_are_read_exactly(tmp_path: Path, share: object, ends: tuple[int, int]) -> None:
    found = loaded(tmp_path, entity("A"), entity("P"), relationship(shares(share)))
    assert stakes(found.data) == {("P", "A", Kind.SHARES): ends}


def test_an_indirect_interest_never_counts_beside_its_chain(shared: Path) -> None:
    """BODS 0.4 example: 60 % through a company, and the 30 % that its publisher multiplied."""
    found = harvested(Bods(), shared / "ownership" / "bods" / "indirect-ownership.json")
    assert stakes(found.data) == {
        ("Company B", "Company A", Kind.SHARES): (60_000_000, 60_000_000),
        ("Person 1", "Company B", Kind.SHARES): (0, 100_000_000),
    }


def test_later_statements_of_a_record_replace_earlier_ones(shared: Path) -> None:
    """Fermcat: 50 + 50, one partner replaced on a stated day, then 100 for one since some day of half a year."""
    data = harvested(Bods(), shared / "ownership" / "bods" / "fermcat.json").data
    half, whole = (50_000_000, 50_000_000), (100_000_000, 100_000_000)
    first = {("Riyadh Byrne-Amin", "Fermcat Ltd", Kind.SHARES): half}
    other = {("Patrick O'Donohue", "Fermcat Ltd", Kind.SHARES): half}
    after = {("Declan Byrne-Amin", "Fermcat Ltd", Kind.SHARES): half}
    assert stakes(data, date(2020, 1, 1)) == first | other
    assert stakes(data, date(2021, 4, 3)) == after | other
    assert stakes(data, date(2021, 12, 1))["Patrick O'Donohue", "Fermcat Ltd", Kind.SHARES] == (half[0], whole[0])
    assert stakes(data, date(2022, 1, 21)) == {("Patrick O'Donohue", "Fermcat Ltd", Kind.SHARES): whole}


@pytest.mark.parametrize(
    "name", ["01-direct-ownership", "11-anonymous-person", "joint-ownership", "levent", "nomination"]
)
def test_every_example_of_the_standard_is_read_without_loss(shared: Path, name: str) -> None:
    found = harvested(Bods(), shared / "ownership" / "bods" / f"{name}.json")
    assert not found.reasons()
    assert found.harvest.loaded == found.harvest.read > 1


def test_a_holder_that_is_not_named_is_a_remark_of_the_company(shared: Path) -> None:
    found = harvested(Bods(), shared / "ownership" / "bods" / "11-anonymous-person.json")
    company = mint("bods", "rec-opaque-holdings-sa")
    assert any("subjectUnableToConfirm" in str(words) for words in found.data.objects(company, CLEW.remark))


def test_older_versions_of_the_standard_are_read_as_the_new_one(tmp_path: Path) -> None:
    def old(key: str, kind: str, **more: object) -> dict[str, Any]:
        return {"statementID": key, "statementType": kind, "statementDate": "2020-01-01", **more}

    found = loaded(
        tmp_path,
        old("a1", "entityStatement", name="A", entityType="registeredEntity"),
        old("p1", "personStatement", names=[{"fullName": "P"}]),
        old(
            "r1",
            "ownershipOrControlStatement",
            subject={"describedByEntityStatement": "a1"},
            interestedParty={"describedByPersonStatement": "p1"},
            interests=[
                {"type": "voting-rights", "interestLevel": "direct", "share": {"minimum": 25, "exclusiveMinimum": True}}
            ],
        ),
    )
    assert stakes(found.data) == {("P", "A", Kind.VOTES): (25_000_001, 100_000_000)}


@pytest.mark.parametrize("share", [{"exact": 140}, {"minimum": 60, "maximum": 40}, {"exact": "much"}])
def test_a_share_that_cannot_be_is_quarantined_and_nothing_else(tmp_path: Path, share: object) -> None:
    found = loaded(tmp_path, entity("A"), entity("P"), relationship(shares(share)))
    assert found.harvest.loaded == 2
    assert len(found.reasons()) == 1


def test_a_file_that_is_cut_off_loses_its_last_statement_only(tmp_path: Path) -> None:
    file = tmp_path / "cut.json"
    file.write_text(json.dumps([entity("A"), entity("B")])[:-30], encoding="utf8")
    found = harvested(Bods(), file)
    assert (found.harvest.read, found.harvest.loaded, len(found.reasons())) == (2, 1, 1)


def test_one_statement_a_line_is_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    lines = [entity("A"), entity("P"), relationship(shares({"exact": 5}))]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    assert stakes(harvested(Bods(), file).data) == {("P", "A", Kind.SHARES): (5_000_000, 5_000_000)}


GROUP = {
    "listed": {"X": "US-SDN"},
    "persons": ["X"],
    "holds": [
        "X A 33.333333 2020-01-01..2027-01-01",
        "X A 60 votes",
        "Z A (25,50]",
        "A B [50,75)",
        "Z B ?",
        "X&Z C 100",
        "A C ? control",
    ],
}


def assessed() -> Assessment:
    return assess(read(world(shorthand(GROUP)), DAY))


def test_what_is_written_as_bods_is_read_again_as_the_same_stakes(tmp_path: Path) -> None:
    found = assessed()
    written = bods(found.graph, range(len(found.graph.parties)))
    assert {one["publicationDetails"]["bodsVersion"] for one in written} == {"0.4"}
    assert len({one["statementId"] for one in written}) == len(written)
    records = {one["recordId"] for one in written}
    for one in written:
        if one["recordType"] == "relationship":
            assert {one["recordDetails"]["subject"], one["recordDetails"]["interestedParty"]} <= records
    again = stakes(loaded(tmp_path, *written).data)
    alone = {key: ends for key, ends in stakes(world(shorthand(GROUP))).items() if "+" not in key[0]}
    assert alone.items() <= again.items()
    assert again["Joint holding", "C", Kind.SHARES] == (100_000_000, 100_000_000)
    assert {key[0] for key in again if key[1] == "Joint holding"} == {"X", "Z"}


def test_graphml_carries_shares_and_states() -> None:
    found = assessed()
    graph = nx.read_graphml(BytesIO(graphml(view(found.graph, found, party("B"))).encode()), force_multigraph=True)
    assert (
        graph.nodes["case:test#B"]["status us-ofac-50"] == found.status(mint("regime", "us-ofac-50"), party("B")).status
    )
    assert {data["minimum"] for _, _, data in graph.in_edges("case:test#B", data=True)} == {0, 50_000_000}


def test_the_law_beside_bods_statements_gives_verdicts(tmp_path: Path) -> None:
    data = loaded(tmp_path, entity("A"), entity("P"), relationship(shares({"exact": 50}))).data
    data.add(regimes(), LAW)
    entry = mint("bods", "P", part="listing")
    data.add([(mint("bods", "P"), CLEW.listing, entry), (entry, CLEW.onList, mint("list", "US-SDN"))], LAW)
    assert assess(read(data, DAY)).status(mint("regime", "us-ofac-50"), mint("bods", "A")).status == "caught"
