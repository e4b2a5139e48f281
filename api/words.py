"""How shares, dates and states are put into words, the same in pictures and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..ontology import token

_PERCENT = 1_000_000  # shares are integers in millionths of one percent
WHOLE = 100 * _PERCENT

_STATUS = {
    "caught": "caught",
    "possibly": "possibly caught",
    "review": "for review",
    "not_in_force": "rule not in force",
    "clear": "clear",
}
# From the answer that asks for most care to the one that asks for least.
_ORDER = tuple(_STATUS)


def share(minimum: int, maximum: int) -> str:
    """Return a share as people write it: `49 %`, `48-51 %`, `>25-50 %` for a band open below, `?` if it is unknown.

    Args:
        minimum: The least it can be, in millionths of one percent.
        maximum: The most it can be.
    """
    if minimum <= 0 and maximum >= WHOLE:
        return "?"
    if minimum == maximum:
        return f"{_number(minimum)} %"
    return f"{_lower(minimum)}-{_upper(maximum)} %"


def stake(kind: str, minimum: int, maximum: int) -> str:
    """Return what a stake gives: its share, its share of the votes, or `control` and `board`, which have no share."""
    if kind in ("control", "board"):
        return kind
    return share(minimum, maximum) + (" votes" if kind == "votes" else "")


def _number(amount: int) -> str:
    return f"{(Decimal(amount) / _PERCENT).normalize():f}"


def _lower(amount: int) -> str:
    """Return a lower end; one unit above a full hundredth of a percent is the mark of an open end."""
    return f">{_number(amount - 1)}" if amount % 10_000 == 1 else _number(amount)


def _upper(amount: int) -> str:
    return f"<{_number(amount + 1)}" if amount % 10_000 == 9_999 else _number(amount)


def status(code: str) -> str:
    """Return a status of an ownership regime in words."""
    return _STATUS.get(code, code.replace("_", " "))


def gravest(codes: Iterable[str]) -> str:
    """Return the status that asks for most care among several; `clear` where there is none."""
    return min((code for code in codes if code in _ORDER), key=_ORDER.index, default="clear")


def gravity(code: str) -> int:
    """Return the place of a status in the order from the one that asks for most care to the one that asks for least."""
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)


def words(code: str) -> str:
    """Return a code such as `name-kind:strong_alias` or `ns#GovernmentBody` as words, without its family."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", code.rpartition("#")[2].rpartition(":")[2])
    return apart.replace("_", " ").lower()


def key(iri: str) -> str:
    """Return the key of a list, regime or kind without its family: `US-SDN` for `list:US-SDN`."""
    shown = token(iri)
    return shown.partition(":")[2] or shown


def names(items: Sequence[str], limit: int = 4) -> str:
    """Return a list as a sentence part: `A, B and 3 more`."""
    if len(items) <= limit:
        return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
    return f"{', '.join(items[:limit])} and {len(items) - limit} more"
