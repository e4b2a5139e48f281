"""Findings, and what a check of one transaction answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rdflib import URIRef

from .derivation import Derivation


class Status(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    COVERED = "covered"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired on a transaction and a subject as of a day, with its proof.

    Attributes:
        rule: The id of the rule in the catalogue.
        transaction: The focus node.
        subject: The value node: the party, item or thing the finding is about.
        status: How sure it is.
        severity: What it asks for, as the rule states it: prohibit, licence, duty, escalate, info or authorise.
        path: The ordered tokens that tell the finding, from the transaction to the fact that triggers it.
        sentence: The finding in English.
        legal_status: The state of law of the rule on the day, such as in_force or not_verified.
        derivation: How it follows.
    """

    rule: str
    transaction: URIRef
    subject: URIRef
    status: Status
    severity: str
    path: tuple[str, ...]
    sentence: str
    legal_status: str
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that was not known, and what it would decide."""

    rule: str
    subject: str
    fact: str


@dataclass(frozen=True, slots=True)
class OwnershipStatus:
    """What one ownership regime says of one party; shares in millionths of one percent."""

    status: str
    minimum: int
    maximum: int
    threshold: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check of one transaction answers, ready to be rendered."""

    id: str
    as_of: date
    decision: str
    grade: int
    findings: tuple[Finding, ...]
    ownership: dict[str, dict[str, OwnershipStatus]] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    release: str = ""
    rules_version: str = ""
