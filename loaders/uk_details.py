"""What a designation of the UK Sanctions List says of a person, an entity or a ship beyond names and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ..ontology import CLEW
from ..statements import Statement
from .details import personal, remarks
from .known_dates import known_date
from .numbers import numbered, ship_number
from .parties import place
from .tree import Fields, joined, tidy

_NUMBERS = {
    ("PhoneNumbers", "PhoneNumber"): "phone",
    ("EmailAddresses", "EmailAddress"): "email",
    ("Websites", "Website"): "website",
    ("BusinessRegistrationNumbers", "BusinessRegistrationNumber"): "business registration number",
    ("HullIdentificationNumbers", "HullIdentificationNumber"): "hull identification number",
}
_PAPERS = (
    ("PassportDetails", "Passport", "PassportNumber"),
    ("NationalIdentifierDetails", "NationalIdentifier", "NationalIdentifierNumber"),
)
_LABELS = {"PassportNumber": "passport", "NationalIdentifierNumber": "national id"}
_FLAG = ("CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip")
_IMO = ("IMONumbers", "IMONumber")


def details(entity: URIRef, kind: URIRef, fields: Fields, words: str) -> Iterator[Statement]:
    """Yield what stands in the details of a designation, and the numbers that stand at its top.

    Args:
        entity: Who is designated.
        kind: Its class.
        fields: The designation.
        words: The texts that may carry the number of a ship where no field does.
    """
    yield from _numbers(entity, fields)
    for part in fields.all("IndividualDetails", "Individual"):
        yield from _person(entity, kind, part)
    for part in fields.all("EntityDetails", "Entity"):
        yield from _numbers(entity, part)
        yield from remarks(entity, part.rest())
    ships = fields.all("ShipDetails", "Ship")
    digits = [words for part in ships for words in part.texts(*_IMO)]
    if kind == CLEW.Vessel and not digits:
        digits = list(filter(None, [ship_number(words)]))
    for number in digits:
        yield from numbered(entity, "imo", number, ship=kind == CLEW.Vessel)
    for part in ships:
        yield from _ship(entity, part)


def _numbers(entity: URIRef, fields: Fields) -> Iterator[Statement]:
    for path, label in _NUMBERS.items():
        for words in fields.texts(*path):
            yield from numbered(entity, label, words)


def _person(entity: URIRef, kind: URIRef, part: Fields) -> Iterator[Statement]:
    towns = part.all("BirthDetails", "Location")
    yield from personal(
        entity,
        kind,
        births=map(known_date, part.texts("DOBs", "DOB")),
        birth_places=[joined((town.text("TownOfBirth"), town.text("CountryOfBirth")), ", ") for town in towns],
        nationalities=map(tidy, part.texts("Nationalities", "Nationality")),
        gender=joined(part.texts("Genders", "Gender")),
    )
    for *path, name in _PAPERS:
        for paper in part.all(*path):
            value = paper.text(name) or paper.own()
            yield from numbered(entity, _LABELS[name], value, notes=paper.rest())
    yield from _numbers(entity, part)
    yield from remarks(entity, part.rest())


def _ship(entity: URIRef, part: Fields) -> Iterator[Statement]:
    yield from _numbers(entity, part)
    for words in part.texts(*_FLAG):
        flag = place(tidy(words))
        if flag is None:
            yield from remarks(entity, [f"{_FLAG[-1]}: {words}"])
        else:
            yield entity, CLEW.flag, flag
    yield from remarks(entity, part.rest())
