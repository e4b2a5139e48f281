"""Decisions hold for two records as they were, for as long as they are, and nothing ever disappears."""

from dataclasses import replace
from datetime import date

import pytest
from rdflib import RDFS
from rdflib.namespace import PROV

from clew.dataset import Dataset
from clew.errors import InputError
from clew.ontology import mint
from clew.reasoner.screening import Ledger, Query, Screener, Subject, open_matches

DAY = date(2024, 6, 1)
QUERY = Query("Vladimir Putin", "person", key="customer-7")
REASON = "born in 1988, passport seen"


def test_a_dismissed_match_stays_in_the_answer_and_says_so(screener: Screener) -> None:
    ledger = Ledger(DAY)
    decision = ledger.dismiss(screener.screen(QUERY)[0], REASON, "A. Officer")
    match = screener.screen(QUERY, ledger=ledger)[0]
    assert match.suppressed_by == decision
    assert open_matches([match]) == []
    assert screener.screen(QUERY)[0].suppressed_by is None


def test_a_decision_reopens_when_the_customer_changes(screener: Screener) -> None:
    ledger = Ledger(DAY)
    decision = ledger.dismiss(screener.screen(QUERY)[0], REASON, "A. Officer")
    match = screener.screen(replace(QUERY, countries=("RU",)), ledger=ledger)[0]
    assert (match.suppressed_by, match.reopened) == (None, decision)


def test_a_decision_reopens_when_the_list_entry_changes(screener: Screener) -> None:
    ledger = Ledger(DAY)
    decision = ledger.dismiss(screener.screen(QUERY)[0], REASON, "A. Officer")
    changed = Screener.of([_older(subject) for subject in screener.subjects])
    match = changed.screen(QUERY, ledger=ledger)[0]
    assert (match.suppressed_by, match.reopened) == (None, decision)


def _older(subject: Subject) -> Subject:
    return replace(subject, births=("1952-10-08",)) if subject.births == ("1952-10-07",) else subject


def test_a_decision_ends_on_its_day(screener: Screener) -> None:
    ledger = Ledger(DAY)
    ledger.dismiss(screener.screen(QUERY)[0], REASON, "A. Officer", date(2024, 7, 1))
    assert screener.screen(QUERY, ledger=replace(ledger, on=date(2024, 6, 30)))[0].suppressed_by is not None
    assert screener.screen(QUERY, ledger=replace(ledger, on=date(2024, 7, 1)))[0].suppressed_by is None


def test_with_four_eyes_a_second_person_must_approve(screener: Screener) -> None:
    ledger = Ledger(DAY, four_eyes=True)
    decision = ledger.dismiss(screener.screen(QUERY)[0], REASON, "A. Officer")
    assert screener.screen(QUERY, ledger=ledger)[0].suppressed_by is None
    with pytest.raises(InputError, match="cannot approve"):
        ledger.approve(decision, "a. officer ")
    ledger.approve(decision, "B. Reviewer")
    assert screener.screen(QUERY, ledger=ledger)[0].suppressed_by is not None
    assert len(ledger.decisions) == 2


@pytest.mark.parametrize(("reason", "author"), [("", "A"), (REASON, " ")])
def test_a_decision_needs_a_reason_and_an_author(screener: Screener, reason: str, author: str) -> None:
    with pytest.raises(InputError, match="needs a reason and an author"):
        Ledger(DAY).dismiss(screener.screen(QUERY)[0], reason, author)


def test_decisions_are_provenance_that_a_query_can_read(screener: Screener) -> None:
    ledger = Ledger(DAY, four_eyes=True)
    match = screener.screen(QUERY)[0]
    ledger.approve(ledger.dismiss(match, REASON, "A. Officer"), "B. Reviewer")
    data = Dataset()
    data.add(ledger.statements(), mint("graph", "decisions"))
    asked = f"""SELECT ?reason ?who WHERE {{
        ?decision <{PROV.used}> ?record ; <{RDFS.comment}> ?reason ; <{PROV.wasAssociatedWith}>/<{RDFS.label}> ?who .
        ?record <{PROV.specializationOf}> ?entity }} ORDER BY ?who"""
    rows = data.rows(asked, entity=match.entity)
    assert [(row["reason"], row["who"]) for row in rows] == [(REASON, "A. Officer"), (REASON, "B. Reviewer")]
