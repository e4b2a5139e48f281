"""Entities over HTTP: finding them, their profile, and who owns whom around them."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from ..ontology import curie, mint
from ..reasoner.search import Hit
from .live import answer, current, day_of, entity_of
from .models import DayQuery, EntityModel, EntityPath, HitsModel, OwnershipModel, OwnershipQuery, SearchQuery, problems
from .ownership import ownership_json
from .picture import draw
from .words import key

blueprint = APIBlueprint(
    "entities",
    __name__,
    abp_tags=[Tag(name="entities", description="Parties and craft that sources name.")],
    abp_responses=problems(400, 404, 422, 500),
)

_SVG = "image/svg+xml"


@blueprint.get("/v1/entities", responses={200: HitsModel})
def search(query: SearchQuery) -> Response:
    """Find entities by name or register number.

    Words may stand in any order. Each hit says which name matched and whether that is a weak alias. This is a search
    for people, not a screening: a name that is not found proves nothing.
    """
    start = int(query.cursor or "0")
    lists = [mint("list", name.removeprefix("list:")) for name in query.lists] if query.lists else None
    hits = current().names.search(query.q, start + query.limit + 1, lists)
    page = hits[start : start + query.limit]
    more = str(start + query.limit) if len(hits) > start + query.limit else None
    return answer({"entities": [hit_json(hit) for hit in page], "next": more})


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return an entity that was found as JSON."""
    return {
        "id": curie(hit.entity),
        "label": hit.label,
        "matched_name": hit.matched_name,
        "kind": hit.kind,
        "score": hit.score,
        "lists": [key(each) for each in hit.lists],
    }


@blueprint.get("/v1/entities/<path:id>", responses={200: EntityModel})
def entity(path: EntityPath, query: DayQuery) -> Response:
    """Tell everything that sources state of one entity, each part with its source."""
    here, day = current(), day_of(query.as_of)
    return answer({**here.profiles.profile(entity_of(path.id), day), "as_of": day.isoformat()})


@blueprint.get(
    "/v1/entities/<path:id>/ownership",
    responses={200: OwnershipModel, **problems(406)},
)
def ownership(path: EntityPath, query: OwnershipQuery) -> Response:
    """Show who owns whom around one entity, and what the ownership regimes make of it.

    As JSON, or as a picture with `Accept: image/svg+xml` or `format=svg`.
    """
    here, day, subject = current(), day_of(query.as_of), entity_of(path.id)
    here.profiles.profile(subject, day)  # an entity nobody knows has no picture
    if query.format == "svg" or (query.format is None and _prefers_svg()):
        return Response(
            draw(
                here.picture(subject, day),
                regime=query.regime,
                only_triggering=query.only == "triggering",
                link=lambda iri: url_for("pages.entity", id=curie(iri), as_of=query.as_of),
            ),
            content_type=f"{_SVG}; charset=utf-8",
        )
    return answer(ownership_json(here, subject, day, query.regime, only_triggering=query.only == "triggering"))


def _prefers_svg() -> bool:
    return request.accept_mimetypes.best_match(["application/json", _SVG]) == _SVG
