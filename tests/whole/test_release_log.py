"""That a release took over stands in the audit log, whatever built it."""

from clew.api.audit import RELEASE, Chain
from clew.api.service import Service
from clew.api.store import Home


def test_a_build_writes_down_that_its_release_took_over(demo_home: Home, service: Service) -> None:
    entries = [entry for entry in Chain(demo_home.audit).entries() if entry.kind == RELEASE]
    assert [entry.about["release"] for entry in entries] == [service.release.id]
    assert entries[0].about["rules_version"] == service.release.manifest.rules_version
