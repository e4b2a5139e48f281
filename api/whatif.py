"""What if: the same question asked twice, as things are and as they are supposed to be, and the difference told.

Nothing is stored: a case is changed as a value, and holdings of the release are taken from a private copy on the bench.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, URIRef

from ..dataset import Dataset, iri
from ..errors import InputError
from ..loaders.case import case_from_mapping
from ..ontology import CLEW, mint, token, uncurie
from ..reasoner.finding import Answer
from ..reasoner.ownership import Assessment, assess, read
from .service import Service, question
from .words import key

Json = dict[str, Any]
_STAKES = "SELECT ?holding ?kind WHERE { ?holding clew:holder ?owner ; clew:heldIn ?owned ; clew:holdingKind ?kind }"
_ENTRIES = "SELECT ?listing WHERE { ?party clew:listing ?listing . ?listing clew:onList ?list }"
_PREFIX = "PREFIX clew: <https://w3id.org/clew/ns#>\n"
_SHARES = {"equity": "shares"}


def of_case(service: Service, case: Json, as_of: date | None, regimes: Sequence[str], add: Json, remove: Json) -> Json:
    """Return what a change would make of a case: statuses, findings and decision.

    Raises:
        InputError: What is to be removed is not in the case.
        CaseError: The case is not well formed, before or after the change.
    """
    before, after = (
        service.answer(case_from_mapping(one, strict=True, as_of=as_of))
        for one in (case, changed_case(case, add, remove))
    )
    found = difference(_statuses(before, regimes), _statuses(after, regimes))
    told = {_finding(one): one for one in before.findings}, {_finding(one): one for one in after.findings}
    findings = {
        "added": [_shown(name, one.sentence) for name, one in told[1].items() if name not in told[0]],
        "removed": [_shown(name, one.sentence) for name, one in told[0].items() if name not in told[1]],
        "decision": {"before": before.decision, "after": after.decision},
    }
    return {"as_of": before.as_of.isoformat(), "statuses": found, "findings": findings}


def _finding(one: Any) -> tuple[str, str, str]:
    return one.rule, token(one.subject), one.status.value


def _shown(name: tuple[str, str, str], sentence: str) -> Json:
    return dict(zip(("rule", "subject", "status", "sentence"), (*name, sentence), strict=True))


def _statuses(answer: Answer, regimes: Sequence[str]) -> dict[tuple[str, str], Json]:
    return {
        (party, regime): asdict(status)
        for regime, parties in answer.ownership.items()
        if not regimes or regime in regimes
        for party, status in parties.items()
    }


def difference(before: Mapping[Any, Json], after: Mapping[Any, Json]) -> list[Json]:
    """Return the verdicts that are not the same before and after; reasons that are put otherwise do not count."""

    def core(one: Json | None) -> object:
        return one and (one["status"], one["minimum"], one["maximum"])

    return [
        {"party": name[0], "regime": name[1], "before": before.get(name), "after": after.get(name)}
        for name in sorted({*before, *after})
        if core(before.get(name)) != core(after.get(name))
    ]


def changed_case(case: Json, add: Json, remove: Json) -> Json:
    """Return a case with stakes and entries added and taken away.

    Raises:
        InputError: What is to be removed, or whose entry is to be added, is not in the case.
    """
    ownership = list(case.get("ownership") or ())
    for place, gone in enumerate(remove.get("ownership", ())):
        left = [one for one in ownership if not _is_stake(one, gone)]
        _must(len(left) < len(ownership), f"#/remove/ownership/{place}", "the case states no such stake")
        ownership = left
    parties = [dict(party) for party in case.get("parties") or ()]
    by_id = {party["id"]: party for party in parties}
    for place, gone in enumerate(remove.get("listings", ())):
        entries = by_id.get(gone["party"], {}).get("listings") or []
        left = [one for one in entries if one["list"] != gone["list"]]
        _must(len(left) < len(entries), f"#/remove/listings/{place}", "the case states no such entry")
        by_id[gone["party"]]["listings"] = left
    for place, entry in enumerate(add.get("listings", ())):
        _must(entry["party"] in by_id, f"#/add/listings/{place}/party", f"`{entry['party']}` is no party of the case")
        listing = {name: value for name, value in entry.items() if name != "party"}
        by_id[entry["party"]]["listings"] = [*(by_id[entry["party"]].get("listings") or ()), listing]
    return {**case, "parties": parties, "ownership": [*ownership, *add.get("ownership", ())]}


def _must(holds: bool, where: str, message: str) -> None:
    if not holds:
        raise InputError(message, where=where, help="name it as the case does, or ask about an entity of the release")


def _is_stake(one: Json, gone: Json) -> bool:
    owners = one.get("owners") or [one.get("owner")]
    kind = gone.get("kind")
    return gone["owned"] == one.get("owned") and gone["owner"] in owners and kind in (None, one.get("kind") or "equity")


def of_entity(service: Service, entity: str, as_of: date, regimes: Sequence[str], add: Json, remove: Json) -> Json:
    """Return what a change would make of the verdicts on an entity of the release and on the parties above it.

    Raises:
        InputError: What is to be removed is not known to the release.
    """
    asked = {"id": "what-if", "as_of": as_of.isoformat(), "parties": list(_parties(entity, add, remove))}
    after = changed_case(asked, add, {})
    chosen = [mint("regime", name) for name in regimes] or None
    found = []
    for case, gone in ((asked, {}), (after, remove)):
        laid_case = question(case_from_mapping(case, strict=True))
        with service.checker.bench.lay(laid_case.statements, laid_case.graph, laid_case.refs) as laid:
            _take(laid.holdings, gone)
            found.append(_told(assess(read(laid.holdings, as_of), regimes=chosen)))
    return {"as_of": as_of.isoformat(), "statuses": difference(*found), "findings": None}


def _parties(entity: str, add: Json, remove: Json) -> Iterator[Json]:
    """Yield every party that a question names: loaded ones by their id, and new ones that nobody loaded."""
    holdings = [*add.get("ownership", ()), *remove.get("ownership", ())]
    names = [entity]
    for one in holdings:
        names += [one["owned"], *(one.get("owners") or [one["owner"]])]
    names += [one["party"] for one in (*add.get("listings", ()), *remove.get("listings", ()))]
    for name in dict.fromkeys(names):
        yield {"id": name, "ref": name} if ":" in name else {"id": name, "kind": "company"}


def _take(holdings: Dataset, gone: Json) -> None:
    """Take stakes and entries away from a private copy."""
    for place, one in enumerate(gone.get("ownership", ())):
        kind = mint("holding-kind", _SHARES.get(one["kind"], one["kind"])) if one.get("kind") else None
        rows = holdings.rows(_PREFIX + _STAKES, owner=uncurie(one["owner"]), owned=uncurie(one["owned"]))
        nodes = [iri(row, "holding") for row in rows if kind in (None, row["kind"])]
        _known(nodes, f"#/remove/ownership/{place}", "the release knows no such stake")
        _remove(holdings, nodes, RDF.type)
    for place, one in enumerate(gone.get("listings", ())):
        rows = holdings.rows(_PREFIX + _ENTRIES, party=uncurie(one["party"]), list=mint("list", one["list"]))
        nodes = [iri(row, "listing") for row in rows]
        _known(nodes, f"#/remove/listings/{place}", "the release knows no such entry")
        _remove(holdings, nodes, CLEW.onList)


def _known(nodes: Sequence[URIRef], where: str, message: str) -> None:
    if not nodes:
        raise InputError(message, where=where, help="see the stakes with /v1/entities/{id}/owners")


def _remove(data: Dataset, nodes: Sequence[URIRef], predicate: URIRef) -> None:
    for node in nodes:
        for quad in list(data.store.quads_for_pattern(ox.NamedNode(node), ox.NamedNode(predicate), None)):
            data.store.remove(quad)


def _told(found: Assessment) -> dict[tuple[str, str], Json]:
    return {(token(one.party), key(one.regime)): asdict(one.status) for one in found.verdicts()}
