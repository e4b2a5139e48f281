"""Repeating an ownership step: the premises' own integers are added and held against the regime's own threshold.

A holder counts when the premises state its listing on a list that the regime extends, or conclude that it is reached
itself. For `caught` the lower ends of the shares must reach the threshold; for `possibly` the upper ends. A `review`
leaves the judgement to a person: its facts are looked up, and nothing is added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from rdflib import URIRef

from ...dataset import Dataset
from ...errors import ProofError
from ...ontology import CLEW, curie, mint, token
from ...statements import Statement, Value
from ..derivation import Derivation, Fact, Inference, Kind

_WHOLE = 100_000_000  # one hundred percent
_CAUGHT, _POSSIBLY, _REVIEW = (mint("status", name) for name in ("caught", "possibly", "review"))
_CONTROL = {mint("holding-kind", name) for name in ("board", "control")}
_MULTIPLY, _ALONE = "multiply", ("none", "per_person", "per_party_or_joint")
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
    if value == _REVIEW:
        return
    if predicate != CLEW.verdictStatus or value not in (_CAUGHT, _POSSIBLY):
        raise ProofError("only the status of a verdict has arithmetic to repeat")
    stated = Stated.of(step.premises)
    _check_days(stated, step, data)
    _check_alone(step, data)
    if data.objects(step.rule, CLEW.passThrough) == [_MULTIPLY]:
        _check_sum(_multiplied(stated, value), step.rule, data)
    else:
        _check_sum(_cascaded(stated, value), step.rule, data)


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


@dataclass(slots=True)
class Stated:
    """What the premises of one step state, by predicate and subject."""

    by: dict[URIRef, dict[URIRef, list[Value]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    reached: set[Value] = field(default_factory=set)

    @classmethod
    def of(cls, premises: Iterable[Derivation]) -> Stated:
        """Read the premises of a step; a nested verdict says that its company is reached."""
        stated = cls()
        for premise in premises:
            if isinstance(premise, Fact) or (isinstance(premise, Inference) and premise.kind is not Kind.OWNERSHIP):
                subject, predicate, value = premise.conclusion
                stated.by[predicate][subject].append(value)
            elif isinstance(premise, Inference):
                below = cls.of(premise.premises).by[CLEW.heldIn].values()
                stated.reached.update(company for companies in below for company in companies)
        return stated

    def values(self, subject: Value, predicate: URIRef) -> list[Value]:
        """Return what the premises state of a subject."""
        return self.by[predicate].get(subject, []) if isinstance(subject, URIRef) else []

    def counts(self, party: Value) -> bool:
        """Tell whether the premises say that a party is listed, or reached itself."""
        listings = self.values(party, CLEW.listing)
        return party in self.reached or any(self.values(entry, CLEW.onList) for entry in listings)

    def partners(self, party: Value) -> set[Value]:
        """Return the parties bound with a party by a joint arrangement that the premises state."""
        pacts = [set(parties) for parties in self.by[CLEW.arrangementParty].values()]
        return {other for pact in pacts if party in pact for other in pact}


def _cascaded(stated: Stated, status: Value) -> int:
    """Return what the counted holdings add to; of a complete register, what the others leave at least."""
    total, others = 0, 0
    for holding in sorted(stated.by[CLEW.heldIn]):
        holders = stated.values(holding, CLEW.holder)
        least = min(_shares(stated, holding, CLEW.shareMinimum), default=0)
        most = max(_shares(stated, holding, CLEW.shareMaximum), default=_WHOLE)
        if any(stated.counts(one) or any(map(stated.counts, stated.partners(one))) for one in holders):
            if set(stated.values(holding, CLEW.holdingKind)) & _CONTROL:
                return _WHOLE
            total += least if status == _CAUGHT else most
        elif stated.by[CLEW.registerComplete] and status == _CAUGHT:
            others += most
        else:
            raise ProofError(f"no premise says that a holder of `{token(holding)}` is listed or reached")
    return max(total, _WHOLE - others) if stated.by[CLEW.registerComplete] and status == _CAUGHT else total


def _shares(stated: Stated, holding: URIRef, end: URIRef) -> list[int]:
    return [share for share in stated.values(holding, end) if isinstance(share, int)]


def _multiplied(stated: Stated, status: Value) -> int:
    """Return what one person owns through all chains, each the product of its shares, rounded down to a whole unit."""
    end = CLEW.shareMinimum if status == _CAUGHT else CLEW.shareMaximum
    unknown = 0 if status == _CAUGHT else _WHOLE
    edges = [
        (holder, company, Fraction(max(_shares(stated, holding, end), default=unknown), _WHOLE))
        for holding, companies in stated.by[CLEW.heldIn].items()
        for company in companies
        for holder in stated.values(holding, CLEW.holder)
    ]
    owned: dict[Value, Fraction] = defaultdict(Fraction)
    flow = _sources(edges)
    for _ in range(64 * (len(edges) + 1)):
        step: dict[Value, Fraction] = defaultdict(Fraction)
        for holder, company, share in edges:
            if holder in flow:
                step[company] += flow[holder] * share
        if not step:
            break
        for company, part in step.items():
            owned[company] += part
        flow = dict(step)
    targets = {company for _, company, _ in edges} - {holder for holder, _, _ in edges}
    return max((int(owned[company] * _WHOLE) for company in targets or owned), default=0)


def _sources(edges: list[tuple[Value, Value, Fraction]]) -> dict[Value, Fraction]:
    companies = {company for _, company, _ in edges}
    return {holder: Fraction(1) for holder, _, _ in edges if holder not in companies}


def _check_sum(total: int, version: URIRef, data: Dataset) -> None:
    thresholds = [value for value in data.objects(version, CLEW.threshold) if isinstance(value, int)]
    strict = data.objects(version, CLEW.comparison) != [">="]
    if not thresholds or total < thresholds[0] + strict:
        raise ProofError(f"the shares add to {total}, `{token(version)}` asks for {thresholds}")


def _check_days(stated: Stated, step: Inference, data: Dataset) -> None:
    """Check that the holdings, the listings and the version of the regime stood on the day of the verdict."""
    day = date.fromisoformat(token(step.conclusion[0]).split("/", 2)[1])
    certain = step.conclusion[2] == _CAUGHT
    for node in [*stated.by[CLEW.heldIn], *stated.by[CLEW.onList], step.rule]:
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
