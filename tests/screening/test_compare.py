"""Two names: what makes them the same, and what keeps them apart. Each row names the complaint it answers."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.reasoner.screening.compare import TOP, compare
from clew.reasoner.screening.normalise import ORGANIZATION, PERSON, VESSEL, views
from clew.reasoner.screening.rarity import Rarity

POSSIBLE = 0.8
NAMES = st.lists(st.text(string.ascii_lowercase, min_size=3, max_size=8), min_size=1, max_size=4).map(" ".join)


def value(one: str, two: str, kind: str = ORGANIZATION) -> float:
    return compare(views(one, kind), views(two, kind)).value


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        (
            "GUANGZHOU HAIGE COMM GRP",
            "Guangzhou Haige Communications Group Co., Ltd.",
            ORGANIZATION,
        ),  # nomenklatura #274
        (
            "CNOOC ENERGY TECH & SRVCES LTD",
            "CNOOC Energy Technology & Services Limited",
            ORGANIZATION,
        ),  # nomenklatura #274
        ("JSCARGUMENT", "JSC ARGUMENT", ORGANIZATION),  # Watchman #594
        ("Gazprom bank", "Gazprombank", ORGANIZATION),
        ("MOBILE TELE SYSTEMS COMP", "Mobile TeleSystems Company", ORGANIZATION),  # nomenklatura #245
        ("Владимир Путин", "Vladimir Putin", PERSON),
        ("محمد بن سلمان", "Muhammad bin Salman", PERSON),
        ("김정은", "Kim Jong Un", PERSON),
        ("习近平", "Xi Jinping", PERSON),
        ("Bob Smithson", "Robert Smithson", PERSON),
        ("Abdul Rahman Hassani", "Abdulrahman Hassani", PERSON),
        ("MHMD HSSN KRMN", "Muhammad Hassan Karimani", PERSON),  # vowels left out
        ("Sea Star 2", "SEA STAR II", VESSEL),
    ],
)
def test_two_spellings_of_one_name_are_near(one: str, two: str, kind: str) -> None:
    assert value(one, two, kind) >= POSSIBLE


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("George Bush", "George Habbash", PERSON),  # Watchman #115
        ("11420 CORP", "ACME CORP", ORGANIZATION),  # Watchman #483
        ("Sea Star 1", "Sea Star 2", VESSEL),
        ("Plant 9", "Plant 19", ORGANIZATION),
        ("Gary Lam", "Islamic Group", ""),
        ("Lam Wing", "Islam Wingate", PERSON),
    ],
)
def test_two_names_that_share_a_word_are_not_near(one: str, two: str, kind: str) -> None:
    assert value(one, two, kind) < POSSIBLE


def test_the_son_is_not_the_father() -> None:
    same = value("Salman bin Muhammad", "Salman bin Muhammad", PERSON)
    swapped = value("Salman bin Muhammad", "Muhammad bin Salman", PERSON)
    assert swapped <= same - 0.15


def test_swapped_names_of_a_person_rank_below_names_in_order() -> None:
    assert value("Wei Zhang", "Zhang Wei", PERSON) < value("Zhang Wei", "Zhang Wei", PERSON)


def test_a_common_word_in_common_tells_less_than_a_rare_one() -> None:
    rarity = Rarity.of({"trading": 500, "argument": 1}, 10_000)
    common = compare(views("Alpha Trading", ORGANIZATION), views("Omega Trading", ORGANIZATION), rarity).value
    rare = compare(views("Argument Alpha", ORGANIZATION), views("Argument Omega", ORGANIZATION), rarity).value
    assert common < rare - 0.1


def test_another_legal_form_takes_a_little_off() -> None:
    assert value("Rosneft Ltd", "Rosneft AG") < value("Rosneft Ltd", "Rosneft LLC")


def test_a_bare_name_never_reaches_one() -> None:
    assert value("Rosneft", "Rosneft") == TOP < 1.0


@pytest.mark.parametrize("text", ["", "🙂", "\x00", "\u202e", "x" * 10_000])
def test_nothing_matches_an_empty_name(text: str) -> None:
    assert value("", text) == value(text, "") == 0.0


@settings(max_examples=120, deadline=None)
@given(NAMES, st.sampled_from([PERSON, ORGANIZATION, VESSEL, ""]))
def test_a_name_is_the_same_as_itself_in_any_case(name: str, kind: str) -> None:
    assert value(name, name.upper(), kind) == pytest.approx(TOP)


@settings(max_examples=120, deadline=None)
@given(NAMES, NAMES, st.sampled_from([PERSON, ORGANIZATION]))
def test_a_comparison_is_the_same_every_time_and_within_bounds(one: str, two: str, kind: str) -> None:
    first = compare(views(one, kind), views(two, kind))
    assert first == compare(views(one, kind), views(two, kind))
    assert 0.0 <= first.value <= TOP


@settings(max_examples=120, deadline=None)
@given(st.lists(st.text("bcdfglmnrst" + "aeiou", min_size=4, max_size=8), min_size=2, max_size=2), st.data())
def test_names_of_as_many_words_compare_alike_both_ways(words: list[str], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.text("bcdfglmnrst" + "aeiou", min_size=4, max_size=8), min_size=2, max_size=2))
    one, two = views(" ".join(words), PERSON), views(" ".join(other), PERSON)
    if all(role == 0 for role in (*one.roles, *two.roles)):
        forth, back = compare(one, two), compare(two, one)
        if len(forth.pairs) == len(back.pairs) == 2:
            assert forth.base == pytest.approx(back.base)
