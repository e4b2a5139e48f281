"""What is not well formed is answered with its place, the reason and one remedy, and takes nothing else with it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clew.errors import CaseError
from clew.loaders.case import case_from_mapping, read_cases
from clew.tests.case.given import Load, said

PARTIES = "parties: [{id: x}, {id: a}, {id: b}]\n"
OWNERSHIP = PARTIES + "ownership:\n- {owner: x, owned: b, percent: 10}\n- "

MALFORMED = [
    (OWNERSHIP + "{owner: x, owned: a, percent: -5}", "/ownership/1/percent", "a share of `-5` percent cannot be"),
    (OWNERSHIP + "{owner: x, owned: a, percent: 140}", "/ownership/1/percent", "a share of `140` percent cannot be"),
    (OWNERSHIP + "{owner: x, owned: a, percent: half}", "/ownership/1/percent", "`half` is no share"),
    (OWNERSHIP + "{owner: x, owned: a, percent: true}", "/ownership/1/percent", "`True` is no share"),
    (
        OWNERSHIP + "{owner: x, owned: a, percent: '(50,25]'}",
        "/ownership/1/percent",
        "the band `(50,25]` holds no share",
    ),
    (OWNERSHIP + "{owner: a, owned: a, percent: 5}", "/ownership/1", "`a` is said to hold a stake in itself"),
    (OWNERSHIP + "{owners: [x, a], owned: a}", "/ownership/1", "`a` is said to hold a stake in itself"),
    (OWNERSHIP + "{owner: y, owned: a}", "/ownership/1/owner", "`y` is no party of this case"),
    (OWNERSHIP + "{owner: x, owned: y}", "/ownership/1/owned", "`y` is no party of this case"),
    (OWNERSHIP + "{owner: x}", "/ownership/1/owned", "`owned` is missing"),
    (OWNERSHIP + "{owned: a}", "/ownership/1/owner", "`owner` is missing"),
    (OWNERSHIP + "{owner: x, owned: a, kind: marriage}", "/ownership/1/kind", "`marriage` is no kind of holding"),
    (
        OWNERSHIP + "{owner: x, owned: a, from: 2024-02-01, to: 2024-01-01}",
        "/ownership/1/to",
        "`to` is `2024-01-01`, which is not after `from`",
    ),
    (
        OWNERSHIP + "{owner: x, owned: a, from: 2024-02-30}",
        "/ownership/1/from",
        "`2024-02-30` is no day of the calendar",
    ),
    (
        OWNERSHIP + "{owner: x, owned: a, to: '[2026-07-01,2026-05-01]'}",
        "/ownership/1/to",
        "the period `[2026-07-01,2026-05-01]` is upside down",
    ),
    (OWNERSHIP + "{owner: x, owned: a, from: yesterday}", "/ownership/1/from", "`yesterday` is no date"),
    (OWNERSHIP + "x owns a", "/ownership/1", "`x owns a` is no mapping"),
    (
        PARTIES + "joint_arrangements: [{parties: [x], company: a}]",
        "/joint_arrangements/0/parties",
        "a joint arrangement",
    ),
    (PARTIES + "joint_arrangements: [{parties: [x, b]}]", "/joint_arrangements/0/company", "`company` is missing"),
    (PARTIES + "complete_registers: [z]", "/complete_registers/0", "`z` is no party of this case"),
    ("parties: [{id: a}, {id: a, name: Other}]", "/parties/1/id", "the id `a` is taken"),
    ("parties: [{name: Nameless}]", "/parties/0/id", "a party has no id"),
    ("parties: [{id: transaction}]", "/parties/0/id", "the id `transaction` is taken"),
    ("parties: [{id: a, kind: robot}]", "/parties/0/kind", "`robot` is no kind of party"),
    ("parties: [{id: a, country: XX}]", "/parties/0/country", "`XX` is no country or area that the tables know"),
    ("parties: [{id: a, facts: {incorporated: '2022'}}]", "/parties/0/facts/incorporated/0", "`2022` is no date"),
    ("parties: [{id: a, listings: [{list: US-XXX}]}]", "/parties/0/listings/0/list", "`US-XXX` is no list of parties"),
    ("parties: [{id: a, listings: [{from: 2020-01-01}]}]", "/parties/0/listings/0/list", "`list` is missing"),
    (
        "parties: [{id: a, listings: [{list: US-EL, from: 2020-02-30}]}]",
        "/parties/0/listings/0/from",
        "`2020-02-30` is no day of the calendar",
    ),
    ("parties: [{id: a, roles: [[exporter]]}]", "/parties/0/roles/0", '`["exporter"]` is no text'),
    ("parties: {id: a, roles: {x: 1}}", "/parties/0/roles/0", '`{"x": "1"}` is no text'),
    ("items: [{id: a}, {id: a}]", "/items/1/id", "the id `a` is taken"),
    (PARTIES + "items: [{id: a}]", "/items/0/id", "the id `a` is taken"),
    ("items: [{id: i, hs: 80700}]", "/items/0/hs", "`80700` is no HS code"),
    ("items: [{id: i, origin: Atlantis}]", "/items/0/origin", "`Atlantis` is no country or area"),
    ("items: [{id: i, qty: many}]", "/items/0/qty", "`many` is no number"),
    ("items: [{id: i, qty: -1}]", "/items/0/qty", "`-1` is negative"),
    ("items: [{id: i, qty: 1e30}]", "/items/0/qty", "`1e30` is too large or too fine"),
    ("items: [{id: i, value: {amount: '1,000', currency: EUR}}]", "/items/0/value/amount", "`1,000` is no number"),
    ("items: [{id: i, value: {amount: 1, currency: euro}}]", "/items/0/value/currency", "`euro` is no currency"),
    ("items: [{id: i, codes: EAR99}]", "/items/0/codes", "`EAR99` is no mapping"),
    ("items: [{id: i, codes: {MARS: 1A001}}]", "/items/0/codes/MARS", "`MARS` is no control list"),
    (
        "items: [{id: i, components: [{origin: US, share_pct: '[1,2]'}]}]",
        "/items/0/components/0/share_pct",
        "`[1,2]` is not one share",
    ),
    ("items: [{id: i, xx_content_pct: 5}]", "/items/0/xx_content_pct", "`XX` is no country"),
    ("transaction: [export]", "/transaction", '`["export"]` is no mapping'),
    ("transaction: {date: 2023-02-29}", "/transaction/date", "`2023-02-29` is no day of the calendar"),
    (
        "transaction: {contract: {no_russia_clause: perhaps}}",
        "/transaction/contract/no_russia_clause",
        "`perhaps` is neither true nor false",
    ),
    ("transaction: {payments: [cash]}", "/transaction/payments/0", "`cash` is no mapping"),
    ("transaction: {payments: [{country: '??'}]}", "/transaction/payments/0/country", "`??` is no country"),
    ("transaction: {licences: [{list: MARS}]}", "/transaction/licences/0/list", "`MARS` is no control list"),
    ("transaction: {declarations: [{item: i9}]}", "/transaction/declarations/0/item", "`i9` is no item of this case"),
    (PARTIES + "route: [{seq: 1, consignee: z}]", "/route/0/consignee", "`z` is no party of this case"),
    ("route: [{seq: 1, from: {country: XX}}]", "/route/0/from/country", "`XX` is no country"),
    ("route: [{seq: 1}, {seq: 1}]", "/route/1/seq", "leg `1` stands where leg `2` is due"),
    ("route: [{seq: 1}, {seq: 3}]", "/route/1/seq", "leg `3` stands where leg `2` is due"),
    ("route: [{seq: 2}]", "/route/0/seq", "leg `2` stands where leg `1` is due"),
    ("route: [{seq: 0}]", "/route/0/seq", "`0` is no position"),
    (PARTIES + "events: [{vessel: z}]", "/events/0/vessel", "`z` is no party of this case"),
    (PARTIES + "observations: [{subject: z}]", "/observations/0/subject/0", "`z` is no party of this case"),
]


@pytest.mark.parametrize(("text", "pointer", "reason"), MALFORMED)
def test_a_malformed_part_is_set_aside_with_its_place(load: Load, text: str, pointer: str, reason: str) -> None:
    case = load(text)
    assert [problem.pointer for problem in case.problems] == [pointer]
    (problem,) = case.problems
    assert problem.reason.startswith(reason)
    assert problem.remedy
    assert problem.where == f"t.yaml case T001 {pointer}"
    assert problem.raw


@pytest.mark.parametrize(("text", "pointer", "reason"), MALFORMED)
def test_a_strict_reader_refuses_it(load: Load, text: str, pointer: str, reason: str) -> None:
    with pytest.raises(CaseError) as caught:
        case_from_mapping(load(text).raw, strict=True)
    assert caught.value.where == f"case T001 {pointer}"
    assert caught.value.message.startswith(reason)


def test_a_bad_holding_takes_no_other_with_it(load: Load) -> None:
    case = load(OWNERSHIP + "{owner: x, owned: a, percent: 140}\n- {owner: a, owned: b, percent: 20}")
    holdings = {subject for subject, predicate, _ in said(case) if predicate == "heldIn"}
    assert holdings == {"holding-1", "holding-3"}
    # What was set aside leaves no node behind that looks like a holding without a share.
    assert not {fact for fact in said(case) if fact[0] == "holding-2"}


def test_a_leg_out_of_order_still_shows_where_the_goods_go(load: Load) -> None:
    # A leg that is left out could hide an embargoed place.
    case = load("route: [{seq: 2, to: {country: AE}}, {seq: 1, to: {country: IR}}, {seq: 2, to: {country: SY}}]")
    arrivals = {value for _, predicate, value in said(case) if predicate == "arrivalPlace"}
    assert arrivals == {"place/AE", "place/IR", "place/SY"}
    sequences = [value for _, predicate, value in said(case) if predicate == "sequence"]
    assert len(set(sequences)) == 3
    assert len(case.problems) == 3


def test_a_party_keeps_its_roles_when_its_country_is_unknown(load: Load) -> None:
    case = load("parties: [{id: a, country: XX, roles: [end_user]}]")
    assert ("role-1", "rolePlayer", "a") in said(case)


def test_a_field_that_the_schema_does_not_have_is_kept_and_told_of(load: Load) -> None:
    case = load(OWNERSHIP + "{owner: x, owned: a, percnt: 60}")
    assert case.problems == ()
    (warning,) = case.warnings
    assert (warning.pointer, warning.reason) == (
        "/ownership/1/percnt",
        "the schema has no field `percnt` here, so no rule reads it",
    )
    assert ("holding-2", "remark", "percnt: 60") in said(case)
    with pytest.raises(CaseError, match="no field `percnt`"):
        case_from_mapping(case.raw, strict=True)


def test_a_note_is_no_unknown_field(load: Load) -> None:
    case = load(OWNERSHIP + "{owner: x, owned: a, note: from the register, source: annual report}")
    assert case.warnings == ()
    assert {("holding-2", "remark", "note: from the register"), ("holding-2", "sourceNote", "annual report")} <= said(
        case
    )


def test_a_strict_reader_counts_what_else_is_wrong() -> None:
    raw = {"id": "A", "as_of": "2024-01-01", "parties": [{"id": "a", "country": "XX"}, {"id": "b", "kind": "robot"}]}
    with pytest.raises(CaseError, match=r"\(and 1 more like it\)"):
        case_from_mapping(raw, strict=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("as_of: 2024-01-01", r"x\.yaml case 1 /id: `id` is missing"),
        ("cases: [{as_of: 2024-01-01}]", r"x\.yaml case 1 /id: `id` is missing"),
        ("cases: [{id: [1], as_of: 2024-01-01}]", r"x\.yaml case 1 /id: `\[\"1\"\]` is no text"),
        ("cases: [{id: A}]", r"x\.yaml case A /as_of: `as_of` is missing"),
        ("cases: [{id: A, as_of: 2024-02-30}]", r"x\.yaml case A /as_of: `2024-02-30` is no day of the calendar"),
        ("cases: [text]", r"x\.yaml case 1: `text` is no mapping"),
        (
            "schema: other/v2\ncases: [{id: A, as_of: 2024-01-01}]",
            r"x\.yaml /schema: the schema `other/v2` is not known",
        ),
    ],
)
def test_a_case_without_id_or_day_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf8")
    with pytest.raises(CaseError, match=message):
        read_cases(path)


def test_the_day_of_the_file_stands_in_for_that_of_a_case(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("as_of: 2024-01-01\ncases: [{id: A}, {id: B, as_of: 2020-01-01}]", encoding="utf8")
    assert [case.as_of for case in read_cases(path)] == [date(2024, 1, 1), date(2020, 1, 1)]


def test_the_day_a_caller_asks_about_comes_first() -> None:
    raw = {"id": "A", "as_of": "2024-01-01"}
    assert case_from_mapping(raw, strict=True, as_of=date(2025, 1, 1)).as_of == date(2025, 1, 1)


def test_values_of_python_are_read_as_those_of_a_file() -> None:
    raw: dict[str, Any] = {
        "id": "A",
        "as_of": date(2024, 1, 1),
        "parties": [{"id": "x"}, {"id": "a"}],
        "ownership": [
            {"owner": "x", "owned": "a", "percent": 0.1},
            {"owner": "x", "owned": "a", "percent": Decimal("0.1")},
        ],
        "items": [{"id": "i", "qty": 2.5}],
    }
    shares = [value for _, predicate, value in said(case_from_mapping(raw, strict=True)) if predicate == "shareMinimum"]
    assert shares == [100_000, 100_000]


@pytest.mark.parametrize("value", [object(), {"a": object()}, {1: 2}, b"bytes", {1, 2}])
def test_what_is_no_plain_value_is_refused(value: object) -> None:
    with pytest.raises(CaseError):
        case_from_mapping({"id": "A", "as_of": "2024-01-01", "facts": value}, strict=False)


def test_a_body_that_holds_itself_is_refused() -> None:
    raw: dict[str, Any] = {"id": "A", "as_of": "2024-01-01"}
    raw["parties"] = [raw]
    with pytest.raises(CaseError, match="nest deeper"):
        case_from_mapping(raw, strict=False)
