"""The demo: eight questions about real parties, each held against its published answer."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import yaml
from rdflib import RDFS, URIRef

from ..dataset import Dataset, iri
from ..loaders import LOADERS
from ..ontology import CLEW, curie, mint, token, uncurie
from ..queries.catalogue import query
from ..reasoner.derivation import Fact
from ..reasoner.explain import Prover, name_of
from ..reasoner.ownership import assess, read
from ..reasoner.render import sentences, show, source_words
from ..reasoner.search import NameIndex
from .build import Watch, build
from .service import Service
from .store import Home

_DEMO = "demo"
_TAKEN = date(2026, 7, 31)  # the newest list in the demo set


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """A question, what Clew says to it with the facts behind it, and whether that is the published answer."""

    question: str
    as_of: str
    says: str
    lines: tuple[str, ...]
    right: bool


def prepare(home: Home, watch: Watch) -> Service:
    """Load the demo set that Clew ships, and build a release of it."""
    loader = next(one for one in LOADERS if one.source.id == _DEMO)
    folder = Path(str(files("clew.loaders.demo")))
    shipped = tuple(sorted(path for path in folder.glob("*.csv") if path.stem not in ("expected",)))
    home.keep(loader.source.id, _TAKEN, shipped)
    return Service(build(home, _TAKEN, watch).release)


def answers(service: Service) -> Iterator[DemoAnswer]:
    """Yield the answer to each question of the demo."""
    folder = files("clew.loaders.demo")
    published = list(csv.DictReader(folder.joinpath("expected.csv").read_text(encoding="utf8").splitlines()))
    asked = yaml.safe_load(folder.joinpath("questions.yaml").read_text(encoding="utf8"))
    for row, question in zip(published, asked, strict=True):
        found, lines = ASKING[question["ask"]](service, question)
        right = all(found.get(name) == value for name, value in question["expect"].items())
        says = ", ".join(f"{name}: {_word(value)}" for name, value in found.items())
        yield DemoAnswer(row["question"], str(question["as_of"]), says, tuple(lines), right)


def _word(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


Outcome = tuple[dict[str, Any], list[str]]


def listed(service: Service, question: Mapping[str, Any]) -> Outcome:
    """Tell whether a party stands on a list on a day, and which entry says so."""
    data, party = service.release.data, uncurie(question["party"])
    rows = data.rows(query("sanctions/listings").text, entity=party, asOf=question["as_of"])
    prover = service.book.prover(question["as_of"])
    lines = [line for row in rows for line in _listing(iri(row, "listing"), prover)]
    return {"listed": bool(rows)}, lines


def _listing(listing: URIRef, prover: Prover) -> Iterator[str]:
    said = {p: [show(value) for value in prover.data.objects(listing, p)] for p in _LISTING}
    names, programmes, starts, ends = said.values()
    window = f"from {starts[0] if starts else 'an unknown day'} until {ends[0] if ends else 'further notice'}"
    yield f"stands on {', '.join(names)} under {', '.join(programmes)} {window} ({_source(listing, prover)})"


_LISTING = (CLEW.onList, CLEW.underProgramme, CLEW.validFrom, CLEW.validUntil)


def _source(listing: URIRef, prover: Prover) -> str:
    for value in prover.data.objects(listing, CLEW.onList):
        leaf = prover.prove((listing, CLEW.onList, value))
        if isinstance(leaf, Fact):
            return source_words(leaf.origin)
    return "source unknown"


def owned(service: Service, question: Mapping[str, Any]) -> Outcome:
    """Tell what ownership regimes make of a party's owners on a day, with the holdings that count."""
    party, as_of = uncurie(question["party"]), question["as_of"]
    seeds = [uncurie(seed) for seed in question["seeds"]] if "seeds" in question else None
    graph = read(service.release.data, as_of)
    assessment = assess(graph, regimes=[mint("regime", name) for name in question["regimes"]], seeds=seeds)
    prover = service.book.prover(as_of)
    found: dict[str, Any] = {}
    lines: list[str] = []
    for name in question["regimes"]:
        regime = mint("regime", name)
        status = assessment.status(regime, party)
        found[name] = status.status
        lines += [f"{name}: {reason}" for reason in status.reasons]
        if status.status in ("caught", "possibly"):
            lines += sentences(assessment.derive(regime, party, prover.prove))
        else:
            lines.append(f"{name}: {assessment.margin(regime, party).says}")
    return found, lines + _holders(service, party, as_of)


def _holders(service: Service, party: URIRef, as_of: date) -> list[str]:
    """Return the register rows of a party's holders on a day, each with its source."""
    data = service.release.data
    rows = data.rows(query("ownership/holders").text, company=party, asOf=as_of)
    return [
        f"{name_of(row['holder'], data)} holds {_percent(row)} since {show(row.get('from', 'an unknown day'))}, "
        f"until {show(row.get('until', 'further notice'))} ({show(row.get('source', ''))})"
        for row in rows
    ]


def _percent(row: Mapping[str, Any]) -> str:
    low, high = row.get("minimum"), row.get("maximum")
    if low is None or high is None:
        return "an unknown share"
    ends = [f"{end / 1_000_000:.6f}".rstrip("0").rstrip(".") for end in (low, high)]
    return f"{ends[0]} %" if low == high else f"{ends[0]} to {ends[1]} %"


def blocked(service: Service, question: Mapping[str, Any]) -> Outcome:
    """Tell whether a party is blocked on a day by its own listing or by its owners."""
    by_list, list_lines = listed(service, question)
    by_owners, owner_lines = owned(service, question)
    return {**by_list, **by_owners}, list_lines + owner_lines


def linked(service: Service, question: Mapping[str, Any]) -> Outcome:
    """Tell the shortest chain of link annotations between two parties; it says nothing of shares."""
    data = service.release.data
    rows = data.rows(query("sanctions/links").text)
    graph = nx.DiGraph((iri(row, "subject"), iri(row, "object")) for row in rows)
    nodes = nx.shortest_path(graph, uncurie(question["party"]), uncurie(question["to"]))
    prover = service.book.prover(question["as_of"])
    lines = [line for a, b in pairwise(nodes) for line in sentences(prover.prove((a, CLEW.linkedTo, b)))]
    shown = " -> ".join(_label(data, node) for node in nodes)
    return {"nodes": len(nodes), "reached": len(nx.descendants(graph, nodes[0]))}, [shown, *lines]


def _label(data: Dataset, node: URIRef) -> str:
    return next((show(label) for label in data.objects(node, RDFS.label)), token(node))


def named(service: Service, question: Mapping[str, Any]) -> Outcome:
    """Tell which listed party stands behind a name, and which of its names matched."""
    hits = NameIndex.build(service.release.data).search(question["text"], 3)
    lines = [f"{curie(hit.entity)} {hit.label}: {hit.matched_name} ({hit.kind}), score {hit.score:.2f}" for hit in hits]
    first = hits[0] if hits else None
    return {"first": curie(first.entity) if first else None, "kind": first.kind if first else None}, lines


ASKING: dict[str, Callable[[Service, Mapping[str, Any]], Outcome]] = {
    "listed": listed,
    "owned": owned,
    "blocked": blocked,
    "linked": linked,
    "named": named,
}
