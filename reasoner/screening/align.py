"""Alignment: which word of one name stands for which word of another.

Words are paired best first, each once; neighbours that the other name writes together are paired as one. Particles pair
with the same particle only.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .normalise import PERSON, NameViews, Role
from .script import Script
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


# A pair while pairs are made: the key it is ordered by, its words in either name, its likeness, and why.
_Raw = tuple[tuple[float, int, int, int, int], tuple[int, ...], tuple[int, ...], float, How]


def align(query: NameViews, candidate: NameViews) -> tuple[Pair, ...]:
    """Return the pairs of words, in the order of the query."""
    foreign = query.script is not Script.LATIN or candidate.script is not Script.LATIN
    person = query.kind == PERSON or candidate.kind == PERSON
    found = _single(query, candidate, foreign, person)
    same = [raw for raw in found if raw[3] == 1.0]
    if len(same) < max(len(query.tokens), len(candidate.tokens)):
        left, right = {raw[1][0] for raw in same}, {raw[2][0] for raw in same}
        found += _joined(query.tokens, candidate.tokens, left, right, foreign, person)
        found += [
            _raw(b, a, value, how)
            for _, a, b, value, how in _joined(candidate.tokens, query.tokens, right, left, foreign, person)
        ]
    found.sort()
    return _taken(found)


def _raw(left: tuple[int, ...], right: tuple[int, ...], value: float, how: How) -> _Raw:
    # Between equals, pairs at the same place go first, so that a name that repeats a word pairs with itself in order.
    key = (-value, -len(left) - len(right), abs(left[0] - right[0]), left[0], right[0])
    return key, left, right, value, how


def _single(query: NameViews, candidate: NameViews, foreign: bool, person: bool) -> list[_Raw]:
    pairs: list[_Raw] = []
    roles = candidate.roles
    for i, a in enumerate(query.tokens):
        role = query.roles[i]
        light = role in _LIGHT
        for j, b in enumerate(candidate.tokens):
            if light or roles[j] in _LIGHT:
                if a == b or role is roles[j] is Role.PATRONYMIC:
                    pairs.append(_raw((i,), (j,), 1.0, How.SAME))
                continue
            value, how = alike(a, b, foreign, person)
            if value:
                pairs.append(_raw((i,), (j,), value, how))
    return pairs


def _joined(
    parts: tuple[str, ...], wholes: tuple[str, ...], done: set[int], known: set[int], foreign: bool, person: bool
) -> list[_Raw]:
    """Return pairs of two or three neighbours in one name with one word of the other that is not found in it."""
    targets = [(place, whole) for place, whole in enumerate(wholes) if place not in known and len(whole) > 3]
    pairs: list[_Raw] = []
    for size in (2, 3) if targets else ():
        for start in range(len(parts) - size + 1):
            places = tuple(range(start, start + size))
            length = sum(len(parts[place]) for place in places)
            for place, whole in targets:
                if abs(length - len(whole)) <= 2 and not done.issuperset(places):
                    value = _together("".join(parts[start : start + size]), whole, foreign, person)
                    if value >= _JOIN:
                        pairs.append(_raw(places, (place,), value * 0.98, How.JOINED))
    return pairs


def _together(word: str, whole: str, foreign: bool, person: bool) -> float:
    if word == whole:
        return 1.0
    return alike(word, whole, True, person)[0] if foreign else OSA.normalized_similarity(word, whole)


def _taken(found: list[_Raw]) -> tuple[Pair, ...]:
    left: set[int] = set()
    right: set[int] = set()
    taken: list[Pair] = []
    for _, one, two, value, how in found:
        if left.isdisjoint(one) and right.isdisjoint(two):
            left.update(one)
            right.update(two)
            taken.append(Pair(one, two, value, how))
    return tuple(sorted(taken, key=lambda pair: pair.query))
