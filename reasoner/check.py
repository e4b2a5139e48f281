"""Checking one transaction: closure, ownership, rules, decision, each finding with its proof.

The order is the way of a fact: what the case states, what the ontology adds, what the ownership regimes say of the
parties as of the day, which rules fire, and what the findings come to together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rdflib import URIRef

from ..dataset import Dataset, Row, iri
from ..ontology import CLEW, mint, token
from ..shapes.catalogue import Rule
from ..shapes.compile import Compiled, compile_rule, solutions
from ..shapes.pattern import pattern
from ..statements import Statement
from .decide import decide, grade
from .derivation import Derivation
from .explain import Prover, explain, of_verdicts
from .finding import Answer, Finding, Missing, OwnershipStatus, Status
from .infer import Closure, close, derive_from, packaged
from .ownership import Assessment, assess, read
from .workbench import REFERENCE_INFERRED, Laid, Workbench

_STATED = "SELECT DISTINCT ?s ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g != ?inferred) }"
_PREDICATES = "SELECT DISTINCT ?p WHERE { ?s ?p ?o }"
_VERDICTS = {str(term) for term in (CLEW.verdictOn, CLEW.underRegime, CLEW.verdictStatus, CLEW.asOf, CLEW.restsOn)}
STANDS = ("in_force", "not_verified")  # law that counts; `not verified` is applied and said


@dataclass(frozen=True, slots=True)
class Question:
    """One transaction with its facts, and the day it is asked about.

    Attributes:
        id: The id of the case.
        as_of: The day.
        graph: The named graph of the facts.
        transaction: The focus node; a case of ownership alone has none.
        statements: The facts.
        refs: Loaded entities that the case names.
        aside: For a company, why records of holdings in it were set aside.
    """

    id: str
    as_of: date
    graph: URIRef
    transaction: URIRef | None
    statements: Sequence[Statement]
    refs: Sequence[URIRef] = ()
    aside: Mapping[URIRef, tuple[str, ...]] = field(default_factory=dict)


class Checker:
    """Checks cases against one release with one set of rules."""

    def __init__(self, bench: Workbench, rules: Sequence[Rule], rules_version: str) -> None:
        """Compile the rules once, and remember what the reference tables contribute to a closure."""
        self.bench = bench
        self.rules_version = rules_version
        self._rules = [(rule, compile_rule(rule)) for rule in rules]
        self._needs = {rule.id: needed_predicates(rule) for rule in rules}
        self._law = {str(iri(row, "p")) for row in bench.data.rows(_PREDICATES)}
        self._support = Support(bench.data)

    def check(self, question: Question) -> Answer:
        """Return the answer to a question."""
        with self.bench.lay(question.statements, question.graph, question.refs) as laid:
            data = laid.data
            closure = self._close(question, laid)
            assessment = assess(read(laid.holdings, question.as_of, question.aside))
            data.add(assessment.statements(all=True), mint("graph", "ownership", "case", question.id))
            predicates = {str(row["p"]) for row in laid.holdings.rows(_PREDICATES)}
            predicates |= {str(predicate) for _, predicate, _ in closure.inferred()}
            rules = self._able(self._law | _VERDICTS | predicates)
            findings = self._findings(question, data, rules, _prover(data, closure, assessment))
            return Answer(
                id=question.id,
                as_of=question.as_of,
                decision=decide(findings),
                grade=grade(findings),
                findings=findings,
                ownership=_ownership(assessment),
                missing=tuple(dict.fromkeys(self._missing(question, data))),
                release=self.bench.release.id,
                rules_version=self.rules_version,
            )

    def _close(self, question: Question, laid: Laid) -> Closure:
        stated = [*question.statements, *laid.copied]
        closure = close(packaged(), stated + self._support.of(stated))
        laid.data.add(closure.inferred(), mint("graph", "inferred", "case", question.id))
        return closure

    def _able(self, predicates: set[str]) -> list[tuple[Rule, Compiled]]:
        """Return the rules that can fire at all: nobody states one of the triples that the others need."""
        return [(rule, compiled) for rule, compiled in self._rules if self._needs[rule.id] <= predicates]

    def _findings(
        self, question: Question, data: Dataset, rules: Sequence[tuple[Rule, Compiled]], prover: Prover
    ) -> tuple[Finding, ...]:
        if question.transaction is None:
            return ()
        return tuple(
            to_finding(rule, row, question.as_of, prover)
            for rule, compiled in rules
            for row in best_rows(solutions(compiled, data, question.transaction))
        )

    def _missing(self, question: Question, data: Dataset) -> Iterator[Missing]:
        if question.transaction is None:
            return
        for rule, _ in self._rules:
            for fact in rule.missing:
                for row in data.rows(fact.select, this=question.transaction):
                    yield Missing(rule.id, token(str(row.get("value", question.transaction))), fact.label)


def needed_predicates(rule: Rule) -> frozenset[str]:
    """Return the predicates without which a rule cannot fire: those of triples that hold in each of its solutions."""
    return frozenset(str(each.predicate) for each in pattern(rule).required if isinstance(each.predicate, URIRef))


class Support:
    """What the reference tables say of the things that a case names, as far as the closure needs it."""

    _PREDICATES = (CLEW.partOf, CLEW.partOfEntry)

    def __init__(self, data: Dataset) -> None:
        """Read the containments of places and of control list entries."""
        self._from: dict[URIRef, list[Statement]] = {}
        for predicate in self._PREDICATES:
            for row in data.rows(_STATED, p=predicate, inferred=REFERENCE_INFERRED):
                subject = iri(row, "s")
                self._from.setdefault(subject, []).append((subject, predicate, row["o"]))

    def of(self, statements: Sequence[Statement]) -> list[Statement]:
        """Return the statements that start at a thing of the case, or at what those lead to."""
        waiting = {value for _, _, value in statements if isinstance(value, URIRef)}
        found: dict[Statement, None] = {}
        while waiting:
            here = waiting.pop()
            for statement in self._from.get(here, ()):
                if statement not in found and isinstance(statement[2], URIRef):
                    found[statement] = None
                    waiting.add(statement[2])
        return list(found)


def best_rows(rows: Sequence[Row]) -> list[Row]:
    """Return one solution for each subject: a certain one where there is one, else the first in a fixed order."""
    best: dict[object, Row] = {}
    for row in sorted(rows, key=lambda row: (bool(row.get("possible")), sorted((k, str(v)) for k, v in row.items()))):
        best.setdefault(row["value"], row)
    return sorted(best.values(), key=lambda row: str(row["value"]))


def to_finding(rule: Rule, row: Row, as_of: date, prover: Prover) -> Finding:
    """Return one solution of a rule as a finding with its proof, its path and its sentence."""
    proof, path, sentence = explain(rule, row, prover)
    legal = rule.legal_status(as_of)
    status = Status.POSSIBLE if row.get("possible") is True else Status.CERTAIN
    return Finding(
        rule=rule.id,
        transaction=iri(row, "this"),
        subject=iri(row, "value"),
        status=status if legal in STANDS else Status.NOT_IN_FORCE,
        severity=rule.severity,
        path=path,
        sentence=sentence,
        legal_status=legal,
        derivation=proof,
    )


def _prover(data: Dataset, closure: Closure, assessment: Assessment) -> Prover:
    drawn = set(closure.inferred())

    def by_axiom(statement: Statement) -> Derivation:
        if statement in drawn:
            return closure.derive(statement, prover.prove)
        return derive_from(data, packaged(), statement, prover.prove)

    def by_holdings(statement: Statement) -> Derivation:
        return of_verdicts(assessment.derive, prover.prove)(statement)

    prover = Prover(data, {"inferred": by_axiom, "ownership": by_holdings})
    return prover


def _ownership(assessment: Assessment) -> dict[str, dict[str, OwnershipStatus]]:
    answer: dict[str, dict[str, OwnershipStatus]] = {}
    for verdict in assessment.verdicts():
        regime = token(verdict.regime).partition(":")[2]
        answer.setdefault(regime, {})[token(verdict.party)] = verdict.status
    return answer
