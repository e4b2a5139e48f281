"""What must hold of any ownership test, on generated graphs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random

from clew.ontology import mint
from clew.reasoner.ownership import Assessment, assess, updated
from clew.reasoner.ownership.build import build
from clew.reasoner.ownership.model import WHOLE, Holding, Kind, Listing
from clew.reasoner.ownership.records import Records
from clew.reasoner.ownership.regime import Regime
from clew.reasoner.ownership.window import ALWAYS
from clew.tests.ownership.worlds import fact, party

DAY = date(2026, 1, 1)
REGIME = mint("regime", "test")
ROUNDS = int(os.environ.get("CLEW_OWNERSHIP_GRAPHS", "400")) // 5
ORDER = {"clear": 0, "possibly": 1, "caught": 2}
TEN = 10_000_000

Interval = tuple[int, int]
Edges = dict[tuple[str, str], Interval]


def each_of(count: int) -> Callable[[Callable[[int], None]], Callable[[], None]]:
    """Run a test with that many seeds, and say which one failed."""

    def wrap(test: Callable[[int], None]) -> Callable[[], None]:
        def run() -> None:
            for seed in range(count):
                try:
                    test(seed)
                except AssertionError as error:
                    error.add_note(f"seed {seed}")
                    raise

        run.__name__ = test.__name__
        return run

    return wrap


def regime(need: int = 50_000_000, aggregation: str = "all_listed", pass_through: str = "cascade") -> Regime:
    lists, law = frozenset({mint("list", "L")}), mint("legal", "in_force")
    none = frozenset[object]()
    version = mint("regime", "test", part="1")
    return Regime(
        version, REGIME, need, ">=", aggregation, pass_through, "none", lists, none, none, "", law, ALWAYS, "t"
    )  # type: ignore[arg-type]


def assessed(edges: Edges, listed: str, law: Regime | None = None) -> Assessment:
    """An assessment of shares given as (holder, company): interval in millionths of one percent."""
    holdings = tuple(
        Holding(party(f"h-{a}-{b}"), (party(a),), party(b), Kind.SHARES, *ends, True, True, ALWAYS)
        for (a, b), ends in edges.items()
    )
    listings = tuple(Listing(party(f"l-{a}"), party(a), mint("list", "L"), frozenset(), ALWAYS) for a in listed)
    names = tuple(map(party, "PQABCDEF"))
    facts = Records(holdings, listings, regimes=(law or regime(),), parties=names, persons=frozenset(map(party, "PQ")))
    return assess(build(facts, DAY))


def statuses(edges: Edges, listed: str = "PQ", law: Regime | None = None) -> dict[str, str]:
    found = assessed(edges, listed, law)
    return {one: found.status(REGIME, party(one)).status for one in "ABCDEF"}


def graph(seed: int, *, exact: bool = False, grid: int = 1) -> Edges:
    """A random graph in which no company is held by more than 100 percent."""
    random = Random(seed)
    edges: Edges = {}
    for company in "ABCDEF":
        left = 10 // grid
        for holder in random.sample("PQABCDEF", random.randint(1, 4)):
            low = random.randint(0, left)
            left -= low
            high = low if exact else min(10 // grid, low + random.choice((0, 0, 0, 1, 2, 10)))
            if high and holder != company:
                edges[holder, company] = low * TEN * grid, high * TEN * grid
    return edges


@each_of(ROUNDS)
def test_the_order_in_which_statements_come_does_not_matter(seed: int) -> None:
    edges = graph(seed)
    mixed = list(edges.items())
    Random(seed).shuffle(mixed)
    assert statuses(edges) == statuses(dict(mixed))


@each_of(ROUNDS)
def test_one_more_holding_never_uncatches(seed: int) -> None:
    edges = graph(seed, exact=True)
    company = Random(seed).choice("ABCDEF")
    room = WHOLE - sum(low for (_, held), (low, _) in edges.items() if held == company)
    more = edges | {("X", company): (room, room)}
    before, after = statuses(edges, "PQX"), statuses(more, "PQX")
    assert all(ORDER[before[one]] <= ORDER[after[one]] for one in before)


@each_of(ROUNDS)
def test_a_lower_threshold_never_uncatches(seed: int) -> None:
    edges = graph(seed)
    last = {one: 0 for one in "ABCDEF"}
    for need in (WHOLE, 75 * 10**6, 50 * 10**6 + 1, 50 * 10**6, 25 * 10**6, 1):
        now = {one: ORDER[status] for one, status in statuses(edges, law=regime(need)).items()}
        assert all(last[one] <= now[one] for one in now)
        last = now


@each_of(ROUNDS)
def test_each_world_lies_between_must_and_may(seed: int) -> None:
    edges, random = graph(seed), Random(seed)
    outer = statuses(edges)
    for _ in range(4):
        inner = statuses({key: (share, share) for key, share in world(edges, random).items()})
        for one, status in outer.items():
            assert status == "possibly" or inner[one] == status, (one, edges)


def world(edges: Edges, random: Random) -> dict[tuple[str, str], int]:
    """Shares that the intervals allow, no company held by more than 100 percent."""
    found: dict[tuple[str, str], int] = {}
    for company in {held for _, held in edges}:
        inside = [key for key in edges if key[1] == company]
        left = WHOLE - sum(edges[key][0] for key in inside)
        random.shuffle(inside)
        for key in inside:
            low, high = edges[key]
            more = random.choice((0, min(left, high - low)))
            found[key], left = low + more, left - more
    return found


@each_of(ROUNDS)
def test_each_party_alone_never_catches_more_than_all_together(seed: int) -> None:
    edges = graph(seed)
    alone, together = statuses(edges, law=regime(aggregation="none")), statuses(edges)
    assert all(ORDER[alone[one]] <= ORDER[together[one]] for one in alone)


@each_of(ROUNDS)
def test_what_would_change_an_answer_does_change_it(seed: int) -> None:
    edges = graph(seed)
    found = assessed(edges, "PQ")
    names = {party(one): one for one in "PQABCDEF"}
    for one in "ABCDEF":
        margin = found.margin(REGIME, party(one))
        status = found.status(REGIME, party(one)).status
        assert (status == "caught") == (margin.reach >= 50 * 10**6)
        for sale in margin.sales:
            key = names[sale.holders[0]], names[sale.company]
            low, high = edges[key]
            for sold, clear in ((sale.share, True), (sale.share - 1, False)):
                less = edges | {key: (max(0, low - sold), max(0, high - sold))}
                assert (statuses(less)[one] == "clear") == clear
        if margin.added and status != "caught":
            held = sum(ends[0] for (holder, company), ends in edges.items() if company == one and holder not in "PQ")
            if held + margin.most + margin.added <= WHOLE:
                assert statuses(edges | {("X", one): (margin.added,) * 2}, "PQX")[one] == "caught"


@each_of(ROUNDS // 4)
def test_the_cheapest_sales_clear_and_none_cheaper_do(seed: int) -> None:
    edges = {key: ends for key, ends in list(graph(seed, exact=True, grid=2).items())[:7]}
    law = replace(regime(40 * 10**6), comparison=">")  # so that selling whole steps of 20 percent is exact
    found = assessed(edges, "PQ", law)
    names = {party(one): one for one in "PQABCDEF"}
    for one in "ABC":
        answer = found.cheapest(REGIME, party(one))
        if answer is None:
            assert statuses(edges, law=law)[one] == "clear"
            continue
        left = dict(edges)
        for sale in answer.sales:
            key = names[sale.holders[0]], names[sale.company]
            left[key] = (left[key][0] - sale.share,) * 2
        assert statuses(left, law=law)[one] == "clear"
        assert answer.total == cheapest(edges, one, law)


def cheapest(edges: Edges, one: str, law: Regime) -> int:
    """The least total of sales in steps of 20 percent after which a company is clear, by trying all of them."""
    keys = list(edges)
    best = 10 * WHOLE
    for steps in product(*(range(edges[key][0] // (2 * TEN) + 1) for key in keys)):
        total = sum(steps) * 2 * TEN
        if total < best:
            left = {key: (edges[key][0] - step * 2 * TEN,) * 2 for key, step in zip(keys, steps, strict=True)}
            if not _caught(left, law.need, one):
                best = total
    return best


def _caught(edges: Mapping[tuple[str, str], Interval], need: int, one: str) -> bool:
    reached = set("PQ")
    while True:
        held: dict[str, int] = {}
        for (holder, company), (share, _) in edges.items():
            if holder in reached:
                held[company] = held.get(company, 0) + share
        more = {company for company, share in held.items() if share >= need} - reached
        if not more:
            return one in reached
        reached |= more


@each_of(ROUNDS)
def test_verdicts_after_one_changed_holding_are_those_of_a_new_start(seed: int) -> None:
    edges, random = graph(seed), Random(seed)
    before = assessed(edges, "PQ")
    for one in "ABCDEF":
        before.status(REGIME, party(one))
    key = random.choice(sorted(edges))
    low = random.choice((0, edges[key][0], random.randint(0, 10) * TEN))
    ends = low, random.choice((low, max(low, edges[key][1])))
    numbers = {(one.holders, one.company): number for number, one in enumerate(before.graph.stakes)}
    number = numbers[(before.graph.index[party(key[0])],), before.graph.index[party(key[1])]]
    after = updated(before, number, *ends)
    wanted = statuses(edges | {key: ends})
    assert {one: after.status(REGIME, party(one)).status for one in "ABCDEF"} == wanted
    assert {one: before.status(REGIME, party(one)).status for one in "ABCDEF"} == statuses(edges)


@each_of(ROUNDS)
def test_integrated_shares_solve_their_equations_exactly(seed: int) -> None:
    edges = graph(seed, exact=True)
    found = assessed(edges, "PQ")
    share = {one: found.integrated(party("P"), party(one)) for one in "ABCDEF"}
    assert all(least == most for least, most in share.values())
    reach = set("P")
    while more := {b for (a, b), (low, _) in edges.items() if a in reach and low and b not in reach}:
        reach |= more
    for one in "ABCDEF":
        direct = Fraction(edges.get(("P", one), (0, 0))[0], WHOLE)
        through = sum(
            (Fraction(low, WHOLE) * share[a][0] for (a, b), (low, _) in edges.items() if b == one and a not in "PQ"),
            Fraction(0),
        )
        assert share[one][0] == direct + through
        assert one in reach or not share[one][0]


@each_of(ROUNDS // 4)
def test_integrated_shares_of_intervals_are_the_extremes_of_all_worlds(seed: int) -> None:
    edges = {key: (low, min(high, low + 2 * TEN)) for key, (low, high) in list(graph(seed).items())[:8]}
    found = assessed(edges, "PQ")
    keys = list(edges)
    options = [range(edges[key][0] // TEN, edges[key][1] // TEN + 1) for key in keys]
    extremes: dict[str, list[Fraction]] = {one: [] for one in "ABC"}
    for values in product(*options):
        shares = {key: value * TEN for key, value in zip(keys, values, strict=True)}
        if all(sum(v for (_, b), v in shares.items() if b == one) <= WHOLE for one in "ABCDEF"):
            exact = assessed({key: (share, share) for key, share in shares.items()}, "PQ")
            for one in extremes:
                extremes[one].append(exact.integrated(party("P"), party(one))[0])
    for one, seen in extremes.items():
        assert found.integrated(party("P"), party(one)) == (min(seen), max(seen))


def test_a_beneficial_owner_is_found_through_a_cycle() -> None:
    """Stopping where the cycle closes would report 20 percent; in truth it is a third."""
    found = assessed({("P", "A"): (2 * TEN,) * 2, ("B", "A"): (4 * TEN,) * 2, ("A", "B"): (WHOLE,) * 2}, "PQ")
    assert found.integrated(party("P"), party("A")) == (Fraction(1, 3), Fraction(1, 3))


@each_of(ROUNDS // 4)
def test_proofs_of_beneficial_ownership_need_each_of_their_stakes(seed: int) -> None:
    edges = graph(seed)
    law = regime(25 * 10**6, "per_person", "multiply")
    found = assessed(edges, "PQ", law)
    for one in "ABCDEF":
        if found.status(REGIME, party(one)).status == "caught":
            verdict = next(v for v in found.verdicts() if v.party == party(one))
            used = {key: edges[key] for key in edges if party(f"h-{key[0]}-{key[1]}") in verdict.rests_on}
            assert statuses(used, law=law)[one] == "caught"
            for key in used:
                rest = {other: ends for other, ends in used.items() if other != key}
                assert statuses(rest, law=law)[one] != "caught"
            assert found.derive(REGIME, party(one), fact).premises
