"""Findings of the release over HTTP: the list, and the proof of each."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from .live import answer, current
from .models import ExplanationModel, FindingPath, FindingsModel, FindingsQuery, problems

blueprint = APIBlueprint(
    "findings",
    __name__,
    abp_tags=[Tag(name="findings", description="Rules that fired on transactions of the release.")],
    abp_responses=problems(400, 404, 422, 500),
)


@blueprint.get("/v1/findings", responses={200: FindingsModel})
def findings(query: FindingsQuery) -> Response:
    """List the findings of the release, in order of their ids."""
    found = current().service.findings(query.rule, query.entity, query.limit + 1, query.cursor)
    page = found[: query.limit]
    return answer({"findings": page, "next": page[-1]["id"] if len(found) > query.limit else None})


@blueprint.get("/v1/findings/<id>/explanation", responses={200: ExplanationModel})
def explanation(path: FindingPath) -> Response:
    """Explain one finding: the proof, from what the rule concludes down to the rows of the sources."""
    return answer(current().service.explanation(path.id))
