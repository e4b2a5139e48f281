"""The consignments of the demo set as transactions with roles, items, classifications and legs."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date

from rdflib import RDF, RDFS, URIRef

from ...ontology import CLEW, mint
from ...statements import Statement
from ..case.codes import code_lists, code_statements, read_code
from ..parties import PRIMARY, named, place, said
from ..source import RecordError
from .facts import Facts
from .listed import known

_REF = re.compile(r"ofac:(\d+)")
_COUNTRY = re.compile(r"\((?:[^()]*, )?([A-Z]{2})\)")
_MONTHS = re.compile(r"\d{4}-\d\d\.\.(\d{4})-(\d\d)")
_CASE = re.compile(r"vessel: any IMO in parties\.csv case=(\w+)")
_PARTIES = (
    ("exporter", "exporter"),
    ("intermediate_1", "intermediate_consignee"),
    ("intermediate_2", "intermediate_consignee"),
    ("end_party", "end_user"),
)


def shipment_row(row: Mapping[str, str], facts: Facts) -> Iterator[Statement]:
    """Yield one consignment.

    Raises:
        RecordError: A period, a place, a code or a party is not well formed.
    """
    node = _part(row, "transaction")
    yield node, RDF.type, CLEW.Transaction
    yield node, RDFS.label, f"{row['id']}: {row['goods']}"
    yield from said(
        node,
        asOf=_asked_about(row["period"], facts),
        transactionType="export",
        recordKey=row["id"],
        remark=row["status"],
        sourceNote=row["source"],
    )
    yield from _roles(row, node, facts)
    yield from _item(row, node)
    yield from _route(row, node, facts)


def _part(row: Mapping[str, str], part: str) -> URIRef:
    return mint("demo", row["id"], part=part)


def _asked_about(period: str, facts: Facts) -> date:
    """Return the last day of a period of months; a consignment without one is asked about on the newest state's day."""
    match = _MONTHS.fullmatch(period)
    if match:
        year, month = map(int, match.groups())
        if 1 <= month <= 12:
            return date(year, month, calendar.monthrange(year, month)[1])
    if period:
        raise RecordError(f"`{period}` is no period", help="write it as year-month..year-month, or leave it empty")
    return facts.newest()


def _roles(row: Mapping[str, str], node: URIRef, facts: Facts) -> Iterator[Statement]:
    for column, kind in _PARTIES:
        if row[column]:
            role = _part(row, f"role-{column}")
            yield node, CLEW.hasRole, role
            yield role, RDF.type, CLEW.Role
            yield role, CLEW.roleType, mint("role", kind)
            yield role, CLEW.rolePlayer, _player(row, column, facts)
            yield role, CLEW.remark, row[column]
            yield from _party(row, column)


def _player(row: Mapping[str, str], column: str, facts: Facts) -> URIRef:
    """Return who plays a role: the party of the list that the words name, or a party of this consignment alone."""
    ref = _REF.search(row[column])
    return known(ref[1], facts) if ref else _part(row, column)


def _party(row: Mapping[str, str], column: str) -> Iterator[Statement]:
    words = row[column]
    if _REF.search(words):
        return
    node = _part(row, column)
    yield node, RDF.type, CLEW.Party
    yield node, RDFS.label, words
    yield node, CLEW.recordKey, row["id"]
    yield from named(node, words, PRIMARY)
    country = _COUNTRY.search(words)
    if country:
        yield from said(node, country=place(country[1]))


def _item(row: Mapping[str, str], node: URIRef) -> Iterator[Statement]:
    item, classification = _part(row, "item"), _part(row, "item-class")
    yield node, CLEW.hasItem, item
    yield item, RDF.type, CLEW.Item
    yield item, CLEW.description, row["goods"]
    if not (row["hs6"].isdigit() and len(row["hs6"]) == 6):
        raise RecordError(f"`{row['hs6']}` is no HS code", help="write six digits")
    yield item, CLEW.hsCode, mint("hs", row["hs6"])
    yield item, CLEW.remark, f"HS code: {row['hs_basis']}"
    # The column is named after the codes of one list; which list that is, the table of control lists says.
    code = read_code(next(known for known in code_lists().values() if known.family == "eccn"), row["eccn"])
    if not code.chain:
        raise RecordError(f"`{row['eccn']}` is no code of the list", help="write the entry, or EAR99")
    yield item, CLEW.classification, classification
    yield classification, RDF.type, CLEW.Classification
    yield classification, CLEW.underEntry, mint(code.on.family, code.chain[0])
    yield classification, CLEW.method, row["eccn_basis"]
    yield from code_statements(code)


def _route(row: Mapping[str, str], node: URIRef, facts: Facts) -> Iterator[Statement]:
    consignment = _part(row, "consignment")
    yield node, CLEW.hasConsignment, consignment
    yield consignment, RDF.type, CLEW.Consignment
    stops = [row["origin"]]
    for via, consignee in (("via_1", "intermediate_1"), ("via_2", "intermediate_2"), ("destination", "end_party")):
        if not row[via]:
            continue
        leg = _part(row, f"leg-{len(stops)}")
        yield consignment, CLEW.hasLeg, leg
        yield leg, RDF.type, CLEW.Leg
        yield leg, CLEW.sequence, len(stops)
        yield from _end(leg, stops[-1], CLEW.departurePlace, CLEW.departureName)
        yield from _end(leg, row[via], CLEW.arrivalPlace, CLEW.arrivalName)
        yield from said(leg, legConsignee=_player(row, consignee, facts) if row[consignee] else None)
        yield from said(leg, legVessel=_vessel(row, facts))
        stops.append(row[via])


def _end(leg: URIRef, code: str, term: URIRef, name: URIRef) -> Iterator[Statement]:
    """Yield one end of a leg: the country of a code, and the code itself where it is a UN/LOCODE."""
    country = place(code[:2]) if len(code) in (2, 5) else None
    if country is None:
        raise RecordError(f"`{code}` is no place", help="write a country of two letters, or a UN/LOCODE of five")
    yield leg, term, country
    if len(code) == 5:
        yield leg, name, code


def _vessel(row: Mapping[str, str], facts: Facts) -> URIRef | None:
    """Return the vessel of a consignment that asks for any vessel of a case: the one with the lowest entry number."""
    match = _CASE.search(row["source"])
    found = [
        int(number)
        for number, party in facts.parties.items()
        if match and party["imo"] and party["type"] == "Vessel" and match[1] in party["cases"].split(";")
    ]
    return mint("us-sdn", str(min(found))) if found else None
