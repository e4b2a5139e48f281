"""Tables of numbers in a temporary folder, which is how facts reach the rule engine."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path

from ...errors import ClewError

_PLAIN = re.compile(r"[\w/:.+-]+", re.ASCII)  # Nemo takes a path as it stands, and has no way to escape one


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
        with open(self.path / f"{name}.csv", "w", encoding="ascii") as file:
            file.writelines(f"{','.join(map(str, row))}\n" for row in rows)

    def load(self, predicate: str, places: int) -> str:
        """Return the line of a program that reads a table into the predicate of its name."""
        columns = ", ".join(["int"] * places)
        file = (self.path / f"{predicate}.csv").as_posix()
        load = f'@import {predicate} :- csv {{ resource = "file://{file}", format = ({columns}) }} .\n'
        # A table that is no output is narrowed to the columns a rule uses, and two rules that use different columns
        # then lose facts or end in a panic (Nemo 0.10.1).
        return f"{load}@output {predicate} .\n"


def _remove(path: Path, owner: int) -> None:
    if os.getpid() == owner:  # a fork must not take the folder away from the process that made it
        shutil.rmtree(path, ignore_errors=True)
