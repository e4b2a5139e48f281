"""Values written into queries never change what a query means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.binding import bind, body_start
from clew.dataset import Dataset
from clew.ontology import mint

PLACE = mint("place", "RU")


def test_a_bound_variable_is_written_as_a_term_and_still_projected() -> None:
    text = bind("SELECT ?place ?name WHERE { ?place <urn:name> ?name }", {"place": PLACE})
    assert text == f"SELECT (<{PLACE}> AS ?place) ?name WHERE {{ <{PLACE}> <urn:name> ?name }}"


@pytest.mark.parametrize(
    "untouched",
    ['"?place"', "'$place'", '"""say ?place"""', "<urn:?place>", "# about ?place\n", "?placeName"],
)
def test_strings_comments_iris_and_longer_names_stay_untouched(untouched: str) -> None:
    query = f"SELECT ?x WHERE {{ ?x ?y {untouched} }}"
    assert bind(query, {"place": PLACE}) == query


def test_the_first_group_is_found_past_a_brace_in_a_comment() -> None:
    query = "# { not here\nSELECT ?x WHERE { ?x ?y ?z }"
    assert query[body_start(query) :] == "{ ?x ?y ?z }"


@given(st.text())
def test_any_text_comes_back_from_the_store_as_it_was(words: str) -> None:
    data = Dataset()
    subject, predicate = mint("place", "A"), mint("place", "p")
    clean = words.encode("utf8", "replace").decode("utf8")
    data.add([(subject, predicate, clean)], mint("graph", "t"))
    assert data.ask("ASK { ?s ?p ?o }", o=clean)
