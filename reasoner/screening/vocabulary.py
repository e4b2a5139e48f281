"""A vocabulary: distinct words, the names each stands in, and the letter groups by which misspelt words are found.

Everything is plain numpy arrays in compressed sparse rows, so that a saved vocabulary is opened by mapping files into
memory and several processes share one copy.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cdist

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_LETTERS = {char: number for number, char in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", 1)}
_BASE = len(_LETTERS) + 1
_SHARED = 0.3  # share of letter groups from which on two words are compared letter by letter
_ARRAYS = ("starts", "names", "gram_starts", "gram_words", "sizes")


def grams(word: str) -> list[int]:
    """Return the numbers of the groups of three letters in a word, its ends included; none for other scripts."""
    if not word.isascii():
        return []
    codes = [0, *(_LETTERS.get(char, 0) for char in word), 0]
    return sorted({(a * _BASE + b) * _BASE + c for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct words with their postings.

    Attributes:
        words: The words, sorted.
        starts: Where the names of each word begin in `names`; one more than there are words.
        names: Numbers of names, ascending for each word.
        gram_starts: Where the words of each letter group begin in `gram_words`.
        gram_words: Numbers of words.
        sizes: How many letter groups each word has.
    """

    words: list[str]
    starts: Longs
    names: Ints
    gram_starts: Longs
    gram_words: Ints
    sizes: Ints

    @classmethod
    def build(cls, rows: Iterable[Sequence[str]]) -> Vocabulary:
        """Build the vocabulary of names, each given by its words; a name's number is its place."""
        ids: dict[str, int] = {}
        words: list[int] = []
        names: list[int] = []
        for place, row in enumerate(rows):
            for word in dict.fromkeys(row):
                words.append(ids.setdefault(word, len(ids)))
                names.append(place)
        order = sorted(ids)
        rank = np.empty(len(order), np.int32)
        rank[[ids[word] for word in order]] = np.arange(len(order), dtype=np.int32)
        starts, postings = _sparse(rank[np.array(words, np.int64)], np.array(names, np.int32), len(order))
        codes = [grams(word) for word in order]
        sizes = np.array([len(code) for code in codes], np.int32)
        flat = np.array([code for group in codes for code in group], np.int64)
        of = np.repeat(np.arange(len(order), dtype=np.int32), sizes)
        gram_starts, gram_words = _sparse(flat, of, _BASE**3)
        return cls(order, starts, postings, gram_starts, gram_words, sizes)

    def find(self, word: str) -> int:
        """Return the number of a word, or -1."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else -1

    def frequency(self, word: str) -> int:
        """Return in how many names a word stands."""
        at = self.find(word)
        return int(self.starts[at + 1] - self.starts[at]) if at >= 0 else 0

    def postings(self, number: int) -> Ints:
        """Return the names in which a word stands."""
        return self.names[self.starts[number] : self.starts[number + 1]]

    def near(self, word: str, least: float) -> list[tuple[int, float]]:
        """Return the words that may be a word misspelt, with their likeness, best first.

        Whether a word is returned depends on the two words alone, never on what else the vocabulary holds.
        """
        codes = grams(word)
        if len(word) < 3 or not codes:
            return []
        found = [self.gram_words[self.gram_starts[code] : self.gram_starts[code + 1]] for code in codes]
        counts = np.bincount(np.concatenate(found), minlength=len(self.words))
        share = 2.0 * counts / (len(codes) + self.sizes)
        return self._closest(word, np.flatnonzero(share >= _SHARED), least)

    def _closest(self, word: str, few: NDArray[np.int64], least: float) -> list[tuple[int, float]]:
        texts = [self.words[at] for at in few]
        if not texts:
            return []
        letters = cdist([word], texts, scorer=JaroWinkler.similarity)[0]
        edits = cdist([word], texts, scorer=OSA.normalized_similarity)[0]
        values = (letters + edits) / 2
        kept = [(int(at), float(value)) for at, value in zip(few, values, strict=True) if value >= least]
        return sorted(kept, key=lambda item: (-item[1], item[0]))

    def save(self, folder: Path, name: str) -> None:
        """Write the vocabulary into a folder, as files that begin with a name."""
        (folder / f"{name}.txt").write_text("\n".join(self.words), encoding="utf8")
        for array in _ARRAYS:
            np.save(folder / f"{name}-{array}.npy", getattr(self, array))

    @classmethod
    def open(cls, folder: Path, name: str) -> Vocabulary:
        """Open a vocabulary that was saved; its arrays stay in the files and are mapped into memory."""
        text = (folder / f"{name}.txt").read_text(encoding="utf8")
        arrays = [np.load(folder / f"{name}-{array}.npy", mmap_mode="r") for array in _ARRAYS]
        return cls(text.split("\n") if text else [], *arrays)


def _sparse(rows: NDArray[np.integer], values: Ints, count: int) -> tuple[Longs, Ints]:
    """Return values by row in compressed form: where each row starts, and the values."""
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts, values[order]
