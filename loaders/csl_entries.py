"""Entries of the US Consolidated Screening List, whichever of its two JSON shapes they come in.

The publisher's file has one object an entry under `results`. The compact file has short keys, explained by its own
`fieldKey`, and tables for texts that repeat.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .edtf import day_of

_LISTS = (
    "programs",
    "alt_names",
    "addresses",
    "nationalities",
    "citizenships",
    "dates_of_birth",
    "places_of_birth",
    "ids",
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_VOLUME_YEAR = 1935  # volume 1 of the Federal Register is the year 1936
_NOTICE = re.compile(r"(?:Vol\. )?(\d+)(?:\.?\s*F\. ?R\.?|\.?\s*FR|, No\.)\D{0,12}(\d+)")
_DATED = re.compile(r"(\d+)(?:\.?\s*F\. ?R\.?|\.?\s*FR)\s*\d+,?\s+\(?(\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))(?!\d)")
_DATED_VOLUME = re.compile(r"Vol\. (\d+), No\. \d+, (\d{1,2}/\d{1,2}/\d{4})")
_MARKS = (
    re.compile(r"(?<=[)\w]\))(?:, ?| )?([1-9])(?=[\s,.)]|$)"),  # `734.9(e)1 and`, `734.9(g),3 746.8`, `EAR)4`
    re.compile(r"(?<=of the EAR) ?([1-9])(?=[\s,.)]|$)"),  # `of the EAR2`
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the Consolidated Screening List, with empty text where the publisher states nothing."""

    source: str
    name: str
    type: str = ""
    number: str = ""
    aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    notice: str = ""
    requirement: str = ""
    policy: str = ""
    since: date | None = None
    until: date | None = None
    addresses: tuple[Mapping[str, Any], ...] = ()
    more: Mapping[str, Any] | None = None


def compact(raw: Mapping[str, Any], head: Mapping[str, Any]) -> Entry:
    """Return an entry of the compact file.

    Raises:
        KeyError, TypeError, IndexError, ValueError: The entry is not well formed.
    """
    tables = head["tables"]
    long = {head["fieldKey"][key].partition(" ")[0]: value for key, value in raw.items()}

    def looked_up(field: str, table: str) -> str:
        return _word(tables[table][_index(long[field])]) if field in long else ""

    return Entry(
        source=looked_up("source", "sources"),
        name=_word(long["name"]).strip(),
        type=_word(long.get("type", "")),
        number=_word(long.get("entity_number", "")),
        aliases=_words(long.get("alt_names", [])),
        countries=_words(long.get("address", [])),
        programmes=_split(looked_up("programs", "programmes")),
        notice=_word(long.get("federal_register_notice", "")),
        requirement=looked_up("license_requirement", "licenceRequirements"),
        policy=looked_up("license_policy", "licencePolicies"),
    )


def published(raw: Mapping[str, Any]) -> Entry:
    """Return an entry of the publisher's own file.

    Raises:
        KeyError, TypeError, ValueError: The entry is not well formed.
    """
    lists = {field: raw.get(field) or [] for field in _LISTS}
    if not all(isinstance(value, list) for value in lists.values()):
        raise TypeError("a field is no list")
    return Entry(
        source=_word(raw["source"]),
        name=_word(raw["name"]).strip(),
        type=_word(raw.get("type") or ""),
        number=_word(str(raw.get("entity_number") or "")),
        aliases=_words(lists["alt_names"]),
        countries=_words([item["country"] for item in lists["addresses"] if item.get("country")]),
        programmes=_words(lists["programs"]),
        notice=_word(raw.get("federal_register_notice") or ""),
        requirement=_word(raw.get("license_requirement") or ""),
        policy=_word(raw.get("license_policy") or ""),
        since=_day(raw.get("start_date")),
        until=_day(raw.get("end_date")),
        addresses=tuple(lists["addresses"]),
        more=raw,
    )


def first_notice(entry: Entry) -> str:
    """Return the first notice of the Federal Register an entry cites, in one spelling; later ones amend the entry."""
    match = _NOTICE.search(entry.notice)
    return f"{match[1]} FR {match[2]}" if match else entry.notice


def listed_by(notice: str) -> date | None:
    """Return the day by which an entry stood on its list: the earliest date of a notice it cites, or nothing.

    A date counts where its year is that of the volume, so a misprint is passed over. It is the day of printing; an
    order may have taken effect before, so it is an upper bound for the first day.
    """
    found = [*_DATED.findall(notice), *_DATED_VOLUME.findall(notice)]
    days = ((int(volume), day_of(text, "%m/%d/%y" if text[-3] == "/" else "%m/%d/%Y")) for volume, text in found)
    return min((day for volume, day in days if day and day.year == _VOLUME_YEAR + volume), default=None)


def footnotes(requirement: str) -> list[str]:
    """Return the numbers of the footnotes that a licence requirement marks, in order (15 CFR 744 Supp. 4)."""
    return sorted({number for mark in _MARKS for number in mark.findall(requirement)})


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"`{value}` is no text")
    if not value.isascii() and _SURROGATE.search(value):
        raise ValueError("half a character stands in a text")
    return value


def _words(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f"`{values}` is no list")
    return tuple(word for value in values if (word := _word(value).strip()))


def _split(programmes: str) -> tuple[str, ...]:
    return tuple(filter(None, programmes.split("; ")))


def _index(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"`{value}` is no row of a table")
    return value


def _day(value: object) -> date | None:
    return date.fromisoformat(_word(value)[:10]) if value else None
