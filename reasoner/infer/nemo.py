"""The rule engine Nemo: running a program over files of numbers.

Nemo holds the interpreter lock while it reasons, so nothing else of the process runs meanwhile. A case takes
milliseconds; the closure of a release belongs into the process that builds it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nmo_python  # type: ignore[import-untyped]

from ...errors import ClewError

_PLAIN = re.compile(r"[\w/:.+-]+", re.ASCII)  # Nemo takes a path as it stands, and has no way to escape one


def parse(program: str) -> Any:
    """Return a program that engines can be made from again and again."""
    return nmo_python.load_string(program)


def run(program: Any) -> Any:
    """Return an engine that has drawn every conclusion of a program from the files it names.

    Raises:
        ClewError: The engine gave up.
    """
    try:
        engine = nmo_python.NemoEngine(program)
        engine.reason()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Rust arrives as an exception that is no Exception
        raise ClewError(f"the rule engine gave up: {error}", help="report it with the input") from error
    return engine


class Folder:
    """A temporary folder of tables, removed when nobody needs it any more."""

    def __init__(self) -> None:
        """Make the folder.

        Raises:
            ClewError: The path of the folder for temporary files cannot be written into a program.
        """
        self.path = Path(tempfile.mkdtemp(prefix="clew-"))
        weakref.finalize(self, _remove, self.path, os.getpid())
        if not _PLAIN.fullmatch(self.path.as_posix()):
            raise ClewError(f"`{self.path}` has characters the rule engine cannot read", help="set TMPDIR to another")

    def write(self, name: str, rows: Iterable[tuple[int, ...]]) -> None:
        """Write a table of numbers."""
        text = "".join(f"{','.join(map(str, row))}\n" for row in rows)
        (self.path / f"{name}.csv").write_text(text, encoding="ascii")

    def load(self, predicate: str, places: int) -> str:
        """Return the line of a program that reads a table into the predicate of its name."""
        columns = ", ".join(["int"] * places)
        file = (self.path / f"{predicate}.csv").as_posix()
        load = f'@import {predicate} :- csv {{ resource = "file://{file}", format = ({columns}) }} .\n'
        # A table that is no output is narrowed to the columns a rule uses, and two rules that use different columns
        # then lose facts or end in a panic (Nemo 0.10.1; a test holds this against the rules of the ontology).
        return f"{load}@output {predicate} .\n"


def _remove(path: Path, owner: int) -> None:
    if os.getpid() == owner:  # a fork must not take the folder away from the process that made it
        shutil.rmtree(path, ignore_errors=True)


def pairs(engine: Any, predicate: str) -> Iterator[tuple[int, ...]]:
    """Yield what holds for a predicate."""
    for row in engine.result(predicate):
        yield tuple(row)
