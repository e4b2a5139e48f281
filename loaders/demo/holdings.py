"""The shareholdings of the demo set: dated percentages, with versions of a register row kept apart."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from datetime import date

from rdflib import RDF, URIRef

from ...errors import CaseError
from ...ontology import CLEW, mint
from ...statements import Statement
from ..case.shares import parse_share
from ..edtf import day
from ..parties import STRONG, digest, identified, named, party, said
from ..source import RecordError
from .facts import Facts

_SHARES = mint("holding-kind", "shares")


def holding_row(row: Mapping[str, str], facts: Facts, line: int) -> Iterator[Statement]:
    """Yield one holding, with its holder and its company where no other file of the set names them.

    Raises:
        RecordError: A share, a date or a party is not well formed.
    """
    holder = yield from _side(row["owner"], row["owner_id"], facts, CLEW.Party)
    company = yield from _side(row["asset"], row["asset_id"], facts, CLEW.Company)
    low, high = _share(row["percentage"])
    node = mint("demo", f"holding-{digest(*(row[name] for name in sorted(row)))}")
    yield node, RDF.type, CLEW.Holding
    yield from said(
        node,
        holder=holder,
        heldIn=company,
        holdingKind=_SHARES,
        shareMinimum=low,
        shareMaximum=high,
        validFrom=_day(row["valid_from"]),
        validUntil=_day(row["valid_to"]),
        recordKey=str(line),
        sourceNote=row["source"],
        remark=row["note"],
    )


def _side(name: str, ids: str, facts: Facts, kind: URIRef) -> Generator[Statement, None, URIRef]:
    """Yield who a holder or company is, and return its IRI."""
    keys = dict(part.split(":", 1) for part in ids.split(";") if ":" in part)
    if not name or not set(keys) <= {"ofac", "inn"}:
        raise RecordError(f"`{name}` `{ids}` names no party", help="write ofac:<number>, inn:<number> or both")
    number, tax = keys.get("ofac", ""), keys.get("inn", "")
    entity = mint("us-sdn", number) if number else mint("ru-inn", tax) if tax else mint("demo", _slug(name))
    if number in facts.parties:
        yield from _other_name(entity, name, facts.parties[number]["name"])
    else:
        yield from party(entity, kind, name, number or tax or _slug(name))
    if tax:
        yield from identified(entity, "ru-inn", tax)
    return entity


def _other_name(entity: URIRef, name: str, label: str) -> Iterator[Statement]:
    if name != label:
        yield from named(entity, name, STRONG)


def _slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def _share(text: str) -> tuple[int, int] | tuple[None, None]:
    try:
        return parse_share(text or None) or (None, None)
    except CaseError as error:
        raise RecordError(error.message, help=error.help) from error


def _day(text: str) -> date | None:
    found = day(text) if text else None
    if text and found is None:
        raise RecordError(f"`{text}` is no day", help="write it as year-month-day, or leave it empty")
    return found
