"""The release that is being served, with what was prepared from it; a newer one takes over between two requests.

Each request is answered from one release from beginning to end. When another release is swapped in, requests that have
begun keep theirs, the next ones get the new one, and the worker processes of the old one end.
"""

from __future__ import annotations

import re
import threading
from datetime import date
from pathlib import Path

from flask import Flask, Response, current_app, g, has_app_context, jsonify, request
from rdflib import URIRef

from ..errors import InputError
from ..ontology import uncurie
from ..release import open_release
from .current import Current
from .service import Service
from .sparql_pool import Limits

_EXTENSION = "clew"
_UNFIT = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f\ud800-\udfff]')


class Live:
    """Hands out the release that is current."""

    def __init__(self, source: Service | Path, limits: Limits) -> None:
        """Serve one service, or whatever release a directory of releases points at."""
        self._root = source if isinstance(source, Path) else None
        self._limits = limits
        self._lock = threading.Lock()
        self._current = Current(source if isinstance(source, Service) else self._open(), limits)

    def _open(self) -> Service:
        assert self._root is not None
        return Service(open_release(self._root))

    def current(self) -> Current:
        """Return the current release, opened anew when the pointer has moved on."""
        if self._root is None or (self._root / "current").resolve() == self._current.release.path:
            return self._current
        with self._lock:
            if (self._root / "current").resolve() != self._current.release.path:
                before, self._current = self._current, Current(self._open(), self._limits)
                before.pool.close()
        return self._current

    def close(self) -> None:
        """End the worker processes."""
        self._current.pool.close()


def current() -> Current:
    """Return the release that this request is answered from."""
    if "clew" not in g:
        g.clew = current_app.extensions[_EXTENSION].current()
    found: Current = g.clew
    return found


def stamp() -> dict[str, str]:
    """Return what every answer carries: the id of the release and the version of the rules."""
    if not has_app_context() or _EXTENSION not in current_app.extensions:
        return {}
    manifest = current().release.manifest
    return {"release": manifest.id, "rules_version": manifest.rules_version}


def answer(content: dict[str, object]) -> Response:
    """Return an answer as JSON, with the release and the version of the rules."""
    return jsonify({**content, **stamp()})


def tagged(response: Response) -> Response:
    """Mark an answer to a GET with the release, so that a caller who has it already is told so (RFC 9110, 8.8.3)."""
    for name, value in (("Clew-Release", "release"), ("Clew-Rules-Version", "rules_version")):
        response.headers.setdefault(name, stamp().get(value, ""))
    lasting = response.status_code == 200 and not response.cache_control.no_store
    if request.method in ("GET", "HEAD") and lasting and current().release.id:
        response.set_etag(current().release.id, weak=True)
        response.vary.add("Accept")
        response.headers.setdefault("Cache-Control", "no-cache")
        response.make_conditional(request)
    return response


def entity_of(id: str) -> URIRef:
    """Return the IRI of an id as paths write it.

    Raises:
        InputError: The text is no id, or holds signs that no IRI may carry.
    """
    iri = uncurie(id)
    if _UNFIT.search(iri):
        raise InputError(f"`{id}` is no id", help="write it as family:key, such as us-sdn:24228")
    return iri


def day_of(text: str | None) -> date:
    """Return a day written as year-month-day, or the day of the release.

    Raises:
        InputError: The text is no day.
    """
    if not text:
        return current().as_of
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"`{text}` is no day", help="write it as 2026-11-21", where="#/as_of") from error


def start(app: Flask, source: Service | Path, limits: Limits) -> None:
    """Give an app the release it serves."""
    app.extensions[_EXTENSION] = Live(source, limits)
