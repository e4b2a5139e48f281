"""How a regime is read: what counts for certain, and what counts only on a wide reading that a person must judge.

The strict reading takes what the law settles by arithmetic. The wide one adds what it leaves open: control under a
rebuttable limb, majorities of votes where the text speaks of ownership, aggregation the text does not settle,
shares held jointly with somebody else, registers that contradict themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...ontology import mint
from .model import Kind
from .regime import Regime

_DORMANT = (mint("legal", "suspended"), mint("legal", "not_enforced"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a regime.

    Attributes:
        shares: Kinds whose parts are added up, each kind by itself.
        links: Kinds where having it is enough.
        jointly: Whether one listed holder of a jointly held stake is enough; else all must be.
        pacts: Which joint arrangements count: 0 none, 1 the certain ones, 2 also the uncertain ones.
        together: Whether different listed parties add up.
        cascade: Whether the stakes of a caught company count for its owners; else only those of listed parties.
        forgiving: Whether a register that contradicts itself may count.
        former: A share that, held before, still counts as control where something is left of it; 0 for no such thing.
    """

    shares: tuple[Kind, ...]
    links: tuple[Kind, ...]
    jointly: bool
    pacts: int
    together: bool
    cascade: bool
    forgiving: bool
    former: int = 0


def strict(regime: Regime) -> Reading:
    """Return the reading that takes only what the law settles."""
    statutory = regime.control_limb == "yes"
    joint = regime.aggregation == "per_party_or_joint"
    return Reading(
        # A limb of statute names votes and the board beside shares; elsewhere they are signs of control.
        shares=(Kind.SHARES, Kind.VOTES) if statutory else (Kind.SHARES,),
        links=(Kind.BOARD,) if statutory else (),
        jointly=joint,
        pacts=int(joint),
        together=regime.aggregation == "all_listed",
        cascade=regime.pass_through != "unspecified",
        forgiving=False,
    )


def wide(regime: Regime) -> Reading:
    """Return the reading that adds what a person must judge."""
    limb = regime.control_limb != "none"
    joint = regime.aggregation == "per_party_or_joint"
    return Reading(
        shares=(Kind.SHARES, Kind.VOTES),
        links=(Kind.BOARD, Kind.CONTROL) if limb else (),
        jointly=True,
        pacts=2 if limb or joint else 0,
        together=regime.aggregation in ("all_listed", "unspecified"),
        cascade=True,
        forgiving=True,
        # A majority that was sold down to just below the test is the classic sign that control stayed where it was.
        former=regime.need if limb else 0,
    )


def stands(regime: Regime | None) -> bool:
    """Tell whether a version of a regime is applied on its days: it is there, and neither suspended nor unenforced."""
    return regime is not None and regime.legal_status not in _DORMANT
