"""Where Clew keeps its files: publishers' files as they came, and the releases built from them."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import InputError

VARIABLE = "CLEW_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The directory of one installation."""

    path: Path

    @property
    def releases(self) -> Path:
        """Return where releases stand."""
        return self.path / "releases"

    @property
    def quarantine(self) -> Path:
        """Return where records that could not be loaded are kept."""
        return self.path / "quarantine"

    @property
    def audit(self) -> Path:
        """Return where the log of decisions stands, with what is needed to make them again."""
        return self.path / "audit"

    @property
    def keys(self) -> Path:
        """Return the file of API keys, each as a hash."""
        return self.path / "keys.json"

    @property
    def jobs(self) -> Path:
        """Return the directory of the table of jobs."""
        return self.path / "jobs"

    def inbox(self, source: str, taken: date) -> Path:
        """Return the directory of the files of one snapshot of a source."""
        return self.path / "inbox" / source / taken.isoformat()

    def snapshots(self) -> list[tuple[str, date, tuple[Path, ...]]]:
        """Return the snapshots that were loaded: source, day and files, in order."""
        found = []
        for folder in sorted((self.path / "inbox").glob("*/*")):
            files = tuple(sorted(file for file in folder.iterdir() if file.is_file()))
            found.append((folder.parent.name, date.fromisoformat(folder.name), files))
        return found

    def keep(self, source: str, taken: date, files: tuple[Path, ...]) -> tuple[Path, ...]:
        """Copy a publisher's files into the inbox, whole or not at all, and return the copies."""
        target = self.inbox(source, taken)
        aside = target.with_name(f".{target.name}-{os.getpid()}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for file in files:
            if not file.is_file():
                raise InputError("there is no such file", where=str(file), help="give the path of a publisher's file")
            shutil.copyfile(file, aside / file.name)
        shutil.rmtree(target, ignore_errors=True)
        os.replace(aside, target)
        return tuple(target / file.name for file in files)


def home(path: Path | None = None) -> Home:
    """Return the installation at a path, at the place the environment names, or below the working directory."""
    return Home(path or Path(os.environ.get(VARIABLE, "var/clew")))
