"""Dates as publishers write them, as far as they are known, in the Extended Date/Time Format (ISO 8601-2)."""

from __future__ import annotations

import re
from datetime import date

from .edtf import edtf
from .tree import tidy

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SLASHED = re.compile(r"(?:(?:(\d{1,2}|dd)/)?(\d{1,2}|mm)/)?(\d{4})", re.ASCII | re.IGNORECASE)
_ABOUT = re.compile(r"(?:approximately|approx\.?|circa|c\.) (.+)", re.IGNORECASE)
_OR = re.compile(r" (?:or )?", re.IGNORECASE)
_BETWEEN = re.compile(r"between (.+) and (.+)", re.IGNORECASE)


def edtf_of(year: str, month: str = "", day: str = "", *, about: bool = False) -> str:
    """Return a date from its parts, as far as they are given, or nothing where they make no date."""
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return ""
    parts = [int(part) for part in (year, month, day)[: 1 + bool(month) + bool(month and day)] if part.isdigit()]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return ""
    return "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]))) + "~" * about


def known_date(words: str) -> str:
    """Return words as a date in EDTF, such as `1945` for `dd/mm/1945` and `1963/1968` for `Between 1963 and 1968`.

    Words that are no date stay as they are, so that a person still reads them.
    """
    words = tidy(words)
    if between := _BETWEEN.fullmatch(words):
        ends = [_one(end) for end in between.groups()]
        return "/".join(ends) if all(ends) else words
    plain = words.replace(".", "")  # `Nov. 1973`
    written = edtf(plain)
    return _one(words) or (written if written != plain else words)


def known_dates(words: str) -> list[str]:
    """Return the dates that a cell holds: one, or several with blanks or `or` between them; other words stay whole."""
    known, pieces = known_date(words), _OR.split(tidy(words))
    several = [_one(piece) for piece in pieces]
    return several if len(several) > 1 and all(several) else [known]


def _one(words: str) -> str:
    if about := _ABOUT.fullmatch(words):
        known = _one(about[1])
        return f"{known}~" if known else ""
    if iso := _ISO.fullmatch(words):
        return edtf_of(iso[1], iso[2] or "", iso[3] or "")
    if slashed := _SLASHED.fullmatch(words):
        day, month = (part if part and part.isdigit() and int(part) else "" for part in slashed.groups()[:2])
        return edtf_of(slashed[3], month, day)
    return ""
