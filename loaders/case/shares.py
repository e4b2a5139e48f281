"""Shares as exact whole numbers, in millionths of one percent.

A source states a share as a number (`50`), or only as a band (`(25,50]`). Both become an interval of integers, because
a test such as "50 percent or more" must never hang on the rounding of a binary fraction.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ...errors import CaseError

PERCENT = 1_000_000  # units in one percent
WHOLE = 100 * PERCENT

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?=\.?\d)(?P<whole>\d{0,30})(?:\.(?P<fraction>\d{0,60}))?", re.ASCII)
_WAYS = "write a number from 0 to 100, a band such as `(25,50]`, or null"
_BAND = re.compile(r"(?P<left>[\[(])\s*(?P<low>[^,\s]+)\s*,\s*(?P<high>[^,\s]+)\s*(?P<right>[\])])")


def parse_share(value: object) -> tuple[int, int] | None:
    """Return the least and the greatest share that a value allows, or nothing when the share is not known.

    Args:
        value: A number of percent from 0 to 100, the same as text, a band such as `"(25,50]"` (a round bracket leaves
            its end out), or `None` for unknown.

    Returns:
        Both ends in millionths of one percent, ends included: `(25,50]` is 25000001 to 50000000.

    Raises:
        CaseError: The value is no share, lies outside 0 to 100, is upside down or finer than a millionth of a percent.
    """
    if value is None:
        return None
    text = _text_of(value)
    band = _BAND.fullmatch(text)
    if band is None:
        exact = _units(text)
        return exact, exact
    low = _units(band["low"]) + (band["left"] == "(")
    high = _units(band["high"]) - (band["right"] == ")")
    if low > high:
        raise CaseError(f"the band `{text}` holds no share", help="write the lower end first, such as `(25,50]`")
    return low, high


def format_share(low: int, high: int) -> str:
    """Return a share as text that `parse_share` reads back: `50`, or `[25.000001,50]` for a band.

    Args:
        low: The lower end, in millionths of one percent.
        high: The upper end.
    """
    return percent(low) if low == high else f"[{percent(low)},{percent(high)}]"


def percent(units: int) -> str:
    """Return one number of percent without needless zeros, from millionths of one percent."""
    whole, rest = divmod(units, PERCENT)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def _text_of(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise CaseError(f"`{value}` is no share", help=_WAYS)
    # The shortest text that gives a binary float back is what its writer meant: 0.3, not 0.299999...
    return f"{value:f}" if isinstance(value, Decimal) else f"{Decimal(repr(value)):f}"


def _units(text: str) -> int:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise CaseError(f"`{text}` is no share", help=_WAYS)
    fraction = (match["fraction"] or "").rstrip("0")
    units = int(match["whole"] or "0") * PERCENT + int(fraction[:6].ljust(6, "0"))
    if units > WHOLE or (units == WHOLE and fraction) or (match["sign"] == "-" and (units or fraction)):
        raise CaseError(f"a share of `{text}` percent cannot be", help="write a number from 0 to 100")
    if len(fraction) > 6:
        raise CaseError(
            f"the share `{text}` is finer than a millionth of a percent",
            help=f"write the band that holds it: `[{percent(units)},{percent(units + 1)}]`",
        )
    return units
