"""What a release knows of one entity, gathered from the named queries in `queries/entity`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rdflib import RDF, RDFS, URIRef

from ..dataset import Dataset, Row
from ..errors import NotFoundError
from ..ontology import CLEW, curie, token
from ..queries.catalogue import query
from ..reasoner.origin import Origins
from ..reasoner.render import show
from .words import words

Json = dict[str, Any]

_QUIET = frozenset({str(RDF.type), str(RDFS.label), str(CLEW.recordKey), str(CLEW.localId)})


class Profiles:
    """Answers questions about single entities of a dataset."""

    def __init__(self, data: Dataset) -> None:
        """Remember the dataset."""
        self._data = data
        self._origins = Origins(data)

    def profile(self, entity: URIRef, as_of: date) -> Json:
        """Return everything that sources state of an entity, each part with its source.

        Raises:
            NotFoundError: Nothing is stated of it.
        """
        facts = self._rows("profile", entity)
        names, listings = self._rows("names-of", entity), self._rows("listings-of", entity)
        if not facts and not names and not listings:
            raise NotFoundError(f"nothing is known of `{curie(entity)}`", help="search for it by name")
        parts = {
            "names": [_name(row) for row in names],
            "identifiers": [_identifier(row) for row in self._rows("identifiers-of", entity)],
            "addresses": [_address(row) for row in self._rows("addresses-of", entity)],
            "listings": _listings(listings, as_of),
            "links": [_link(row) for row in self._rows("links-of", entity)],
        }
        return {
            "id": curie(entity),
            "iri": str(entity),
            "label": _label(facts, names, entity),
            "kinds": sorted({words(show(row["value"])) for row in facts if row["property"] == RDF.type}),
            **parts,
            "facts": [_fact(row) for row in facts if str(row["property"]) not in _QUIET],
            "sources": list(self._sources(entity, [*facts, *names, *listings])),
        }

    def label(self, entity: URIRef) -> str:
        """Return the primary name of an entity, or its id."""
        labels = self._data.objects(entity, RDFS.label)
        return show(labels[0]) if labels else curie(entity)

    def _rows(self, name: str, entity: URIRef) -> list[Row]:
        return self._data.rows(query(f"entity/{name}").text, entity=entity)

    def _sources(self, entity: URIRef, rows: list[Row]) -> Iterator[Json]:
        """Yield the sources of rows, each once, with the record that speaks of the entity."""
        for graph in sorted({str(row["graph"]) for row in rows if "graph" in row}):
            yield self.source(entity, URIRef(graph))

    def source(self, subject: URIRef, graph: URIRef) -> Json:
        """Return publisher, file, hash, record and day behind what a named graph states of a subject."""
        origin = self._origins.fact((subject, RDF.type, subject), graph).origin
        return {
            "graph": token(graph),
            "publisher": origin.publisher,
            "file": origin.file,
            "sha256": origin.sha256,
            "record": origin.record,
            "date": origin.taken,
        }


def _label(facts: list[Row], names: list[Row], entity: URIRef) -> str:
    labels = [show(row["value"]) for row in facts if row["property"] == RDFS.label]
    return next(iter([*labels, *(show(row["text"]) for row in names)]), curie(entity))


def _shown(row: Row, key: str) -> str:
    return show(row[key]) if key in row else ""


def _name(row: Row) -> Json:
    found = {"text": _shown(row, "text"), "kind": words(_shown(row, "kind")) or "primary"}
    return found | ({"language": _shown(row, "language")} if "language" in row else {})


def _identifier(row: Row) -> Json:
    scheme = _shown(row, "label") or words(_shown(row, "scheme"))
    return {"scheme": scheme, "value": _shown(row, "value"), "issued_by": _shown(row, "issuer")}


def _address(row: Row) -> Json:
    return {"text": _shown(row, "text"), "city": _shown(row, "city"), "country": _shown(row, "country")}


def _link(row: Row) -> Json:
    other = row["other"]
    return {
        "id": curie(str(other)),
        "label": _shown(row, "label") or curie(str(other)),
        "direction": "from" if row.get("backwards") is True else "to",
    }


def _fact(row: Row) -> Json:
    prop, value = str(row["property"]), row["value"]
    name = prop.rpartition("#")[2] if "#" in prop else prop.rpartition("/")[2]
    return {
        "property": name,
        "value": show(value),
        "label": _shown(row, "label") or _key(show(value)) if isinstance(value, URIRef) else show(value),
    }


def _listings(rows: list[Row], as_of: date) -> list[Json]:
    """Return the listings, one for each entry, with their programmes gathered and whether they hold on the day."""
    found: dict[str, Json] = {}
    for row in rows:
        entry = found.setdefault(str(row["listing"]), _listing(row, as_of))
        if "programme" in row and (name := _key(_shown(row, "programme"))) not in entry["programmes"]:
            entry["programmes"].append(name)
    return list(found.values())


def _key(shown: str) -> str:
    return shown.partition(":")[2] or shown


def _listing(row: Row, as_of: date) -> Json:
    since, until = row.get("from"), row.get("until")
    holds = (not isinstance(since, date) or since <= as_of) and (not isinstance(until, date) or until > as_of)
    return {
        "list": _key(_shown(row, "list")),
        "list_label": _shown(row, "label") or _key(_shown(row, "list")),
        "programmes": [],
        "entry": _shown(row, "entry"),
        "from": _shown(row, "from"),
        "until": _shown(row, "until"),
        "holds": holds,
        "licence_requirement": _shown(row, "requirement"),
        "licence_policy": _shown(row, "policy"),
    }
