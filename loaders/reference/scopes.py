"""Which goods a provision means, what it forbids for them, and which measures against listed parties are paused.

A provision is one row of `trade_restrictions.csv` and points at a goods scope; the goods are rows of
`goods_scopes.csv`. So an annex that grows, or a window that closes, is a row of a table and never a change to a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from rdflib import RDF, RDFS, URIRef

from ...ontology import CLEW, mint, uncurie
from ...statements import Statement
from ..places import rows_of
from ..source import RecordError
from .alignment import customs_code
from .cells import LEGAL, Row, day, filled, node, origin, place, remarks, row_window, share, text, word
from .codes import control_list, entry, entry_statements

_MEASURES = ("export_ban", "transit_ban", "third_country_ban", "contract_clause", "content_floor", "quota")


def goods_scopes(row: Row) -> Iterator[Statement]:
    """Yield a member of a goods scope: one entry of a control list, a whole list, or customs codes.

    The cell `hs` holds customs codes of six digits; `hs_table` names a table whose codes are meant, all of them.
    """
    scope, codes = filled(row, "scope"), _customs_codes(row)
    this = node("goods_scopes", scope, *filter(None, (row["list"], row["code"], *codes[:1], row["valid_from"])))
    yield mint("scope", scope), RDF.type, CLEW.GoodsScope
    yield mint("scope", scope), RDFS.label, filled(row, "label")
    yield this, RDF.type, CLEW.ScopeMember
    yield this, RDFS.label, f"{row['label']}: {row['code'] or row['list'] or ' '.join(codes)}"
    yield this, CLEW.inScope, mint("scope", scope)
    if row["code"]:
        yield from entry_statements(row["list"], row["code"])
        yield this, CLEW.forEntry, entry(row["list"], row["code"])
    elif row["list"]:
        yield this, CLEW.forControlList, control_list(row["list"]).iri
    for code in codes:
        yield from customs_code(code)
        yield this, CLEW.forHS, mint("hs", code)
    if not (row["list"] or codes):
        raise RecordError("the row names no goods", help="fill in `list`, `hs` or `hs_table`")
    yield from row_window(this, row)
    yield from origin(this, row, f"{scope} {row['code'] or row['list'] or codes[0]}", filled(row, "citation"))


def _customs_codes(row: Row) -> tuple[str, ...]:
    named = tuple(each["hs6"] for each in rows_of(row["hs_table"])) if row["hs_table"] else ()
    return (*row["hs"].split(), *named)


def trade_restrictions(row: Row) -> Iterator[Statement]:
    """Yield a provision about a goods scope: a ban, a clause that contracts need, a floor of content, a quota."""
    key = filled(row, "id")
    this = node("trade_restrictions", key)
    yield this, RDF.type, CLEW.TradeRestriction
    yield this, RDFS.label, filled(row, "title")
    yield this, CLEW.jurisdiction, filled(row, "jurisdiction")
    yield this, CLEW.measure, word(row, "measure", _MEASURES)
    yield this, CLEW.forScope, _scope(row)
    yield this, CLEW.legalStatus, mint("legal", word(row, "legal_status", LEGAL))
    if row["place"]:
        yield this, CLEW.forPlace, place(row["place"])
    if row["except_group"]:
        yield this, CLEW.exceptGroup, mint("group", row["except_group"])
    if row["share_percent"]:
        yield this, CLEW.shareMinimum, share(row, "share_percent")
    if row["quantity"]:
        yield this, CLEW.quotaQuantity, _quantity(row)
        yield this, CLEW.quotaUnit, filled(row, "unit")
    for column, term in (("signed_before", CLEW.signedBefore), ("free_until", CLEW.freeUntil)):
        if value := day(row, column):
            yield this, term, value
    yield from row_window(this, row)
    yield from origin(this, row, key, filled(row, "citation"))


def _scope(row: Row) -> URIRef:
    known = {each["scope"] for each in rows_of("goods_scopes")}
    return mint("scope", word(row, "scope", known))


def _quantity(row: Row) -> Decimal:
    try:
        return Decimal(row["quantity"])
    except InvalidOperation as error:
        raise RecordError(f"`{row['quantity']}` in `quantity` is no number", help="write digits alone") from error


def cn_list_measures(row: Row) -> Iterator[Statement]:
    """Yield the state of law, in one period, of the measures against the parties that an announcement listed.

    An announcement without a row here is in force since its first day. `binds_abroad` is the state of law of a part
    that also forbids persons abroad to pass on goods of Chinese origin; it is empty where there is no such part.
    """
    known, listed = {each["key"] for each in rows_of("party_lists")}, filled(row, "listed_on")
    register = word(row, "list", known)
    this = node("cn_list_measures", register, listed, *filter(None, (row["announcement"], row["valid_from"])))
    yield this, RDF.type, CLEW.ListMeasure
    yield this, RDFS.label, f"{filled(row, 'announcement')}: {filled(row, 'measure')}"
    yield this, CLEW.forList, mint("list", register)
    if first := day(row, "listed_on"):
        yield this, CLEW.listedOn, first
    yield this, CLEW.legalStatus, mint("legal", word(row, "legal_status", LEGAL))
    if row["binds_abroad"]:
        yield this, CLEW.bindsAbroad, mint("legal", word(row, "binds_abroad", LEGAL))
    yield from text(this, CLEW.description, row, "measure")
    yield from row_window(this, row)
    yield from origin(this, row, f"{register} {listed} {row['announcement']}", row["announcement"])


def blocking_orders(row: Row) -> Iterator[Statement]:
    """Yield an order against a foreign measure: the list, the party it protects, and the rule it stands against."""
    key, party = filled(row, "id"), uncurie(filled(row, "party"))
    this = node("blocking_orders", key)
    yield this, RDF.type, CLEW.BlockingOrder
    yield this, RDFS.label, filled(row, "order")
    yield this, CLEW.forList, mint("list", word(row, "list", {each["key"] for each in rows_of("party_lists")}))
    yield this, CLEW.protects, party
    for rule in filled(row, "rules").split():
        yield this, CLEW.blocksRule, mint("rule", rule)
    yield this, CLEW.legalStatus, mint("legal", word(row, "legal_status", LEGAL))
    yield from remarks(this, row, "party_name")
    yield from row_window(this, row)
    yield from origin(this, row, key, filled(row, "order"))
