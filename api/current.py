"""One release with what is prepared from it when the first question needs it: indexes, assessments, workers."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from functools import cached_property, lru_cache

from rdflib import URIRef

from ..reasoner.finding import OwnershipStatus
from ..reasoner.ownership import Assessment, OwnershipView, ViewNode, assess, read, view
from ..reasoner.search import NameIndex
from ..release import Release
from .profile import Profiles
from .service import Service
from .sparql_pool import Limits, Pool
from .standing import RegimeRow, material, regime_rows
from .words import key

_DAYS = 8  # assessments kept, one for each day that was asked about


class Current:
    """One release and what is prepared from it when the first question needs it."""

    def __init__(self, service: Service, limits: Limits) -> None:
        """Wrap the service of a release."""
        self.service = service
        self.release: Release = service.release
        self.pool = Pool(self.release.path / "store", limits)
        self._assess = lru_cache(maxsize=_DAYS)(self._assessment)
        self._lock = threading.Lock()

    @property
    def as_of(self) -> date:
        """Return the day of the release, which is meant where a question names no day."""
        return date.fromisoformat(self.release.manifest.as_of)

    @cached_property
    def names(self) -> NameIndex:
        """Return the index of all loaded names."""
        return NameIndex.build(self.release.data)

    @cached_property
    def lists(self) -> list[tuple[str, int]]:
        """Return the lists of the release with how many entities stand or stood on each, the longest first."""
        counts = Counter(each for lists in self.names.lists.values() for each in lists)
        return sorted(((key(each), count) for each, count in counts.items()), key=lambda row: (-row[1], row[0]))

    @cached_property
    def profiles(self) -> Profiles:
        """Return what answers questions about single entities."""
        return Profiles(self.release.data)

    def _assessment(self, as_of: date) -> Assessment:
        return assess(read(self.release.data, as_of))

    def assessment(self, as_of: date) -> Assessment:
        """Return what the ownership regimes say on a day."""
        with self._lock:
            return self._assess(as_of)

    def ownership(self, entity: URIRef, as_of: date) -> OwnershipView:
        """Return the holdings around an entity as of a day; one without any stands alone."""
        with self._lock:
            found = self._assess(as_of)
            if entity in found.graph.index:
                return view(found.graph, found, entity)
        return OwnershipView(entity, as_of, (self._alone(entity, as_of),), (), False)

    def picture(self, entity: URIRef, as_of: date) -> OwnershipView:
        """Return the holdings around an entity as a picture shows them: only with states that matter."""
        shown = self.ownership(entity, as_of)
        with self._lock:
            return material(shown, self._assess(as_of))

    def _alone(self, entity: URIRef, as_of: date) -> ViewNode:
        listed = [entry["list"] for entry in self.profiles.profile(entity, as_of)["listings"] if entry["holds"]]
        return ViewNode(entity, self.profiles.label(entity), tuple(sorted(set(listed))), {})

    def statuses(self, entity: URIRef, as_of: date) -> list[tuple[URIRef, OwnershipStatus]]:
        """Return what each ownership regime says of an entity because of its owners, in order of the regimes."""
        with self._lock:
            found = self._assess(as_of)
            return [(regime, found.status(regime, entity)) for regime in found.regimes]

    def regimes(self, entity: URIRef, as_of: date) -> list[RegimeRow]:
        """Return what each ownership regime says of an entity, with reasons and what would change it."""
        with self._lock:
            return regime_rows(self._assess(as_of), entity)
