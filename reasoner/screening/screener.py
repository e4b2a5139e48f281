"""Screening: which listed parties a party may be, whatever the spelling, each with the reasons.

    screener = Screener.build(data)
    matches = screener.screen(Query("Rosneft Oil Co", kind="organization"))

A screener is built once for a release and only read afterwards. It may be saved and opened again, in any number of
processes that then share one copy of its arrays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rdflib import URIRef

from ...dataset import Dataset
from ...errors import InputError, ReleaseError
from .decisions import Ledger
from .index import CandidateIndex
from .match import Match, match_of
from .normalise import ADDRESS, AIRCRAFT, ORGANIZATION, PERSON, VESSEL, views
from .rarity import Rarity
from .reading import read
from .score import Scored, default_threshold, rank, score
from .store import Subjects
from .subject import Query, Subject, plain

FORMAT = 1
_KINDS = ("", PERSON, ORGANIZATION, VESSEL, AIRCRAFT)
_MOST = 50


@dataclass(frozen=True, slots=True)
class Shelf:
    """An index of texts of one sort (names, addresses) and the number of the subject each text belongs to."""

    index: CandidateIndex
    owners: NDArray[np.int32]

    @classmethod
    def build(cls, texts: Sequence[tuple[int, str, str]], rarity: Rarity | None = None) -> Shelf:
        """Build a shelf from the number of a subject, a text, and the kind by which the text is read."""
        owners = np.array([owner for owner, _, _ in texts], np.int32)
        return cls(CandidateIndex.build([views(text, kind) for _, text, kind in texts], rarity), owners)

    def save(self, folder: Path) -> None:
        """Write the shelf into a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        self.index.save(folder)
        np.save(folder / "owners.npy", self.owners)

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """Open a shelf that was saved."""
        return cls(CandidateIndex.open(folder), np.load(folder / "owners.npy", mmap_mode="r"))

    def find(self, text: str, kind: str, most: int, within: NDArray[np.bool_] | None) -> list[int]:
        """Return the numbers of the subjects worth a close look, only those `within` where that is given."""
        only = None if within is None else within[self.owners]
        return [int(self.owners[at]) for at in self.index.candidates(views(text, kind), most, only).names]


class Screener:
    """Finds the listed parties that a party may be."""

    def __init__(self, subjects: Subjects, names: Shelf, addresses: Shelf, keys: dict[str, list[int]]) -> None:
        """Put a screener together from its parts; `build` and `open` are the usual ways."""
        self.subjects = subjects
        self.names = names
        self.addresses = addresses
        self._numbers = keys
        self._on_list: dict[URIRef, list[int]] = {}

    @classmethod
    def build(cls, data: Dataset, rarity: Rarity | None = None) -> Screener:
        """Build a screener from every party of a dataset that has a name or stands on a list.

        Args:
            data: The dataset.
            rarity: How rare words are; that of an earlier screener keeps scores comparable with its own.
        """
        return cls.of(read(data), rarity)

    @classmethod
    def of(cls, subjects: Iterable[Subject], rarity: Rarity | None = None) -> Screener:
        """Build a screener from subjects."""
        held = list(subjects)
        names = [(at, name.text, subject.kind) for at, subject in enumerate(held) for name in subject.names]
        places = [(at, address.text, ADDRESS) for at, subject in enumerate(held) for address in subject.addresses]
        keys: dict[str, list[int]] = defaultdict(list)
        for at, subject in enumerate(held):
            for key in sorted({key for number in subject.identifiers for key in _keys(number.value)}):
                keys[key].append(at)
        return cls(Subjects(held), Shelf.build(names, rarity), Shelf.build(places), dict(keys))

    def save(self, folder: Path) -> None:
        """Write the screener into a folder, for `open`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.names.save(folder / "names")
        self.addresses.save(folder / "addresses")
        self.subjects.save(folder)
        (folder / "numbers.json").write_text(json.dumps(self._numbers), encoding="utf8")
        (folder / "screener.json").write_text(json.dumps({"format": FORMAT}), encoding="utf8")

    @classmethod
    def open(cls, folder: Path) -> Screener:
        """Open a screener that was saved.

        Raises:
            ReleaseError: The folder holds no screener of this format.
        """
        try:
            head = json.loads((folder / "screener.json").read_text(encoding="utf8"))
            if head != {"format": FORMAT}:
                raise ValueError(f"format {head.get('format')}")
            keys = json.loads((folder / "numbers.json").read_text(encoding="utf8"))
            shelves = Shelf.open(folder / "names"), Shelf.open(folder / "addresses")
            return cls(Subjects.open(folder), *shelves, keys)
        except (OSError, ValueError, KeyError) as error:
            raise ReleaseError(f"`{folder}` holds no screening index", help="build the release again") from error

    @property
    def rarity(self) -> Rarity:
        """Return how rare words are among the names."""
        return self.names.index.rarity

    def screen(
        self,
        query: Query,
        limit: int = 10,
        threshold: float | None = None,
        lists: Collection[URIRef] | None = None,
        ledger: Ledger | None = None,
        most: int = _MOST,
    ) -> list[Match]:
        """Return the listed parties that a party may be, best first.

        Args:
            query: The party.
            limit: How many to return.
            threshold: The score from which on a match is returned; that of the kind of entity when left out.
            lists: Only parties that stand or stood on one of these lists; all when left out.
            ledger: Decisions about earlier matches; a match they suppress is returned all the same, and says so.
            most: How many candidates are looked at closely.

        Raises:
            InputError: The query gives nothing to search by, or a kind that there is not.
        """
        within = None if lists is None else self._standing_on(lists)
        found = sorted(self.scored(query, threshold, within, most), key=rank)[:limit]
        matches = [match_of(query, scored) for scored in found]
        return matches if ledger is None else [ledger.marked(match) for match in matches]

    def screen_all(
        self, queries: Iterable[Query], limit: int = 10, threshold: float | None = None, ledger: Ledger | None = None
    ) -> Iterator[tuple[Query, list[Match]]]:
        """Yield each query with its matches, in the order of the queries."""
        for query in queries:
            yield query, self.screen(query, limit, threshold, None, ledger)

    def scored(
        self, query: Query, threshold: float | None, within: NDArray[np.bool_] | None, most: int = _MOST
    ) -> list[Scored]:
        """Return every candidate that reaches the threshold, in no order; `within` tells which subjects count."""
        check(query)
        least = default_threshold(query.kind) if threshold is None else threshold
        found = (score(query, self.subjects[at], self.rarity) for at in sorted(self._candidates(query, within, most)))
        return [scored for scored in found if scored is not None and scored.score >= least]

    def _candidates(self, query: Query, within: NDArray[np.bool_] | None, most: int) -> set[int]:
        found = {at for number in query.identifiers for key in _keys(number.value) for at in self._numbers.get(key, ())}
        if within is not None:
            found = {at for at in found if within[at]}
        for name in query.names:
            found.update(self.names.find(name, query.kind, most, within))
        for address in query.addresses:
            found.update(self.addresses.find(address, ADDRESS, most, within))
        return found

    def _standing_on(self, lists: Collection[URIRef]) -> NDArray[np.bool_]:
        if not self._on_list:
            held: dict[URIRef, list[int]] = defaultdict(list)
            for at, subject in enumerate(self.subjects):
                for on in subject.lists:
                    held[on].append(at)
            self._on_list = dict(held)
        within = np.zeros(len(self.subjects), np.bool_)
        for on in lists:
            within[self._on_list.get(on, [])] = True
        return within


def check(query: Query) -> None:
    """Make sure that a query can be screened.

    Raises:
        InputError: It gives nothing to search by, or a kind that there is not.
    """
    if query.kind not in _KINDS:
        raise InputError(
            f"`{query.kind[:40]}` is no kind of entity", help="write person, organization, vessel or aircraft"
        )
    numbers = any(plain(number.value) for number in query.identifiers)
    if not query.names and not numbers and not any(address.strip() for address in query.addresses):
        raise InputError("there is nothing to screen", help="give a name, an identifier or an address")


def _keys(value: str) -> list[str]:
    """Return the keys by which a number is found: as compared, and the head office of a BIC with a branch code."""
    key = plain(value)
    return [key, key[:-3]] if len(key) == 11 and key.endswith("xxx") else [key] if key else []
