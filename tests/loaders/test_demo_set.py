"""The demo set says what its sources say, with windows, holdings and consignments that can be asked about."""

import csv
from datetime import date
from pathlib import Path

import pytest

from clew.errors import LoadError
from clew.loaders.demo import FILES, Demo
from clew.loaders.us_csl import UsCsl
from clew.ontology import CLEW, mint
from clew.tests.loaders.harvested import Loaded, harvested, written

FOLDER = FILES[0].parent


@pytest.fixture(scope="module")
def demo() -> Loaded:
    return harvested(Demo(), *FILES)


def window(demo: Loaded, number: int) -> dict[str, object]:
    """Return the dates of a listing by the names of their terms."""
    dates = "clew:validFrom clew:validFromLatest clew:validUntil clew:validUntilEarliest"
    rows = demo.rows(f"SELECT ?p ?d {{ sdn:{number} clew:listing ?l . VALUES ?p {{ {dates} }} ?l ?p ?d }}")
    assert len({row["p"] for row in rows}) == len(rows)
    return {str(row["p"]).rpartition("#")[2]: row["d"] for row in rows}


def test_every_row_is_loaded(demo: Loaded) -> None:
    counts = demo.harvest.counts()
    assert (counts["loaded"], counts["quarantined"], counts["duplicates"]) == (counts["read"], 0, 0)
    assert demo.count("?l clew:onList list:US-SDN") == 254
    assert demo.count("?l clew:onList list:US-EL") == 680
    assert demo.count("?x clew:linkedTo ?y") == 252
    assert demo.count("?h a clew:Holding") == 13
    assert demo.count("?t a clew:Transaction") == 5


def test_rusal_was_listed_from_april_2018_until_january_2019(demo: Loaded) -> None:
    """OFAC, 83 FR 19138 and the notice of 2019-01-27: designated 2018-04-06, removed 2019-01-27."""
    for number in (24226, 24227, 24228):
        assert window(demo, number) == {"validFrom": date(2018, 4, 6), "validUntil": date(2019, 1, 27)}
    assert demo.ask("sdn:24228 clew:listing [ clew:sourceNote ?s ] FILTER(STRSTARTS(?s, '2019-01-27 removed'))")


def test_an_entry_of_the_first_state_was_listed_at_the_latest_then(demo: Loaded) -> None:
    assert window(demo, 24283) == {"validFromLatest": date(2021, 8, 18)}


def test_an_entry_that_appeared_was_listed_between_two_states(demo: Loaded) -> None:
    assert window(demo, 45720) == {"validFrom": date(2023, 10, 12), "validFromLatest": date(2023, 10, 18)}


def test_a_day_of_designation_stands_above_the_day_it_was_seen(demo: Loaded) -> None:
    assert window(demo, 46908) == {"validFrom": date(2023, 12, 19)}


def test_an_entry_that_vanished_ended_between_two_states(demo: Loaded) -> None:
    found = window(demo, 47192)
    assert (found["validUntilEarliest"], found["validUntil"]) == (date(2024, 5, 4), date(2026, 7, 31))


def test_shares_are_exact_integers_and_versions_of_a_row_stay_apart(demo: Loaded) -> None:
    """Reuters 2017-10-18 and 2020-02-03 for En+; three versions of one register row for LLC CST."""
    rows = demo.rows(
        """SELECT ?s ?f { ?h clew:holder sdn:24226 ; clew:heldIn sdn:24228 ; clew:shareMinimum ?s ;
        clew:shareMaximum ?s ;
        clew:validFrom ?f ; clew:holdingKind <https://w3id.org/clew/holding-kind/shares> } ORDER BY ?f"""
    )
    assert [(row["f"], row["s"]) for row in rows] == [
        (date(2017, 10, 18), 48_130_000),
        (date(2019, 2, 1), 50_120_000),
        (date(2020, 2, 3), 56_880_000),
    ]
    versions = demo.rows(
        """SELECT ?s ?u { ?h clew:holder sdn:45937 ; clew:heldIn sdn:45928 ; clew:shareMinimum ?s
        OPTIONAL { ?h clew:validUntil ?u } }"""
    )
    assert sorted((row["s"], row.get("u", "open")) for row in versions) == [
        (48_000_000, date(2023, 12, 21)),
        (50_000_000, date(2023, 3, 2)),
        (51_000_000, "open"),
    ]


def test_a_holder_is_the_listed_party_else_the_tax_number_else_a_party_of_the_set(demo: Loaded) -> None:
    holders = demo.values("SELECT DISTINCT ?x { ?h clew:holder ?x . FILTER(!STRSTARTS(STR(?x), STR(sdn:))) }")
    assert holders == [str(mint("demo", "glencore")), str(mint("ru-inn", "7704484400"))]
    assert demo.ask(
        """sdn:45928 a clew:Organization ; clew:listing ?own ; clew:hasIdentifier ?id .
        ?id clew:identifierScheme scheme:ru-inn ; clew:identifierValue '1841015504'"""
    )
    assert demo.ask("demo:glencore a clew:Party ; rdfs:label 'GLENCORE' ; clew:recordKey 'glencore'")


def test_links_say_nothing_of_shares(demo: Loaded) -> None:
    """A `Linked To` annotation is no statement of ownership; only the 13 rows of ownership.csv are holdings."""
    assert demo.count("?h clew:heldIn ?x") == 13
    linked = "{ ?x clew:linkedTo ?y } UNION { ?y clew:linkedTo ?x }"
    assert demo.ask(linked)
    assert not demo.ask(f"{linked} FILTER NOT EXISTS {{ ?x rdfs:label ?n }}")


def test_the_published_consignment_goes_from_the_us_through_france_and_hong_kong_to_iran(demo: Loaded) -> None:
    """Indictment unsealed on 2023-12-19; the period is June to September 2015."""
    assert demo.ask(
        '?t rdfs:label ?n ; clew:asOf "2015-09-30"^^<http://www.w3.org/2001/XMLSchema#date> FILTER(STRSTARTS(?n, "S1"))'
    )
    legs = demo.rows(
        """SELECT ?a ?b ?c { ?t clew:recordKey "S1" ; clew:hasConsignment/clew:hasLeg ?l . ?l clew:sequence ?n ;
        clew:departurePlace ?a ; clew:arrivalPlace ?b ; clew:legConsignee ?c } ORDER BY ?n"""
    )
    assert [[str(leg[name]).rpartition("/")[2] for name in "abc"] for leg in legs] == [
        ["US", "FR", "S1#intermediate_1"],
        ["FR", "HK", "45720"],
        ["HK", "IR", "46908"],
    ]
    assert demo.ask(
        """?t clew:recordKey "S1" ; clew:hasItem ?i . ?i clew:hsCode <https://w3id.org/clew/hs/854239> .
        ?i clew:classification ?c .
        ?c clew:underEntry ?e ; clew:method ?m . ?e clew:codeText "3A001.a.5" ; clew:partOfEntry/clew:partOfEntry ?top .
        ?top clew:codeText "3A001" FILTER(STRSTARTS(?m, "assigned by us"))"""
    )


def test_hypothetical_consignments_are_named_so_and_asked_about_on_the_newest_day(demo: Loaded) -> None:
    rows = demo.rows(
        "SELECT ?d ?r { ?t a clew:Transaction ; clew:asOf ?d ; clew:remark ?r FILTER(STRSTARTS(?r, 'hypothetical')) }"
    )
    assert [row["d"] for row in rows] == [date(2026, 7, 31)] * 4


def test_a_place_code_names_its_country_and_stays_as_the_name(demo: Loaded) -> None:
    assert demo.ask(
        """?l clew:departurePlace place:US ; clew:departureName 'USBOS' ;
        clew:arrivalPlace place:MY ; clew:arrivalName 'MYKUL'"""
    )
    assert demo.ask("?l clew:legVessel sdn:46613 ; clew:arrivalPlace place:IN")


def test_entity_list_rows_are_the_parties_of_the_whole_list(demo: Loaded, shared: Path) -> None:
    whole = harvested(UsCsl(), shared / "us_csl" / "csl_compact_2026-07-31.json.gz")
    here = {subject for subject, term, _ in demo.statements if term == CLEW.listing and "/us-el/" in subject}
    there = {subject for subject, term, _ in whole.statements if term == CLEW.listing}
    assert len(here) == 678
    assert here <= there


def test_each_question_has_its_four_cells() -> None:
    with open(FOLDER / "expected.csv", encoding="utf8", newline="") as file:
        rows = list(csv.reader(file))
    assert [len(row) for row in rows] == [4] * 9


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("links", "1,A,ofac:linkedTo,2,B,x", "there is no party `1` in parties.csv"),
        ("events", "2018-04-06,designated (SDN),A,1,x", "there is no party `1` in parties.csv"),
        ("ownership", "A,inn:1,B,inn:2,150,,,c,s,", "150"),
        ("ownership", "A,inn:1,B,inn:2,50,2019,,c,s,", "`2019` is no day"),
        ("ownership", "A,duns:1,B,inn:2,50,,,c,s,", "names no party"),
        ("shipments", "S9,x,g,12,,EAR99,,E,,,P,US,,,DE,2015-06..2015-09,s", "`12` is no HS code"),
        ("shipments", "S9,x,g,854231,,EAR99,,E,,,P,US,,,ZZZ,2015-06..2015-09,s", "`ZZZ` is no place"),
        ("shipments", "S9,x,g,854231,,EAR99,,E,,,P,US,,,DE,soon,s", "`soon` is no period"),
        ("shipments", "S9,x,g,854231,,EAR99,,E,,,P,US,,,DE,2015-06..2015-13,s", "is no period"),
        ("shipments", "S9,x,g,854231,,EAR99,,E,,,P,US,,,DE,,s", "newest state"),
        ("shipments", "S9,x,g,854231,,none,,E,,,P,US,,,DE,2015-06..2015-09,s", "`none` is no code"),
        ("parties", "1,A,Ghost,,,,,yes,yes,c,", "`Ghost` is no type"),
        ("entity_list_parties", ",,CN,,,,c", "the row has no name"),
    ],
)
def test_a_row_that_is_not_well_formed_is_quarantined(tmp_path: Path, name: str, row: str, reason: str) -> None:
    header = (FOLDER / f"{name}.csv").read_text(encoding="utf8").partition("\n")[0]
    (file,) = written(tmp_path, {f"{name}.csv": f"{header}\n{row}\n"})
    (found,) = harvested(Demo(), file).reasons()
    assert reason in found


def test_an_unknown_share_is_stated_as_no_share(tmp_path: Path) -> None:
    header = (FOLDER / "ownership.csv").read_text(encoding="utf8").partition("\n")[0]
    (file,) = written(tmp_path, {"ownership.csv": f"{header}\nA,inn:1,B,inn:2,,,,c,s,\n"})
    found = harvested(Demo(), file)
    assert found.ask("?h a clew:Holding")
    assert not found.ask("?h clew:shareMinimum|clew:shareMaximum ?s")


def test_a_file_that_is_none_of_the_set_is_refused(tmp_path: Path) -> None:
    (file,) = written(tmp_path, {"other.csv": "a,b\n"})
    with pytest.raises(LoadError, match="no file of the demo set"):
        harvested(Demo(), file)
