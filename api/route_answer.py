"""Answers about routes and diversion in the form of JSON, each finding with its proof."""

from __future__ import annotations

from datetime import date
from typing import Any

from rdflib import URIRef

from ..dataset import Dataset
from ..ontology import token
from ..reasoner.explain import Prover
from ..reasoner.infer import derive_from, packaged
from ..reasoner.render import derivation_json
from ..reasoner.routes import Diversion, Found, Reason, Trade, derive, diversions, legality
from ..statements import Statement

Json = dict[str, Any]


def answer_of(data: Dataset, transaction: URIRef, as_of: date, name: str) -> Json:
    """Return what there is to say of the route of one transaction, and of the chains it is a part of."""
    prover = _prover(data)
    reasons = legality(data, transaction, as_of, prover.prove)
    trade = Trade(data, as_of)
    found = diversions(trade)
    chains = [one for one in found.diversions if any(part.transaction == transaction for part in one.shipments)]
    return {
        "id": name,
        "as_of": as_of.isoformat(),
        "reasons": [_reason_json(reason) for reason in reasons],
        "chains": [_chain_json(trade, one, found.settings.window, prover) for one in chains],
    }


def _prover(data: Dataset) -> Prover:
    def by_axiom(statement: Statement) -> Any:
        return derive_from(data, packaged(), statement, prover.prove)

    prover = Prover(data, {"inferred": by_axiom})
    return prover


def _reason_json(reason: Reason) -> Json:
    return {
        "ground": reason.ground.value,
        "weight": reason.weight.value,
        "leg": token(reason.leg),
        "subject": token(reason.subject),
        "path": list(reason.path),
        "sentence": reason.says,
        "explanation": derivation_json(reason.derivation),
    }


def _chain_json(trade: Trade, one: Diversion, window: int, prover: Prover) -> Json:
    return {
        "law": one.zone.name,
        "strength": one.strength.value,
        "path": list(one.path),
        "sentence": one.says,
        "goods": token(one.goods),
        "contradictions": [{"kind": each.kind.value, "sentence": each.says} for each in one.contradictions],
        "not_known": list(one.lacks),
        "quantities": [
            {
                "party": token(party),
                "lower": each.lower,
                "upper": each.upper,
                "traced": str(each.traced),
                "convention": each.convention.value,
                "other_sources_known": each.known,
                "unit": "millionths",
            }
            for party, each in one.quantities
        ],
        "chains": one.count,
        "all_looked_at": one.complete,
        "explanation": derivation_json(derive(trade, one, prover.prove, window)),
    }


def found_json(trade: Trade, found: Found) -> Json:
    """Return the chains among the shipments of a dataset, with what is not known and what the search left out."""
    prover = _prover(trade.data)
    return {
        "diversions": [_chain_json(trade, one, found.settings.window, prover) for one in found.diversions],
        "shipments": found.shipments,
        "not_stated": {mark.value: count for mark, count in found.marks.items()},
        "left_out": {law: cut.says for law, cut in found.cuts.items()},
        "bounds": {
            "steps": found.settings.steps,
            "window": found.settings.window,
            "least": str(found.settings.least),
            "spare": str(found.settings.spare),
        },
    }
