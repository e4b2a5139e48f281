"""Class expressions of OWL 2 RL, taken apart into rows.

On the lower side of an axiom stand the conditions: named classes, intersections, unions, and restrictions to some value
or to one value. On the upper side stand the conclusions: named classes, intersections, restrictions to one value and to
all values (OWL 2 Profiles, tables in section 4.2). A part without a name gets a blank node made from its content, so
that the same ontology always gives the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef
from rdflib.term import Node

from .templates import ALL, BOTH, DOMAIN, GIVES_VALUE, HAS_VALUE, SOME, SUB_CLASS, Axiom, Row, Template, Term, key
from .words import THING, Words

_DEPTH = 20  # nested expressions; deeper ones, or one that contains itself, are refused
_VOCABULARY = (str(OWL), str(RDF), str(RDFS), str(XSD))


class Unsupported(Exception):
    """An axiom that gives no rule here; the text says why."""


@dataclass(frozen=True, slots=True)
class About:
    """The axiom that rows are made for: its term, what it asks for in English, and how its steps are called."""

    subject: URIRef
    given: str
    kind: str
    scope: str
    related: tuple[URIRef, ...] = ()


class Expressions:
    """The class expressions of one ontology."""

    def __init__(self, graph: Graph) -> None:
        """Remember the graph, and which of its properties have literals as values."""
        self.graph = graph
        self.words = Words(graph)
        self.datatypes = frozenset(term for term in graph.subjects(RDF.type, OWL.DatatypeProperty))
        self.refused: list[tuple[URIRef, str]] = []  # parts of conclusions that were left out, and why

    def below(self, node: Node, target: Term, about: About, depth: int = 0) -> Iterator[Row]:
        """Yield rows that put everything that fits an expression into a class."""
        if isinstance(node, URIRef):
            yield self._row(SUB_CLASS, (self.named(node), target), about)
        elif members := self.members(node, OWL.unionOf, depth):
            for member in members:
                yield from self.below(member, target, replace(about, kind="cls-uni"), depth + 1)
        elif members := self.members(node, OWL.intersectionOf, depth):
            yield from self._all_of(members, target, replace(about, kind="cls-int1"), depth + 1)
        else:
            yield from self._restricted(node, target, about, depth + 1)

    def above(self, source: Term, node: Node, about: About, depth: int = 0) -> Iterator[Row]:
        """Yield rows that conclude an expression from a class."""
        if node in THING:
            return
        if isinstance(node, URIRef):
            yield self._row(SUB_CLASS, (source, self.named(node)), about)
        elif members := self.members(node, OWL.intersectionOf, depth):
            kind = "cls-int2" if about.kind.startswith("cax") else about.kind
            for member in members:
                yield from self._part(source, member, replace(about, kind=kind), depth + 1)
        elif self.graph.value(node, OWL.hasValue) is not None:
            term, value = self.property(node), self.individual(node)
            yield self._row(GIVES_VALUE, (source, term, value), replace(about, kind="cls-hv1"))
        elif (filler := self.graph.value(node, OWL.allValuesFrom)) is not None:
            yield from self._every(source, self.property(node), filler, about, depth + 1)
        else:
            raise Unsupported("what it concludes is not in OWL 2 RL, or is a constraint")

    def name(self, node: Node, about: About, depth: int) -> tuple[Term, list[Row]]:
        """Return the class of an expression, made up when it has no name, with the rows that fill it."""
        if isinstance(node, URIRef):
            return self.named(node), []
        term = made_up("lower", self.text(node, depth))
        return term, list(self.below(node, term, about, depth))

    def phrase(self, node: Node, depth: int = 0) -> str:
        """Return an expression in English, as what something is or has."""
        if isinstance(node, URIRef):
            return self.words.is_a(node)
        for predicate, joint in ((OWL.intersectionOf, " and "), (OWL.unionOf, " or ")):
            if members := self.members(node, predicate, depth):
                return joint.join(self.phrase(member, depth + 1) for member in members)
        if self.graph.value(node, OWL.hasValue) is not None:
            return self.words.has(self.property(node), self.individual(node))
        filler = self.graph.value(node, OWL.someValuesFrom)
        if filler is None:
            raise Unsupported("what it asks for is not in OWL 2 RL")
        return self.words.has_some(self.property(node), "" if filler in THING else self.phrase(filler, depth + 1))

    def first(self, node: Node, depth: int = 0) -> URIRef:
        """Return the first class or property that an expression names, to say what an axiom is about."""
        for predicate in (OWL.intersectionOf, OWL.unionOf):
            if members := self.members(node, predicate, depth):
                return self.first(members[0], depth + 1)
        return self.named(node) if isinstance(node, URIRef) else self.property(node)

    def text(self, node: Node, depth: int = 0) -> str:
        """Return the content of an expression, the same for the same content whatever its blank nodes are called."""
        if isinstance(node, URIRef):
            return key(node)
        if not isinstance(node, BNode):
            return node.n3()
        if depth > _DEPTH:
            raise Unsupported("it is nested too deep")
        parts: list[str] = []
        for predicate, value in self.graph.predicate_objects(node):
            values = self.list_of(value) if predicate in (OWL.intersectionOf, OWL.unionOf) else [value]
            inner = " ".join(self.text(each, depth + 1) for each in values)
            parts.append(f"<{predicate}> {inner}")
        return f"[{'; '.join(sorted(parts))}]"

    def members(self, node: Node, predicate: URIRef, depth: int) -> list[Node]:
        """Return the members of an intersection or union; none when the expression is of another kind."""
        if depth > _DEPTH:
            raise Unsupported("it is nested too deep")
        head = self.graph.value(node, predicate)
        if head is None:
            return []
        members = self.list_of(head)
        if not members:
            raise Unsupported("a list in it is empty")
        return members

    def property(self, node: Node) -> URIRef:
        """Return the property that a restriction is about; one with literals as values has no class of values."""
        term = self.named(self.graph.value(node, OWL.onProperty))
        if term in self.datatypes:
            raise Unsupported("it restricts literals")
        return term

    def individual(self, node: Node) -> URIRef:
        """Return the one value that a restriction asks for."""
        value = self.graph.value(node, OWL.hasValue)
        if not isinstance(value, URIRef):
            raise Unsupported("the value it asks for has no IRI")
        return value

    def named(self, node: Node | None) -> URIRef:
        """Return a named class or property that is not a word of RDF or OWL itself."""
        if not isinstance(node, URIRef):
            raise Unsupported("it needs a named class or property in that place")
        if str(node).startswith(_VOCABULARY) or (node, RDF.type, RDFS.Datatype) in self.graph:
            raise Unsupported(f"`{node}` is a datatype, or a word of RDF or OWL itself")
        return node

    def list_of(self, head: Node) -> list[Node]:
        """Return the members of an RDF list."""
        try:
            return list(self.graph.items(head))
        except ValueError as error:
            raise Unsupported("a list in it never ends") from error

    def _all_of(self, members: list[Node], target: Term, about: About, depth: int) -> Iterator[Row]:
        if len(members) == 1:
            yield from self.below(members[0], target, about, depth)
            return
        names = []
        for member in members:
            name, rows = self.name(member, about, depth)
            names.append(name)
            yield from rows
        about = replace(about, related=tuple(name for name in names if isinstance(name, URIRef)))
        first, *rest = names
        for place, second in enumerate(rest, 1):
            last = place == len(rest)
            both = target if last else made_up("both", key(first), key(second))
            yield self._row(BOTH, (first, second, both), about)
            first = both

    def _part(self, source: Term, member: Node, about: About, depth: int) -> list[Row]:
        """Return the rows of one member of a conclusion; the others hold without it."""
        try:
            return list(self.above(source, member, about, depth))
        except Unsupported as reason:
            self.refused.append((about.subject, str(reason)))
            return []

    def _restricted(self, node: Node, target: Term, about: About, depth: int) -> Iterator[Row]:
        filler = self.graph.value(node, OWL.someValuesFrom)
        if self.graph.value(node, OWL.hasValue) is not None:
            terms = (self.property(node), self.individual(node), target)
            yield self._row(HAS_VALUE, terms, replace(about, kind="cls-hv2"))
        elif filler in THING:
            yield self._row(DOMAIN, (self.property(node), target), replace(about, kind="cls-svf2"))
        elif filler is not None:
            name, rows = self.name(filler, about, depth)
            yield from rows
            yield self._row(SOME, (self.property(node), name, target), replace(about, kind="cls-svf1"))
        else:
            raise Unsupported("what it asks for is not in OWL 2 RL")

    def _every(self, source: Term, term: URIRef, filler: Node, about: About, depth: int) -> Iterator[Row]:
        then = replace(about, kind="cls-avf", given=self.words.value_of(term, about.given))
        if isinstance(filler, URIRef):
            if filler not in THING:
                yield self._row(ALL, (source, term, self.named(filler)), then)
            return
        name = made_up("upper", about.scope, key(term), self.text(filler, depth))
        yield self._row(ALL, (source, term, name), then)
        yield from self.above(name, filler, then, depth)

    def _row(self, template: Template, terms: tuple[Term, ...], about: About) -> Row:
        row = Row(template, terms, None)
        named = tuple(term for term in (*about.related, *terms) if isinstance(term, URIRef) and term != about.subject)
        related = tuple(dict.fromkeys(named))
        return replace(row, axiom=Axiom(about.kind, about.subject, related, self._says(row, about)))

    def _says(self, row: Row, about: About) -> str:
        if row.template is GIVES_VALUE:
            _, term, value = row.terms
            return self.words.whatever(about.given, self.words.has(URIRef(term), URIRef(value)))
        then = self.words.is_a(row.head) if isinstance(row.head, URIRef) else "fits"
        return self.words.whatever(about.given, then)


def made_up(kind: str, *content: str) -> BNode:
    """Return the blank node that stands for a part without a name."""
    digest = hashlib.sha256("\0".join((kind, *content)).encode()).hexdigest()
    return BNode(f"{kind}{digest[:16]}")
