"""Batches over HTTP: many cases in, a job to follow, and one line of JSON for each answer."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, jsonify, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from werkzeug.exceptions import UnsupportedMediaType

from ...errors import ClewError, InputError, NotFoundError
from .. import operation
from ..access import caller
from ..keys import ADMIN
from ..limits import TooMany
from ..live import current
from ..models import problems
from . import upload
from .models import JobModel, JobPath, ResultsQuery
from .pool import Jobs
from .table import Job

KEEP = 7 * 24 * 3600.0  # seconds
QUEUE = 100_000  # cases without an answer, over all jobs
_TURN, _LONGEST = 0.5, 300.0  # seconds: between two looks, and of one stream of events
_streams = threading.BoundedSemaphore(2)  # each holds a thread of the server

blueprint = APIBlueprint(
    "jobs",
    __name__,
    abp_tags=[Tag(name="jobs", description="Many cases at once, answered in the background.")],
    abp_responses=problems(404, 422, 500, 503),
)
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            upload.LINES[0]: {"schema": {"type": "string"}, "example": '{"id": "D001", "as_of": "2024-11-15"}\n'},
            upload.YAML[0]: {"schema": {"type": "string"}, "example": "cases:\n- id: D001\n  as_of: '2024-11-15'\n"},
        },
    },
}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A name for the request; sent again with the same body it gives the same job.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "example": "order-4711",
}


class NoJobs(ClewError):
    """The service keeps nothing, so it can have no jobs."""

    status = 503


def _jobs() -> Jobs:
    found = operation.running().jobs
    if found is None:
        raise NoJobs("this service keeps no jobs", help="serve an installation with `clew serve`")
    return found


@blueprint.post(
    "/v1/check/batch",
    responses={202: JobModel, **problems(413, 415, 429)},
    openapi_extensions={**_BODY, "parameters": [_IDEMPOTENCY]},
)
def batch() -> tuple[Response, int, dict[str, str]]:
    """Check many transactions in the background.

    The body is one case a line as JSON, each read as `POST /v1/check` reads it, or a YAML case file. All cases are
    answered from the release that is current now. A line that is not well formed gets a problem of its own and stops
    no other.
    """
    jobs, here, body = _jobs(), current(), _body()
    if jobs.table.open_cases() >= QUEUE:
        raise TooMany("too many cases are waiting", 60)
    digest = hashlib.sha256(request.mimetype.encode() + b"\n" + body).hexdigest()
    manifest = here.release.manifest
    id, first = jobs.table.add(
        upload.cases_of(body, request.mimetype),
        owner=caller().id,
        release=manifest.id,
        rules_version=manifest.rules_version,
        as_of=manifest.as_of,
        keep=KEEP,
        request=digest,
        idempotency=_idempotency(),
    )
    if first != digest:
        raise InputError("the `Idempotency-Key` was used for another request", help="use a new one")
    jobs.wake()
    return jsonify(_told(_mine(id))), 202, {"Location": f"/v1/jobs/{id}", "Cache-Control": "no-store"}


def _body() -> bytes:
    if request.mimetype not in (*upload.LINES, *upload.YAML):
        raise UnsupportedMediaType
    request.max_content_length = upload.SIZE
    return request.get_data(cache=False)


def _idempotency() -> str | None:
    text = request.headers.get("Idempotency-Key")
    if text is not None and not 0 < len(text) <= 200:
        raise InputError("the `Idempotency-Key` has no or too many characters", help="use 1 to 200")
    return text


def _mine(id: str) -> Job:
    """Return a job of this caller; those of others are as if they were not."""
    found = _jobs().table.job(id)
    if found is None or (found.owner != caller().id and not caller().may(ADMIN)):
        raise NotFoundError(f"there is no job `{id}`", help="it may have been erased; send the cases again")
    return found


def _told(job: Job) -> dict[str, Any]:
    address = f"/v1/jobs/{job.id}"
    counts = {"state": job.state, "total": job.total, "done": job.done, "failed": job.failed}
    times = {"created": _time(job.created), "expires": _time(job.expires)}
    links = {"results": f"{address}/results", "events": f"{address}/events"}
    return {"id": job.id, **counts, **times, **links, "release": job.release, "rules_version": job.rules_version}


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


@blueprint.get("/v1/jobs/<id>", responses={200: JobModel})
def job(path: JobPath) -> Response:
    """Tell how far a job is."""
    found = _mine(path.id)
    response = jsonify(_told(found))
    return _of(found, response)


def _of(job: Job, response: Response) -> Response:
    """Mark an answer about a job with the release of the job, and as one that changes."""
    response.headers.update({"Clew-Release": job.release, "Clew-Rules-Version": job.rules_version})
    response.headers["Cache-Control"] = "no-store"
    return response


_NDJSON = {"description": "One answer a line.", "content": {upload.LINES[0]: {"schema": {"type": "string"}}}}
_EVENTS = {"description": "Server-sent events.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}


@blueprint.get("/v1/jobs/<id>/results", responses={200: _NDJSON})
def results(path: JobPath, query: ResultsQuery) -> Response:
    """Return the answers that are there, one a line, in the order of the cases.

    Each line has the number of the case, a status, and the answer or the problem.
    """
    found, table = _mine(path.id), _jobs().table

    def lines() -> Iterator[str]:
        for done in table.results(found.id, query.after):
            name = "answer" if done.status == 200 else "problem"
            yield f'{{"number":{done.number},"status":{done.status},"{name}":{done.result}}}\n'

    return _of(found, Response(lines(), content_type=upload.LINES[0]))


@blueprint.get("/v1/jobs/<id>/events", responses={200: _EVENTS})
def events(path: JobPath) -> Response:
    """Tell the progress of a job as server-sent events, until it is done."""
    found, table = _mine(path.id), _jobs().table
    if not _streams.acquire(blocking=False):
        raise TooMany("too many streams of events", 5)

    def told() -> Iterator[str]:
        seen, now, end = None, table.job(found.id), time.monotonic() + _LONGEST
        while now and time.monotonic() < end:
            if now != seen:
                name = "done" if now.state == "done" else "progress"
                yield f"event: {name}\ndata: {json.dumps(_told(now))}\n\n"
            if now.state == "done":
                return
            time.sleep(_TURN)
            seen, now = now, table.job(found.id)

    response = Response(told(), content_type="text/event-stream")
    response.call_on_close(_streams.release)
    return _of(found, response)


@blueprint.delete("/v1/jobs/<id>", responses={204: {"description": "It is erased."}})
def erase(path: JobPath) -> tuple[str, int]:
    """Erase a job with its cases and answers; what was decided stays in the audit log."""
    _jobs().table.erase(_mine(path.id).id)
    return "", 204
