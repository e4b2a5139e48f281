"""Ownership tests as dated parameters, and the programmes to which a test narrows a list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rdflib import RDF, RDFS, URIRef

from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import rows_of
from ..source import RecordError
from .cells import LEGAL, Row, day, filled, node, origin, remarks, row_window, share, text, word

_COMPARISONS = (">=", ">")
_AGGREGATIONS = ("all_listed", "none", "per_person", "per_party_or_joint", "unspecified")
_PASSES = ("cascade", "multiply", "unspecified")
_LIMBS = ("none", "rebuttable", "yes")


def ownership_regimes(row: Row) -> Iterator[Statement]:
    """Yield the parameters of an ownership test for one period, with the state of law it has then."""
    key, first = filled(row, "regime"), filled(row, "valid_from")
    regime, version = mint("regime", key), mint("regime", key, part=first)
    yield regime, RDF.type, CLEW.OwnershipRegime
    yield regime, RDFS.label, key
    yield version, RDF.type, CLEW.RegimeVersion
    yield version, RDFS.label, f"{key} from {first}"
    yield version, CLEW.versionOf, regime
    yield version, CLEW.threshold, share(row, "threshold_percent")
    yield version, CLEW.comparison, word(row, "comparison", _COMPARISONS)
    yield version, CLEW.aggregation, word(row, "aggregate", _AGGREGATIONS)
    yield version, CLEW.passThrough, word(row, "pass_through", _PASSES)
    yield version, CLEW.controlLimb, word(row, "control_limb", _LIMBS)
    yield version, CLEW.legalStatus, mint("legal", word(row, "status", LEGAL))
    yield from text(version, CLEW.regimeScope, row, "scope")
    yield from _seeds(version, row)
    yield from row_window(version, row)
    yield from _verified(version, row)
    yield from origin(version, row, f"{key} {first}")


def _verified(version: URIRef, row: Row) -> Iterator[Statement]:
    if on := day(row, "verified_on"):
        yield version, CLEW.verifiedOn, on


def _seeds(version: URIRef, row: Row) -> Iterator[Statement]:
    """Yield the lists whose entries the test extends; a narrowed list is stated with its programmes."""
    for seed in filter(None, row["seed_lists"].split(";")):
        found = narrowed().get(seed, ())
        if not found and seed not in _lists():
            raise RecordError(f"`{seed}` is no list of parties", help="add it to party_lists.csv")
        for register in sorted({register for register, _ in found}) or [seed]:
            yield version, CLEW.seedList, mint("list", register)
        for _, programme in found:
            yield version, CLEW.seedProgramme, mint("programme", programme)


@cache
def narrowed() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the list and the programmes behind each seed that is a part of a list, such as `US-SDN-744.8`."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows_of("us_744_8_programmes"):
        found[row["seed_list"]] = (*found.get(row["seed_list"], ()), (row["list"], row["programme"]))
    return found


@cache
def _lists() -> frozenset[str]:
    return frozenset(row["key"] for row in rows_of("party_lists"))


def us_744_8_programmes(row: Row) -> Iterator[Statement]:
    """Yield a sanctions programme whose entries need a licence of another authority too."""
    key = filled(row, "programme")
    programme, this = mint("programme", key), node("us_744_8_programmes", key)
    yield programme, RDF.type, CLEW.Programme
    yield programme, RDFS.label, key
    yield programme, CLEW.programmeOf, mint("list", filled(row, "list"))
    yield this, RDF.type, CLEW.ReferenceRow
    yield this, RDFS.label, f"{key} stands in {row['citation']}"
    yield this, RDFS.seeAlso, programme
    yield from remarks(this, row, "list", "seed_list")
    yield from origin(this, row, key)
