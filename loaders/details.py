"""What loaders of sanctions lists say in the same way: kept words, names in a language, facts of persons, listings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rdflib import RDF, RDFS, URIRef

from ..ontology import CLEW, mint
from ..statements import Statement, Value
from .parties import listed, named, part_of, place, programme, said
from .tree import Fields, tidy

_REMARK, _LANGUAGE = CLEW.remark, CLEW.nameLanguage
_PERSON, _PROGRAMME = CLEW.Person, CLEW.Programme


def remarks(subject: URIRef, words: Iterable[str]) -> Iterator[Statement]:
    """Yield words of the publisher that no other term holds, each once."""
    for line in dict.fromkeys(words):
        if line:
            yield subject, _REMARK, line


def remark(subject: URIRef, fields: Fields, *names: str) -> Iterator[Statement]:
    """Yield each of these fields that says something as `name: words`."""
    for name in names:
        if words := fields.text(name):
            yield subject, _REMARK, f"{name}: {words}"


def name_in(entity: URIRef, text: str, kind: URIRef, language: str = "") -> Iterator[Statement]:
    """Yield one name of an entity with its standing and the language it is written in, where that is known."""
    yield from named(entity, text, kind)
    yield from in_language(entity, text, kind, language)


def in_language(entity: URIRef, text: str, kind: URIRef, language: str) -> Iterator[Statement]:
    """Yield in which language a name is written that the entity has already, as a BCP 47 tag."""
    if language:
        yield part_of(entity, "name", kind, text), _LANGUAGE, language


def taken_apart(node: URIRef, parts: Iterable[tuple[str, str]]) -> Iterator[Statement]:
    """Yield how a publisher takes a name apart: `firstName: Tarek; lastName: Aziz`; a single part says nothing."""
    known = [f"{name}: {tidy(words)}" for name, words in parts if words]
    if len(known) > 1:
        yield node, _REMARK, "; ".join(known)


def personal(
    entity: URIRef,
    kind: URIRef,
    *,
    births: Iterable[str] = (),
    birth_places: Iterable[str] = (),
    nationalities: Iterable[str] = (),
    gender: str = "",
) -> Iterator[Statement]:
    """Yield facts that only persons have; of anything else they are kept as remarks, for they would make it a person.

    Args:
        entity: Whose facts they are.
        kind: Its class.
        births: Dates of birth in EDTF, or in the words of the publisher.
        birth_places: Places of birth in the words of the publisher.
        nationalities: Countries by any name; one that no table knows is kept as a remark.
        gender: The gender in the words of the publisher.
    """
    facts: list[tuple[str, URIRef, str, Value | None]] = [
        *(("birth date", CLEW.birthDate, words, words) for words in births if words),
        *(("birth place", CLEW.birthPlace, words, words) for words in birth_places if words),
        *(("nationality", CLEW.nationality, words, place(words)) for words in nationalities if words),
        *(("gender", CLEW.gender, words, words) for words in (gender,) if words),
    ]
    for label, term, words, value in facts:
        if kind == _PERSON and value is not None:
            yield entity, term, value
        else:
            yield entity, _REMARK, f"{label}: {words}"


def listing(
    entity: URIRef,
    register: str,
    entry: str,
    programmes: Iterable[tuple[str, str]] = (),
    node: URIRef | None = None,
    **facts: Value | None,
) -> Iterator[Statement]:
    """Yield that an entity stands on a list.

    Args:
        entity: Who stands on it.
        register: The key of the list in `ontology/reference/party_lists.csv`.
        entry: The publisher's number of the entry.
        programmes: The programmes it stands under, each with its key and its name.
        node: The IRI of the listing; `#listing` of the entity where there is only one.
        facts: More about the listing, by the names of terms: `validFrom`, `citation`.
    """
    node = node or listing_node(entity)
    yield from listed(entity, node, mint("list", register), entry, [key for key, _ in programmes])
    for key, name in programmes:
        yield programme(key), RDF.type, _PROGRAMME
        yield programme(key), RDFS.label, name
    yield from said(node, **facts)


def listing_node(entity: URIRef) -> URIRef:
    """Return the IRI of the only listing of an entity: `eu-fsf:83#listing`."""
    return URIRef(f"{entity}#listing")


def dated(node: URIRef, term: str, words: str, value: date | None) -> Iterator[Statement]:
    """Yield a day that a publisher states, or its words where they are no day."""
    if value is not None:
        yield node, CLEW[term], value
    elif words:
        yield node, _REMARK, f"{term}: {words}"
