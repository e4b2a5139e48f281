"""Country groups: which countries a regulation names together, since when, and until when.

A table that is a snapshot states no first day, and none is invented: its memberships are open, with the day of the text
as `clew:verifiedOn`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import SKOS

from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import rows_of
from .cells import Row, day, day_after, filled, node, origin, place, row_window, text, window, word
from .chart import heirs


def us_country_groups(row: Row) -> Iterator[Statement]:
    """Yield a membership of a Country Group of the EAR, and that of each place treated as the member."""
    group, code = filled(row, "group"), filled(row, "iso2")
    this = node("us_country_groups", group, code)
    yield from _group(group, filled(row, "group_label"))
    yield from _member(this, group, place(code))
    yield from row_window(this, row)
    if latest := day(row, "valid_from_latest"):
        yield this, CLEW.validFromLatest, latest
    yield from text(this, CLEW.remark, row, "remark")
    yield from origin(this, row, f"{group} {code}", f"15 CFR 740 Supp. 1, Country Group {group}")
    for heir in _heirs(code):
        yield from _inherited(row, group, code, heir)


def _inherited(row: Row, group: str, code: str, heir: Row) -> Iterator[Statement]:
    since = max(filter(None, (day(row, "valid_from"), day(heir, "valid_from"))), default=None)
    this = node("us_country_groups", group, code, heir["place"])
    yield from _member(this, group, place(heir["place"]))
    yield from window(this, since, day_after(row, "valid_to"))
    yield this, CLEW.remark, f"treated as {code}"
    yield from origin(this, heir, f"{group} {code}")


def _heirs(code: str) -> Iterator[Row]:
    return (row for (_, reach), row in heirs().items() if reach == "for_groups" and row["treated_as"] == code)


def country_groups(row: Row) -> Iterator[Statement]:
    """Yield a membership of a group outside the Country Groups of the EAR, such as the member states of the Union."""
    group, code = filled(row, "group"), filled(row, "iso2")
    this = node("country_groups", group, code, *filter(None, (row["valid_from"],)))
    yield from _group(group, filled(row, "group_label"))
    yield from _member(this, group, place(code))
    yield from row_window(this, row)
    yield from origin(this, row, f"{group} {code}")


def eu_gea_destinations(row: Row) -> Iterator[Statement]:
    """Yield a destination of a Union general export authorisation, as a member of its group.

    `group:EU001` holds the destinations of EU001; `group:EU008-exclude` holds those that EU008 leaves out.
    """
    gea, mode = filled(row, "gea"), word(row, "mode", ("include", "exclude"))
    group = gea if mode == "include" else f"{gea}-exclude"
    authorisation = node("eu_gea_destinations", gea)
    yield authorisation, RDF.type, CLEW.GeneralAuthorisation
    yield authorisation, RDFS.label, f"{gea}: {row['title']}"
    yield authorisation, CLEW.itemScope, filled(row, "items_summary")
    yield from text(authorisation, CLEW.condition, row, "conditions")
    yield authorisation, RDFS.seeAlso, mint("group", group)
    yield from origin(authorisation, row, gea, f"Regulation (EU) 2021/821 Annex II, {gea}")
    yield from _group(group, row["title"])
    this = node("eu_gea_destinations", gea, mode, filled(row, "iso2"))
    if row["iso2"] == "*":
        yield this, RDF.type, CLEW.ReferenceRow
        yield this, RDFS.label, f"{gea} holds for every destination that it does not exclude"
    else:
        yield from _member(this, group, place(row["iso2"]))
    yield from origin(this, row, f"{gea} {mode} {row['iso2']}", f"Regulation (EU) 2021/821 Annex II, {gea}")


def us_line_scopes(row: Row) -> Iterator[Statement]:
    """Yield a set of destinations that control lines name in words, as a group with the same name as `clew:appliesTo`.

    `group:MACAU_OR_D5` then holds Macau and each member of D:5, without those that the row with `exclude` names.
    """
    scope, mode = filled(row, "scope"), word(row, "mode", ("include", "exclude"))
    kind, value = word(row, "kind", ("place", "group")), filled(row, "value")
    this = node("us_line_scopes", scope, mode, value)
    yield from _group(scope, f"destinations of the words {scope}")
    yield mint("group", scope), SKOS.notation, scope
    yield this, RDF.type, CLEW.ReferenceRow
    yield this, RDFS.label, f"{scope}: {mode} {kind} {value}"
    yield from origin(this, row, f"{scope} {mode} {value}")
    if mode == "include" and value != "*":
        for member in _members(kind, value):
            if kind == "place" or member.code not in _left_out(scope):
                yield from _scoped(this, scope, member)


@dataclass(frozen=True, slots=True)
class _Membership:
    """A place in a set of destinations, from a day or since always, as far as the tables know."""

    code: str
    since: str = ""


def _scoped(this: URIRef, scope: str, member: _Membership) -> Iterator[Statement]:
    membership = URIRef(f"{this}#{member.code}")
    yield from _member(membership, scope, place(member.code))
    yield from window(membership, day({"valid_from": member.since}, "valid_from"), None)


@cache
def _members(kind: str, value: str) -> tuple[_Membership, ...]:
    """Return a place or the members of a Country Group, each with the places that are treated as it."""
    rows = [row for row in rows_of("us_country_groups") if row["group"] == value]
    own = [_Membership(value)] if kind == "place" else [_Membership(row["iso2"], row["valid_from"]) for row in rows]
    return (*own, *(_Membership(heir["place"], heir["valid_from"]) for member in own for heir in _heirs(member.code)))


@cache
def _left_out(scope: str) -> frozenset[str]:
    """Return the places that a set of destinations leaves out of its groups; a place it names itself stays in.

    Only memberships without a first day leave a place out: between two texts nobody knows, and no silence must clear.
    """
    out = (row for row in rows_of("us_line_scopes") if row["scope"] == scope and row["mode"] == "exclude")
    return frozenset(found.code for row in out for found in _members(row["kind"], row["value"]) if not found.since)


def _group(key: str, label: str) -> Iterator[Statement]:
    yield mint("group", key), RDF.type, CLEW.CountryGroup
    yield mint("group", key), RDFS.label, label


def _member(this: URIRef, group: str, where: URIRef) -> Iterator[Statement]:
    yield this, RDF.type, CLEW.GroupMembership
    yield this, CLEW.inGroup, mint("group", group)
    yield this, CLEW.groupMember, where
