"""Parties of a case: who they are, where, what else is known of them, and the roles they play."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import RDF, RDFS, URIRef

from ...errors import CaseError
from ...ontology import CLEW, mint, uncurie
from ...statements import Statement
from .facts import facts_of, name_of
from .fields import as_key, as_place, as_text, as_token, shown
from .part import Part

_LOADED = re.compile(r"[a-z][a-z0-9_-]*:(?!//)")  # a family of the base, so that no foreign IRI gets in

KINDS = {
    "company": CLEW.Company,
    "person": CLEW.Person,
    "university": CLEW.University,
    "organization": CLEW.Organization,
    "organisation": CLEW.Organization,
    "bank": CLEW.Bank,
    "vessel": CLEW.Vessel,
    "aircraft": CLEW.Aircraft,
    "government": CLEW.GovernmentBody,
}


def claim(part: Part, refs: list[URIRef]) -> str | None:
    """Give a party its node and return its id, or set it aside when it has none of its own."""
    draft = part.draft
    name = part.get("id", as_key)
    if name is None or name in draft.parties or name == "transaction":
        reason = "a party has no id" if name is None else f"the id {shown(name)} is taken"
        draft.refuse(f"{part.pointer}/id", part.fields, CaseError(reason, help="give each party an id of its own"))
        return None
    loaded = part.get("ref", as_ref)
    if loaded is None:
        draft.parties[name] = draft.node(name)
    else:
        draft.parties[name] = loaded
        refs.append(loaded)
    return name


def as_ref(value: object) -> URIRef:
    """Return the loaded party that a short id such as `us-sdn:24228` names."""
    text = as_key(value)
    if not _LOADED.match(text) or text.startswith("case:"):
        raise CaseError(f"{shown(value)} is no id of a loaded party", help="write it as shown, such as us-sdn:24228")
    return uncurie(text)


def party(part: Part, name: str) -> Iterator[Statement]:
    """Yield what a case says of one party, but for its listings and roles."""
    draft, node = part.draft, part.draft.parties[name]
    kind = part.get("kind", as_kind)
    yield node, CLEW.localId, name
    # Of a loaded party the release knows the class already.
    if kind is not None or node == mint("case", draft.case, part=name):
        yield node, RDF.type, kind or CLEW.Party
    title = part.get("name", as_text)
    if title is not None:
        yield node, RDFS.label, title
        yield from name_of(draft, node, f"{name}-name", title, "primary")
    yield from part.say(node, "country", CLEW.country, as_place)
    facts = part.part("facts")
    if facts is not None:
        yield from facts_of(facts, name, node, kind)
    yield from part.rest(node)


def as_kind(value: object) -> URIRef:
    """Return the class of a party."""
    word = as_token(value)
    if word not in KINDS:
        raise CaseError(f"{shown(value)} is no kind of party", help=f"write one of {', '.join(KINDS)}")
    return KINDS[word]


def roles(part: Part, name: str, transaction: URIRef, known: frozenset[URIRef]) -> Iterator[Statement]:
    """Yield the parts that a party plays in the transaction."""
    for word in part.all("roles", as_token):
        role, kind = part.draft.new(f"role-{part.draft.count('role')}"), mint("role", word)
        yield transaction, CLEW.hasRole, role
        yield from part.draft.a(role, CLEW.Role)
        yield role, CLEW.roleType, kind
        yield role, CLEW.rolePlayer, part.draft.parties[name]
        if kind not in known:
            part.draft.warn(f"{part.pointer}/roles", word, f"no rule knows the role `{word}`", "correct the word")
