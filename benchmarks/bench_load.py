"""Loading real lists against a bare bulk load of the very same N-Quads, in one run.

The ratio says what parsing publishers' files, provenance and the harvest counts cost on top of the store itself.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from clew.loaders import LOADERS
from clew.loaders.source import Harvest, Snapshot
from clew.statements import write

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
FILES = {
    "us-sdn": ("2024-05-03", ["ofac/sdn_2024-05-03.csv.gz"]),
    "us-csl": ("2026-07-31", ["us_csl/csl_compact_2026-07-31.json.gz"]),
}


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def main() -> None:
    from datetime import date

    for loader in LOADERS:
        if loader.source.id not in FILES:
            continue
        taken, names = FILES[loader.source.id]
        files = tuple(SHARED / name for name in names)
        if not all(file.is_file() for file in files):
            print(f"load {loader.source.id}: skipped, the publisher's files are not beside the checkout")
            continue
        with tempfile.TemporaryDirectory() as folder:
            quads = Path(folder) / "quads.nq"

            def make(loader=loader, files=files, taken=taken, quads=quads) -> None:
                harvest = Harvest(Snapshot(loader.source, date.fromisoformat(taken), files))
                with open(quads, "w", encoding="utf8") as out:
                    write(harvest.statements(loader), harvest.snapshot.graph, out)

            def bulk(quads=quads) -> None:
                ox.Store().bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)

            making = [seconds(make) for _ in range(3)]
            bare = [seconds(bulk) for _ in range(3)]
            with open(quads, encoding="utf8") as lines:
                count = sum(1 for _ in lines)
            parse, load = statistics.median(making), statistics.median(bare)
            print(
                f"load {loader.source.id}: {count:,} statements; with parsing {count / (parse + load):,.0f}/s, "
                f"bare bulk load {count / load:,.0f}/s; ratio of times {(parse + load) / load:.2f}"
            )


if __name__ == "__main__":
    main()
