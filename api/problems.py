"""Errors as problem documents (RFC 9457), the same for every route, with the place of each fault as a JSON pointer."""

from __future__ import annotations

import json
import logging
import re
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, make_response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from ..errors import ClewError
from ..ontology import BASE
from . import pages
from .live import stamp

MEDIA_TYPE = "application/problem+json"
_INSIDE = "something went wrong on our side"

log = logging.getLogger(__name__)


def problem(
    status: int,
    detail: str,
    *,
    kind: str = "",
    help: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return an error as a problem document.

    Args:
        status: The HTTP status.
        detail: What is wrong, in words for the caller.
        kind: The name of the class of problem; empty for one that says no more than its status.
        help: One remedy.
        errors: The faults one by one, each with `pointer` and `detail`.
        headers: Headers the status asks for, such as `Allow` or `Retry-After`.
    """
    title = HTTPStatus(status).phrase
    body: dict[str, Any] = {"type": f"{BASE}problem/{kind}" if kind else "about:blank", "title": title}
    body |= {"status": status, "detail": detail, "instance": request.path}
    if help:
        body["help"] = help
    if errors:
        body["errors"] = errors
    body |= stamp()
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, {**(headers or {}), "Cache-Control": "no-store"}, content_type=MEDIA_TYPE)


def of_clew(error: ClewError) -> Response:
    """Return one of our own errors as a problem document, or as a page to whoever reads pages."""
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR and error.status != HTTPStatus.SERVICE_UNAVAILABLE:
        log.error("%s failed", request.path, exc_info=error)
    if _for_people():
        return pages.problem_page(error)
    errors = [{"pointer": pointer(error.where), "detail": error.message}] if error.where else None
    headers = {"Retry-After": "5"} if error.status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return problem(error.status, error.message, kind=kind_of(error), help=error.help, errors=errors, headers=headers)


def kind_of(error: ClewError) -> str:
    """Return the name of an error's class as problem types write it: `QueryTimeout` is `query-timeout`."""
    if type(error) is ClewError:
        return "internal"
    name = type(error).__name__.removesuffix("Error")
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def of_validation(error: ValidationError) -> Response:
    """Return what is not well formed in a request as a problem document, fault by fault."""
    errors = faults(error)
    count = "one part" if len(errors) == 1 else f"{len(errors)} parts"
    detail = f"{count} of the request {'is' if len(errors) == 1 else 'are'} not well formed"
    return problem(422, detail, kind="input", help="correct what `errors` points at", errors=errors)


def faults(error: ValidationError) -> list[dict[str, str]]:
    """Return what is not well formed, fault by fault, each with its place as a JSON pointer."""
    return [
        {"pointer": "#" + "".join(f"/{_escape(part)}" for part in fault["loc"]), "detail": fault["msg"]}
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _escape(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def pointer(where: str) -> str:
    """Return a place as a JSON pointer in a fragment (RFC 6901, section 6) where it is one, else as it is."""
    found = re.search(r"(?:^|\s)#?(/\S*)$", where)
    return f"#{found[1]}" if found else where


def of_http(error: HTTPException) -> Response:
    """Return an error of HTTP itself as a problem document, with the headers that go with it, such as `Allow`."""
    if error.response is not None:  # a handler below has already said everything
        return make_response(error.response)
    status = error.code or 500
    if _for_people():
        return pages.missing_page(status, _in_our_words(error))
    headers = {
        name: value for name, value in error.get_headers() if name.lower() not in ("content-type", "content-length")
    }
    return problem(status, _in_our_words(error), headers=headers)


_WORDS = {
    404: "there is nothing at this address",
    405: "this address does not take that method",
    406: "the answer has no form that the request takes",
    413: "the request is larger than this server takes",
    415: "the body is of a media type that is not taken here",
}


def _in_our_words(error: HTTPException) -> str:
    return _WORDS.get(error.code or 500) or (error.description or "").rstrip(".").lower() or _INSIDE


def of_anything(error: Exception) -> Response:
    """Return an error nobody foresaw as a problem document that says nothing about its inside, and log it."""
    log.error("%s failed", request.path, exc_info=error)
    if _for_people():
        return pages.missing_page(500, _INSIDE)
    return problem(500, _INSIDE, kind="internal", help="try again, and tell the operator if it stays")


def _for_people() -> bool:
    """Return whether a page is asked for: one of ours, or an address nobody has that a browser looks for."""
    if request.blueprint == "pages":
        return True
    kinds = [MEDIA_TYPE, "text/html"]
    return request.endpoint is None and request.accept_mimetypes.best_match(kinds) == "text/html"


def register(app: Flask) -> None:
    """Have an app answer every error as a problem document."""
    app.register_error_handler(ClewError, of_clew)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, of_anything)
