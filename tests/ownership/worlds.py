"""Small worlds of parties, listings and holdings, written as data, as the statements a loader would make of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, URIRef

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact, Origin
from clew.statements import Statement

ROOT = Path(__file__).resolve().parents[2]
REGIMES = ROOT / "ontology" / "reference" / "ownership_regimes.csv"
PROGRAMMES = ROOT / "ontology" / "reference" / "us_744_8_programmes.csv"
GRAPH = mint("graph", "case", "test")
LAW = mint("graph", "reference", "ownership_regimes")
KINDS = {"equity": "shares"}
TYPES = {"person": CLEW.Person}


def party(short: str) -> URIRef:
    """The party of a test with a short id."""
    return mint("case", "test", part=short)


def regime(short: str) -> URIRef:
    """The regime with an id of the table."""
    return mint("regime", short)


def fact(statement: Statement) -> Fact:
    """A leaf without an origin."""
    return Fact(statement, Origin(GRAPH))


def world(case: Mapping[str, Any], law: bool = True) -> Dataset:
    """A dataset with the facts of a case, and the regimes of the reference table."""
    data = Dataset()
    data.add(statements(case), GRAPH)
    if law:
        data.add(regimes(), LAW)
    return data


def statements(case: Mapping[str, Any]) -> Iterator[Statement]:
    """The facts of a case in the form of the case files."""
    for one in case.get("parties", ()):
        yield from _party(one)
    for number, holding in enumerate(case.get("ownership", ()), 1):
        yield from _holding(mint("case", "test", part=f"holding-{number}"), holding)
    for number, one in enumerate(case.get("joint_arrangements", ()), 1):
        node = mint("case", "test", part=f"arrangement-{number}")
        yield node, RDF.type, CLEW.JointArrangement
        for member in one["parties"]:
            yield node, CLEW.arrangementParty, party(member)
        if "company" in one:
            yield node, CLEW.arrangementOn, party(one["company"])
        yield from _window(node, one)
    for company in case.get("complete_registers", ()):
        yield party(company), CLEW.registerComplete, True


def _party(one: Mapping[str, Any]) -> Iterator[Statement]:
    node = party(one["id"])
    yield node, RDF.type, TYPES.get(one.get("kind", "company"), CLEW.Company)
    yield node, RDFS.label, str(one.get("name", one["id"]))
    yield node, CLEW.localId, one["id"]
    for number, listing in enumerate(one.get("listings", ()), 1):
        entry = mint("case", "test", part=f"{one['id']}-listing-{number}")
        yield node, CLEW.listing, entry
        yield entry, RDF.type, CLEW.Listing
        yield entry, CLEW.onList, mint("list", listing["list"])
        for programme in listing.get("programmes", ()):
            yield entry, CLEW.underProgramme, mint("programme", programme)
        yield from _window(entry, listing)


def _holding(node: URIRef, one: Mapping[str, Any]) -> Iterator[Statement]:
    yield node, RDF.type, CLEW.Holding
    for owner in one.get("owners", [one.get("owner")]):
        yield node, CLEW.holder, party(owner)
    yield node, CLEW.heldIn, party(one["owned"])
    kind = one.get("kind", "equity")
    yield node, CLEW.holdingKind, mint("holding-kind", KINDS.get(kind, kind))
    share = interval(one.get("percent"))
    if share is not None:
        yield node, CLEW.shareMinimum, share[0]
        yield node, CLEW.shareMaximum, share[1]
    yield from _window(node, one)


def _window(node: URIRef, one: Mapping[str, Any]) -> Iterator[Statement]:
    since, until = span(one.get("from")), span(one.get("to"))
    if since is not None:
        yield node, CLEW.validFrom, since[0]
        if since[0] != since[1]:
            yield node, CLEW.validFromLatest, since[1]
    if until is not None:
        yield node, CLEW.validUntil, until[1]
        if until[0] != until[1]:
            yield node, CLEW.validUntilEarliest, until[0]


def span(text: Any) -> tuple[date, date] | None:
    """A day, or the earliest and the latest day that a date may mean."""
    if text is None:
        return None
    days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", str(text))]
    return days[0], days[-1]


def interval(percent: Any) -> tuple[int, int] | None:
    """A percentage as whole millionths, both ends included."""
    if percent is None:
        return None
    ends = [int(Decimal(number) * 1_000_000) for number in re.findall(r"[\d.]+", str(percent))]
    text = str(percent)
    return ends[0] + text.startswith("("), ends[-1] - text.endswith(")")


def regimes(table: Path = REGIMES) -> Iterator[Statement]:
    """The rows of the table of regimes, as the loader of reference tables makes statements of them."""
    programmes = _programmes()
    with open(table, encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            node = mint("regime", row["regime"], part=row["valid_from"])
            yield node, RDF.type, CLEW.RegimeVersion
            yield node, CLEW.versionOf, mint("regime", row["regime"])
            yield node, CLEW.threshold, int(Decimal(row["threshold_percent"]) * 1_000_000)
            yield node, CLEW.comparison, row["comparison"]
            yield node, CLEW.aggregation, row["aggregate"]
            yield node, CLEW.passThrough, row["pass_through"]
            yield node, CLEW.controlLimb, row["control_limb"]
            yield node, CLEW.legalStatus, mint("legal", row["status"])
            yield node, CLEW.validFrom, date.fromisoformat(row["valid_from"])
            yield node, CLEW.citation, row["citation"]
            if row["scope"]:
                yield node, CLEW.regimeScope, row["scope"]
            if row["valid_to"]:
                yield node, CLEW.validUntil, date.fromisoformat(row["valid_to"]) + timedelta(days=1)
            for seed in filter(None, row["seed_lists"].split(";")):
                whole, members = programmes.get(seed, (seed, ()))
                yield node, CLEW.seedList, mint("list", whole)
                for programme in members:
                    yield node, CLEW.seedProgramme, mint("programme", programme)
                    yield mint("programme", programme), CLEW.programmeOf, mint("list", whole)


def _programmes() -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    with open(PROGRAMMES, encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["seed_list"], (row["list"], []))[1].append(row["programme"])
    return found


def shorthand(case: Mapping[str, Any]) -> dict[str, Any]:
    """A case of `cases.yaml` in the form of the case files."""
    persons = set(case.get("persons", ()))
    listed = case.get("listed", {})
    ownership = [_line(line) for line in case.get("holds", ())]
    names = {name for one in ownership for name in (*one["owners"], one["owned"])} | persons | set(listed)
    parties = []
    for name in sorted(names):
        entries = listed.get(name, [])
        entries = [entries] if isinstance(entries, str) else entries
        kind = "person" if name in persons else "company"
        parties.append({"id": name, "kind": kind, "listings": [_entry(entry) for entry in entries]})
    pacts = [line.split() for line in case.get("pacts", ())]
    return {
        "parties": parties,
        "ownership": ownership,
        "joint_arrangements": [{"parties": pact[:-1], "company": pact[-1]} for pact in pacts],
        "complete_registers": case.get("complete", ()),
    }


def _line(line: str) -> dict[str, Any]:
    owners, owned, percent, *rest = line.split()
    found: dict[str, Any] = {
        "owners": owners.split("&"),
        "owned": owned,
        "percent": None if percent == "?" else percent,
    }
    for word in rest:
        found |= _dates(word) if ".." in word else {"kind": word}
    return found


def _entry(text: str) -> dict[str, Any]:
    name, *rest = text.split()
    found: dict[str, Any] = {"list": name}
    for word in rest:
        found |= _dates(word) if ".." in word else {"programmes": word.strip("[]").split(",")}
    return found


def _dates(word: str) -> dict[str, str]:
    since, _, until = word.partition("..")
    return {key: day for key, day in (("from", since), ("to", until)) if day}
