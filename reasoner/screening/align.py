"""Alignment: which word of one name stands for which word of another.

Words are paired best first, each once; neighbours that the other name writes together are paired as one. Particles pair
with the same particle only.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .normalise import PERSON, NameViews, Role, Script
from .words import How, alike

_JOIN = 0.86  # likeness from which words written together are the same words
_LIGHT = (Role.PARTICLE, Role.PATRONYMIC)


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the query that stand for words of the candidate.

    Attributes:
        query: Positions in the query, several where they are written together in the candidate.
        candidate: Positions in the candidate.
        value: How alike they are, from 0 to 1.
        how: Why.
    """

    query: tuple[int, ...]
    candidate: tuple[int, ...]
    value: float
    how: How


def align(query: NameViews, candidate: NameViews) -> tuple[Pair, ...]:
    """Return the pairs of words, in the order of the query."""
    foreign = query.script is not Script.LATIN or candidate.script is not Script.LATIN
    person = query.kind == PERSON or candidate.kind == PERSON
    found = [*_single(query, candidate, foreign, person)]
    if len(query.tokens) != len(candidate.tokens) or any(pair.value < _JOIN for pair in found):
        found += _joined(query.tokens, candidate.tokens, foreign, person, False)
        found += _joined(candidate.tokens, query.tokens, foreign, person, True)
    found.sort(key=_order)
    return _taken(found)


def _order(pair: Pair) -> tuple[float, int, int, tuple[int, ...], tuple[int, ...]]:
    # Between equals, pairs at the same place go first, so that a name that repeats a word pairs with itself in order.
    far = abs(pair.query[0] - pair.candidate[0])
    return -pair.value, -len(pair.query) - len(pair.candidate), far, pair.query, pair.candidate


def _single(query: NameViews, candidate: NameViews, foreign: bool, person: bool) -> list[Pair]:
    pairs: list[Pair] = []
    for i, (a, role) in enumerate(zip(query.tokens, query.roles, strict=True)):
        for j, (b, other) in enumerate(zip(candidate.tokens, candidate.roles, strict=True)):
            if role in _LIGHT or other in _LIGHT:
                value, how = (1.0 if a == b or role is other is Role.PATRONYMIC else 0.0), How.SAME
            else:
                value, how = alike(a, b, foreign, person)
            if value:
                pairs.append(Pair((i,), (j,), value, how))
    return pairs


def _joined(
    parts: tuple[str, ...], wholes: tuple[str, ...], foreign: bool, person: bool, swapped: bool
) -> list[Pair]:
    """Return pairs of two or three neighbours in one name with one word of the other."""
    pairs: list[Pair] = []
    for size in (2, 3):
        for start in range(len(parts) - size + 1):
            word = "".join(parts[start : start + size])
            for place, whole in enumerate(wholes):
                if abs(len(word) - len(whole)) <= 2 and len(whole) > 3:
                    value = OSA.normalized_similarity(word, whole) if not foreign else alike(word, whole, True, person)[0]
                    if value >= _JOIN:
                        places = tuple(range(start, start + size))
                        ends = ((place,), places) if swapped else (places, (place,))
                        pairs.append(Pair(*ends, value * 0.98, How.JOINED))
    return pairs


def _taken(found: list[Pair]) -> tuple[Pair, ...]:
    left: set[int] = set()
    right: set[int] = set()
    taken: list[Pair] = []
    for pair in found:
        if left.isdisjoint(pair.query) and right.isdisjoint(pair.candidate):
            left.update(pair.query)
            right.update(pair.candidate)
            taken.append(pair)
    return tuple(sorted(taken, key=lambda pair: pair.query))
