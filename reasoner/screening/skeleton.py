"""The consonant skeleton: the part of a word that survives romanisation, dictation and dropped vowels.

Romanisations of one name differ in vowels and in a handful of letters that stand for one sound (`kh` and `h`, `j` and
`g`, `w` and `u`). The skeleton folds those letters to one key and drops vowels, so that `Muhammad`, `Mohamed` and the
letters of the Arabic word agree. A vowel at the start is kept as `a`, because few romanisations drop that one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .tables import skeleton_keys

_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouyh")


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    keys = dict(skeleton_keys())
    longest = sorted(keys, key=lambda letters: -len(letters))
    return re.compile("|".join(map(re.escape, longest))), keys


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """Return the consonant skeleton of a word in lower case ASCII letters; a number stays as it is."""
    if not word.isalpha():
        return word
    pattern, keys = _pattern()
    folded = pattern.sub(lambda match: keys[match.group()], _DOUBLE.sub(r"\1", word))
    bones = "".join(char for char in _DOUBLE.sub(r"\1", folded) if char not in _VOWELS)
    start = "a" if word[0] in "aeiou" else ""
    return start + bones if bones else word
