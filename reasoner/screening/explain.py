"""Why a match is one: as a sentence, as JSON, and as a step of a proof that rests on the facts of the list entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rdflib import RDFS

from ...ontology import CLEW, mint, token
from ...statements import Statement
from ..derivation import Derivation, Inference, Kind
from .features import Feature
from .match import Match

# That two parties resemble each other is no statement that they are one, so the conclusion only points at the other.
RULE = mint("screening", "comparison")

Producer = Callable[[Statement], Derivation]
_SAYS = {
    "id": "is the same by its number as",
    "exact": "bears the same name as",
    "strong": "is probably the same as",
    "possible": "may be the same as",
    "weak": "is unlikely to be the same as",
}


def sentence(match: Match) -> str:
    """Return one sentence that says what matched and what speaks for and against it."""
    lists = ", ".join(token(on) for on in match.lists) or "no list"
    head = f"`{match.query_name}` {_SAYS[match.band.value]} `{match.matched_name}`"
    who = "" if match.label == match.matched_name else f", {match.label}"
    others = [f"{feature.name}: {feature.detail}" for feature in match.features[1:] if feature.contribution]
    more = f"; {'; '.join(others)}" if others else ""
    return f"{head}{who} ({lists}), score {match.score:.3f}: {match.features[0].detail}{more}"


def to_json(match: Match) -> dict[str, object]:
    """Return a match as JSON, with every feature and both values side by side."""
    return {
        "entity": token(match.entity),
        "label": match.label,
        "kind": match.kind,
        "matched": match.matched_name,
        "matched_kind": match.name_kind,
        "asked": match.query_name,
        "score": match.score,
        "band": match.band.value,
        "tie_break": match.tie_break,
        "entries": [
            {"list": token(entry.on), "entry": token(entry.listing), "from": entry.since, "until": entry.until}
            for entry in match.entries
        ],
        "features": [_feature(feature) for feature in match.features],
        "sentence": sentence(match),
        "versions": {"asked": match.query_version, "listed": match.subject_version},
        "suppressed_by": token(match.suppressed_by.iri) if match.suppressed_by is not None else None,
        "reopened": token(match.reopened.iri) if match.reopened is not None else None,
    }


def _feature(feature: Feature) -> dict[str, object]:
    return {
        "feature": feature.name,
        "weight": round(feature.weight, 4),
        "value": feature.value,
        "contribution": feature.contribution,
        "asked": feature.query_value,
        "listed": feature.candidate_value,
        "detail": feature.detail,
        "stated_by": token(feature.node) if feature.node is not None else None,
    }


def derivation(match: Match, fact: Producer) -> Inference:
    """Return a match as a step of a proof.

    Args:
        match: The match.
        fact: What makes a statement of the data a leaf, with where it stands.
    """
    asked = {"name": match.query_name, "band": match.band.value, "score": f"{match.score:.4f}"}
    shown = {
        f"feature {f.name}": f"{f.contribution:+.4f}: {f.query_value} / {f.candidate_value}" for f in match.features
    }
    return Inference(
        conclusion=(match.query.iri, RDFS.seeAlso, match.entity),
        kind=Kind.SCREENING,
        rule=RULE,
        says=sentence(match),
        bindings=tuple(sorted((asked | shown).items())),
        premises=tuple(fact(statement) for statement in statements(match)),
    )


def statements(match: Match) -> Iterator[Statement]:
    """Yield the statements of the list that a match rests on: its names, numbers and addresses, and its entries."""
    parts = {
        "name": (CLEW.hasName, CLEW.nameText),
        "identifier": (CLEW.hasIdentifier, CLEW.identifierValue),
        "other number": (CLEW.hasIdentifier, CLEW.identifierValue),
        "address": (CLEW.hasAddress, CLEW.addressText),
    }
    for feature in match.features:
        if feature.node == match.entity:
            yield match.entity, RDFS.label, feature.candidate_value
        elif feature.node is not None:
            has, says = parts[feature.name]
            yield match.entity, has, feature.node
            yield feature.node, says, _stated(feature)
    for entry in match.entries:
        yield match.entity, CLEW.listing, entry.listing
        yield entry.listing, CLEW.onList, entry.on


def _stated(feature: Feature) -> str:
    """Return the text that the list states, without the scheme that is shown before a number."""
    return feature.candidate_value.partition(" ")[2] if feature.name == "identifier" else feature.candidate_value
