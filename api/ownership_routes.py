"""Ownership questions over HTTP: what the regimes say of companies, who stands behind an entity, and what if."""

from __future__ import annotations

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from ..loaders.case import case_from_mapping
from ..ontology import curie
from . import whatif as suppose
from .checks import json_only
from .live import answer, current, day_of, entity_of
from .models import EntityPath, problems
from .ownership_answer import answer_of, of_case, owners_json
from .ownership_body import OwnershipBody, OwnersModel, OwnersQuery, VerdictsModel, WhatIfBody, WhatIfModel

blueprint = APIBlueprint(
    "ownership",
    __name__,
    abp_tags=[
        Tag(name="ownership", description="Who is caught through owners, who they are, and what would change it.")
    ],
    abp_responses=problems(400, 404, 413, 415, 422, 500),
)


@blueprint.before_request
def _json_only() -> None:
    """Refuse a body that is no JSON before anything looks into it."""
    if request.method == "POST":
        json_only()


@blueprint.post("/v1/ownership", responses={200: VerdictsModel})
def ownership(body: OwnershipBody) -> Response:
    """Tell what the ownership regimes say of each company.

    All regimes side by side: status, reasons, margins, what would change it, and the proof; who stands behind each
    company with shares multiplied along chains beside those that count in full; with `sweep`, since when and why.
    """
    document = body.model_dump(by_alias=True, exclude_unset=True)
    regimes, swept = document.pop("regimes", ()) or (), document.pop("sweep", False)
    case = case_from_mapping({"id": "ownership", **document}, strict=True, as_of=day_of(body.as_of))
    with of_case(current().service, case, regimes) as asked:
        return answer(answer_of(asked, swept=bool(swept)))


@blueprint.get("/v1/entities/<path:id>/owners", responses={200: OwnersModel})
def owners(path: EntityPath, query: OwnersQuery) -> Response:
    """Tell who holds an entity, and who stands behind it at any depth."""
    here, day, entity = current(), day_of(query.as_of), entity_of(path.id)
    profile = here.profiles.profile(entity, day)
    found = owners_json(here.assessment(day).graph, entity)
    return answer({"entity": curie(entity), "label": profile["label"], "as_of": day.isoformat(), **found})


@blueprint.post("/v1/whatif", responses={200: WhatIfModel})
def whatif(body: WhatIfBody) -> Response:
    """Tell what would be otherwise if stakes or entries on lists were added or gone.

    Answers with the difference alone: verdicts that would change and, for a case, findings and the decision. Nothing is
    stored.
    """
    service, day = current().service, day_of(body.as_of or (body.case.as_of if body.case else None))
    regimes = body.regimes or ()
    add, remove = (part.model_dump(by_alias=True, exclude_unset=True) for part in (body.add, body.remove))
    if body.case is not None:
        case = body.case.model_dump(by_alias=True, exclude_unset=True)
        return answer(suppose.of_case(service, case, day, regimes, add, remove))
    return answer(suppose.of_entity(service, str(body.entity), day, regimes, add, remove))
