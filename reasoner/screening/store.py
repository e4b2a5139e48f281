"""The subjects of a screening on disk: one line of JSON each, read when asked for."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from .subject import Subject, from_json, to_json


class Subjects(Sequence[Subject]):
    """Subjects by their number, from memory or from a file."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        """Hold subjects that are in memory already."""
        self._get: Callable[[int], Subject] = lambda at: subjects[at]
        self._count = len(subjects)

    @classmethod
    def open(cls, folder: Path) -> Subjects:
        """Open subjects that were saved; a line is read when its subject is asked for."""
        ends = np.load(folder / "subjects.npy", mmap_mode="r")
        made = cls(())
        made._count = len(ends) - 1
        if made._count:
            with open(folder / "subjects.jsonl", "rb") as file:
                lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            made._get = lru_cache(maxsize=1 << 14)(lambda at: from_json(lines[ends[at] : ends[at + 1]]))
        return made

    def save(self, folder: Path) -> None:
        """Write the subjects into a folder."""
        ends = [0]
        with open(folder / "subjects.jsonl", "wb") as file:
            for subject in self:
                ends.append(ends[-1] + file.write(to_json(subject).encode() + b"\n"))
        np.save(folder / "subjects.npy", np.array(ends, np.int64))

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def __getitem__(self, at: int) -> Subject:  # type: ignore[override]
        """Return one subject."""
        return self._get(at)

    def __iter__(self) -> Iterator[Subject]:
        """Yield all subjects in order."""
        return (self._get(at) for at in range(self._count))
