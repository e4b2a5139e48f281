"""The reasoner agrees with the slow twin on generated graphs: cycles, intervals, joint stakes, all kinds of regimes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from clew.ontology import CLEW, mint, token
from clew.reasoner.derivation import Derivation, Fact, Inference, leaves
from clew.reasoner.ownership import assess, compiled
from clew.reasoner.ownership.build import build
from clew.reasoner.ownership.graph import OwnershipGraph
from clew.reasoner.ownership.kernel import spread_all
from clew.reasoner.ownership.model import WHOLE, Arrangement, Holding, Kind, Listing
from clew.reasoner.ownership.reading import strict
from clew.reasoner.ownership.records import Records
from clew.reasoner.ownership.regime import Regime
from clew.reasoner.ownership.spread import Mode
from clew.reasoner.ownership.tables import Tables, tables
from clew.reasoner.ownership.window import ALWAYS, Window
from clew.reasoner.verify.arithmetic import replay
from clew.tests.ownership.oracle import TEN, Stake, World, broken, status, worlds
from clew.tests.ownership.worlds import fact, party

GRAPHS = int(os.environ.get("CLEW_OWNERSHIP_GRAPHS", "400"))  # more, such as 20000, before a release
DAY = date(2026, 1, 1)
REGIME = mint("regime", "test")
NAMES = "PQRABCD"
KINDS = {"shares": Kind.SHARES, "votes": Kind.VOTES, "board": Kind.BOARD, "control": Kind.CONTROL}
OVER, LATER = Window(until=DAY), Window(since=DAY + timedelta(days=1))

quick = settings(
    max_examples=GRAPHS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@st.composite
def stakes(draw: Callable[..., object]) -> list[Stake]:
    """Stakes among a few parties: mostly shares, mostly known, cycles and self-holdings included."""
    found: dict[tuple[frozenset[str], str, str], Stake] = {}
    for _ in range(draw(st.integers(1, 9))):
        holders = frozenset(
            draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=draw(st.sampled_from((1, 1, 1, 1, 2)))))
        )
        company = draw(st.sampled_from("ABCD"))
        kind = draw(st.sampled_from(("shares",) * 8 + ("votes", "votes", "board", "control")))
        low = draw(st.sampled_from((1, 2, 2, 3, 3, 4, 5, 5, 6, 10)))
        high = min(10, low + draw(st.sampled_from((0, 0, 0, 0, 1, 3))))
        found[holders, company, kind] = Stake(holders, company, kind, low, high)
    return list(found.values())


@st.composite
def cases(draw: Callable[..., object]) -> World:
    """A graph and a regime whose worlds are few enough to write out."""
    return World(
        stakes=draw(stakes()),
        listed=set(draw(st.lists(st.sampled_from("PPQRA"), min_size=1, max_size=3))),
        need=Fraction(draw(st.sampled_from((5, 5, 5, 3, 6)))) + draw(st.sampled_from((Fraction(0), Fraction(1, TEN)))),
        aggregation=draw(st.sampled_from(("all_listed", "all_listed", "none", "per_party_or_joint", "unspecified"))),
        pass_through=draw(st.sampled_from(("cascade", "cascade", "unspecified"))),
        limb=draw(st.sampled_from(("none", "rebuttable", "yes"))),
        complete=set(draw(st.lists(st.sampled_from("ABCD"), max_size=2))),
        pacts=[(frozenset("PQ"), "A")] if draw(st.booleans()) else [],
    )


def small(world: World) -> bool:
    count = 1
    for stake in world.stakes:
        if stake.kind in ("shares", "votes"):
            count *= stake.high - stake.low + 1
    return count <= 64


def to_graph(world: World) -> OwnershipGraph:
    """The same facts as records, with statements around them that ended or have not begun."""
    holdings = []
    for number, stake in enumerate(world.stakes):
        holders, company, kind = tuple(map(party, sorted(stake.holders))), party(stake.company), KINDS[stake.kind]
        low, high = (stake.low * TEN, stake.high * TEN) if kind in (Kind.SHARES, Kind.VOTES) else (0, WHOLE)
        iri = party(f"holding-{number}")
        said = mint("holding-kind", stake.kind)
        holdings.append(Holding(iri, holders, company, kind, low, high, True, True, ALWAYS, said=said))
        future = party(f"later-{number}")
        holdings.append(Holding(future, holders, company, kind, WHOLE, WHOLE, True, True, LATER))
        if world.limb == "none":
            holdings.append(Holding(party(f"over-{number}"), holders, company, kind, 0, WHOLE, True, True, OVER))
    listings = [
        Listing(party(f"{one}-listing"), party(one), mint("list", "L"), frozenset(), ALWAYS) for one in world.listed
    ]
    listings.append(Listing(party("D-listing"), party("D"), mint("list", "L"), frozenset(), OVER))
    above = world.need != int(world.need)
    regime = Regime(
        iri=mint("regime", "test", part="2020-01-01"),
        of=REGIME,
        threshold=int(world.need) * TEN,
        comparison=">" if above else ">=",
        aggregation=world.aggregation,
        pass_through=world.pass_through,
        control_limb=world.limb,
        seed_lists=frozenset({mint("list", "L")}),
        seed_programmes=frozenset(),
        narrowed=frozenset(),
        scope="",
        legal_status=mint("legal", "in_force"),
        window=ALWAYS,
        citation="a test",
    )
    records = Records(
        holdings=tuple(holdings),
        listings=tuple(listings),
        arrangements=tuple(
            Arrangement(party(f"pact-{n}"), tuple(sorted(map(party, members))), party(company), ALWAYS)
            for n, (members, company) in enumerate(world.pacts)
        ),
        complete=frozenset(map(party, world.complete)),
        regimes=(regime,),
    )
    return build(records, DAY)


def parties(world: World) -> list[str]:
    return sorted(world.parties())


@quick
@given(cases().filter(small))
def test_statuses_agree_with_every_world_written_out(world: World) -> None:
    assessment = assess(to_graph(world))
    for one in parties(world):
        assert assessment.status(REGIME, party(one)).status == status(world, one), (one, world)


@quick
@given(cases().filter(small))
def test_arrays_reach_what_the_closures_reach(world: World) -> None:
    graph = to_graph(world)
    assessment = assess(graph)
    regime = graph.regimes[REGIME]
    assert regime is not None
    reachable = assessment.reachable(REGIME)
    statuses = {one: assessment.status(REGIME, party(one)).status for one in parties(world)}
    assert {graph.index[party(one)] for one, found in statuses.items() if found != "clear"} <= reachable
    if regime.aggregation == "all_listed":
        seeds = [graph.index[party(one)] for one in world.listed if party(one) in graph.index]
        made = tables(graph, strict(regime))
        cascade = regime.pass_through != "unspecified"
        unlisted = [one for one in parties(world) if one not in world.listed]
        for mode, answers in ((Mode.MUST, {"caught"}), (Mode.MAY, {"caught", "possibly"})):
            _, passed = spread_all(made, seeds, regime.need, mode, cascade=cascade)
            reached = {one for one in unlisted if passed[graph.index[party(one)]]}
            if mode is Mode.MUST or "review" not in statuses.values():
                assert reached == {one for one in unlisted if statuses[one] in answers}


@quick
@given(cases().filter(small))
def test_every_proof_of_caught_holds_by_its_own_leaves_and_needs_each_of_them(world: World) -> None:
    assessment = assess(to_graph(world))
    for one in parties(world):
        if assessment.status(REGIME, party(one)).status == "caught":
            proof = assessment.derive(REGIME, party(one), fact)
            for step in steps(proof):
                replay(step)
            used = leaf_world(world, proof)
            assert status(used, one) == "caught", (one, world, proof.says)
            for stake in used.stakes:
                # In a complete register somebody holds the stake all the same; its size is then unknown.
                blank = [replace(stake, low=0, high=10)] if stake.company in used.complete else []
                rest = [other for other in used.stakes if other != stake] + blank
                if blank and blank == [stake]:
                    continue  # nothing but its existence was used
                assert status(World(**{**vars(used), "stakes": rest}), one) != "caught", (one, stake, world)


def steps(proof: Derivation) -> Iterator[Inference]:
    if isinstance(proof, Inference):
        yield proof
        for premise in proof.premises:
            yield from steps(premise)


def leaf_world(world: World, proof: Inference) -> World:
    """Only what the leaves of a proof say: of every other stake, nothing is known."""
    found: dict[URIRef, dict[URIRef, list[object]]] = {}
    for leaf in leaves(proof):
        assert isinstance(leaf, Fact)
        subject, predicate, value = leaf.conclusion
        found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    stakes = []
    for iri, said in found.items():
        if CLEW.heldIn in said:
            original = world.stakes[int(token(iri).removeprefix("holding-"))]
            assert {token(str(holder)) for holder in said[CLEW.holder]} == original.holders
            low = min((int(str(share)) // TEN for share in said.get(CLEW.shareMinimum, ())), default=0)
            high = max((int(str(share)) // TEN for share in said.get(CLEW.shareMaximum, ())), default=10)
            stakes.append(Stake(original.holders, original.company, original.kind, low, high))
    listed = {one for one in world.listed if CLEW.listing in found.get(party(one), {})}
    complete = {one for one in world.complete if CLEW.registerComplete in found.get(party(one), {})}
    pacts = [pact for n, pact in enumerate(world.pacts) if party(f"pact-{n}") in found]
    return World(stakes, listed, world.need, world.aggregation, world.pass_through, world.limb, complete, pacts)


@pytest.mark.parametrize("aggregation", ["all_listed", "none", "per_party_or_joint", "unspecified"])
def test_the_generator_reaches_every_status(aggregation: str) -> None:
    """A twin that always says the same would agree with anything; the generated graphs must not be of one kind."""
    seen: set[str] = set()

    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(cases().filter(small))
    def gather(world: World) -> None:
        world.aggregation = aggregation
        seen.update(status(world, one) for one in parties(world))
        assert broken(world) or any(True for _ in worlds(world))

    gather()
    assert seen == {"caught", "possibly", "review", "clear"}


@pytest.mark.parametrize("seed", range(40))
def test_the_compiled_rounds_find_what_the_arrays_find(seed: int) -> None:
    """On graphs in which every stake has one hand; needs the extra `fast`."""
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    random = np.random.default_rng(seed)
    count, cells = 40, 30
    start = np.concatenate(([0], np.cumsum(random.integers(0, 4, count)))).astype(np.int64)
    size = int(start[-1])
    low = random.integers(0, 30, size).astype(np.int32) * TEN // 10
    high = np.minimum(low + random.integers(0, 3, size).astype(np.int32) * TEN, WHOLE).astype(np.int32)
    cell = random.integers(0, cells, size).astype(np.int32)
    least, most = (np.bincount(cell, ends, cells).astype(np.int64) for ends in (low, high))
    made = Tables(
        start, cell, low, high, (), {}, random.integers(0, count, cells), least, most,
        *(random.random(cells) < part for part in (0.1, 0.2)), random.random(cells) < 0.9, bool(seed % 2),
    )  # fmt: skip
    seeds = random.choice(count, 4, replace=False).tolist()
    for mode in Mode:
        for cascade in (True, False):
            rounds, passed = spread_all(made, seeds, 50_000_000, mode, cascade=cascade)
            again, also = compiled.spread_all(made, seeds, 50_000_000, mode, cascade=cascade)
            assert np.array_equal(rounds >= 0, again >= 0)
            assert np.array_equal(passed, also)
