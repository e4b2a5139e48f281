"""The tables of the package state the same facts as the policy tables beside the checkout, where those are present."""

import csv
from pathlib import Path

import pytest

from clew.loaders.places import rows_of

KEYS = {
    "chpl_hs6": "hs6 tier valid_from valid_to",
    "cn_announcements": "instrument issued effective control_codes suspended_from",
    "cn_party_lists": "list listed_on name_en name_other address",
    "code_alignment": "code us_eccn eu_annex_i regime regime_item cn_dual_use jp_appended_table_1_item uk_annex_i",
    "document_requirements": "regime document when_required minimum_fields retention",
    "embargoed_places": "place place_code regime authority valid_from valid_to scope",
    "eu_gea_destinations": "gea mode iso2 items_summary",
    "eu_russia_833_2014_provisions": "article annex measure since",
    "high_diversion_places": "iso2 diversion_to as_of valid_to",
    "hs_control_correlation": "list control_code hs_code hs6 item",
    "licence_clocks": "authority jurisdiction starts_at duration unit",
    "ownership_regimes": "regime valid_from valid_to threshold_percent comparison aggregate pass_through control_limb "
    "seed_lists status",
    "red_flags": "flag_id text machine_condition facts_needed",
    "rule_catalogue": "rule_id regime title severity trigger_facts evidence_path valid_from valid_to",
    "us_744_8_programmes": "programme list citation",
    "us_ccl_controls": "eccn reason scope applies_to control_text chart_text",
    "us_ccl_entries": "eccn heading reasons_for_control list_based_licence_exceptions itar_pointer",
    "us_country_chart": "iso2 CB_1 CB_2 CB_3 NP_1 NP_2 NS_1 NS_2 MT_1 RS_1 RS_2 FC_1 CC_1 CC_2 CC_3 AT_1 AT_2 "
    "footnotes pointer",
    "us_country_chart_footnotes": "footnote text",
    "us_country_groups": "group iso2 country_ear_name",
    "us_fdp_rules": "rule_id paragraph item_scope input_scope reach_type reach",
    "us_general_prohibitions": "gp title cfr",
    "us_licence_exceptions": "section symbol title gist",
}  # fmt: skip


@pytest.mark.parametrize("table", sorted(KEYS))
def test_a_table_holds_the_rows_of_its_source_in_order(shared: Path, table: str) -> None:
    with open(shared / "policy" / f"{table}.csv", encoding="utf8", newline="") as file:
        given = list(csv.DictReader(file))
    columns = KEYS[table].split()
    held = [tuple(row[column] for column in columns) for row in rows_of(table)]
    assert held == [tuple(row[column] for column in columns) for row in given]


def test_every_policy_table_is_held(shared: Path) -> None:
    assert {file.stem for file in (shared / "policy").glob("*.csv")} == set(KEYS)
