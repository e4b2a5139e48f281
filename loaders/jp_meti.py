"""The Foreign End User List of Japan's METI, as a table of its facts with tabulators between cells.

METI publishes a PDF and a spreadsheet; this table is neither. Numbers of rows change with every edition, so a party is
known by its name and country. In rows whose name was lost, it stands behind the country. A name in another script, or
an abbreviation, may stand in brackets behind a name.

Source: METI, Foreign End User List; Export Trade Control Order, catch-all control.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .csvfile import csv_dicts
from .details import listing, listing_node, remarks
from .parties import STRONG, digest, in_country, named, party, place
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, Node, tidy

_COLUMNS = ("seq", "name_en", "country", "aliases", "concern", "official_source")
_BRACKETS = re.compile(r"(.*\S) ?[(（]([^()（）]+)[)）]")
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class JpMeti:
    """Loads the Foreign End User List from a table of its facts."""

    source = Source(
        id="jp-meti",
        title="Foreign End User List",
        publisher="Ministry of Economy, Trade and Industry",
        url="https://www.meti.go.jp/policy/anpo/law05.html",
        format="table of facts with tabulators, not the publisher's own format (PDF and spreadsheet)",
        licence="facts, not protected; terms of METI not checked",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into rows."""
        for file in files:
            for record in csv_dicts(file, delimiter="\t", needs=_COLUMNS):
                yield replace(record, fields=Node("row", record.fields)) if isinstance(record, Record) else record

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says.

        Raises:
            RecordError: The row names nobody.
        """
        fields = Fields(record.fields)
        published, country = tidy(fields.text("name_en")), tidy(fields.text("country"))
        notes = list[str]()
        if not published:
            notes.append(f"country and name as published: {country}")
            country, published = _divided(country)
        if not published:
            raise RecordError("the row names nobody", help="correct the row")
        name, *others = _names(published)
        key = f"{_slug(name)}-{digest(published, country)}".lstrip("-")
        entity = mint("jp-meti", key)
        yield from party(entity, CLEW.Organization, name, key)
        for alias in [*others, *_aliases(fields.text("aliases"))]:
            yield from named(entity, alias, STRONG)
        if country:
            yield in_country(entity, country)
        notes += [f"name as published: {published}"] if others else []
        yield from _listing(entity, fields)
        yield from remarks(entity, [*notes, *fields.rest()])


def _divided(words: str) -> tuple[str, str]:
    """Return the longest name of a country that words begin with, and the rest of them."""
    parts = words.split(" ")
    for end in range(len(parts), 0, -1):
        if place(" ".join(parts[:end])) is not None:
            return " ".join(parts[:end]), " ".join(parts[end:])
    return "", words


def _names(words: str) -> list[str]:
    """Return a name, and the name in brackets behind it where that is in another script or an abbreviation."""
    match = _BRACKETS.fullmatch(words)
    if match and (_ASIAN.search(match[2]) or "（" in words):
        return [match[1], tidy(match[2])]
    return [words]


def _aliases(cell: str) -> Iterator[str]:
    for words in cell.split(";"):
        if alias := tidy(words).strip('"'):
            yield from _names(alias)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-")


def _listing(entity: URIRef, fields: Fields) -> Iterator[Statement]:
    node = listing_node(entity)
    yield from listing(entity, "JP-FEU", fields.text("seq"), citation=fields.text("official_source"))
    yield from remarks(node, [words and f"concern: {words}" for words in (fields.text("concern"),)])
