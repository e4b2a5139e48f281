"""Shares stay exact: 50 percent or more must mean 50, not 49.999... (OFAC guidance of 2014-08-13)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import CaseError
from clew.loaders.case import format_share, parse_share

UNITS = st.integers(0, 100_000_000)


@pytest.mark.parametrize(
    ("given_share", "low", "high"),
    [
        ("50", 50_000_000, 50_000_000),
        (50, 50_000_000, 50_000_000),
        (0.3, 300_000, 300_000),
        (Decimal("33.333333"), 33_333_333, 33_333_333),
        ("33.3333330", 33_333_333, 33_333_333),
        (".5", 500_000, 500_000),
        ("0", 0, 0),
        ("100.0", 100_000_000, 100_000_000),
        ("(25,50]", 25_000_001, 50_000_000),
        ("[75, 100]", 75_000_000, 100_000_000),
        ("(0,100)", 1, 99_999_999),
        ("[0,10]", 0, 10_000_000),
    ],
)
def test_a_share_is_a_pair_of_millionths_of_a_percent(given_share: object, low: int, high: int) -> None:
    assert parse_share(given_share) == (low, high)


def test_no_share_is_unknown_and_not_zero() -> None:
    assert parse_share(None) is None


@pytest.mark.parametrize(
    ("given_share", "reason"),
    [
        ("-1", "a share of `-1` percent cannot be"),
        ("140", "a share of `140` percent cannot be"),
        ("100.000001", "a share of `100.000001` percent cannot be"),
        ("fifty", "`fifty` is no share"),
        ("", "`` is no share"),
        ("50 %", "`50 %` is no share"),
        ("1_0", "`1_0` is no share"),
        ("\uff15\uff10", "`\uff15\uff10` is no share"),
        ("(50,25]", "the band `(50,25]` holds no share"),
        ("(50,50]", "the band `(50,50]` holds no share"),
        ("[25,140]", "a share of `140` percent cannot be"),
        (False, "`False` is no share"),
        (float("nan"), "`NaN` is no share"),
        ([50], "`[50]` is no share"),
    ],
)
def test_what_is_no_share_is_refused(given_share: object, reason: str) -> None:
    with pytest.raises(CaseError) as caught:
        parse_share(given_share)
    assert caught.value.message == reason
    assert caught.value.help


def test_a_share_that_is_too_fine_is_answered_with_the_band_that_holds_it() -> None:
    with pytest.raises(CaseError) as caught:
        parse_share("33.3333333")
    assert caught.value.help == "write the band that holds it: `[33.333333,33.333334]`"
    assert parse_share("[33.333333,33.333334]") == (33_333_333, 33_333_334)


def test_fifty_and_a_hair_below_fifty_never_meet() -> None:
    # 34 decimals are more than the default precision of Decimal: rounding would make this exactly 50.
    with pytest.raises(CaseError):
        parse_share("49." + "9" * 34)


@given(UNITS, UNITS)
def test_what_is_written_is_read_back(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert parse_share(format_share(low, high)) == (low, high)


@given(st.decimals(0, 100, places=6))
def test_a_number_is_taken_to_the_last_digit(number: Decimal) -> None:
    share = parse_share(f"{number:f}")
    assert share is not None
    assert Fraction(share[0], 1_000_000) == Fraction(number)
    assert share[0] == share[1]


@given(st.floats(0, 100).map(lambda number: round(number, 6)))
def test_a_float_counts_as_its_shortest_text(number: float) -> None:
    share = parse_share(number)
    assert share is not None
    assert abs(Fraction(share[0], 1_000_000) - Fraction(number)) < Fraction(1, 10**9)
