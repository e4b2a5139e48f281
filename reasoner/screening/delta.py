"""What a new version of the lists, or of the stored parties, changes: new, changed and gone alerts.

Only entries whose record changed are screened against the stored parties, and only parties whose record changed against
the whole lists. That gives the same alerts as screening everything again as long as both screeners use one rarity of
words; where they do not, everything is screened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rdflib import URIRef

from .match import Match, match_of
from .screener import Screener
from .subject import Query

_MOST = 400  # candidates of one party; a monitoring looks at more than a person at a desk does
Alerts = dict[tuple[str, URIRef], Match]


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed between two screenings.

    Attributes:
        new: Alerts that were none before.
        changed: Alerts whose listed party, stored party or score is another than before.
        gone: Alerts that are none any more, as they were before.
        entries: How many list entries were screened.
        screened: How many pairs of a stored party and a version of the lists were screened.
        complete: Whether everything was screened again, for the rarity of words was another.
    """

    new: tuple[Match, ...]
    changed: tuple[Match, ...]
    gone: tuple[Match, ...]
    entries: int
    screened: int
    complete: bool


def delta(
    previous: Screener,
    current: Screener,
    stored: Sequence[Query],
    before: Sequence[Query] | None = None,
    threshold: float | None = None,
) -> Delta:
    """Return what a new version of the lists changes for stored parties.

    Args:
        previous: The screener of the version before.
        current: The screener of the new version, built with the rarity of the one before.
        stored: The parties as they are now; each needs a key.
        before: The parties as they were; unchanged when left out.
        threshold: The score from which on a match is an alert; that of the kind of entity when left out.
    """
    complete = previous.rarity.version() != current.rarity.version()
    was, now = _entries(previous), _entries(current)
    touched = {entity for entity in was.keys() | now.keys() if complete or was.get(entity) != now.get(entity)}
    earlier = {query.key: query for query in (stored if before is None else before)}
    later = {query.key: query for query in stored}
    old = _alerts(previous, earlier, later, touched, threshold)
    new = _alerts(current, later, earlier, touched, threshold)
    return Delta(
        new=tuple(new[key] for key in sorted(new.keys() - old.keys())),
        changed=tuple(new[key] for key in sorted(new.keys() & old.keys()) if _differs(old[key], new[key])),
        gone=tuple(old[key] for key in sorted(old.keys() - new.keys())),
        entries=len(touched),
        screened=len(earlier) + len(later),
        complete=complete,
    )


def alerts(screener: Screener, stored: Iterable[Query], threshold: float | None = None) -> Alerts:
    """Return all alerts of stored parties, by the key of the party and the listed party: the full screening."""
    return {
        (query.key, scored.subject.entity): match_of(query, scored)
        for query in stored
        for scored in screener.scored(query, threshold, None, _MOST)
    }


def _alerts(
    screener: Screener,
    queries: Mapping[str, Query],
    others: Mapping[str, Query],
    touched: set[URIRef],
    threshold: float | None,
) -> Alerts:
    within: NDArray[np.bool_] = np.array([subject.entity in touched for subject in screener.subjects], np.bool_)
    found: Alerts = {}
    for key, query in queries.items():
        same = key in others and others[key].version == query.version
        for scored in screener.scored(query, threshold, within if same else None, _MOST):
            found[key, scored.subject.entity] = match_of(query, scored)
    return found


def _entries(screener: Screener) -> dict[URIRef, str]:
    return {subject.entity: subject.version for subject in screener.subjects}


def _differs(old: Match, new: Match) -> bool:
    return (old.score, old.subject_version, old.query_version) != (new.score, new.subject_version, new.query_version)
