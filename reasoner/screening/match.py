"""A match as it is handed out: the listed party, the score, why, and whether somebody has decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from .features import Feature
from .score import Band, Scored
from .subject import Entry, Query

if TYPE_CHECKING:
    from .decisions import Decision


@dataclass(frozen=True, slots=True)
class Match:
    """One listed party that may be the party asked about.

    Attributes:
        entity: The listed party.
        label: Its primary name.
        kind: The kind of entity it is.
        matched_name: The name, number or address of it that matched.
        name_kind: The standing of that name (primary, strong_alias, weak_alias, former), or the scheme of the number.
        query_name: What it matched of what was asked.
        score: From 0 to 1.
        band: How sure the match is.
        tie_break: What orders matches of equal score: how rare the name is.
        lists: The lists the party stands on or stood on.
        entries: Its entries on them.
        features: What speaks for the match and against it.
        query: What was asked.
        subject_version: The hash of the record of the listed party.
        query_version: The hash of what was asked.
        suppressed_by: The decision that says this is somebody else, where it still holds.
        reopened: The decision that said so before one of the two records changed.
    """

    entity: URIRef
    label: str
    kind: str
    matched_name: str
    name_kind: str
    query_name: str
    score: float
    band: Band
    tie_break: float
    lists: tuple[URIRef, ...]
    entries: tuple[Entry, ...]
    features: tuple[Feature, ...]
    query: Query
    subject_version: str
    query_version: str
    suppressed_by: Decision | None = None
    reopened: Decision | None = None


def match_of(query: Query, scored: Scored) -> Match:
    """Return the match that a scored subject is."""
    subject, best = scored.subject, scored.features[0]
    return Match(
        entity=subject.entity,
        label=subject.label,
        kind=subject.kind,
        matched_name=best.candidate_value,
        name_kind=_standing(scored),
        query_name=best.query_value,
        score=scored.score,
        band=scored.band,
        tie_break=scored.tie_break,
        lists=subject.lists,
        entries=subject.entries,
        features=scored.features,
        query=query,
        subject_version=subject.version,
        query_version=query.version,
    )


def _standing(scored: Scored) -> str:
    best = scored.features[0]
    if best.name == "name" and scored.named is not None:
        return scored.named.name.standing
    found = (number.scheme for number in scored.subject.identifiers if number.node == best.node)
    return next(found, best.name)
