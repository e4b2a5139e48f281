"""From rows of queries to statements on ownership: listings, arrangements, versions of regimes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from rdflib import URIRef

from ...dataset import Row
from ...errors import InputError
from ...ontology import CLEW, token
from ...statements import Value
from .model import Arrangement, Listing
from .regime import Regime
from .window import ALWAYS, Window

_DATES = CLEW.validFrom, CLEW.validFromLatest, CLEW.validUntilEarliest, CLEW.validUntil


Properties = dict[URIRef, list[Value]]


T = TypeVar("T")


def by_subject(rows: Iterable[Row], name: str) -> dict[URIRef, Properties]:
    """Return what rows of (subject, property, value) state of each subject."""
    found: dict[URIRef, Properties] = {}
    for row in rows:
        node, stated = row[name], row["property"]
        assert isinstance(node, URIRef)
        assert isinstance(stated, URIRef)
        found.setdefault(node, {}).setdefault(stated, []).append(row["value"])
    return found


def _window(stated: Properties) -> Window:
    if not any(term in stated for term in _DATES):
        return ALWAYS
    since, since_latest, until_earliest, until = (_days(stated, term) for term in _DATES)
    return Window(
        min(since, default=None),
        max(since_latest, default=None),
        min(until_earliest, default=None),
        max(until, default=None),
    )


def listings_of(rows: Iterable[Row]) -> Iterator[Listing]:
    """Yield the entries on lists, in order, each with all its programmes."""
    grouped: dict[tuple[URIRef, URIRef, URIRef], tuple[set[URIRef], Window]] = {}
    for row in rows:
        key = iri_of(row["listing"]), iri_of(row["party"]), iri_of(row["list"])
        programmes, _ = grouped.setdefault(key, (set(), _row_window(row)))
        if "programme" in row:
            programmes.add(iri_of(row["programme"]))
    for (iri, party, on), (programmes, window) in sorted(grouped.items(), key=lambda item: item[0]):
        yield Listing(iri, party, on, frozenset(programmes), window)


def arrangements_of(rows: Iterable[Row]) -> Iterator[Arrangement]:
    """Yield the joint arrangements, in order, each with all its parties."""
    parties: dict[URIRef, set[URIRef]] = defaultdict(set)
    rest: dict[URIRef, tuple[URIRef | None, Window]] = {}
    for row in rows:
        iri, company = iri_of(row["arrangement"]), row.get("company")
        parties[iri].add(iri_of(row["party"]))
        rest.setdefault(iri, (company if isinstance(company, URIRef) else None, _row_window(row)))
    for iri in sorted(parties):
        yield Arrangement(iri, tuple(sorted(parties[iri])), *rest[iri])


def _row_window(row: Row) -> Window:
    days = [row.get(name) for name in ("from", "fromLatest", "untilEarliest", "until")]
    since, since_latest, until_earliest, until = (day if isinstance(day, date) else None for day in days)
    return Window(since, since_latest, until_earliest, until) if any(days) else ALWAYS


def regime_of(iri: URIRef, stated: Properties, narrowed: frozenset[URIRef]) -> Regime:
    """Return a version of a regime from what its row of law states.

    Raises:
        InputError: A parameter is not stated.
    """
    status = _iris(stated, CLEW.legalStatus)
    return Regime(
        iri=iri,
        of=_one(iri, CLEW.versionOf, _iris(stated, CLEW.versionOf)),
        threshold=_one(iri, CLEW.threshold, _whole(stated, CLEW.threshold)),
        comparison=_one(iri, CLEW.comparison, _texts(stated, CLEW.comparison)),
        aggregation=_one(iri, CLEW.aggregation, _texts(stated, CLEW.aggregation)),
        pass_through=_one(iri, CLEW.passThrough, _texts(stated, CLEW.passThrough)),
        control_limb=next(iter(_texts(stated, CLEW.controlLimb)), "none"),
        seed_lists=frozenset(_iris(stated, CLEW.seedList)),
        seed_programmes=frozenset(_iris(stated, CLEW.seedProgramme)),
        narrowed=narrowed,
        scope="; ".join(sorted(_texts(stated, CLEW.regimeScope))),
        legal_status=_one(iri, CLEW.legalStatus, status),
        window=_window(stated),
        citation="; ".join(sorted(_texts(stated, CLEW.citation))),
    )


def _one(iri: URIRef, term: URIRef, values: Iterable[T]) -> T:
    for value in values:
        return value
    raise InputError(
        f"the regime version `{token(iri)}` states no `{token(term)}`",
        where=token(iri),
        help="complete its row in the table of ownership regimes",
    )


def _iris(stated: Properties, term: URIRef) -> tuple[URIRef, ...]:
    return tuple(sorted(value for value in stated.get(term, ()) if isinstance(value, URIRef)))


def _texts(stated: Properties, term: URIRef) -> list[str]:
    return [str(value) for value in stated.get(term, ()) if isinstance(value, str)]


def _whole(stated: Properties, term: URIRef) -> list[int]:
    return [value for value in stated.get(term, ()) if isinstance(value, int) and not isinstance(value, bool)]


def _days(stated: Properties, term: URIRef) -> list[date]:
    return [value for value in stated.get(term, ()) if isinstance(value, date)]


def iri_of(value: Value) -> URIRef:
    """Return a value that is known to be an IRI."""
    return URIRef(str(value))
