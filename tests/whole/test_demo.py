"""The eight questions of the demo have the published answers, each with the rows of sources behind it."""

import pytest

from clew.api.demo import DemoAnswer, answers
from clew.api.service import Service


@pytest.fixture(scope="module")
def given(service: Service) -> list[DemoAnswer]:
    return list(answers(service))


@pytest.mark.parametrize("number", range(8))
def test_the_answer_is_the_published_one(given: list[DemoAnswer], number: int) -> None:
    answer = given[number]
    assert answer.right, (answer.question, answer.says)
    assert answer.lines, "an answer without a line of evidence"


def test_rusal_is_blocked_by_listing_and_not_by_its_owners(given: list[DemoAnswer]) -> None:
    assert "listed: yes" in given[0].says
    assert any("2018-04-06" in line for line in given[0].lines)
    assert "clear" in given[1].says
    assert any("48.13 %" in line for line in given[1].lines)


def test_cst_is_blocked_by_adding_up_stakes_not_register_rows(given: list[DemoAnswer]) -> None:
    """OFAC FAQ 399: holdings of several blocked persons add up; overlapping rows of one stake do not."""
    assert "caught" in given[4].says
    lines = "\n".join(given[4].lines)
    assert "49" in lines
    assert "48" in lines
    assert "201 %" not in lines


def test_the_chain_from_sina_bank_names_each_of_its_nine_parties(given: list[DemoAnswer]) -> None:
    assert given[6].lines[0].count(" -> ") == 8
    assert given[6].lines[0].startswith("SINA BANK")
    assert given[6].lines[0].endswith("ISLAMIC REVOLUTIONARY GUARD CORPS")


def test_gary_lam_is_found_through_a_weak_alias_of_the_remarks(given: list[DemoAnswer]) -> None:
    assert "weak_alias" in given[7].says
