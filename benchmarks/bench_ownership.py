"""How fast the ownership kernel is, against other ways to compute the same sets in the same run.

    python benchmarks/bench_ownership.py --holdings 100000 1000000 --read 1000000

Every engine must find the same companies; the run stops when one does not. Times are medians of processor time, one
thread each; on a shared machine trust the ratios in a row, not the milliseconds between runs. Engines come with the
extra `bench`, the compiled rounds with the extra `fast`.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # every engine gets one thread

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / ".import"))

import pyoxigraph as ox
from rdflib import RDF

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.queries.catalogue import query
from clew.reasoner.derivation import Fact, Origin
from clew.reasoner.ownership import Assessment, assess, compiled, read
from clew.reasoner.ownership.kernel import spread_all
from clew.reasoner.ownership.levels import grade
from clew.reasoner.ownership.proof import stakes_of
from clew.reasoner.ownership.spread import Mode
from clew.reasoner.ownership.tables import Tables
from clew.statements import Statement

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


def rustworkx_graph(parties: int, arrays: Arrays, listed: np.ndarray) -> Callable[[], set[int]]:
    """A worklist over a rustworkx graph."""
    import rustworkx as rx

    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(parties))
    graph.add_edges_from(list(zip(*(column.tolist() for column in arrays[:3]), strict=True)))

    def run() -> set[int]:
        waiting = listed.tolist()
        reached, held = set(waiting), defaultdict(int)
        while waiting:
            for _, company, share in graph.out_edges(waiting.pop()):
                held[company] += share
                if held[company] >= NEED and company not in reached:
                    reached.add(company)
                    waiting.append(company)
        return reached

    return run


def polars_loop(parties: int, arrays: Arrays, listed: np.ndarray) -> Callable[[], set[int]]:
    """Rounds of join, group and sum over a Polars frame; each round adds the stakes of the parties just reached."""
    import polars as pl

    holdings = pl.DataFrame(dict(zip(("holder", "company", "share"), arrays[:3], strict=True)))

    def run() -> set[int]:
        front = pl.DataFrame({"holder": listed})
        reached = front
        sums = pl.DataFrame(schema={"company": pl.Int64, "share": pl.Int64})
        while front.height:
            more = holdings.join(front, on="holder", how="semi").select("company", "share")
            sums = pl.concat((sums, more)).group_by("company").agg(pl.col("share").sum())
            caught = sums.filter(pl.col("share") >= NEED).select(pl.col("company").alias("holder"))
            front = caught.join(reached, on="holder", how="anti")
            reached = pl.concat((reached, front))
        return set(reached["holder"].to_list())

    return run


def duckdb_using_key(parties: int, arrays: Arrays, listed: np.ndarray) -> Callable[[], set[int]]:
    """One recursive statement of DuckDB that keeps a sum for each company (`USING KEY`)."""
    import duckdb

    stated, seeds = dict(zip(("holder", "company", "share"), arrays[:3], strict=True)), {"party": listed}
    link = duckdb.connect()
    link.execute("SET threads TO 1")
    link.execute("CREATE TABLE holdings AS SELECT * FROM stated ORDER BY holder")
    link.execute("CREATE TABLE listed AS SELECT * FROM seeds")
    text = f"""
        WITH RECURSIVE reached(party, total, fresh) USING KEY (party) AS (
            SELECT party, 0::HUGEINT, true FROM listed
            UNION
            SELECT h.company, coalesce(any_value(r.total), 0) + sum(h.share),
                   coalesce(any_value(r.total), 0) < {NEED}
                   AND coalesce(any_value(r.total), 0) + sum(h.share) >= {NEED} AND NOT any_value(l.party IS NOT NULL)
            FROM reached AS now JOIN holdings AS h ON h.holder = now.party
            LEFT JOIN recurring.reached AS r ON r.party = h.company
            LEFT JOIN listed AS l ON l.party = h.company
            WHERE now.fresh GROUP BY h.company
        )
        SELECT party FROM reached WHERE total >= {NEED} UNION SELECT party FROM listed"""
    del stated, seeds  # the tables are copies
    return lambda: {party for (party,) in link.execute(text).fetchall()}


def clingo_sum(parties: int, arrays: Arrays, listed: np.ndarray) -> Callable[[], set[int]]:
    """Answer set programming with a recursive sum; grounding is part of every run."""
    import clingo

    facts = [f"h({a},{b},{c})." for a, b, c in zip(*(column.tolist() for column in arrays[:3]), strict=True)]
    facts += [f"r({one})." for one in listed.tolist()]
    program = "".join(facts) + f"c(B) :- h(_,B,_). r(B) :- c(B), #sum {{ S,A : h(A,B,S), r(A) }} >= {NEED}."

    def run() -> set[int]:
        control = clingo.Control()
        control.add("base", [], program)
        control.ground([("base", [])])
        found: set[int] = set()
        control.solve(
            on_model=lambda model: found.update(
                symbol.arguments[0].number for symbol in model.symbols(atoms=True) if symbol.name == "r"
            )
        )
        return found

    return run


def timed(run: Callable[[], object], times: int) -> tuple[float, object]:
    """Return the median of processor time in milliseconds, and what came out."""
    found, answer = [], None
    for _ in range(times):
        began = time.process_time_ns()
        answer = run()
        found.append((time.process_time_ns() - began) / 1e6)
    return median(found), answer


ENGINES = (
    ("DuckDB recursive, USING KEY", "duckdb", duckdb_using_key, 10_000_000, 3),
    ("Polars rounds", "polars", polars_loop, 10_000_000, 3),
    ("rustworkx worklist", "rustworkx", rustworkx_graph, 1_000_000, 3),
    ("networkx worklist", "networkx", networkx_graph, 100_000, 3),
    ("clingo, recursive #sum", "clingo", clingo_sum, 100_000, 1),
)


def kernel_row(count: int, part: float) -> None:
    """Measure the kernel on one generated graph, and print each engine as a multiple of it."""
    parties, arrays, listed = generate(count, part=part)
    loading, made = timed(lambda: index(parties, arrays), 3)
    assert isinstance(made, Tables)
    consistent = np.isin(arrays[1], made.company[made.consistent])
    kept: Arrays = tuple(column[consistent] for column in arrays)  # type: ignore[assignment]
    seeds, fast = listed.tolist(), compiled.fits(made)
    plain, (rounds, _) = timed(lambda: spread_all(made, seeds, NEED, Mode.MUST), 7)  # type: ignore[misc]
    wanted = set(np.flatnonzero(rounds >= 0).tolist())
    ours = plain
    if fast:
        compiled.spread_all(made, seeds, NEED, Mode.MUST)  # the first run compiles, or reads what was compiled
        ours, (again, _) = timed(lambda: compiled.spread_all(made, seeds, NEED, Mode.MUST), 15)  # type: ignore[misc]
        assert np.array_equal(again >= 0, rounds >= 0)
    may, (possible, _) = timed(lambda: spread_all(made, seeds, NEED, Mode.MAY), 7)  # type: ignore[misc]
    stream, _ = timed(lambda: arrays[2].sum(), 7)
    print(f"\n{len(arrays[0]):,} holdings, {parties:,} parties, {len(listed):,} listed, {int(rounds.max())} rounds")
    print(f"  caught {len(wanted):,}, possibly {int((possible >= 0).sum()) - len(wanted):,}")
    if fast:
        print(f"  {'kernel, compiled':34}{ours:10.2f} ms   x1.0")
    print(f"  {'kernel, numpy, every world (MUST)':34}{plain:10.2f} ms   x{plain / ours:.1f}")
    print(f"  {'kernel, numpy, some world (MAY)':34}{may:10.2f} ms   x{may / ours:.1f}")
    print(f"  {'all shares summed once':34}{stream:10.2f} ms   x{stream / ours:.2f}")
    row("numpy, full rounds", lambda: numpy_rounds(parties, kept, listed), 5, ours, wanted)
    if count <= 1_000_000:
        row("dict of lists, pure Python", python_lists(parties, kept, listed), 3, ours, wanted)
    for name, module, engine, limit, times in ENGINES:
        if count > limit:
            print(f"  {name:34}  not run at this size")
        elif find_spec(module) is None:
            print(f"  {name:34}  not installed")
        else:
            row(name, engine(parties, kept, listed), times, ours, wanted)
    size = made.start.nbytes + made.cell.nbytes + made.minimum.nbytes + made.maximum.nbytes
    size += made.company.nbytes + made.least.nbytes + made.most.nbytes + 3 * made.link.nbytes
    print(f"  arrays made in {loading:.0f} ms, {size / len(arrays[0]):.0f} bytes a holding")


def row(name: str, run: Callable[[], set[int]], times: int, ours: float, wanted: set[int]) -> None:
    taken, answer = timed(run, times)
    if answer != wanted:
        raise SystemExit(f"{name} finds {len(answer)} companies, the kernel {len(wanted)}")  # type: ignore[arg-type]
    print(f"  {name:34}{taken:10.2f} ms   x{taken / ours:.1f}", flush=True)


def read_row(count: int, asked: int) -> None:
    """Measure the way from a dataset to verdicts, proofs and counterfactuals."""
    _, (holder, company, low, high), listed = generate(count)
    data, graph = Dataset(), mint("graph", "source", "bench", "2026-01-01")
    for first in range(0, len(holder), 100_000):
        part = slice(first, first + 100_000)
        data.add(_holdings(first, holder[part], company[part], low[part], high[part]), graph)  # type: ignore[arg-type]
    data.add(_law(listed.tolist(), _name), graph)  # type: ignore[arg-type]
    del holder, company, low, high
    writing = _cpu(lambda: _written(data))
    reading = _cpu(lambda: read(data, date(2026, 1, 1)))
    print(f"\n{count:,} holdings from a dataset in memory")
    print(f"  the store writes the answer of the query   {writing:8.1f} s of processor time")
    print(f"  all is read and ready to be asked          {reading:8.1f} s, x{reading / writing:.1f}")
    print(f"  that is {1e6 * reading / count:.0f} us a holding")
    found = assess(read(data, date(2026, 1, 1)))
    print(f"  {peak():,.0f} MB at most in this process, store and all")
    _ask(found, asked)


def _ask(found: Assessment, asked: int) -> None:
    """Measure single questions on companies that are caught, drawn with a fixed seed."""
    regime = found.regimes[0]
    version = found.graph.regimes[regime]
    assert version is not None
    _, seeds = timed(lambda: found._seeds_of(regime), 1)
    reachable = sorted(found.reachable(regime))
    drawn = np.random.default_rng(0).choice(reachable, min(asked, len(reachable)), replace=False).tolist()
    proofs, sales = [], []
    for one in drawn:
        party = found.graph.parties[one]
        taken, _ = timed(lambda party=party: found.prove(regime, party, _leaf), 1)  # the first look at this company
        if found.result(regime, one).status.status != "caught":
            continue
        proofs.append(taken)
        gone = {stakes_of(found.result(regime, one))[0]: (0, 0)}
        sales.append(timed(lambda one=one, gone=gone: grade(found.graph, version, seeds, one, changed=gone), 1)[0])
    for name, times in (("verdict and proof", proofs), ("one sale, asked again", sales)):
        half, most = np.percentile(times, [50, 99])
        print(f"  {name:34} median {half:6.2f} ms, p99 {most:6.2f} ms ({len(times):,} caught companies)")


def _leaf(statement: Statement) -> Fact:
    return Fact(statement, Origin(statement[0]))


def _cpu(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def _written(data: Dataset) -> int:
    found = data.store.query(query("ownership/holdings").text, use_default_graph_as_union=True)
    return len(found.serialize(format=ox.QueryResultsFormat.TSV))  # type: ignore[union-attr]


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _name(number: int) -> object:
    return mint("bench", str(number))


def _holdings(first: int, *columns: np.ndarray) -> list[tuple[object, object, object]]:
    found: list[tuple[object, object, object]] = []
    for number, ends in enumerate(zip(*(column.tolist() for column in columns), strict=True), first):
        node = mint("bench-holding", str(number))
        found += [
            (node, RDF.type, CLEW.Holding),
            (node, CLEW.holder, _name(ends[0])),
            (node, CLEW.heldIn, _name(ends[1])),
            (node, CLEW.shareMinimum, ends[2]),
            (node, CLEW.shareMaximum, ends[3]),
        ]
    return found


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
    parser.add_argument("--asked", type=int, default=1_000)
    options = parser.parse_args()
    for count in options.holdings:
        for part in options.listed:
            kernel_row(count, part)
    if options.read:
        read_row(options.read, options.asked)


if __name__ == "__main__":
    main()
