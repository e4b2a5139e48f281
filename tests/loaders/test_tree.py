"""Fields are taken from a record one by one, and what nobody took is still there to be listed."""

from clew.loaders.tree import Fields, Node, from_json, joined, tidy

RECORD = {
    "id": 7,
    "none": None,
    "flag": False,
    "set": True,
    "names": [{"text": "A", "kind": "x"}, {"text": "B"}],
    "aliases": ["a", "", None, "b"],
    "inner": {"deep": {"word": "w"}},
}


def test_what_nobody_took_is_listed_and_taken_only_once() -> None:
    fields = Fields(from_json("record", RECORD))
    assert fields.text("id") == "7"
    assert [part.text("text") for part in fields.all("names")] == ["A", "B"]
    assert fields.texts("aliases") == ["a", "b"]
    assert list(fields.rest()) == ["set: true", "names kind: x", "inner deep word: w"]
    assert list(fields.rest()) == []


def test_a_second_value_under_a_name_is_not_lost() -> None:
    node = Node("r", {}, [Node("ref", {}, [], "1"), Node("ref", {"lang": "en"}, [], "2")])
    fields = Fields(node)
    assert fields.text("ref") == "1"
    assert list(fields.rest()) == ["ref lang: en", "ref: 2"]


def test_taking_fields_leaves_the_record_as_it_was() -> None:
    node = from_json("record", RECORD)
    for _ in range(2):
        fields = Fields(node)
        assert (fields.text("id"), len(fields.all("names"))) == ("7", 2)


def test_words_between_elements_are_kept() -> None:
    node = Node("r", {}, [Node("a")], "words")
    assert list(Fields(node).rest("r")) == ["r: words"]


def test_an_attribute_without_words_gives_way_to_an_element() -> None:
    node = Node("r", {"a": " "}, [Node("a", {}, [], " x ")])
    assert Fields(node).text("a") == "x"


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    """An IRI made from the text could not be written otherwise."""
    assert from_json("r", {"a": "x\ud800"}).attributes == {"a": "x\ufffd"}


def test_words_are_tidied_and_joined() -> None:
    assert tidy(" a\u00a0\n b ") == "a b"
    assert joined(["a ", "", " b"], ", ") == "a, b"
