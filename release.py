"""Releases: immutable directories, each holding one built dataset and the manifest that tells where it came from.

A release is built aside, verified, and swapped in by one atomic rename of the pointer `current`. Readers that opened
an older release go on with it. The id carries the hash of the content, so the same input gives the same id.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from .dataset import Dataset
from .errors import NotFoundError, ReleaseError
from .statements import Statement, write

_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds: its id, its date, the rules it was reasoned with, and its sources with their counts."""

    id: str
    as_of: str
    rules_version: str
    statements: int
    sources: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One finished release, open for reading."""

    path: Path
    manifest: Manifest
    data: Dataset

    @property
    def id(self) -> str:
        """Return the id that every answer from this release carries."""
        return self.manifest.id


@dataclass(slots=True)
class Building:
    """A release while it is built: files of N-Quads in a directory that nobody reads yet."""

    path: Path
    as_of: str
    rules_version: str = ""
    sources: list[dict[str, object]] = field(default_factory=list)
    statements: int = 0

    def write(self, name: str, statements: Iterable[Statement], graph: URIRef) -> int:
        """Write statements of one named graph to a file of their own and return how many there were."""
        quads = self.path / "quads"
        quads.mkdir(exist_ok=True)
        with open(quads / f"{name}.nq", "a", encoding="utf8", newline="\n") as file:
            count = write(statements, graph, file)
        self.statements += count
        return count

    def dataset(self) -> Dataset:
        """Load everything written so far into memory, to reason over it."""
        data = Dataset()
        for file in self.files(""):
            data.store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        return data

    def files(self, *prefixes: str) -> list[Path]:
        """Return the files written so far whose names begin in one of these ways, in order."""
        return [file for file in sorted((self.path / "quads").glob("*.nq")) if file.name.startswith(prefixes)]

    def adopt(self, name: str, lines: Iterable[str]) -> int:
        """Write lines of N-Quads that an engine made to a file of their own and return how many there were."""
        count = 0
        with open(self.path / "quads" / f"{name}.nq", "a", encoding="utf8", newline="\n") as file:
            for line in lines:
                file.write(line)
                count += 1
        self.statements += count
        return count

    def finish(self) -> Manifest:
        """Load the files into the store of the release, verify it, and write the manifest."""
        store = ox.Store(str(self.path / "store"))
        digest = hashlib.sha256(f"{self.as_of} {self.rules_version}".encode())
        for file in self.files(""):
            digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
            store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        store.flush()
        count = len(store)
        del store
        _verify(self.path / "store", count)
        name = f"{self.as_of}-{digest.hexdigest()[:12]}"
        manifest = Manifest(name, self.as_of, self.rules_version, count, tuple(self.sources))
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
        (self.path / "manifest.json").write_text(text, encoding="utf8")
        return manifest


def _verify(path: Path, count: int) -> None:
    """Open a store again and hold its count against what was loaded."""
    seen = len(Dataset.open(path))
    if seen != count or not count:
        raise ReleaseError(f"the built store holds {seen} statements, {count} were loaded", help="build again")


@contextmanager
def building(root: Path, as_of: str) -> Iterator[Building]:
    """Build a release aside; when the block ends without an error, verify it and swap it in.

    Whatever fails, the release that was current stays current and the unfinished directory is removed.
    """
    root.mkdir(parents=True, exist_ok=True)
    path = root / f"tmp-{os.getpid()}"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    try:
        work = Building(path, as_of)
        yield work
        publish(root, path, work.finish())
    finally:
        shutil.rmtree(path, ignore_errors=True)


def publish(root: Path, path: Path, manifest: Manifest) -> None:
    """Move a verified directory to its final name and point `current` at it, each by one rename."""
    shutil.rmtree(path / "quads", ignore_errors=True)
    target = root / manifest.id
    if not target.exists():
        os.rename(path, target)
    pointer = root / f"{_CURRENT}.{os.getpid()}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(manifest.id)
    os.replace(pointer, root / _CURRENT)
    _sync(root)


def _sync(directory: Path) -> None:
    """Ask the file system to keep the renames of a directory through a power loss."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_release(root: Path, name: str = _CURRENT) -> Release:
    """Open a release by its id, or the current one.

    Raises:
        NotFoundError: There is no such release.
    """
    path = (root / name).resolve()
    if path.parent != root.resolve() or not (path / "manifest.json").is_file():
        raise NotFoundError(f"there is no release `{name}` in `{root}`", help="run `clew build` first")
    raw = json.loads((path / "manifest.json").read_text(encoding="utf8"))
    raw["sources"] = tuple(raw["sources"])
    return Release(path, Manifest(**raw), Dataset.open(path / "store"))
