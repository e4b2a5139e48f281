"""An installation of its own for tests of operation: keys, audit log, jobs and the release of the invented world."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from clew.api.app import close, create_app
from clew.api.limits import Allowance
from clew.api.operation import Operation
from clew.api.store import Home


def installed(path: Path, releases: Path) -> Home:
    """Return an installation with a copy of the releases."""
    home = Home(path / "home")
    shutil.copytree(releases, home.releases, symlinks=True)
    return home


@contextmanager
def served(home: Home, *, open: bool = False, allowance: Allowance | None = None) -> Iterator[Flask]:
    """Serve an installation for the length of a block."""
    app = create_app(home.releases, operation=Operation(home, open=open, allowance=allowance))
    app.testing = False
    try:
        yield app
    finally:
        close(app)
