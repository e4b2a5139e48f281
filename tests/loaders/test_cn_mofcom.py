"""Chinese announcements: who is listed and who only investigated, on which list, and how long measures are in force."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clew.loaders.cn_mofcom import CnMofcom
from clew.loaders.cn_periods import Change, Period, periods
from clew.tests.loaders.harvested import Loaded, harvested, written

ENTITY: dict[str, Any] = {
    "name": {"zh-Hans": "斯凯迪奥公司", "en": "Skydio Inc."},
    "type": "organization",
    "effective_date": "2025-04-04",
    "sanction_list": "不可靠实体清单",
    "reason": [{"zh-Hans": "为维护国家安全", "en": "To safeguard"}],
    "measures": [{"type": ["prohibit_import_export"], "zh-Hans": "禁止", "en": "Prohibit"}],
}


def announcement(*entities: dict[str, Any], title: str = "公告", number: str = "〔2025〕7号") -> dict[str, Any]:
    head = {"title": [{"zh-Hans": title, "en": "Announcement"}], "document_id": number, "publish_date": "2025-04-04"}
    doc = {"announcement": head | {"url": "https://x"}, "sanction_details": {"entities": list(entities)}}
    return {"path": f"sources/sanction-lists/{number}.yml", "doc": doc}


def change(action: str, first: str, until: str | None = None) -> dict[str, Any]:
    modification = {
        "action": action,
        "target_announcement_id": "〔2025〕7号",
        "effective_date": first,
        "until_date": until,
    }
    return {"path": f"sources/updates/{first}.yml", "doc": {"measure_modifications": {"modifications": [modification]}}}


def loaded(folder: Path, *records: dict[str, Any]) -> Loaded:
    (file,) = written(folder, {"cn.jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in records)})
    return harvested(CnMofcom(), file)


def windows(found: Loaded) -> list[tuple[str, object, object]]:
    rows = found.rows(
        """SELECT ?s ?f ?u { ?l a clew:Listing ; clew:legalStatus ?s
        OPTIONAL { ?l clew:validFrom ?f } OPTIONAL { ?l clew:validUntil ?u } } ORDER BY ?f"""
    )
    return [(str(row["s"]).rpartition("/")[2], row.get("f"), row.get("u")) for row in rows]


def test_a_party_has_both_its_names_and_the_announcement_that_lists_it(tmp_path: Path) -> None:
    """MOFCOM Order 4/2020, Provisions on the Unreliable Entity List."""
    found = loaded(tmp_path, announcement(ENTITY))
    assert found.ask(
        """?x a clew:Organization ; rdfs:label 'Skydio Inc.' ; clew:listing ?l ; clew:hasName ?en, ?zh .
        ?en clew:nameText 'Skydio Inc.' ; clew:nameLanguage 'en' ; clew:nameKind kind:primary .
        ?zh clew:nameText '斯凯迪奥公司' ; clew:nameLanguage 'zh-Hans' .
        ?l clew:onList list:CN-UEL ; clew:entryNumber '〔2025〕7号' ;
            clew:remark 'measure: Prohibit', 'reason: To safeguard' ; <http://purl.org/dc/terms/source> ?document .
        ?document rdfs:label 'Announcement'@en, '公告'@zh-Hans"""
    )
    assert windows(found) == [("in_force", date(2025, 4, 4), None)]


def test_an_investigation_lists_nobody(tmp_path: Path) -> None:
    """Announcement [2024] 3 opened an investigation of PVH; announcement [2025] 4 listed it."""
    found = loaded(tmp_path, announcement(ENTITY | {"measures": [{"type": ["investigation"], "en": "Investigate"}]}))
    assert not found.ask("?x clew:listing ?l")
    assert found.ask("?x rdfs:label 'Skydio Inc.' ; clew:remark ?r FILTER(STRSTARTS(?r, 'investigated, not listed'))")


def test_the_title_of_an_announcement_names_the_list_and_not_the_converter(tmp_path: Path) -> None:
    """MOFCOM announcement 1/2025 lists 28 entities for export control; the field calls it countermeasures."""
    entity = ENTITY | {"sanction_list": "反制裁清单"}
    found = loaded(tmp_path, announcement(entity, title="公布将28家美国实体列入出口管制管控名单"))
    assert found.ask("?l clew:onList list:CN-CL ; clew:remark 'sanction_list: 反制裁清单'")
    assert loaded(tmp_path, announcement(entity)).ask("?l clew:onList list:CN-AFS")


def test_measures_are_suspended_and_ended_by_later_announcements(tmp_path: Path) -> None:
    """The spokesperson's statements of 2025-05-14 and 2025-08-12."""
    pause, end = change("suspend", "2025-05-14", "2025-08-12"), change("stop", "2025-08-12")
    found = loaded(tmp_path, announcement(ENTITY), pause, end)
    assert windows(found) == [
        ("in_force", date(2025, 4, 4), date(2025, 5, 14)),
        ("suspended", date(2025, 5, 14), date(2025, 8, 12)),
    ]
    assert found.harvest.counts()["loaded"] == 3


@pytest.mark.parametrize(
    ("changes", "made"),
    [
        ([], [("in_force", 1, None)]),
        ([("stop", 5, None)], [("in_force", 1, 5)]),
        ([("suspend", 3, 5)], [("in_force", 1, 3), ("suspended", 3, 5), ("not_verified", 5, None)]),
        (
            [("suspend", 5, 9), ("suspend", 3, 5)],
            [("in_force", 1, 3), ("suspended", 3, 5), ("suspended", 5, 9), ("not_verified", 9, None)],
        ),
        ([("suspend", 3, None)], [("in_force", 1, 3), ("suspended", 3, None)]),
        ([("suspend", 3, None), ("stop", 5, None)], [("in_force", 1, 3), ("suspended", 3, 5)]),
        ([("suspend", 1, 5)], [("suspended", 1, 5), ("not_verified", 5, None)]),
        ([("suspend", 7, 9), ("stop", 5, None)], [("in_force", 1, 5)]),
        ([("ease", 3, None)], [("in_force", 1, None)]),
    ],
)
def test_periods_follow_each_other_without_a_gap(
    changes: list[tuple[str, int, int | None]], made: list[tuple[str, int, int | None]]
) -> None:
    def day(number: int | None) -> date | None:
        return date(2025, 1, number) if number else None

    known = [Change("x", kind, day(first), day(until), "") for kind, first, until in changes]
    assert list(periods(day(1), known)) == [Period(status, day(first), day(until)) for status, first, until in made]


def test_a_law_is_kept_with_its_words_in_order(tmp_path: Path) -> None:
    articles = [{"label": "第一条", "type": "clause", "content": ["为了维护", {"label": "（一）", "content": ["甲"]}]}]
    law = {"id": "x", "title": [{"zh-Hans": "法"}, {"en": "Law"}], "content": [{"title": "总则", "content": articles}]}
    found = loaded(tmp_path, {"path": "sources/legal/x.yml", "doc": law})
    assert found.ask(
        "?d rdfs:label 'Law'@en, '法'@zh-Hans ; clew:remark '总则\\n第一条\\n为了维护\\n（一）\\n甲', 'id: x'"
    )


@pytest.mark.parametrize(
    "bad",
    [
        {"path": "sources/x.yml"},
        {"doc": {}},
        announcement(ENTITY | {"sanction_list": "新清单"}),
        announcement(ENTITY | {"name": {}}),
    ],
)
def test_a_document_that_is_not_well_formed_is_quarantined(tmp_path: Path, bad: dict[str, Any]) -> None:
    found = loaded(tmp_path, bad, announcement(ENTITY))
    assert found.harvest.counts() == {"read": 2, "loaded": 1, "quarantined": 1, "duplicates": 0}


def test_every_document_is_loaded_with_its_parties(shared: Path) -> None:
    found = harvested(CnMofcom(), shared / "cn" / "cn_announcements_full.jsonl.gz")
    assert found.harvest.counts() == {"read": 49, "loaded": 49, "quarantined": 0, "duplicates": 0}
    assert found.count("SELECT DISTINCT ?d { ?l <http://purl.org/dc/terms/source> ?d . ?l a clew:Listing }") == 37
    assert found.count("SELECT DISTINCT ?x { ?x clew:recordKey ?k }") == 213
    assert found.count("SELECT DISTINCT ?x ?l { ?x clew:listing/clew:onList ?l }") > 213
    assert found.count("?l a clew:Listing ; clew:onList list:CN-CL") == 102
