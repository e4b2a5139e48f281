"""The candidate index finds the right name among many, fast, and the same after it was saved."""

from pathlib import Path

import pytest

from clew.reasoner.screening.index import CandidateIndex
from clew.reasoner.screening.normalise import ORGANIZATION, PERSON, views
from clew.reasoner.screening.vocabulary import Vocabulary

NAMES = (
    [("Gazprombank JSC", ORGANIZATION), ("Rosneft Oil Company", ORGANIZATION), ("Abdul Rahman Hassani", PERSON)]
    + [("Muhammad Hussein Karimani", PERSON), ("Xi Jinping", PERSON), ("Vladimir Putin", PERSON)]
    + [(f"Trading House {word}", ORGANIZATION) for word in ("Alpha", "Beta", "Gamma", "Delta", "Omega", "Sigma")]
)


@pytest.fixture(scope="module")
def index() -> CandidateIndex:
    return CandidateIndex.build([views(text, kind) for text, kind in NAMES])


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Gazprom Bank", ORGANIZATION, 0),  # one word written as two
        ("RosneftOil", ORGANIZATION, 1),  # two words written as one
        ("Abdulrahman Hassani", PERSON, 2),
        ("MHMD HSSN KRMN", PERSON, 3),  # vowels left out
        ("Mohamed Hossein Karimany", PERSON, 3),
        ("习近平", PERSON, 4),
        ("Владимир Путин", PERSON, 5),
        ("Vladmiir Puttin", PERSON, 5),
        ("V. Putin", PERSON, 5),
        ("Omega Trading House", ORGANIZATION, 10),
    ],
)
def test_a_changed_name_finds_the_right_one_first(index: CandidateIndex, text: str, kind: str, wanted: int) -> None:
    assert index.candidates(views(text, kind)).names[0] == wanted


def test_a_common_word_alone_touches_no_name_that_a_rare_word_did_not() -> None:
    names = [views(f"{word} Trading", ORGANIZATION) for word in ("Argument", *(f"Firm{i}x" for i in range(200)))]
    found = CandidateIndex.build(names).candidates(views("Argument Trading", ORGANIZATION)).names
    assert found == [0]


def test_only_names_that_are_asked_for_come_back(index: CandidateIndex) -> None:
    import numpy as np

    only = np.arange(len(index)) == 7
    assert index.candidates(views("Trading House", ORGANIZATION), only=only).names in ([], [7])


def test_a_cut_is_told(index: CandidateIndex) -> None:
    found = index.candidates(views("Trading House", ORGANIZATION), most=2)
    assert len(found.names) == 2
    assert found.cut


def test_an_index_answers_the_same_after_it_was_saved(index: CandidateIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = CandidateIndex.open(tmp_path)
    for text, kind in NAMES:
        assert again.candidates(views(text, kind)) == index.candidates(views(text, kind))
    assert again.rarity.version() == index.rarity.version()


@pytest.mark.parametrize("text", ["", "🙂", "\x00", "x" * 10_000, "a b c d e f g"])
def test_hostile_text_breaks_nothing(index: CandidateIndex, text: str) -> None:
    assert len(index.candidates(views(text)).names) <= 1


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    empty = CandidateIndex.build([])
    empty.save(tmp_path)
    assert CandidateIndex.open(tmp_path).candidates(views("Rosneft")).names == []


def test_a_near_word_does_not_depend_on_what_else_is_known() -> None:
    few = Vocabulary.build([("rosneft",), ("putin",)])
    many = Vocabulary.build([("rosneft",), ("putin",), *((f"rosnef{letter}",) for letter in "abcdeg")])
    near = {many.words[at]: value for at, value in many.near("rosnft", 0.7)}
    assert all(near[few.words[at]] == value for at, value in few.near("rosnft", 0.7))
