"""Loading a few files and asking what came out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from clew.dataset import Dataset, Row
from clew.loaders.source import Harvest, Loader, Snapshot
from clew.statements import Statement

PREFIXES = """
PREFIX clew: <https://w3id.org/clew/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX list: <https://w3id.org/clew/list/>
PREFIX place: <https://w3id.org/clew/place/>
PREFIX scheme: <https://w3id.org/clew/scheme/>
PREFIX kind: <https://w3id.org/clew/name-kind/>
PREFIX sdn: <https://w3id.org/clew/us-sdn/>
PREFIX demo: <https://w3id.org/clew/demo/>
PREFIX programme: <https://w3id.org/clew/programme/>
"""


@dataclass(frozen=True)
class Loaded:
    """What came out of some files."""

    harvest: Harvest
    statements: list[Statement] = field(repr=False)

    @cached_property
    def data(self) -> Dataset:
        """The statements as a graph, made when somebody asks it."""
        made = Dataset()
        made.add(self.statements, self.harvest.snapshot.graph)
        return made

    def rows(self, query: str) -> list[Row]:
        return self.data.rows(PREFIXES + query)

    def ask(self, pattern: str) -> bool:
        return self.data.ask(f"{PREFIXES} ASK {{ {pattern} }}")

    def values(self, query: str) -> list[str]:
        """Return the first variable of each solution as text, in order."""
        return sorted(str(next(iter(row.values()))) for row in self.rows(query))

    def count(self, pattern: str) -> int:
        (row,) = self.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        assert isinstance(row["n"], int)
        return row["n"]

    def reasons(self) -> list[str]:
        return [record.reason for record in self.harvest.quarantined]


def harvested(loader: Loader, *files: Path) -> Loaded:
    """Load files and hold the promise that no record is lost: read = loaded + quarantined + duplicates."""
    harvest = Harvest(Snapshot(loader.source, date(2024, 5, 3), tuple(files)))
    statements = list(harvest.statements(loader))
    counts = harvest.counts()
    assert counts["read"] == counts["loaded"] + counts["quarantined"] + counts["duplicates"]
    return Loaded(harvest, statements)


def written(folder: Path, files: dict[str, bytes | str]) -> Sequence[Path]:
    """Write files into a folder and return their paths."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return [folder / name for name in files]
