"""Serving an installation: by one process for one person, or by gunicorn with several for many."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping

from ..errors import InputError, NotFoundError
from ..release import open_release
from .access import loopback
from .operation import NO_AUTH, Operation
from .store import VARIABLE, Home


def serve(home: Home, host: str, port: int, *, workers: int = 0, no_auth: bool = False) -> None:
    """Serve the current release, and each that follows it, until somebody stops it.

    Args:
        home: The installation.
        host: The address to listen on.
        port: The port to listen on.
        workers: Server processes under gunicorn; 0 for one process without it.
        no_auth: Whether this machine may ask without a key even though there are keys.

    Raises:
        InputError: Another machine could ask without a key.
        NotFoundError: There is no release, or gunicorn is not installed.
    """
    if no_auth and not loopback(host):
        raise InputError(f"`--no-auth` on `{host}` is open to every machine", help="listen on 127.0.0.1, or make keys")
    open_release(home.releases)
    if workers:
        _hand_over(home, host, port, workers, no_auth)
        return
    from werkzeug.serving import run_simple

    from .app import close, create_app

    app = create_app(home.releases, operation=Operation(home, open=no_auth))
    try:
        run_simple(host, port, app, threaded=True)
    finally:
        close(app)


def _hand_over(home: Home, host: str, port: int, workers: int, no_auth: bool) -> None:
    """Let gunicorn take the place of this process."""
    if importlib.util.find_spec("gunicorn") is None:
        raise NotFoundError("gunicorn is not installed", help="run `pip install 'clew[serve]'`, or leave --workers out")
    os.execve(sys.executable, command(host, port, workers), environment(home, no_auth, os.environ))


def command(host: str, port: int, workers: int) -> list[str]:
    """Return the command line of gunicorn."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    package = __package__
    return [
        *(sys.executable, "-m", "gunicorn", "-c", f"python:{package}.gunicorn_conf"),
        *("-b", bind, "-w", str(workers), f"{package}.app:create_app()"),
    ]


def environment(home: Home, no_auth: bool, given: Mapping[str, str]) -> dict[str, str]:
    """Return what gunicorn is told: which installation, whether keys are asked for, and where modules are."""
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path if entry)
    said = {VARIABLE: str(home.path.absolute()), NO_AUTH: "1" if no_auth else ""}
    return {**given, **said, "PYTHONPATH": path}
