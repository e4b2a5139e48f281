"""One release of the demo set for all tests that look at the whole."""

from pathlib import Path

import pytest

from clew.api.demo import prepare
from clew.api.service import Service
from clew.api.store import Home


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An installation that holds the demo release."""
    return Home(Path(tmp_path_factory.mktemp("clew")))


@pytest.fixture(scope="session")
def service(demo_home: Home) -> Service:
    """The service over the demo release."""
    return prepare(demo_home, lambda step, seen: None)
