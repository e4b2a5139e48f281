"""How alike two words are, and why."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from . import tables
from .skeleton import skeleton

LEAST = 0.62  # likeness below which two words are different words


class How(StrEnum):
    """Why two words may be the same."""

    SAME = "same"
    SPELLING = "spelling"
    VARIANT = "variant of the name"
    SOUND = "same consonants"
    INITIAL = "initial"
    ABBREVIATION = "abbreviation"
    JOINED = "written together"


Likeness = tuple[float, How]
_VOWELS = frozenset("aeiou")
NOTHING: Likeness = (0.0, How.SPELLING)


@lru_cache(maxsize=1 << 20)
def alike(a: str, b: str, foreign: bool, person: bool) -> Likeness:
    """Return how alike two words are, from 0 to 1, and why; the order of the words does not matter.

    Args:
        a: A word in lower case ASCII letters.
        b: Another.
        foreign: Whether one of them was romanised, so that its vowels are a guess.
        person: Whether both stand in names of persons, where nicknames count and abbreviations do not.
    """
    if a == b:
        return 1.0, How.SAME
    if len(a) == 1 or len(b) == 1:
        return (0.8, How.INITIAL) if a[0] == b[0] and (person or len(a) + len(b) > 2) else NOTHING
    if any(char.isdigit() for char in a + b):
        return NOTHING
    best = spelling(a, b)
    if best[0] < 0.4 and not foreign and person and a not in tables.variants():
        return NOTHING
    best = max(best, _table(a, b, person), key=_first)
    best = max(best, _sound(a, b, foreign, best[0]), key=_first)
    if not person:
        best = max(best, _shortened(a, b), key=_first)
    return best if best[0] >= LEAST else NOTHING


def _first(likeness: Likeness) -> float:
    return likeness[0]


def spelling(a: str, b: str) -> Likeness:
    """Return how alike two words are by their letters: the mean of Jaro-Winkler and of edits that are not needed.

    Jaro-Winkler forgives much in long words; counting edits (Damerau, in its restricted form) keeps it honest.
    """
    return (JaroWinkler.similarity(a, b) + OSA.normalized_similarity(a, b)) / 2, How.SPELLING


def _table(a: str, b: str, person: bool) -> Likeness:
    groups = tables.variants() if person else tables.abbreviations()
    known, other = groups.get(a), groups.get(b)
    if known is None or other is None or known.isdisjoint(other):
        return NOTHING
    return (0.93, How.VARIANT) if person else (0.95, How.ABBREVIATION)


def _sound(a: str, b: str, foreign: bool, letters: float) -> Likeness:
    """Return how alike two words are by their consonants; the shorter the skeleton, the less that says."""
    one, two = skeleton(a), skeleton(b)
    longest = max(len(one), len(two))
    if one == two:
        base = (0.55, 0.82, 0.93, 0.96)[min(longest, 4) - 1]
        if longest > 2 and (_VOWELS.isdisjoint(a) or _VOWELS.isdisjoint(b)):
            return base, How.SOUND  # somebody left the vowels out, so the rest must carry it
        if not foreign and letters < 0.6:  # `bush` and `habbash` have the same consonants and little else
            return NOTHING
        return (base if foreign else min(base, 0.55 + letters * 0.4), How.SOUND)
    if foreign and longest >= 4:
        return 0.95 * (JaroWinkler.similarity(one, two) + OSA.normalized_similarity(one, two)) / 2, How.SOUND
    return NOTHING


def _shortened(a: str, b: str) -> Likeness:
    """Return whether the shorter word abbreviates the longer one: its letters in order, the first one first."""
    short, long = sorted((a, b), key=len)
    if len(short) < 3 or len(long) - len(short) < 2 or short[0] != long[0]:
        return NOTHING
    if long.startswith(short):
        return 0.80, How.ABBREVIATION
    rest = iter(long)
    vowelless = not set(short[1:]) & set("aeiou")
    return (0.84, How.ABBREVIATION) if vowelless and all(char in rest for char in short) else NOTHING
