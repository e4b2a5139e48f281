"""How much a word tells: the rarer among the names of the lists, the more.

`CORP`, `TRADING` and `MUHAMMAD` stand in thousands of names, so two names that share only such a word share little.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from . import tables
from .normalise import PERSON, NameViews, Role

_LEAST = {True: 0.45, False: 0.25}  # what the commonest word is worth in names of persons, and in others
_ROLES = {Role.INITIAL: 0.45, Role.NUMBER: 0.9, Role.PARTICLE: 0.12, Role.PATRONYMIC: 0.12, Role.TITLE: 0.3}
_FATHER = 0.5  # what a patronymic is worth against a name of the person's own
_FAMILY = 1.3  # what a family name is worth where the name says which word it is
_ENOUGH = 10_000  # names of a list that is long enough to count in; in a shorter one every word looks common
_KEPT = 1 << 16  # names whose weights are kept
_TRADE = 0.6  # what a word of trade (oil, group, technology) is worth against a word of its own
_COMMON = 0.0005  # share of names from which on a word counts as a word everybody uses


@dataclass(frozen=True, slots=True)
class Rarity:
    """The number of names in which each word stands.

    Attributes:
        names: How many names there are.
        counts: How many of them carry each word.
    """

    names: int
    counts: Mapping[str, int]
    _made: dict[tuple[str, str], tuple[float, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, counts: Mapping[str, int], names: int) -> Rarity:
        """Return the rarity of words that were counted in so many names; words of one name need no entry."""
        return cls(names, {word: count for word, count in counts.items() if count > 1})

    def frequency(self, word: str) -> int:
        """Return how many names carry a word; a word that was never seen counts as one of one name."""
        return self.counts.get(word, 1)

    def version(self) -> str:
        """Return a hash: scores are comparable where it is the same."""
        text = json.dumps([self.names, sorted(self.counts.items())])
        return blake2b(text.encode(), digest_size=8).hexdigest()

    def save(self, folder: Path) -> None:
        """Write the counts into a folder."""
        text = json.dumps({"names": self.names, "counts": dict(sorted(self.counts.items()))})
        (folder / "rarity.json").write_text(text, encoding="utf8")

    @classmethod
    def open(cls, folder: Path) -> Rarity:
        """Open counts that were saved."""
        raw = json.loads((folder / "rarity.json").read_text(encoding="utf8"))
        return cls(raw["names"], raw["counts"])

    def weight(self, word: str, role: Role, person: bool) -> float:
        """Return what a word is worth: 1 for a word in one name, the less the more names carry it."""
        if role in _ROLES:
            return _ROLES[role]
        trade = _TRADE if not person and word in tables.abbreviations() else 1.0
        if self.names < 2:
            return trade
        share = self.frequency(word) / max(self.names, _ENOUGH)
        scale = math.log(share / _COMMON) / math.log(0.05 / _COMMON) if share > _COMMON else 0.0
        return trade * (1.0 - (1.0 - _LEAST[person]) * min(scale, 1.0))

    def weights(self, name: NameViews) -> tuple[float, ...]:
        """Return what each token of a name is worth."""
        key = (name.text, name.kind)
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            made = self._made[key] = self._weigh(name)
        return made

    def _weigh(self, name: NameViews) -> tuple[float, ...]:
        person = name.kind == PERSON
        made = [self.weight(token, role, person) for token, role in zip(name.tokens, name.roles, strict=True)]
        if person:
            first = len(made) - name.family if name.family else len(made)
            for place, token in enumerate(name.tokens):
                if token.endswith(tables.patronymic_endings()) and len(token) > 6:
                    made[place] *= _FATHER
                elif place >= first:
                    made[place] *= _FAMILY
        return tuple(made)

    def information(self, words: tuple[str, ...]) -> float:
        """Return how much a set of words tells, from 0 (nothing) towards 1 (nobody else has such a name)."""
        bits = sum(math.log2(max(self.names, _ENOUGH) / self.frequency(word)) for word in words)
        return 1.0 - math.exp(-bits / 20.0)


NO_LIST = Rarity(0, {})
