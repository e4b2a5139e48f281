"""The Commerce Control List: its entries and the reasons for which each is controlled (15 CFR 774 Supp. 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import RDF, RDFS, URIRef

from ...ontology import CLEW, mint
from ...statements import Statement
from .cells import Row, filled, node, origin, remarks, text, word
from .codes import entry, entry_statements, list_of
from .paragraphs import reach

_SCOPES = ("entire_entry", "entire_entry_except", "partial")
_COLUMN = re.compile(r"([A-Z]{2}) (\d)")


def us_ccl_entries(row: Row) -> Iterator[Statement]:
    """Yield an entry with its heading; what no term holds is kept as remarks."""
    code, ccl = filled(row, "eccn"), list_of("us_ccl_entries")
    yield from entry_statements(ccl, code)
    this = entry(ccl, code)
    yield this, RDFS.label, filled(row, "heading")
    yield from remarks(
        this, row, "category", "product_group", "reasons_for_control", "chart_columns_any_paragraph",
        "list_based_licence_exceptions", "itar_pointer",
    )  # fmt: skip
    yield from origin(this, row, code, f"15 CFR 774 Supp. 1, ECCN {code}")


def us_ccl_controls(row: Row) -> Iterator[Statement]:
    """Yield a control line: its entry, its reason, its destinations, and the paragraphs it is limited to or leaves out.

    A line whose paragraphs cannot be read for certain states none, and whoever asks gets `possible`.
    """
    key, eccn, ccl = filled(row, "id"), filled(row, "eccn"), list_of("us_ccl_controls")
    line = node("us_ccl_controls", key)
    yield from entry_statements(ccl, eccn)
    yield line, RDF.type, CLEW.ControlLine
    yield line, CLEW.lineOf, entry(ccl, eccn)
    yield line, RDFS.label, filled(row, "control_text")
    yield line, CLEW.lineScope, word(row, "scope", _SCOPES)
    yield line, CLEW.appliesTo, filled(row, "applies_to")
    yield from text(line, CLEW.reasonForControl, row, "reason")
    yield from remarks(line, row, "chart_text", "remark")
    for reason, number in _COLUMN.findall(row["applies_to"]):
        yield line, CLEW.lineColumn, mint("column", f"{reason}_{number}")
    yield from _paragraphs(line, row, ccl)
    yield from origin(line, row, key, f"15 CFR 774 Supp. 1, ECCN {eccn}")


def _paragraphs(line: URIRef, row: Row, ccl: str) -> Iterator[Statement]:
    if row["scope"] == "entire_entry":
        return
    found = reach(row["eccn"], row["control_text"])
    for term, codes in ((CLEW.lineParagraph, found.paragraphs), (CLEW.lineException, found.exceptions)):
        for code in codes:
            yield from entry_statements(ccl, code)
            yield line, term, entry(ccl, code)
