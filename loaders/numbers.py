"""Identifiers under the words that publishers write before them.

Which words announce which scheme stands in `number_labels.csv`, with the country and the form of the value where these
decide. A number under words that nobody described is kept under the scheme `other`, with its words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rdflib import URIRef

from ..ontology import CLEW
from ..statements import Statement
from .parties import identified, is_ship_number, part_of, place
from .tree import tidy

_REMARK = CLEW.remark
_ANY_NUMBER = re.compile(r".*\d.*")
_LABELLED = re.compile(r"([^\W\d]{2,}):? (\S.*)")
_SEVEN = re.compile(r"(?<!\d)\d{7}(?!\d)")
_SHIP = re.compile(r"(?:\bIMO\b(?: number)?:?\s*|\bNamely, )(?=\d{7}(?!\d))", re.IGNORECASE)
_UN_REFERENCE = re.compile(r"([A-Za-z]{2})([EIei])\.0*(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Number:
    """An identifier: its scheme, its characters, the country that gave it, and words that fit no scheme."""

    scheme: str
    value: str
    issuer: URIRef | None = None
    words: str = ""

    def node(self, entity: URIRef) -> URIRef:
        """Return the IRI of this identifier of an entity."""
        return part_of(entity, "id", self.scheme, self.value, self.issuer or "")

    def statements(self, entity: URIRef) -> Iterator[Statement]:
        """Yield that an entity has this identifier."""
        yield from identified(entity, self.scheme, self.value, self.issuer)
        if self.words:
            yield self.node(entity), _REMARK, f"type: {self.words}"


def number(label: str, value: str, country: str = "", *, ship: bool = False) -> Number | None:
    """Return the identifier that words, a value and a country make, or nothing where the value could match nothing.

    Args:
        label: The words of the publisher for its kind, such as `regnumber` or `Passport`.
        value: Its characters; words inside it that name another kind (`ИНН 7717653542`) count before the label.
        country: The country that gave it, by any name or code; unknown ones are left out.
        ship: Whether it belongs to a ship; a company has IMO numbers of another series.
    """
    value, issuer = tidy(value), place(country) if country else None
    own = _LABELLED.fullmatch(value)
    if own and _key(own[1]) in _labels():
        label, value = own[1], own[2]
    for there, pattern, scheme in _labels().get(_key(label), ()):
        if there in (None, issuer) and pattern.fullmatch(value):
            return _imo(value, ship=ship) if scheme == "imo" else Number(scheme, value, issuer)
    if not _ANY_NUMBER.fullmatch(value):
        return None
    return Number("other", value, issuer, "" if _key(label) == "other" else tidy(label))


def numbered(
    entity: URIRef, label: str, value: str, country: str = "", *, ship: bool = False, notes: Iterable[str] = ()
) -> Iterator[Statement]:
    """Yield an identifier of an entity with notes about it; a value that could match nothing is kept as a remark."""
    found = number(label, value, country, ship=ship)
    if found is not None:
        yield from found.statements(entity)
        for note in notes:
            yield found.node(entity), _REMARK, note
    elif words := "; ".join(filter(None, (tidy(value), *notes))):
        yield entity, _REMARK, f"{label}: {words}"


def ship_number(words: str) -> str:
    """Return the one IMO ship number that a text names, or nothing where it names none or several.

    It stands behind `IMO`, or behind `Namely` as in the reasons of the UK, and its check digit is right.
    """
    named = (words[match.end() : match.end() + 7] for match in _SHIP.finditer(words))
    found = {digits for digits in named if is_ship_number(digits)}
    return found.pop() if len(found) == 1 else ""


def un_reference(words: str) -> Number | None:
    """Return a reference of the UN list in the form the UN itself writes it: `QDi.43` and `QDI.043` are `QDi.043`."""
    match = _UN_REFERENCE.fullmatch(words.strip())
    if match is None:
        return None
    return Number("un-reference", f"{match[1].upper()}{match[2].lower()}.{int(match[3]):03}")


def _imo(value: str, *, ship: bool) -> Number:
    match = _SEVEN.search(value)
    digits = match.group() if match else value
    # A ship whose number fails the check digit has no number to be found by; the words stay.
    scheme = "imo-company" if not ship else "imo-ship" if is_ship_number(digits) else "other"
    return Number(scheme, digits, words="IMO number that fails its check digit" if scheme == "other" else "")


@lru_cache(maxsize=4096)
def _key(label: str) -> str:
    return tidy(label).casefold().rstrip(" .:")


@cache
def _labels() -> dict[str, list[tuple[URIRef | None, re.Pattern[str], str]]]:
    made: dict[str, list[tuple[URIRef | None, re.Pattern[str], str]]] = {}
    with open(Path(__file__).with_name("number_labels.csv"), encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            pattern = re.compile(row["pattern"]) if row["pattern"] else _ANY_NUMBER
            there = place(row["place_code"]) if row["place_code"] else None
            made.setdefault(row["label"], []).append((there, pattern, row["scheme"]))
    return made
