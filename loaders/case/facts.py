"""What else is known of a party: names, numbers, addresses, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rdflib import URIRef

from ...ontology import CLEW, mint
from ...statements import Statement, Value
from .draft import Draft
from .fields import as_day, as_fields, as_place, as_text, shown
from .part import Part
from .plain import plain_text
from .words import schemes

Fact = tuple[URIRef, Callable[[object], Value]]

# What may be known of a party, by the classes whose terms they are: a ship has no process node, a company no flag.
_OF_PARTY: dict[str, Fact] = {
    "business": (CLEW.businessActivity, as_text),
    "sector": (CLEW.sector, as_text),
    "email": (CLEW.emailKind, as_text),
    "node": (CLEW.processNode, as_text),
    "incorporated": (CLEW.incorporationDate, as_day),
    "headquarters": (CLEW.headquarteredIn, as_place),
    "headquartered_in": (CLEW.headquarteredIn, as_place),
    "hq": (CLEW.headquarteredIn, as_place),
    "registered": (CLEW.registeredIn, as_place),
    "registered_in": (CLEW.registeredIn, as_place),
}
_OF_PERSON: dict[str, Fact] = {
    **_OF_PARTY,
    "nationality": (CLEW.nationality, as_place),
    "citizenship": (CLEW.nationality, as_place),
    "birth_date": (CLEW.birthDate, as_text),
    "birth_place": (CLEW.birthPlace, as_text),
    "gender": (CLEW.gender, as_text),
}
_OF_CRAFT: dict[str, Fact] = {"flag": (CLEW.flag, as_place)}
_CRAFTS = (CLEW.Vessel, CLEW.Aircraft)
_NAMES = {
    "alias": "strong_alias",
    "aliases": "strong_alias",
    "weak_alias": "weak_alias",
    "former_name": "former",
    "former_names": "former",
}


def facts_of(part: Part, name: str, node: URIRef, kind: URIRef | None) -> Iterator[Statement]:
    """Yield the facts of a party; what no term holds stays as a remark that a reader is told of."""
    known = _OF_CRAFT if kind in _CRAFTS else _OF_PERSON if kind == CLEW.Person else _OF_PARTY
    for key in part.fields:
        if key in known and not _is_address(key, part):
            term, read = known[key]
            yield from ((node, term, value) for value in part.all(key, read))
        elif key in _NAMES:
            for number, text in enumerate(part.all(key, as_text), 1):
                yield from name_of(part.draft, node, f"{name}-{key}-{number}", text, _NAMES[key])
        elif key == "address":
            for number, address in part.parts(key, as_fields("text")):
                yield from _address(address, node, f"{name}-address-{number}")
        else:
            yield from _identifier(part, key, node, f"{name}-{key}")


def _is_address(key: str, part: Part) -> bool:
    """Return whether `email` holds an address itself, and not the kind of address a party uses."""
    return key == "email" and "@" in str(part.fields[key])


def _address(part: Part, node: URIRef, at: str) -> Iterator[Statement]:
    address = part.draft.new(at)
    yield node, CLEW.hasAddress, address
    yield from part.draft.a(address, CLEW.Address)
    yield from part.say(address, "text", CLEW.addressText, as_text)
    yield from part.say(address, "city", CLEW.city, as_text)
    yield from part.say(address, "country", CLEW.addressCountry, as_place)
    yield from part.rest(address)


def _identifier(part: Part, key: str, node: URIRef, at: str) -> Iterator[Statement]:
    """Yield a number that a known scheme gives out; any other fact stays as a remark that a reader is told of."""
    scheme = schemes().get(key.casefold().replace("_", "-"))
    value = part.take(key)
    if scheme is None or not isinstance(value, str | int) or not any(char in "@0123456789" for char in str(value)):
        if value is not None:
            yield node, CLEW.remark, f"{key}: {plain_text(value)}"
            pointer = f"{part.pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            part.draft.warn(pointer, value, f"no rule reads the fact {shown(key)}", "it is kept as a remark")
        return
    identifier = part.draft.new(at)
    yield node, CLEW.hasIdentifier, identifier
    yield from part.draft.a(identifier, CLEW.Identifier)
    yield identifier, CLEW.identifierScheme, mint("scheme", scheme)
    yield identifier, CLEW.identifierValue, str(value).strip()


def name_of(draft: Draft, node: URIRef, at: str, text: str, kind: str) -> Iterator[Statement]:
    """Yield one name of a party, with its standing."""
    name = draft.new(at)
    yield node, CLEW.hasName, name
    yield from draft.a(name, CLEW.Name)
    yield name, CLEW.nameText, text
    yield name, CLEW.nameKind, mint("name-kind", kind)
