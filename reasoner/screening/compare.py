"""Comparing two names: one figure, the pairs of words behind it, and what spoke against them.

The figure is the share of what both names tell that they tell together. It is a comparison of names only: that a name
agrees never says that the party does.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .align import Pair, align
from .normalise import PERSON, NameViews, Role
from .rarity import NO_LIST, Rarity
from .script import Script
from .words import How

TOP = 0.99  # what the same words are worth: a bare name never proves a party


@dataclass(frozen=True, slots=True)
class Tuning:
    """The constants of the comparison; their values were chosen on the development pairs of docs/screening.md.

    Attributes:
        steep: How fast words that are less than the same lose their worth.
        query_extra: What a word counts that only the query has, against one that both have.
        candidate_extra: The same for a word that only the candidate has.
        order: Factor for words in another order.
        patronymic: Factor where `A bin B` meets `B bin A`.
        form: Factor for legal forms of different groups.
        number: Factor for different numbers.
        number_missing: Factor for a number that one of them lacks.
        whole: What names written as one string are worth at most.
    """

    steep: float = 1.4
    query_extra: float = 1.7
    candidate_extra: float = 0.9
    order: float = 0.99
    patronymic: float = 0.8
    form: float = 0.98
    number: float = 0.6
    number_missing: float = 0.85
    whole: float = 0.93


DEFAULT = Tuning()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison of two names came to.

    Attributes:
        value: From 0 to `TOP`.
        base: The share of what both names tell that they tell together, before any factor.
        pairs: The words that stand for each other.
        factors: What spoke against the names, with the factor it took.
        whole: Whether the names agree as one string better than word by word.
    """

    value: float
    base: float
    pairs: tuple[Pair, ...]
    factors: tuple[tuple[str, float], ...]
    whole: bool = False


def compare(query: NameViews, candidate: NameViews, rarity: Rarity = NO_LIST, tuning: Tuning = DEFAULT) -> Comparison:
    """Compare two names.

    Args:
        query: The name asked about.
        candidate: The name on the list.
        rarity: How common words are among the names of the lists.
        tuning: The constants.
    """
    if not query.tokens or not candidate.tokens:
        return _without_latin(query, candidate)
    pairs = align(query, candidate)
    words = _share(query, candidate, pairs, rarity, tuning)
    string = _string(query, candidate) * tuning.whole
    base = min(max(words, string), 1.0)
    factors = tuple(_factors(query, candidate, pairs, tuning))
    value = base
    for _, factor in factors:
        value *= factor
    return Comparison(TOP * value, base, pairs, factors, string > words)


def _without_latin(query: NameViews, candidate: NameViews) -> Comparison:
    """Compare names that have no word in Latin letters: only the same signs in the same order agree."""
    same = bool(query.native) and query.native == candidate.native
    return Comparison(TOP * same, float(same), (), ())


def _share(query: NameViews, candidate: NameViews, pairs: tuple[Pair, ...], rarity: Rarity, tuning: Tuning) -> float:
    left, right = rarity.weights(query), rarity.weights(candidate)
    matched = agreed = 0.0
    lone_left, lone_right = sum(left), sum(right)
    for pair in pairs:
        a, b = sum(left[i] for i in pair.query), sum(right[j] for j in pair.candidate)
        lone_left, lone_right = lone_left - a, lone_right - b
        both = 2 * min(a, b)
        matched += both
        agreed += both * worth(pair, tuning)
    total = matched + tuning.query_extra * lone_left + tuning.candidate_extra * lone_right
    return agreed / total if total > 1e-9 else 0.0


def worth(pair: Pair, tuning: Tuning = DEFAULT) -> float:
    """Return what a pair of words adds: less than its likeness, for words that are merely alike are often others."""
    if pair.how in (How.SPELLING, How.JOINED):
        return max(0.0, 1.0 - tuning.steep * (1.0 - pair.value))
    return pair.value


def _string(query: NameViews, candidate: NameViews) -> float:
    """Return how alike the names are as one string, for words cut at other places; 0 unless nearly the same."""
    if query.joined == candidate.joined:
        return 1.0
    if query.script is Script.LATIN and candidate.script is Script.LATIN:
        likeness: float = OSA.normalized_similarity(query.joined, candidate.joined, score_cutoff=0.9)
        return max(0.0, 1.0 - 1.6 * (1.0 - likeness)) if min(len(query.joined), len(candidate.joined)) > 5 else 0.0
    if min(len(query.bones), len(candidate.bones)) < 4:
        return 0.0
    return OSA.normalized_similarity(query.bones, candidate.bones, score_cutoff=0.75) * 0.97


def _factors(
    query: NameViews, candidate: NameViews, pairs: tuple[Pair, ...], tuning: Tuning
) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    heavy = [pair for pair in pairs if query.roles[pair.query[0]] not in (Role.PARTICLE, Role.PATRONYMIC)]
    places = [pair.candidate[0] for pair in heavy]
    if places != sorted(places):
        patronymic = Role.PATRONYMIC in query.roles and Role.PATRONYMIC in candidate.roles
        found.append(("patronymic order", tuning.patronymic) if patronymic else ("word order", tuning.order))
    if query.forms and candidate.forms and not set(query.forms) & set(candidate.forms):
        found.append(("legal form", tuning.form))
    found += _number_factor(query, candidate, tuning)
    return found


def _number_factor(query: NameViews, candidate: NameViews, tuning: Tuning) -> list[tuple[str, float]]:
    if PERSON in (query.kind, candidate.kind):
        return []
    left = sorted(token for token, role in zip(query.tokens, query.roles, strict=True) if role is Role.NUMBER)
    right = sorted(token for token, role in zip(candidate.tokens, candidate.roles, strict=True) if role is Role.NUMBER)
    if left == right:
        return []
    return [("numbers", tuning.number if left and right else tuning.number_missing)]
