"""The candidate index: for a name, the few names of the lists that are worth a close look.

Each word of the query is turned into words of the lists: itself, its likely misspellings by letter groups, the same
consonants, known variants and abbreviations, two words written as one and one word written as two. Names are then
ranked by how much of what query and name tell they have in common. Common words only add to names that a rarer word
has already found, which keeps `LIMITED` and `TRADING` from touching every name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import tables
from .normalise import PERSON, NameViews, Role, Script
from .rarity import Rarity
from .vocabulary import Vocabulary

_COMMON = 0.02  # share of names from which on a word only adds to names found by rarer words
_NEAR = 0.72  # likeness from which a word of the lists may be the one that was meant
_JOIN = 0.86
_SKELETON = 0.85
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clue:
    """One word of the query turned into words of the lists.

    Attributes:
        weight: What the word is worth.
        rows: Postings, each with the likeness of the word they belong to, best first.
    """

    weight: float
    rows: tuple[tuple[NDArray[np.int32], float], ...]

    @property
    def size(self) -> int:
        """Return how many names the clue touches at most."""
        return sum(len(row) for row, _ in self.rows)


class CandidateIndex:
    """An index over names; the number of a name is its place among the names it was built from."""

    def __init__(self, words: Vocabulary, bones: Vocabulary, weights: Floats) -> None:
        """Put an index together from its vocabularies and what each name is worth."""
        self.words = words
        self.bones = bones
        self._weights = weights
        self.rarity = Rarity(len(weights), lru_cache(maxsize=1 << 16)(words.frequency))
        self._near = lru_cache(maxsize=1 << 14)(self._near_words)

    @classmethod
    def build(cls, names: Sequence[NameViews]) -> CandidateIndex:
        """Build an index over names."""
        words = Vocabulary.build(words_of(name) for name in names)
        bones = Vocabulary.build(name.skeletons for name in names)
        index = cls(words, bones, np.zeros(len(names), np.float32))
        index._weights[:] = [sum(index.rarity.weights(name)) for name in names]
        return index

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self.words.save(folder, "words")
        self.bones.save(folder, "bones")
        np.save(folder / "weights.npy", self._weights)

    @classmethod
    def open(cls, folder: Path) -> CandidateIndex:
        """Open an index that was saved, mapping its arrays into memory."""
        weights = np.load(folder / "weights.npy", mmap_mode="r")
        return cls(Vocabulary.open(folder, "words"), Vocabulary.open(folder, "bones"), weights)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._weights)

    def candidates(self, query: NameViews, most: int = 50, only: NDArray[np.bool_] | None = None) -> list[int]:
        """Return the numbers of the names worth a close look, the likeliest first.

        Args:
            query: The name asked about.
            most: How many to return.
            only: For each name, whether it may be returned; all may when left out.
        """
        clues = sorted(self._clues(query), key=lambda clue: clue.size)
        shared = np.zeros(len(self), np.float32)
        for place, clue in enumerate(clues):
            self._add(shared, clue, place > 0 and clue.size > _COMMON * len(self))
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

    def _best(self, shared: Floats, asked: float, most: int) -> list[int]:
        found = np.flatnonzero(shared)
        common = shared[found]
        ranks = common / np.maximum(asked + 0.7 * self._weights[found] - 0.7 * common, 1e-6)
        if len(found) > most:
            kept = np.argpartition(-ranks, most)[:most]
            found, ranks = found[kept], ranks[kept]
        return [int(found[at]) for at in np.lexsort((found, -ranks))]

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
                    yield Clue(max(weights[place], 0.05) if query.tokens else 1.0, rows)
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
        bones = skeleton_of(word)
        at = self.bones.find(bones)
        rows: list[tuple[NDArray[np.int32], float]] = []
        if at >= 0:
            row = self.bones.postings(at)
            if foreign or len(bones) >= 3 or len(row) < 0.005 * len(self):
                rows.append((row, _SKELETON))
        if foreign and len(bones) >= 3:
            rows += [(self.bones.postings(n), value * 0.8) for n, value in self.bones.near(bones, 0.75, 16) if n != at]
        return rows

    def _split(self, word: str) -> list[tuple[NDArray[np.int32], float]]:
        """Return the names that have a word as two: the rarest cuts whose halves both are words of the lists."""
        cuts = []
        for place in range(2, len(word) - 1):
            left, right = self.words.find(word[:place]), self.words.find(word[place:])
            if left >= 0 and right >= 0:
                cuts.append((self.words.postings(left), self.words.postings(right)))
        cuts.sort(key=lambda cut: min(map(len, cut)))
        both = (np.intersect1d(left, right, assume_unique=True) for left, right in cuts[:4])
        return [(names, 0.95) for names in both if len(names)]

    def _pairs(self, words: tuple[str, ...], weights: tuple[float, ...]) -> Iterator[Clue]:
        """Yield clues for two or three neighbours that the lists may write as one word."""
        for size in (2, 3):
            for start in range(len(words) - size + 1):
                word = "".join(words[start : start + size])
                near = self.words.near(word, _JOIN, 6) if 4 <= len(word) <= 24 else []
                if near:
                    rows = tuple((self.words.postings(number), value) for number, value in near)
                    yield Clue(sum(weights[start : start + size]), rows)


def words_of(name: NameViews) -> tuple[str, ...]:
    """Return the words a name is indexed by: its tokens, or its own signs where it has none in Latin letters."""
    return name.tokens or (("".join(name.native),) if name.native else ())


def skeleton_of(word: str) -> str:
    """Return the consonant skeleton of a word."""
    from .skeleton import skeleton

    return skeleton(word)


def views_of(names: Iterable[tuple[str, str]]) -> list[NameViews]:
    """Return the views of names given with the kind of what they name."""
    from .normalise import views

    return [views(text, kind) for text, kind in names]
