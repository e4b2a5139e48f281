"""Who holds what: holdings, joint arrangements and complete registers of a case."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ...errors import CaseError
from ...ontology import CLEW, token
from ...statements import Statement
from .part import Part
from .plain import plain_text
from .shares import parse_share
from .words import as_holding_kind, default_holding_kind


def ownership(case: Part) -> None:
    """Keep the holdings, arrangements and registers of a case; one that is not well formed is set aside whole."""
    draft = case.draft
    for number, part in case.parts("ownership", whole=True):
        part.keep(_holding(part, number))
    for number, part in case.parts("joint_arrangements", whole=True):
        part.keep(_arrangement(part, number))
    for company in case.all("complete_registers", draft.party):
        draft.facts.append((company, CLEW.registerComplete, True))


def _holding(part: Part, number: int) -> Iterator[Statement]:
    draft = part.draft
    node = draft.new(f"holding-{number}")
    company = part.need("owned", draft.party)
    yield from draft.a(node, CLEW.Holding)
    yield node, CLEW.recordKey, str(number)
    for owner in _owners(part, company):
        yield node, CLEW.holder, owner
    yield node, CLEW.heldIn, company
    yield node, CLEW.holdingKind, part.get("kind", as_holding_kind) or default_holding_kind()
    share = part.get("percent", parse_share)
    if share is not None:
        yield node, CLEW.shareMinimum, share[0]
        yield node, CLEW.shareMaximum, share[1]
    yield from part.window(node)
    yield from part.say(node, "source", CLEW.sourceNote, plain_text)
    yield from part.rest(node)


def _owners(part: Part, company: URIRef) -> list[URIRef]:
    """Return the holders of a stake; a stake that is held jointly has several."""
    owners = part.all("owners", part.draft.party) or [part.need("owner", part.draft.party)]
    if company in owners:
        raise CaseError(
            f"`{token(company)}` is said to hold a stake in itself",
            where=part.pointer,
            help="leave treasury shares out, or correct the owner",
        )
    return list(dict.fromkeys(owners))


def _arrangement(part: Part, number: int) -> Iterator[Statement]:
    draft = part.draft
    node = draft.new(f"arrangement-{number}")
    parties = dict.fromkeys(part.all("parties", draft.party))
    if len(parties) < 2:
        raise CaseError(
            "a joint arrangement binds two parties or more", where=f"{part.pointer}/parties", help="name them all"
        )
    yield from draft.a(node, CLEW.JointArrangement)
    for party in parties:
        yield node, CLEW.arrangementParty, party
    yield node, CLEW.arrangementOn, part.need("company", draft.party)
    yield from part.window(node)
    yield from part.say(node, "source", CLEW.sourceNote, plain_text)
    yield from part.rest(node)
