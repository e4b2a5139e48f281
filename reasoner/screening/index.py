"""The candidate index: for a name, the few names of the lists that are worth a close look.

Each word of the query is turned into words of the lists: itself, its likely misspellings by letter groups, the same
consonants, known variants and abbreviations, two words written as one and one word written as two. Names are then
ranked by how much of what query and name tell they have in common. Common words only add to names that a rarer word
has already found, which keeps `LIMITED` and `TRADING` from touching every name.

Whether a name is a candidate depends on the query, the name and the rarity of words, never on the other names; so a
screening of the changed entries of a list finds what a screening of the whole list would find among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import tables
from .normalise import PERSON, NameViews, Role
from .rarity import Rarity
from .script import Script
from .skeleton import skeleton
from .vocabulary import Vocabulary

_COMMON = 0.02  # share of names from which on a word only adds to names found by rarer words
_FLOOR = 0.3  # share of what query and name tell that a candidate must have in common
_NEAR = 0.72  # likeness from which a word of the lists may be the one that was meant
_JOIN = 0.86
_SKELETON = 0.85
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clue:
    """One word of the query turned into words of the lists.

    Attributes:
        weight: What the word is worth.
        common: Whether so many names carry the word that it only adds to names found by others.
        rows: Postings, each with the likeness of the word they belong to, best first.
    """

    weight: float
    common: bool
    rows: tuple[tuple[NDArray[np.int32], float], ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Names worth a close look, the likeliest first, and whether there were more than were asked for."""

    names: list[int]
    cut: bool


class CandidateIndex:
    """An index over names; the number of a name is its place among the names it was built from."""

    def __init__(self, words: Vocabulary, bones: Vocabulary, weights: Floats, rarity: Rarity) -> None:
        """Put an index together from its vocabularies, what each name is worth, and the rarity of words."""
        self.words = words
        self.bones = bones
        self.rarity = rarity
        self._weights = weights
        self._near = lru_cache(maxsize=1 << 14)(self._near_words)

    @classmethod
    def build(cls, names: Sequence[NameViews], rarity: Rarity | None = None) -> CandidateIndex:
        """Build an index over names.

        Args:
            names: The names.
            rarity: How rare words are; counted in the names themselves when left out.
        """
        words = Vocabulary.build(words_of(name) for name in names)
        bones = Vocabulary.build(name.skeletons for name in names)
        rarity = rarity or Rarity.of(dict(zip(words.words, np.diff(words.starts).tolist(), strict=True)), len(names))
        weights = np.array([sum(rarity.weights(name)) for name in names], np.float32)
        return cls(words, bones, weights, rarity)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self.words.save(folder, "words")
        self.bones.save(folder, "bones")
        self.rarity.save(folder)
        np.save(folder / "weights.npy", self._weights)

    @classmethod
    def open(cls, folder: Path) -> CandidateIndex:
        """Open an index that was saved, mapping its arrays into memory."""
        weights = np.load(folder / "weights.npy", mmap_mode="r")
        rarity = Rarity.open(folder)
        return cls(Vocabulary.open(folder, "words"), Vocabulary.open(folder, "bones"), weights, rarity)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._weights)

    def candidates(self, query: NameViews, most: int = 50, only: NDArray[np.bool_] | None = None) -> Candidates:
        """Return the numbers of the names worth a close look.

        Args:
            query: The name asked about.
            most: How many to return.
            only: For each name, whether it may be returned; all may when left out.
        """
        clues = sorted(self._clues(query), key=lambda clue: clue.common)
        rare = any(not clue.common for clue in clues)
        shared = np.zeros(len(self), np.float32)
        for clue in clues:
            self._add(shared, clue, rare and clue.common)
        if only is not None:
            shared[~only] = 0.0
        return self._best(shared, sum(self.rarity.weights(query)), most)

    def _add(self, shared: Floats, clue: Clue, known_only: bool) -> None:
        """Add a clue to the names it touches, each once by its best row."""
        names = np.concatenate([row for row, _ in clue.rows])
        values = np.repeat([value * clue.weight for _, value in clue.rows], [len(row) for row, _ in clue.rows])
        if known_only:
            kept = shared[names] > 0
            names, values = names[kept], values[kept]
        if len(clue.rows) > 1:
            names, first = np.unique(names, return_index=True)
            values = values[first]
        shared[names] += values.astype(np.float32)

    def _best(self, shared: Floats, asked: float, most: int) -> Candidates:
        found = np.flatnonzero(shared >= _FLOOR * asked)
        common = shared[found]
        ranks = common / np.maximum(asked + 0.7 * self._weights[found] - 0.7 * common, 1e-6)
        kept = ranks >= _FLOOR
        found, ranks = found[kept], ranks[kept]
        cut = len(found) > most
        if cut:
            best = np.argpartition(-ranks, most)[:most]
            found, ranks = found[best], ranks[best]
        return Candidates([int(found[at]) for at in np.lexsort((found, -ranks))], cut)

    def _clues(self, query: NameViews) -> Iterator[Clue]:
        person, foreign = query.kind == PERSON, query.script is not Script.LATIN
        weights = self.rarity.weights(query)
        alone = all(role is not Role.WORD for role in query.roles)
        words = words_of(query)
        for place, word in enumerate(words):
            role = query.roles[place] if query.tokens else Role.WORD
            if role in (Role.WORD, Role.NUMBER, Role.TITLE) or alone:
                rows = self._rows(word, role, person, foreign)
                if rows:
                    common = self.rarity.frequency(word) > _COMMON * self.rarity.names
                    yield Clue(max(weights[place], 0.05) if query.tokens else 1.0, common, rows)
        yield from self._pairs(words, weights)

    def _rows(self, word: str, role: Role, person: bool, foreign: bool) -> tuple[tuple[NDArray[np.int32], float], ...]:
        found: dict[int, float] = {}
        at = self.words.find(word)
        if at >= 0:
            found[at] = 1.0
        if role is not Role.NUMBER:
            for near, value in self._near(word):
                found.setdefault(near, value)
            for relative in tables.relatives(person).get(word, ()):
                number = self.words.find(relative)
                if number >= 0:
                    found[number] = max(found.get(number, 0.0), 0.9)
        rows = [(self.words.postings(number), value) for number, value in found.items()]
        rows += self._same_bones(word, foreign) if role is not Role.NUMBER else []
        if at < 0:
            rows += self._split(word)
        return tuple(sorted(rows, key=lambda row: -row[1]))

    def _near_words(self, word: str) -> list[tuple[int, float]]:
        return self.words.near(word, _NEAR)

    def _same_bones(self, word: str, foreign: bool) -> list[tuple[NDArray[np.int32], float]]:
        """Return the names with a word of the same consonants; for romanised words, of similar ones as well."""
        bones = skeleton(word)
        at = self.bones.find(bones)
        rows: list[tuple[NDArray[np.int32], float]] = []
        if at >= 0:
            row = self.bones.postings(at)
            if foreign or len(bones) >= 2:
                rows.append((row, _SKELETON))
        if foreign and len(bones) >= 3:
            rows += [(self.bones.postings(n), value * 0.8) for n, value in self.bones.near(bones, 0.75) if n != at]
        return rows

    def _split(self, word: str) -> list[tuple[NDArray[np.int32], float]]:
        """Return the names that have a word as two, for each cut whose halves both are words of the lists."""
        cuts = []
        for place in range(2, len(word) - 1):
            left, right = self.words.find(word[:place]), self.words.find(word[place:])
            if left >= 0 and right >= 0:
                cuts.append((self.words.postings(left), self.words.postings(right)))
        both = (np.intersect1d(left, right, assume_unique=True) for left, right in cuts)
        return [(names, 0.95) for names in both if len(names)]

    def _pairs(self, words: tuple[str, ...], weights: tuple[float, ...]) -> Iterator[Clue]:
        """Yield clues for two or three neighbours that the lists may write as one word."""
        for size in (2, 3):
            for start in range(len(words) - size + 1):
                word = "".join(words[start : start + size])
                near = self.words.near(word, _JOIN) if 4 <= len(word) <= 24 else []
                if near:
                    rows = tuple((self.words.postings(number), value) for number, value in near)
                    yield Clue(sum(weights[start : start + size]), False, rows)


def words_of(name: NameViews) -> tuple[str, ...]:
    """Return the words a name is indexed by: its tokens, or its own signs where it has none in Latin letters."""
    return name.tokens or (("".join(name.native),) if name.native else ())
