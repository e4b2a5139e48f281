"""The SPARQL endpoint: queries on the release by the SPARQL 1.1 Protocol, read only.

Every query runs in a worker process with limits on time, memory and rows, on one release, and can reach nothing else.
An answer that was cut at the row limit says so in the header `Clew-Truncated`.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from ..errors import QueryError
from .live import current
from .models import Responses, problems
from .sparql_guard import admit
from .sparql_pool import NotAcceptable, Query

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
FORMATS = {"json": TABLES[0], "xml": TABLES[1], "csv": TABLES[2], "tsv": TABLES[3], "ttl": GRAPHS[0], "nt": GRAPHS[1]}
_ALSO = {"application/json": TABLES[0], "application/xml": TABLES[1], "text/xml": TABLES[1], "text/plain": GRAPHS[1]}

_ANSWER: Responses = {
    200: {
        "description": "The answer; rows for SELECT and ASK, triples for CONSTRUCT and DESCRIBE.",
        "content": {kind: {"schema": {} if "json" in kind else {"type": "string"}} for kind in (*TABLES, *GRAPHS)},
        "headers": {
            "Clew-Truncated": {
                "description": "Rows that were returned, if more were left out.",
                "schema": {"type": "integer"},
            }
        },
    }
}
_IRIS = {"type": "array", "items": {"type": "string", "format": "iri", "pattern": r"^[a-z]+:[\w/.#-]+$"}}
_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema,
        "example": example,
    }
    for name, words, schema, example in (
        ("query", "The query; without one the endpoint describes itself.", {"type": "string"}, "ASK {}"),
        ("default-graph-uri", "A graph of the default graph.", _IRIS, []),
        ("named-graph-uri", "A named graph.", _IRIS, []),
        ("format", "The form of the answer, in place of Accept.", {"type": "string", "enum": list(FORMATS)}, "csv"),
    )
]
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            DIRECT: {"schema": {"type": "string"}, "example": "ASK {}"},
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {"query": {"type": "string", "minLength": 1}},
                    "required": ["query"],
                }
            },
        },
    }
}

blueprint = APIBlueprint(
    "sparql",
    __name__,
    abp_tags=[Tag(name="sparql", description="Questions of your own.")],
    abp_responses=problems(400, 406, 413, 415, 503, 500),
)


@blueprint.get("/sparql", responses=_ANSWER, openapi_extensions={"parameters": _PARAMETERS})
def sparql_get() -> Response:
    """Ask a SPARQL query; without one, get a description of the service."""
    if "update" in request.args:
        raise QueryError("this endpoint reads only", help="send a query")
    if "query" not in request.args:
        return description()
    return run(one(request.args), request.args)


@blueprint.post("/sparql", responses=_ANSWER, openapi_extensions=_BODY)
def sparql_post() -> Response:
    """Ask a SPARQL query in a form or as the body itself."""
    match request.mimetype:
        case "application/sparql-query":
            return run(_utf8(request.get_data()), request.args)
        case "application/x-www-form-urlencoded":
            _utf8(request.get_data())
            if "update" in request.form:
                raise QueryError("this endpoint reads only", help="send a query")
            return run(one(request.form), MultiDict([*request.form.items(multi=True), *request.args.items(multi=True)]))
    raise UnsupportedMediaType


def one(fields: MultiDict[str, str]) -> str:
    """Return the one query of a request."""
    queries = fields.getlist("query")
    if len(queries) != 1:
        raise QueryError(f"the request holds {len(queries)} queries", help="send exactly one as `query`")
    return queries[0]


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"byte {error.start + 1} of the body is not UTF-8", help="send UTF-8") from error


def run(text: str, fields: MultiDict[str, str]) -> Response:
    """Run a query in a worker and return its answer in the form that the request takes.

    Raises:
        QueryError: The query is refused, is not well formed, or takes more than it may.
        QueryTimeout: It ran out of its time.
        NotAcceptable: The request takes no form the answer has.
    """
    table, graph = _best(TABLES), _best(GRAPHS)
    if not (table or graph):
        raise NotAcceptable("no form of answer is taken", help=f"accept {TABLES[0]} or {GRAPHS[0]}")
    seen = admit(text)
    query = Query(
        text,
        table,
        graph,
        tuple(map(_iri, fields.getlist("default-graph-uri"))),
        tuple(map(_iri, fields.getlist("named-graph-uri"))),
        seen.names_graphs,
    )
    pool = current().pool
    found = pool.run(query)
    response = Response(found.body, content_type=f"{found.kind}; charset=utf-8")
    if found.more:
        response.headers["Clew-Truncated"] = str(pool.limits.rows)
    return response


def _iri(text: str) -> str:
    if ":" not in text or any(char in '<>"{}|^`\\' or char <= " " for char in text):
        raise QueryError(
            f"`{text}` is no IRI of a graph", help="write it in full, such as https://w3id.org/clew/graph/..."
        )
    return text


def _best(kinds: tuple[str, ...]) -> str:
    """Return which media type the request likes best: the first where it does not mind, none where it takes none."""
    if asked := request.args.get("format"):
        return FORMATS[asked] if FORMATS.get(asked) in kinds else ""
    wanted = request.accept_mimetypes
    if not wanted:
        return kinds[0]
    offered = [*kinds, *(also for also, kind in _ALSO.items() if kind in kinds)]
    best = wanted.best_match(offered) or ""
    return _ALSO.get(best, best)


def description() -> Response:
    """Return what the service can do (SPARQL 1.1 Service Description), as Turtle."""
    text = f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
[] a sd:Service ;
    sd:endpoint <{request.base_url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:RDF_XML , formats:JSON-LD ;
    sd:defaultDataset [ a sd:Dataset ; dcterms:identifier "{current().release.id}" ] .
"""
    if not _best(GRAPHS[:1]):
        raise NotAcceptable("the description of the service is Turtle", help="accept text/turtle")
    return Response(text, content_type="text/turtle; charset=utf-8")
