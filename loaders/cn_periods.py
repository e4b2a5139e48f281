"""How long the measures of a Chinese announcement are in force: pauses and ends that later announcements bring.

A pause has a first day and the first day after it; one may follow on another. An end closes everything.

Source: MOFCOM, statements of the spokesperson of 2025-05-14, 2025-08-12 and 2025-11-05.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .edtf import day
from .tree import Fields, tidy

IN_FORCE, SUSPENDED, UNCHECKED = "in_force", "suspended", "not_verified"
_SUSPEND, _STOP = "suspend", "stop"


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the measures of an announcement: a pause, or their end."""

    announcement: str
    kind: str
    first: date | None
    until: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in which measures have one state of law."""

    status: str
    first: date | None
    until: date | None


def change_of(part: Fields) -> Change:
    """Return the change that one modification states."""
    kind, words = part.text("action"), tidy(part.text("notes"))
    first, until = part.text("effective_date"), part.text("until_date")
    stated = " ".join(filter(None, (words, kind, first and f"from {first}", until and f"until {until}")))
    return Change(part.text("target_announcement_id"), kind, day(first), day(until), stated)


def periods(first: date | None, changes: Iterable[Change]) -> Iterator[Period]:
    """Yield the stretches of time of measures that began on a day, in order.

    What holds after the last pause no announcement says in so many words, so it is not verified.
    A pause without a day, or of an unknown kind, changes nothing here; its words stay beside the listing.
    """
    known = sorted((found for found in changes if found.first), key=lambda found: found.first or date.min)
    end = min((found.first for found in known if found.kind == _STOP and found.first), default=None)
    begun, status = first, IN_FORCE
    for pause in (found for found in known if found.kind == _SUSPEND):
        if end and pause.first and pause.first >= end:
            break
        yield from _stretch(status, begun, pause.first)
        begun, status = min(filter(None, (pause.until, end)), default=None), UNCHECKED
        yield from _stretch(SUSPENDED, pause.first, begun)
        if begun is None:
            return
    yield from _stretch(status, begun, end)


def _stretch(status: str, first: date | None, until: date | None) -> Iterator[Period]:
    if first is None or until is None or first < until:
        yield Period(status, first, until)
