"""From the versions of a relationship to periods: since when and until when each interest was held, and how large.

A later version replaces an earlier one, but only says what holds on its day. Where an interest changed between two
versions and neither says when, the day of the change lies somewhere between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .bods_share import share_of

Key = tuple[str, str, int]


@dataclass(slots=True)
class Period:
    """One interest of one size, with the days on which it began and ended, as far as they are known.

    Attributes:
        type: The code of the interest.
        level: direct, indirect or unknown.
        share: Least and greatest share in millionths of one percent; nothing where none is stated.
        since: The first day, or the earliest.
        since_latest: The latest first day, where it is not certain.
        until_earliest: The earliest day on which it no longer holds, where that is not certain.
        until: The first day on which it no longer holds, or the latest.
        seen: The day of the last version that states it.
        details: What the version says beside.
    """

    type: str
    level: str
    share: tuple[int, int] | None
    since: date | None
    since_latest: date | None
    until_earliest: date | None
    until: date | None
    seen: date | None
    details: str


def periods(versions: Sequence[tuple[date | None, bool, Sequence[Mapping[str, Any]]]]) -> list[Period]:
    """Return the periods of all interests of one relationship.

    Args:
        versions: Its versions in order: the day of each, whether it closes the record, and its interests.

    Raises:
        RecordError: A share or a date is not well formed.
    """
    done: list[Period] = []
    held: dict[Key, Period] = {}
    before: date | None = None
    for place, (day, closes, interests) in enumerate(versions):
        stated = dict(_keyed(interests))
        for key in [key for key in held if key not in stated]:
            done.append(_ended(held.pop(key), day))
        for key, interest in stated.items():
            found = _taken(held.get(key), key, interest, day, before if place else None)
            if key in held and held[key] is not found:
                done.append(held[key])
            held[key] = found
            if closes:
                _ended(found, day, before)
        before = day
    return [*done, *held.values()]


def _keyed(interests: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    counts: dict[tuple[str, str], int] = {}
    for one in interests:
        kind = str(one.get("type") or "unknownInterest"), str(one.get("directOrIndirect") or "unknown")
        counts[kind] = counts.get(kind, 0) + 1
        yield (*kind, counts[kind]), one


def _taken(held: Period | None, key: Key, interest: Mapping[str, Any], day: date | None, before: date | None) -> Period:
    """Return the period of an interest of a version: the one that is held already, or another."""
    share = share_of(interest.get("share"))
    start, end = (day_of(interest.get(name)) for name in ("startDate", "endDate"))
    if held is not None and held.share == share:
        held.since, held.since_latest = (start, None) if start else (held.since, held.since_latest)
        held.seen, held.until = day, end or held.until
        return held
    since, latest = start, None
    if held is not None and (start is None or held.seen is None or start <= held.seen):
        since, latest = held.seen, day
        _ended(held, day)
    elif held is not None:
        held.until = held.until or start
    elif start is None and before is not None:
        since, latest = before, day
    return Period(key[0], key[1], share, since, latest, None, end, day, str(interest.get("details") or ""))


def _ended(period: Period, day: date | None, seen: date | None = None) -> Period:
    """End a period on an unknown day between the last version that states it and the one that does not."""
    if period.until is None:
        period.until_earliest, period.until = seen or period.seen, day
    return period


def day_of(text: object) -> date | None:
    """Return the day that a date of the standard names, or nothing where it names none; hours are left off."""
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None
