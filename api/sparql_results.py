"""Rows of a query written as JSON, XML, CSV or TSV, with a limit on how many.

The engine has writers of its own, but they write every row; here an answer ends at its limit and is still well formed.
Formats: SPARQL 1.1 Query Results JSON, XML, CSV and TSV (W3C, 2013). Only the standard library and the engine are
imported, so that a worker starts quickly.
"""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

import pyoxigraph as ox

_NS = "http://www.w3.org/2005/sparql-results#"
_STRING = "http://www.w3.org/2001/XMLSchema#string"

Row = TypeVar("Row")
Cells = Sequence[Any]  # terms of the engine, None where unbound
Writer = Callable[[Sequence[str], Iterable[Cells]], bytes]


@dataclass(slots=True)
class Limited(Generic[Row]):
    """Rows up to a limit; afterwards `more` tells whether there were others."""

    rows: Iterable[Row]
    limit: int
    more: bool = False

    def __iter__(self) -> Iterator[Row]:
        """Yield rows up to the limit."""
        rows = iter(self.rows)
        yield from islice(rows, self.limit)
        self.more = next(rows, None) is not None


def write_json(names: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """Return rows as SPARQL 1.1 Query Results JSON."""
    bindings = [{name: _json(cell) for name, cell in zip(names, row, strict=True) if cell is not None} for row in rows]
    answer = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _json(cell: Any) -> dict[str, Any]:
    if isinstance(cell, ox.NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, ox.BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, ox.Triple):
        parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    return {"type": "literal", "value": cell.value, **_kind(cell, "xml:lang")}


def _kind(literal: Any, language: str) -> dict[str, str]:
    """Return the language or the datatype of a literal; plain strings have neither in results."""
    if literal.language:
        return {language: literal.language}
    return {} if literal.datatype.value == _STRING else {"datatype": literal.datatype.value}


def write_xml(names: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """Return rows as SPARQL Query Results XML."""
    root = ET.Element("sparql", xmlns=_NS)
    head = ET.SubElement(root, "head")
    for name in names:
        ET.SubElement(head, "variable", name=name)
    results = ET.SubElement(root, "results")
    for row in rows:
        result = ET.SubElement(results, "result")
        for name, cell in zip(names, row, strict=True):
            if cell is not None:
                _xml(ET.SubElement(result, "binding", name=name), cell)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")).encode()


def _xml(parent: ET.Element, cell: Any) -> None:
    if isinstance(cell, ox.Triple):
        triple = ET.SubElement(parent, "triple")
        for name in ("subject", "predicate", "object"):
            _xml(ET.SubElement(triple, name), getattr(cell, name))
    elif isinstance(cell, ox.Literal):
        kind = _kind(cell, "{http://www.w3.org/XML/1998/namespace}lang")
        ET.SubElement(parent, "literal", kind).text = _printable(cell.value)
    else:
        ET.SubElement(parent, "uri" if isinstance(cell, ox.NamedNode) else "bnode").text = cell.value


def _printable(text: str) -> str:
    """Return a text in which a replacement character stands for every control character XML 1.0 cannot carry."""
    return "".join(char if char >= " " or char in "\t\n\r" else "�" for char in text)


def write_csv(names: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """Return rows as SPARQL 1.1 Query Results CSV: values only, lines ended by CRLF."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    return str(cell.value if isinstance(cell, ox.NamedNode | ox.Literal) else cell)


def write_tsv(names: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """Return rows as SPARQL 1.1 Query Results TSV: terms as in Turtle."""
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if cell is None else str(cell).replace("\t", "\\t") for cell in row) for row in rows]
    return ("\n".join(lines) + "\n").encode()


TABLES: dict[str, Writer] = {
    "application/sparql-results+json": write_json,
    "application/sparql-results+xml": write_xml,
    "text/csv": write_csv,
    "text/tab-separated-values": write_tsv,
}
BOOLEANS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
