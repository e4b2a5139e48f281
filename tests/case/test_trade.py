"""The deal: end use, contract, papers, licences, payments, the route, and what happened on it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clew.errors import CaseError
from clew.loaders.case import CaseDocument, Problem, case_from_mapping, case_statements, read_cases, with_as_of
from clew.ontology import CLEW
from clew.tests.case.given import Load, said, short

PARTIES = "parties: [{id: a}, {id: b}, {id: v, kind: vessel}]\n"


def test_the_transaction_keeps_all_that_is_stated(load: Load) -> None:
    case = load(
        "transaction: {type: export, date: 2024-05-20, end_use: {declared: appliances, actual: drones,"
        " class: [consumer, military]}, contract: {date: 2024-03-01, no_russia_clause: true}, exception_claimed: TMP}"
    )
    assert {
        ("transaction", "transactionType", "export"),
        ("transaction", "date", date(2024, 5, 20)),
        ("transaction", "asOf", date(2024, 6, 1)),
        ("transaction", "hasEndUse", "end-use"),
        ("end-use", "declaredEndUse", "appliances"),
        ("end-use", "actualEndUse", "drones"),
        ("end-use", "endUseClass", "end_use/consumer"),
        ("end-use", "endUseClass", "end_use/military"),
        ("transaction", "contractDate", date(2024, 3, 1)),
        ("transaction", "hasNoRussiaClause", True),
        ("transaction", "claimsException", "TMP"),
    } <= said(case)
    assert case.problems == case.warnings == ()


@pytest.mark.parametrize(("text", "stated"), [("yes", {True}), ("false", {False}), ("null", set())])
def test_an_unstated_clause_is_not_a_missing_clause(load: Load, text: str, stated: set[bool]) -> None:
    # Regulation (EU) 833/2014 art. 12g; open world: not stated and stated as absent are two things.
    facts = said(load(f"transaction: {{contract: {{no_russia_clause: {text}}}}}"))
    assert {value for _, predicate, value in facts if predicate == "hasNoRussiaClause"} == stated


def test_the_clause_against_belarus_is_a_fact_of_its_own(load: Load) -> None:
    # Regulation (EC) 765/2006 art. 8g; one clause may stand without the other.
    facts = said(load("transaction: {contract: {no_russia_clause: true, no_belarus_clause: false}}"))
    stated = {(predicate, value) for _, predicate, value in facts if predicate.endswith("Clause")}
    assert stated == {("hasNoRussiaClause", True), ("hasNoBelarusClause", False)}


def test_documents_have_a_type_an_issuer_and_a_status(load: Load) -> None:
    case = load(
        PARTIES + "transaction: {documents: [{type: end_user_statement, issuer: a, status: 'false'},"
        " {type: UVL_statement, status: missing}, {type: certificate_of_origin, issuer: MOFCOM, status: false}]}"
    )
    assert {
        ("transaction", "hasDocument", "document-1"),
        ("document-1", "documentType", "end_user_statement"),
        ("document-1", "issuer", "a"),
        ("document-1", "documentStatus", "false"),
        ("document-2", "documentType", "UVL_statement"),
        ("document-2", "documentStatus", "missing"),
        ("document-3", "documentStatus", "false"),
        ("document-3", "remark", "issuer: MOFCOM"),
    } <= said(case)
    assert [warning.pointer for warning in case.warnings] == ["/transaction/documents/2/issuer"]


def test_licences_say_what_they_cover(load: Load) -> None:
    case = load(
        "transaction: {licences: [D123456, {type: individual, list: US, number: D99, from: 2024-01-01, to: 2026-01-01},"
        " none]}"
    )
    assert {
        ("transaction", "hasAuthorisation", "licence-1"),
        ("licence-1", "authorisationType", "D123456"),
        ("licence-2", "authorisationType", "individual"),
        ("licence-2", "coversList", "control-list/US"),
        ("licence-2", "recordKey", "D99"),
        ("licence-2", "validFrom", date(2024, 1, 1)),
        ("licence-2", "validUntil", date(2026, 1, 1)),
    } <= said(case)
    assert "licence-3" not in {subject for subject, _, _ in said(case)}


@pytest.mark.parametrize(
    ("field", "covered"),
    [("list: CN", {"control-list/CN"}), ("regime: US", {"control-list/US"}), ("jurisdiction: Mars", set())],
)
def test_a_licence_covers_the_list_it_was_given_under(load: Load, field: str, covered: set[str]) -> None:
    facts = said(load(f"transaction: {{licences: [{{type: individual, {field}}}]}}"))
    assert {value for _, predicate, value in facts if predicate == "coversList"} == covered
    assert (("licence-1", "remark", "jurisdiction: Mars") in facts) == (not covered)


def test_a_payer_is_a_party_or_a_name(load: Load) -> None:
    facts = said(
        load(
            PARTIES + "transaction: {payments: [{from: b, country: CN, amount: 10.5, currency: USD, date: 2024-05-01},"
            " {from: third company, country: RU, method: cash}]}"
        )
    )
    assert {
        ("payment-1", "payer", "b"),
        ("payment-1", "payerCountry", "place/CN"),
        ("payment-1", "amount", Decimal("10.5")),
        ("payment-1", "currency", "USD"),
        ("payment-1", "date", date(2024, 5, 1)),
        ("payment-2", "payerName", "third company"),
        ("payment-2", "payerCountry", "place/RU"),
        ("payment-2", "remark", "method: cash"),
    } <= facts
    assert "payer" not in {predicate for subject, predicate, _ in facts if subject == "payment-2"}


def test_legs_go_from_place_to_place(load: Load) -> None:
    case = load(
        PARTIES + "route: [{seq: 1, from: {place: Miami, country: US}, to: {place: Port Klang, country: MY}, mode: sea,"
        " date: 2024-05-10, consignee: b, carrier: a, vessel: v}, {seq: 2, from: {country: MY}, to: {country: CN}}]"
    )
    assert {
        ("transaction", "hasConsignment", "consignment"),
        ("consignment", "hasLeg", "leg-1"),
        ("consignment", "hasLeg", "leg-2"),
        ("leg-1", "sequence", 1),
        ("leg-1", "departureName", "Miami"),
        ("leg-1", "departurePlace", "place/US"),
        ("leg-1", "arrivalName", "Port Klang"),
        ("leg-1", "arrivalPlace", "place/MY"),
        ("leg-1", "transportMode", "sea"),
        ("leg-1", "date", date(2024, 5, 10)),
        ("leg-1", "legConsignee", "b"),
        ("leg-1", "carrier", "a"),
        ("leg-1", "legVessel", "v"),
        ("leg-2", "arrivalPlace", "place/CN"),
    } <= said(case)
    assert case.problems == case.warnings == ()


@pytest.mark.parametrize(
    ("end", "places"),
    [
        ("{place: Sevastopol, country: RU}", {"place/RU", "place/UA-40"}),
        ("{place: Simferopol, country: UA-43}", {"place/UA-43"}),
        ("{place: Georgia, country: US}", {"place/US"}),
    ],
)
def test_a_place_under_an_embargo_of_its_own_is_seen(load: Load, end: str, places: set[str]) -> None:
    # EO 13685 names a region, not a country; the state of Georgia is not the country.
    facts = said(load(f"route: [{{to: {end}}}]"))
    assert {value for _, predicate, value in facts if predicate == "arrivalPlace"} == places


def test_events_hang_on_the_deal_and_on_the_vessel(load: Load) -> None:
    facts = said(
        load(PARTIES + "events: [{type: sts_transfer, vessel: v, date: 2024-05-02, place: Laconian Gulf}, ais_gap]")
    )
    assert {
        ("transaction", "hasEvent", "event-1"),
        ("v", "hasEvent", "event-1"),
        ("event-1", "eventType", "sts_transfer"),
        ("event-1", "date", date(2024, 5, 2)),
        ("event-1", "remark", "place: Laconian Gulf"),
        ("event-2", "eventType", "ais_gap"),
    } <= facts


def test_observations_are_about_a_party_or_an_item(load: Load) -> None:
    facts = said(
        load(
            PARTIES + "items: [{id: i1}]\n"
            "observations: [{type: alias_instruction, subject: a, object: use the other name},"
            " {type: repackaging, subject: i1}]"
        )
    )
    assert {
        ("transaction", "hasObservation", "observation-1"),
        ("observation-1", "observationType", "alias_instruction"),
        ("observation-1", "observedSubject", "a"),
        ("observation-1", "observedObject", "use the other name"),
        ("observation-2", "observedSubject", "i1"),
    } <= facts


def test_a_case_says_where_its_facts_come_from(load: Load) -> None:
    case = load(
        "title: A case\nkind: court\ndecided: 2024-05-01\njurisdictions: [US, EU]\nfidelity: simplified\nassumed: all\n"
        "sources: [{title: Indictment, publisher: DOJ, date: 2024-04-01, how: read}]"
    )
    about = {(short(predicate), value) for subject, predicate, value in case_statements(case)}
    assert ("ns#jurisdiction", "EU") in about
    assert ("ns#remark", "assumed: all") in about
    assert "Indictment, DOJ, 2024-04-01, read" in {value for _, value in about}


def test_another_day_changes_the_question_and_not_the_facts(load: Load) -> None:
    case = load("transaction: {date: 2024-05-20}")
    later = with_as_of(case, date(2025, 1, 1))
    assert {fact for fact in said(later) - said(case)} == {
        ("transaction", "asOf", date(2025, 1, 1)),
        ("case/T001", "asOf", date(2025, 1, 1)),
    }
    assert ("transaction", "date", date(2024, 5, 20)) in said(later)


def test_variants_and_expectations_are_given_on(load: Load) -> None:
    case = load(
        "variants: [{change: as_of 2023-07-15, expect: {decision: proceed}}]\nexpect: {decision: licence_required}"
    )
    assert case.variants == ({"change": "as_of 2023-07-15", "expect": {"decision": "proceed"}},)
    assert case.expect == {"decision": "licence_required"}
    assert case.warnings == ()


def test_every_node_of_a_case_has_its_short_id(shared_cases: tuple[CaseDocument, ...]) -> None:
    for case in shared_cases:
        base = f"https://w3id.org/clew/case/{case.id}#"
        statements = case_statements(case)
        nodes = {subject for subject, _, _ in statements if subject.startswith(base)}
        named = {subject: value for subject, predicate, value in statements if predicate == CLEW.localId}
        assert set(named) == nodes
        assert all(str(subject) == base + str(value) for subject, value in named.items())


def test_the_published_cases_load_without_a_problem(shared_cases: tuple[CaseDocument, ...]) -> None:
    assert len(shared_cases) == 33
    bad: list[Problem] = [problem for case in shared_cases for problem in (*case.problems, *case.warnings)]
    assert bad == []


def test_a_loaded_case_answers_what_the_published_ones_ask(shared_cases: tuple[CaseDocument, ...]) -> None:
    d004 = said(next(case for case in shared_cases if case.id == "D004"))
    assert {
        ("i1-class-US", "underEntry", "eccn/3B001.f.1.b.2.b"),
        ("eccn/3B001.f", "partOfEntry", "eccn/3B001"),
        ("i1-class-NL", "notListedOn", "control-list/NL"),
        ("fab", "processNode", "7nm"),
        ("i1-component-1", "origin", "place/US"),
        ("i1-component-1", "contentShare", 3_000_000),
    } <= d004
    assert len([fact for fact in d004 if fact[1] == "hasComponent"]) == 1


def test_the_proof_of_a_case_can_be_made_again_from_what_was_given(shared_cases: tuple[CaseDocument, ...]) -> None:
    for case in shared_cases:
        again = case_from_mapping(case.raw, strict=True)
        assert case_statements(again) == case_statements(case)


def test_two_cases_may_not_share_an_id(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("cases: [{id: A, as_of: 2024-01-01}, {id: A, as_of: 2024-01-01}]", encoding="utf8")
    with pytest.raises(CaseError, match=r"x\.yaml case 2: two cases have the id `A`"):
        read_cases(path)
