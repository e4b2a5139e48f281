"""Names are minted, shown and read back without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InputError
from clew.ontology import curie, mint, token, uncurie


@pytest.mark.parametrize(
    ("family", "key", "shown"),
    [
        ("place", "RU", "place:RU"),
        ("list", "US-EL", "list:US-EL"),
        ("group", "D:5", "group:D:5"),
        ("eccn", "3A090.a", "eccn:3A090.a"),
        ("cn", "3C002.a", "cn:3C002.a"),
    ],
)
def test_a_thing_is_shown_by_family_and_key(family: str, key: str, shown: str) -> None:
    assert token(mint(family, key)) == shown


def test_codes_of_two_lists_are_two_things() -> None:
    assert mint("eccn", "3C001") != mint("cn", "3C001")


def test_a_node_of_a_case_is_shown_by_its_short_id() -> None:
    assert token(mint("case", "D001", part="i1")) == "i1"


@given(st.text(min_size=1).filter(lambda text: "#" not in text and not any("\ud800" <= c <= "\udfff" for c in text)))
def test_any_key_survives_being_shown(key: str) -> None:
    assert uncurie(curie(mint("us-el", key))) == mint("us-el", key)


@pytest.mark.parametrize("text", ["", "nothing", ":", "family:", ":key", "x> <y:1", "http://a> <b", "Case:1"])
def test_a_text_that_is_no_id_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(InputError, match="is no id; write it as"):
        uncurie(text)
