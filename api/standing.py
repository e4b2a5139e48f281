"""How an entity stands on a day, in one badge and one sentence, with what each ownership regime says and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rdflib import URIRef

from ..reasoner.ownership import Assessment, OwnershipView, ViewNode
from . import words


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """What one ownership regime says of an entity.

    Attributes:
        name: The regime.
        status: What it says.
        would_be: What it would say were it in force.
        held: What listed and caught parties hold.
        most: The same at most, in millionths of one percent.
        asks: The share it asks for.
        law: The state of law of its version on the day.
        citation: Where the law stands.
        reasons: Why.
        change: What would change the answer.
        missing: What to find out before it is one.
    """

    name: str
    status: str
    would_be: str
    held: str
    most: int
    asks: str
    law: str
    citation: str
    reasons: tuple[str, ...]
    change: str
    missing: tuple[str, ...]

    @property
    def asleep(self) -> bool:
        """Return whether the regime is not in force and would not reach the entity if it were."""
        return self.status == "not_in_force" and self.would_be == "clear"


@dataclass(frozen=True, slots=True)
class Standing:
    """The badge, its words, and the sentence that says why."""

    key: str
    title: str
    sentence: str


def regime_rows(assessment: Assessment, entity: URIRef) -> list[RegimeRow]:
    """Return what every ownership regime says of an entity, the gravest first."""
    rows = [_row(assessment, regime, entity) for regime in assessment.regimes]
    return sorted(rows, key=lambda row: (row.asleep, words.gravity(row.status), -row.most, row.name))


def _row(assessment: Assessment, regime: URIRef, entity: URIRef) -> RegimeRow:
    status, version = assessment.status(regime, entity), assessment.graph.regimes[regime]
    known = version is not None and entity in assessment.graph.index
    open_question = known and status.status in ("possibly", "review")
    return RegimeRow(
        name=words.key(regime),
        status=status.status,
        would_be=would_be(assessment, regime, entity),
        held=words.share(status.minimum, status.maximum),
        most=status.maximum,
        asks=version.asks if version else "",
        law=words.words(words.key(version.legal_status)) if version else "no version on this day",
        citation=version.citation if version else "",
        reasons=status.reasons,
        # What would change it is only worth a word where some listed party has a hand in it.
        change=assessment.margin(regime, entity).says if known and status.maximum > 0 else "",
        missing=assessment.missing(regime, entity) if open_question else (),
    )


def would_be(assessment: Assessment, regime: URIRef, entity: URIRef) -> str:
    """Return what a regime would say of an entity were it in force."""
    number = assessment.graph.index.get(entity)
    return "clear" if number is None else assessment.result(regime, number).would_be


def material(view: OwnershipView, assessment: Assessment) -> OwnershipView:
    """Return a view without the states of rules that are not in force and would not reach a party if they were."""

    def kept(node: ViewNode) -> dict[str, str]:
        names = {words.key(regime): regime for regime in assessment.regimes}
        return {
            name: state
            for name, state in node.statuses.items()
            if state != "not_in_force" or would_be(assessment, names[name], node.iri) != "clear"
        }

    return replace(view, nodes=tuple(replace(node, statuses=kept(node)) for node in view.nodes))


def standing(profile: dict[str, Any], view: OwnershipView, rows: list[RegimeRow], as_of: date) -> Standing:
    """Return how an entity stands: listed, caught through its owners, open, or nothing found."""
    listed = [entry for entry in profile["listings"] if entry["holds"]]
    gravest = rows[0] if rows else None
    if listed:
        return Standing("listed", "Listed", _listed(listed, gravest))
    if gravest and gravest.status in ("caught", "possibly", "review"):
        title = {"caught": "Caught through owners", "possibly": "Possibly caught", "review": "For review"}
        return Standing(gravest.status, title[gravest.status], _reached(gravest, rows))
    if not any(edge.held == view.entity for edge in view.edges):
        return Standing("unknown", "Not listed", _no_owners(profile, as_of))
    dormant = next((row for row in rows if row.status == "not_in_force" and row.would_be != "clear"), None)
    if dormant:
        return Standing("not_in_force", "Rule not in force", _sentence(dormant.reasons[0]))
    return Standing("clear", "Clear", _clear(rows, as_of))


def _clear(rows: list[RegimeRow], as_of: date) -> str:
    """Return that nothing was found, with what came nearest."""
    said = f"No entry on a list holds on {as_of}, and no ownership regime reaches it."
    nearest = max((row for row in rows if not row.asleep and row.reasons), key=lambda row: row.most, default=None)
    return f"{said} {_sentence(nearest.reasons[0])}" if nearest and nearest.most else said


def _listed(listed: list[dict[str, Any]], gravest: RegimeRow | None) -> str:
    lists = words.names(list(dict.fromkeys(entry["list"] for entry in listed)))
    since = min((entry["from"] for entry in listed if entry["from"]), default="")
    programmes = list(dict.fromkeys(name for entry in listed for name in entry["programmes"]))
    said = f"Stands on {lists}" + (f" since {since}" if since else "")
    said += f", under {words.names(programmes)}" if programmes else ""
    also = gravest and gravest.status == "caught"
    return f"{said}." + (" Its owners alone would catch it, too." if also else "")


def _reached(gravest: RegimeRow, rows: list[RegimeRow]) -> str:
    same = [row.name for row in rows if row.status == gravest.status]
    why = gravest.reasons[0] if gravest.reasons else words.status(gravest.status)
    also = f" The same under {words.names(same[1:])}." if len(same) > 1 else ""
    return f"{_sentence(why)}{also}"


def _no_owners(profile: dict[str, Any], as_of: date) -> str:
    before = [entry for entry in profile["listings"] if not entry["holds"]]
    past = f" It stood or will stand on {words.names([entry['list'] for entry in before])}." if before else ""
    return f"No entry on a list holds on {as_of}. No owner is recorded, so nothing follows from ownership.{past}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
