"""The whole files that OFAC published give the counts that were measured from them by other means."""

from pathlib import Path

import pytest

from clew.loaders.ofac_sdn import OfacSdn
from clew.tests.loaders.harvested import Loaded, harvested


@pytest.fixture(scope="module")
def sdn(shared: Path) -> Loaded:
    """The list of 2024-05-03, entries only."""
    return harvested(OfacSdn(), shared / "ofac" / "sdn_2024-05-03.csv.gz")


@pytest.fixture(scope="module")
def matched(shared: Path) -> Loaded:
    """The four files of 2019-01-15."""
    folder = shared / "ofac" / "matched_2019-01-15"
    return harvested(OfacSdn(), *(folder / f"{name}.csv.gz" for name in ("sdn", "add", "alt", "sdn_comments")))


def test_every_entry_is_loaded_with_its_class(sdn: Loaded) -> None:
    assert sdn.harvest.counts() == {"read": 14_965, "loaded": 14_965, "quarantined": 0, "duplicates": 0}
    classes = {
        str(row["t"]).rpartition("#")[2]: row["n"]
        for row in sdn.rows("SELECT ?t (COUNT(*) AS ?n) { ?x a ?t ; clew:listing ?l } GROUP BY ?t")
    }
    assert classes == {"Organization": 6_884, "Person": 6_854, "Vessel": 851, "Aircraft": 376}


def test_all_links_but_nine_lead_to_the_entry_they_name(sdn: Loaded) -> None:
    """Eight name entries of other lists (Rosneft, Gazprom and the like), one a name that two entries share."""
    assert sdn.count("?x clew:linkedTo ?y") == 6_366
    assert len(sdn.values("SELECT ?n { ?x clew:unresolvedLink ?n }")) == 9
    assert sdn.values("SELECT DISTINCT ?n { ?x clew:unresolvedLink ?n }") == [
        "GAZPROMBANK JOINT STOCK COMPANY",
        "MINISTRY OF STATE SECURITY",
        "OPEN JOINT-STOCK COMPANY ROSNEFT OIL COMPANY",
        "PRESIDENCY OF DEFENSE INDUSTRIES",
        "PUBLIC JOINT STOCK COMPANY GAZPROM",
    ]
    assert not sdn.ask("?x clew:linkedTo ?x")


def test_the_chain_of_links_from_sina_bank_has_nine_parties(sdn: Loaded) -> None:
    steps = " . ".join(f"?p{number} clew:linkedTo ?p{number + 1}" for number in range(8))
    assert sdn.ask(f"?p0 rdfs:label 'SINA BANK' . {steps} . ?p8 rdfs:label 'ISLAMIC REVOLUTIONARY GUARD CORPS'")


def test_numbers_of_ships_and_of_their_companies_are_kept_apart(sdn: Loaded) -> None:
    """IMO Resolution A.1117(30): 844 vessels and 138 companies state an IMO number; two and one do in other words."""
    assert sdn.count("?x a clew:Vessel ; clew:hasIdentifier/clew:identifierScheme scheme:imo-ship") == 846
    assert not sdn.ask(
        "?x clew:hasIdentifier/clew:identifierScheme scheme:imo-ship . FILTER NOT EXISTS { ?x a clew:Vessel }"
    )
    assert sdn.count("?x a clew:Organization ; clew:hasIdentifier/clew:identifierScheme scheme:imo-company") == 139
    assert not sdn.ask("?x a clew:Vessel ; clew:hasIdentifier/clew:identifierScheme scheme:imo-company")


def test_weak_aliases_come_from_the_remarks(sdn: Loaded) -> None:
    """2,067 entries have an a.k.a. in their remarks, and one an n.k.a."""
    assert sdn.count("SELECT DISTINCT ?x { ?x clew:hasName/clew:nameKind kind:weak_alias }") == 2_068
    assert sdn.ask("sdn:45720 clew:hasName [ clew:nameText 'LAM, Gary' ; clew:nameKind kind:weak_alias ]")
    assert not sdn.ask("?n clew:nameKind kind:strong_alias")


def test_remarks_are_kept_as_published_and_eighteen_reach_the_limit(sdn: Loaded) -> None:
    assert sdn.count("?x clew:remark ?r . FILTER(STRLEN(?r) >= 999)") == 18
    assert not sdn.ask("?x clew:nameText ?n . FILTER(?n IN ('snowsjo', 'WHOIS HACKIN', '@'))")


def test_identifiers_of_the_remarks_have_their_schemes(sdn: Loaded) -> None:
    for scheme, entries in {"bic": 156, "mmsi": 154}.items():
        assert (
            sdn.count(f"SELECT DISTINCT ?x {{ ?x clew:hasIdentifier/clew:identifierScheme scheme:{scheme} }}")
            == entries
        )
    taxed = "{ ?s clew:nothing ?x } UNION { VALUES ?s { scheme:ru-inn scheme:tax-id } }"
    assert sdn.count(f"SELECT DISTINCT ?x {{ {taxed} ?x clew:hasIdentifier/clew:identifierScheme ?s }}") >= 2_939
    assert (
        sdn.count("?i clew:identifierScheme scheme:ru-inn ; clew:identifierValue '1841015504' ; clew:issuedBy place:RU")
        == 1
    )


def test_every_nationality_flag_and_issuer_is_a_place(sdn: Loaded) -> None:
    assert sdn.count("?x clew:remark ?r . FILTER(STRSTARTS(?r, 'vessel flag'))") == 1
    assert not sdn.ask("?x clew:nationality|clew:flag|clew:issuedBy ?p . FILTER(!STRSTARTS(STR(?p), STR(place:)))")


def test_the_files_of_one_day_have_no_orphan(matched: Loaded) -> None:
    assert matched.harvest.counts() == {"read": 28_760, "loaded": 28_760, "quarantined": 0, "duplicates": 0}
    assert matched.count("?l clew:onList list:US-SDN") == 7_379
    # 9,682 rows of ALT.CSV; two of them say what the remarks of their entry say already.
    assert matched.count("?n clew:nameKind kind:strong_alias") + matched.count("?n clew:nameKind kind:former") == 9_691
    assert matched.ask("sdn:24228 rdfs:label 'UNITED COMPANY RUSAL PLC'")


def test_a_remark_longer_than_the_limit_is_whole_again(matched: Loaded) -> None:
    assert matched.ask("sdn:12300 clew:remark ?r . FILTER(STRLEN(?r) > 1000)")
    assert matched.count("sdn:12300 clew:linkedTo ?y") == 25  # ten of them before the cut


def test_addresses_of_another_day_leave_orphans_and_no_party(shared: Path) -> None:
    folder = shared / "ofac"
    found = harvested(OfacSdn(), folder / "sdn_2024-05-03.csv.gz", folder / "full_2025-12-24" / "add.csv.gz")
    assert found.harvest.counts()["read"] == 14_965 + 24_244
    assert len(found.reasons()) > 4_000
    assert all(reason.endswith("in this snapshot") for reason in found.reasons())
    assert found.count("SELECT DISTINCT ?x { ?x clew:hasAddress ?a FILTER NOT EXISTS { ?x rdfs:label ?n } }") == 0


@pytest.mark.parametrize(
    "name", ["sdn_2021-08-18.csv.gz", "non_sdn_consolidated/cons_prim.csv", "samples/sdn_tiny.csv"]
)
def test_other_publications_of_the_format_load_whole(shared: Path, name: str) -> None:
    found = harvested(OfacSdn(), shared / "ofac" / name)
    assert found.harvest.counts()["quarantined"] == 0
    assert found.harvest.counts()["loaded"] > 0
