"""The application: one face over HTTP for machines and people, from one release.

`create_app` is the factory for `flask run`, gunicorn and tests: `gunicorn --worker-class gthread --threads 4
'clew.api.app:create_app()'` serves the current release of the installation, and takes over the next one by itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from .. import __version__
from . import checks, entities, findings, ownership_routes, pages, problems, sparql
from .exact import read_json
from .jobs import routes as jobs
from .live import answer, current, start, tagged
from .models import HealthModel, Problem
from .models import problems as described
from .operation import Operation, operate
from .operation import close as end
from .service import Service
from .sparql_pool import Limits
from .store import home

_ABOUT = "May a transaction go ahead, on a day, under the laws of that day? Every answer comes with its proof."
_MEGABYTE = 1024 * 1024
_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"


class _Json(DefaultJSONProvider):
    """JSON in and out: names twice and numbers that are none are refused, answers keep the order they were made in."""

    sort_keys = False
    ensure_ascii = False
    compact = True

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return read_json(s, **kwargs)


class _App(OpenAPI):
    json_provider_class = _Json

    def generate_spec_json(self) -> None:
        """Describe the routes, without the error that the library adds to those that cannot have it."""
        super().generate_spec_json()  # type: ignore[no-untyped-call]
        for item in self.spec_json["paths"].values():
            for operation in item.values():
                if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                    del operation["responses"]["422"]


def create_app(
    source: Service | Path | None = None, limits: Limits | None = None, operation: Operation | None = None
) -> OpenAPI:
    """Return the application.

    Args:
        source: The service of one release, or a directory of releases whose current one is served and changed without
            a stop; the installation the environment names when left out.
        limits: What one SPARQL query may use.
        operation: Where state is kept, who may ask and how much; when left out, that of the installation where that is
            served, else without any.

    Raises:
        NotFoundError: There is no release to serve.
    """
    app = _App(
        __name__,
        info=Info(title="Clew", version=__version__, description=_ABOUT),
        responses=described(401, 403, 429, 500),
        validation_error_model=Problem,
        validation_error_callback=problems.of_validation,
        security_schemes={},
        doc_ui=False,
        static_folder=None,
    )
    app.config["MAX_CONTENT_LENGTH"] = 4 * _MEGABYTE
    start(app, home().releases if source is None else source, limits or Limits())
    problems.register(app)
    operate(app, operation or (Operation.of_environment() if source is None else Operation(allowance=None)))
    for part in (checks, jobs, entities, findings, ownership_routes, sparql):
        app.register_api(part.blueprint)
    app.register_blueprint(pages.blueprint)
    _own_routes(app)
    app.after_request(_finish)
    return app


def _own_routes(app: OpenAPI) -> None:
    @app.get("/healthz", responses={200: HealthModel})
    def healthz() -> Response:
        """Tell that the service is up, and which release it serves."""
        return answer({"status": "ok", "statements": current().release.manifest.statements})

    itself = {"description": "This document.", "content": {"application/json": {"schema": {"type": "object"}}}}

    @app.get("/openapi.json", responses={200: itself})
    def openapi() -> Response:
        """Describe this API (OpenAPI 3.1)."""
        return jsonify(app.api_doc)


def _finish(response: Response) -> Response:
    """Give every answer the headers that keep browsers safe and tell which release it came from."""
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    return tagged(response) if request.path.startswith(("/v1/", "/sparql")) else response


def close(app: Flask) -> None:
    """End the worker processes of an application; also done when the process ends."""
    end(app)
    app.extensions["clew"].close()
