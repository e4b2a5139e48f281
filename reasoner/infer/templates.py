"""The few shapes of rule that OWL 2 RL axioms take, once class expressions and long chains are taken apart.

A row fills the parameters of a template with terms of the ontology and remembers the axiom it comes from. Parts of an
axiom that have no name of their own, such as `listing to some Listing`, get a blank node, and so does the last step of
a transitive property; neither is ever shown. Everything that reasons here (Nemo over a case, Nemo over a release, the
goal-directed search) reads the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import BNode, URIRef

Term = URIRef | BNode


@dataclass(frozen=True, slots=True)
class Axiom:
    """A statement of the ontology that makes other statements follow.

    Attributes:
        kind: The rule of OWL 2 RL that applies it, such as `prp-spo2` (OWL 2 Profiles, section 4.3).
        subject: The term it is about.
        related: The other terms it names, in order.
        says: The reason it gives, in English, starting with "holds because".
    """

    kind: str
    subject: URIRef
    related: tuple[URIRef, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Template:
    """A rule with holes: one atom follows from one or two others.

    An atom is a parameter for the class or property, then its arguments; `x`, `y` and `z` are variables, and every
    other letter is a parameter.
    """

    name: str
    parameters: str
    head: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]


SUB_CLASS = Template("sub_class", "cd", ("d", "x"), (("c", "x"),))
BOTH = Template("both", "bcd", ("d", "x"), (("b", "x"), ("c", "x")))
SOME = Template("some", "pcd", ("d", "x"), (("p", "x", "y"), ("c", "y")))
ALL = Template("all", "cpd", ("d", "y"), (("c", "x"), ("p", "x", "y")))
HAS_VALUE = Template("has_value", "pad", ("d", "x"), (("p", "x", "a"),))
GIVES_VALUE = Template("gives_value", "cpa", ("p", "x", "a"), (("c", "x"),))
DOMAIN = Template("domain", "pd", ("d", "x"), (("p", "x", "y"),))
RANGE = Template("range", "pd", ("d", "y"), (("p", "x", "y"),))
SUB_PROPERTY = Template("sub_property", "pq", ("q", "x", "y"), (("p", "x", "y"),))
INVERSE = Template("inverse", "pq", ("q", "y", "x"), (("p", "x", "y"),))
CHAIN = Template("chain", "pqr", ("r", "x", "z"), (("p", "x", "y"), ("q", "y", "z")))

TEMPLATES = (SUB_CLASS, BOTH, SOME, ALL, HAS_VALUE, GIVES_VALUE, DOMAIN, RANGE, SUB_PROPERTY, INVERSE, CHAIN)


@dataclass(frozen=True, slots=True)
class Row:
    """A template with its parameters filled; without an axiom it only renames a fact."""

    template: Template
    terms: tuple[Term, ...]
    axiom: Axiom | None

    def term(self, parameter: str) -> Term:
        """Return what a parameter stands for."""
        return self.terms[self.template.parameters.index(parameter)]

    @property
    def head(self) -> Term:
        """Return the class or property that the row concludes."""
        return self.term(self.template.head[0])

    def order(self) -> tuple[str, ...]:
        """Return what rows are sorted by, so that the same ontology always gives the same program."""
        says = (self.axiom.kind, self.axiom.says) if self.axiom else ()
        return (self.template.name, *map(key, self.terms), *says)


def key(term: Term) -> str:
    """Return the text that tells a term from every other term and from every literal."""
    return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"
