"""Where a transaction says one thing and its facts another, and what somebody observed.

A chain of shipments alone is ordinary trade. It becomes more than possible diversion when what was declared does not
agree with what is known: end use, end user, value, customs code, origin, country of payment, address, papers, events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rdflib import RDFS, URIRef
from rdflib.namespace import SKOS

from ...dataset import Dataset, Row, iri
from ...ontology import CLEW, mint, token
from ...queries.catalogue import query
from ...statements import Statement, Value
from ..derivation import Derivation, Inference
from ..derivation import Kind as Step

Producer = Callable[[Statement], Derivation]


class Kind(StrEnum):
    """What a contradiction is about; `knowledge` is a fact that somebody observed."""

    END_USE = "end-use"
    END_USER = "end-user"
    VALUE = "value"
    HS = "hs"
    ORIGIN = "origin"
    PAYER = "payer"
    ADDRESS = "address"
    CERTIFICATE = "certificate"
    KNOWLEDGE = "knowledge"
    EVENT = "event"


# The statements behind a row of each query, as (subject, predicate, object); `$` stands for the transaction.
_PATTERNS: dict[Kind, tuple[tuple[str, URIRef, str], ...]] = {
    Kind.END_USE: (
        ("$", CLEW.hasEndUse, "use"),
        ("use", CLEW.declaredEndUse, "declared"),
        ("use", CLEW.actualEndUse, "actual"),
    ),
    Kind.END_USER: (
        ("$", CLEW.hasDocument, "document"),
        ("document", CLEW.issuer, "declared"),
        ("$", CLEW.hasRole, "role"),
        ("role", CLEW.rolePlayer, "actual"),
    ),
    Kind.VALUE: (
        ("$", CLEW.hasItem, "item"),
        ("item", CLEW.declaredAs, "declaration"),
        ("declaration", CLEW.value, "stated"),
        ("stated", CLEW.amount, "declared"),
        ("item", CLEW.value, "worth"),
        ("worth", CLEW.amount, "actual"),
    ),
    Kind.HS: (
        ("$", CLEW.hasItem, "item"),
        ("item", CLEW.declaredAs, "declaration"),
        ("declaration", CLEW.declaredHS, "declared"),
        ("item", CLEW.hsCode, "actual"),
    ),
    Kind.ORIGIN: (
        ("$", CLEW.hasItem, "item"),
        ("item", CLEW.declaredAs, "declaration"),
        ("declaration", CLEW.declaredOrigin, "declared"),
        ("item", CLEW.origin, "actual"),
    ),
    Kind.PAYER: (
        ("$", CLEW.hasRole, "role"),
        ("role", CLEW.rolePlayer, "buyer"),
        ("buyer", CLEW.country, "declared"),
        ("$", CLEW.hasPayment, "payment"),
        ("payment", CLEW.payerCountry, "actual"),
    ),
    Kind.ADDRESS: (
        ("$", CLEW.hasConsignment, "consignment"),
        ("consignment", CLEW.hasLeg, "leg"),
        ("leg", CLEW.legConsignee, "consignee"),
        ("consignee", CLEW.country, "declared"),
        ("leg", CLEW.arrivalPlace, "actual"),
    ),
    Kind.CERTIFICATE: (
        ("$", CLEW.hasDocument, "document"),
        ("document", CLEW.documentStatus, "actual"),
    ),
    Kind.KNOWLEDGE: (
        ("$", CLEW.hasObservation, "observation"),
        ("observation", CLEW.observationType, "actual"),
    ),
}

_SAYS = {
    Kind.END_USE: "the goods are declared for `{declared}` and known to be for `{actual}`",
    Kind.END_USER: "{declared} gave the end user statement, and {actual} is the end user",
    Kind.VALUE: "the goods are declared at {declared} and worth {actual}",
    Kind.HS: "the goods are declared under {declared} and belong under {actual}",
    Kind.ORIGIN: "the goods are declared to be from {declared} and are from {actual}",
    Kind.PAYER: "the buyer is in {declared} and the payment comes from {actual}",
    Kind.ADDRESS: "{consignee} is in {declared} and receives the goods in {actual}",
    Kind.CERTIFICATE: "the document {document} is false",
    Kind.KNOWLEDGE: "somebody observed: {actual}",
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something about a transaction that does not agree with what was declared, or that somebody observed.

    Attributes:
        kind: What it is about.
        transaction: The transaction.
        subject: The node that carries it.
        says: The contradiction as a sentence.
        statements: The statements it rests on.
    """

    kind: Kind
    transaction: URIRef
    subject: URIRef
    says: str
    statements: tuple[Statement, ...]

    def derive(self, fact: Producer) -> Inference:
        """Return how it follows from what sources state."""
        return Inference(
            (self.transaction, CLEW.findingSubject, self.subject),
            Step.ROUTE,
            mint("route", f"contradiction-{self.kind.value}"),
            self.says,
            (),
            tuple(fact(statement) for statement in self.statements),
        )


def contradictions(data: Dataset, transaction: URIRef) -> tuple[Contradiction, ...]:
    """Return what contradicts the declarations of a transaction, and what was observed, in order."""
    found = [
        _read(kind, pattern, row, transaction)
        for kind, pattern in _PATTERNS.items()
        for row in data.rows(query(f"routes/contradiction-{kind.value}").text, transaction=transaction)
    ]
    found += _events(data.rows(query("routes/events").text, transaction=transaction), transaction)
    once = {(one.kind, one.subject, one.says): one for one in found}
    return tuple(once[key] for key in sorted(once))


def _read(kind: Kind, pattern: Sequence[tuple[str, URIRef, str]], row: Row, transaction: URIRef) -> Contradiction:
    def node(name: str) -> URIRef:
        return transaction if name == "$" else iri(row, name)

    said: dict[str, Value] = {name: row[name] for _, _, name in pattern}
    shown = {name: token(value) if isinstance(value, URIRef) else str(value) for name, value in said.items()}
    statements = tuple((node(one), predicate, row[other]) for one, predicate, other in pattern)
    return Contradiction(kind, transaction, statements[0][2], _SAYS[kind].format(**shown), statements)  # type: ignore[arg-type]


def _events(rows: Sequence[Row], transaction: URIRef) -> Iterator[Contradiction]:
    """Yield events whose word a rule takes as a sign, where they happened as often as the rule asks."""
    once = {(iri(row, "subject"), iri(row, "event")): row for row in sorted(rows, key=lambda row: str(row["row"]))}
    often = Counter((subject, str(row["word"])) for (subject, _), row in once.items())
    for (subject, event), row in sorted(once.items()):
        least, sign = row.get("least", 1), iri(row, "row")
        if isinstance(least, int) and often[subject, str(row["word"])] < least:
            continue
        statements: list[Statement] = [
            (subject, CLEW.hasEvent, event),
            (event, CLEW.eventType, row["word"]),
            (sign, SKOS.notation, row["word"]),
        ]
        statements += [(sign, RDFS.label, row["label"])] if "label" in row else []
        says = f"on the way of {token(subject)}: {row.get('label', row['word'])}"
        yield Contradiction(Kind.EVENT, transaction, event, says, tuple(statements))
