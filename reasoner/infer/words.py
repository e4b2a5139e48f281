"""What an axiom says, in English: the labels of the terms, put into one sentence for each kind of axiom."""

from __future__ import annotations

from rdflib import OWL, RDFS, SKOS, Graph, Literal, URIRef

from ...ontology import curie


class Words:
    """The words of one ontology."""

    def __init__(self, graph: Graph) -> None:
        """Remember the graph that holds the labels."""
        self._graph = graph

    def name(self, term: URIRef) -> str:
        """Return the English label of a term in backticks, or its short IRI when it has none."""
        found = [*self._graph.objects(term, RDFS.label), *self._graph.objects(term, SKOS.prefLabel)]
        labels = [label for label in found if isinstance(label, Literal)]
        best = min(labels, key=lambda label: (label.language != "en", label.language or "", str(label)), default=None)
        return f"`{str(best) if best is not None else curie(term)}`"

    def is_a(self, term: URIRef) -> str:
        """Return the phrase that puts something into a class."""
        name = self.name(term)
        return f"is {'an' if name[1:2].lower() in set('aeio') else 'a'} {name}"

    def whatever(self, given: str, then: str) -> str:
        """Return the sentence of an axiom about everything that fits a phrase."""
        return f"holds because whatever {given} {then}"

    def has_some(self, term: URIRef, filler: str) -> str:
        """Return the phrase for something that has a value that fits a phrase."""
        return f"has a value of {self.name(term)} that {filler}" if filler else self.has_any(term)

    def has_any(self, term: URIRef) -> str:
        """Return the phrase for something that has any value of a property."""
        return f"has a value of {self.name(term)}"

    def value_of(self, term: URIRef, given: str = "") -> str:
        """Return the phrase for a value of a property, of something that fits a phrase."""
        return f"is a value of {self.name(term)}" + (f" of something that {given}" if given else "")

    def has(self, term: URIRef, value: URIRef) -> str:
        """Return the phrase for one particular value."""
        return f"has {self.name(value)} as a value of {self.name(term)}"

    def follows(self, term: URIRef, *from_: URIRef) -> str:
        """Return the sentence for a property that follows from another, or from several in a row."""
        return f"holds because {self.name(term)} follows from {' then '.join(map(self.name, from_))}"

    def backwards(self, term: URIRef, other: URIRef) -> str:
        """Return the sentence for a property that is another one read backwards."""
        if term == other:
            return f"holds because {self.name(term)} holds both ways"
        return f"holds because {self.name(term)} is {self.name(other)} read backwards"

    def carries_on(self, term: URIRef) -> str:
        """Return the sentence for a transitive property."""
        return f"holds because {self.name(term)} carries on from each thing to the next"


THING = (OWL.Thing, RDFS.Resource)
