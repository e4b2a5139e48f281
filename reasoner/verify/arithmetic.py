"""Repeating a step of an ownership proof from its premises alone.

Nothing of the reasoner runs here: the shares that the premises state are added up and held against the threshold that
the premises state. A step that leans on anything its premises do not say fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from rdflib import OWL, RDF, URIRef

from ...errors import ProofError
from ...ontology import CLEW, curie, mint, token
from ...statements import Value
from ..derivation import Absence, Fact, Inference

_WHOLE = 100_000_000
_NAMES = {mint("status", name): name for name in ("caught", "possibly", "review", "clear", "not_in_force")}
_AMONG = {"caught": {"caught"}, "possibly": {"caught", "possibly"}, "review": {"caught", "possibly", "review"}}
_DORMANT = {mint("legal", "suspended"), mint("legal", "not_enforced")}
_LINKS = {mint("holding-kind", "board"), mint("holding-kind", "control")}


def replay(step: Inference) -> None:
    """Repeat one step of an ownership proof.

    Args:
        step: A step of kind `ownership`; the steps it rests on are taken as they conclude.

    Raises:
        ProofError: The premises do not carry the conclusion; or the step says `clear`, which no premises can show,
            because it rests on nobody else being stated.
    """
    status = _NAMES.get(URIRef(str(step.conclusion[2])), "")
    said = _Said(step)
    if status == "not_in_force":
        said.dormant()
    elif status not in _AMONG:
        raise ProofError(f"a status `{status}` cannot be repeated from premises", help="ask the release again")
    elif said.text(CLEW.passThrough) == "multiply":
        said.multiplied(status)
    else:
        said.reached(status)


class _Said:
    """What the premises of a step say."""

    def __init__(self, step: Inference) -> None:
        self._step = step
        self._by: dict[tuple[URIRef, URIRef], list[Value]] = defaultdict(list)
        self._nested: dict[URIRef, str] = {}
        for premise in step.premises:
            if isinstance(premise, Fact | Inference):
                subject, predicate, value = premise.conclusion
                self._by[subject, predicate].append(value)
                if predicate == CLEW.verdictStatus:
                    self._nested[subject] = _NAMES.get(URIRef(str(value)), "")

    def text(self, predicate: URIRef) -> str:
        """Return what the version of the regime states for a predicate, as text."""
        return "".join(str(value) for value in self._by[self._step.rule, predicate])

    def dormant(self) -> None:
        """Check that the rule is not applied on the day."""
        absent = any(isinstance(premise, Absence) for premise in self._step.premises)
        if not absent and URIRef(self.text(CLEW.legalStatus)) not in _DORMANT:
            raise ProofError("no premise says that the rule is not applied")

    def reached(self, status: str) -> None:
        """Check that the holdings which count reach the threshold."""
        companies = {self._one(value) for _, value in self._all(CLEW.heldIn)}
        if len(companies) != 1:
            raise ProofError("the holdings of one step must be in one company")
        counted: list[URIRef] = []
        rest: list[URIRef] = []
        for holding, _ in self._all(CLEW.heldIn):
            (counted if self._counts(holding, status) else rest).append(holding)
        links = _LINKS if status == "review" else {mint("holding-kind", "board")}
        if any(set(self._by[holding, CLEW.holdingKind]) & links for holding in counted):
            return
        kinds = {str(self._by[holding, CLEW.holdingKind]) for holding in counted}
        if len(kinds) > 1:
            raise ProofError("shares and votes are added up")
        if not any(self._enough(share) for share in self._sums(counted, rest, status)):
            raise ProofError(f"the shares do not reach the threshold: {self._step.says}")

    def _sums(self, counted: list[URIRef], rest: list[URIRef], status: str) -> Iterator[int]:
        """Yield what the holdings which count come to, each way it can be shown."""
        if status != "possibly":
            yield sum(self._share(holding, CLEW.shareMinimum, 0) for holding in counted)
        if status != "caught":
            yield min(_WHOLE, sum(self._share(holding, CLEW.shareMaximum, _WHOLE) for holding in counted))
        if True in [value for _, value in self._all(CLEW.registerComplete)] and counted:
            yield _WHOLE - sum(self._share(holding, CLEW.shareMaximum, _WHOLE) for holding in rest)

    def multiplied(self, status: str) -> None:
        """Check that one owner's shares, multiplied along chains, reach the threshold."""
        if status == "review" and any(value in _LINKS for _, value in self._all(CLEW.holdingKind)):
            return
        end, default = (CLEW.shareMinimum, 0) if status == "caught" else (CLEW.shareMaximum, _WHOLE)
        shares: dict[tuple[URIRef, URIRef], Fraction] = {}
        for holding, company in self._all(CLEW.heldIn):
            holders = [self._one(value) for value in self._by[holding, CLEW.holder]]
            for holder in holders:
                part = Fraction(self._share(holding, end, default), _WHOLE * len(holders))
                shares[holder, self._one(company)] = shares.get((holder, self._one(company)), Fraction(0)) + part
        owners = {self._one(subject) for subject, value in self._all(RDF.type) if value == CLEW.Person}
        owners |= {self._one(subject) for subject, _ in self._all(CLEW.listing)}
        target = next((one for _, one in shares if self._verdict(one) == self._step.conclusion[0]), None)
        if target is None or not any(self._enough(_flow(shares, owner, target) * _WHOLE) for owner in owners):
            raise ProofError(f"the shares do not reach the threshold: {self._step.says}")

    def _enough(self, share: int | Fraction) -> bool:
        threshold = [value for value in self._by[self._step.rule, CLEW.threshold] if isinstance(value, int)]
        if len(threshold) != 1:
            raise ProofError("no premise states the threshold")
        return share > threshold[0] if self.text(CLEW.comparison) == ">" else share >= threshold[0]

    def _share(self, holding: URIRef, end: URIRef, default: int) -> int:
        return next((value for value in self._by[holding, end] if isinstance(value, int)), default)

    def _counts(self, holding: URIRef, status: str) -> bool:
        holders = [self._one(value) for value in self._by[holding, CLEW.holder]]
        found = [self._stands(holder, status) for holder in holders]
        return any(found) or any(
            self._stands(partner, status) for holder in holders for partner in self._partners(holder)
        )

    def _partners(self, holder: URIRef) -> Iterator[URIRef]:
        for arrangement, party in self._all(CLEW.arrangementParty):
            if self._one(party) == holder:
                yield from (self._one(value) for value in self._by[arrangement, CLEW.arrangementParty])

    def _stands(self, party: URIRef, status: str) -> bool:
        """Tell whether a premise says that a party is listed, or that it is reached itself."""
        if self._nested.get(self._verdict(party), "") in _AMONG[status]:
            return True
        seeds = self._by[self._step.rule, CLEW.seedList]
        listings = [value for subject, value in self._all(CLEW.listing) if self._one(subject) == party]
        return any(on in seeds for entry in listings for on in self._by[URIRef(str(entry)), CLEW.onList])

    def _verdict(self, party: URIRef) -> URIRef:
        """Return the IRI that a verdict on a party has beside that of the step."""
        before = str(self._step.conclusion[0]).rpartition("/")[0]
        return URIRef(f"{before}/{str(mint('x', curie(party))).rpartition('/x/')[2]}")

    def _all(self, predicate: URIRef) -> list[tuple[URIRef, Value]]:
        return [
            (subject, value)
            for (subject, found), values in list(self._by.items())
            if found == predicate
            for value in values
        ]

    def _one(self, party: Value) -> URIRef:
        """Return the record that stands for a party among all that the premises say are the same."""
        group, waiting = {URIRef(str(party))}, [URIRef(str(party))]
        while waiting:
            record = waiting.pop()
            for one, other in self._all(OWL.sameAs):
                for here, beyond in ((one, URIRef(str(other))), (URIRef(str(other)), one)):
                    if here == record and beyond not in group:
                        group.add(beyond)
                        waiting.append(beyond)
        named = [record for record in group if self._verdict(record) in {*self._nested, self._step.conclusion[0]}]
        return min(named or group, key=token)


def _flow(shares: dict[tuple[URIRef, URIRef], Fraction], owner: URIRef, target: URIRef) -> Fraction:
    """Return what an owner has of a company through all chains, by taking the companies in between out one by one."""
    left = {key: share for key, share in shares.items() if key[1] != owner}
    while between := next((one for pair in left for one in pair if one not in (owner, target)), None):
        own = left.pop((between, between), Fraction(0))
        inward = {holder: share for (holder, company), share in left.items() if company == between}
        outward = {company: share for (holder, company), share in left.items() if holder == between}
        left = {key: share for key, share in left.items() if between not in key}
        for holder, first in inward.items():
            for company, second in outward.items():
                if own == 1:
                    raise ProofError("a company that owns itself wholly has no owner")
                more = first * second / (1 - own)
                left[holder, company] = left.get((holder, company), Fraction(0)) + more
    own = left.get((target, target), Fraction(0))
    return left.get((owner, target), Fraction(0)) / (1 - own) if own != 1 else Fraction(0)
