"""The words that a case may use where the ontology has a closed list of them."""

from __future__ import annotations

from functools import cache

from rdflib import URIRef

from ...errors import CaseError
from ...ontology import CLEW, mint, values_of
from ..places import rows_of
from .fields import as_key, as_token, shown

# The modes and types of the schema; the ontology takes any text for both.
MODES = ("air", "sea", "road", "rail", "post", "electronic")
TYPES = (
    "export", "reexport", "export_from_abroad", "sale", "service", "supply_service", "technology_release",
    "data_transfer", "payment", "carriage",
)  # fmt: skip


@cache
def party_lists() -> frozenset[str]:
    """Return the keys of the party lists that the reference table names."""
    return frozenset(row["key"] for row in rows_of("party_lists"))


def as_party_list(value: object) -> URIRef:
    """Return a party list by its key, such as `US-EL`."""
    key = as_key(value).upper()
    if key not in party_lists():
        keys = ", ".join(sorted(party_lists()))
        raise CaseError(f"{shown(value)} is no list of parties", help=f"write one of {keys}")
    return mint("list", key)


def as_holding_kind(value: object) -> URIRef:
    """Return the kind of a holding; `equity` means shares."""
    word = as_token(value)
    kind = mint("holding-kind", "shares" if word == "equity" else word)
    if kind not in values_of(CLEW.HoldingKind):
        raise CaseError(
            f"{shown(value)} is no kind of holding", help="write equity, votes, control, board, joint or indirect"
        )
    return kind


def default_holding_kind() -> URIRef:
    """Return the kind of a holding that states none: shares."""
    return mint("holding-kind", "shares")


@cache
def schemes() -> dict[str, str]:
    """Return the identifier schemes by their keys and by the words that sources use for them."""
    found: dict[str, str] = {}
    for row in rows_of("identifier_schemes"):
        for word in (*row["source_terms"].split("; "), row["key"]):
            found[word.casefold().replace("_", "-")] = row["key"]
    return found
