"""Reading the axioms of an ontology: every one becomes rows, or is reported with the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from .expressions import About, Expressions, Unsupported, made_up
from .templates import CHAIN, DOMAIN, INVERSE, RANGE, SUB_PROPERTY, Axiom, Row, Template, Term, key
from .words import THING

_IDENTITY = "it would merge two things, and identity is decided with evidence elsewhere"
_CONSTRAINT = "it is a constraint, which the consistency check reads"
_TYPES = {
    OWL.FunctionalProperty: _IDENTITY,
    OWL.InverseFunctionalProperty: _IDENTITY,
    OWL.AsymmetricProperty: _CONSTRAINT,
    OWL.IrreflexiveProperty: _CONSTRAINT,
    OWL.AllDisjointClasses: _CONSTRAINT,
    OWL.AllDisjointProperties: _CONSTRAINT,
    OWL.AllDifferent: _CONSTRAINT,
    OWL.NegativePropertyAssertion: _CONSTRAINT,
    OWL.ReflexiveProperty: "it is not in OWL 2 RL",
}
_PREDICATES = {
    OWL.sameAs: _IDENTITY,
    OWL.hasKey: _IDENTITY,
    OWL.differentFrom: _CONSTRAINT,
    OWL.disjointWith: _CONSTRAINT,
    OWL.disjointUnionOf: _CONSTRAINT,
    OWL.propertyDisjointWith: _CONSTRAINT,
}
_ON_NAMED = (OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.complementOf, OWL.onProperty, OWL.onProperties)


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """An axiom, or a part of one, that makes nothing follow here, and the reason."""

    subject: str
    axiom: URIRef
    reason: str


class Axioms:
    """Reads one ontology."""

    def __init__(self, graph: Graph) -> None:
        """Prepare to read a graph."""
        self._graph = graph
        self._expressions = Expressions(graph)
        self._words = self._expressions.words
        self._skipped: set[Skipped] = set()
        self._readers: dict[URIRef, Callable[[Node, Node], Iterator[Row]]] = {
            RDFS.subClassOf: self._sub_class,
            RDFS.subPropertyOf: self._sub_property,
            OWL.equivalentProperty: self._equivalent_property,
            OWL.inverseOf: self._inverse,
            OWL.propertyChainAxiom: self._chain,
            RDFS.domain: self._domain,
            RDFS.range: self._range,
        }

    def read(self) -> tuple[tuple[Row, ...], tuple[Skipped, ...]]:
        """Return the rows of all axioms and the axioms that give none, both in a fixed order."""
        rows = set(self._rows())
        self._refuse()
        return tuple(sorted(rows, key=Row.order)), tuple(sorted(self._skipped))

    @property
    def datatypes(self) -> frozenset[Node]:
        """Return the properties that have literals as values."""
        return self._expressions.datatypes

    def _rows(self) -> Iterator[Row]:
        for predicate, reader in self._readers.items():
            for subject, value in self._graph.subject_objects(predicate):
                yield from self._safely(subject, predicate, reader, subject, value)
        for subject, value in self._graph.subject_objects(OWL.equivalentClass):
            for kind, lower, upper in (("cax-eqc1", subject, value), ("cax-eqc2", value, subject)):
                yield from self._safely(subject, OWL.equivalentClass, self._subsumed, lower, upper, kind)
        for type_, read in ((OWL.SymmetricProperty, self._symmetric), (OWL.TransitiveProperty, self._transitive)):
            for subject in self._graph.subjects(RDF.type, type_):
                yield from self._safely(subject, type_, read, subject)

    def _safely(self, subject: Node, axiom: URIRef, reader: Callable[..., Iterator[Row]], *what: object) -> list[Row]:
        try:
            rows = list(reader(*what))
        except Unsupported as reason:
            self._skip(subject, axiom, str(reason))
            rows = []
        for term, text in self._expressions.refused:
            self._skip(term, axiom, text)
        self._expressions.refused.clear()
        return rows

    def _skip(self, subject: Node, axiom: URIRef, reason: str) -> None:
        shown = str(subject) if isinstance(subject, URIRef) else "a class without a name"
        self._skipped.add(Skipped(shown, axiom, reason))

    def _refuse(self) -> None:
        """Report the axioms that no reader takes."""
        for type_, reason in _TYPES.items():
            for subject in self._graph.subjects(RDF.type, type_):
                self._skip(subject, type_, reason)
        for predicate, reason in _PREDICATES.items():
            for subject in self._graph.subjects(predicate, None):
                self._skip(subject, predicate, reason)
        for predicate in _ON_NAMED:
            for subject in self._graph.subjects(predicate, None):
                if isinstance(subject, URIRef):
                    self._skip(subject, predicate, "an expression needs owl:equivalentClass to define a named class")

    def _sub_class(self, lower: Node, upper: Node) -> Iterator[Row]:
        return self._subsumed(lower, upper, "cax-sco")

    def _subsumed(self, lower: Node, upper: Node, kind: str) -> Iterator[Row]:
        expressions = self._expressions
        scope = f"{expressions.text(lower)} {kind} {expressions.text(upper)}"
        named = [node for node in (lower, upper) if isinstance(node, URIRef)]
        about = About(named[0] if named else expressions.first(upper), expressions.phrase(lower), kind, scope)
        if isinstance(upper, URIRef):
            if upper not in THING:
                yield from expressions.below(lower, expressions.named(upper), about)
            return
        name, rows = expressions.name(lower, about, 0)
        yield from rows
        yield from expressions.above(name, upper, about)

    def _sub_property(self, lower: Node, upper: Node) -> Iterator[Row]:
        return self._implied(lower, upper, "prp-spo1")

    def _equivalent_property(self, one: Node, other: Node) -> Iterator[Row]:
        yield from self._implied(one, other, "prp-eqp1")
        yield from self._implied(other, one, "prp-eqp2")

    def _implied(self, lower: Node, upper: Node, kind: str) -> Iterator[Row]:
        p, q = self._expressions.named(lower), self._expressions.named(upper)
        if (p in self.datatypes) != (q in self.datatypes):
            raise Unsupported("it mixes a property of things with one of literals")
        about = (p, q) if kind != "prp-eqp2" else (q, p)
        yield _row(SUB_PROPERTY, (p, q), kind, about, self._words.follows(q, p))

    def _inverse(self, one: Node, other: Node) -> Iterator[Row]:
        if isinstance(one, BNode):  # an inverse without a name is a part of the axiom that uses it
            return
        p, q = self._between_things(one), self._between_things(other)
        yield _row(INVERSE, (p, q), "prp-inv1", (p, q), self._words.backwards(q, p))
        yield _row(INVERSE, (q, p), "prp-inv2", (p, q), self._words.backwards(p, q))

    def _symmetric(self, node: Node) -> Iterator[Row]:
        p = self._between_things(node)
        yield _row(INVERSE, (p, p), "prp-symp", (p,), self._words.backwards(p, p))

    def _transitive(self, node: Node) -> Iterator[Row]:
        p = self._between_things(node)
        yield _row(CHAIN, (p, p, p), "prp-trp", (p,), self._words.carries_on(p))

    def _chain(self, node: Node, head: Node) -> Iterator[Row]:
        target = self._between_things(node)
        links = [self._between_things(link) for link in self._expressions.list_of(head)]
        if not links:
            raise Unsupported("a list in it is empty")
        says = self._words.follows(target, *links)
        if len(links) == 1:
            yield _row(SUB_PROPERTY, (links[0], target), "prp-spo2", (target, *links), says)
        first: Term = links[0]
        for place, link in enumerate(links[1:], 2):
            then: Term = target if place == len(links) else made_up("chain", key(first), key(link))
            yield _row(CHAIN, (first, link, then), "prp-spo2", (target, *links), says)
            first = then

    def _domain(self, node: Node, class_: Node) -> Iterator[Row]:
        p = self._expressions.named(node)
        return self._typed(DOMAIN, p, class_, "prp-dom", self._words.has_any(p))

    def _range(self, node: Node, class_: Node) -> Iterator[Row]:
        p = self._expressions.named(node)
        if p in self.datatypes:  # literals have no class, so nothing follows
            return iter(())
        return self._typed(RANGE, p, class_, "prp-rng", self._words.value_of(p))

    def _typed(self, template: Template, p: URIRef, class_: Node, kind: str, given: str) -> Iterator[Row]:
        if class_ in THING:
            return
        if isinstance(class_, URIRef):
            d = self._expressions.named(class_)
            yield _row(template, (p, d), kind, (p, d), self._words.whatever(given, self._words.is_a(d)))
            return
        text = self._expressions.text(class_)
        name = made_up("upper", kind, key(p), text)
        yield Row(template, (p, name), Axiom(kind, p, (), ""))
        yield from self._expressions.above(name, class_, About(p, given, kind, f"{kind} {key(p)} {text}"))

    def _between_things(self, node: Node) -> URIRef:
        term = self._expressions.named(node)
        if term in self.datatypes:
            raise Unsupported("the values are literals, which have no properties")
        return term


def _row(template: Template, terms: tuple[Term, ...], kind: str, about: tuple[URIRef, ...], says: str) -> Row:
    return Row(template, terms, Axiom(kind, about[0], about[1:], says))
