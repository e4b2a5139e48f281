"""The answer to a query of somebody's own, as a page shows it: rows with links, or triples as text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ...ontology import BASE, curie
from ..live import current
from ..sparql_guard import admit
from ..sparql_pool import Query

_PARTS = ("graph/", "ns#")  # things of our own that have no page


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, with the page it leads to."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an answer; `more` tells that some were left out."""

    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool


def answered(text: str) -> dict[str, Any]:
    """Return the answer to a query: `answer` holds its rows, or `text` its triples.

    Raises:
        QueryError: The query is refused, not well formed or too costly.
    """
    seen = admit(text)
    found = current().pool.run(Query(text, own_dataset=seen.names_graphs))
    if found.kind == "text/turtle":
        return {"text": found.body.decode()}
    raw = json.loads(found.body)
    if "boolean" in raw:
        return {"text": "yes" if raw["boolean"] else "no"}
    names = tuple(raw["head"]["vars"])
    rows = tuple(tuple(_cell(row.get(name)) for name in names) for row in raw["results"]["bindings"])
    return {"answer": Table(names, rows, found.more)}


def _cell(term: dict[str, Any] | None) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "triple":
        return Cell(" ".join(_cell(term["value"][name]).text for name in ("subject", "predicate", "object")))
    if term["type"] != "uri" or not term["value"].startswith(BASE):
        return Cell(term["value"])
    own = not term["value"].removeprefix(BASE).startswith(_PARTS) and "/" in term["value"].removeprefix(BASE)
    return Cell(curie(term["value"]), url_for("pages.entity", id=curie(term["value"])) if own else "")
