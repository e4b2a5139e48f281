"""What targets of the Swiss list refer to: sanctions programmes with their sets of measures, and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import RDF, RDFS

from ..ontology import CLEW
from ..statements import Statement
from .details import remarks
from .parties import programme
from .tree import Fields, Node, tidy


@dataclass(frozen=True, slots=True)
class Programme:
    """A sanctions programme: its key, its name and its ordinance."""

    key: str
    name: str
    ordinance: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the list names it; each part may be empty."""

    location: str = ""
    area: str = ""
    country: str = ""


@dataclass(slots=True)
class Whole:
    """The programmes of a list by the ids of their sets, and its places by their ids."""

    programmes: dict[str, Programme] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def note(self, node: Node) -> None:
        """Take up a programme or a place."""
        fields = Fields(node)
        if node.tag == "place":
            self.places[fields.text("ssid")] = place_of(fields)
        elif node.tag == "sanctions-program":
            known = programme_of(fields)
            for part in fields.all("sanctions-set"):
                self.programmes[part.text("ssid")] = known


def place_of(fields: Fields) -> Place:
    """Return the place that an element describes; a country without a name is known by its code."""
    countries = fields.all("country")
    country = next((words for part in countries if (words := part.own() or part.text("iso-code"))), "")
    return Place(tidy(fields.text("location")), tidy(fields.text("area")), tidy(country))


def programme_of(fields: Fields) -> Programme:
    """Return the programme that an element describes, in English where that is given."""
    name, ordinance = _in_english(fields, "program-key"), _in_english(fields, "program-name")
    name = name or ordinance or fields.text("ssid")
    return Programme(f"CH-{name}", name, ordinance)


def _in_english(fields: Fields, name: str) -> str:
    found = [(part.text("lang") != "eng", tidy(part.own())) for part in fields.all(name)]
    return min(found, key=lambda item: item[0], default=(False, ""))[1]


def programme_statements(fields: Fields) -> Iterator[Statement]:
    """Yield a programme with its ordinance and its sets of measures."""
    known = programme_of(fields)
    node = programme(known.key)
    yield node, RDF.type, CLEW.Programme
    yield node, RDFS.label, known.name
    for part in fields.all("sanctions-set"):
        part.drop("lang")
        yield node, CLEW.remark, f"sanctions-set {part.text('ssid')}: {tidy(part.own())}"
    fields.drop("ssid")
    yield from remarks(node, [known.ordinance, *fields.rest()])
