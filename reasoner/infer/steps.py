"""From the steps an engine took to a derivation a person reads.

Steps that only serve the engine disappear: a part without a name hands its premises up, a renamed fact is the fact, and
a transitive property applied many times in a row becomes one step over the whole way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...errors import ProofError
from ...ontology import curie
from ...statements import Statement, term
from ..derivation import Absence, Derivation, Inference, Kind
from .templates import CHAIN, Row

Prove = Callable[[Statement], Derivation]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What an engine concluded, by which row, from what.

    Attributes:
        conclusion: The statement; none for a part of an axiom that has no name.
        row: The row that was applied; none for a statement that was given.
        premises: The steps it rests on, in the order of the row.
    """

    conclusion: Statement | None
    row: Row | None
    premises: tuple[Step, ...] = ()


def derivation(root: Step, fact: Prove) -> Inference:
    """Return the derivation of the last step, with the given statements proved by somebody else.

    Args:
        root: The last step.
        fact: Returns the derivation of a statement that was given.

    Raises:
        ProofError: The root was given and not concluded.
    """
    built: dict[int, tuple[Derivation, ...]] = {}
    for step in _premises_first(root):
        if step.row is None:
            built[id(step)] = () if step.conclusion is None else (fact(step.conclusion),)
        else:
            built[id(step)] = _built(step, step.row, tuple(built[id(premise)] for premise in step.premises))
    (result,) = built[id(root)]
    if root.row is None or not isinstance(result, Inference):
        raise ProofError("the statement is given, not inferred")
    return result


def _premises_first(root: Step) -> list[Step]:
    """Return each step once, after its premises; without recursion, because a way can be long."""
    order: dict[int, Step] = {}
    waiting = [root]
    while waiting:
        step = waiting[-1]
        missing = [premise for premise in step.premises if id(premise) not in order]
        if missing:
            waiting += reversed(missing)
        else:
            order[id(waiting.pop())] = step
    return list(order.values())


def _built(step: Step, row: Row, parts: tuple[tuple[Derivation, ...], ...]) -> tuple[Derivation, ...]:
    premises = _each_once(derivation for part in parts for derivation in part)
    if row.axiom is None or step.conclusion is None:
        return premises
    for premise in premises:  # a step of a transitive property may have been put behind another one for nothing
        if not isinstance(premise, Absence) and text(premise.conclusion) == text(step.conclusion):
            return (premise,)
    axiom = row.axiom
    if row.template is CHAIN and row.term("p") == row.term("r"):
        first = premises[0]
        if axiom.kind == "prp-trp" and isinstance(first, Inference) and ("axiom", "prp-trp") in first.bindings:
            premises = _each_once((*first.premises, *premises[1:]))
    terms = " ".join(map(curie, axiom.related))
    bindings = (("axiom", axiom.kind), ("terms", terms)) if terms else (("axiom", axiom.kind),)
    return (Inference(step.conclusion, Kind.AXIOM, axiom.subject, axiom.says, bindings, premises),)


def _each_once(premises: Iterable[Derivation]) -> tuple[Derivation, ...]:
    """Return premises without those that say the same as an earlier one."""
    once: dict[object, Derivation] = {}
    for premise in premises:
        once.setdefault(premise.pattern if isinstance(premise, Absence) else text(premise.conclusion), premise)
    return tuple(once.values())


def text(statement: Statement) -> tuple[str, str, str]:
    """Return a statement in the text of N-Triples, in which it is sorted and told from others."""
    subject, predicate, value = statement
    return subject, predicate, term(value)
