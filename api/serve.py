"""Serving on this machine: the pages and the API of one release, without any set-up."""

from __future__ import annotations

from .app import create_app
from .service import Service


def serve(service: Service, host: str, port: int) -> None:
    """Serve a release until somebody stops it; for more than a few people run the app under gunicorn."""
    from werkzeug.serving import run_simple

    run_simple(host, port, create_app(service), threaded=True)
