"""Repeating an axiom step: owlrl on nothing but the premises and the axioms around one term."""

from __future__ import annotations

from functools import cache

import owlrl
import rdflib
from rdflib import BNode, URIRef

from ...errors import ProofError
from ...ontology.modules import ontology_graph
from ..derivation import Fact, Inference
from .policy import rdflib_term


def check_axiom(step: Inference) -> None:
    """Check that a conclusion follows from its premises by the axioms that the ontology states around its term.

    Raises:
        ProofError: It does not follow.
    """
    graph = rdflib.Graph()
    for triple in axioms_around(step.rule):
        graph.add(triple)
    for premise in step.premises:
        if isinstance(premise, Fact | Inference):
            subject, predicate, value = premise.conclusion
            graph.add((subject, predicate, rdflib_term(value)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, datatype_axioms=False, axiomatic_triples=False).expand(graph)
    subject, predicate, value = step.conclusion
    if (subject, predicate, rdflib_term(value)) not in graph:
        raise ProofError(f"the axioms of `{step.rule.rpartition('#')[2]}` do not give it")


@cache
def axioms_around(term: URIRef) -> tuple[tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node], ...]:
    """Return what the ontology states of a term, with the anonymous classes and lists that hang on it either way."""
    ontology, found = ontology_graph(), rdflib.Graph()
    waiting: list[rdflib.term.Node] = [term]
    seen: set[rdflib.term.Node] = set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in [*ontology.triples((node, None, None)), *ontology.triples((None, None, node))]:
            found.add(triple)
            waiting += [end for end in (triple[0], triple[2]) if isinstance(end, BNode)]
    return tuple(found)
