"""Repeating an ownership step: what the verdict is about, whether its facts stood on the day, and the arithmetic.

The arithmetic needs the premises alone (`arithmetic.py`). What premises cannot show is looked up in the data: the
windows of holdings, listings and regime, and whether the regime adds up the shares of different listed parties.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdflib import URIRef

from ...dataset import Dataset
from ...errors import ProofError
from ...ontology import CLEW, curie, mint, token
from ...statements import Statement, Value
from ..derivation import Derivation, Fact, Inference
from .arithmetic import replay

_CAUGHT, _NOT_IN_FORCE = mint("status", "caught"), mint("status", "not_in_force")
_ALONE = ("none", "per_person", "per_party_or_joint")
_ABOUT = (CLEW.verdictOn, CLEW.underRegime, CLEW.asOf)


def check_ownership(step: Inference, data: Dataset) -> None:
    """Check that the shares named in the premises reach what the regime asks for.

    Raises:
        ProofError: They do not, a holder does not count, or something did not hold on the day.
    """
    verdict, predicate, value = step.conclusion
    if predicate in _ABOUT:
        _check_about(verdict, predicate, value)
        return
    if predicate != CLEW.verdictStatus:
        raise ProofError("a verdict says only whom it is about, under what, when, and its status")
    if value != _NOT_IN_FORCE:
        _check_days(step, data)
        _check_alone(step, data)
    replay(step)


def _check_about(verdict: URIRef, predicate: URIRef, value: Value) -> None:
    """Check that a verdict is on the party, under the regime and of the day that its own IRI names."""
    regime, day, party = token(verdict).partition(":")[2].split("/", 2)
    named = {CLEW.underRegime: f"regime:{regime}", CLEW.asOf: day}
    shown = token(value) if isinstance(value, URIRef) else str(value)
    if predicate == CLEW.verdictOn:
        right = isinstance(value, URIRef) and verdict == mint("verdict", regime, day, curie(value))
    else:
        right = shown == named[predicate]
    if not right:
        raise ProofError(f"the verdict on `{party}` is not about `{shown}`")


def _check_days(step: Inference, data: Dataset) -> None:
    """Check that the holdings, the listings and the version of the regime stood on the day of the verdict."""
    day = date.fromisoformat(token(step.conclusion[0]).split("/", 2)[1])
    certain = step.conclusion[2] == _CAUGHT
    stated = [premise.conclusion for premise in step.premises if isinstance(premise, Fact)]
    before = {subject for subject, predicate, _ in stated if predicate == CLEW.validUntil}  # stakes of an earlier time
    nodes = {subject for subject, predicate, _ in stated if predicate in (CLEW.heldIn, CLEW.onList)} - before
    for node in sorted({*nodes, step.rule}):
        starts = _days(data, node, CLEW.validFrom, CLEW.validFromLatest if certain else CLEW.validFrom)
        ends = _days(data, node, CLEW.validUntil, CLEW.validUntilEarliest if certain else CLEW.validUntil)
        if any(start > day for start in starts) or any(end <= day for end in ends):
            raise ProofError(f"`{token(node)}` did not stand on {day}")


def _days(data: Dataset, node: URIRef, *predicates: URIRef) -> Iterator[date]:
    for predicate in predicates:
        yield from (value for value in data.objects(node, predicate) if isinstance(value, date))


def _check_alone(step: Inference, data: Dataset) -> None:
    """Check that a regime that does not add up different listed parties is not made to do so."""
    if any(value in _ALONE for value in data.objects(step.rule, CLEW.aggregation)):
        whole = list(_stated_below(step))
        listed = {subject for subject, predicate, _ in whole if predicate == CLEW.listing}
        joined = {value for _, predicate, value in whole if predicate == CLEW.arrangementParty}
        if len(listed - joined) + bool(listed & joined) > 1:
            raise ProofError(f"`{token(step.rule)}` does not add up the shares of different listed parties")


def _stated_below(derivation: Derivation) -> Iterator[Statement]:
    if isinstance(derivation, Fact):
        yield derivation.conclusion
    elif isinstance(derivation, Inference):
        for premise in derivation.premises:
            yield from _stated_below(premise)
