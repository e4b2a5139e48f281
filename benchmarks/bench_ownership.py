"""How fast the ownership kernel is, against other ways to compute the same sets in the same run.

    python benchmarks/bench_ownership.py --holdings 100000 1000000 --read 20000

Every engine must find the same companies; the run stops when one does not. Times are medians of several runs on one
core; on a shared machine trust the ratios in a row, not the milliseconds between runs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / ".import"))

from rdflib import RDF

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.reasoner.ownership import assess, read
from clew.reasoner.ownership.kernel import spread_all
from clew.reasoner.ownership.spread import Mode
from clew.reasoner.ownership.tables import Tables

WHOLE = 100_000_000
NEED = 50_000_000
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def generate(count: int, seed: int = 0, banded: float = 0.15, part: float = 0.002) -> tuple[int, Arrays, np.ndarray]:
    """Return how many parties there are, holdings as (holder, company, minimum, maximum), and the listed parties.

    Holders have heavy-tailed portfolios, chains run 30 deep, one holding in a hundred closes a cycle, and some shares
    are only known as bands. Half of the listed parties are among the twentieth with the largest portfolios.
    """
    random = np.random.default_rng(seed)
    companies = count * 2 // 5
    parties = companies * 2
    owners = random.integers(1, 5, companies)
    company = np.repeat(np.arange(companies), owners)[:count]
    size = len(company)
    popular = (random.pareto(1.1, size) * 20).astype(np.int64) % parties
    holder = np.where(random.random(size) < 0.4, popular, random.integers(0, parties, size))
    backward = random.random(size) < 0.01
    holder = np.where((holder <= company) & ~backward, parties - 1 - holder // 2, holder)
    weights = random.random(size) ** 8 + 0.001
    totals = np.bincount(company, weights, companies)
    share = (weights / totals[company] * WHOLE).astype(np.int64)
    for start in range(
        0, companies - 31, max(31, companies // 200)
    ):  # chains: each company holds 60 percent of the next
        inside = np.flatnonzero((company > start) & (company <= start + 30))
        first = inside[np.unique(company[inside], return_index=True)[1]]
        share[inside] = share[inside] * 2 // 5
        holder[first], share[first] = company[first] - 1, WHOLE * 3 // 5
    low, high = share.copy(), share.copy()
    bands = random.random(size) < banded
    low[bands], high[bands] = low[bands] // 2, np.minimum(WHOLE, high[bands] * 3 // 2)
    busy = np.argsort(np.bincount(holder, minlength=parties), kind="stable")[-parties // 20 :]
    few = max(2, int(parties * part))
    listed = np.concatenate(
        (random.choice(parties, few // 2, replace=False), random.choice(busy, few // 2, replace=False))
    )
    return parties, (holder, company, low, high), np.unique(listed)


def index(parties: int, arrays: Arrays) -> Tables:
    """Return the arrays as the kernel takes them."""
    holder, company, low, high = arrays
    order = np.argsort(holder, kind="stable")
    keys, cell = np.unique(company, return_inverse=True)
    least, most = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    np.add.at(least, cell, low)
    np.add.at(most, cell, high)
    never = np.zeros(len(keys), np.bool_)
    return Tables(
        start=np.concatenate(([0], np.cumsum(np.bincount(holder, minlength=parties)))).astype(np.int64),
        cell=cell[order].astype(np.int32),
        minimum=low[order].astype(np.int32),
        maximum=high[order].astype(np.int32),
        gates=(),
        doors={},
        company=keys,
        least=least,
        most=most,
        link=never,
        complete=never,
        consistent=least <= WHOLE,
        forgiving=False,
    )


def numpy_rounds(parties: int, arrays: Arrays, listed: np.ndarray) -> set[int]:
    """The plain way with arrays: add up all holdings of reached holders, again and again until nothing is new."""
    holder, company, low, _ = arrays
    reached = np.zeros(parties, np.bool_)
    reached[listed] = True
    while True:
        counted = reached[holder]
        held = np.bincount(company[counted], low[counted], parties)
        more = (held >= NEED) & ~reached
        if not more.any():
            return set(np.flatnonzero(reached).tolist())
        reached |= more


def python_lists(parties: int, arrays: Arrays, listed: np.ndarray) -> Callable[[], set[int]]:
    """The plain way with dictionaries of lists and a worklist."""
    by_holder: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for holder, company, low in zip(*(column.tolist() for column in arrays[:3]), strict=True):
        by_holder[holder].append((company, low))

    def run() -> set[int]:
        waiting = listed.tolist()
        reached, held = set(waiting), defaultdict(int)
        while waiting:
            for company, share in by_holder.get(waiting.pop(), ()):
                held[company] += share
                if held[company] >= NEED and company not in reached:
                    reached.add(company)
                    waiting.append(company)
        return reached

    return run


def networkx_graph(parties: int, arrays: Arrays, listed: np.ndarray) -> Callable[[], set[int]]:
    """A worklist over a networkx multigraph."""
    import networkx as nx

    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from(range(parties))
    graph.add_weighted_edges_from(zip(*(column.tolist() for column in arrays[:3]), strict=True))

    def run() -> set[int]:
        waiting = listed.tolist()
        reached, held = set(waiting), defaultdict(int)
        while waiting:
            for _, company, share in graph.out_edges(waiting.pop(), data="weight"):
                held[company] += share
                if held[company] >= NEED and company not in reached:
                    reached.add(company)
                    waiting.append(company)
        return reached

    return run


def timed(run: Callable[[], object], times: int) -> tuple[float, object]:
    """Return the median time in milliseconds, and what came out."""
    found, answer = [], None
    for _ in range(times):
        began = time.perf_counter()
        answer = run()
        found.append((time.perf_counter() - began) * 1000)
    return median(found), answer


def kernel_row(count: int, part: float) -> None:
    """Measure the kernel on one generated graph, and print each engine as a multiple of it."""
    parties, arrays, listed = generate(count, part=part)
    loading, made = timed(lambda: index(parties, arrays), 3)
    assert isinstance(made, Tables)
    consistent = np.isin(arrays[1], made.company[made.consistent])
    kept: Arrays = tuple(column[consistent] for column in arrays)  # type: ignore[assignment]
    ours, (rounds, _) = timed(lambda: spread_all(made, listed.tolist(), NEED, Mode.MUST), 7)  # type: ignore[misc]
    wanted = set(np.flatnonzero(rounds >= 0).tolist())
    may, (possible, _) = timed(lambda: spread_all(made, listed.tolist(), NEED, Mode.MAY), 7)  # type: ignore[misc]
    print(f"\n{len(arrays[0]):,} holdings, {parties:,} parties, {len(listed):,} listed, {int(rounds.max())} rounds")
    print(f"  caught {len(wanted):,}, possibly {int((possible >= 0).sum()) - len(wanted):,}")
    print(f"  {'kernel, every world (MUST)':34}{ours:10.2f} ms   x1.0")
    print(f"  {'kernel, some world (MAY)':34}{may:10.2f} ms   x{may / ours:.1f}")
    row("numpy, full rounds", lambda: numpy_rounds(parties, kept, listed), 5, ours, wanted)
    row("dict of lists, pure Python", python_lists(parties, kept, listed), 3, ours, wanted)
    if count <= 100_000:
        row("networkx worklist", networkx_graph(parties, kept, listed), 3, ours, wanted)
    size = made.start.nbytes + made.cell.nbytes + made.minimum.nbytes + made.maximum.nbytes
    size += made.company.nbytes + made.least.nbytes + made.most.nbytes + 3 * made.link.nbytes
    print(f"  arrays made in {loading:.0f} ms, {size / len(arrays[0]):.0f} bytes a holding")


def row(name: str, run: Callable[[], set[int]], times: int, ours: float, wanted: set[int]) -> None:
    taken, answer = timed(run, times)
    if answer != wanted:
        raise SystemExit(f"{name} finds {len(answer)} companies, the kernel {len(wanted)}")  # type: ignore[arg-type]
    print(f"  {name:34}{taken:10.2f} ms   x{taken / ours:.1f}")


def read_row(count: int) -> None:
    """Measure the way from a dataset to verdicts with their proofs."""
    _, (holder, company, low, high), listed = generate(count)
    data, graph = Dataset(), mint("graph", "case", "bench")

    def name(number: int) -> object:
        return mint("bench", str(number))

    statements = []
    for number, ends in enumerate(zip(*(c.tolist() for c in (holder, company, low, high)), strict=True)):
        node = mint("bench-holding", str(number))
        statements += [
            (node, RDF.type, CLEW.Holding),
            (node, CLEW.holder, name(ends[0])),
            (node, CLEW.heldIn, name(ends[1])),
            (node, CLEW.shareMinimum, ends[2]),
            (node, CLEW.shareMaximum, ends[3]),
        ]
    statements += _law(listed.tolist(), name)
    data.add(statements, graph)  # type: ignore[arg-type]
    reading, made = timed(lambda: read(data, date(2026, 1, 1)), 1)
    asking, found = timed(lambda: list(assess(made).verdicts(all=False)), 1)  # type: ignore[arg-type]
    verdicts = len(found)  # type: ignore[arg-type]
    print(f"\n{count:,} holdings from a dataset: read in {reading:,.0f} ms ({1000 * reading / count:.0f} us a holding)")
    each = 1000 * asking / verdicts
    print(f"  {verdicts:,} verdicts with the holdings they rest on in {asking:,.0f} ms ({each:.0f} us each)")


def _law(listed: list[int], name: Callable[[int], object]) -> list[tuple[object, object, object]]:
    version, on = mint("regime", "bench", part="1"), mint("list", "BENCH")
    law = {
        CLEW.versionOf: mint("regime", "bench"),
        CLEW.threshold: NEED,
        CLEW.comparison: ">=",
        CLEW.aggregation: "all_listed",
        CLEW.passThrough: "cascade",
        CLEW.controlLimb: "none",
        CLEW.seedList: on,
        CLEW.legalStatus: mint("legal", "in_force"),
    }
    found: list[tuple[object, object, object]] = [(version, RDF.type, CLEW.RegimeVersion)]
    found += [(version, term, value) for term, value in law.items()]
    for one in listed:
        entry = mint("bench-listing", str(one))
        found += [(name(one), CLEW.listing, entry), (entry, CLEW.onList, on)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--holdings", type=int, nargs="*", default=[100_000])
    parser.add_argument("--listed", type=float, nargs="*", default=[0.002, 0.05])
    parser.add_argument("--read", type=int, default=20_000)
    options = parser.parse_args()
    for count in options.holdings:
        for part in options.listed:
            kernel_row(count, part)
    if options.read:
        read_row(options.read)


if __name__ == "__main__":
    main()
