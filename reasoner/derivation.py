"""Derivations: how a statement follows from facts of sources by rules.

A derivation is a fact, an absence, or an inference from other derivations. Every producer (the OWL closure, the
ownership kernel, the policy rules, screening, identity) hands back this one type; rendering and checking stand apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rdflib import URIRef

from ..statements import Statement


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact stands: its named graph, publisher, file with hash, record and date.

    `note` says where the publisher itself has it from, in its own words.
    """

    graph: URIRef
    publisher: str = ""
    file: str = ""
    sha256: str = ""
    record: str = ""
    taken: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that a source makes."""

    conclusion: Statement
    origin: Origin


@dataclass(frozen=True, slots=True)
class Absence:
    """The observation that no graph holds a pattern, such as a licence for a transaction.

    `pattern` is a SPARQL group with the values written in, so that anybody can ask again.
    """

    pattern: str
    says: str


class Kind(StrEnum):
    """The kind of step an inference takes."""

    AXIOM = "axiom"
    OWNERSHIP = "ownership"
    POLICY = "policy"
    IDENTITY = "identity"
    SCREENING = "screening"
    ROUTE = "route"


@dataclass(frozen=True, slots=True)
class Inference:
    """A statement that follows from premises by a rule.

    Attributes:
        conclusion: What follows.
        kind: The producer that can check the step again.
        rule: The IRI of the policy rule, regime version or ontology term whose axiom was applied.
        says: The step as an English sentence.
        bindings: Names and values that the rule was applied with, in order of name.
        premises: What it follows from, in the order a reader should see.
    """

    conclusion: Statement
    kind: Kind
    rule: URIRef
    says: str
    bindings: tuple[tuple[str, str], ...]
    premises: tuple[Derivation, ...]


Derivation = Fact | Absence | Inference


def leaves(derivation: Derivation) -> Iterator[Fact | Absence]:
    """Yield the facts and absences that a derivation rests on, in order, each once for each use."""
    if isinstance(derivation, Inference):
        for premise in derivation.premises:
            yield from leaves(premise)
    else:
        yield derivation
