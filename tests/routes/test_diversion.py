"""Diversion among whole deals: graded, with a proof that is checked without the search.

Guards 15 CFR 732 Supp. 3 and the Tri-Seal Compliance Note of 2023-03-02: a chain alone is possible diversion, and only
a fact against what was declared makes it more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from clew.dataset import Dataset
from clew.errors import ProofError
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact, Inference
from clew.reasoner.routes import Asked, Diversion, Found, Strength, Trade, derive, diversions
from clew.reasoner.verify import Verifier
from clew.statements import Statement

from .conftest import Lay
from .deals import Deal, Prove, holding, party

AS_OF = date(2024, 6, 1)
CHIPS = "854231"


def first(**changes: object) -> Deal:
    return replace(Deal("one", "maker", "US", [("TR", "2024-01-10", "dealer")]), **changes)  # type: ignore[arg-type]


def second(**changes: object) -> Deal:
    return replace(Deal("two", "dealer", "TR", [("RU", "2024-01-30", "plant")]), **changes)  # type: ignore[arg-type]


def observed(deal: Deal) -> Deal:
    seen = mint("test", deal.name, part="seen")
    deal.more = [*deal.more, ("deal", CLEW.hasObservation, seen), ("seen", CLEW.observationType, "label_removed")]
    return deal


def search(data: Dataset, law: str = "us", **asked: object) -> tuple[Trade, Found, list[Diversion]]:
    trade = Trade(data, AS_OF)
    found = diversions(trade, Asked(**asked))  # type: ignore[arg-type]
    return trade, found, [one for one in found.diversions if one.zone.name == law]


def only(data: Dataset, **asked: object) -> Diversion:
    (one,) = search(data, **asked)[2]
    return one


def test_a_chain_over_two_deals_is_possible_without_a_contradiction(lay: Lay) -> None:
    one = only(lay(first().statements(), second().statements()))
    assert one.strength is Strength.POSSIBLE
    assert one.path[:5] == ("test-party:maker", "place:US", "test-party:dealer", "place:TR", "test-party:plant")
    assert one.lacks == ("a fact that contradicts what was declared, or that somebody knew",)


def test_a_fact_that_somebody_knew_makes_it_strong(lay: Lay) -> None:
    assert only(lay(first().statements(), observed(second()).statements())).strength is Strength.STRONG


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"stops": [("RU", "2024-02-20", "plant")]}, "wait of at most"),
        ({"stops": [("RU", None, "plant")]}, "the days"),
        ({"quantity": None}, "quantities in one unit"),
        ({"quantity": "20"}, "quantities that fit"),
        ({"unit": "kg"}, "quantities in one unit"),
    ],
)
def test_what_is_not_known_or_does_not_fit_keeps_it_possible(lay: Lay, change: dict[str, object], lack: str) -> None:
    one = only(lay(first().statements(), observed(second(**change)).statements()))
    assert one.strength is Strength.POSSIBLE
    assert any(lack in each for each in one.lacks)


@pytest.mark.parametrize(
    "changed",
    [
        second(hs="940131"),
        second(sender="somebody"),
        second(stops=[("RU", "2024-01-09", "plant")]),
        second(stops=[("RU", "2024-05-30", "plant")]),
        second(stops=[("KZ", "2024-01-30", "plant")]),
    ],
)
def test_other_goods_hands_days_or_places_make_no_chain(lay: Lay, changed: Deal) -> None:
    assert search(lay(first().statements(), changed.statements()))[2] == []


def test_goods_go_on_through_a_company_of_the_same_group_on_the_day(lay: Lay) -> None:
    deals = first().statements(), second(sender="sister").statements()
    ties = holding("1", "top", "dealer", 100_000_000), holding("2", "top", "sister", 51_000_000, since="2024-01-15")
    one = only(lay(*deals, *ties))
    assert "test-party:dealer" in one.path
    early = second(sender="sister", stops=[("RU", "2024-01-12", "plant")], name="early")
    ends = {each.shipments[-1].transaction for each in search(lay(early.statements()))[2]}
    assert ends == {second().node("deal")}


def test_furniture_to_a_place_with_sectoral_measures_is_no_finding(lay: Lay) -> None:
    data = lay(first(hs="940131").statements(), second(hs="940131").statements())
    assert search(data)[2] == []


def test_a_comprehensive_embargo_takes_all_goods(lay: Lay) -> None:
    data = lay(first(hs="940131").statements(), second(hs="940131", stops=[("IR", "2024-01-30", "plant")]).statements())
    assert only(data).embargo.jurisdiction in ("US-OFAC", "US-EAR")


def test_goods_straight_to_an_embargoed_place_are_certain_unless_a_licence_is_stated(lay: Lay) -> None:
    data = lay(first(stops=[("IR", "2024-01-10", "plant")]).statements())
    assert only(data).strength is Strength.CERTAIN
    licence = mint("test", "one", part="licence")
    assert search(lay([(mint("test", "one", part="deal"), CLEW.hasAuthorisation, licence)]))[2] == []


def test_an_embargo_counts_on_its_days_alone(lay: Lay) -> None:
    """Syria: the comprehensive programme of 31 CFR 542 ended on 2025-06-30; Sudan: 31 CFR 538 on 2017-10-11."""
    before = first(name="before", hs="940131", stops=[("SD", "2017-10-11", "plant")])
    after = first(name="after", hs="940131", stops=[("SD", "2017-10-12", "plant")])
    found = search(lay(before.statements(), after.statements()))[2]
    assert [one.shipments[0].transaction for one in found] == [before.node("deal")]


def test_what_is_asked_for_narrows_the_answer(lay: Lay) -> None:
    data = lay(first().statements(), second().statements())
    assert search(data, code="8542")[2]
    assert not search(data, code="9401")[2]
    assert not search(data, window=19)[2]
    assert search(data, window=20, since=date(2024, 1, 30), until=date(2024, 1, 30))[2]
    assert not search(data, since=date(2024, 1, 31))[2]
    assert not search(data, until=date(2024, 1, 29))[2]


def test_the_answer_says_what_is_not_known_and_what_was_cut(lay: Lay) -> None:
    data = lay(first().statements(), second(quantity=None).statements(), Deal("x", None, "US", []).statements())
    _, found, _ = search(data)
    assert found.shipments == 3
    assert {mark.value: count for mark, count in found.marks.items()}["no quantity"] == 1
    assert "1 final shipments" in found.cuts["us"].says


def test_the_party_between_has_bounds_by_a_named_convention(lay: Lay) -> None:
    clean = Deal("clean", "other", "CN", [("TR", "2024-01-05", "dealer")], quantity="60")
    one = only(lay(first().statements(), clean.statements(), second().statements()))
    ((who, said),) = one.quantities
    assert (who, said.lower, said.upper, said.known) == (party("dealer"), 0, 100_000_000, False)
    assert said.traced == 40_000_000
    assert said.convention.value in said.says


def proved(data: Dataset) -> Inference:
    trade, found, (one, *_) = search(data)
    return derive(trade, one, Prove(data), found.settings.window)


def cases() -> dict[str, Iterable[Iterable[Statement]]]:
    return {
        "possible": (first().statements(), second().statements()),
        "strong": (first().statements(), observed(second()).statements()),
        "certain": (first(stops=[("IR", "2024-01-10", "plant")]).statements(),),
        "stated": (
            Deal("s", "maker", "US", [("TR", None, "dealer"), ("IR", None, "plant")], as_of="2024-01-01").statements(),
        ),
        "group": (
            first().statements(),
            second(sender="sister").statements(),
            holding("1", "top", "dealer", 100_000_000),
            holding("2", "top", "sister", 51_000_000),
        ),
    }


@pytest.mark.parametrize("name", list(cases()))
def test_a_proof_is_checked_without_the_search(lay: Lay, name: str) -> None:
    data = lay(*cases()[name])
    checked = Verifier(data, {}).verify(proved(data))
    assert checked.steps >= 1
    assert checked.facts > 10


def without(proof: Inference, predicate: object) -> Inference:
    kept = tuple(one for one in proof.premises if not (isinstance(one, Fact) and one.conclusion[1] == predicate))
    return replace(proof, premises=kept)


def bound(proof: Inference, **changes: str) -> Inference:
    return replace(proof, bindings=tuple(sorted({**dict(proof.bindings), **changes}.items())))


@pytest.mark.parametrize(
    "predicate",
    [CLEW.departurePlace, CLEW.arrivalPlace, CLEW.hsCode, CLEW.legConsignee, CLEW.rolePlayer, CLEW.embargoedPlace,
     CLEW.jurisdiction, CLEW.hasConsignment, CLEW.hasItem],
)  # fmt: skip
def test_a_proof_without_one_of_its_facts_is_refused(lay: Lay, predicate: object) -> None:
    data = lay(*cases()["possible"])
    with pytest.raises(ProofError):
        Verifier(data, {}).verify(without(proved(data), predicate))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("possible", {"strength": "strong"}),
        ("possible", {"strength": "certain"}),
        ("possible", {"window": "5"}),
        ("possible", {"zone": "eu"}),
        ("possible", {"zone": "nowhere"}),
        ("possible", {"day": "1980-01-01"}),
        ("possible", {"goods": str(mint("hs", "940131"))}),
        ("strong", {"strength": "statistical"}),
    ],
)
def test_a_proof_that_claims_more_than_its_facts_is_refused(lay: Lay, name: str, changes: dict[str, str]) -> None:
    data = lay(*cases()[name])
    with pytest.raises(ProofError):
        Verifier(data, {}).verify(bound(proved(data), **changes))


def test_a_group_is_refused_without_the_majority_it_rests_on(lay: Lay) -> None:
    data = lay(*cases()["group"])
    with pytest.raises(ProofError, match="nobody receives"):
        Verifier(data, {}).verify(without(proved(data), CLEW.shareMinimum))


def test_a_strong_proof_is_refused_without_its_contradiction(lay: Lay) -> None:
    data = lay(*cases()["strong"])
    proof = proved(data)
    told = tuple(one for one in proof.premises if not isinstance(one, Inference))
    with pytest.raises(ProofError, match="against what was declared"):
        Verifier(data, {}).verify(replace(proof, premises=told))
