"""A policy rule as a value: its pattern, its law, its periods, and how a finding of it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

SEVERITIES = ("prohibit", "licence", "duty", "escalate", "caution", "info", "authorise")
LEGAL_STATUSES = ("in_force", "not_yet_effective", "suspended", "repealed", "not_enforced", "not_verified")


@dataclass(frozen=True, slots=True)
class Validity:
    """The state of law of a rule in one period, and the day on which somebody last verified it.

    Attributes:
        valid_from: The first day; none when the period is open to the past.
        valid_until: The first day after; none when the period is open to the future.
        legal_status: One of the six states of law.
        verified_on: The day of the last look at the source.
    """

    valid_from: date | None
    valid_until: date | None
    legal_status: str
    verified_on: date

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the period."""
        return (self.valid_from or date.min) <= day < (self.valid_until or date.max)


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that a rule needs, and the query that tells where it is not known."""

    label: str
    select: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One policy rule.

    Attributes:
        iri: The name of the rule, `rule:US-EL-01`.
        id: Its id in the catalogue.
        label: Its title.
        definition: What it says, in one sentence.
        citation: The paragraphs of law or guidance it rests on.
        regime: The legal order.
        severity: What a finding asks for, one of `SEVERITIES`.
        validity: Its periods with their states of law, in order of time.
        target: The class of the focus nodes.
        select: The query, with its prefixes.
        message: What SHACL engines report.
        evidence_path: The ordered steps that a finding shows.
        sentence: The sentence that tells a finding.
        hint: What would make a finding go away.
        missing: Facts the rule needs.
        version: A hash of the file.
    """

    iri: URIRef
    id: str
    label: str
    definition: str
    citation: str
    regime: str
    severity: str
    validity: tuple[Validity, ...]
    target: URIRef
    select: str
    message: str
    evidence_path: tuple[str, ...]
    sentence: str
    hint: str
    missing: tuple[MissingFact, ...]
    version: str

    def legal_status(self, as_of: date) -> str:
        """Return the state of law on a day: not yet effective before the first period, repealed after the last."""
        for period in self.validity:
            if period.holds(as_of):
                return period.legal_status
        first = self.validity[0].valid_from
        return "not_yet_effective" if first is not None and as_of < first else "repealed"
