"""One field of a case at a time: from what was written to a value of the graph, or a clear error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from rdflib import URIRef

from ...errors import CaseError
from ...ontology import mint
from ..places import place_of
from .plain import plain_text
from .shares import parse_share

Days = tuple[date, date]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAYS = re.compile(r"\[\s*([\d-]+)\s*,\s*([\d-]+)\s*\]", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_BROKEN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def shown(value: object) -> str:
    """Return a value as messages quote it: in backticks, on one line, cut when it is long."""
    text = _BROKEN.sub(" ", plain_text(value))
    return f"`{text[:77]}...`" if len(text) > 80 else f"`{text}`"


def as_text(value: object) -> str:
    """Return words as they stand; numbers and days are taken by their characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal | date):
        raise CaseError(f"{shown(value)} is no text", help="write one text here")
    return plain_text(value) if isinstance(value, date) else str(value)


def as_key(value: object) -> str:
    """Return an id or code: one line of text without blanks around it."""
    text = as_text(value).strip()
    if not text or len(text) > 200 or _BROKEN.search(text):
        raise CaseError(f"{shown(value)} is no id", help="write up to 200 letters and digits on one line")
    return text


def as_token(value: object) -> str:
    """Return a word of the schema as it is written in ids: `end user` and `End-User` both give `end_user`."""
    return re.sub(r"[\s_-]+", "_", as_key(value).casefold())


def as_state(value: object) -> str:
    """Return the state of a document; an unquoted `false` of YAML or JSON means the word."""
    return str(value).lower() if isinstance(value, bool) else as_token(value)


def as_day(value: object) -> date:
    """Return one calendar day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value).strip()
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise CaseError(f"{shown(text)} is no day of the calendar", help="correct the month or the day") from error
    raise CaseError(f"{shown(text)} is no date", help="write the day as 2024-11-15")


def as_days(value: object) -> Days:
    """Return the first and the last day a date may be; `[2026-05-01,2026-07-01]` is a date known only so far."""
    match = _DAYS.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return (day := as_day(value)), day
    first, last = as_day(match[1]), as_day(match[2])
    if first > last:
        raise CaseError(f"the period {shown(value)} is upside down", help="write the earlier day first")
    return first, last


def as_number(value: object) -> Decimal:
    """Return an exact number."""
    text = value.strip() if isinstance(value, str) else str(value)
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise CaseError(f"{shown(value)} is no number", help="write digits with a decimal point, such as 1900000.50")
    number = Decimal(text)
    # The store holds decimals of 18 digits on either side of the point.
    if number.adjusted() > 17 or Decimal(number.normalize().as_tuple().exponent) < -18:
        raise CaseError(f"{shown(value)} is too large or too fine", help="write up to 18 digits")
    return number


def as_quantity(value: object) -> Decimal:
    """Return an exact number that is not negative."""
    number = as_number(value)
    if number < 0:
        raise CaseError(f"{shown(value)} is negative", help="write how much it is, from 0")
    return number


def as_position(value: object) -> int:
    """Return a whole number from 1."""
    number = as_number(value)
    if not 1 <= number <= 9999 or number != int(number):
        raise CaseError(f"{shown(value)} is no position", help="number from 1")
    return int(number)


def as_share(value: object) -> int:
    """Return one share in millionths of a percent; a band is refused."""
    share = parse_share(value)
    if share is None or share[0] != share[1]:
        raise CaseError(f"{shown(value)} is not one share", help="write one number from 0 to 100")
    return share[0]


def as_flag(value: object) -> bool:
    """Return yes or no."""
    if isinstance(value, bool):
        return value
    flag = _FLAGS.get(value.strip().casefold()) if isinstance(value, str) else None
    if flag is None:
        raise CaseError(f"{shown(value)} is neither true nor false", help="write true or false, or leave it out")
    return flag


def as_place(value: object) -> URIRef:
    """Return the place of an ISO 3166-1 code, an area code or a name."""
    place = place_of(as_key(value))
    if place is None:
        raise CaseError(
            f"{shown(value)} is no country or area that the tables know",
            help="write its ISO 3166-1 code, such as DE, or leave it out where it is not known",
        )
    return place


def as_currency(value: object) -> str:
    """Return a currency as its ISO 4217 code."""
    text = as_key(value).upper()
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise CaseError(f"{shown(value)} is no currency", help="write its ISO 4217 code, such as EUR")
    return text


def as_hs(value: object) -> URIRef:
    """Return the HS code of six digits that a code begins with."""
    return mint("hs", hs_digits(value)[:6])


def hs_digits(value: object) -> str:
    """Return all digits of an HS code; `8542.31` and `8542310000` are both well formed."""
    digits = re.sub(r"[.\s]", "", as_key(value))
    if not re.fullmatch(r"\d{6,13}", digits, re.ASCII):
        raise CaseError(f"{shown(value)} is no HS code", help="write six digits as text, such as '080111'")
    return digits


def as_mapping(value: object) -> Mapping[str, object]:
    """Return the fields of a part."""
    if not isinstance(value, Mapping):
        raise CaseError(f"{shown(value)} is no mapping", help="write its fields by name, such as {id: a, name: ...}")
    return value


def as_fields(name: str) -> Callable[[object], Mapping[str, object]]:
    """Return a reader of a part that may also be written short, as the value of one field."""
    return lambda value: value if isinstance(value, Mapping) else {name: value}


def as_list(value: object) -> list[object]:
    """Return the members of a list; one value alone is a list of one."""
    return list(value) if isinstance(value, list | tuple) else [value]
