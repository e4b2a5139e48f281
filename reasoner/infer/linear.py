"""Transitive properties, one step at a time.

Composing a property with itself derives each pair once for every middle; composing it with its own single steps derives
it once for every last step, so that a long chain of owners takes far fewer derivations.
"""

from __future__ import annotations

from rdflib import BNode, URIRef

from .expressions import made_up
from .templates import CHAIN, SUB_PROPERTY, Row, Term, key


def linear(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], dict[BNode, URIRef]]:
    """Return the rows with every transitive property split into its single steps and what they add up to.

    What was stated, and what other axioms conclude, goes into the steps.

    Returns:
        The rows, and for each name of steps the property it stands for.
    """
    transitive = {row.head for row in rows if row.template is CHAIN and len(set(row.terms)) == 1}
    steps = {term: made_up("step", key(term)) for term in transitive}
    split = [_through_steps(row, steps) for row in rows]
    split += [Row(SUB_PROPERTY, (step, term), None) for term, step in steps.items()]
    return tuple(sorted(split, key=Row.order)), {step: URIRef(term) for term, step in steps.items()}


def _through_steps(row: Row, steps: dict[Term, BNode]) -> Row:
    if row.head not in steps or len(row.template.head) == 2:  # a class can carry the same name
        return row
    if row.template is CHAIN and len(set(row.terms)) == 1:
        return Row(CHAIN, (row.head, steps[row.head], row.head), row.axiom)
    place = row.template.parameters.index(row.template.head[0])
    return Row(row.template, (*row.terms[:place], steps[row.head], *row.terms[place + 1 :]), row.axiom)
