"""The ownership graph of a day as statements of the Beneficial Ownership Data Standard, version 0.4.

Each party becomes an entity or person record, each stake a relationship record. A jointly held stake becomes an
arrangement that holds it, with one relationship for each holder, as the standard's own example does. Bands keep their
open ends; a share that nobody states stays unstated.

Source: Open Ownership, BODS 0.4 (schema and code lists).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any

from ...ontology import curie
from .graph import OwnershipGraph
from .model import PERCENT, WHOLE, Kind
from .stake import Stake

Json = dict[str, Any]
_INTERESTS = {
    Kind.SHARES: "shareholding",
    Kind.VOTES: "votingRights",
    Kind.BOARD: "appointmentOfBoard",
    Kind.CONTROL: "otherInfluenceOrControl",
}
_OPEN = PERCENT // 100  # one unit beyond a hundredth of a percent is the mark of an open end


def bods(graph: OwnershipGraph, parties: Collection[int], publisher: str = "Clew") -> list[Json]:
    """Return parties and the stakes between them as BODS 0.4 statements, parties first.

    Args:
        graph: The graph of the day.
        parties: Numbers of the parties; stakes with an end outside are left out.
        publisher: The name under which the statements are published.
    """
    writer = _Writer(graph, publisher)
    found = [writer.party(party) for party in sorted(parties)]
    for number, stake in _between(graph, parties):
        found += writer.stake(number, stake)
    return found


def _between(graph: OwnershipGraph, parties: Collection[int]) -> Iterator[tuple[int, Stake]]:
    inside = set(parties)
    for company in sorted(inside):
        for number in graph.stakes_in(company):
            if inside.issuperset(graph.stakes[number].holders):
                yield number, graph.stakes[number]


class _Writer:
    def __init__(self, graph: OwnershipGraph, publisher: str) -> None:
        self._graph = graph
        self._about = {
            "publicationDate": graph.as_of.isoformat(),
            "bodsVersion": "0.4",
            "publisher": {"name": publisher},
        }

    def party(self, party: int) -> Json:
        """Return a party as an entity or a person record."""
        record, name = curie(self._graph.parties[party]), self._graph.label(party)
        numbers = [{"id": curie(one), "schemeName": "Clew"} for one in self._graph.records_of(party)]
        details: Json = {"isComponent": False, "identifiers": numbers}
        if party in self._graph.persons:
            details |= {"personType": "knownPerson", "names": [{"type": "legal", "fullName": name}]}
            return self._statement(record, record, "person", details)
        return self._statement(
            record, record, "entity", details | {"entityType": {"type": "legalEntity"}, "name": name}
        )

    def stake(self, number: int, stake: Stake) -> list[Json]:
        """Return a stake as relationship records, with an arrangement between where it is held jointly."""
        company, record = curie(self._graph.parties[stake.company]), f"stake-{number}"
        holders = [curie(self._graph.parties[holder]) for holder in stake.holders]
        if len(holders) == 1:
            return [self._relationship(record, company, company, holders[0], _interest(stake))]
        joint = f"{record}-joint"
        details: Json = {"isComponent": False, "entityType": {"type": "arrangement"}, "name": "Joint holding"}
        made = [self._statement(joint, company, "entity", details)]
        made.append(self._relationship(record, company, company, joint, _interest(stake)))
        inside = {"type": "rightsGrantedByContract", "directOrIndirect": "direct"}
        for place, holder in enumerate(holders, 1):
            made.append(self._relationship(f"{record}-{place}", company, joint, holder, inside))
        return made

    def _relationship(self, record: str, about: str, subject: str, holder: str, interest: Json) -> Json:
        details: Json = {"isComponent": False, "subject": subject, "interestedParty": holder, "interests": [interest]}
        return self._statement(record, about, "relationship", details)

    def _statement(self, record: str, about: str, kind: str, details: Json) -> Json:
        key = f"{record} {self._graph.as_of} {sorted(details.items(), key=lambda item: item[0])}"
        return {
            "statementId": sha256(key.encode()).hexdigest(),
            "declarationSubject": about,
            "statementDate": self._graph.as_of.isoformat(),
            "publicationDetails": self._about,
            "recordId": record,
            "recordStatus": "new",
            "recordType": kind,
            "recordDetails": details,
        }


def _interest(stake: Stake) -> Json:
    found: Json = {"type": _INTERESTS[stake.kind], "directOrIndirect": "direct"}
    share = _share(stake.minimum, stake.maximum) if stake.kind in (Kind.SHARES, Kind.VOTES) else {}
    dates = {}
    if stake.statements:
        since = [holding.window.since for holding in stake.statements]
        until = [holding.window.until for holding in stake.statements]
        dates["startDate"] = None if None in since else min(day for day in since if day)
        dates["endDate"] = None if None in until else max(day for day in until if day)
    stated = {name: day.isoformat() for name, day in dates.items() if day}
    return found | ({"share": share} if share else {}) | stated


def _share(minimum: int, maximum: int) -> Json:
    """Return an interval as a BODS share: exact, or with its ends, open ones marked as such; none where unknown."""
    if minimum == maximum:
        return {"exact": minimum / PERCENT}
    found: Json = {}
    if minimum > 0:
        is_open = minimum % _OPEN == 1
        found["exclusiveMinimum" if is_open else "minimum"] = (minimum - is_open) / PERCENT
    if maximum < WHOLE:
        is_open = maximum % _OPEN == _OPEN - 1
        found["exclusiveMaximum" if is_open else "maximum"] = (maximum + is_open) / PERCENT
    return found
