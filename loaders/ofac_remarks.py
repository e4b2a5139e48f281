"""The remarks of OFAC entries, taken apart into typed parts.

OFAC's CSV files put everything that has no column into one text: weak aliases, dates of birth, papers, links to other
entries. Parts are set apart by a semicolon and a blank. A part that is not understood is kept as `OTHER`, and the whole
text stays beside the parts, so nothing is lost. Which words announce which identifier stands in `ofac_labels.csv`.

Source: OFAC, SDN data specification; the files of 2019 to 2025.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path

from rdflib import URIRef

from .parties import place

LIMIT = 1000  # characters; where OFAC cuts a remark, dropping a blank that stands there


class Kind(Enum):
    """What a part of a remark says."""

    WEAK_ALIAS = auto()
    FORMER_NAME = auto()
    LINK = auto()
    BIRTH_DATE = auto()
    BIRTH_PLACE = auto()
    NATIONALITY = auto()
    GENDER = auto()
    ESTABLISHED = auto()
    ACTIVITY = auto()
    SECTOR = auto()
    IDENTIFIER = auto()
    NOTE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a remark: what it says, the value, and for an identifier its scheme and the country that gave it."""

    kind: Kind
    value: str
    scheme: str = ""
    issuer: URIRef | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """Words that announce an identifier, and the scheme they stand for where country and value fit."""

    words: str
    issuer: URIRef | None
    value: re.Pattern[str]
    scheme: str


_PREFIXES = (
    ("Linked To: ", Kind.LINK),
    ("DOB ", Kind.BIRTH_DATE),
    ("POB ", Kind.BIRTH_PLACE),
    ("nationality ", Kind.NATIONALITY),
    ("citizen ", Kind.NATIONALITY),
    ("Gender ", Kind.GENDER),
    ("Organization Established Date ", Kind.ESTABLISHED),
    ("Organization Type: ", Kind.ACTIVITY),
    ("Target Type ", Kind.SECTOR),
    ("Secondary sanctions risk", Kind.NOTE),
    ("Additional Sanctions Information", Kind.NOTE),
    ("Transactions Prohibited For Persons", Kind.NOTE),
    ("Executive Order ", Kind.NOTE),
    ("CAATSA Section ", Kind.NOTE),
    ("Effective Date ", Kind.NOTE),
    ("Listing Date ", Kind.NOTE),
    ("For more information on directives", Kind.NOTE),
    ("Aircraft Manufacture Date ", Kind.NOTE),
    ("Aircraft Model ", Kind.NOTE),
    ("Aircraft Operator ", Kind.NOTE),
    ("Former Vessel Flag ", Kind.NOTE),
    ("Other Vessel Flag ", Kind.NOTE),
    ("Other Vessel Type ", Kind.NOTE),
    ("Vessel Year of Build ", Kind.NOTE),
    ("Nationality of Registration ", Kind.NOTE),
)
_STARTS = {text[0] for text, _ in _PREFIXES}
_BY_START = {start: tuple(item for item in _PREFIXES if item[0][0] == start) for start in _STARTS}
_ALTERNATIVE = re.compile(r"alt\. ", re.IGNORECASE)
_QUOTED = re.compile(r"([afn])\.k\.a\. '(.*)'", re.DOTALL)
_WINDOW = re.compile(r"(?: (?:issued|expires|expired) (?:\d{2} )?(?:[A-Z][a-z]{2} )?\d{4})+$")
_COUNTRY = re.compile(r"(.*\S) \(([^()]+(?:\([^()]*\))?)\)", re.DOTALL)
_ANY_NUMBER = re.compile(r".*\d.*")


def parse(remark: str) -> list[Part]:
    """Return the parts of a remark, in its order; a part that OFAC cut off at the end is `OTHER`."""
    *texts, last = remark.split("; ")
    parts = [_part(text) for text in texts if text]
    if last:
        is_cut = len(remark) == LIMIT or (len(remark) >= LIMIT - 2 and not last.endswith("."))
        parts.append(Part(Kind.OTHER, last) if is_cut else _part(last.removesuffix(".")))
    return parts


def _part(text: str) -> Part:
    text = text.strip()
    text = _ALTERNATIVE.sub("", text, count=1) if text[:4] in ("alt.", "Alt.") else text
    for prefix, kind in _BY_START.get(text[:1], ()):
        if text.startswith(prefix):
            return Part(kind, text if kind is Kind.NOTE else text[len(prefix) :].strip())
    match = _QUOTED.fullmatch(text)
    if match:
        return Part(Kind.FORMER_NAME if match[1] == "f" else Kind.WEAK_ALIAS, match[2].strip())
    return next(_identifiers(text), None) or Part(Kind.OTHER, text)


def _identifiers(text: str) -> Iterator[Part]:
    """Yield what a part says if it is an identifier: its label, a value, and often a country and dates of the paper."""
    first = text.partition(" ")[0].rstrip(":")
    for words in _labels_by_start().get(first, ()):
        if text.startswith(words) and text[len(words) : len(words) + 1] in (" ", ":"):
            value, country = _value(text[len(words) :])
            yield from identifier(words, value, country)


def _value(text: str) -> tuple[str, str]:
    value = _WINDOW.sub("", text.lstrip(": "))
    match = _COUNTRY.fullmatch(value)
    return (match[1], match[2]) if match and place(match[2]) else (value, "")


def identifier(words: str, value: str, country: str) -> Iterator[Part]:
    """Yield the identifier that a label, a value and a country make, or nothing when they fit no known kind."""
    issuer = place(country) if country else None
    for label in _labels().get(words, ()):
        if label.issuer in (None, issuer) and label.value.fullmatch(value):
            yield Part(Kind.IDENTIFIER, value.strip("() ") if label.scheme == "imo" else value, label.scheme, issuer)
            return


@cache
def _labels() -> dict[str, list[Label]]:
    with open(Path(__file__).with_name("ofac_labels.csv"), encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels: dict[str, list[Label]] = {}
    for row in rows:
        pattern = re.compile(row["pattern"]) if row["pattern"] else _ANY_NUMBER
        issuer = place(row["place_code"]) if row["place_code"] else None
        labels.setdefault(row["label"], []).append(Label(row["label"], issuer, pattern, row["scheme"]))
    return labels


@cache
def _labels_by_start() -> dict[str, list[str]]:
    """Return the labels by their first word, the longest first."""
    starts: dict[str, list[str]] = {}
    for words in sorted(_labels(), key=len, reverse=True):
        starts.setdefault(words.partition(" ")[0], []).append(words)
    return starts
