"""One case from its parts: parties first, then who holds what, then the deal that the rest hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDFS, URIRef
from rdflib.namespace import DCTERMS

from ...ontology import CLEW, mint, values_of
from ...statements import Statement
from . import goods, parties
from .draft import Draft
from .fields import as_day, as_key, as_text
from .happenings import events, observations
from .listings import listings
from .ownership import ownership
from .part import Part
from .plain import plain_text
from .route import route
from .trade import transaction

# What makes a case a question about a deal; parties, listings and holdings alone are one about ownership.
_DEAL = ("items", "route", "events", "observations")


@dataclass(frozen=True, slots=True)
class Made:
    """What a case says about itself, beside its statements."""

    title: str
    transaction: URIRef | None
    refs: tuple[URIRef, ...]


def fill(draft: Draft, raw: Mapping[str, object]) -> Made:
    """Put the statements of a case into its draft, and what is wrong with it.

    Args:
        draft: Where the statements go.
        raw: The case as given.
    """
    case = Part(draft, "", raw)
    refs: list[URIRef] = []
    members = [(part, parties.claim(part, refs)) for _, part in case.parts("parties")]
    named = [(part, name) for part, name in members if name is not None]
    items = [(part, goods.claim(part)) for _, part in case.parts("items")]
    focus = _focus(case, named)
    title = case.get("title", as_text) or draft.case
    for part, name in named:
        _party(part, name, focus)
    ownership(case)
    if focus is not None:
        draft.facts.extend(_deal(case, focus, [(part, name) for part, name in items if name is not None]))
    draft.facts.extend(_about(case, mint("case", draft.case), title))
    return Made(title, focus, tuple(dict.fromkeys(refs)))


def _focus(case: Part, named: list[tuple[Part, str]]) -> URIRef | None:
    """Return the transaction, where the case states a deal in any way."""
    stated = case.fields.get("transaction") is not None or any(case.fields.get(key) for key in _DEAL)
    return case.draft.node("transaction") if stated or any(part.fields.get("roles") for part, _ in named) else None


def _party(part: Part, name: str, focus: URIRef | None) -> None:
    draft = part.draft
    listings(part, name)
    if focus is not None:
        draft.facts.extend(parties.roles(part, name, focus, values_of(CLEW.RoleType)))
    else:
        part.take("roles")
    draft.facts.extend(parties.party(part, name))


def _deal(case: Part, focus: URIRef, items: list[tuple[Part, str]]) -> Iterator[Statement]:
    yield from case.draft.a(focus, CLEW.Transaction)
    for part, name in items:
        yield focus, CLEW.hasItem, case.draft.items[name]
        yield from goods.item(part, name)
    deal = case.part("transaction")
    if deal is not None:
        yield from transaction(deal, focus)
    yield from route(case, focus)
    yield from events(case, focus)
    yield from observations(case, focus)


def _about(case: Part, node: URIRef, title: str) -> Iterator[Statement]:
    """Yield what a case says about itself: where its facts come from and how sure they are."""
    yield node, RDFS.label, title
    yield from case.say(node, "kind", DCTERMS.type, as_key)
    yield from case.say(node, "decided", DCTERMS.issued, as_day)
    yield from ((node, CLEW.jurisdiction, word) for word in case.all("jurisdictions", as_key))
    yield from ((node, DCTERMS.source, text) for text in case.all("sources", _source))
    yield from case.remark(node, "fidelity", "confidence", "assumed")
    for key in ("id", "as_of", "schema", "set", "expect", "variants"):
        case.take(key)
    yield from case.rest(node)


def _source(value: object) -> str:
    """Return a source as one line: its title, publisher, date and how it was read."""
    if isinstance(value, Mapping):
        return ", ".join(plain_text(part) for part in value.values() if part is not None)
    return as_text(value)
