"""The demo questions on real holdings: the Rusal and En+ restructuring of 2019, and the register of LLC CST."""

import csv
from datetime import date
from pathlib import Path

import pytest
from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.reasoner.ownership import Assessment, assess, read, sweep, view
from clew.tests.ownership.worlds import GRAPH, LAW, fact, interval, regime, regimes

RUSAL, ENPLUS, DERIPASKA = (mint("us-sdn", key) for key in ("24228", "24226", "24283"))
CST, ZAKHAROV, KALASHNIKOV = (mint("us-sdn", key) for key in ("45928", "45937", "16911"))
LISTED = {RUSAL: ("2018-04-06", "2019-01-27"), ENPLUS: ("2018-04-06", "2019-01-27"), DERIPASKA: ("2018-04-06", None)}


@pytest.fixture(scope="module")
def data(shared: Path) -> Dataset:
    found = Dataset()
    found.add(regimes(), LAW)
    statements = []
    with open(shared / "demo" / "ownership.csv", encoding="utf8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            node = mint("demo-holding", str(number))
            share = interval(row["percentage"])
            assert share is not None
            statements += [
                (node, RDF.type, CLEW.Holding),
                (node, CLEW.holder, _party(row["owner_id"], row["owner"])),
                (node, CLEW.heldIn, _party(row["asset_id"], row["asset"])),
                (node, CLEW.holdingKind, mint("holding-kind", "shares")),
                (node, CLEW.shareMinimum, share[0]),
                (node, CLEW.shareMaximum, share[1]),
            ]
            for term, day in ((CLEW.validFrom, row["valid_from"]), (CLEW.validUntil, row["valid_to"])):
                if day:
                    statements.append((node, term, date.fromisoformat(day)))
    for party, (since, until) in LISTED.items():
        entry = URIRef(f"{party}#listing")
        statements += [(party, CLEW.listing, entry), (entry, CLEW.onList, mint("list", "US-SDN"))]
        statements.append((entry, CLEW.validFrom, date.fromisoformat(since)))
        if until:
            statements.append((entry, CLEW.validUntil, date.fromisoformat(until)))
    found.add(statements, GRAPH)
    return found


def _party(ids: str, name: str) -> URIRef:
    for one in ids.split(";"):
        scheme, _, key = one.partition(":")
        if scheme in ("ofac", "inn"):
            return mint({"ofac": "us-sdn", "inn": "ru-inn"}[scheme], key)
    return mint("demo-party", name)


def ofac(data: Dataset, day: str, *seeds: URIRef) -> Assessment:
    return assess(read(data, date.fromisoformat(day)), regimes=[regime("us-ofac-50")], seeds=seeds or None)


def test_rusal_in_january_2019_is_not_caught_by_its_owners(data: Dataset) -> None:
    found = ofac(data, "2019-01-15").status(regime("us-ofac-50"), RUSAL)
    assert (found.status, found.minimum) == ("clear", 48_130_000)
    assert any("EN+" in reason or "24226" in reason for reason in found.reasons)


def test_enplus_is_caught_before_and_clear_after_the_sale_to_44_95(data: Dataset) -> None:
    before, after = (ofac(data, day).status(regime("us-ofac-50"), ENPLUS) for day in ("2019-01-15", "2019-03-01"))
    assert (before.status, before.minimum) == ("caught", 70_000_000)
    assert (after.status, after.minimum) == ("clear", 44_950_000)


def test_rusal_stays_clear_when_enplus_holds_more_than_half_but_is_not_caught_itself(data: Dataset) -> None:
    assert ofac(data, "2019-03-01").status(regime("us-ofac-50"), RUSAL).status == "clear"


@pytest.mark.parametrize("name", ["eu-freeze", "uk-freeze"])
def test_enplus_is_for_review_where_control_counts(data: Dataset, name: str) -> None:
    graph = read(data, date(2019, 3, 1))
    found = assess(graph, seeds=[DERIPASKA]).status(regime(name), ENPLUS)
    assert found.status == "review"
    assert "70 %" in found.reasons[0]
    assert "44.95 %" in found.reasons[0]


def test_cst_is_caught_whichever_version_of_the_register_is_right(data: Dataset) -> None:
    assessment = ofac(data, "2023-11-10", ZAKHAROV, KALASHNIKOV)
    found = assessment.status(regime("us-ofac-50"), CST)
    assert (found.status, found.minimum, found.maximum) == ("caught", 97_000_000, 98_000_000)
    proof = assessment.derive(regime("us-ofac-50"), CST, fact)
    assert "49 %" in proof.says
    assert "48 to 51 %" in proof.says


def test_cst_is_clear_when_only_kalashnikov_is_listed(data: Dataset) -> None:
    found = ofac(data, "2022-06-01", KALASHNIKOV).status(regime("us-ofac-50"), CST)
    assert (found.status, found.minimum, found.maximum) == ("clear", 49_000_000, 49_000_000)


def test_overlapping_rows_of_the_register_are_never_added_up(data: Dataset) -> None:
    graph = read(data, date(2022, 6, 1))
    stakes = [graph.stakes[number] for number in graph.stakes_in(graph.index[CST])]
    assert sum(stake.maximum for stake in stakes) == 103_000_000  # 49 + 51 + 2 + 1, where adding rows would give 201
    assert sum(stake.minimum for stake in stakes) == 100_000_000


def test_the_history_of_enplus_tells_when_and_why_it_changed(data: Dataset) -> None:
    changes = sweep(data, ENPLUS, [regime("us-ofac-50")])
    told = [(change.day, change.status) for change in changes]
    assert (date(2018, 4, 6), "caught") in told
    assert told[-1] == (date(2019, 1, 27), "clear")
    assert any("44.95 %" in cause and "begins" in cause for cause in changes[-1].causes)


def test_the_picture_of_rusal_shows_who_stands_above(data: Dataset) -> None:
    assessment = ofac(data, "2019-01-15")
    found = view(assessment.graph, assessment, RUSAL)
    assert {node.iri for node in found.nodes} >= {RUSAL, ENPLUS, DERIPASKA}
    held = {(edge.holder, edge.held): edge for edge in found.edges}
    assert held[DERIPASKA, ENPLUS].triggering == {"us-ofac-50"}
    assert held[ENPLUS, RUSAL].triggering == frozenset()
    assert held[ENPLUS, RUSAL].valid_until == date(2019, 2, 1)
    enplus = next(node for node in found.nodes if node.iri == ENPLUS)
    assert (enplus.lists, enplus.statuses) == (("US-SDN",), {"us-ofac-50": "caught"})
