"""List entries of the parties of a case: facts of that case, whatever the loaded lists say."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ...ontology import CLEW, mint
from ...statements import Statement
from .fields import as_days, as_fields, as_key
from .part import Part
from .plain import plain_text
from .words import as_party_list


def listings(part: Part, name: str) -> None:
    """Keep the list entries of a party; one that is not well formed is set aside whole."""
    for number, entry in part.parts("listings", as_fields("list"), whole=True):
        entry.keep(_listing(entry, part.draft.parties[name], f"{name}-listing-{number}"))


def _listing(part: Part, node: URIRef, at: str) -> Iterator[Statement]:
    entry = part.draft.new(at)
    yield node, CLEW.listing, entry
    yield from part.draft.a(entry, CLEW.Listing)
    yield entry, CLEW.onList, part.need("list", as_party_list)
    for programme in part.all("programmes", as_key):
        yield entry, CLEW.underProgramme, mint("programme", programme)
    yield from part.say(entry, "entry", CLEW.entryNumber, as_key)
    yield from part.window(entry)
    yield from _footnotes(part, entry, at)
    yield from part.say(entry, "source", CLEW.sourceNote, plain_text)
    yield from part.rest(entry)


def _footnotes(part: Part, entry: URIRef, at: str) -> Iterator[Statement]:
    since = part.get("footnote_from", as_days)
    for number in part.all("footnotes", as_footnote):
        note = part.draft.new(f"{at}-footnote-{number}")
        yield entry, CLEW.hasFootnote, note
        yield from part.draft.a(note, CLEW.Footnote)
        yield note, CLEW.footnoteNumber, number
        if since:
            yield note, CLEW.validFrom, since[0]
            if since[1] > since[0]:
                yield note, CLEW.validFromLatest, since[1]


def as_footnote(value: object) -> str:
    """Return the number of a footnote, which may be written `4`, `FN4` or `footnote 4`."""
    text = as_key(value)
    digits = text.lower().removeprefix("footnote").removeprefix("fn").strip()
    return digits if digits.isdigit() else text
