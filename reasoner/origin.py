"""Where facts come from: the publisher, file, hash, record and date behind a statement."""

from __future__ import annotations

from rdflib import URIRef
from rdflib.namespace import PROV

from ..dataset import Dataset, Row
from ..ontology import CLEW
from ..queries.catalogue import query
from ..statements import Statement
from .derivation import Fact, Origin
from .render import show


class Origins:
    """The sources of a dataset, looked up once for each named graph."""

    def __init__(self, data: Dataset) -> None:
        """Remember the dataset whose statements are asked about."""
        self._data = data
        self._graphs: dict[URIRef, list[Row]] = {}

    def fact(self, statement: Statement, graph: URIRef) -> Fact:
        """Return a statement of a source as a leaf of a proof."""
        subject = statement[0]
        files = self._files(subject, graph)
        first = files[0] if files else {}
        origin = Origin(
            graph=graph,
            publisher=show(first.get("publisher", "")),
            file="; ".join(show(row["file"]) for row in files if "file" in row),
            sha256="; ".join(show(row["hash"]).removeprefix("sha256:") for row in files if "hash" in row),
            record=self._said(subject, CLEW.recordKey),
            taken=show(first.get("taken", "")),
            note=self._said(subject, CLEW.sourceNote),
        )
        return Fact(statement, origin)

    def _files(self, subject: URIRef, graph: URIRef) -> list[Row]:
        """Return the files of a graph, narrowed to those the subject stands in where the snapshot has several."""
        if graph not in self._graphs:
            self._graphs[graph] = self._data.rows(query("provenance/origin").text, graph=graph)
        every = self._graphs[graph]
        if len(every) < 2:
            return every
        mine = set(self._data.objects(subject, PROV.wasDerivedFrom))
        return [row for row in every if row.get("part") in mine] or every

    def _said(self, subject: URIRef, predicate: URIRef) -> str:
        """Return what a node says, or the record that it is a part of; parts of a record carry its record's key."""
        for node in (subject, URIRef(subject.partition("#")[0])):
            for value in self._data.objects(node, predicate):
                return show(value)
        return ""
