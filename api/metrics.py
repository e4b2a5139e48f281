"""Figures about the service for Prometheus: requests, times, decisions, jobs, and the release that is served.

With several server processes each counts into files of its own (`PROMETHEUS_MULTIPROC_DIR`), and whichever is asked
adds all of them up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

from flask import Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

_OWN = CollectorRegistry()
REQUESTS = Counter("clew_requests", "Requests that were answered.", ("method", "route", "status"), registry=_OWN)
SECONDS = Histogram(
    "clew_request_seconds",
    "How long requests took.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_OWN,
)
DECISIONS = Counter("clew_decisions", "Checks by what was decided.", ("decision",), registry=_OWN)


class _Now(Collector):
    """What is so at the moment of asking: the release and the jobs."""

    def __init__(self, release: str, rules_version: str, jobs: dict[str, int]) -> None:
        self._labels, self._jobs = [release, rules_version], jobs

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the figures."""
        served = GaugeMetricFamily("clew_release_info", "The release served.", labels=("release", "rules_version"))
        served.add_metric(self._labels, 1)
        yield served
        waiting = GaugeMetricFamily("clew_job_cases", "Cases of jobs by their state.", labels=("state",))
        for state, count in sorted(self._jobs.items()):
            waiting.add_metric([state], count)
        yield waiting


def observe(response: Response) -> None:
    """Count an answer and its time, by the route and never by the address, which names parties."""
    route = request.url_rule.rule if request.url_rule else "none"
    REQUESTS.labels(request.method if request.url_rule else "any", route, response.status_code).inc()
    SECONDS.labels(route).observe(time.perf_counter() - g.get("began", time.perf_counter()))


def exposition(release: str, rules_version: str, jobs: dict[str, int]) -> Response:
    """Return all figures in the text format of Prometheus."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    text = b"" if os.environ.get("PROMETHEUS_MULTIPROC_DIR") else generate_latest(_OWN)
    registry.register(_Now(release, rules_version, jobs))
    return Response(text + generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
