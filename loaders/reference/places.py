"""Countries, regions and areas of control, as statements.

`partOf` holds whatever the date; what changed hands or came under control of another state stands in dated nodes
(`clew:Containment`, `clew:ControlOfPlace`), because law of a date asks for the map of that date.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, RDFS
from rdflib.namespace import SKOS

from ...ontology import CLEW, mint
from ...statements import Statement, Text
from .cells import Row, day, day_after, filled, node, origin, place, row_window, text, window


def countries(row: Row) -> Iterator[Statement]:
    """Yield a country with its codes and names; a former country has a day on which it ceased."""
    code = filled(row, "place_code")
    country = mint("place", code)
    yield country, RDF.type, CLEW.Country
    yield country, CLEW.placeCode, code
    yield country, RDFS.label, filled(row, "name")
    if row["name_zh"]:
        yield country, RDFS.label, Text(row["name_zh"], "zh")
    for name in sorted({row["iso3"], row["official_name"], row["formal_name"]} - {"", row["name"]}):
        yield country, SKOS.altLabel, name
    yield from window(country, None, day_after(row, "valid_to"))
    yield from origin(country, row, code)


def places(row: Row) -> Iterator[Statement]:
    """Yield a region or an area of control, and the place it is part of."""
    code = filled(row, "place_code")
    region = mint("place", code)
    yield region, RDF.type, CLEW.Region
    yield region, CLEW.placeCode, code
    yield region, RDFS.label, filled(row, "name")
    yield region, CLEW.partOf, place(row["part_of"])
    yield from text(region, CLEW.remark, row, "remark")
    yield from origin(region, row, code)


def place_names(row: Row) -> Iterator[Statement]:
    """Yield another name of a place, as one publisher writes it."""
    where = place(row["place_code"])
    yield where, SKOS.altLabel, filled(row, "name")
    name = node("place_names", row["place_code"], row["name"])
    yield name, RDF.type, CLEW.ReferenceRow
    yield name, RDFS.label, row["name"]
    yield from origin(name, row, row["name"])


def place_containment(row: Row) -> Iterator[Statement]:
    """Yield that one place lay within another for a time."""
    within = node("place_containment", row["contained"], row["container"])
    yield within, RDF.type, CLEW.Containment
    yield within, CLEW.contained, place(row["contained"])
    yield within, CLEW.container, place(row["container"])
    yield from row_window(within, row)
    yield from origin(within, row, f"{row['contained']} {row['container']}")


def place_control(row: Row) -> Iterator[Statement]:
    """Yield that a state controls a place, with the latest first day where the source states only a period."""
    control = node("place_control", row["controlled_place"], row["controlled_by"])
    yield control, RDF.type, CLEW.ControlOfPlace
    yield control, CLEW.controlledPlace, place(row["controlled_place"])
    yield control, CLEW.controlledBy, place(row["controlled_by"])
    yield from row_window(control, row)
    if latest := day(row, "valid_from_latest"):
        yield control, CLEW.validFromLatest, latest
    yield from origin(control, row, f"{row['controlled_place']} {row['controlled_by']}")
