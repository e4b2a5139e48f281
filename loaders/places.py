"""Places by any name: which place a code or a name in a source stands for.

Authorities write one country in many ways ("Korea, North", "DPRK", `KP`, `PRK`). The names stand in the reference
tables `countries.csv`, `places.csv` and `place_names.csv`; nothing is guessed here, and a name that is not there has no
place.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from rdflib import URIRef

from .. import ontology
from ..ontology import mint

TABLES = Path(ontology.__file__).parent / "reference"

_COUNTRY_NAMES = ("place_code", "iso3", "name", "official_name", "formal_name", "name_zh")


def place_of(name_or_code: str) -> URIRef | None:
    """Return the place that a name or code stands for, or nothing when the tables do not know it.

    Args:
        name_or_code: An ISO 3166-1 code of two or three letters, an area code such as `UA-43`, or a name in any of the
            ways the tables list; letter case, accents, apostrophes and blanks make no difference.
    """
    code = place_codes().get(folded(name_or_code))
    return mint("place", code) if code else None


@cache
def place_codes() -> dict[str, str]:
    """Return the code of each known place by its folded names and codes."""
    return {folded(name): code for name, code in _names() if name}


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name as it is compared: without case, accents, apostrophes, a leading "the" and runs of blanks."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = re.sub(r"[^\w\s,():/-]", "", plain.casefold().replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _names() -> Iterator[tuple[str, str]]:
    # Later rows win, so that a name given on purpose stands over one of the ISO table.
    for row in rows_of("countries"):
        yield from ((row[column], row["place_code"]) for column in _COUNTRY_NAMES)
    for row in rows_of("places"):
        yield from ((row[column], row["place_code"]) for column in ("place_code", "name"))
    for row in rows_of("place_names"):
        yield row["name"], row["place_code"]


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of one reference table as they stand in its file."""
    with open(TABLES / f"{table}.csv", encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))
