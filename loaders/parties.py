"""Statements about parties of lists: names, identifiers, addresses, listings.

Every loader of a party list makes them here, so that one party looks the same whichever publisher names it. A part of a
record has an IRI made from its content: two snapshots or two publishers that say the same make the same statements, and
those that differ never share a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

from rdflib import RDF, RDFS, URIRef

from ..ontology import CLEW, mint
from ..statements import Statement, Value
from .places import place_of

PRIMARY = mint("name-kind", "primary")
STRONG = mint("name-kind", "strong_alias")
WEAK = mint("name-kind", "weak_alias")
FORMER = mint("name-kind", "former")

# Terms are looked up once: loaders make statements by the million.
_NAME, _HAS_NAME, _NAME_TEXT, _NAME_KIND = CLEW.Name, CLEW.hasName, CLEW.nameText, CLEW.nameKind
_IDENTIFIER, _HAS_IDENTIFIER = CLEW.Identifier, CLEW.hasIdentifier
_SCHEME, _VALUE, _ISSUED_BY = CLEW.identifierScheme, CLEW.identifierValue, CLEW.issuedBy
_TYPE, _LABEL, _RECORD_KEY = RDF.type, RDFS.label, CLEW.recordKey

place = lru_cache(maxsize=65536)(place_of)
scheme = lru_cache(maxsize=1024)(lambda key: mint("scheme", key))
programme = lru_cache(maxsize=4096)(lambda key: mint("programme", key))


def digest(*parts: str) -> str:
    """Return eight characters that tell a text from others."""
    return blake2b("\0".join(parts).encode("utf8", "replace"), digest_size=4).hexdigest()


def part_of(entity: URIRef, kind: str, *content: str) -> URIRef:
    """Return the IRI of one part of a record, such as `us-sdn:36#name-1f0c9a77`, made from what the part says."""
    return URIRef(f"{entity}{'-' if '#' in entity else '#'}{kind}-{digest(*content)}")


def party(entity: URIRef, kind: URIRef, name: str, key: str) -> Iterator[Statement]:
    """Yield that there is an entity of a kind with a primary name and the key of its record."""
    yield entity, _TYPE, kind
    yield entity, _LABEL, name
    yield entity, _RECORD_KEY, key
    yield from named(entity, name, PRIMARY)


def named(entity: URIRef, text: str, kind: URIRef) -> Iterator[Statement]:
    """Yield one name of an entity with its standing."""
    node = part_of(entity, "name", kind, text)
    yield entity, _HAS_NAME, node
    yield node, _TYPE, _NAME
    yield node, _NAME_TEXT, text
    yield node, _NAME_KIND, kind


def identified(entity: URIRef, key: str, value: str, issuer: URIRef | None = None) -> Iterator[Statement]:
    """Yield one identifier of an entity.

    Args:
        entity: Whose identifier it is.
        key: The key of its scheme in `ontology/reference/identifier_schemes.csv`.
        value: Its characters.
        issuer: The country whose authority gave it.
    """
    node = part_of(entity, "id", key, value, issuer or "")
    yield entity, _HAS_IDENTIFIER, node
    yield node, _TYPE, _IDENTIFIER
    yield node, _SCHEME, scheme(key)
    yield node, _VALUE, value
    if issuer is not None:
        yield node, _ISSUED_BY, issuer


def addressed(entity: URIRef, lines: Iterable[str], city: str, country: str) -> Iterator[Statement]:
    """Yield one address of an entity and the country it names; empty parts are left out."""
    parts = [line for line in (*lines, city, country) if line]
    node = part_of(entity, "address", *parts)
    yield entity, CLEW.hasAddress, node
    yield node, _TYPE, CLEW.Address
    where = place(country) if country else None
    if len(parts) > 1 or where is None:
        yield node, CLEW.addressText, ", ".join(parts)
    if city:
        yield node, CLEW.city, city
    if where is not None:
        yield node, CLEW.addressCountry, where
        yield entity, CLEW.country, where


def in_country(entity: URIRef, words: str) -> Statement:
    """Return that an entity has to do with a country; words that name no known place are kept as a remark."""
    where = place(words)
    return (entity, CLEW.country, where) if where is not None else (entity, CLEW.remark, f"country: {words}")


def listed(entity: URIRef, node: URIRef, on: URIRef, entry: str = "", under: Iterable[str] = ()) -> Iterator[Statement]:
    """Yield that an entity stands on a list, under which programmes and with which number of the publisher."""
    yield entity, CLEW.listing, node
    yield node, _TYPE, CLEW.Listing
    yield node, CLEW.onList, on
    if entry:
        yield node, CLEW.entryNumber, entry
    for name in under:
        yield node, CLEW.underProgramme, programme(name)


def said(subject: URIRef, **facts: Value | None) -> Iterator[Statement]:
    """Yield one statement for each fact that is known; the names are terms of the ontology."""
    for name, value in facts.items():
        if value is not None and value != "":
            yield subject, CLEW[name], value


def is_ship_number(text: str) -> bool:
    """Tell whether seven digits are an IMO ship number: the last one is the check digit (IMO Resolution A.1117(30))."""
    if len(text) != 7 or not (text.isascii() and text.isdigit()):
        return False
    return sum(int(digit) * weight for digit, weight in zip(text, range(7, 1, -1), strict=False)) % 10 == int(text[6])
