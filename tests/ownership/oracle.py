"""A slow, obvious twin of the ownership reasoner: every world is written out and closed by plain repetition.

It shares no code with the reasoner. Shares are whole tens of percent here, so that all corners of the worlds allowed by
intervals, by the 100 percent cap and by complete registers lie on the grid and the enumeration is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

TEN = 10_000_000
FULL = 10


@dataclass(frozen=True)
class Stake:
    """A stake with its interval in tens of percent; `kind` is shares, votes, board or control."""

    holders: frozenset[str]
    company: str
    kind: str
    low: int
    high: int


@dataclass
class World:
    """Parties, stakes, who is listed, who acts jointly, whose register is complete, and the test of a regime."""

    stakes: list[Stake]
    listed: set[str]
    need: Fraction  # in tens of percent; more than 50 percent is anything above 5
    aggregation: str = "all_listed"
    pass_through: str = "cascade"
    limb: str = "none"
    complete: set[str] = field(default_factory=set)
    pacts: list[tuple[frozenset[str], str]] = field(default_factory=list)

    def parties(self) -> set[str]:
        return {one for stake in self.stakes for one in (*stake.holders, stake.company)}


@dataclass(frozen=True)
class Way:
    """A reading: which kinds add up, which are enough, and how far the text is stretched."""

    adds: tuple[str, ...]
    enough: tuple[str, ...]
    either_holder: bool
    pacts: bool
    summed: bool
    chains: bool
    broken_counts: bool


def ways(world: World) -> tuple[Way, Way]:
    statute, limb, joint = world.limb == "yes", world.limb != "none", world.aggregation == "per_party_or_joint"
    narrow = Way(
        ("shares", "votes") if statute else ("shares",),
        ("board",) if statute else (),
        joint,
        joint,
        world.aggregation == "all_listed",
        world.pass_through != "unspecified",
        False,
    )
    broad = Way(
        ("shares", "votes"),
        ("board", "control") if limb else (),
        True,
        limb or joint,
        world.aggregation in ("all_listed", "unspecified"),
        True,
        True,
    )
    return narrow, broad


def status(world: World, party: str) -> str:
    narrow, broad = ways(world)
    seeds = world.listed - {party}
    for way, every, answer in (
        (narrow, True, "caught"),
        (broad, True, "review"),
        (narrow, False, "possibly"),
        (broad, False, "review"),
    ):
        groups = [seeds] if way.summed else [{seed} for seed in sorted(seeds)]
        if any(_holds(world, way, group, party, every) for group in groups):
            return answer
    return "clear"


def _holds(world: World, way: Way, seeds: set[str], party: str, every: bool) -> bool:
    found = (party in caught(world, way, seeds, shares, party) for shares in worlds(world))
    return all(found) if every else any(found)


def broken(world: World) -> set[tuple[str, str]]:
    """Companies and kinds for which no world exists."""
    cells: dict[tuple[str, str], list[Stake]] = {}
    for stake in world.stakes:
        if stake.kind in ("shares", "votes"):
            cells.setdefault((stake.company, stake.kind), []).append(stake)
    return {
        key
        for key, found in cells.items()
        if sum(one.low for one in found) > FULL
        or (key[1] == "shares" and key[0] in world.complete and sum(one.high for one in found) < FULL)
    }


def worlds(world: World) -> Iterator[dict[Stake, int]]:
    """Every way the shares may be."""
    bad = broken(world)
    cells: dict[tuple[str, str], list[Stake]] = {}
    for stake in world.stakes:
        if stake.kind in ("shares", "votes") and (stake.company, stake.kind) not in bad:
            cells.setdefault((stake.company, stake.kind), []).append(stake)
    choices = []
    for (company, kind), found in cells.items():
        options = []
        for values in product(*(range(one.low, one.high + 1) for one in found)):
            total = sum(values)
            if total <= FULL and not (kind == "shares" and company in world.complete and total != FULL):
                options.append(dict(zip(found, values, strict=True)))
        choices.append(options)
    for picked in product(*choices):
        merged: dict[Stake, int] = {}
        for part in picked:
            merged |= part
        yield merged


def caught(world: World, way: Way, seeds: set[str], shares: dict[Stake, int], target: str) -> set[str]:
    """The least set that holds the listed parties and every company whose owners in the set pass the test."""
    bad = broken(world)
    reached = set(seeds)
    while True:
        owners = reached if way.chains else seeds
        more = {company for company in world.parties() - reached if _passes(world, way, owners, shares, company, bad)}
        if not more:
            return reached
        reached |= more


def _passes(
    world: World, way: Way, owners: set[str], shares: dict[Stake, int], company: str, bad: set[tuple[str, str]]
) -> bool:
    counting = [one for one in world.stakes if one.company == company and _counts(world, way, one, owners)]
    if any(one.kind in way.enough for one in counting):
        return True
    for kind in way.adds:
        mine = [one for one in counting if one.kind == kind]
        if (company, kind) in bad:
            if way.broken_counts and sum(one.high for one in mine) >= world.need:
                return True
        elif mine and sum(shares[one] for one in mine) >= world.need:
            return True
    return False


def _counts(world: World, way: Way, stake: Stake, owners: set[str]) -> bool:
    if way.pacts:
        for parties, company in world.pacts:
            if company == stake.company and parties & stake.holders and parties & owners:
                return True
            if company == stake.company and parties & stake.holders and stake.holders & owners:
                return True
    return bool(stake.holders & owners) if way.either_holder else stake.holders <= owners


def integrated(shares: dict[tuple[str, str], Fraction], owner: str, rounds: int = 400) -> dict[str, Fraction]:
    """What an owner has of every company through all chains, by adding up chains of growing length."""
    total: dict[str, Fraction] = {}
    wave = {company: share for (holder, company), share in shares.items() if holder == owner}
    for _ in range(rounds):
        for company, share in wave.items():
            total[company] = total.get(company, Fraction(0)) + share
        following: dict[str, Fraction] = {}
        for (holder, company), share in shares.items():
            if holder in wave and holder != owner:
                following[company] = following.get(company, Fraction(0)) + wave[holder] * share
        wave = {
            company: share.limit_denominator(10**30)
            for company, share in following.items()
            if share > Fraction(1, 10**24)
        }
        if not wave:
            break
    return total
