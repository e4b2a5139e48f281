"""Embargoes, places of diversion, and the Common High Priority List: dated facts about places and customs codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rdflib import RDF, RDFS, URIRef

from ...ontology import CLEW, mint, values_of
from ...statements import Statement
from ..source import RecordError
from .alignment import customs_code
from .cells import Row, day, day_after, filled, node, origin, place, remarks, row_window, text, window

_PLACES = re.compile(r"[A-Z]{2}(,[A-Z]{2})*")


def embargoed_places(row: Row) -> Iterator[Statement]:
    """Yield an embargo against a place for each period in which it bites, with its reach and its authority.

    One row may name several places, as "Crimea and Sevastopol" does. A stretch in which an embargo is suspended is left
    out of its windows and kept as a remark.
    """
    key = filled(row, "id")
    restricted = [place(code) for code in filled(row, "places").split()]
    for number, (first, until) in enumerate(_periods(row), start=1):
        this = node("embargoed_places", key) if number == 1 else node("embargoed_places", key, part=str(number))
        yield this, RDF.type, CLEW.Embargo
        yield this, RDFS.label, f"{row['regime']}: {filled(row, 'place')}"
        yield this, CLEW.jurisdiction, filled(row, "regime")
        yield this, CLEW.embargoKind, _kind(row)
        for where in restricted:
            yield this, CLEW.embargoedPlace, where
        yield from text(this, CLEW.description, row, "scope")
        yield from remarks(this, row, "place_code", "kind", "suspended_from", "suspended_to")
        yield from window(this, first, until)
        yield from origin(this, row, key, filled(row, "authority"))


def _periods(row: Row) -> Iterator[tuple[date | None, date | None]]:
    first, until = day(row, "valid_from"), day_after(row, "valid_to")
    pause, again = day(row, "suspended_from"), day_after(row, "suspended_to")
    yield first, pause or until
    if pause and again:
        yield again, until


def _kind(row: Row) -> URIRef:
    kind = mint("embargo-kind", filled(row, "kind_of_embargo"))
    if kind not in values_of(CLEW.EmbargoKind):
        raise RecordError(
            f"`{row['kind_of_embargo']}` is no kind of embargo", help="use one that ontology/values.ttl lists"
        )
    return kind


def high_diversion_places(row: Row) -> Iterator[Statement]:
    """Yield that an authority named a place as a point of diversion, from the day of its notice.

    Words beside the destination, as in "CN (advanced computing ICs)", are kept as a remark.
    """
    key = filled(row, "id")
    this = node("high_diversion_places", key)
    codes = _PLACES.match(filled(row, "diversion_to"))
    if codes is None:
        raise RecordError(f"`{row['diversion_to']}` names no destination", help="begin with codes such as RU,BY")
    yield this, RDF.type, CLEW.DiversionPlace
    yield this, RDFS.label, f"{filled(row, 'name')}: {row['source']}"
    yield this, CLEW.diversionThrough, place(filled(row, "iso2"))
    for code in codes.group().split(","):
        yield this, CLEW.diversionTo, place(code)
    yield from text(this, CLEW.description, row, "basis")
    yield from remarks(this, row, "diversion_to", "evidence_seen")
    yield from window(this, day(row, "as_of"), day_after(row, "valid_to"))
    yield from origin(this, row, key)


def chpl_hs6(row: Row) -> Iterator[Statement]:
    """Yield that a customs code stands on the Common High Priority List, with its tier."""
    code, tier = filled(row, "hs6"), filled(row, "tier")
    this = node("chpl_hs6", code)
    yield from customs_code(code)
    yield this, RDF.type, CLEW.HighPriorityItem
    yield this, RDFS.label, filled(row, "description")
    yield this, CLEW.priorityHS, mint("hs", code)
    yield this, CLEW.tier, tier
    yield from remarks(this, row, "tier_label")
    yield from row_window(this, row)
    yield from origin(this, row, code, f"Common High Priority List of {row['valid_from']}, tier {tier}")
