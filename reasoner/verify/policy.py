"""Repeating a policy step: the rule's own query, run by rdflib on nothing but the premises."""

from __future__ import annotations

from collections.abc import Iterator

import rdflib
from rdflib import URIRef

from ...dataset import Dataset
from ...errors import ProofError
from ...shapes.catalogue import Rule
from ...shapes.compile import compile_rule, solutions
from ...shapes.pattern import premises
from ...statements import Statement, Text, Value
from ..derivation import Absence, Fact, Inference


def check_policy(step: Inference, rule: Rule) -> None:
    """Check that a rule fires on the premises of a step, and that the proof asked for every absence the rule needs.

    Raises:
        ProofError: The rule does not fire, or an absence that it depends on was not looked for.
    """
    transaction, _, subject = step.conclusion
    stated = list(_stated(step))
    if not isinstance(subject, URIRef) or not _fires(rule, stated, transaction, subject):
        raise ProofError(f"rule `{rule.id}` does not fire on the premises", help="ask for the explanation again")
    asked = {premise.pattern for premise in step.premises if isinstance(premise, Absence)}
    if not any(needed <= asked for needed in _needed_absences(rule, stated, transaction, subject)):
        raise ProofError(f"the proof leaves out an absence that rule `{rule.id}` rests on")


def _stated(step: Inference) -> Iterator[Statement]:
    for premise in step.premises:
        if isinstance(premise, Fact | Inference):
            yield premise.conclusion


def _fires(rule: Rule, stated: list[Statement], transaction: URIRef, subject: URIRef) -> bool:
    graph = rdflib.Graph()
    for subject_, predicate, value in stated:
        graph.add((subject_, predicate, rdflib_term(value)))
    answer = graph.query(rule.select, initBindings={"this": transaction})
    return any(row.get(rdflib.Variable("value")) == subject for row in answer.bindings)


def _needed_absences(rule: Rule, stated: list[Statement], transaction: URIRef, subject: URIRef) -> Iterator[set[str]]:
    """Yield, for each way in which the rule fires on the premises, the absences that it needs."""
    data = Dataset()
    data.add(stated, URIRef("urn:premises"))
    for row in solutions(compile_rule(rule), data, transaction):
        if row["value"] == subject:
            yield set(premises(rule, row, data).absences)


def rdflib_term(value: Value) -> rdflib.term.Node:
    """Return a value as a term of rdflib."""
    if isinstance(value, URIRef):
        return value
    if isinstance(value, Text):
        return rdflib.Literal(value.words, lang=value.language)
    return rdflib.Literal(value)
