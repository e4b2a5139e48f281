"""Which goods provisions of the EAR mean, whom the foreign direct product rules reach, and what part 746 asks for.

A goods scope names entries, a pattern of codes, a reason for control or customs codes. So a rule that widens to a
category, or a chapter that comes into a supplement, is a row of a table and never a change to a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import SKOS

from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import rows_of
from ..source import RecordError
from .cells import Row, filled, node, origin, place, row_window, text, word
from .codes import entry, entry_statements

_LIST = "US"  # the key of the Commerce Control List in control_lists.csv
_WHOLE = "entire_entry"
_PART = "the reason holds for a part of these entries"


def us_goods_scopes(row: Row) -> Iterator[Statement]:
    """Yield a member of a goods scope; `part` says that only a part of what it names belongs, so nobody can be sure."""
    scope, named = filled(row, "scope"), [row[column] for column in ("codes", "pattern", "reason", "hs")]
    if sum(map(bool, named)) != 1:
        raise RecordError("the row names no goods, or in two ways", help="fill in one of codes, pattern, reason, hs")
    key = (scope, row["reason"] or row["hs"] or (row["codes"] or row["pattern"]), row["valid_from"])
    this = node("us_goods_scopes", *filter(None, key))
    yield mint("scope", scope), RDF.type, CLEW.GoodsScope
    yield mint("scope", scope), RDFS.label, filled(row, "label")
    if row["reason"]:
        yield from _reason(this, row, scope)
        return
    yield from _member(this, row, scope)
    yield from text(this, CLEW.condition, row, "part")
    codes = row["codes"].split()
    if row["pattern"]:
        yield this, CLEW.entryPattern, row["pattern"]
        codes = [code for code in _entries() if _pattern(row).fullmatch(code)]
    for code in codes:
        yield from entry_statements(_LIST, code)
        yield this, CLEW.forEntry, entry(_LIST, code)
    if row["hs"]:
        yield mint("hs", row["hs"]), SKOS.notation, row["hs"]
        yield this, CLEW.forHS, mint("hs", row["hs"])


def _member(this: URIRef, row: Row, scope: str) -> Iterator[Statement]:
    yield this, RDF.type, CLEW.ScopeMember
    yield this, RDFS.label, f"{row['label']}: {row['codes'] or row['pattern'] or row['reason'] or row['hs']}"
    yield this, CLEW.inScope, mint("scope", scope)
    yield from row_window(this, row)
    yield from origin(this, row, scope, filled(row, "citation"))


def _reason(this: URIRef, row: Row, scope: str) -> Iterator[Statement]:
    """Yield the entries that are controlled for a reason: one member for whole entries, one for parts of them."""
    for whole in (True, False):
        codes = [code for code, entire in _controlled(row["reason"]) if entire == whole]
        member = this if whole else URIRef(f"{this}#part")
        yield from _member(member, row, scope)
        if not whole:
            yield member, CLEW.condition, _PART
        for code in codes:
            yield from entry_statements(_LIST, code)
            yield member, CLEW.forEntry, entry(_LIST, code)


@cache
def _controlled(reason: str) -> tuple[tuple[str, bool], ...]:
    """Return the entries with a control line for a reason, and whether a line covers the entry whole."""
    found: dict[str, bool] = {}
    for row in rows_of("us_ccl_controls"):
        if row["reason"] == reason:
            found[row["eccn"]] = found.get(row["eccn"], False) or row["scope"] == _WHOLE
    return tuple(sorted(found.items()))


@cache
def _entries() -> tuple[str, ...]:
    return tuple(row["eccn"] for row in rows_of("us_ccl_entries"))


def _pattern(row: Row) -> re.Pattern[str]:
    """Return the pattern of codes; it is also read within the words that say how goods were made."""
    try:
        return re.compile(row["pattern"])
    except re.error as error:
        raise RecordError(f"`{row['pattern']}` is no regular expression: {error}", help="correct it") from error


def us_fdp_reaches(row: Row) -> Iterator[Statement]:
    """Yield one destination, party or end use that a foreign direct product rule reaches, with its goods and inputs."""
    key = filled(row, "id")
    this = node("us_fdp_reaches", key)
    rule = word(row, "rule_id", {each["rule_id"] for each in rows_of("us_fdp_rules")})
    yield this, RDF.type, CLEW.ForeignProductReach
    yield this, RDFS.label, f"{filled(row, 'citation')}: {row['place'] or row['group'] or row['list']}"
    yield this, CLEW.reachOf, node("us_fdp_rules", rule)
    yield this, CLEW.inputGoods, _scope(row, "inputs")
    if row["items"]:
        yield this, CLEW.forScope, _scope(row, "items")
    if row["group"]:
        yield this, CLEW.forGroup, mint("group", row["group"])
    if row["place"]:
        yield this, CLEW.forPlace, place(row["place"])
    if row["list"]:
        yield this, CLEW.forList, mint("list", word(row, "list", {each["key"] for each in rows_of("party_lists")}))
        yield this, CLEW.forFootnote, filled(row, "footnote")
    if row["end_use"]:
        yield this, CLEW.forEndUse, mint("end_use", row["end_use"])
    yield from text(this, CLEW.condition, row, "condition")
    yield from row_window(this, row)
    yield from origin(this, row, key, row["citation"])


def us_746_requirements(row: Row) -> Iterator[Statement]:
    """Yield that goods of a scope need a licence to a place under part 746."""
    key, where = filled(row, "id"), place(filled(row, "iso2"))
    this = node("us_746_requirements", key)
    paragraph = f"15 CFR {filled(row, 'paragraph')}"
    yield this, RDF.type, CLEW.TradeRestriction
    yield this, RDFS.label, f"{paragraph}: {row['iso2']}"
    yield this, CLEW.jurisdiction, "US-EAR"
    yield this, CLEW.measure, "licence"
    yield this, CLEW.forPlace, where
    yield this, CLEW.forScope, _scope(row, "goods")
    yield from row_window(this, row)
    yield from origin(this, row, key, paragraph)


def _scope(row: Row, column: str) -> URIRef:
    return mint("scope", word(row, column, {each["scope"] for each in rows_of("us_goods_scopes")}))
