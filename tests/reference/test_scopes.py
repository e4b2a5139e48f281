"""What provisions mean, forbid and pause, as the tables state it; each test names the paragraph it guards."""

import csv
import shutil
from pathlib import Path

import pytest

from clew.loaders.places import TABLES as FOLDER
from clew.loaders.places import rows_of
from clew.loaders.reference import reference_tables
from clew.shapes.catalogue import rules

from .conftest import Ask


def test_the_clause_against_re_export_names_the_high_priority_items(ask: Ask) -> None:
    """Regulation (EU) 833/2014 art. 12g(1): Annex XL holds the codes of the Common High Priority List."""
    found = ask("SELECT ?hs { ?m clew:inScope <https://w3id.org/clew/scope/EU-12G> ; clew:forHS ?hs }")
    assert len(found) == 50
    assert ("hs:854231",) in found


def test_old_contracts_were_free_of_the_clause_until_2025(ask: Ask) -> None:
    """Regulation (EU) 833/2014 art. 12g(2), as amended by Regulation (EU) 2024/1745."""
    assert ask(
        "SELECT ?a ?b ?c { ?r clew:measure 'contract_clause' ; clew:forPlace <https://w3id.org/clew/place/RU> ; "
        "clew:validFrom ?a ; clew:signedBefore ?b ; clew:freeUntil ?c }"
    ) == [("2024-03-20", "2023-12-19", "2025-01-01")]


def test_partner_countries_are_left_out_by_a_group(ask: Ask) -> None:
    """Annex VIII of Regulation (EU) 833/2014 names Japan and not Serbia."""
    asked = (
        "SELECT ?p {{ ?r clew:measure 'contract_clause' ; clew:exceptGroup ?g . ?m clew:inGroup ?g ; "
        "clew:groupMember ?p FILTER(?p = <https://w3id.org/clew/place/{}>) }}"
    )
    assert ask(asked.format("JP"))
    assert not ask(asked.format("RS"))


def test_annex_xxxiii_named_nobody_before_24_april_2026(ask: Ask) -> None:
    """Regulation (EU) 2026/506 is the first use of article 12f."""
    found = ask(
        "SELECT ?p ?s ?f { ?r clew:measure 'third_country_ban' ; clew:forPlace ?p ; clew:legalStatus ?s ; "
        "clew:validFrom ?f }"
    )
    assert found == [("2026-04-24", "place:KG", "legal:in_force"), ("2026-04-24", "place:KG", "legal:not_verified")]


def test_the_transit_bans_came_in_two_steps(ask: Ask) -> None:
    """Regulation (EU) 2023/427 for dual-use goods, Regulation (EU) 2023/1214 for advanced technology."""
    found = ask(
        "SELECT ?c ?f { ?r clew:measure 'transit_ban' ; clew:forPlace <https://w3id.org/clew/place/RU> ; "
        "clew:citation ?c ; clew:validFrom ?f }"
    )
    assert ("Regulation (EU) 833/2014 art. 2(1a)", "2023-02-26") in found
    assert ("Regulation (EU) 833/2014 art. 2a(1a)", "2023-06-24") in found


def test_the_first_dutch_entries_begin_in_september_2023(ask: Ask) -> None:
    """Regeling geavanceerde productieapparatuur voor halfgeleiders, Staatscourant 2023, 18212."""
    found = ask(
        "SELECT ?e ?f { ?m clew:inScope <https://w3id.org/clew/scope/NL-SME> ; clew:forEntry ?e ; clew:validFrom ?f }"
    )
    assert len(found) == 8
    assert {first for _, first in found} == {"2023-09-01"}


def test_the_floor_of_chinese_content_is_a_tenth_of_a_percent(ask: Ask) -> None:
    """MOFCOM Announcement 61/2025 art. 1(1); shares are millionths of one percent."""
    assert ask("SELECT ?s { ?r clew:measure 'content_floor' ; clew:shareMinimum ?s }") == [("100000",)]


def test_the_quotas_for_rare_earths_ended_with_2014(ask: Ask) -> None:
    """WT/DS431: China removed its export quotas as of 2015-01-01."""
    found = ask("SELECT ?u { ?r clew:measure 'quota' ; clew:validUntil ?u } ORDER BY ?u")
    assert len(found) == 10
    assert found[-1] == ("2015-01-01",)


def test_the_measures_of_april_2025_were_paused_and_some_were_stopped(ask: Ask) -> None:
    """MOFCOM, answers of the spokesperson of 2025-05-14, 2025-08-12 and 2025-11-05; the last day is inclusive."""
    found = ask(
        "SELECT ?l ?s ?f ?u { ?m clew:forList <https://w3id.org/clew/list/CN-UEL> ; clew:listedOn ?l ; "
        "clew:legalStatus ?s ; clew:validFrom ?f OPTIONAL { ?m clew:validUntil ?u } }"
    )
    assert ("2025-05-14", "2025-04-04", "legal:suspended", "2026-11-10") in found
    assert ("2025-08-12", "2025-04-09", "legal:repealed") in found


def test_one_announcement_is_known_to_bind_persons_abroad(ask: Ask) -> None:
    """MOFCOM Announcement 11/2026; the texts of the later ones were not read."""
    found = ask("SELECT ?l ?s { ?m clew:bindsAbroad ?s ; clew:listedOn ?l }")
    assert [one for one in found if one[1] == "legal:in_force"] == [("2026-02-24", "legal:in_force")]
    assert len(found) == 5


def test_the_blocking_order_protects_five_refineries_against_one_rule(ask: Ask) -> None:
    """MOFCOM Announcement 21/2026."""
    found = ask("SELECT ?p ?r { ?o a clew:BlockingOrder ; clew:protects ?p ; clew:blocksRule ?r }")
    assert len(found) == 5
    assert {rule for _, rule in found} == {"rule:US-OFAC-SDN-01"}


def test_an_arms_embargo_by_declaration_alone_stands_apart(ask: Ask) -> None:
    """Regulation (EU) 2021/821 art. 2(19) asks for a decision of the Council, the OSCE or the Security Council."""
    asked = (
        "SELECT ?g {{ ?m clew:inGroup ?g ; clew:groupMember <https://w3id.org/clew/place/{}> "
        "FILTER(CONTAINS(STR(?g), 'EU-ARMS')) }}"
    )
    assert ask(asked.format("RU")) == [("group:EU-ARMS",)]
    assert ask(asked.format("CN")) == [("group:EU-ARMS-DECLARED",)]


def test_every_scope_is_used_by_a_provision_or_a_rule() -> None:
    scopes = {row["scope"] for row in rows_of("goods_scopes")}
    asked = " ".join(rule.select for rule in rules())
    used = {row["scope"] for row in rows_of("trade_restrictions")}
    assert {name for name in scopes - used if f"scope:{name}" not in asked} == set()


BAD = [
    ("goods_scopes", "EU-833,Annex VII,", "EU-833,Annex Z,", "`Annex Z` is no code of the list `EU-833`"),
    (
        "goods_scopes",
        ",EU,,,,,,Regulation (EU) 833/2014 art. 2,",
        ",,,,,,,Regulation (EU) 833/2014 art. 2,",
        "names no goods",
    ),
    ("goods_scopes", "845710 851762", "8457 851762", "`8457` is no code of the Harmonized System"),
    ("trade_restrictions", ",export_ban,EU-833-2,", ",ban,EU-833-2,", "`ban` in `measure`"),
    ("trade_restrictions", ",export_ban,EU-833-2,", ",export_ban,EU-833-9,", "`EU-833-9` in `scope`"),
    ("trade_restrictions", ",0.1,", ",a tenth,", "`a tenth` in `share_percent`"),
    ("trade_restrictions", ",65609,t,", ",many,t,", "`many` in `quantity` is no number"),
    ("cn_list_measures", ",repealed,2025-11-10", ",gone,2025-11-10", "`gone` in `legal_status`"),
    ("blocking_orders", "US-SDN,us-sdn:57454", "US-NONE,us-sdn:57454", "`US-NONE` in `list`"),
]


@pytest.mark.parametrize(("table", "old", "new", "reason"), BAD)
def test_a_bad_row_is_kept_with_a_remedy(tmp_path: Path, table: str, old: str, new: str, reason: str) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / f"{table}.csv"
    text = file.read_text(encoding="utf8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf8")
    found = next(one for one in reference_tables(tmp_path) if one.file == file)
    harvest = found.harvest()
    list(harvest.statements(found.loader))
    (bad,) = harvest.quarantined
    assert reason in bad.reason
    assert bad.remedy
    with open(file, encoding="utf8", newline="") as lines:
        assert harvest.loaded == sum(1 for _ in csv.DictReader(lines)) - 1
