"""Chinese announcements with their suspensions, and the parties of the three Chinese lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import ascii_lowercase

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS

from ...ontology import CLEW, mint
from ...statements import Statement
from .. import parties
from ..places import rows_of
from ..source import RecordError
from .cells import LEGAL, Row, day, day_after, filled, node, origin, place, remarks, window, word
from .codes import control_list, entry, entry_statements, list_of

_TABLE = "cn_announcements"
_CODE = re.compile(r"(\d[A-E]\d{3}(?:\.[a-z0-9]+)*)(?:\.([a-z])-([a-z]))?(?:\(CN\))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in which an instrument has one state of law."""

    status: str
    first: date | None
    until: date | None


def cn_announcements(row: Row) -> Iterator[Statement]:
    """Yield an announcement once for each state of law it went through, each time with the entries it controls.

    One that was suspended is in force before the suspension, suspended during it, and afterwards what the table says;
    where nobody has checked that, the state is `not_verified`. One against a single destination names it.
    """
    key = filled(row, "instrument")
    codes, dual_use = _controlled(row), list_of(_TABLE)
    for code in codes:
        yield from entry_statements(dual_use, code)
    for number, period in enumerate(_periods(row), start=1):
        this = node(_TABLE, key, part=str(number))
        yield from _instrument(this, row, key, period)
        for code in codes:
            yield this, CLEW.controlsEntry, entry(dual_use, code)


def _instrument(this: URIRef, row: Row, key: str, period: Period) -> Iterator[Statement]:
    yield this, RDF.type, CLEW.Instrument
    yield this, RDFS.label, key
    yield this, CLEW.description, filled(row, "subject")
    yield this, CLEW.jurisdiction, list_of(_TABLE)
    yield this, CLEW.legalStatus, mint("legal", period.status)
    if issued := day(row, "issued"):
        yield this, DCTERMS.issued, issued
    if row["destination"]:
        yield this, DCTERMS.spatial, place(row["destination"])
    yield from window(this, period.first, period.until)
    # The codes are kept as published too: some of them name no entry ("Ann. 1 lists", "1C107?").
    yield from remarks(this, row, "control_codes", "status")
    yield from origin(this, row, key, key)


def _periods(row: Row) -> Iterator[Period]:
    first, until = day(row, "effective"), day_after(row, "valid_to")
    pause, again = day(row, "suspended_from"), day_after(row, "suspended_to")
    status = word(row, "legal_status", LEGAL)
    if pause is None:
        if again is not None:
            raise RecordError("the suspension has an end and no beginning", help="fill in `suspended_from`")
        yield Period(status, first, until)
        return
    if first and first < pause:
        yield Period(status, first, pause)
    yield Period("suspended", pause, again)
    if again is not None:
        yield Period(word(row, "status_after", LEGAL), again, until)


def _controlled(row: Row) -> tuple[str, ...]:
    """Return the codes an announcement names, and those of a whole list where it puts that list in force."""
    if row["controls_list"]:
        word(row, "controls_list", (list_of(_TABLE),))
        return _rest_of_list(row["controls_list"])
    return tuple(dict.fromkeys(codes_named(row["control_codes"])))


def codes_named(text: str) -> Iterator[str]:
    """Yield the codes in a list of codes, ranges such as `6C001.a-d` written out; other words are passed over."""
    for piece in re.split(r"[\s;,]+", text):
        match = _CODE.fullmatch(piece)
        if match is None:
            continue
        code, low, high = match.groups()
        yield from (f"{code}.{letter}" for letter in _letters(low, high)) if low else (code,)


def _letters(low: str, high: str) -> str:
    return ascii_lowercase[ascii_lowercase.index(low) : ascii_lowercase.index(high) + 1]


@cache
def _rest_of_list(key: str) -> tuple[str, ...]:
    """Return the entries of the list that the tables know and no announcement names one by one."""
    known = control_list(key)
    named = {known.chain(code)[-1] for row in rows_of(_TABLE) for code in codes_named(row["control_codes"])}
    aligned = {row[known.column] for row in rows_of("code_alignment") if row[known.column]}
    correlated = {
        row["control_code"] for row in rows_of("hs_control_correlation") if key in row["control_lists"].split()
    }
    return tuple(sorted({known.chain(code)[-1] for code in aligned | correlated} - named))


def cn_party_lists(row: Row) -> Iterator[Statement]:
    """Yield a party of a Chinese list with its names, its address as published, and its listing."""
    key, name = filled(row, "id"), row["name_en"] or row["name_other"]
    if not name:
        raise RecordError("the row names nobody", help="fill in `name_en` or `name_other`")
    party = mint("cn-list", key)
    listing = mint("cn-list", key, part="listing")
    yield from parties.party(party, CLEW.Organization, name, key)
    if row["name_other"] and row["name_other"] != name:
        yield from parties.named(party, row["name_other"], parties.STRONG)
    if row["address"]:
        yield from parties.addressed(party, (row["address"],), "", "")
    yield from parties.listed(party, listing, _list_of(row), key)
    yield from window(listing, day(row, "listed_on"), None)
    yield from origin(listing, row, key, f"MOFCOM announcement of {row['listed_on']}")


def _list_of(row: Row) -> URIRef:
    known = {found["key"] for found in rows_of("party_lists")}
    return mint("list", word(row, "list_key", known))
