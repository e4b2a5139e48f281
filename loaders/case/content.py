"""What goods are made of: parts with their origin and their share of the value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import URIRef

from ...errors import CaseError
from ...ontology import CLEW
from ...statements import Statement
from .classify import classify, hs
from .fields import as_fields, as_place, as_share, as_text
from .part import Part
from .plain import plain_text
from .shares import percent

_CONTENT = re.compile(r"([a-z]{2})_content_pct")


def content(part: Part, node: URIRef, name: str) -> Iterator[Statement]:
    """Yield the parts of an item, and for a stated total of one origin what the parts leave of it.

    A total and the parts it is made of must not count twice in a de minimis sum (15 CFR 734.4).
    """
    shares: dict[URIRef, int] = {}
    for number, component in part.parts("components", as_fields("desc")):
        yield from _component(component, node, f"{name}-component-{number}", shares)
    for key in part.fields:
        if match := _CONTENT.fullmatch(key):
            yield from _total(part, key, match[1].upper(), node, f"{name}-component-{match[1]}", shares)


def _component(part: Part, node: URIRef, at: str, shares: dict[URIRef, int]) -> Iterator[Statement]:
    component = part.draft.new(at)
    yield node, CLEW.hasComponent, component
    yield from part.draft.a(component, CLEW.Component)
    yield from part.say(component, "desc", CLEW.description, as_text)
    yield from hs(part, component, CLEW.hsCode)
    yield from classify(part, component, at)
    origin, share = part.get("origin", as_place), part.get("share_pct", as_share)
    if origin is not None:
        yield component, CLEW.origin, origin
    if share is not None:
        yield component, CLEW.contentShare, share
    if origin is not None and share is not None:
        shares[origin] = shares.get(origin, 0) + share
    yield from part.rest(component)


def _total(part: Part, key: str, country: str, node: URIRef, at: str, shares: dict[URIRef, int]) -> Iterator[Statement]:
    given = part.get(key, lambda value: (as_place(country), as_share(value)))
    if given is None:
        return
    origin, total = given
    left = total - shares.get(origin, 0)
    if left < 0:
        known = percent(shares[origin])
        error = CaseError(f"the components add up to `{known}` percent, `{key}` is less", help="correct one of them")
        part.draft.refuse(f"{part.pointer}/{key}", part.fields[key], error)
    elif left or origin not in shares:
        component = part.draft.new(at)
        yield node, CLEW.hasComponent, component
        yield from part.draft.a(component, CLEW.Component)
        yield component, CLEW.origin, origin
        yield component, CLEW.contentShare, left
        yield component, CLEW.remark, f"{key}: {plain_text(part.fields[key])}"
