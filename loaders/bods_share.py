"""Shares as the Beneficial Ownership Data Standard states them, as whole millionths of one percent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation

from .source import RecordError

_PERCENT, _WHOLE = 1_000_000, 100_000_000


def share_of(stated: object) -> tuple[int, int] | None:
    """Return the least and the greatest share, both ends included; nothing where none is stated.

    `exclusiveMinimum` and `exclusiveMaximum` are numbers in 0.4; in 0.3 and before they say of `minimum` and `maximum`
    whether these are left out. What is finer than a millionth of a percent is widened to the next one.

    Raises:
        RecordError: An end is no number from 0 to 100, or the ends stand the wrong way round.
    """
    if not isinstance(stated, Mapping):
        return None
    if stated.get("exact") is not None:
        return _units(stated["exact"], ROUND_FLOOR), _units(stated["exact"], ROUND_CEILING)
    low, low_open = _end(stated, "minimum", "exclusiveMinimum")
    high, high_open = _end(stated, "maximum", "exclusiveMaximum")
    if low is None and high is None:
        return None
    found = (
        _units(low, ROUND_FLOOR) + low_open if low is not None else 0,
        _units(high, ROUND_CEILING) - high_open if high is not None else _WHOLE,
    )
    if found[0] > found[1]:
        raise RecordError("the least share is above the greatest", help="correct the ends of the share")
    return found


def _end(stated: Mapping[str, object], name: str, exclusive: str) -> tuple[object, bool]:
    left_out = stated.get(exclusive)
    if left_out is not None and not isinstance(left_out, bool):
        return left_out, True
    return stated.get(name), left_out is True


def _units(value: object, rounding: str) -> int:
    try:
        found = int((Decimal(str(value)) * _PERCENT).to_integral_value(rounding))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise RecordError(f"a share of `{value}` is no number", help="write a number from 0 to 100") from error
    if not 0 <= found <= _WHOLE:
        raise RecordError(f"a share of `{value}` percent cannot be", help="write a number from 0 to 100")
    return found
