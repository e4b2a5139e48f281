"""Goods of a case: what they are, which entries they fall under, what they are made of, what was declared of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import URIRef

from ...errors import CaseError
from ...ontology import CLEW
from ...statements import Statement
from .classify import classify, hs
from .content import content
from .fields import as_currency, as_day, as_fields, as_key, as_place, as_quantity, as_text, shown
from .part import Part
from .plain import plain_text


def claim(part: Part) -> str | None:
    """Give an item its node and return its id, or set it aside when it has none of its own."""
    draft = part.draft
    name = part.get("id", as_key)
    if name is None or name in draft.items or name in draft.parties or name == "transaction":
        reason = "an item has no id" if name is None else f"the id {shown(name)} is taken"
        draft.refuse(f"{part.pointer}/id", part.fields, CaseError(reason, help="give each item an id of its own"))
        return None
    draft.items[name] = draft.node(name)
    return name


def item(part: Part, name: str) -> Iterator[Statement]:
    """Yield what a case says of one item."""
    node = part.draft.items[name]
    yield from part.draft.a(node, CLEW.Item)
    yield from part.say(node, "desc", CLEW.description, as_text)
    yield from hs(part, node, CLEW.hsCode)
    yield from classify(part, node, name)
    yield from part.say(node, "origin", CLEW.origin, as_place)
    yield from part.say(node, "qty", CLEW.quantity, as_quantity)
    yield from part.say(node, "unit", CLEW.unit, as_text)
    yield from money(part, node, f"{name}-value")
    yield from content(part, node, name)
    yield from ((node, CLEW.producedWith, text) for text in part.all("produced_with", _flat))
    declared = part.part("declared", as_fields("desc"))
    if declared is not None:
        yield from ((node, CLEW.declaredAs, declaration := part.draft.new(f"{name}-declared")),)
        yield from declare(declared, declaration, f"{name}-declared")
    yield from part.rest(node)


def _flat(value: object) -> str:
    """Return technology or plant as words; fields are named, so that rules can look for them."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {plain_text(inner)}" for key, inner in value.items())
    return as_text(value)


def money(part: Part, node: URIRef, at: str) -> Iterator[Statement]:
    """Yield the field `value` as an amount of money in a currency."""
    worth = part.part("value", as_fields("amount"))
    if worth is None:
        return
    amount = part.draft.new(at)
    yield node, CLEW.value, amount
    yield from part.draft.a(amount, CLEW.MonetaryAmount)
    yield from worth.say(amount, "amount", CLEW.amount, as_quantity)
    yield from worth.say(amount, "currency", CLEW.currency, as_currency)
    yield from worth.rest(amount)


def declare(part: Part, node: URIRef, at: str) -> Iterator[Statement]:
    """Yield what was declared of goods, beside what they are."""
    yield from part.draft.a(node, CLEW.Declaration)
    yield from part.say(node, "system", CLEW.declarationSystem, as_text)
    yield from part.say(node, "desc", CLEW.description, as_text)
    yield from hs(part, node, CLEW.declaredHS)
    yield from part.say(node, "origin", CLEW.declaredOrigin, as_place)
    yield from part.say(node, "date", CLEW.date, as_day)
    yield from money(part, node, f"{at}-value")
    yield from part.remark(node, "codes", "consignee", "destination", "end_user", "qty", "unit", "eccn")
    yield from part.rest(node)
