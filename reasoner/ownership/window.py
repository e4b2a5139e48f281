"""When statements hold: windows of days, some of whose ends are not certain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Presence(IntEnum):
    """Whether something holds on a day; an uncertain date makes it possible."""

    NO = 0
    MAYBE = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Window:
    """When a statement holds: from a first day on, until the first day on which it no longer does.

    Attributes:
        since: First day, or its earliest when the day is not certain; nothing when open.
        since_latest: The latest first day, where it is not certain.
        until_earliest: The earliest day on which it no longer holds, where that is not certain.
        until: First day on which it no longer holds, or its latest; nothing when open.
    """

    since: date | None = None
    since_latest: date | None = None
    until_earliest: date | None = None
    until: date | None = None

    def on(self, day: date) -> Presence:
        """Return whether a statement with this window holds on a day."""
        if (self.since is not None and day < self.since) or (self.until is not None and day >= self.until):
            return Presence.NO
        starting = self.since_latest is not None and day < self.since_latest
        ending = self.until_earliest is not None and day >= self.until_earliest
        return Presence.MAYBE if starting or ending else Presence.YES

    def days(self) -> tuple[date, ...]:
        """Return the days on which something begins or ends, or may do so."""
        found = (self.since, self.since_latest, self.until_earliest, self.until)
        return tuple(day for day in found if day is not None)

    def hands_over_to(self, later: Window) -> bool:
        """Tell whether this ends in the same uncertain span in which another begins: one change, on an unknown day."""
        return (
            self.until_earliest is not None
            and self.until is not None
            and (self.until_earliest, self.until) == (later.since, later.since_latest)
        )


ALWAYS = Window()
