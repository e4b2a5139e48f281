"""One case of a job: read, checked and written down exactly as `POST /v1/check` and `clew check` do it."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError

from ...errors import ClewError
from ...loaders.case import case_from_mapping
from ...ontology import BASE
from ...reasoner.render import answer_json
from ...release import open_release
from ..audit import Decided, Ledger
from ..case_body import CaseBody
from ..exact import read_json
from ..problems import faults, kind_of, pointer
from ..service import Service
from ..store import Home
from .table import Case, Done

_FAULTY = 422


class Answering:
    """Answers cases from whatever release their job was made for."""

    def __init__(self, home: Home) -> None:
        """Open releases of this installation as cases ask for them."""
        self._ledger = Ledger(home.audit)
        self._service = lru_cache(maxsize=2)(lambda release: Service(open_release(home.releases, release)))

    def answer(self, case: Case) -> Done:
        """Return the answer to a case, or the problem that it has."""
        try:
            found = self._strict(case) if case.strict else self._lenient(case)
            return Done(case.number, 200, json.dumps(found, ensure_ascii=False))
        except ClewError as error:
            where = [{"pointer": pointer(error.where), "detail": error.message}] if error.where else []
            return _problem(case, error.status, error.message, kind_of(error), error.help, where)
        except ValidationError as error:
            return _problem(case, _FAULTY, "the case is not well formed", "input", "correct `errors`", faults(error))
        except ValueError as error:
            return _problem(case, 400, f"the line is no JSON: {error}", "malformed-body", "send one case a line")

    def _strict(self, case: Case) -> dict[str, Any]:
        body = CaseBody.model_validate(read_json(case.body))
        document = body.model_dump(by_alias=True, exclude_unset=True)
        as_of = None if body.as_of else date.fromisoformat(case.as_of)
        found = self._service(case.release).check(document, as_of)
        return self._decided(case, document, found, strict=True)

    def _lenient(self, case: Case) -> dict[str, Any]:
        raw = json.loads(case.body)
        as_of = None if raw.get("as_of") else date.fromisoformat(case.as_of)
        asked = case_from_mapping(raw, strict=False, as_of=as_of)
        found = answer_json(self._service(case.release).answer(asked))
        answer = self._decided(case, raw, found, strict=False)
        return {**answer, "problems": [str(problem) for problem in asked.problems]}

    def _decided(self, case: Case, document: Any, found: dict[str, Any], *, strict: bool) -> dict[str, Any]:
        made = Decided.now(document, found, strict=strict)
        self._ledger.check(made, case.owner, job=case.job)
        return {**found, "decision_id": made.id}


def _problem(
    case: Case, status: int, detail: str, kind: str, help: str, errors: list[dict[str, str]] | None = None
) -> Done:
    return Done(case.number, status, problem_text(status, detail, kind, help, errors or []))


def problem_text(status: int, detail: str, kind: str, help: str, errors: list[dict[str, str]]) -> str:
    """Return a problem document (RFC 9457) about one case of a job."""
    body = {"type": f"{BASE}problem/{kind}", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return json.dumps({**body, "help": help, **({"errors": errors} if errors else {})}, ensure_ascii=False)
