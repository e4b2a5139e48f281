"""The holdings around one entity as JSON: the same parties, stakes and verdicts that the picture shows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from rdflib import URIRef

from ..ontology import curie
from ..reasoner.ownership import ViewEdge, ViewNode
from .current import Current
from .picture import chosen
from .words import key, stake

Json = dict[str, Any]


def ownership_json(
    here: Current, entity: URIRef, as_of: date, regime: str | None, *, only_triggering: bool = False
) -> Json:
    """Return the holdings around an entity as of a day, with what the regimes say of it."""
    shown = here.ownership(entity, as_of)
    nodes, edges = chosen(shown, regime, only_triggering=only_triggering)
    return {
        "entity": curie(entity),
        "label": here.profiles.label(entity),
        "as_of": as_of.isoformat(),
        "verdicts": verdicts(here, entity, as_of, regime),
        "parties": [_party(node) for node in nodes],
        "holdings": [holding(edge) for edge in edges],
        "truncated": shown.truncated,
    }


def verdicts(here: Current, entity: URIRef, as_of: date, regime: str | None = None) -> dict[str, Json]:
    """Return what each ownership regime says of an entity because of its owners."""
    return {
        key(each): asdict(status)
        for each, status in here.statuses(entity, as_of)
        if regime is None or key(each) == regime
    }


def _party(node: ViewNode) -> Json:
    return {
        "id": curie(node.iri),
        "label": node.label,
        "lists": list(node.lists),
        "statuses": node.statuses,
    }


def holding(edge: ViewEdge) -> Json:
    """Return a stake as JSON; shares in millionths of one percent, and in words."""
    return {
        "holder": curie(edge.holder),
        "held": curie(edge.held),
        "minimum": edge.minimum,
        "maximum": edge.maximum,
        "share": stake(edge.kind, edge.minimum, edge.maximum),
        "kind": edge.kind,
        "from": str(edge.valid_from or ""),
        "until": str(edge.valid_until or ""),
        "source": edge.source,
        "triggering": sorted(edge.triggering),
    }
