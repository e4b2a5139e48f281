"""Pages for people, made on the server: they work without a script, on paper, and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup

from ...errors import ClewError
from ...ontology import curie, mint
from ...queries.catalogue import catalogue, query
from ...reasoner.ownership import OwnershipView
from ...reasoner.search import Hit
from ...shapes.catalogue import rules
from .. import words
from ..current import Current
from ..entities import hit_json
from ..layout import LayoutError
from ..live import current, day_of, entity_of, stamp
from ..picture import draw
from ..standing import standing
from .asking import answered
from .proof import Step, sources, step

blueprint = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")

_PAGE = 20
_FIRST = """PREFIX clew: <https://w3id.org/clew/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?party ?label ?list ?from
WHERE {
  ?party rdfs:label ?label ; clew:listing ?listing .
  ?listing clew:onList ?list .
  OPTIONAL { ?listing clew:validFrom ?from }
}
ORDER BY DESC(?from)
LIMIT 25
"""


@blueprint.app_template_filter("words")
def _words(code: str) -> str:
    return words.words(code)


@blueprint.app_template_filter("status_words")
def _status_words(code: str) -> str:
    return words.status(code)


@blueprint.app_template_filter("short")
def _short(digest: str) -> str:
    """Return the first characters of a hash, enough to tell files apart by eye."""
    return "; ".join(part[:12] for part in digest.split("; "))


@blueprint.app_context_processor
def _stamp() -> dict[str, Any]:
    return {"stamp": stamp(), "release_day": current().release.manifest.as_of}


@blueprint.get("/")
def home() -> str:
    """Show the search, and what it found."""
    text = request.args.get("q", "").strip()[:300]
    only = request.args.get("list", "")
    lists = [mint("list", only)] if only else None
    hits = current().names.search(text, _PAGE + 1, lists) if text else []
    return render_template(
        "search.html",
        q=text,
        only=only,
        hits=[_hit(hit) for hit in hits[:_PAGE]],
        more=len(hits) > _PAGE,
        lists=current().lists,
        statements=current().release.manifest.statements,
        sources=current().release.manifest.sources,
    )


def _hit(hit: Hit) -> dict[str, Any]:
    return {**hit_json(hit), "percent": round(100 * hit.score), "other": hit.matched_name != hit.label}


@blueprint.get("/entity/<path:id>")
def entity(id: str) -> str:
    """Show one entity: how it stands, why, who owns it, and who says so."""
    here, day, subject = current(), day_of(request.args.get("as_of")), entity_of(id)
    profile = here.profiles.profile(subject, day)
    view, rows = here.picture(subject, day), here.regimes(subject, day)
    only, regime = request.args.get("only") == "triggering", request.args.get("regime") or None
    return render_template(
        "entity.html",
        profile=profile,
        day=day.isoformat(),
        standing=standing(profile, view, rows, day),
        rows=rows,
        view=view,
        picture=_picture(view, regime, only) if view.edges else None,
        holdings=list(_holdings(here, view)),
        only=only,
        regime=regime,
        findings=here.service.findings(entity=curie(subject), limit=50),
        link=lambda **changes: url_for("pages.entity", id=id, **{**request.args.to_dict(), **changes}),
    )


def _picture(view: OwnershipView, regime: str | None, only: bool) -> Markup | None:
    """Return the picture as markup; the drawing escapes every name itself. None when it cannot be laid out."""
    try:
        svg = draw(view, regime=regime, only_triggering=only, link=_entity_address)
    except LayoutError:
        return None
    return Markup(svg)


def _entity_address(iri: str) -> str:
    return url_for("pages.entity", id=curie(iri), as_of=request.args.get("as_of"))


def _holdings(here: Current, view: OwnershipView) -> Iterator[dict[str, Any]]:
    labels = {node.iri: node.label for node in view.nodes}
    for edge in sorted(
        view.edges, key=lambda edge: (edge.held != view.entity, not edge.triggering, edge.held, edge.holder)
    ):
        yield {
            "holder": labels[edge.holder],
            "holder_id": curie(edge.holder),
            "held": labels[edge.held],
            "held_id": curie(edge.held),
            "share": words.stake(edge.kind, edge.minimum, edge.maximum),
            "kind": edge.kind,
            "from": edge.valid_from or "",
            "until": edge.valid_until or "",
            "source": edge.source,
            "triggering": sorted(edge.triggering),
        }


@blueprint.get("/findings")
def findings() -> str:
    """Show the findings of the release."""
    rule, cursor = request.args.get("rule") or None, request.args.get("cursor", "")
    found = current().service.findings(rule, None, _PAGE + 1, cursor)
    following = found[_PAGE - 1]["id"] if len(found) > _PAGE else None
    return render_template("findings.html", findings=found[:_PAGE], rule=rule, next=following)


@blueprint.get("/finding/<id>")
def finding(id: str) -> str:
    """Show one finding: its sentence, its path, its proof, its sources, and what would change it."""
    found = current().service.explanation(id)
    rule = next((rule for rule in rules() if rule.id == found["rule"]), None)
    proof: Step = step(found["explanation"])
    return render_template("finding.html", found=found, rule=rule, proof=proof, sources=sources(proof))


@blueprint.get("/ask")
def ask() -> str:
    """Show the library of questions, and the answer to one's own."""
    name, text = request.args.get("name", ""), request.args.get("query", "")
    shown: dict[str, Any] = {"name": name, "query": text or (query(name).text if name else _FIRST), "text": ""}
    shown |= {"answer": None, "problem": ""}
    if text:
        try:
            shown |= answered(text)
        except ClewError as error:
            shown["problem"] = str(error)
    kinds = [("json", "JSON"), ("csv", "CSV"), ("tsv", "TSV"), ("xml", "XML")]
    return render_template("ask.html", library=catalogue(), limits=current().pool.limits, kinds=kinds, **shown)


def problem_page(error: ClewError) -> Response:
    """Return one of our own errors as a page."""
    page = render_template("problem.html", status=error.status, message=error.message, help=error.help)
    return make_response(page, error.status)


def missing_page(status: int, message: str) -> Response:
    """Return an error of HTTP as a page."""
    return make_response(render_template("problem.html", status=status, message=message, help=""), status)


__all__ = ["blueprint", "missing_page", "problem_page"]
