"""The words of the ownership tests: shares, holdings, listings and joint arrangements.

Shares are whole numbers, in millionths of one percent, so that a sum of 0.3, 33.3 and 16.4 percent is exactly 50.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from rdflib import URIRef

from ...ontology import CLEW, token
from ...statements import Statement
from .window import Window

PERCENT = 1_000_000


WHOLE = 100 * PERCENT


class Kind(IntEnum):
    """What a stake gives: a part of the shares, a part of the votes, the board, or control by other means."""

    SHARES = 0
    VOTES = 1
    BOARD = 2
    CONTROL = 3


@dataclass(frozen=True, slots=True)
class Holding:
    """One statement that holders have a stake in a company.

    Attributes:
        iri: The statement.
        holders: Who has the stake; several where it is held jointly.
        company: In which company.
        kind: What the stake gives.
        minimum: The least share it may be, in millionths of one percent.
        maximum: The greatest share it may be.
        known: Whether the source says anything about the share.
        sound: Whether the share as stated can be; an upside-down interval cannot.
        window: When the statement holds.
        said: The kind in the words of the source, where it states one.
    """

    iri: URIRef
    holders: tuple[URIRef, ...]
    company: URIRef
    kind: Kind
    minimum: int
    maximum: int
    known: bool
    sound: bool
    window: Window
    said: URIRef | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of a party on a list, with its programmes and its window."""

    iri: URIRef
    party: URIRef
    list: URIRef
    programmes: frozenset[URIRef]
    window: Window

    def statements(self) -> tuple[Statement, ...]:
        """Return the statements that say so."""
        return (self.party, CLEW.listing, self.iri), (self.iri, CLEW.onList, self.list)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An agreement by which parties exercise their rights in a company together; without a company, in every one."""

    iri: URIRef
    parties: tuple[URIRef, ...]
    company: URIRef | None
    window: Window


def name_of(iri: URIRef) -> str:
    """Return an IRI of a family with one key as that key, such as `us-ofac-50` for a regime."""
    return token(iri).partition(":")[2] or token(iri)


def percent(units: int) -> str:
    """Return a share as people write it, exactly: 48130000 is `48.13 %`."""
    whole, rest = divmod(units, PERCENT)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") + " %"


def span(minimum: int, maximum: int) -> str:
    """Return an interval of shares as people write it: `50 %`, `48 to 51 %`, or `an unknown share`."""
    if minimum == maximum:
        return percent(minimum)
    if (minimum, maximum) == (0, WHOLE):
        return "an unknown share"
    return f"{percent(minimum)[:-2]} to {percent(maximum)}"
