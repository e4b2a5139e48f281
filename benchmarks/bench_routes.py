"""How fast chains of shipments are found, against other ways to find the same shipments in the same run.

    python benchmarks/bench_routes.py --rows 1000000 --kinds sparse dense very_dense

Every engine must find the same number of shipments at each distance from the origin; the run stops when one does not.
DuckDB and Polars are asked where they are installed. Times are CPU seconds of one thread; trust the ratios in a row.
The range join is left out where it would not end, with `--range` as the largest number of rows it is asked about.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("POLARS_MAX_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / ".import"))

import numpy as np

from clew.reasoner.routes.chains import Reach, detect
from clew.reasoner.routes.groups import Periods
from clew.reasoner.routes.matching import Matcher
from clew.reasoner.routes.network import Rows
from clew.reasoner.routes.settings import settings
from clew.reasoner.routes.walk import Walker

KINDS = {"sparse": (80_000, 400), "dense": (5_000, 20), "very_dense": (500, 10)}
DAYS, STEPS, WINDOW = 1_095, 4, 90
Flags = np.ndarray
T = TypeVar("T")


def world(count: int, groups: int, codes: int, seed: int = 0) -> tuple[Rows, Flags, Flags]:
    """Shipments, few parties being busy: 3 percent start in a zone, and 2 percent end in a restricted place."""
    random = np.random.default_rng(seed)
    groups = max(2, groups * count // 1_000_000) if groups > 5_000 else groups

    def party() -> np.ndarray:
        return (groups * random.random(count) ** 1.5).astype(np.int64)

    departure = random.integers(700_000, 700_000 + DAYS, count)
    origin = random.random(count) < 0.03
    rows = Rows(
        shipment=np.arange(count, dtype=np.int64),
        goods=random.integers(0, codes, count),
        consignor=party(),
        consignee=party(),
        departure=departure,
        arrival=departure + random.integers(1, 40, count),
        before=np.full(count, -1, np.int64),
        quantity=(10 ** (random.random(count) * 4)).astype(np.int64) + 1,
        unit=np.zeros(count, np.int64),
    )
    return rows, origin, (random.random(count) < 0.02) & ~origin


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def histogram(hops: np.ndarray) -> tuple[int, ...]:
    return tuple(np.bincount(hops, minlength=STEPS + 1).tolist())


def duckdb_rounds(rows: Rows, origin: Flags, join: str) -> tuple[int, ...]:
    """Rounds by DuckDB: `asof` takes the latest arrival before a departure, `range` all of them in the window."""
    import duckdb

    base = duckdb.connect(config={"threads": 1})
    table = {
        "row": rows.shipment, "goods": rows.goods, "sender": rows.consignor, "receiver": rows.consignee,
        "dep": rows.departure, "arr": rows.arrival, "origin": origin,
    }  # fmt: skip
    base.register("given", table)
    base.execute("CREATE TABLE s AS SELECT *, CASE WHEN origin THEN 1 ELSE 0 END AS hop FROM given")
    on = "f.receiver = c.sender AND f.goods = c.goods AND f.arr <= c.dep"
    for hop in range(2, STEPS + 1):
        front = f"(SELECT receiver, goods, arr FROM s WHERE hop = {hop - 1}) f"
        rest = "(SELECT row, sender, goods, dep FROM s WHERE hop = 0) c"
        kind = "ASOF JOIN" if join == "asof" else "JOIN"
        found = f"SELECT DISTINCT c.row FROM {rest} {kind} {front} ON {on} WHERE c.dep <= f.arr + {WINDOW}"
        base.execute(f"UPDATE s SET hop = {hop} WHERE row IN ({found})")
    counts = dict(base.execute("SELECT hop, count(*) FROM s GROUP BY hop").fetchall())
    return tuple(counts.get(hop, 0) for hop in range(STEPS + 1))


def polars_rounds(rows: Rows, origin: Flags) -> tuple[int, ...]:
    """Rounds by `join_asof` of Polars."""
    import polars as pl

    hops = origin.astype(np.int64)
    for hop in range(2, STEPS + 1):
        front, rest = np.flatnonzero(hops == hop - 1), np.flatnonzero(hops == 0)
        ends = pl.DataFrame({"p": rows.consignee[front], "g": rows.goods[front], "at": rows.arrival[front]}).sort("at")
        starts = pl.DataFrame(
            {"p": rows.consignor[rest], "g": rows.goods[rest], "at": rows.departure[rest], "row": rest}
        )
        found = starts.sort("at").join_asof(
            ends.with_columns(hit=pl.lit(True)), on="at", by=["p", "g"], tolerance=WINDOW, check_sortedness=False
        )
        hops[found.filter(pl.col("hit").fill_null(False))["row"].to_numpy()] = hop
    return histogram(hops)


def ours(rows: Rows, origin: Flags) -> Reach:
    matcher = Matcher(rows, Periods.alone(int(max(rows.consignor.max(), rows.consignee.max())) + 1), WINDOW, 0)
    never = np.zeros(len(rows), np.bool_)
    return detect(matcher, origin, never, STEPS).forward


def others(rows: Rows, origin: Flags, most: int) -> dict[str, Callable[[], tuple[int, ...]]]:
    found: dict[str, Callable[[], tuple[int, ...]]] = {}
    try:
        import duckdb  # noqa: F401

        found["duckdb ASOF"] = lambda: duckdb_rounds(rows, origin, "asof")
        if len(rows) <= most:
            found["duckdb range"] = lambda: duckdb_rounds(rows, origin, "range")
    except ImportError as error:
        print(f"  DuckDB left out: {error}")
    try:
        import polars  # noqa: F401

        found["polars join_asof"] = lambda: polars_rounds(rows, origin)
    except ImportError as error:
        print(f"  Polars left out: {error}")
    return found


def run(kind: str, count: int, most: int) -> None:
    rows, origin, target = world(count, *KINDS[kind])
    parties = int(max(rows.consignor.max(), rows.consignee.max())) + 1
    spent, reach = timed(lambda: ours(rows, origin))
    print(f"{kind}: {count:,} shipments; rounds {spent:.2f} s; at each distance {histogram(reach.hops)[1:]}")
    for name, work in others(rows, origin, most).items():
        took, found = timed(work)
        if found != histogram(reach.hops):
            sys.exit(f"{name} differs: {found}")
        print(f"  {name}: {took:.2f} s, {took / spent:.1f} times as long")
    matcher = Matcher(rows, Periods.alone(parties), WINDOW, 0)
    pruned, core = timed(lambda: detect(matcher, origin, target, STEPS))
    bounds = replace(settings(), steps=STEPS, window=WINDOW)
    listed, found = timed(lambda: Walker(matcher, core, origin, bounds).chains())
    chains, cut = found
    hops = np.bincount([len(chain.rows) for chain in chains.values()], minlength=STEPS + 1)[1:]
    print(f"  both ways and prune {pruned:.2f} s: {len(core.rows):,} shipments are left")
    print(f"  enumerate {listed:.2f} s, {cut.effort:,} steps; best chains by length {hops.tolist()}")
    print(f"  {cut.says}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--range", type=int, default=0, help="the largest number of rows that the range join is asked")
    asked = parser.parse_args()
    for kind in asked.kinds:
        run(kind, asked.rows, asked.range)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
