"""Building a release: the law, the sources, the closure, the ownership verdicts, the findings, in that order.

Each step reads what the steps before it wrote and writes N-Quads of its own; the whole becomes readable at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import rdflib
from rdflib import URIRef

from ..errors import HarvestError
from ..loaders import LOADERS
from ..loaders.quarantine import write_quarantine
from ..loaders.reference import reference_harvests
from ..loaders.source import Harvest, Snapshot
from ..ontology import mint
from ..ontology.modules import ontology_graph
from ..reasoner.book import Book, days
from ..reasoner.infer import close_files, packaged
from ..reasoner.workbench import INFERRED, PROVENANCE, REFERENCE_INFERRED
from ..release import Building, Release, building, open_release
from ..shapes.catalogue import rules, rules_version
from ..statements import Statement, Text, Value
from .audit import Ledger
from .store import Home

Watch = Callable[[str, int], None]
"""Called with the name of a step and how many records it has seen."""


@dataclass(frozen=True, slots=True)
class Built:
    """A release and what was harvested into it."""

    release: Release
    harvests: tuple[Harvest, ...]


def build(home: Home, as_of: date, watch: Watch = lambda step, seen: None) -> Built:
    """Build a release from the files in the inbox and swap it in; the one before stays until then.

    Raises:
        HarvestError: A source of the inbox has no loader.
    """
    with building(home.releases, as_of.isoformat()) as work:
        work.rules_version = rules_version()
        _law(work, watch)
        harvests = tuple(_sources(work, home, watch))
        _closure(work, watch)
        _conclusions(work, as_of, watch)
    write_quarantine(home.quarantine, harvests)
    release = open_release(home.releases)
    Ledger(home.audit).swapped(release.manifest)
    return Built(release, harvests)


def _law(work: Building, watch: Watch) -> None:
    """Write the reference tables and the ontology, and the closure of the tables by themselves."""
    watch("law", 0)
    for harvest, statements in reference_harvests():
        work.write("reference", statements, harvest.snapshot.graph)
        work.write("provenance", harvest.provenance(), PROVENANCE)
    work.write("ontology", _skolemised(ontology_graph()), mint("graph", "ontology"))
    files = work.files("reference")
    work.adopt("inferred-reference", close_files(packaged(), files, REFERENCE_INFERRED))


def _sources(work: Building, home: Home, watch: Watch) -> Iterator[Harvest]:
    loaders = {loader.source.id: loader for loader in LOADERS}
    for source, taken, files in home.snapshots():
        if source not in loaders:
            raise HarvestError(f"nothing loads source `{source}`", help="remove its folder from the inbox")
        loader = loaders[source]
        harvest = Harvest(Snapshot(loader.source, taken, files))
        statements = harvest.statements(loader)
        work.write(f"source-{source}-{taken}", _watched(statements, source, watch), harvest.snapshot.graph)
        work.write("provenance", harvest.provenance(), PROVENANCE)
        work.sources.append({"source": source, "taken": taken.isoformat(), **harvest.counts()})
        yield harvest


def _watched(statements: Iterator[Statement], source: str, watch: Watch) -> Iterator[Statement]:
    for seen, statement in enumerate(statements):
        if seen % 20_000 == 0:
            watch(source, seen)
        yield statement


def _closure(work: Building, watch: Watch) -> None:
    watch("closure", 0)
    work.adopt("inferred", close_files(packaged(), work.files("reference", "source-"), INFERRED))


def _conclusions(work: Building, as_of: date, watch: Watch) -> None:
    """Write the ownership verdicts of every day that is asked about, then the findings."""
    watch("ownership", 0)
    data = work.dataset()
    book = Book(data, rules(), release="")
    for day in sorted({as_of, *days(data)}):
        graph = mint("graph", "ownership", day.isoformat())
        verdicts = list(book.assessment(day).statements())
        work.write("ownership", verdicts, graph)
        data.add(verdicts, graph)
    watch("rules", 0)
    work.write("findings", book.statements(), mint("graph", "findings"))


def _skolemised(graph: rdflib.Graph) -> Iterator[Statement]:
    """Yield the ontology with IRIs in place of blank nodes, in a fixed order."""
    from rdflib.compare import to_canonical_graph

    flat = to_canonical_graph(graph).skolemize(authority="https://w3id.org", basepath="/clew/node/")
    for subject, predicate, value in sorted(flat):
        yield URIRef(str(subject)), URIRef(str(predicate)), _plain(value)


def _plain(value: rdflib.term.Node) -> Value:
    if isinstance(value, rdflib.Literal):
        return Text(str(value), value.language) if value.language else str(value)
    return URIRef(str(value))


def names(harvests: Sequence[Harvest]) -> list[dict[str, object]]:
    """Return the table of what was harvested: a row for each snapshot."""
    return [
        {"source": harvest.snapshot.source.id, "taken": harvest.snapshot.taken.isoformat(), **harvest.counts()}
        for harvest in harvests
    ]


__all__ = ["Built", "build", "names"]
