"""Checking a proof again without the code that made it.

Every leaf is looked up in the data, every absence is asked again, and every step is repeated by an engine that had no
part in making it: a policy step by rdflib's SPARQL on nothing but the premises, an axiom step by owlrl on nothing but
the premises and the axioms of its term, an ownership step by adding integers, a step about a route by walking its legs
and hands once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ...dataset import Dataset
from ...errors import ClewError, ProofError, QueryError
from ...ontology import token
from ...shapes.catalogue import Rule
from ..derivation import Absence, Derivation, Fact, Inference, Kind
from ..render import statement_json
from .axiom import check_axiom
from .ownership import check_ownership
from .policy import check_policy
from .routes import check_routes


@dataclass(frozen=True, slots=True)
class Checked:
    """How much of a proof was checked: facts looked up, absences asked again, steps repeated."""

    facts: int = 0
    absences: int = 0
    steps: int = 0

    def __add__(self, other: Checked) -> Checked:
        """Return the sum of two counts."""
        return Checked(self.facts + other.facts, self.absences + other.absences, self.steps + other.steps)


class Verifier:
    """Checks proofs against a dataset and a set of rules."""

    def __init__(self, data: Dataset, rules: Mapping[str, Rule]) -> None:
        """Remember what proofs are checked against; rules are found by their IRI."""
        self._data = data
        self._rules = rules
        self._repeat: dict[Kind, Callable[[Inference], None]] = {
            Kind.POLICY: self._policy,
            Kind.AXIOM: check_axiom,
            Kind.OWNERSHIP: lambda step: check_ownership(step, data),
            Kind.ROUTE: lambda step: check_routes(step, data),
        }

    def verify(self, proof: Derivation) -> Checked:
        """Check a proof from its leaves to its conclusion and return how much was checked.

        Raises:
            ProofError: Something in the proof does not hold; the message names the step.
        """
        if isinstance(proof, Fact):
            return self._fact(proof)
        if isinstance(proof, Absence):
            return self._absence(proof)
        below = sum((self.verify(premise) for premise in proof.premises), Checked())
        repeat = self._repeat.get(proof.kind)
        if repeat is None:
            raise ProofError(f"a step by {proof.kind} cannot be repeated", help="ask for the explanation again")
        try:
            repeat(proof)
        except ProofError as error:
            shown = statement_json(proof.conclusion)["shown"]
            raise ProofError(f"the step to `{shown}` does not follow: {error.message}", help=error.help) from error
        return below + Checked(steps=1)

    def _fact(self, fact: Fact) -> Checked:
        graphs = self._data.graphs_of(fact.conclusion)
        if fact.origin.graph not in graphs:
            shown = statement_json(fact.conclusion)["shown"]
            where = token(fact.origin.graph)
            raise ProofError(f"`{where}` does not state `{shown}`", help="check the release the proof was made on")
        return Checked(facts=1)

    def _absence(self, absence: Absence) -> Checked:
        try:
            present = self._data.ask(f"ASK {{ {absence.pattern} }}")
        except QueryError as error:
            raise ProofError(f"the absence `{absence.pattern}` cannot be asked: {error.message}") from error
        if present:
            raise ProofError(f"the data does hold `{absence.pattern}`, which the proof says is absent")
        return Checked(absences=1)

    def _policy(self, step: Inference) -> None:
        rule = self._rules.get(str(step.rule))
        if rule is None:
            raise ProofError(f"there is no rule `{token(step.rule)}`", help="check the rules version of the proof")
        check_policy(step, rule)


def problems(verifier: Verifier, proofs: Mapping[str, Derivation]) -> Iterator[tuple[str, Checked | ClewError]]:
    """Yield the outcome for each proof by its name: how much was checked, or why it does not hold."""
    for name, proof in proofs.items():
        try:
            yield name, verifier.verify(proof)
        except ClewError as error:
            yield name, error


__all__ = ["Checked", "Verifier", "problems"]
