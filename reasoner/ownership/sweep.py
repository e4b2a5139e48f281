"""When did this change: the verdicts on one party over all days on which anything about its owners begins or ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rdflib import URIRef

from ...dataset import Dataset
from .assessment import assess
from .build import build, versions
from .holdings import Holdings
from .model import Holding, name_of, span
from .records import Records, records
from .regime import Regime
from .window import Window


@dataclass(frozen=True, slots=True)
class Change:
    """The first day of a verdict.

    Attributes:
        regime: Whose verdict.
        day: The first day; nothing for the verdict before anything is dated.
        before: The verdict until then; nothing for the first one.
        status: The verdict from then on.
        minimum: What listed and caught parties hold at least from then on, in millionths of one percent.
        maximum: What they may hold at most.
        causes: What begins or ends on the day, as sentences.
    """

    regime: URIRef
    day: date | None
    before: str
    status: str
    minimum: int
    maximum: int
    causes: tuple[str, ...]


def sweep(data: Dataset, entity: URIRef, regimes: Collection[URIRef] | None = None) -> tuple[Change, ...]:
    """Return every change of the verdicts on a party, by regime and day.

    Args:
        data: The dataset.
        entity: The party.
        regimes: The regimes to ask; all that the dataset states when not given.
    """
    whole = records(data)
    known = versions(whole.regimes, date.max)
    chosen = tuple(sorted(known)) if regimes is None else tuple(regimes)
    return changes(upstream(whole, entity), entity, chosen)


def changes(facts: Records, entity: URIRef, regimes: Collection[URIRef]) -> tuple[Change, ...]:
    """Return every change of the verdicts on a party from the statements about its owners."""
    days = sorted({day for window in _windows(facts, regimes) for day in window.days()})
    before = [date.min, *days]
    return tuple(change for regime in regimes for change in _of_regime(facts, entity, regime, before))


def upstream(facts: Records, entity: URIRef) -> Records:
    """Return the statements that matter for a party on some day: those about its owners, at any depth."""
    same, records_of = facts.same, facts.members()
    stated = facts.holdings if isinstance(facts.holdings, Holdings) else Holdings(facts.holdings)
    partners = [party for arrangement in facts.arrangements for party in arrangement.parties]
    start = same.get(entity, entity)
    waiting, seen, kept = [start, *partners], {start, *partners}, dict[URIRef, Holding]()
    while waiting:
        company = waiting.pop()
        for holding in stated.within(records_of.get(company, (company,))):
            kept[holding.iri] = holding
            for holder in holding.holders:
                one = same.get(holder, holder)
                if one not in seen:
                    seen.add(one)
                    waiting.append(one)
    return replace(
        facts,
        holdings=tuple(kept[iri] for iri in sorted(kept, key=str)),
        listings=tuple(one for one in facts.listings if same.get(one.party, one.party) in seen),
        parties=(entity,),
    )


def _windows(facts: Records, regimes: Collection[URIRef]) -> Iterator[Window]:
    for stated in (facts.holdings, facts.listings, facts.arrangements):
        for one in stated:
            yield one.window
    for regime in facts.regimes:
        if regime.of in regimes:
            yield regime.window


def _of_regime(facts: Records, entity: URIRef, regime: URIRef, days: Iterable[date]) -> Iterator[Change]:
    last: tuple[str, int, int] | None = None
    for day in days:
        found = assess(build(facts, day), regimes=[regime]).status(regime, entity)
        state = found.status, found.minimum, found.maximum
        if state != last:
            causes = tuple(_causes(facts, regime, day))
            yield Change(regime, None if day == date.min else day, last[0] if last else "", *state, causes)
        last = state


def _causes(facts: Records, regime: URIRef, day: date) -> Iterator[str]:
    """Yield what begins or ends on a day."""
    for holding in facts.holdings:
        holders = " and ".join(facts.name(holder) for holder in holding.holders)
        what = f"{span(holding.minimum, holding.maximum)} of {facts.name(holding.company)} held by {holders}"
        yield from _turns(holding.window, day, what)
    for listing in facts.listings:
        yield from _turns(listing.window, day, f"the listing of {facts.name(listing.party)} on {name_of(listing.list)}")
    for version in facts.regimes:
        if version.of == regime:
            yield from _turns(version.window, day, _version(version))


def _version(version: Regime) -> str:
    state = name_of(version.legal_status).replace("_", " ")
    return f"the version of {version.name} that asks for {version.asks} ({state}; {version.citation})"


def _turns(window: Window, day: date, what: str) -> Iterator[str]:
    if day in (window.since, window.since_latest):
        yield f"{what} begins" if window.since_latest in (None, window.since) else f"{what} begins about then"
    if day in (window.until, window.until_earliest):
        yield f"{what} ends" if window.until_earliest in (None, window.until) else f"{what} ends about then"
