"""Codes of one list beside codes of others, and beside customs codes.

Lists share the form of their codes and not their meaning, so an edge stands only where a row of the table names both
codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from rdflib import RDF, RDFS
from rdflib.namespace import SKOS

from ...ontology import CLEW, mint
from ...statements import Statement
from ..source import RecordError
from .cells import Row, filled, node, origin, remarks
from .codes import control_lists, entry, entry_statements

_PART = re.compile(r" \(Part \d\)$")
_HS = re.compile(r"\d{6}(\d{2}){0,2}")


def code_alignment(row: Row) -> Iterator[Statement]:
    """Yield that codes of several lists describe nearly the same goods.

    A cell that is not one code of its list ("1C990? / 1C010.a near") is kept as a remark and makes no edge. A list of
    whole categories, as the Japanese one, gives a broader match and not an equal.
    """
    key = filled(row, "code")
    this = node("code_alignment", key)
    close, broader = _codes(row, "close"), _codes(row, "broader")
    for list_key, code in close + broader:
        yield from entry_statements(list_key, code)
        yield this, RDFS.seeAlso, entry(list_key, code)
    for one, other in combinations(close, 2):
        yield entry(*one), CLEW.alignedWith, entry(*other)
    for one, above in product(close, broader):
        yield entry(*one), SKOS.broadMatch, entry(*above)
    yield this, RDF.type, CLEW.ReferenceRow
    yield this, RDFS.label, filled(row, "title_short")
    yield from remarks(this, row, *_columns(), "regime", "note")
    yield from origin(this, row, key)


def _codes(row: Row, alignment: str) -> list[tuple[str, str]]:
    """Return the lists and codes of a row whose cell is one code of its list; a regime may name several items."""
    return [
        (found.key, code)
        for found in control_lists().values()
        if found.alignment == alignment and (not found.names or row["regime"] in found.names)
        for code in (_items(row[found.column]) if found.names else [row[found.column]])
        if found.holds(code)
    ]


def _items(text: str) -> list[str]:
    return [_PART.sub("", item) for item in text.split("/")]


def _columns() -> list[str]:
    return list(dict.fromkeys(found.column for found in control_lists().values() if found.column))


def hs_control_correlation(row: Row) -> Iterator[Statement]:
    """Yield that goods of an entry are often declared under a customs code, once for each list the entry stands on.

    Customs codes are cut to the six digits of the Harmonized System; the longer code of a country is kept as a remark.
    """
    code, full, short = filled(row, "control_code"), filled(row, "hs_code"), filled(row, "hs6")
    if not _HS.fullmatch(full) or full[:6] != short:
        raise RecordError(f"`{full}` is no customs code of `{short}`", help="give six, eight or ten digits")
    for list_key in filled(row, "control_lists").split():
        this = node("hs_control_correlation", list_key, code, full)
        yield from entry_statements(list_key, code)
        yield from customs_code(short)
        yield this, RDF.type, CLEW.HSCorrelation
        yield this, CLEW.correlatedEntry, entry(list_key, code)
        yield this, CLEW.correlatedHS, mint("hs", short)
        yield this, CLEW.description, filled(row, "item")
        yield from remarks(this, row, "hs_code", "relation", "use_note")
        yield from origin(this, row, f"{list_key} {code} {full}")


def customs_code(code: str) -> Iterator[Statement]:
    """Yield a code of the Harmonized System.

    Raises:
        RecordError: The text is not six digits.
    """
    if not re.fullmatch(r"\d{6}", code):
        raise RecordError(f"`{code}` is no code of the Harmonized System", help="give six digits")
    yield mint("hs", code), RDF.type, CLEW.HSCode
    yield mint("hs", code), SKOS.notation, code
