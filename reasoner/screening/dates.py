"""Dates of birth as far as they are known, and whether two of them can be one.

Dates are EDTF (ISO 8601-2): a day, a month, a year, about a year (`1951~`), or a range (`1951/1953`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ABOUT = 2  # years that `about` may be off

_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")


@dataclass(frozen=True, slots=True)
class Birth:
    """The first and last year that a date allows, and its day as month and day where it is known."""

    first: int
    last: int
    month: int = 0
    day: int = 0


def parse(text: str) -> Birth | None:
    """Return a date as years, month and day, or nothing where it is no date."""
    ends = [_POINT.fullmatch(end.strip()) for end in text.split("/")]
    if not 1 <= len(ends) <= 2 or any(end is None for end in ends):
        return None
    points = [end for end in ends if end is not None]
    loose = _ABOUT if any(point[4] for point in points) else 0
    years = sorted(int(point[1]) for point in points)
    if len(points) == 2 or loose:
        return Birth(years[0] - loose, years[-1] + loose)
    return Birth(years[0], years[0], int(points[0][2] or 0), int(points[0][3] or 0))


def agreement(one: str, two: str) -> tuple[float, str]:
    """Return how two dates of birth agree: 1 the same day, 0 no statement, -1 different people, and in words."""
    a, b = parse(one), parse(two)
    if a is None or b is None:
        return 0.0, "a date is not understood"
    if a.first > b.last or b.first > a.last:
        apart = max(a.first, b.first) - min(a.last, b.last)
        return (-0.4, "years next to each other") if apart <= 1 else (-1.0, "different years")
    if a.day and b.day:
        return _days(a, b)
    if a.month and b.month:
        return (0.6, "the same month") if a.month == b.month else (-0.3, "different months of one year")
    return (0.5, "the same year") if a.first == a.last == b.first == b.last else (0.2, "years that overlap")


def _days(a: Birth, b: Birth) -> tuple[float, str]:
    if (a.month, a.day) == (b.month, b.day):
        return 1.0, "the same day"
    if (a.month, a.day) == (b.day, b.month):
        return 0.5, "day and month exchanged"
    return -0.5, "different days of one year"
