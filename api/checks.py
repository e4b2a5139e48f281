"""Checks over HTTP: one case in, its decision, findings and proofs out."""

from __future__ import annotations

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from ..errors import ClewError
from .case_body import CaseBody
from .live import answer, current
from .models import AnswerModel, problems
from .operation import decided

blueprint = APIBlueprint(
    "checks",
    __name__,
    abp_tags=[Tag(name="checks", description="May a transaction go ahead, and if not, why not?")],
    abp_responses=problems(400, 404, 413, 415, 422, 500),
)


class MalformedBody(ClewError):
    """The body is no JSON."""

    status = 400


@blueprint.before_request
def json_only() -> None:
    """Refuse a body that is no JSON before anything looks into it."""
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        request.get_json()
    except (BadRequest, RecursionError, ValueError) as error:
        raise MalformedBody(f"the body is no JSON: {_reason(error)}", help="send one JSON object in UTF-8") from error


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error.__context__ or error
    return "it nests too deep" if isinstance(error, RecursionError) else str(cause)


@blueprint.post("/v1/check", responses={200: AnswerModel})
def check(body: CaseBody) -> Response:
    """Check one transaction.

    Returns the decision, the findings with their proofs, what each ownership regime says of each party, and the facts
    that were not known. Parties may be named inline or by the id of a loaded one. The same body on the same release
    always gives the same answer.
    """
    document = body.model_dump(by_alias=True, exclude_unset=True)
    here = current()
    found = here.service.check(document, None if body.as_of else here.as_of)
    return answer({**found, "decision_id": decided(document, found)})
