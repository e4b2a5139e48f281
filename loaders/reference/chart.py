"""The Commerce Country Chart and places that share the row of another (15 CFR 738 Supp. 1).

Four rows hold a pointer to part 746 in place of marks: the absence of a mark there permits nothing, so no mark is made
and the pointer is kept. Three places are read in the row of another; their marks are written out with the law that says
so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS

from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import place_of, rows_of
from ..source import RecordError
from .cells import Row, day, filled, node, origin, place, remarks, text, window, word

_TABLE = "us_country_chart"
_COLUMN = re.compile(r"[A-Z]{2}_\d")
_INHERIT = re.compile(r"INHERIT:([^(]+?)\s*(?:\(|$)")


def us_country_chart(row: Row) -> Iterator[Statement]:
    """Yield the row of a country with its marks, or the marks of the country whose row it shares."""
    where = place(filled(row, "iso2"))
    inherited = _INHERIT.match(row["pointer"])
    this = node(_TABLE, row["iso2"], *(("inherited",) if inherited else ()))
    yield this, RDF.type, CLEW.ChartRow
    yield this, RDFS.label, filled(row, "country_ear_name")
    yield this, DCTERMS.spatial, where
    yield from text(this, CLEW.remark, row, "pointer")
    for number in row["footnotes"].split():
        yield this, RDFS.seeAlso, node("us_country_chart_footnotes", number)
    yield from origin(this, row, row["iso2"], "15 CFR 738 Supp. 1")
    if inherited:
        yield from _inherited(row["iso2"], this, where, place(inherited[1]))
    else:
        yield from _marks(this, where, _marked(row))


def _marked(row: Row) -> tuple[str, ...]:
    """Return the columns of a row that are marked.

    Raises:
        RecordError: A cell holds neither an X nor nothing.
    """
    columns = tuple(name for name in row if _COLUMN.fullmatch(name))
    for name in columns:
        word(row, name, ("X", ""))
    return tuple(name for name in columns if row[name])


def _marks(this: URIRef, where: URIRef, columns: tuple[str, ...]) -> Iterator[Statement]:
    for name in columns:
        mark, column = URIRef(f"{this}#{name}"), mint("column", name)
        yield mark, RDF.type, CLEW.ChartMark
        yield mark, CLEW.markColumn, column
        yield mark, CLEW.markedPlace, where
        yield column, RDF.type, CLEW.ChartColumn
        yield column, RDFS.label, name.replace("_", " Column ")


def _inherited(code: str, this: URIRef, where: URIRef, parent: URIRef) -> Iterator[Statement]:
    """Yield the marks of the parent's row for a place that shares it, from the day the law says so."""
    since = heirs().get((code, "for_chart"))
    for name in chart_marks().get(parent, ()):
        yield from _marks(this, where, (name,))
        yield from window(URIRef(f"{this}#{name}"), day(since, "valid_from") if since else None, None)


@cache
def chart_marks() -> dict[URIRef, tuple[str, ...]]:
    """Return the marked columns of each country that has a row of marks of its own."""
    own = (row for row in rows_of(_TABLE) if not row["pointer"])
    return {where: _marked(row) for row in own if (where := place_of(row["iso2"]))}


@cache
def heirs() -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of `us_ear_inheritance.csv` by the code of the place and the column that says `yes`."""
    reaches = ("for_chart", "for_groups")
    return {
        (row["place"], reach): row for row in rows_of("us_ear_inheritance") for reach in reaches if row[reach] == "yes"
    }


def us_ear_inheritance(row: Row) -> Iterator[Statement]:
    """Yield that the EAR treat one place as another, for the chart, for the country groups, or for both."""
    this = node("us_ear_inheritance", filled(row, "place"))
    if row["place"] == row["treated_as"]:
        raise RecordError(f"`{row['place']}` is treated as itself", help="name the other place in `treated_as`")
    yield this, RDF.type, CLEW.ReferenceRow
    yield this, RDFS.label, f"{row['place']} is treated as {row['treated_as']}"
    yield this, DCTERMS.spatial, place(row["place"])
    yield this, DCTERMS.isReplacedBy, place(row["treated_as"])
    yield from remarks(this, row, "for_chart", "for_groups")
    yield from window(this, day(row, "valid_from"), None)
    yield from origin(this, row, row["place"])


def us_country_chart_footnotes(row: Row) -> Iterator[Statement]:
    """Yield a footnote of the chart in the words of the regulation."""
    number = filled(row, "footnote")
    this = node("us_country_chart_footnotes", number)
    yield this, RDF.type, CLEW.ReferenceRow
    yield this, RDFS.label, f"footnote {number} of the Commerce Country Chart"
    yield this, CLEW.description, filled(row, "text")
    yield from origin(this, row, number, f"15 CFR 738 Supp. 1, footnote {number}")
