"""Dates as far as they are known, in the Extended Date/Time Format (ISO 8601-2)."""

import re
from datetime import date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(?:(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]* )?(\d{4})", re.ASCII)


def edtf(words: str) -> str:
    """Return a date as EDTF: `28 Jul 1963` is `1963-07-28`, `circa 1951` is `1951~`, `1951 to 1953` is `1951/1953`.

    Words that are no date stay as they are.
    """
    ends = [_one(end) for end in words.split(" to ")]
    return "/".join(ends) if len(ends) <= 2 and all(ends) else words


def day(words: str) -> date | None:
    """Return a date that names its day, such as `28 Jul 1963` or `1963-07-28`, or nothing."""
    try:
        return date.fromisoformat(_one(words) or words)
    except ValueError:
        return None


def day_of(words: str, pattern: str) -> date | None:
    """Return the day that words name in a pattern of `strptime`, or nothing."""
    try:
        return datetime.strptime(words, pattern).date()
    except ValueError:
        return None


def _one(words: str) -> str:
    """Return one date without a range, or nothing when the words are none."""
    match = _DATE.fullmatch(words.removeprefix("circa "))
    if match is None:
        return ""
    number, name, year = match.groups()
    if name and name.lower() not in _MONTHS:
        return ""
    month = f"-{_MONTHS.index(name.lower()) + 1:02}" if name else ""
    day_in_month = f"-{int(number):02}" if number else ""
    return f"{year}{month}{day_in_month}{'~' * words.startswith('circa ')}"
