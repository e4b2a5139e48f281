"""One target of the Swiss list as statements: its identities, what is said of it, and its listings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .ch_listings import change, stretches
from .ch_names import names_of
from .ch_whole import Place, Whole, place_of
from .details import in_language, listing, listing_node, name_in, personal, remarks, taken_apart
from .edtf import day
from .known_dates import edtf_of
from .numbers import numbered, un_reference
from .parties import PRIMARY, STRONG, addressed, part_of, party
from .source import RecordError
from .tree import Fields, joined, tidy

_KINDS = {"individual": CLEW.Person, "entity": CLEW.Organization}
_OBJECTS = {"vessel": CLEW.Vessel, "aircraft": CLEW.Aircraft}
_GOOD, _GREGORIAN = "good", "Gregorian"
_LABELLED = re.compile(r"([^:\d]{2,60}): ?(\S.*)")
_LABELS = (
    "imo number",
    "registration number",
    "tax registration number",
    "taxpayer identification number",
    "website",
    "email",
    "e-mail",
    "telephone",
    "telephone number",
    "tel.",
)


def target_statements(fields: Fields, whole: Whole) -> Iterator[Statement]:
    """Yield what a target says.

    Args:
        fields: The target.
        whole: The programmes and places of its list.

    Raises:
        RecordError: The target has no number or no name, or nothing is said of it.
    """
    key, subjects = fields.text("ssid"), [part for tag in (*_KINDS, "object") for part in fields.all(tag)]
    if not key or not subjects:
        help_ = "load SECO's own XML; conversions of it lose targets"
        raise RecordError("the target has no number, or nothing is said of it", help=help_)
    entity, subject = mint("ch-seco", key), subjects[0]
    kind = _KINDS.get(subject.tag) or _OBJECTS.get(subject.text("object-type"), CLEW.Craft)
    identities = sorted(subject.all("identity"), key=lambda part: part.text("main") != "true")
    yield from _names(entity, kind, identities, key)
    for identity in identities:
        yield from _identity(entity, kind, identity, whole)
    yield from _said(entity, kind, subject)
    yield from _listings(entity, key, fields, whole)
    yield from remarks(entity, fields.rest())


def _names(entity: URIRef, kind: URIRef, identities: list[Fields], key: str) -> Iterator[Statement]:
    notes = list[str]()
    names = [name for identity in identities for name in names_of(identity, notes)]
    if not names:
        raise RecordError("the target has no name", help="download the file again, or correct the target")
    main = next((name for name in names if name.kind == PRIMARY), names[0])
    yield from party(entity, kind, main.text, key)
    yield from in_language(entity, main.text, PRIMARY, main.language)
    for name in names:
        kind_of_name = PRIMARY if name.text == main.text else name.kind
        if name.text != main.text:
            # Another identity has a primary name too; a party has one.
            kind_of_name = STRONG if name.kind == PRIMARY else name.kind
            yield from name_in(entity, name.text, kind_of_name, name.language)
        yield from taken_apart(part_of(entity, "name", kind_of_name, name.text), name.parts)
    yield from remarks(entity, notes)


def _identity(entity: URIRef, kind: URIRef, identity: Fields, whole: Whole) -> Iterator[Statement]:
    identity.drop("ssid")
    notes = list[str]()
    for part in identity.all("address"):
        yield from _address(entity, part, whole)
    births = [_birth(part, notes) for part in identity.all("day-month-year")]
    where = [_birth_place(part, whole, notes) for part in identity.all("place-of-birth")]
    countries = [_nationality(part, notes) for part in identity.all("nationality")]
    if kind == CLEW.Person:
        yield from personal(entity, kind, births=births, birth_places=where, nationalities=countries)
    else:
        for words in births:
            founded = day(words)
            yield (entity, CLEW.incorporationDate, founded) if founded else (entity, CLEW.remark, f"date: {words}")
        notes += [f"place: {words}" for words in where] + [f"nationality: {words}" for words in countries]
    for part in identity.all("identification-document"):
        yield from _paper(entity, part)
    yield from remarks(entity, [*notes, *identity.rest()])


def _address(entity: URIRef, part: Fields, whole: Whole) -> Iterator[Statement]:
    where, notes = _place(part, whole)
    details = [tidy(part.text(name)) for name in ("c-o", "address-details", "p-o-box", "zip-code")]
    lines = [*details, where.area]
    known = [*filter(None, (*lines, where.location, where.country))]
    if known:
        yield from addressed(entity, lines, where.location, where.country)
    node = part_of(entity, "address", *known) if known else entity
    yield from remarks(node, [*notes, *_left(part, "address")])


def _place(part: Fields, whole: Whole) -> tuple[Place, list[str]]:
    """Return the place that an element refers to, and what to note where the list does not describe it."""
    key = part.text("place-id")
    lost = [f"place-id: {key}"] if key and key not in whole.places else []
    return whole.places.get(key, Place()), lost


def _left(part: Fields, label: str) -> Iterator[str]:
    """Yield what is left of an element; that it is good, as nearly all are, says nothing."""
    part.drop("ssid")
    yield from (words for words in part.rest(label) if words != f"{label} quality: {_GOOD}")


def _birth(part: Fields, notes: list[str]) -> str:
    known = edtf_of(*(part.text(name) for name in ("year", "month", "day")))
    calendar = part.text("calendar")
    notes.extend(_left(part, "day-month-year"))
    # EDTF counts Gregorian years, so a date of another calendar stays in words.
    return known if calendar in ("", _GREGORIAN) else f"{known} ({calendar})"


def _birth_place(part: Fields, whole: Whole, notes: list[str]) -> str:
    where, lost = _place(part, whole)
    notes.extend((*lost, *_left(part, "place-of-birth")))
    return joined((where.location, where.area, where.country), ", ")


def _nationality(part: Fields, notes: list[str]) -> str:
    country = place_of(part).country
    notes.extend(_left(part, "nationality"))
    return country


def _paper(entity: URIRef, part: Fields) -> Iterator[Statement]:
    issuer = next((words for found in part.all("issuer") if (words := found.text("code") or found.own())), "")
    label, value = part.text("document-type"), part.text("number")
    yield from numbered(entity, label, value, issuer, notes=_left(part, "document"))


def _said(entity: URIRef, kind: URIRef, subject: Fields) -> Iterator[Statement]:
    yield from personal(entity, kind, gender=subject.text("sex"))
    for part in subject.all("other-information"):
        words = tidy(part.own())
        part.drop("ssid")
        yield from remarks(entity, [words])
        match = _LABELLED.fullmatch(words)
        if match and match[1].strip().lower() in _LABELS:
            yield from numbered(entity, match[1], match[2].rstrip("."), ship=kind == CLEW.Vessel)
    for part in subject.all("justification"):
        part.drop("ssid")
        yield from remarks(entity, [part.own()])
    yield from remarks(entity, [subject.text("justification")])
    for part in subject.all("relation"):
        target = part.text("target-id")
        part.drop("ssid")
        if target:
            yield entity, CLEW.linkedTo, mint("ch-seco", target)
        yield from remarks(entity, [joined((f"relation {target}", *part.rest()), "; ")])


def _listings(entity: URIRef, key: str, fields: Fields, whole: Whole) -> Iterator[Statement]:
    sets = list(dict.fromkeys(filter(None, (fields.text("sanctions-set-id"), *fields.texts("sanctions-set-id")))))
    known = list(dict.fromkeys(whole.programmes[found] for found in sets if found in whole.programmes))
    changes = [change(part) for part in fields.all("modification")]
    periods = stretches(changes)
    for number, period in enumerate(periods, start=1):
        node = listing_node(entity) if len(periods) == 1 else mint("ch-seco", key, part=f"listing-{number}")
        window = {"validFrom": period.first, "validFromLatest": period.by, "validUntil": period.until}
        yield from listing(entity, "CH-SECO", key, [(found.key, found.name) for found in known], node, **window)
        yield from ((node, CLEW.citation, found.ordinance) for found in known if found.ordinance)
        yield from remarks(node, [f"sanctions-set-id: {found}" for found in sets])
    yield from remarks(entity, [found.words for found in changes])
    for words in fields.texts("foreign-identifier"):
        reference = un_reference(words)
        yield from reference.statements(entity) if reference else remarks(entity, [f"foreign-identifier: {words}"])
