"""What stands beside a status: reasons, what is missing, margins, pictures, and records that are one party."""

from datetime import date

import pytest
from rdflib import OWL

from clew.dataset import Dataset
from clew.errors import InputError, NotFoundError
from clew.ontology import CLEW, mint, token
from clew.reasoner.derivation import Fact, leaves
from clew.reasoner.ownership import Assessment, assess, direct, read, register, sweep, ultimate, view
from clew.reasoner.ownership.kernel import spread_all
from clew.reasoner.ownership.reading import strict
from clew.reasoner.ownership.spread import Mode
from clew.reasoner.ownership.tables import tables
from clew.reasoner.ownership.terms import says
from clew.reasoner.verify.arithmetic import replay
from clew.tests.ownership.worlds import GRAPH, LAW, fact, party, regime, regimes, shorthand, world

DAY = date(2026, 11, 21)
OFAC = regime("us-ofac-50")


def dataset(**case: object) -> Dataset:
    return world(shorthand(case))


def ofac(day: date = DAY, **case: object) -> Assessment:
    return assess(read(dataset(**case), day), regimes=[OFAC])


def test_possibly_names_the_share_to_find_out() -> None:
    found = ofac(listed={"X": "US-SDN"}, holds=["X A ?", "A B 100", "Z B 0"])
    assert found.missing(OFAC, party("B")) == ("the share of X in A on 2026-11-21",)
    assert found.missing(OFAC, party("Z")) == ()


def test_possibly_names_a_listing_whose_day_is_not_certain() -> None:
    day = date(2026, 6, 1)
    found = ofac(day, listed={"X": "US-SDN [2026-05-01,2026-07-01].."}, holds=["X A 100"])
    assert found.missing(OFAC, party("A")) == ("whether X was listed on 2026-06-01",)


def test_review_names_what_a_person_must_judge() -> None:
    found = assess(read(dataset(listed={"L": "EU-FSF"}, holds=["L A ? control"]), DAY))
    (judgement,) = found.missing(regime("eu-freeze"), party("A"))
    assert "L is said to control A" in judgement


def test_a_clear_answer_still_tells_of_a_listed_minority_and_of_holders_nobody_recorded() -> None:
    reasons = ofac(listed={"X": "US-SDN"}, holds=["X A 30"]).status(OFAC, party("A")).reasons
    assert any("X is listed and holds 30 %" in reason for reason in reasons)
    assert any("holders of 70 % are not recorded" in reason for reason in reasons)


def test_a_rule_that_is_suspended_tells_what_it_would_say() -> None:
    found = assess(read(dataset(listed={"E": "US-EL"}, holds=["E A 50"]), date(2026, 1, 1)))
    status = found.status(regime("us-bis-affiliates"), party("A"))
    assert "were it in force, the answer would be caught" in status.reasons[0]


def test_a_rule_whose_state_is_not_verified_is_applied_and_said_so() -> None:
    found = assess(read(dataset(listed={"E": "US-EL"}, holds=["E A 50"]), DAY))
    status = found.status(regime("us-bis-affiliates"), party("A"))
    assert status.status == "caught"
    assert "not verified" in status.reasons[0]


def test_the_sentence_of_a_proof_names_who_how_much_the_rule_and_its_source() -> None:
    found = ofac(listed={"Delta": "US-SDN", "Sirius": "US-SDN"}, holds=["Delta A 50", "Sirius A 35"])
    assert found.derive(OFAC, party("A"), fact).says == (
        "50 % is held by listed or caught parties: 50 % Delta (85 % with all of them); "
        "us-ofac-50 asks for 50 % or more (OFAC guidance of 2014-08-13; FAQ 398-402)"
    )
    status = found.status(OFAC, party("A"))
    assert (status.minimum, status.maximum) == (85_000_000, 85_000_000)
    assert "50 % Delta + 35 % Sirius" in status.reasons[0]


def test_two_records_of_one_party_are_one_party() -> None:
    data = dataset(listed={"X1": "US-SDN"}, holds=["X2 A 60", "A1 B 60", "X1 C 1"])
    data.add([(party("X1"), OWL.sameAs, party("X2")), (party("A"), OWL.sameAs, party("A1"))], GRAPH)
    found = assess(read(data, DAY), regimes=[OFAC])
    for record in ("A", "A1", "B"):
        assert found.status(OFAC, party(record)).status == "caught"
        verdict = next(one for one in found.verdicts() if one.party == party(record))
        proof = found.derive(verdict.iri, fact)
        assert proof.conclusion[0] == verdict.iri
        for leaf in leaves(proof):
            assert isinstance(leaf, Fact)
            assert data.graphs_of(leaf.conclusion)
    replay(found.derive(OFAC, party("B"), fact))
    replay(found.derive(OFAC, party("A1"), fact))


def test_two_records_of_one_holder_do_not_add_up() -> None:
    data = dataset(listed={"X1": "US-SDN"}, holds=["X1 A 30", "X2 A 30"])
    data.add([(party("X1"), OWL.sameAs, party("X2"))], GRAPH)
    assert assess(read(data, DAY)).status(OFAC, party("A")).status == "clear"


def test_a_share_that_cannot_be_is_for_review_and_nothing_is_lost() -> None:
    data = dataset(listed={"X": "US-SDN"}, holds=["X A ?"])
    data.add([(party("holding-1"), CLEW.shareMinimum, 160_000_000)], GRAPH)
    assert assess(read(data, DAY)).status(OFAC, party("A")).status == "review"


def test_a_version_without_a_threshold_is_refused_with_a_remedy() -> None:
    data = Dataset()
    data.add([one for one in regimes() if one[1] != CLEW.threshold], LAW)
    with pytest.raises(InputError, match="threshold") as error:
        read(data, DAY)
    assert error.value.help


def test_margins_say_how_near_and_what_would_change() -> None:
    found = ofac(listed={"X": "US-SDN"}, holds=["X A 60", "A B 55"])
    margin = found.margin(OFAC, party("B"))
    assert (margin.held, margin.slack, margin.reach) == (55_000_000, 5_000_000, 55_000_000)
    assert [(sale.company, sale.share) for sale in margin.sales] == [(party("B"), 5_000_001), (party("A"), 10_000_001)]
    assert "it would be clear if A sold 5.000001 % of B" in margin.says
    assert ofac(listed={"X": "US-SDN"}, holds=["X A 30"]).margin(OFAC, party("A")).added == 20_000_000


def test_the_economic_share_stands_beside_the_cascade() -> None:
    found = ofac(listed={"X": "US-SDN"}, holds=["X A 50", "A B 50"])
    assert found.status(OFAC, party("B")).status == "caught"
    assert [str(share) for share in found.integrated(party("X"), party("B"))] == ["1/4", "1/4"]


def test_a_sweep_tells_each_change_with_its_cause() -> None:
    data = dataset(listed={"X": "US-SDN 2020-01-01.."}, holds=["X A 60 2019-01-01..2021-06-01", "A B 100"])
    changes = sweep(data, party("B"), [OFAC])
    assert [(change.day, change.status) for change in changes] == [
        (None, "not_in_force"),
        (date(2008, 2, 14), "clear"),
        (date(2020, 1, 1), "caught"),
        (date(2021, 6, 1), "clear"),
    ]
    assert changes[2].causes == ("the listing of X on US-SDN begins",)
    assert changes[3].causes == ("60 % of A held by X ends",)


def test_a_picture_shows_the_nearest_parties_first_and_says_when_some_are_left_out() -> None:
    found = ofac(listed={"X": "US-SDN"}, holds=["X A 60", "A B 60", "B C 60", "Z A 10"])
    whole = view(found.graph, found, party("A"))
    assert not whole.truncated
    assert {node.label for node in whole.nodes} == {"X", "A", "B", "C", "Z"}
    small = view(found.graph, found, party("A"), limit=2)
    assert small.truncated
    assert small.nodes[0].iri == party("A")
    assert {node.label for node in view(found.graph, found, party("A"), depth=1).nodes} == {"X", "Z", "A", "B"}
    with pytest.raises(NotFoundError):
        view(found.graph, found, party("nobody"))


def test_parties_can_be_taken_as_listed() -> None:
    graph = read(dataset(listed={"X": "US-SDN"}, holds=["X A 60", "Y B 60"]), DAY)
    found = assess(graph, seeds=[party("Y")])
    assert found.status(OFAC, party("A")).status == "clear"
    assert found.status(OFAC, party("B")).status == "caught"
    assert "Y taken as listed" in found.derive(OFAC, party("B"), fact).says


def test_published_verdicts_carry_the_terms_of_the_graph_model() -> None:
    found = ofac(listed={"X": "US-SDN"}, holds=["X A 60"])
    verdict = mint("verdict", "us-ofac-50", "2026-11-21", "case:test#A")
    told = {predicate: value for subject, predicate, value in found.statements() if subject == verdict}
    assert told[CLEW.verdictOn] == party("A")
    assert told[CLEW.underRegime] == OFAC
    assert told[CLEW.verdictStatus] == mint("status", "caught")
    assert told[CLEW.asOf] == DAY
    assert (told[CLEW.shareMinimum], told[CLEW.shareMaximum]) == (60_000_000, 60_000_000)
    assert told[CLEW.restsOn] == party("holding-1")


def test_a_proof_leaves_out_a_stake_that_the_others_leave_no_room_for() -> None:
    """C has 60 %, so X has 40 % at most: what makes A possibly caught is C alone."""
    found = ofac(listed={"X": "US-SDN", "P": "US-SDN"}, holds=["X A ?", "P C ?", "C A 60"])
    assert found.status(OFAC, party("A")).status == "possibly"
    verdict = next(one for one in found.verdicts() if one.party == party("A"))
    assert verdict.rests_on == (party("holding-2"), party("holding-3"))


@pytest.mark.parametrize(("held", "reached"), [(50, True), (50.000001, False)])
def test_the_kernel_leaves_others_what_they_hold_at_least(held: float, reached: bool) -> None:
    graph = read(dataset(listed={"X": "US-SDN"}, holds=["X A ?", f"Z A {held}"]), DAY)
    version = graph.regimes[OFAC]
    assert version is not None
    _, passed = spread_all(tables(graph, strict(version)), [graph.index[party("X")]], version.need, Mode.MAY)
    assert bool(passed[graph.index[party("A")]]) is reached


def test_the_terms_of_all_listed_parties_behind_a_company_stand_beside_the_verdict() -> None:
    """90 FR 47201: where owners have different licence requirements, the most restrictive applies."""
    data = dataset(
        listed={"E": "US-EL", "F": "US-EL", "G": "US-EL", "X": "US-SDN"},
        holds=["E A 30", "F H 60", "H A 20", "G Z 100", "X A 50"],
    )
    for name, words in (("E", "All items subject to the EAR"), ("F", "3A001"), ("G", "EAR99")):
        data.add([(party(f"{name}-listing-1"), CLEW.licenceRequirement, words)], GRAPH)
    data.add([(party("F-listing-1"), CLEW.licencePolicy, "Presumption of denial")], GRAPH)
    found = assess(read(data, date(2025, 10, 15)))
    bis = regime("us-bis-affiliates")
    terms = found.terms(bis, party("A"))
    assert [(one.party, one.requirement, one.policy) for one in terms] == [
        (party("E"), "All items subject to the EAR", ""),
        (party("F"), "3A001", "Presumption of denial"),
    ]
    assert "the most restrictive of them applies" in says(terms, found.graph.regimes[bis])  # type: ignore[arg-type]
    assert "the terms of the entries behind it apply: 3A001; Presumption" in says(
        found.terms(bis, party("H")),
        found.graph.regimes[bis],  # type: ignore[arg-type]
    )
    assert found.terms(OFAC, party("A")) == ()
    assert found.terms(bis, party("nobody")) == ()


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("AE", "A is in AE"),
        ("US", "A is in US, so whether it is one is to be judged first"),
        ("", "no country is stated for A"),
    ],
)
def test_a_rule_about_foreign_entities_says_whether_the_company_is_one(country: str, words: str) -> None:
    """90 FR 47201 reaches foreign entities."""
    data = dataset(listed={"E": "US-EL"}, holds=["E A 50"])
    data.add([(mint("list", name), CLEW.jurisdiction, "US") for name in ("US-EL", "US-SDN", "US-MEU")], LAW)
    if country:
        data.add([(party("A"), CLEW.country, mint("place", country))], GRAPH)
    status = assess(read(data, date(2025, 10, 15))).status(regime("us-bis-affiliates"), party("A"))
    assert status.status == "caught"
    assert any("reaches foreign entities" in why and why.endswith(words) for why in status.reasons)


def test_a_record_that_was_set_aside_is_told_below_the_company_it_touches_and_nowhere_else() -> None:
    data = dataset(listed={"X": "US-SDN"}, holds=["X A 10", "A B 90", "Z C 10"])
    found = assess(read(data, DAY, {party("A"): ("a share of 140 percent cannot be",)}))
    for name, told in (("A", True), ("B", True), ("C", False)):
        reasons = found.status(OFAC, party(name)).reasons
        assert ("a record of a holding in A was set aside: a share of 140 percent cannot be" in reasons) is told


def test_margins_of_a_regime_that_multiplies_speak_of_multiplied_shares() -> None:
    """Regulation (EU) 2024/1624 art. 52: 50 percent of 50 percent is 25."""
    found = assess(read(dataset(persons=["P"], holds=["P A 50", "A B 50"]), date(2027, 8, 1)))
    margin = found.margin(regime("eu-amlr-ubo"), party("B"))
    assert (margin.held, margin.reach, margin.added, margin.sales) == (25_000_000, 25_000_000, 0, ())


def test_who_stands_behind_a_company_is_told_with_what_each_would_do_alone() -> None:
    graph = read(dataset(listed={"X": "US-SDN"}, persons=["P"], holds=["X A 60", "P A 40", "A B 50", "Z B 50"]), DAY)
    behind = {token(one.party): one for one in ultimate(graph, party("B"))}
    assert {name: str(one.most) for name, one in behind.items()} == {"X": "3/10", "P": "1/5", "Z": "1/2"}
    assert {name: one.alone["us-ofac-50"].status for name, one in behind.items()} == {
        "X": "caught",
        "P": "clear",
        "Z": "caught",
    }
    assert [one.kind for one in direct(graph, party("B"))] == ["shares", "shares"]
    assert register(graph, party("A")) == (100_000_000, False)
