"""Names are read the same however they are typed, and nothing a user types breaks the reading."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.reasoner.screening.normalise import ORGANIZATION, PERSON, VESSEL, Role, views
from clew.reasoner.screening.skeleton import skeleton

NAMES = st.lists(st.text(string.ascii_letters, min_size=2, max_size=9), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("text", "kind", "tokens"),
    [
        ("OAO «Газпромбанк»", ORGANIZATION, ("gazprombank",)),
        ("JSCARGUMENT", ORGANIZATION, ("argument",)),
        ("LMTD LBLTY CMPNY AKSM", ORGANIZATION, ("aksm",)),
        ("Brigade Forty 4", ORGANIZATION, ("brigade", "44")),
        ("M/V SEA STAR II", VESSEL, ("sea", "star", "2")),
        ("AL-ZARQAWI, Abu Mus'ab", PERSON, ("abu", "musab", "al", "zarqawi")),
        ("Dr. Haji Muhammad", PERSON, ("muhammad",)),
        ("習近平", PERSON, ("xi", "jin", "ping")),
        ("Rоsnеft", ORGANIZATION, ("rosneft",)),  # with a Cyrillic o and e
        ("Ros\u200bneft\u202e", ORGANIZATION, ("rosneft",)),
        ("R0sneft", ORGANIZATION, ("rosneft",)),
        ("I. A. C. International Inc.", ORGANIZATION, ("iac", "international")),
        ("J.F. Kennedy", PERSON, ("j", "f", "kennedy")),
        ("华为技术有限公司", ORGANIZATION, ("hua", "wei", "technology")),
    ],
)
def test_a_name_is_read_as_people_read_it(text: str, kind: str, tokens: tuple[str, ...]) -> None:
    assert views(text, kind).tokens == tokens


def test_a_name_that_is_nothing_but_a_legal_form_keeps_a_word() -> None:
    assert views("GmbH & Co KG", ORGANIZATION).tokens
    assert views("Limited", ORGANIZATION).tokens == ("limited",)


def test_the_family_name_before_a_comma_goes_last() -> None:
    assert views("PUTIN, Vladimir", PERSON).tokens == ("vladimir", "putin")
    assert views("PUTIN, Vladimir", PERSON).family == 1


def test_letters_without_a_latin_form_are_kept_in_their_own() -> None:
    assert views("ꯃꯅꯤꯄꯨꯔ", ORGANIZATION).native


def test_a_legal_form_is_told_from_the_name() -> None:
    one, two = views("Rosneft OOO", ORGANIZATION), views("Rosneft Ltd", ORGANIZATION)
    assert one.tokens == two.tokens
    assert one.forms == two.forms == ("limited",)


def test_a_number_is_a_number_with_or_without_zeros() -> None:
    assert views("Plant No. 007", ORGANIZATION).tokens[-1] == "7"
    assert views("Plant No. 007", ORGANIZATION).roles[-1] is Role.NUMBER


@pytest.mark.parametrize(
    "words", [("muhammad", "mohamed", "mhmd", "mohammad"), ("qadhafi", "gadhafi"), ("yusuf", "yousef")]
)
def test_spellings_of_one_sound_share_most_of_their_skeleton(words: tuple[str, ...]) -> None:
    bones = {skeleton(word)[1:] for word in words}
    assert len(bones) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\x00a\x00",
        "🙂🙂",
        "x" * 10_000,
        "a " * 5_000,
        "\u202eabc\u202c محمد",
        "ﷺ",
        "\ud800",
        "…",
        "𝕽𝖔𝖘𝖓𝖊𝖋𝖙",
    ],
)
@pytest.mark.parametrize("kind", ["", PERSON, ORGANIZATION, VESSEL])
def test_hostile_text_is_read_without_an_error(text: str, kind: str) -> None:
    read = views(text, kind)
    assert len(read.tokens) == len(read.roles) == len(read.skeletons) <= 24


@settings(max_examples=80, deadline=None)
@given(NAMES, st.sampled_from(["", PERSON, ORGANIZATION, VESSEL]))
def test_case_and_blanks_do_not_matter(name: str, kind: str) -> None:
    one, two = views(name.upper(), kind), views(f"  {name.lower().replace(' ', '   ')} ", kind)
    assert (one.tokens, one.forms) == (two.tokens, two.forms)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", PERSON, ORGANIZATION, VESSEL]))
def test_any_text_can_be_read(text: str, kind: str) -> None:
    read = views(text, kind)
    assert all(token.isascii() and token for token in read.tokens)
