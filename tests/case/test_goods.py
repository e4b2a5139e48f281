"""Items, their codes, what they are made of and what was declared of them."""

from decimal import Decimal

import pytest

from clew.loaders.case.codes import as_code_list, read_code
from clew.tests.case.given import Ask, Load, said, short


def test_an_item_keeps_all_that_is_stated(load: Load) -> None:
    case = load(
        "items: [{id: i1, desc: A100 GPU, hs: '847330', origin: US, qty: 200, unit: piece,"
        " value: {amount: 1900000.50, currency: usd}, produced_with: [{kind: technology, eccn: 3E001}, EDA software]}]"
    )
    assert {
        ("transaction", "hasItem", "i1"),
        ("i1", "localId", "i1"),
        ("i1", "description", "A100 GPU"),
        ("i1", "hsCode", "hs/847330"),
        ("i1", "origin", "place/US"),
        ("i1", "quantity", Decimal(200)),
        ("i1", "unit", "piece"),
        ("i1", "value", "i1-value"),
        ("i1-value", "amount", Decimal("1900000.50")),
        ("i1-value", "currency", "USD"),
        ("i1", "producedWith", "kind: technology; eccn: 3E001"),
        ("i1", "producedWith", "EDA software"),
    } <= said(case)
    assert case.problems == case.warnings == ()


@pytest.mark.parametrize(
    ("key", "text", "chain"),
    [
        ("US", "3A090.a", ("3A090.a", "3A090")),
        ("US", "3B001.f.1.b.2.b", ("3B001.f.1.b.2.b", "3B001.f.1.b.2", "3B001.f.1.b", "3B001.f.1", "3B001.f", "3B001")),
        ("US", "9E610", ("9E610",)),
        ("US", "3a090.A", ("3A090.a", "3A090")),
        ("US", "EAR99", ("EAR99",)),
        ("US", "ear99", ("EAR99",)),
        ("EU", "3A001a2", ("3A001.a.2", "3A001.a", "3A001")),
        ("EU", "3A001.a.2.", ("3A001.a.2", "3A001.a", "3A001")),
        ("EU", "Annex VII", ("Annex VII",)),
        ("EU", "Annex VII part B", ("Annex VII part B", "Annex VII")),
        ("US", "USML XI(a)(4)", ("XI(a)(4)", "XI(a)", "XI", "USML")),
        ("CN", "HGR", ("HGR",)),
        ("JP", "7(1)", ("7(1)", "7")),
        ("CN", "unlisted", ()),
        ("NL", "unlisted_on_date", ()),
        ("EU", "None", ()),
    ],
)
def test_a_code_lies_in_the_entries_above_it(key: str, text: str, chain: tuple[str, ...]) -> None:
    code = read_code(as_code_list(key), text)
    assert code.chain == chain
    assert code.regular


def test_a_code_means_nothing_without_its_list(load: Load, ask: Ask) -> None:
    # 3C001 is gallium on the Chinese list and epitaxial material on the others (regulation design 1.2).
    case = load("items: [{id: i1, codes: {CN: 3C001.b, EU: 3C001, US: EAR99}}]")
    rows = ask(
        case,
        "SELECT ?entry ?list ?above WHERE { ?i clew:classification ?c . ?c clew:underEntry ?entry ."
        " ?entry clew:controlList ?list . OPTIONAL { ?entry clew:partOfEntry ?above } } ORDER BY ?entry",
    )
    assert [tuple(short(row[name]) for name in ("entry", "list", "above") if name in row) for row in rows] == [
        ("cn/3C001.b", "control-list/CN", "cn/3C001"),
        ("eccn/EAR99", "control-list/US"),
        ("eu/3C001", "control-list/EU"),
    ]


def test_a_sanctions_annex_is_an_entry_of_its_own_list(load: Load) -> None:
    # Regulation (EU) 833/2014, art. 2a
    facts = said(load("items: [{id: i1, codes: {EU: Annex VII}}]"))
    assert ("i1-class-EU", "underEntry", "eu-833/Annex%20VII") in facts
    assert ("eu-833/Annex%20VII", "controlList", "control-list/EU-833") in facts


def test_an_item_may_fall_under_several_entries_of_one_list(load: Load) -> None:
    facts = said(load("items: [{id: i1, codes: {EU: [3A001.a.2, Annex VII]}}]"))
    entries = {value for _, predicate, value in facts if predicate == "underEntry"}
    assert entries == {"eu/3A001.a.2", "eu-833/Annex%20VII"}


@pytest.mark.parametrize(("key", "word"), [("EU", "none"), ("CN", "unlisted"), ("NL", "unlisted_on_date")])
def test_not_listed_is_a_statement_of_its_own(load: Load, key: str, word: str) -> None:
    case = load(f"items: [{{id: i1, codes: {{{key}: {word}}}}}]")
    assert (f"i1-class-{key}", "notListedOn", f"control-list/{key}") in said(case)
    assert not {fact for fact in said(case) if fact[1] == "underEntry"}


def test_how_a_classification_was_made_is_kept(load: Load) -> None:
    facts = said(load("items: [{id: i1, codes: {US: {code: 5A002, method: by the maker, verified_on: 2024-02-01}}}]"))
    assert ("i1-class-US", "method", "by the maker") in facts
    assert "verifiedOn" in {predicate for _, predicate, _ in facts}


def test_a_code_of_an_unknown_form_is_kept_and_told_of(load: Load) -> None:
    case = load("items: [{id: i1, codes: {EU: very special}}]")
    assert ("i1-class-EU", "underEntry", "eu/very%20special") in said(case)
    assert [warning.pointer for warning in case.warnings] == ["/items/0/codes/EU/0"]


def test_an_unknown_list_is_a_problem_and_the_other_codes_stay(load: Load) -> None:
    case = load("items: [{id: i1, codes: {XX: 1A001, US: EAR99}}]")
    (problem,) = case.problems
    assert (problem.pointer, problem.reason) == ("/items/0/codes/XX", "`XX` is no control list")
    assert ("i1-class-US", "underEntry", "eccn/EAR99") in said(case)


def shares(load: Load, item: str) -> list[tuple[str, int]]:
    facts = said(load(f"items: [{{id: i1, {item}}}]"))
    return sorted((subject, int(str(value))) for subject, predicate, value in facts if predicate == "contentShare")


def test_a_total_and_the_parts_it_is_made_of_count_once(load: Load) -> None:
    # 15 CFR 734.4: the de minimis sum must not take the same content twice.
    part = "components: [{desc: light source, origin: US, share_pct: 3}]"
    assert shares(load, f"us_content_pct: 3, {part}") == [("i1-component-1", 3_000_000)]
    assert shares(load, f"us_content_pct: 10, {part}") == [
        ("i1-component-1", 3_000_000),
        ("i1-component-us", 7_000_000),
    ]
    assert shares(load, "us_content_pct: 0") == [("i1-component-us", 0)]


def test_components_that_exceed_their_total_are_a_contradiction(load: Load) -> None:
    case = load("items: [{id: i1, us_content_pct: 2, components: [{origin: US, share_pct: 3}]}]")
    (problem,) = case.problems
    assert problem.pointer == "/items/0/us_content_pct"
    assert problem.reason == "the components add up to `3` percent, `us_content_pct` is less"
    assert ("i1-component-1", "contentShare", 3_000_000) in said(case)


def test_a_component_has_its_origin_and_code(load: Load) -> None:
    facts = said(
        load("items: [{id: i1, components: [{desc: magnet, origin: CN, share_pct: 0.1, codes: {CN: 1C902}}]}]")
    )
    assert {
        ("i1", "hasComponent", "i1-component-1"),
        ("i1-component-1", "description", "magnet"),
        ("i1-component-1", "origin", "place/CN"),
        ("i1-component-1", "contentShare", 100_000),
        ("i1-component-1-class-CN", "underEntry", "cn/1C902"),
    } <= facts


def test_what_was_declared_stands_beside_what_is(load: Load) -> None:
    facts = said(
        load(
            "items: [{id: i1, desc: Germanium ingot, hs: '811292',"
            " declared: {desc: tin articles, hs: '800700', origin: VN, value: {amount: 5, currency: CNY}}}]\n"
            "transaction: {declarations: [{system: GAC, desc: tin articles, hs: '800700', item: i1}]}"
        )
    )
    assert {
        ("i1", "hsCode", "hs/811292"),
        ("i1", "declaredAs", "i1-declared"),
        ("i1-declared", "declaredHS", "hs/800700"),
        ("i1-declared", "description", "tin articles"),
        ("i1-declared", "declaredOrigin", "place/VN"),
        ("i1-declared-value", "amount", Decimal(5)),
        ("transaction", "hasDeclaration", "declaration-1"),
        ("declaration-1", "declarationSystem", "GAC"),
        ("declaration-1", "declaredHS", "hs/800700"),
        ("i1", "declaredAs", "declaration-1"),
    } <= facts


@pytest.mark.parametrize("code", ["8112.92", "8112929010", "8112 92"])
def test_an_hs_code_is_its_first_six_digits(load: Load, code: str) -> None:
    facts = said(load(f"items: [{{id: i1, hs: '{code}'}}]"))
    assert ("i1", "hsCode", "hs/811292") in facts
    assert (("i1", "remark", f"hs: {code}") in facts) == (len(code) > 7)


def test_an_hs_code_keeps_its_leading_zero(load: Load) -> None:
    assert ("i1", "hsCode", "hs/010121") in said(load("items: [{id: i1, hs: 010121}]"))
