"""Decisions about matches: who said that a match is somebody else, why, and for how long that holds.

A decision is bound to the hashes of both records. As soon as the list changes its entry or the customer's record
changes, the decision no longer holds and the match is open again. A suppressed match stays in every answer and says by
which decision it is suppressed. With four eyes, a decision holds only once a second person has approved it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS, PROV

from ...errors import InputError
from ...ontology import mint
from ...statements import Statement
from .match import Match


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that a listed party is not the party asked about.

    Attributes:
        subject: The node of the party asked about.
        entity: The listed party.
        subject_version: The hash of what was asked when the decision was made.
        entity_version: The hash of the record of the listed party at that time.
        reason: Why it is somebody else, in words.
        author: Who decided.
        made: The day.
        expires: The day from which on it no longer holds; never when left out.
        approver: Who approved it.
        approved: The day of the approval.
    """

    subject: URIRef
    entity: URIRef
    subject_version: str
    entity_version: str
    reason: str
    author: str
    made: date
    expires: date | None = None
    approver: str = ""
    approved: date | None = None

    @property
    def iri(self) -> URIRef:
        """Return the node of the decision."""
        return mint("screening-decision", self.subject_version, self.entity_version, self.made.isoformat())

    def holds(self, match: Match, on: date, four_eyes: bool) -> bool:
        """Tell whether the decision suppresses a match on a day."""
        same = (self.subject_version, self.entity_version) == (match.query_version, match.subject_version)
        in_time = self.made <= on and (self.expires is None or on < self.expires)
        return same and in_time and (bool(self.approver) or not four_eyes)

    def statements(self) -> Iterator[Statement]:
        """Yield the decision as PROV-O: an activity that used both records, by a person, with its reason."""
        yield self.iri, RDF.type, PROV.Activity
        yield self.iri, RDFS.label, "not the listed party"
        yield self.iri, RDFS.comment, self.reason
        yield self.iri, PROV.endedAtTime, self.made
        if self.expires is not None:
            yield self.iri, DCTERMS.valid, self.expires
        for record, version in ((self.subject, self.subject_version), (self.entity, self.entity_version)):
            node = mint("record", version)
            yield self.iri, PROV.used, node
            yield node, RDF.type, PROV.Entity
            yield node, PROV.specializationOf, record
            yield node, DCTERMS.identifier, f"blake2b:{version}"
        yield from self._people()

    def _people(self) -> Iterator[Statement]:
        for name, day in ((self.author, self.made), (self.approver, self.approved)):
            if name:
                agent = mint("agent", name)
                yield self.iri, PROV.wasAssociatedWith, agent
                yield agent, RDF.type, PROV.Agent
                yield agent, RDFS.label, name
                if name == self.approver and day is not None:
                    yield self.iri, DCTERMS.dateAccepted, day


@dataclass(slots=True)
class Ledger:
    """All decisions, the newest last; nothing is ever removed.

    Attributes:
        on: The day on which matches are judged.
        four_eyes: Whether a decision holds only once a second person has approved it.
    """

    on: date
    four_eyes: bool = False
    decisions: list[Decision] = field(default_factory=list)

    def dismiss(self, match: Match, reason: str, author: str, expires: date | None = None) -> Decision:
        """Decide that a match is somebody else, and return the decision.

        Raises:
            InputError: The reason or the author is missing, or the decision ends before it begins.
        """
        if not reason.strip() or not author.strip():
            raise InputError(
                "a decision needs a reason and an author", help="say why it is somebody else, and who says so"
            )
        if expires is not None and expires <= self.on:
            raise InputError(f"the decision ends on `{expires}`, before it begins", help="give a later day")
        decision = Decision(
            match.query.iri, match.entity, match.query_version, match.subject_version, reason, author, self.on, expires
        )
        self.decisions.append(decision)
        return decision

    def approve(self, decision: Decision, approver: str) -> Decision:
        """Approve a decision as a second person, and return it approved.

        Raises:
            InputError: The approver made the decision, or there is no such decision.
        """
        if not approver.strip() or approver.strip().casefold() == decision.author.strip().casefold():
            raise InputError(f"`{approver}` cannot approve the decision", help="ask a second person")
        if decision not in self.decisions:
            raise InputError("there is no such decision", help="take it from the ledger")
        approved = replace(decision, approver=approver, approved=self.on)
        self.decisions.append(approved)
        return approved

    def marked(self, match: Match) -> Match:
        """Return a match with the decision that suppresses it, or with the one that did before a record changed."""
        for decision in reversed(self.decisions):
            if decision.holds(match, self.on, self.four_eyes):
                return replace(match, suppressed_by=decision)
        for decision in reversed(self.decisions):
            if (decision.subject, decision.entity) == (match.query.iri, match.entity):
                return replace(match, reopened=decision)
        return match

    def statements(self) -> Iterator[Statement]:
        """Yield all decisions as PROV-O."""
        yield from dict.fromkeys(statement for decision in self.decisions for statement in decision.statements())


def open_matches(matches: Iterable[Match]) -> list[Match]:
    """Return the matches that nobody has decided about, or whose decision no longer holds."""
    return [match for match in matches if match.suppressed_by is None]
