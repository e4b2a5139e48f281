"""A proof as a page shows it: steps one inside the other, and the sources it comes down to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_BY = {
    "ownership": "by an ownership regime",
    "policy": "by a rule",
    "identity": "by an identifier",
    "screening": "by a name",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof: what it says, by what, from which source, and what it follows from.

    Attributes:
        kind: fact, absence or inference.
        says: The step as a sentence.
        by: What drew the conclusion, in words.
        rule: The rule, regime or axiom that was applied.
        source: For a fact, publisher, file, sha256, record and day.
        pattern: For an absence, the SPARQL group that nothing matches.
        premises: What it follows from.
    """

    kind: str
    says: str
    by: str
    rule: str
    source: Mapping[str, str]
    pattern: str
    premises: tuple[Step, ...]


def step(raw: Mapping[str, Any]) -> Step:
    """Return a proof, given as the tree of an explanation, as steps."""
    says, by = _words(raw)
    return Step(
        kind=raw["kind"],
        says=says,
        by=by,
        rule=str(raw.get("rule", "")).removeprefix("https://w3id.org/clew/").replace("/", ":", 1),
        source=raw.get("source", {}),
        pattern=raw.get("pattern", ""),
        premises=tuple(step(premise) for premise in raw.get("premises", ())),
    )


def _words(raw: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a step says, and by what it holds."""
    shown, says = raw.get("statement", {}).get("shown", ""), raw.get("says", "")
    if raw.get("by") == "axiom":  # its sentence is the reason, not the conclusion
        return shown, f"{says}, by the ontology"
    if "pattern" in raw:  # the page shows the pattern apart
        return says.replace(raw["pattern"], "").rstrip(" :"), ""
    return says or shown, _BY.get(raw.get("by", ""), "")


def sources(proof: Step) -> list[dict[str, Any]]:
    """Return the sources a proof comes down to, each once, with what it states."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for fact in _facts(proof):
        key = tuple(fact.source.get(name, "") for name in ("publisher", "file", "sha256", "record", "taken", "graph"))
        entry = found.setdefault(key, {**fact.source, "says": []})
        if fact.says not in entry["says"]:
            entry["says"].append(fact.says)
    return list(found.values())


def _facts(proof: Step) -> Iterator[Step]:
    if proof.kind == "fact":
        yield proof
    for premise in proof.premises:
        yield from _facts(premise)
