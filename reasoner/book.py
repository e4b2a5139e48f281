"""The book of findings: every rule over every transaction of a dataset, and how each finding is explained later.

A release holds its findings as triples; their proofs are made again from the release whenever somebody asks, which
takes milliseconds and cannot drift from the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rdflib import RDF, URIRef

from ..dataset import Dataset, Row, iri
from ..errors import NotFoundError, QueryError
from ..ontology import CLEW, mint, token
from ..shapes.catalogue import Rule
from ..shapes.compile import compile_rule, solutions
from ..statements import Statement, Value
from .check import STANDS, best_rows, to_finding
from .derivation import Derivation
from .explain import Prover, fill, of_verdicts
from .finding import Finding
from .infer import derive_from, packaged
from .ownership import Assessment, assess, read
from .render import finding_id

_DAYS = "SELECT DISTINCT ?day WHERE { ?transaction a ?kind ; ?when ?day } ORDER BY ?day"


def days(data: Dataset) -> list[date]:
    """Return the days for which the transactions of a dataset are asked about, in order."""
    rows = data.rows(_DAYS, kind=CLEW.Transaction, when=CLEW.asOf)
    return [row["day"] for row in rows if isinstance(row["day"], date)]


class Book:
    """The findings of one dataset under one set of rules."""

    def __init__(self, data: Dataset, rules: Sequence[Rule], release: str) -> None:
        """Compile the rules; nothing runs yet."""
        self._data = data
        self._release = release
        self._rules = {str(rule.iri): (rule, compile_rule(rule)) for rule in rules}
        self._assessments: dict[date, Assessment] = {}

    def statements(self) -> Iterator[Statement]:
        """Yield the findings of all rules over all transactions, as triples."""
        for rule, compiled in self._rules.values():
            by_transaction: dict[str, list[Row]] = {}
            for row in solutions(compiled, self._data, None):
                by_transaction.setdefault(str(row["this"]), []).append(row)
            for rows in (by_transaction[key] for key in sorted(by_transaction)):
                for row in best_rows(rows):
                    yield from self._written(rule, row)

    def _written(self, rule: Rule, row: Row) -> Iterator[Statement]:
        transaction, subject, as_of = iri(row, "this"), iri(row, "value"), _day(row["asOf"])
        legal = rule.legal_status(as_of)
        status = ("possible" if row.get("possible") is True else "certain") if legal in STANDS else "not_in_force"
        key = finding_id(self._release, as_of.isoformat(), rule.id, str(transaction), str(subject))
        node = mint("finding", key)
        yield node, RDF.type, CLEW.Finding
        yield node, CLEW.foundBy, rule.iri
        yield node, CLEW.inTransaction, transaction
        yield node, CLEW.findingSubject, subject
        yield node, CLEW.findingStatus, status
        yield node, CLEW.severity, mint("severity", rule.severity)
        yield node, CLEW.asOf, as_of
        yield node, CLEW.sentence, fill(rule.sentence, row, self._data)

    def finding(self, id: str) -> Finding:
        """Return a finding with its proof.

        Raises:
            NotFoundError: The release holds no such finding.
        """
        node = mint("finding", id)
        stated = {predicate: self._data.objects(node, predicate) for predicate in _FINDING}
        if not all(stated.values()):
            raise NotFoundError(f"there is no finding `{id}` in this release", help="list them with /v1/findings")
        rule_iri, transaction, subject, day = (stated[predicate][0] for predicate in _FINDING)
        rule, compiled = self._rules[str(rule_iri)]
        rows = solutions(compiled, self._data, URIRef(str(transaction)))
        row = next(row for row in best_rows(rows) if row["value"] == subject)
        return to_finding(rule, row, _day(day), self.prover(_day(day)))

    def prover(self, as_of: date) -> Prover:
        """Return what proves statements of the dataset, with the ownership of one day."""

        def by_axiom(statement: Statement) -> Derivation:
            return derive_from(self._data, packaged(), statement, prover.prove)

        def by_holdings(statement: Statement) -> Derivation:
            return of_verdicts(self.assessment(as_of).derive, prover.prove)(statement)

        prover = Prover(self._data, {"inferred": by_axiom, "ownership": by_holdings})
        return prover

    def assessment(self, as_of: date) -> Assessment:
        """Return what the ownership regimes say on a day; kept, because a day is asked about again and again."""
        if as_of not in self._assessments:
            self._assessments[as_of] = assess(read(self._data, as_of))
        return self._assessments[as_of]

    def transactions(self) -> list[URIRef]:
        """Return the transactions of the dataset, in order."""
        rows = self._data.rows("SELECT ?t WHERE { ?t a ?kind }", kind=CLEW.Transaction)
        return sorted({iri(row, "t") for row in rows}, key=token)


def _day(value: Value) -> date:
    if not isinstance(value, date):
        raise QueryError(f"`{value}` is no day", help="build the release again")
    return value


_FINDING = (CLEW.foundBy, CLEW.inTransaction, CLEW.findingSubject, CLEW.asOf)
