"""The parties of the demo set with their listings, the links between them, and the events of their listings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from rdflib import URIRef

from ...ontology import CLEW, mint
from ...statements import Statement, Value
from ..csl_entries import Entry as CslEntry
from ..edtf import day
from ..ofac_entries import KINDS, Entry, entry_statements, mint_listing
from ..parties import identified, in_country, is_ship_number, said
from ..source import RecordError
from ..us_csl import csl_statements
from .facts import Facts

_LIST = mint("list", "US-SDN")
_TYPES = {"Organization": "", "Person": "individual", "Vessel": "vessel", "Aircraft": "aircraft"}


def party_row(row: Mapping[str, str], facts: Facts) -> Iterator[Statement]:
    """Yield what a row of `parties.csv` says; its links stand in `links.csv`.

    Raises:
        RecordError: The row is not well formed.
    """
    if row["type"] not in _TYPES:
        raise RecordError(f"`{row['type']}` is no type of a party", help=f"write one of {', '.join(_TYPES)}")
    programmes = tuple(filter(None, row["programs"].split(";")))
    entry = Entry(row["ofac_ent_num"], row["name"], _TYPES[row["type"]], programmes, remark=row["remarks"])
    entry.check()
    entity = mint("us-sdn", entry.number)
    yield from entry_statements(entry, entity, _LIST, None)
    for country in filter(None, row["countries_2025_12"].split(";")):
        yield in_country(entity, country)
    if row["imo"] and KINDS[entry.type] == CLEW.Vessel and is_ship_number(row["imo"]):
        yield from identified(entity, "imo-ship", row["imo"])
    yield from said(mint_listing(entity), **_window(row, facts))


def _window(row: Mapping[str, str], facts: Facts) -> dict[str, Value | None]:
    """Return when a listing began and ended, as far as states of the list and events tell."""
    number, first = row["ofac_ent_num"], row["first_seen_in_snapshots"]
    seen = day(first.removeprefix("<="))
    window: dict[str, Value | None] = {}
    if number in facts.designated:
        window["validFrom"] = facts.designated[number]
    elif seen is not None:
        window["validFromLatest"] = seen
        window["validFrom"] = None if first.startswith("<=") else facts.before(seen)
    if number in facts.removed:
        window["validUntil"] = facts.removed[number]
    else:
        window |= _end(row, facts)
    return window


def _end(row: Mapping[str, str], facts: Facts) -> dict[str, Value | None]:
    there = [state for state, column in facts.states() if row[column] == "yes"]
    gone = [state for state, column in facts.states() if row[column] == "no"]
    last: date | None = max(there, default=None)
    missing = min((state for state in gone if last and state > last), default=None)
    if last is None or missing is None:
        return {}
    return {"validUntilEarliest": last + timedelta(days=1), "validUntil": missing}


def link_row(row: Mapping[str, str], facts: Facts) -> Iterator[Statement]:
    """Yield what a row of `links.csv` says.

    Raises:
        RecordError: One of the two is no party of the set.
    """
    ends = [known(row[column], facts) for column in ("subject_ent_num", "object_ent_num")]
    yield ends[0], CLEW.linkedTo, ends[1]


def event_row(row: Mapping[str, str], facts: Facts) -> Iterator[Statement]:
    """Yield where the days of a listing were taken from; the days themselves come with the party.

    Raises:
        RecordError: The party is not in the set, or the date is none.
    """
    entity = known(row["ofac_ent_num"], facts)
    if day(row["date"]) is None:
        raise RecordError(f"`{row['date']}` is no day", help="write it as year-month-day")
    yield mint_listing(entity), CLEW.sourceNote, f"{row['date']} {row['event']}: {row['source']}"


def known(number: str, facts: Facts) -> URIRef:
    """Return a party of the set.

    Raises:
        RecordError: There is no such party.
    """
    if number not in facts.parties:
        raise RecordError(f"there is no party `{number}` in parties.csv", help="add the party, or correct the number")
    return mint("us-sdn", number)


def entity_list_row(row: Mapping[str, str], facts: Facts) -> Iterator[Statement]:
    """Yield what a row of `entity_list_parties.csv` says, as the Consolidated Screening List would.

    Raises:
        RecordError: The row has no name.
    """
    if not row["name"]:
        raise RecordError("the row has no name", help="write the name of the party")
    entry = CslEntry(
        source="",
        name=row["name"],
        aliases=tuple(filter(None, row["alt_names"].split("; "))),
        countries=tuple(filter(None, row["countries"].split(";"))),
        notice=row["federal_register"],
        requirement=row["license_requirement"],
        policy=row["license_policy"],
    )
    yield from csl_statements(entry, "US-EL")
