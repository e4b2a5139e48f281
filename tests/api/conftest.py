"""One release of the invented world for all tests over HTTP, and a client for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clew.api.app import close, create_app
from clew.api.live import Live
from clew.api.sparql_pool import Limits

from . import world

LIMITS = Limits(seconds=1.5, memory=64 * 1024 * 1024, rows=50, workers=2)


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of releases whose current one is the invented world."""
    root = Path(tmp_path_factory.mktemp("releases"))
    world.build(root)
    return root


@pytest.fixture(scope="session")
def app(releases: Path) -> Iterator[Flask]:
    """The application over that release, with tight limits for queries of strangers."""
    made = create_app(releases, LIMITS)
    made.testing = False  # errors are answered, not raised
    yield made
    close(made)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def live(app: Flask) -> Live:
    found: Live = app.extensions["clew"]
    return found
