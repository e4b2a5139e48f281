"""What the search for diversion is set to: its bounds, the zones of each law, and the units that can be compared.

All of it stands in the tables beside this file, each row with its source, so that a change is a change of a table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files

from ...errors import InputError
from ..ownership.window import Window


@dataclass(frozen=True, slots=True)
class Settings:
    """The bounds of one search.

    Attributes:
        steps: Most shipments in a chain.
        window: Longest time that goods lie at one party before they go on, in days.
        short: Longest time that still speaks for the same goods, in days.
        least: Least part of the quantity so far that has to go on.
        spare: Part by which a quantity may exceed the quantity so far.
        majority: Least share that is control, in millionths of one percent.
        effort: Search steps for one final shipment.
        total: Search steps for all of them.
    """

    steps: int
    window: int
    short: int
    least: Fraction
    spare: Fraction
    majority: int
    effort: int
    total: int

    def __post_init__(self) -> None:
        """Refuse bounds under which nothing could be found, or nothing would be bounded."""
        whole = self.steps >= 1 and min(self.window, self.short, self.effort, self.total) >= 0
        if not (whole and 0 <= self.least <= 1 and self.spare >= 0):
            raise InputError("the bounds of the search cannot be", help="give a length from 1 and no negative days")


@dataclass(frozen=True, slots=True)
class Zone:
    """From where the law of one jurisdiction follows goods, and whose restrictions it applies at the end.

    Attributes:
        name: The short id.
        places: Countries in which its reach begins.
        groups: Country groups in which its reach begins.
        jurisdictions: Whose embargoes count as the end of a chain.
        transit: Country groups that goods may not pass through.
        transit_law: Whose provisions on transit count.
    """

    name: str
    places: frozenset[str]
    groups: frozenset[str]
    jurisdictions: frozenset[str]
    transit: frozenset[str]
    transit_law: frozenset[str]


@cache
def settings() -> Settings:
    """Return the bounds that the table states."""
    stated = {row["name"]: row["value"] for row in _rows("settings")}
    whole = {name: int(stated[name]) for name in ("steps", "window", "short", "majority", "effort", "total")}
    return Settings(**whole, least=Fraction(stated["least"]), spare=Fraction(stated["spare"]))


def zones(as_of: date) -> tuple[Zone, ...]:
    """Return the zones of every law as of a day, in order of their ids."""
    rows = [row for row in _rows("zones") if _holds(row, as_of)]

    def values(zone: str, part: str, kind: str) -> frozenset[str]:
        wanted = zone, part, kind
        return frozenset(row["value"] for row in rows if (row["zone"], row["part"], row["kind"]) == wanted)

    return tuple(
        Zone(
            name,
            values(name, "origin", "place"),
            values(name, "origin", "group"),
            values(name, "target", "jurisdiction"),
            values(name, "transit", "group"),
            values(name, "transit", "jurisdiction"),
        )
        for name in sorted({row["zone"] for row in rows})
    )


@cache
def units() -> dict[str, tuple[str, int]]:
    """Return for each unit the unit it is counted in, and how many of those it is."""
    return {row["unit"]: (row["base"], int(row["factor"])) for row in _rows("units")}


def _holds(row: dict[str, str], day: date) -> bool:
    since = date.fromisoformat(row["valid_from"]) if row["valid_from"] else None
    until = date.fromisoformat(row["valid_to"]) + timedelta(days=1) if row["valid_to"] else None
    return bool(Window(since=since, until=until).on(day))


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files(__package__ or __name__).joinpath(f"{table}.csv").read_text(encoding="utf8")
    yield from csv.DictReader(text.splitlines())
