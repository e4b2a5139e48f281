"""When a target stood on the Swiss list: its modifications, oldest first, as stretches of time.

A target that was taken off stays in the file. The newest modification says how things stand; one that was listed, taken
off and listed again has one listing for each stretch.

Source: SECO, whole list XML, `modification` with `modification-type` and `effective-date`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .edtf import day
from .tree import Fields

_OFF = "de-listed"
_ON = "listed"
_DAYS = ("effective-date", "publication-date", "enactment-date")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time on a list: its first day, or a day by which it had begun, and the first day after it."""

    first: date | None = None
    by: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One modification of a target: what was done, and from which day."""

    kind: str
    day: date | None
    words: str


def change(part: Fields) -> Change:
    """Return a modification; what was added or removed by it is history, and stays in its words."""
    kind = part.text("modification-type")
    days = {name: part.text(name) for name in _DAYS}
    effective = next((found for name in _DAYS if (found := day(days[name]))), None)
    stated = " ".join(f"{name} {words}" for name, words in days.items() if words)
    words = "; ".join(filter(None, (f"modification {kind} {stated}".strip(), *_history(part))))
    return Change(kind, effective, words)


def _history(part: Fields) -> list[str]:
    return [words for words in part.rest() if " ssid: " not in words]


def stretches(changes: Iterable[Change]) -> list[Stretch]:
    """Return the stretches of time that modifications make, oldest first.

    Args:
        changes: The modifications in the order of the file, newest first.
    """
    known = sorted((found for found in reversed(list(changes)) if found.day), key=lambda found: found.day or date.min)
    made = list(_made(known))
    return made or [Stretch()]


def _made(known: list[Change]) -> Iterator[Stretch]:
    first: date | None = None
    by: date | None = None
    is_on = False
    for found in known:
        if found.kind == _OFF:
            yield Stretch(first, by, found.day)
            first = by = None
            is_on = False
        elif not is_on:
            first, by = (found.day, None) if found.kind == _ON else (None, found.day)
            is_on = True
    if is_on:
        yield Stretch(first, by)
