"""Each leg, stop, craft and party of a route by itself, with a proof that is checked without the code that made it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.errors import ProofError
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact
from clew.reasoner.routes import Ground, Reason, Weight, contradictions, legality
from clew.reasoner.verify import Verifier
from clew.statements import Statement

from .conftest import Lay
from .deals import Deal, Prove, party

DAY = date(2024, 6, 1)


def judged(data: Dataset, deal: Deal, day: date = DAY) -> list[Reason]:
    found = list(legality(data, deal.node("deal"), day, Prove(data)))
    for reason in found:
        Verifier(data, {}).verify(reason.derivation)
    return found


def by_ground(found: list[Reason], ground: Ground) -> list[Reason]:
    return [reason for reason in found if reason.ground is ground]


def test_an_ordinary_route_is_clear(lay: Lay) -> None:
    deal = Deal("d", "a", "NO", [("IS", None, "b")])
    assert judged(lay(deal.statements()), deal) == []


@pytest.mark.parametrize(
    ("place", "day", "weight"),
    [
        ("IR", DAY, Weight.CERTAIN),
        ("UA-43", date(2014, 12, 18), None),
        ("UA-43", date(2014, 12, 19), Weight.CERTAIN),  # EO 13685
        ("SD", date(2017, 10, 11), Weight.CERTAIN),
        ("SD", date(2017, 10, 12), None),  # 82 FR 47287
        ("SS", date(2011, 7, 8), Weight.CERTAIN),  # until its independence a part of Sudan
        ("SS", date(2011, 7, 9), None),
        ("RU", DAY, Weight.POSSIBLE),
    ],
)
def test_an_embargoed_place_counts_on_its_days_and_with_what_lies_in_it(
    lay: Lay, place: str, day: date, weight: Weight | None
) -> None:
    deal = Deal("d", "a", "NO", [(place, None, "b")])
    found = by_ground(judged(lay(deal.statements()), deal, day), Ground.EMBARGOED_PLACE)
    american = [reason for reason in found if "US-" in reason.says]
    assert {reason.weight for reason in american} == ({weight} if weight else set())


def test_a_country_that_is_embargoed_in_part_is_for_review_unless_the_region_is_stated(lay: Lay) -> None:
    deal = Deal("d", "a", "PL", [("UA", None, "b")])
    data = lay(deal.statements())
    (reason,) = by_ground(judged(data, deal), Ground.UNKNOWN_PLACE)
    assert reason.weight is Weight.REVIEW
    assert "place:UA-43" in reason.path
    lay([(deal.node("leg-1"), CLEW.arrivalPlace, mint("place", "UA-23"))])
    assert by_ground(judged(data, deal), Ground.UNKNOWN_PLACE) == []


def test_a_place_nobody_knows_and_a_leg_without_one_are_for_review(lay: Lay) -> None:
    deal = Deal("d", "a", "NO", [("XX-9", None, "b")])
    data = lay(deal.statements())
    assert [reason.weight for reason in by_ground(judged(data, deal), Ground.UNKNOWN_PLACE)] == [Weight.REVIEW]
    bare = Deal("bare", "a", "NO", [])
    leg, consignment = bare.node("leg-1"), bare.node("consignment")
    stated: list[Statement] = [
        (consignment, CLEW.hasLeg, leg),
        (leg, CLEW.sequence, 1),
        (leg, CLEW.arrivalName, "Port Unknown"),
    ]
    found = judged(lay(bare.statements(), stated), bare)
    assert [reason.ground for reason in found] == [Ground.UNKNOWN_PLACE, Ground.UNKNOWN_PLACE]
    assert "Port Unknown" in found[1].says


def test_a_point_of_diversion_counts_from_the_day_of_its_notice(lay: Lay) -> None:
    """FIN-2022-Alert003 of 2022-06-28 names Armenia."""
    deal = Deal("d", "a", "NO", [("AM", None, "b")])
    data = lay(deal.statements())
    assert by_ground(judged(data, deal, date(2022, 6, 27)), Ground.DIVERSION_PLACE) == []
    assert by_ground(judged(data, deal, date(2022, 6, 28)), Ground.DIVERSION_PLACE)


def through(origin: str, place: str, beyond: str = "KG", hs: str = "880310") -> Deal:
    return Deal("d", "a", origin, [(place, None, None), (beyond, None, "b")], hs=hs)


@pytest.mark.parametrize(
    ("deal", "fires"),
    [
        (through("US", "KZ"), True),
        (through("US", "TR"), False),
        (through("DE", "KZ"), False),
        (through("US", "KZ", "KZ"), False),
    ],
)
def test_general_prohibition_eight_asks_about_goods_from_the_united_states_in_transit(
    lay: Lay, deal: Deal, fires: bool
) -> None:
    """15 CFR 736.2(b)(8)."""
    found = by_ground(judged(lay(deal.statements()), deal), Ground.TRANSIT_GROUP)
    assert bool(found) == fires
    assert all(reason.weight is Weight.POSSIBLE for reason in found)


def classified(deal: Deal, entry: URIRef) -> list[Statement]:
    return [
        (deal.node("item"), CLEW.classification, deal.node("class")),
        (deal.node("class"), CLEW.underEntry, entry),
        (entry, CLEW.controlList, mint("control-list", "EU")),
    ]


@pytest.mark.parametrize(
    ("deal", "day", "fires"),
    [
        (through("DE", "RU"), date(2023, 2, 26), True),
        (through("DE", "RU"), date(2023, 2, 25), False),
        (through("US", "RU"), date(2023, 2, 26), False),
        (through("DE", "RU", "RU"), date(2023, 2, 26), False),
    ],
)
def test_dual_use_goods_of_the_union_may_not_pass_through_russia(lay: Lay, deal: Deal, day: date, fires: bool) -> None:
    """Regulation (EU) 833/2014 art. 2(1a), inserted by Regulation (EU) 2023/427."""
    data = lay(deal.statements(), classified(deal, mint("eu", "3A001")))
    found = by_ground(judged(data, deal, day), Ground.TRANSIT_BAN)
    assert bool(found) == fires
    assert all(reason.subject == deal.node("item") for reason in found)


def test_goods_that_no_annex_names_may_pass(lay: Lay) -> None:
    deal = through("DE", "RU", hs="940131")
    assert by_ground(judged(lay(deal.statements()), deal), Ground.TRANSIT_BAN) == []


def listed(one: URIRef, name: str, **window: date) -> list[Statement]:
    row = mint("test", "listing", part=name)
    stated: list[Statement] = [(one, CLEW.listing, row), (row, CLEW.onList, mint("list", "US-SDN"))]
    return stated + [(row, CLEW[term], day) for term, day in window.items()]


def test_a_listed_vessel_and_a_listed_carrier_are_two_reasons(lay: Lay) -> None:
    deal = Deal("d", "a", "NO", [("IS", None, "b")])
    ship, line = party("ship"), party("line")
    aboard: list[Statement] = [
        (deal.node("leg-1"), CLEW.legVessel, ship),
        (deal.node("leg-1"), CLEW.carrier, line),
        (ship, RDF.type, CLEW.Vessel),
    ]
    data = lay(deal.statements(), aboard, listed(ship, "1", validFrom=date(2024, 1, 1)))
    lay(listed(line, "2", validFrom=date(2024, 1, 1), validFromLatest=date(2024, 12, 1)))
    lay(listed(party("b"), "3", validUntil=date(2024, 1, 1)))
    found = by_ground(judged(data, deal), Ground.LISTED)
    assert {(reason.subject, reason.weight) for reason in found} == {
        (ship, Weight.CERTAIN),
        (line, Weight.POSSIBLE),
    }


def test_flags_speak_for_themselves(lay: Lay) -> None:
    deal, ship = Deal("d", "a", "NO", [("IS", None, "b")]), party("ship")
    flown = [(ship, CLEW.flag, mint("place", code)) for code in ("IR", "PA")]
    found = judged(lay(deal.statements(), flown, [(deal.node("leg-1"), CLEW.legVessel, ship)]), deal)
    assert {(reason.ground, reason.weight) for reason in found} == {
        (Ground.EMBARGOED_FLAG, Weight.CERTAIN),
        (Ground.FLAGS, Weight.REVIEW),
    }


def test_a_reason_is_refused_when_its_facts_are_others(lay: Lay) -> None:
    deal = Deal("d", "a", "NO", [("IR", None, "b")])
    data = lay(deal.statements())
    for reason in judged(data, deal):
        for drop in (CLEW.arrivalPlace, CLEW.embargoedPlace, CLEW.hasLeg):
            kept = tuple(
                one for one in reason.derivation.premises if isinstance(one, Fact) and one.conclusion[1] != drop
            )
            with pytest.raises(ProofError):
                Verifier(data, {}).verify(replace(reason.derivation, premises=kept))


CONTRADICTIONS: dict[str, list[tuple[str, URIRef, object]]] = {
    "end-use": [
        ("deal", CLEW.hasEndUse, "use"),
        ("use", CLEW.declaredEndUse, '"lorries"'),
        ("use", CLEW.actualEndUse, '"missiles"'),
    ],
    "hs": [("item", CLEW.declaredAs, "said"), ("said", CLEW.declaredHS, mint("hs", "940131"))],
    "origin": [
        ("item", CLEW.origin, mint("place", "US")),
        ("item", CLEW.declaredAs, "said"),
        ("said", CLEW.declaredOrigin, mint("place", "TR")),
    ],
    "value": [
        ("item", CLEW.value, "worth"),
        ("worth", CLEW.amount, 100),
        ("worth", CLEW.currency, '"EUR"'),
        ("item", CLEW.declaredAs, "said"),
        ("said", CLEW.value, "stated"),
        ("stated", CLEW.amount, 10),
        ("stated", CLEW.currency, '"EUR"'),
    ],
    "payer": [
        ("deal", CLEW.hasRole, "buyer-role"),
        ("buyer-role", CLEW.roleType, mint("role", "purchaser")),
        ("buyer-role", CLEW.rolePlayer, "buyer"),
        ("buyer", CLEW.country, mint("place", "TR")),
        ("deal", CLEW.hasPayment, "payment"),
        ("payment", CLEW.payerCountry, mint("place", "RU")),
    ],
    "end-user": [
        ("deal", CLEW.hasRole, "user-role"),
        ("user-role", CLEW.roleType, mint("role", "end_user")),
        ("user-role", CLEW.rolePlayer, "user"),
        ("deal", CLEW.hasDocument, "paper"),
        ("paper", CLEW.documentType, '"end_user_statement"'),
        ("paper", CLEW.issuer, "somebody"),
    ],
    "certificate": [("deal", CLEW.hasDocument, "paper"), ("paper", CLEW.documentStatus, '"false"')],
    "knowledge": [("deal", CLEW.hasObservation, "seen"), ("seen", CLEW.observationType, '"label_removed"')],
    "event": [("deal", CLEW.hasEvent, "event"), ("event", CLEW.eventType, '"ais_gap"')],
}


def told(deal: Deal, facts: list[tuple[str, URIRef, object]]) -> list[Statement]:
    """Facts of a deal; a bare word is one of its nodes, a word in quotes a text."""

    def value(given: object) -> object:
        if not isinstance(given, str) or isinstance(given, URIRef):
            return given
        return given.strip('"') if given.startswith('"') else deal.node(given)

    return [(deal.node(part), predicate, value(given)) for part, predicate, given in facts]  # type: ignore[misc]


@pytest.mark.parametrize("kind", list(CONTRADICTIONS))
def test_a_contradiction_is_found_once_and_proved(lay: Lay, kind: str) -> None:
    deal = Deal("d", "a", "NO", [("IS", None, "b")])
    data = lay(deal.statements(), told(deal, CONTRADICTIONS[kind]))
    found = contradictions(data, deal.node("deal"))
    assert [one.kind.value for one in found] == [kind]
    proof = found[0].derive(Prove(data))
    assert Verifier(data, {}).verify(proof).steps == 1
    with pytest.raises(ProofError):
        Verifier(data, {}).verify(replace(proof, premises=proof.premises[:1]))


def test_a_consignee_who_is_elsewhere_is_a_contradiction_and_one_in_hong_kong_is_not_elsewhere(lay: Lay) -> None:
    deal = Deal("d", "a", "NO", [("HK", None, "b")])
    data = lay(deal.statements(), [(party("b"), CLEW.country, mint("place", "CN"))])
    assert contradictions(data, deal.node("deal")) == ()
    other = Deal("e", "a", "NO", [("HK", None, "c")])
    lay(other.statements(), [(party("c"), CLEW.country, mint("place", "RU"))])
    assert [one.kind.value for one in contradictions(data, other.node("deal"))] == ["address"]


def test_what_agrees_is_no_contradiction(lay: Lay) -> None:
    deal = Deal("d", "a", "NO", [("IS", None, "b")])
    facts: list[tuple[str, URIRef, object]] = [
        ("item", CLEW.declaredAs, "said"),
        ("said", CLEW.declaredHS, mint("hs", "854231")),
        ("deal", CLEW.hasDocument, "paper"),
        ("paper", CLEW.documentStatus, '"valid"'),
        ("deal", CLEW.hasEvent, "event"),
        ("event", CLEW.eventType, '"departure"'),
    ]
    assert contradictions(lay(deal.statements(), told(deal, facts)), deal.node("deal")) == ()


def test_one_change_of_flag_is_no_sign_and_two_are(lay: Lay) -> None:
    """OFAC, State and Coast Guard advisory of 2020-05-14: flag hopping."""
    deal = Deal("d", "a", "NO", [("IS", None, "b")])
    one = [("deal", CLEW.hasEvent, "e1"), ("e1", CLEW.eventType, '"flag_change"')]
    data = lay(deal.statements(), told(deal, one))  # type: ignore[arg-type]
    assert contradictions(data, deal.node("deal")) == ()
    two = [("deal", CLEW.hasEvent, "e2"), ("e2", CLEW.eventType, '"flag_change"')]
    lay(told(deal, two))  # type: ignore[arg-type]
    assert {each.kind.value for each in contradictions(data, deal.node("deal"))} == {"event"}
