"""Explanations: how a statement of the dataset follows, down to the facts of sources.

Every named graph has one producer of proofs: what a source states is a fact, what the closure added is explained by its
axiom, what the ownership kernel concluded by its holdings. A finding is one step more, by the rule that fired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rdflib import RDFS, URIRef

from ..dataset import Dataset, Row, iri
from ..errors import ProofError
from ..ontology import BASE, CLEW, token
from ..shapes.catalogue import Rule
from ..shapes.pattern import premises
from ..statements import Statement
from .derivation import Absence, Derivation, Fact, Inference, Kind, leaves
from .origin import Origins
from .render import show

Producer = Callable[[Statement], Derivation]

_ASSERTED = ("source", "case", "reference", "ontology")
_VARIABLE = re.compile(r"\{\?(\w+)\}")


class Prover:
    """Derives statements of a dataset, each from the producer of the named graph that holds it."""

    def __init__(self, data: Dataset, producers: Mapping[str, Producer]) -> None:
        """Prepare to prove statements.

        Args:
            data: Where the statements stand.
            producers: For each family of derived graphs (`inferred`, `ownership`), who explains its statements.
        """
        self.data = data
        self._origins = Origins(data)
        self._producers = producers
        self._known: dict[Statement, Derivation] = {}

    def prove(self, statement: Statement) -> Derivation:
        """Return how a statement follows; what a source states needs no further reason.

        Raises:
            ProofError: No graph holds the statement.
        """
        if statement not in self._known:
            self._known[statement] = self._prove(statement)
        return self._known[statement]

    def _prove(self, statement: Statement) -> Derivation:
        families = {_family(graph): graph for graph in self.data.graphs_of(statement)}
        for family in _ASSERTED:
            if family in families:
                return self._origins.fact(statement, families[family])
        for family, producer in self._producers.items():
            if family in families:
                return producer(statement)
        raise ProofError(f"nothing states `{show(statement[0])} {token(statement[1])} {show(statement[2])}`")


def of_verdicts(derive: Callable[[URIRef, Producer], Inference], prove: Producer) -> Producer:
    """Return what explains the statements of verdicts: their status by holdings, the rest by what a verdict is about.

    Args:
        derive: Derives the status of a verdict by its IRI.
        prove: Proves the premises.
    """

    def explained(statement: Statement) -> Derivation:
        verdict, predicate, value = statement
        status = derive(verdict, prove)
        if predicate == CLEW.verdictStatus:
            return status
        says = f"the verdict is {_VERDICT.get(predicate, 'about')} {show(value)}"
        return Inference(statement, Kind.OWNERSHIP, status.rule, says, (), ())

    return explained


_VERDICT = {CLEW.verdictOn: "on", CLEW.underRegime: "under", CLEW.asOf: "as of"}


def _family(graph: URIRef) -> str:
    return graph.removeprefix(f"{BASE}graph/").partition("/")[0]


def explain(rule: Rule, row: Row, prover: Prover) -> tuple[Inference, tuple[str, ...], str]:
    """Return the proof of one solution of a rule, the path it shows, and its sentence.

    Args:
        rule: The rule that fired.
        row: The solution, with every variable of the rule's pattern.
        prover: Proves the premises.
    """
    found = premises(rule, row, prover.data)
    steps: list[Derivation] = [prover.prove(statement) for statement in found.statements]
    steps += [Absence(pattern, f"nothing says otherwise: {pattern}") for pattern in found.absences]
    sentence = fill(rule.sentence, row, prover.data)
    bindings = tuple(sorted((name, show(value)) for name, value in row.items()))
    conclusion = (iri(row, "this"), CLEW.findingSubject, row["value"])
    proof = Inference(conclusion, Kind.POLICY, rule.iri, sentence, bindings, tuple(steps))
    return proof, path(rule.evidence_path, row, proof), sentence


def path(template: tuple[str, ...], row: Row, proof: Inference) -> tuple[str, ...]:
    """Return the ordered tokens of a finding; a step with an unbound variable is left out."""
    return tuple(dict.fromkeys(step for part in template for step in _steps(part, row, proof)))


def _steps(part: str, row: Row, proof: Inference) -> Iterator[str]:
    names = _VARIABLE.findall(part)
    if any(name not in row for name in names):
        return
    if len(names) == 1 and part == f"{{?{names[0]}}}" and show(row[names[0]]).startswith("verdict:"):
        yield from chain(row[names[0]], proof)
    else:
        yield _VARIABLE.sub(lambda match: show(row[match[1]]), part)


def chain(verdict: object, proof: Inference) -> Iterator[str]:
    """Yield the parties that the proof of an ownership verdict walks through, from the company up to the listing."""
    for step in _inferences(proof):
        if step.kind is Kind.OWNERSHIP and step.conclusion[0] == verdict:
            for leaf in leaves(step):
                if isinstance(leaf, Fact) and leaf.conclusion[1] in (CLEW.heldIn, CLEW.holder, CLEW.onList):
                    yield show(leaf.conclusion[2])


def _inferences(derivation: Derivation) -> Iterator[Inference]:
    if isinstance(derivation, Inference):
        yield derivation
        for premise in derivation.premises:
            yield from _inferences(premise)


def fill(template: str, row: Row, data: Dataset) -> str:
    """Return a sentence with the variables of its rule replaced by names that people know."""
    return _VARIABLE.sub(lambda match: name_of(row.get(match[1], ""), data), template)


def name_of(value: object, data: Dataset) -> str:
    """Return the label of a thing with its token, or the characters of a literal."""
    if not isinstance(value, URIRef):
        return show(value)  # type: ignore[arg-type]
    labels = [show(label) for label in data.objects(value, RDFS.label)]
    return f"{labels[0]} ({token(value)})" if labels and labels[0] != token(value) else token(value)


__all__ = ["Producer", "Prover", "explain", "fill", "name_of", "path"]
