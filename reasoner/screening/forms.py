"""Legal forms: telling `OOO`, `Limited Liability Company` or a misspelt `LMTD` from the name they stand beside.

A form is recognised at either end of a name, in one word or many, with letters missing, and glued to the name. Which
forms there are and which of them are one group stands in `data/legal_forms.csv`.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from . import tables
from .skeleton import skeleton


def without_forms(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the words without legal forms at either end, and the groups of those forms; something is always left."""
    found: list[str] = []
    left = [part for place, word in enumerate(words) for part in _unglue(word, place == 0)]
    while len(left) > 1:
        size, group, at_end = _form(left)
        if not size or size >= len(left):
            break
        found.append(group)
        left = left[:-size] if at_end else left[size:]
    return left, found


def _form(words: list[str]) -> tuple[int, str, bool]:
    """Return how many words the legal form at the end, or else at the start, has, its group, and where it stands."""
    forms = tables.legal_forms()
    spelt = tuple(map(_form_word, words))
    for size in range(min(9, len(words)), 0, -1):
        if spelt[-size:] in forms:
            return size, forms[spelt[-size:]], True
    for size in range(min(9, len(words)), 0, -1):
        if spelt[:size] in forms and (size > 1 or len(words[0]) > 1):
            return size, forms[spelt[:size]], False
    return 0, "", True


@lru_cache(maxsize=1 << 16)
def _form_word(word: str) -> str:
    """Return the word of a legal form that a word is when misspelt or written without vowels, or the word itself."""
    if len(word) < 3 or (word,) in tables.legal_forms() or word in tables.particles():
        return word
    bare = word[0] + "".join(char for char in word[1:] if char not in "aeiou")
    if bare == word:
        same = [known for known in tables.form_words() if word[0] == known[0] and skeleton(word) == skeleton(known)]
        if same:
            return min(same, key=len)
    found = process.extractOne(word, tables.form_words(), scorer=OSA.normalized_similarity, score_cutoff=0.85)
    return found[0] if found is not None and len(word) >= 5 else word


@lru_cache(maxsize=1 << 16)
def _unglue(word: str, first: bool) -> tuple[str, ...]:
    """Return a word and the legal form that was glued to it apart: `jscargument` is `jsc argument`."""
    for form in tables.glued_forms():
        rest = len(word) - len(form)
        if rest >= 3 and word.startswith(form) and (first or len(form) > 4):
            return form, word[len(form) :]
        if rest >= 3 and word.endswith(form) and len(form) > 3:
            return word[: -len(form)], form
    return (word,)
