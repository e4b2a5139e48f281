"""The search finds the same shipments, chains and counts as trying every sequence.

`CLEW_ROUTE_WORLDS` sets how many random worlds are tried.
"""

from __future__ import annotations

import os

import numpy as np
import pytest

from clew.reasoner.routes.chains import Core, detect
from clew.reasoner.routes.matching import Matcher
from clew.reasoner.routes.walk import Chain, Cut, Walker

from .oracle import World
from .worlds import bounds, periods, rows, without_quantities, world

WORLDS = int(os.environ.get("CLEW_ROUTE_WORLDS", "1000"))
BATCH = 200


def searched(given: World, effort: int = 10**6) -> tuple[Core, dict[int, Chain], Cut, Walker]:
    origin = np.array([move.origin for move in given.moves])
    target = np.array([move.target for move in given.moves])
    matcher = Matcher(rows(given), periods(given), given.window, given.as_of)
    core = detect(matcher, origin, target, given.steps)
    walker = Walker(matcher, core, origin, bounds(given, effort))
    return core, *walker.chains(), walker


def compare(given: World) -> int:
    """Compare one world and return how many chains it has."""
    core, found, cut, walker = searched(given)
    assert core.forward.hops.tolist() == given.hops(back=False)
    assert core.backward.hops.tolist() == given.hops(back=True)
    by_final: dict[int, list[tuple[int, ...]]] = {}
    for chain in given.chains():
        by_final.setdefault(chain[-1], []).append(chain)
    assert set(found) == set(by_final) == set(core.finals.tolist())
    for final, chains in by_final.items():
        fitting = [chain for chain in chains if given.fits(chain)]
        assert found[final].complete
        assert found[final].count == len(fitting)
        assert found[final].fits == bool(fitting)
        best = min((len(chain), given.waiting(chain), chain) for chain in fitting or chains)
        if fitting:
            assert walker.score(found[final].rows) == best
        else:
            assert len(found[final].rows) == best[0]
            assert found[final].rows in chains
    assert cut.finals == len(by_final)
    assert cut.cut == cut.unsearched == 0
    return sum(map(len, by_final.values()))


@pytest.mark.parametrize("start", range(0, WORLDS, BATCH))
def test_the_search_agrees_with_trying_every_sequence(start: int) -> None:
    chains = 0
    for seed in range(start, start + BATCH):
        given = world(seed)
        try:
            chains += compare(given) + (compare(without_quantities(given)) if seed % 2 else 0)
        except AssertionError as error:
            raise AssertionError(f"world {seed} differs") from error
    assert chains > BATCH  # the worlds are no empty ones


def test_walks_are_found_though_a_party_occurs_twice() -> None:
    given = next(
        each
        for each in map(world, range(2000))
        if any(
            len({each.moves[at].sender for at in chain}) < len(chain) > 2
            and not all(each.moves[at].before is not None for at in chain[1:])
            for chain in each.chains()
        )
    )
    assert compare(given) > 0


@pytest.mark.parametrize("effort", [0, 1, 3])
def test_a_search_that_is_cut_keeps_every_final_shipment_and_says_so(effort: int) -> None:
    cut_once = False
    for seed in range(300):
        given = world(seed)
        _, full, _, _ = searched(given)
        _, found, cut, _ = searched(given, effort)
        assert set(found) == set(full)
        assert all(chain.rows in set(given.chains()) for chain in found.values())
        assert all(chain.count <= full[final].count for final, chain in found.items())
        if cut.cut or cut.unsearched:
            cut_once = True
            assert "bound" in cut.says
    assert cut_once
