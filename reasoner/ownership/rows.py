"""From rows of queries to statements on ownership: holdings, listings, arrangements, versions of regimes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from rdflib import URIRef

from ...dataset import Row
from ...errors import InputError
from ...ontology import CLEW, mint, token
from ...statements import Value
from .model import WHOLE, Arrangement, Holding, Kind, Listing
from .regime import Regime
from .window import ALWAYS, Window

INDIRECT = mint("holding-kind", "indirect")  # restates a chain; the chain itself is what counts


_KINDS = {
    mint("holding-kind", "shares"): Kind.SHARES,
    mint("holding-kind", "joint"): Kind.SHARES,
    mint("holding-kind", "votes"): Kind.VOTES,
    mint("holding-kind", "board"): Kind.BOARD,
    mint("holding-kind", "control"): Kind.CONTROL,
}


# Looked up once, because a holding of a large dataset passes here a million times.
_HOLDER, _COMPANY, _KIND, _NOTE = CLEW.holder, CLEW.heldIn, CLEW.holdingKind, CLEW.sourceNote


_LEAST, _MOST = CLEW.shareMinimum, CLEW.shareMaximum


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


def holdings_of(rows: Iterable[Row]) -> Iterator[Holding]:
    """Yield the holdings, in order; a summary of a chain is none, because the chain itself is stated."""
    for iri, stated in sorted(by_subject(rows, "holding").items()):
        kind = next(iter(stated.get(_KIND, [])), None)
        holders, companies = _iris(stated, _HOLDER), _iris(stated, _COMPANY)
        if kind != INDIRECT and holders and companies:
            yield _holding(iri, holders, companies[0], kind, stated)


def _holding(
    iri: URIRef, holders: tuple[URIRef, ...], company: URIRef, kind: Value | None, stated: Properties
) -> Holding:
    least, most = _whole(stated, _LEAST), _whole(stated, _MOST)
    minimum = min(least, default=0)
    maximum = max(most, default=WHOLE)
    sound = 0 <= minimum <= maximum <= WHOLE
    said = kind if isinstance(kind, URIRef) else None
    what = Kind.SHARES if said is None else _KINDS.get(said, Kind.CONTROL)
    note = "; ".join(sorted(_texts(stated, _NOTE)))
    if not sound:
        minimum, maximum = 0, WHOLE
    known = bool(least or most)
    return Holding(iri, holders, company, what, minimum, maximum, known, sound, _window(stated), note, said)


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
