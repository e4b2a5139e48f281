"""Spot checks of the tables against law: what a careful reader of the regulation would look up."""

from collections import Counter

from .conftest import Ask

PLACE = "<https://w3id.org/clew/place/{}>"
OPEN = "OPTIONAL { ?x clew:validFrom ?from } OPTIONAL { ?x clew:validUntil ?until }"


def _marks(ask: Ask, code: str) -> set[str]:
    where = PLACE.format(code)
    found = ask(f"SELECT ?column {{ ?m a clew:ChartMark ; clew:markedPlace {where} ; clew:markColumn ?column }}")
    return {column for (column,) in found}


def _members(ask: Ask, group: str) -> set[str]:
    iri = f"<https://w3id.org/clew/group/{group}>"
    found = ask(f"SELECT ?place {{ ?m a clew:GroupMembership ; clew:inGroup {iri} ; clew:groupMember ?place }}")
    return {place.removeprefix("place:") for (place,) in found}


def test_3a090_has_one_line_for_each_paragraph(ask: Ask) -> None:
    # 15 CFR 774 Supp. 1, ECCN 3A090; 15 CFR 742.6(a)(6), text of 2026-07-23
    lines = ask(
        "SELECT ?applies ?paragraph { ?l clew:lineOf <https://w3id.org/clew/eccn/3A090> ; clew:reasonForControl 'RS' ; "
        "clew:appliesTo ?applies ; clew:lineParagraph ?paragraph }"
    )
    assert lines == [
        ("AE_D1_D4_D5_not_A5_A6", "eccn:3A090.b"), ("MACAU_OR_D5", "eccn:3A090.c"), ("WORLDWIDE", "eccn:3A090.a"),
    ]  # fmt: skip


def test_a_line_with_a_chart_column_names_it(ask: Ask) -> None:
    # 15 CFR 738.4; 9E610: NS and RS apply to the entire entry except 9E610.y
    lines = ask(
        "SELECT ?column ?except { ?l clew:lineOf <https://w3id.org/clew/eccn/9E610> ; clew:lineColumn ?column ; "
        "clew:lineException ?except }"
    )
    assert lines == [("column:NS_1", "eccn:9E610.y"), ("column:RS_1", "eccn:9E610.y")]


def test_hong_kong_has_the_marks_of_china_since_the_day_it_lost_its_row(ask: Ask) -> None:
    # Final rule of 2020-12-23, RIN 0694-AI17
    assert _marks(ask, "HK") == _marks(ask, "CN") != set()
    since = ask(f"SELECT DISTINCT ?from {{ ?m clew:markedPlace {PLACE.format('HK')} ; clew:validFrom ?from }}")
    assert since == [("2020-12-23",)]


def test_liechtenstein_and_the_cayman_islands_are_read_in_another_row(ask: Ask) -> None:
    # 15 CFR 738.3(b); footnote 5 of the chart
    assert _marks(ask, "LI") >= _marks(ask, "CH")
    assert _marks(ask, "KY") == _marks(ask, "GB") != set()


def test_rows_that_point_to_part_746_have_no_mark_and_keep_the_pointer(ask: Ask) -> None:
    # 15 CFR 738 Supp. 1: the absence of a mark permits nothing there
    for code in ("CU", "IR", "KP", "SY"):
        assert _marks(ask, code) == set(), code
        row = f"SELECT ?remark {{ ?r a clew:ChartRow ; dcterms:spatial {PLACE.format(code)} ; clew:remark ?remark }}"
        assert "746" in ask(row)[0][0], code


def test_country_group_d5_holds_china_and_what_is_treated_as_china(ask: Ask) -> None:
    # 15 CFR 740 Supp. 1; Hong Kong is read as China, Macau is not in D:5
    members = _members(ask, "D:5")
    assert len(members) >= 22
    assert {"CN", "HK", "RU", "BY", "VE"} <= members
    assert "MO" not in members


def test_the_emirates_came_into_group_a5_on_an_uncertain_day_of_2026(ask: Ask) -> None:
    # between the texts of 2026-06-20 and 2026-07-23
    found = ask(
        f"SELECT ?a ?b {{ ?m clew:inGroup <https://w3id.org/clew/group/A:5> ; clew:groupMember {PLACE.format('AE')} ; "
        "clew:validFrom ?a ; clew:validFromLatest ?b }"
    )
    assert found == [("2026-06-21", "2026-07-23")]


def test_a_snapshot_invents_no_first_day(ask: Ask) -> None:
    dated = ask(
        "SELECT DISTINCT ?place { ?m a clew:GroupMembership ; clew:groupMember ?place ; clew:validFrom ?d "
        "FILTER(STRSTARTS(STR(?m), 'https://w3id.org/clew/table/us_country_groups/')) }"
    )
    assert dated == [("place:AE",), ("place:HK",)]


def test_the_destinations_that_lines_name_in_words_are_groups(ask: Ask) -> None:
    # 15 CFR 742.6(a)(6)(iii)(B): the Emirates by name; D:1, D:4 and D:5 without A:5 and A:6
    assert _members(ask, "MACAU_OR_D5") == _members(ask, "D:5") | {"MO"}
    assert _members(ask, "CN_RU_VE") == {"CN", "HK", "RU", "VE"}
    reached = _members(ask, "AE_D1_D4_D5_not_A5_A6")
    assert {"AE", "CN", "HK", "MO", "SA", "VN"} <= reached
    assert not reached & {"IL", "CY", "DE"}


def test_the_affiliates_rule_of_bis_went_through_three_states(ask: Ask) -> None:
    # 90 FR 47201; suspension rule of November 2025: last day 2026-11-09; nobody verified what came after
    found = ask(
        "SELECT ?a ?b ?c { ?x clew:versionOf <https://w3id.org/clew/regime/us-bis-affiliates> ; clew:validFrom ?a ; "
        "clew:legalStatus ?b OPTIONAL { ?x clew:validUntil ?c } }"
    )
    assert found == [
        ("2025-09-29", "legal:in_force", "2025-11-10"),
        ("2025-11-10", "legal:suspended", "2026-11-10"),
        ("2026-11-10", "legal:not_verified"),
    ]


def test_the_affiliates_rule_takes_only_some_programmes_of_the_sdn_list(ask: Ask) -> None:
    # 15 CFR 744.8(a)(1)
    version = "<https://w3id.org/clew/regime/us-bis-affiliates#2025-09-29>"
    assert ask(f"SELECT ?l {{ {version} clew:seedList ?l }}") == [("list:US-EL",), ("list:US-MEU",), ("list:US-SDN",)]
    programmes = ask(f"SELECT ?p {{ {version} clew:seedProgramme ?p }}")
    assert len(programmes) == 14
    assert ("programme:RUSSIA-EO14024",) in programmes


def test_the_thresholds_are_millionths_of_one_percent(ask: Ask) -> None:
    # OFAC guidance of 2014-08-13; Council Best Practices 2018 asked for more than 50 percent
    found = ask(
        "SELECT ?a ?b { <https://w3id.org/clew/regime/us-ofac-50#2014-08-13> clew:threshold ?a ; clew:comparison ?b }"
    )
    assert found == [("50000000", ">=")]
    found = ask("SELECT ?a { <https://w3id.org/clew/regime/eu-freeze#2018-05-04> clew:comparison ?a }")
    assert found == [(">",)]


def test_gallium_is_on_the_chinese_list_and_is_no_epitaxial_material(ask: Ask) -> None:
    # GAC-MOFCOM 23/2023 against 15 CFR 774 Supp. 1, ECCN 3C001
    gallium, epitaxy = "<https://w3id.org/clew/cn/3C001>", "<https://w3id.org/clew/eccn/3C001>"
    names = ask(f"SELECT ?l {{ ?i clew:controlsEntry {gallium} ; clew:description ?l }}")
    assert any("Gallium" in name for (name,) in names)
    assert not ask(f"SELECT ?x {{ {gallium} (clew:alignedWith|^clew:alignedWith) ?x }}")
    assert ("eu:3C001",) in ask(f"SELECT ?x {{ {epitaxy} (clew:alignedWith|^clew:alignedWith) ?x }}")


def test_a_chinese_code_is_aligned_only_where_a_row_says_so(ask: Ask) -> None:
    found = ask(
        "SELECT ?a ?b { ?a clew:alignedWith ?b FILTER(CONTAINS(STR(?a), '/cn/') || CONTAINS(STR(?b), '/cn/')) }"
    )
    chinese = {code for pair in found for code in pair if code.startswith("cn:")}
    assert "cn:1C210" in chinese
    assert not chinese & {"cn:3A001", "cn:3C001", "cn:3C002", "cn:3C003", "cn:3C004", "cn:1C004", "cn:6C002"}


def test_gallium_was_not_controlled_before_august_2023(ask: Ask) -> None:
    # GAC-MOFCOM 23/2023, effective 2023-08-01
    found = ask("SELECT ?a { ?i rdfs:label 'GAC-MOFCOM 23/2023' ; clew:validFrom ?a }")
    assert found == [("2023-08-01",)]


def test_the_october_package_was_suspended_before_it_began(ask: Ask) -> None:
    # MOFCOM-GAC 57/2025, effective 2025-11-08, suspended by 70/2025 from 2025-11-07 to 2026-11-10
    found = ask(
        "SELECT ?a ?b ?c { ?i rdfs:label 'MOFCOM-GAC 57/2025' ; clew:validFrom ?a ; clew:legalStatus ?b "
        "OPTIONAL { ?i clew:validUntil ?c } }"
    )
    assert found == [("2025-11-07", "legal:suspended", "2026-11-11"), ("2026-11-11", "legal:not_verified")]


def test_the_ban_on_gallium_to_the_united_states_was_in_force_and_then_suspended(ask: Ask) -> None:
    # MOFCOM 46/2024 para 2; MOFCOM 72/2025, to 2026-11-27
    found = ask(
        "SELECT ?a ?b ?c ?d { ?i rdfs:label 'MOFCOM 46/2024 (2)' ; clew:validFrom ?a ; clew:legalStatus ?b ; "
        "dcterms:spatial ?d OPTIONAL { ?i clew:validUntil ?c } }"
    )
    assert found == [
        ("2024-12-03", "legal:in_force", "2025-11-09", "place:US"),
        ("2025-11-09", "legal:suspended", "2026-11-28", "place:US"),
        ("2026-11-28", "legal:not_verified", "place:US"),
    ]


def test_codes_that_name_no_entry_are_kept_in_words(ask: Ask) -> None:
    # the graphite entry of GAC-MOFCOM 39/2023 was not read
    remarks = ask("SELECT ?r { ?i rdfs:label 'GAC-MOFCOM 39/2023' ; clew:remark ?r }")
    assert any("1C107?" in remark for (remark,) in remarks)
    assert not ask("SELECT ?e { ?i rdfs:label 'GAC-MOFCOM 39/2023' ; clew:controlsEntry ?e }")


def test_every_chinese_entry_that_a_table_knows_is_under_some_instrument(ask: Ask) -> None:
    # MOFCOM et al. 51/2024 puts the whole list in force
    assert not ask(
        "SELECT ?e { ?e clew:controlList <https://w3id.org/clew/control-list/CN> "
        "FILTER NOT EXISTS { ?i clew:controlsEntry ?up . ?e clew:partOfEntry* ?up } "
        "FILTER NOT EXISTS { ?i clew:controlsEntry ?down . ?down clew:partOfEntry* ?e } }"
    )


def test_the_high_priority_list_has_fifty_codes_in_six_tiers(ask: Ask) -> None:
    # BIS Common High Priority List of 2024-02-23
    tiers = Counter(
        tier for (tier,) in ask("SELECT ?t { ?x a clew:HighPriorityItem ; clew:tier ?t ; clew:priorityHS ?h }")
    )
    assert tiers == {"1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5}


def test_the_last_day_of_the_embargo_on_syria_was_the_last_of_june_2025(ask: Ask) -> None:
    # EO 14312 of 2025-06-30, effective 2025-07-01
    found = ask(
        f"SELECT ?b ?c {{ ?x clew:embargoedPlace {PLACE.format('SY')} ; clew:jurisdiction 'US-OFAC' ; "
        "clew:validUntil ?b ; clew:embargoKind ?c }"
    )
    assert found == [("2025-07-01", "embargo-kind:comprehensive")]


def test_sevastopol_and_the_areas_of_control_are_under_every_embargo_that_means_them(ask: Ask) -> None:
    # EO 13685, EO 14065, 15 CFR 746.6, Regulations (EU) 692/2014 and 2022/263 name one area by different words
    for code in ("UA-43", "UA-40", "UA-14-DNR", "UA-09-LNR"):
        by = {
            who for (who,) in ask(f"SELECT ?j {{ ?x clew:embargoedPlace {PLACE.format(code)} ; clew:jurisdiction ?j }}")
        }
        assert by == {"US-OFAC", "US-EAR", "EU"}, code


def test_measures_of_the_un_on_iran_were_away_for_nine_years(ask: Ask) -> None:
    # UNSCR 2231: from 2016-01-16; restored 2025-09-28
    found = ask(
        f"SELECT ?from ?until {{ ?x clew:embargoedPlace {PLACE.format('IR')} ; clew:jurisdiction 'UN' {OPEN} }}"
    )
    assert found == [("2006-12-23", "2016-01-16"), ("2025-09-28",)]


def test_points_of_diversion_name_every_destination(ask: Ask) -> None:
    # FinCEN and BIS, FIN-2022-Alert003 of 2022-06-28
    found = ask(
        f"SELECT ?a ?b {{ ?x clew:diversionThrough {PLACE.format('KG')} ; clew:diversionTo ?a ; clew:validFrom ?b "
        "FILTER(STR(?b) = '2022-06-28') }"
    )
    assert found == [("place:BY", "2022-06-28"), ("place:RU", "2022-06-28")]


def test_customs_codes_are_correlated_once_for_each_list(ask: Ask) -> None:
    # 3B991 is a unilateral entry of the United States; 3B001 stands in Annex I too
    def lists(code: str) -> set[str]:
        found = ask(f"SELECT DISTINCT ?e {{ ?x clew:correlatedEntry ?e . ?e clew:codeText '{code}' }}")
        return {entry.partition(":")[0] for (entry,) in found}

    assert lists("3B991") == {"eccn"}
    assert lists("3B001") == {"eccn", "eu"}
    assert lists("3C002.a") == {"cn"}


def test_a_chinese_listing_has_names_in_both_scripts_and_a_first_day(ask: Ask) -> None:
    # MOFCOM announcement 12/2026
    found = ask(
        "SELECT ?a ?b ?c { ?p clew:hasName ?n , ?m ; clew:listing ?l . ?n clew:nameText 'SUBARU Corporation' . "
        "?m clew:nameText '斯巴鲁株式会社' . ?l clew:onList ?a ; clew:validFrom ?b . ?a clew:completeness ?c }"
    )
    assert [row[:2] for row in found] == [("list:CN-WL", "2026-02-24")]
    assert "extract" in found[0][2]


def test_ear99_is_an_entry_that_no_line_names(ask: Ask) -> None:
    # 15 CFR 734.3(c)
    assert ask("SELECT ?l { <https://w3id.org/clew/eccn/EAR99> a clew:ControlListEntry ; clew:controlList ?l }")
    assert not ask("SELECT ?l { ?l clew:lineOf <https://w3id.org/clew/eccn/EAR99> }")


def test_clocks_count_whole_units(ask: Ask) -> None:
    # 15 CFR 750.4(a)(1); State Council Decree 792 art. 17
    found = ask("SELECT ?a ?b ?c { ?x a clew:Clock ; clew:recordKey ?c ; clew:duration ?a ; clew:durationUnit ?b }")
    assert ("90", "calendar days", "us-bis-licence-application") in found
    assert ("45", "working days", "cn-mofcom-dual-use-item-export-licence") in found


def test_a_rule_that_was_suspended_before_its_first_day_has_no_window(ask: Ask) -> None:
    # MOFCOM 61/2025, effective 2025-12-01, suspended from 2025-11-07
    rule = "<https://w3id.org/clew/table/rule_catalogue/CN-RE-01>"
    assert not ask(f"SELECT ?d {{ {rule} clew:validFrom|clew:validUntil ?d }}")
    assert ("valid from: 2025-12-01",) in ask(f"SELECT ?r {{ {rule} clew:remark ?r }}")


def test_the_union_has_members_by_date(ask: Ask) -> None:
    # Agreement on the withdrawal of the United Kingdom, art. 126: Union law applied until the end of 2020
    found = ask(
        f"SELECT ?a ?b {{ ?m clew:inGroup <https://w3id.org/clew/group/EU> ; clew:groupMember {PLACE.format('GB')} ; "
        "clew:validFrom ?a ; clew:validUntil ?b }"
    )
    assert found == [("1973-01-01", "2021-01-01")]
    assert len(_members(ask, "EU")) == 28
