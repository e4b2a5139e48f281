"""A case while it is read: its nodes, its statements, and what was wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, URIRef

from ...errors import CaseError, InputError
from ...ontology import CLEW, mint
from ...statements import Statement
from .document import Problem
from .fields import as_key, shown
from .plain import plain_text


class Draft:
    """The statements of one case while they are made."""

    def __init__(self, case: str, file: str = "") -> None:
        """Begin with nothing said about a case."""
        self.case = case
        self.file = file
        self.facts: list[Statement] = []
        self.problems: list[Problem] = []
        self.unknown: list[Problem] = []
        self.warnings: list[Problem] = []
        self.parties: dict[str, URIRef] = {}
        self.items: dict[str, URIRef] = {}
        self._names: dict[URIRef, str] = {}
        self._counts: dict[str, int] = {}

    def node(self, name: str) -> URIRef:
        """Return the node with a short id in this case."""
        iri = mint("case", self.case, part=name)
        self._names[iri] = name
        return iri

    def new(self, name: str) -> URIRef:
        """Return a node under a short id that no party or item of the case has."""
        while name in self.parties or name in self.items:
            name += "-"
        return self.node(name)

    def count(self, kind: str) -> int:
        """Return the next number for nodes of a kind that no list of the case numbers."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    def a(self, node: URIRef, kind: URIRef) -> Iterator[Statement]:
        """Yield the class of a node and its short id."""
        yield node, RDF.type, kind
        yield node, CLEW.localId, self._names[node]

    def party(self, value: object) -> URIRef:
        """Return the party with an id.

        Raises:
            CaseError: The case has no such party.
        """
        name = as_key(value)
        if name not in self.parties:
            raise CaseError(f"{shown(name)} is no party of this case", help="add it to `parties`, or correct the id")
        return self.parties[name]

    def item(self, value: object) -> URIRef:
        """Return the item with an id.

        Raises:
            CaseError: The case has no such item.
        """
        name = as_key(value)
        if name not in self.items:
            raise CaseError(f"{shown(name)} is no item of this case", help="add it to `items`, or correct the id")
        return self.items[name]

    def refuse(self, pointer: str, value: object, error: InputError) -> None:
        """Set a part aside, with the reason."""
        self.problems.append(self._problem(pointer, value, error.message, error.help))

    def warn(self, pointer: str, value: object, reason: str, remedy: str) -> None:
        """Keep note of a part that no rule reads."""
        self.warnings.append(self._problem(pointer, value, reason, remedy))

    def leave(self, pointer: str, value: object) -> None:
        """Keep note of a field that the schema does not have."""
        reason = f"the schema has no field `{pointer.rpartition('/')[2]}` here, so no rule reads it"
        self.unknown.append(self._problem(pointer, value, reason, "correct its name, or leave it out"))

    def _problem(self, pointer: str, value: object, reason: str, remedy: str) -> Problem:
        return Problem(self.file, self.case, pointer, plain_text(value), reason, remedy)
