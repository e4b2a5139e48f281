"""The score of a match: the best main feature, raised or lowered by the qualifiers, and the band it falls into.

No bare name reaches 1: agreement beside the name takes away a part of what is missing, and names that many bear come
before none that few bear. Equal scores are ordered by how rare the name is, then by name and IRI, so that the same
lists always give the same order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from . import tables
from .compare import TOP
from .features import QUALIFIERS, Feature, Named, address_feature, best_name, identifier_feature, name_feature
from .rarity import Rarity
from .subject import Query, Subject

_LIFT_FROM = 0.6  # name score from which on agreement beside the name counts
_CEILING = 0.995  # what no match without an identifier reaches


class Band(StrEnum):
    """How sure a match is."""

    ID = "id"
    EXACT = "exact"
    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Scored:
    """A subject with its score, from 0 to 1, its band, what orders it among equals, and its features."""

    subject: Subject
    score: float
    band: Band
    tie_break: float
    features: tuple[Feature, ...]
    named: Named | None


def score(query: Query, subject: Subject, rarity: Rarity) -> Scored | None:
    """Return how well a subject fits a query; nothing where no main feature holds."""
    named = best_name(query, subject, rarity)
    number = identifier_feature(query, subject)
    mains = [number, name_feature(named) if named is not None else None, address_feature(query, subject, rarity)]
    found = [feature for feature in mains if feature is not None and feature.value > 0]
    if not found:
        return None
    best = max(found, key=lambda feature: feature.contribution)
    support = [_supporting(feature) for feature in found if feature is not best]
    qualifiers = [feature for qualify in QUALIFIERS if (feature := qualify(query, subject)) is not None]
    total, shown = _qualified(best, [*support, *qualifiers])
    band = _band(total, best, named, shown, query.kind or subject.kind)
    tie = round(named.information if named is not None else 0.0, 6)
    return Scored(subject, round(total, 4), band, tie, (best, *shown), named)


def _supporting(feature: Feature) -> Feature:
    """Return a main feature that is not the best one as one that supports it; a weak one supports nothing."""
    return replace(feature, weight=0.6 * feature.weight, value=feature.value if feature.value >= _LIFT_FROM else 0.0)


def _qualified(best: Feature, qualifiers: list[Feature]) -> tuple[float, list[Feature]]:
    """Return the score and the qualifiers with what each of them did to it."""
    total, shown = best.contribution, []
    top = 1.0 if best.name == "identifier" else max(_CEILING, total)
    for feature in sorted(qualifiers, key=lambda one: one.value > 0):
        if feature.value > 0 and best.contribution >= _LIFT_FROM:
            change = (top - total) * feature.weight * feature.value
        else:
            change = min(feature.value, 0.0) * feature.weight * (0.2 if best.name == "identifier" else 1.0)
        changed = min(max(total + change, 0.0), top)
        shown.append(replace(feature, contribution=round(changed - total, 4)))
        total = changed
    return total, shown


def _band(total: float, best: Feature, named: Named | None, shown: list[Feature], kind: str) -> Band:
    strong, possible, _ = tables.thresholds().get(kind, tables.thresholds()[""])
    if best.name == "identifier" and best.weight > 0.9:
        return Band.ID
    against = sum(feature.contribution for feature in shown if feature.contribution < 0)
    if named is not None and named.comparison.value >= TOP - 1e-9 and total >= strong and against > -0.1:
        return Band.EXACT
    if total >= strong:
        return Band.STRONG
    return Band.POSSIBLE if total >= possible else Band.WEAK


def rank(scored: Scored) -> tuple[float, float, str, str]:
    """Return the key that orders matches, best first."""
    return -scored.score, -scored.tie_break, scored.subject.label, str(scored.subject.entity)


def default_threshold(kind: str) -> float:
    """Return the score from which on a match of a kind of entity is shown when nobody asks otherwise."""
    return tables.thresholds().get(kind, tables.thresholds()[""])[1]
