"""How derivations and answers are shown: as JSON that can be read back, and as sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from rdflib import URIRef

from ..dataset import to_term, to_value
from ..errors import ProofError
from ..ontology import token
from ..statements import Statement, Text, Value
from .derivation import Absence, Derivation, Fact, Inference, Kind, Origin
from .finding import Answer, Finding

Json = dict[str, Any]

_ORIGIN = tuple(field.name for field in fields(Origin))


def canonical(value: object) -> str:
    """Return JSON text that is the same, byte for byte, for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def value_json(value: Value) -> Json:
    """Return a value as a term of SPARQL 1.1 JSON results."""
    if isinstance(value, URIRef):
        return {"type": "uri", "value": str(value)}
    if isinstance(value, Text):
        return {"type": "literal", "value": value.words, "xml:lang": value.language}
    literal = to_term(value)
    if isinstance(value, str):
        return {"type": "literal", "value": value}
    return {"type": "literal", "value": literal.value, "datatype": literal.datatype.value}  # type: ignore[union-attr]


def read_value(raw: Mapping[str, str]) -> Value:
    """Return the value that `value_json` wrote."""
    import pyoxigraph as ox

    if raw["type"] == "uri":
        return URIRef(raw["value"])
    if "xml:lang" in raw:
        return Text(raw["value"], raw["xml:lang"])
    kind = ox.NamedNode(raw["datatype"]) if "datatype" in raw else None
    return to_value(ox.Literal(raw["value"], datatype=kind))


def show(value: Value) -> str:
    """Return a value as a path shows it: the token of a thing, the characters of a literal."""
    if isinstance(value, URIRef):
        return token(value)
    return value.words if isinstance(value, Text) else str(value).lower() if isinstance(value, bool) else str(value)


def statement_json(statement: Statement) -> Json:
    """Return a statement with its terms and, for people, as it is shown."""
    subject, predicate, value = statement
    shown = f"{token(subject)} {predicate.rpartition('#')[2] or token(predicate)} {show(value)}"
    return {"subject": str(subject), "predicate": str(predicate), "object": value_json(value), "shown": shown}


def read_statement(raw: Mapping[str, Any]) -> Statement:
    """Return the statement that `statement_json` wrote."""
    return URIRef(raw["subject"]), URIRef(raw["predicate"]), read_value(raw["object"])


def derivation_json(derivation: Derivation) -> Json:
    """Return a derivation as a tree of JSON objects that `read_derivation` reads back."""
    if isinstance(derivation, Absence):
        return {"kind": "absence", "pattern": derivation.pattern, "says": derivation.says}
    if isinstance(derivation, Fact):
        source = {name: str(value) for name in _ORIGIN if (value := getattr(derivation.origin, name))}
        return {"kind": "fact", "statement": statement_json(derivation.conclusion), "source": source}
    return {
        "kind": "inference",
        "by": derivation.kind.value,
        "rule": str(derivation.rule),
        "statement": statement_json(derivation.conclusion),
        "says": derivation.says,
        "bindings": dict(derivation.bindings),
        "premises": [derivation_json(premise) for premise in derivation.premises],
    }


def read_derivation(raw: Mapping[str, Any]) -> Derivation:
    """Return the derivation that `derivation_json` wrote.

    Raises:
        ProofError: The tree is not of that form.
    """
    try:
        match raw["kind"]:
            case "absence":
                return Absence(raw["pattern"], raw["says"])
            case "fact":
                source = raw["source"]
                origin = Origin(URIRef(source["graph"]), **{k: v for k, v in source.items() if k != "graph"})
                return Fact(read_statement(raw["statement"]), origin)
            case "inference":
                return _read_inference(raw)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ProofError(f"the proof is not well formed: {error!r}", help="ask for the explanation again") from error
    raise ProofError(f"a step of kind `{raw['kind']}` is unknown", help="ask for the explanation again")


def _read_inference(raw: Mapping[str, Any]) -> Inference:
    return Inference(
        conclusion=read_statement(raw["statement"]),
        kind=Kind(raw["by"]),
        rule=URIRef(raw["rule"]),
        says=raw["says"],
        bindings=tuple(sorted(raw["bindings"].items())),
        premises=tuple(read_derivation(premise) for premise in raw["premises"]),
    )


def finding_id(release: str, as_of: str, rule: str, transaction: str, subject: str) -> str:
    """Return the id of a finding: the same finding on the same release and day always has the same id."""
    return hashlib.sha256(canonical([release, as_of, rule, transaction, subject]).encode()).hexdigest()[:16]


def finding_json(finding: Finding, *, release: str, as_of: str) -> Json:
    """Return a finding with its whole explanation."""
    return {
        "id": finding_id(release, as_of, finding.rule, str(finding.transaction), str(finding.subject)),
        "rule": finding.rule,
        "subject": token(finding.subject),
        "status": finding.status.value,
        "severity": finding.severity,
        "legal_status": finding.legal_status,
        "path": list(finding.path),
        "sentence": finding.sentence,
        "explanation": derivation_json(finding.derivation),
    }


def answer_json(answer: Answer) -> Json:
    """Return an answer in the form that the contract of case files fixes."""
    day = answer.as_of.isoformat()
    return {
        "id": answer.id,
        "as_of": day,
        "decision": answer.decision,
        "grade": answer.grade,
        "findings": [finding_json(found, release=answer.release, as_of=day) for found in answer.findings],
        "ownership": {
            regime: {party: asdict(status) for party, status in sorted(parties.items())}
            for regime, parties in sorted(answer.ownership.items())
        },
        "missing": [asdict(missing) for missing in answer.missing],
        "release": answer.release,
        "rules_version": answer.rules_version,
    }


def source_words(origin: Origin) -> str:
    """Return where a fact stands, in words: publisher, file, record, date, and where the publisher has it from."""
    record = origin.record and f"record {origin.record}"
    return ", ".join(filter(None, (origin.publisher, origin.file, record, origin.taken, origin.note)))


def sentences(derivation: Derivation, depth: int = 0) -> list[str]:
    """Return a derivation as indented lines that a person can read from the conclusion down to the sources."""
    indent = "  " * depth
    if isinstance(derivation, Absence):
        return [f"{indent}- {derivation.says}"]
    if isinstance(derivation, Fact):
        where = source_words(derivation.origin)
        shown = statement_json(derivation.conclusion)["shown"]
        return [f"{indent}- {shown}" + (f" ({where})" if where else "")]
    lines = [f"{indent}- {derivation.says}"]
    for premise in derivation.premises:
        lines += sentences(premise, depth + 1)
    return lines


__all__ = [
    "answer_json",
    "canonical",
    "derivation_json",
    "finding_id",
    "finding_json",
    "read_derivation",
    "read_statement",
    "sentences",
    "show",
    "source_words",
    "statement_json",
    "value_json",
]
