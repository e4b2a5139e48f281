"""Whom rules of the United States reach, since when: what a careful reader of the regulation would look up."""

import pytest

from clew.loaders.reference import TABLES
from clew.loaders.source import RecordError

from .conftest import Ask


def _reaches(ask: Ask, rule: str, what: str) -> list[tuple[str, ...]]:
    return ask(
        f"SELECT ?a ?b {{ ?x clew:reachOf <https://w3id.org/clew/table/us_fdp_rules/US-JUR-FDP-{rule}> ; "
        f"clew:{what} ?a ; clew:validFrom ?b }}"
    )


def test_the_footnotes_of_the_entity_list_have_their_rules(ask: Ask) -> None:
    # 15 CFR 734.9(e)(1)-(3), (g); 85 FR 51596, 87 FR 62186, 89 FR 96790, 87 FR 12226
    assert _reaches(ask, "EL1", "forFootnote") == [("1", "2020-05-15"), ("1", "2020-08-17")]
    assert _reaches(ask, "EL4", "forFootnote") == [("4", "2022-10-21")]
    assert _reaches(ask, "EL5", "forFootnote") == [("5", "2024-12-02")]
    assert _reaches(ask, "RUMEU", "forFootnote") == [("3", "2022-02-24")]


def test_the_rule_for_huawei_was_narrower_in_its_first_months(ask: Ask) -> None:
    # 85 FR 29849, until the amendment of 2020-08-17
    first = "<https://w3id.org/clew/table/us_fdp_reaches/el1-2020-05>"
    assert ask(f"SELECT ?until ?words {{ {first} clew:condition ?words ; clew:validUntil ?until }}") == [
        ("2020-08-17", "designed or developed by the listed party"),
    ]


def test_every_foreign_product_rule_reaches_somebody_with_some_input(ask: Ask) -> None:
    # 15 CFR 734.9(b)-(l)
    without = (
        "FILTER NOT EXISTS { ?r clew:reachOf ?rule ; clew:inputGoods ?s . ?m clew:inScope ?s ; clew:entryPattern ?p }"
    )
    assert len(ask("SELECT ?rule { ?rule a clew:ForeignProductRule }")) == 13
    assert ask(f"SELECT ?rule {{ ?rule a clew:ForeignProductRule {without} }}") == []


def test_a_pattern_names_the_entries_that_the_tables_know(ask: Ask) -> None:
    # 600 series: the last three characters begin with 6; EAR99 is no entry of the list
    where = "?m clew:inScope <https://w3id.org/clew/scope/{}> ; clew:forEntry ?entry"
    series = {entry for (entry,) in ask(f"SELECT ?entry {{ {where.format('US-FDP-600-items')} }}")}
    assert {"eccn:9A610", "eccn:0A919"} <= series
    assert not {"eccn:9A991", "eccn:9A515"} & series
    everything = {entry for (entry,) in ask(f"SELECT ?entry {{ {where.format('US-CCL')} }}")}
    assert len(everything) > 600
    assert "eccn:EAR99" not in everything


def test_goods_controlled_for_a_reason_in_part_say_so(ask: Ask) -> None:
    # 15 CFR 734.9(b)(2): NS applies to the entire entry 0A501 except 0A501.y
    parts = ask(
        "SELECT ?entry { ?m clew:inScope <https://w3id.org/clew/scope/US-FDP-NS-items> ; clew:forEntry ?entry ; "
        "clew:condition ?part }"
    )
    assert ("eccn:0A501",) in parts


def test_categories_0_to_2_came_six_weeks_after_the_others(ask: Ask) -> None:
    # 15 CFR 746.8(a)(1); 87 FR 12226 and 87 FR 22130
    where = "?x clew:inScope <https://w3id.org/clew/scope/US-746-8> ; clew:forEntry <https://w3id.org/clew/eccn/{}>"
    assert ask(f"SELECT ?from {{ {where.format('3A991')} ; clew:validFrom ?from }}") == [("2022-02-24",)]
    assert ask(f"SELECT ?from {{ {where.format('2A991')} ; clew:validFrom ?from }}") == [("2022-04-08",)]


def test_records_of_ofac_are_kept_ten_years_since_2025_03_12(ask: Ask) -> None:
    # 31 CFR 501.601; 89 FR 74832
    clock = (
        '?x a clew:Clock ; clew:effect "records may be destroyed" ; clew:jurisdiction "US-OFAC" ; clew:duration ?years'
    )
    assert ask(f"SELECT ?until ?years {{ {clock} ; clew:validUntil ?until }}") == [("2025-03-12", "5")]
    assert ask(f"SELECT ?from ?years {{ {clock} ; clew:validFrom ?from }}") == [("2025-03-12", "10")]


def test_the_exception_for_syria_began_on_2025_09_02(ask: Ask) -> None:
    # 15 CFR 740.5
    only = '?x a clew:ExceptionDestination ; skos:notation "SPP" ; clew:forPlace ?place ; clew:validFrom ?from'
    assert ask(f"SELECT ?from ?place {{ {only} }}") == [("2025-09-02", "place:SY")]


def test_government_alone_stays_for_manufacturing_equipment_to_macau_and_d5(ask: Ask) -> None:
    # 15 CFR 740.2(a)(9)(i)
    bar = "?x a clew:ExceptionBar ; clew:forScope <https://w3id.org/clew/scope/US-740-2-SME> ; skos:notation ?symbol"
    assert ask(f"SELECT ?symbol {{ {bar} }}") == [("GOV",)]


def test_every_exception_that_limits_name_exists(ask: Ask) -> None:
    # 15 CFR 740.3-740.29
    assert (
        ask(
            "SELECT ?symbol { { ?x a clew:ExceptionDestination } UNION { ?x a clew:ExceptionBar } "
            "?x skos:notation ?symbol FILTER NOT EXISTS { ?known a clew:LicenceException ; skos:notation ?symbol } }"
        )
        == []
    )


def test_us_persons_may_not_support_advanced_fabs_since_2022_10_12(ask: Ask) -> None:
    # 15 CFR 744.6(c)(2)(i); 87 FR 62186
    found = ask(
        "SELECT ?from ?group { ?x a clew:SupportedActivity ; clew:validFrom ?from ; clew:forGroup ?group ; "
        "clew:forEndUse <https://w3id.org/clew/end_use/advanced_node> }"
    )
    assert found == [("2022-10-12", "group:MACAU_OR_D5")]


@pytest.mark.parametrize(
    ("table", "change", "says"),
    [
        ("us_goods_scopes", {"pattern": "[3A"}, "is no regular expression"),
        ("us_goods_scopes", {"pattern": "3A", "hs": "84"}, "names no goods, or in two ways"),
        ("us_fdp_reaches", {"rule_id": "US-JUR-FDP-XX"}, "`US-JUR-FDP-XX` in `rule_id`"),
        ("us_746_requirements", {"goods": "US-746-9"}, "`US-746-9` in `goods`"),
        ("us_exception_limits", {"kind": "never"}, "`never` in `kind`"),
        ("record_periods", {"years": "five"}, "`five` in `years` is no count"),
        ("price_bands", {"low": "2", "high": "1"}, "is empty"),
        ("price_bands", {"low": "half"}, "`half` in `low` is no number"),
        ("sign_words", {"rule": "GEN-XX-01"}, "`GEN-XX-01` in `rule`"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_reason(table: str, change: dict[str, str], says: str) -> None:
    good = {
        "us_goods_scopes": {"scope": "S", "label": "goods", "codes": "", "reason": "", "hs": "", "part": ""},
        "us_fdp_reaches": {"id": "x"},
        "us_746_requirements": {"id": "x", "iso2": "RU", "paragraph": "746.8"},
        "us_exception_limits": {"id": "x"},
        "record_periods": {"id": "x", "authority": "BIS", "jurisdiction": "US-EAR", "starts_at": "export"},
        "price_bands": {"id": "x", "low": "0.5", "high": "1.5", "label": "band"},
        "sign_words": {"word": "x", "label": "sign", "least": "1"},
    }
    common = {"valid_from": "", "valid_to": "", "citation": "15 CFR", "source": "15 CFR", "as_of": "", "confidence": ""}
    with pytest.raises(RecordError) as caught:
        list(TABLES[table]({**common, **good[table], **change}))
    assert says in caught.value.message
    assert caught.value.help
