"""The service: what all faces ask of one release, composed of loading and reasoning in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from ..dataset import Dataset, Row
from ..errors import ProofError
from ..loaders.case import CaseDocument, case_from_mapping, case_statements
from ..ontology import CLEW, mint, token
from ..queries.catalogue import query
from ..reasoner.book import Book
from ..reasoner.check import Checker, Question
from ..reasoner.derivation import Derivation
from ..reasoner.finding import Answer
from ..reasoner.render import answer_json, finding_json, read_derivation, show
from ..reasoner.verify import Checked, Verifier
from ..reasoner.workbench import Workbench
from ..release import Release
from ..shapes.catalogue import rules, rules_version
from .aside import set_aside

Json = dict[str, Any]
PROOF = "clew-proof/v1"


class Service:
    """Answers questions from one release."""

    def __init__(self, release: Release) -> None:
        """Wrap a release; what a question needs is prepared when the first one comes."""
        self.release = release

    @cached_property
    def checker(self) -> Checker:
        """Return what checks cases against this release."""
        return Checker(Workbench(self.release), rules(), rules_version())

    @cached_property
    def book(self) -> Book:
        """Return the findings of this release."""
        return Book(self.release.data, rules(), self.release.id)

    def check(self, document: Mapping[str, object], as_of: date | None = None) -> Json:
        """Return the answer to a case as JSON.

        Raises:
            CaseError: The case is not well formed.
        """
        return answer_json(self.answer(case_from_mapping(document, strict=True, as_of=as_of)))

    def answer(self, case: CaseDocument) -> Answer:
        """Return the answer to a case."""
        return self.checker.check(question(case))

    def findings(
        self, rule: str | None = None, entity: str | None = None, limit: int = 100, cursor: str = ""
    ) -> list[Json]:
        """Return the findings that the release holds, in order of their ids, after a cursor."""
        rows = self.release.data.rows(query("findings/all").text)
        listed = [_listed(row) for row in rows]
        kept = [
            found
            for found in listed
            if (rule is None or found["rule"] == rule)
            and (entity is None or entity in (found["subject"], found["transaction"]))
            and found["id"] > cursor
        ]
        return kept[:limit]

    def explanation(self, id: str) -> Json:
        """Return a finding of the release with its proof.

        Raises:
            NotFoundError: The release holds no such finding.
        """
        found = self.book.finding(id)
        as_of = show(self.release.data.objects(mint("finding", id), CLEW.asOf)[0])
        return {**finding_json(found, release="", as_of=as_of), "as_of": as_of, "release": self.release.id}

    def proof(self, case: CaseDocument | None, answer: Json) -> Json:
        """Return a document that `verify` can check later: the answer together with the case it answers."""
        return {"format": PROOF, "case": case.raw if case else None, "answer": answer}

    def verify(self, document: Mapping[str, Any]) -> dict[str, Checked]:
        """Check every proof of a proof document again and return how much was checked, by rule and subject.

        Raises:
            ProofError: A proof does not hold.
        """
        if document.get("format") != PROOF:
            raise ProofError("this is no proof document", help="make one with `clew check --proof FILE`")
        answer = document["answer"]
        if answer["release"] != self.release.id:
            raise ProofError(f"the proof was made on release `{answer['release']}`", help="open that release")
        raw = document["case"]
        if raw is None:
            return self._verify(self.release.data, answer)
        asked = question(case_from_mapping(raw, strict=False, as_of=date.fromisoformat(answer["as_of"])))
        with self.checker.bench.lay(asked.statements, asked.graph, asked.refs) as laid:
            return self._verify(laid.data, answer)

    def _verify(self, data: Dataset, answer: Json) -> dict[str, Checked]:
        verifier = Verifier(data, {str(rule.iri): rule for rule in rules()})
        found = answer.get("findings", [answer])
        return {f"{one['rule']} {one['subject']}": verifier.verify(_derivation(one)) for one in found}


def question(case: CaseDocument) -> Question:
    """Return a case as the checker asks it."""
    stated = case_statements(case)
    return Question(case.id, case.as_of, case.graph, case.transaction, stated, case.refs, set_aside(case))


def _derivation(finding: Json) -> Derivation:
    """Return the proof of a finding after holding it against what the finding itself claims."""
    proof = read_derivation(finding["explanation"])
    claimed = finding["rule"], finding["subject"]
    shown = token(proof.rule).partition(":")[2], show(proof.conclusion[2])  # type: ignore[union-attr]
    if claimed != shown:
        raise ProofError(f"the proof is about `{shown[0]} {shown[1]}`, not `{claimed[0]} {claimed[1]}`")
    return proof


def _listed(row: Row) -> Json:
    kept = {name: show(value) for name, value in row.items()}
    for name in ("id", "rule", "severity"):
        kept[name] = kept[name].partition(":")[2]
    return kept
