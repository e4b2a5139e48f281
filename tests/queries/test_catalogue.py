"""The catalogue of questions: headers are read strictly, and every query runs on both engines."""

from datetime import date
from decimal import Decimal

import pytest
from rdflib.plugins.sparql import prepareQuery

from clew.dataset import Dataset
from clew.errors import NotFoundError, QueryError
from clew.ontology import mint
from clew.queries.catalogue import Parameter, Query, catalogue, parse, query

HEAD = """# Owners
#
# Question: who owns
#   a company?
# Parameters: ?company (entity), ?asOf (date)
# Competency: CQ-03
"""
BODY = "SELECT * { ?x ?y ?company FILTER(?asOf > 1) }\n"


@pytest.mark.parametrize("question", catalogue(), ids=lambda question: question.name)
def test_a_query_is_read_by_both_engines_and_finds_nothing_where_nothing_is(question: Query) -> None:
    prepareQuery(question.text)
    assert Dataset().rows(question.text) == []


def test_every_query_answers_a_competency_question_that_exists() -> None:
    known = {found.competency for found in catalogue() if found.name.startswith("competency/")}
    assert {found.name for found in catalogue() if found.competency and found.competency not in known} == set()


def test_a_competency_question_is_named_by_its_number() -> None:
    asked = [found for found in catalogue() if found.name.startswith("competency/")]
    assert all(found.name.startswith(f"competency/{found.competency}-") for found in asked)
    assert len({found.competency for found in asked}) == len(asked)
    assert {found.asked_by for found in asked} == {"investigators", "due diligence", "programs", "policy"}


def test_titles_and_questions_are_unique() -> None:
    for words in ([found.title for found in catalogue()], [found.question for found in catalogue()]):
        assert sorted(words) == sorted(set(words))


def test_a_header_becomes_a_query() -> None:
    found = parse("ownership/owners", HEAD + BODY)
    assert found.title == "Owners"
    assert found.question == "who owns a company?"
    assert found.parameters == (Parameter("company", "entity"), Parameter("asOf", "date"))
    assert found.competency == "CQ-03"


@pytest.mark.parametrize("line", ["# Parameters: none\n", "# Parameters:\n", ""])
def test_a_query_may_take_no_values(line: str) -> None:
    assert parse("q", f"# Title\n#\n# Question: which?\n{line}{BODY}").parameters == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BODY, "no title"),
        (f"# Title\n{BODY}", "no title or no question"),
        (f"# Question: which?\n{BODY}", "no title"),
        (HEAD.replace("(entity)", "entity") + BODY, "not well formed"),
        (HEAD.replace("?company", "company") + BODY, "not well formed"),
        (HEAD + BODY.replace("?company", "?firm"), "does not use its parameter `?company`"),
        (f"{HEAD}# Competency: CQ-04\n{BODY}", "`Competency` twice"),
    ],
)
def test_a_malformed_header_names_its_file(text: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse("ownership/owners", text)
    assert says in caught.value.message
    assert caught.value.where == "queries/ownership/owners.rq"
    assert caught.value.help


def test_a_variable_in_the_header_alone_is_no_use_of_it() -> None:
    with pytest.raises(QueryError, match="does not use"):
        parse("q", HEAD + "SELECT * { ?x ?y ?company } # ?other\n")


def test_an_unknown_query_is_told_by_name() -> None:
    with pytest.raises(NotFoundError, match=r"`ownership/holder`.*`ownership/holders`"):
        query("ownership/holder")


def test_a_query_is_found_by_its_path() -> None:
    (first, *_) = catalogue()
    assert query(first.name) is first


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("integer", "7", 7),
        ("decimal", "0.5", Decimal("0.5")),
        ("text", "US", "US"),
        ("place", "place:RU", mint("place", "RU")),
    ],
)
def test_words_of_a_user_become_a_value(kind: str, text: str, value: object) -> None:
    assert Parameter("x", kind).value(text) == value


@pytest.mark.parametrize(
    ("kind", "text"), [("date", "2024-02-30"), ("integer", "x"), ("decimal", "half"), ("entity", "no id")]
)
def test_words_that_are_no_value_are_refused(kind: str, text: str) -> None:
    with pytest.raises(QueryError, match=f"`{text}` is no {kind} for `\\?x`"):
        Parameter("x", kind).value(text)
