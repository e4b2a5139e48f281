"""Finding loaded entities by name or number.

A search for people at a desk: it forgives order, case, accents, punctuation and small slips of spelling, and says which
name matched and whether that is a weak alias. It is not yet a screening: it makes no claim that whoever is not found is
not listed. Names are compared word by word, so that `lam` never finds `Islamic`.

An index is built once for a release and only read afterwards; whatever offers `search` with these hits can take its
place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist
from rdflib import URIRef

from ..dataset import Dataset, Row
from ..ontology import token
from ..queries.catalogue import query

_WORD = 0.80  # likeness from which two words may be the same word, misspelt
_SHORT = 3  # letters; a word as short as that must be the same
_COVERED = 0.70  # part of what was asked for that a name must cover
_WEAK = 0.95  # what a match on a weak alias or former name is worth
_WORDS = re.compile(r"\w+")
_JOINED = re.compile(r"(?<=\w)['’ʼ`.&](?=\w)")
_WEAK_KINDS = ("weak_alias", "former")


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity that was found.

    Attributes:
        entity: The entity.
        label: Its primary name.
        matched_name: The name or number that matched.
        kind: The kind of that name (primary, strong_alias, weak_alias, former), or the scheme of the number.
        score: How well it matched, from 0 to 1; 1 is the same words or the same number.
        lists: The lists the entity stands on or stood on.
    """

    entity: URIRef
    label: str
    matched_name: str
    kind: str
    score: float
    lists: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one entity, with the words it is compared by."""

    entity: URIRef
    text: str
    kind: str
    words: tuple[str, ...]


@dataclass(slots=True)
class NameIndex:
    """All names and numbers of a dataset, by word."""

    names: list[_Name] = field(default_factory=list)
    labels: dict[URIRef, str] = field(default_factory=dict)
    lists: dict[URIRef, tuple[URIRef, ...]] = field(default_factory=dict)
    numbers: dict[str, list[tuple[URIRef, str, str]]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    postings: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def build(cls, data: Dataset) -> NameIndex:
        """Read all names, numbers and lists of a dataset."""
        index = cls()
        index._read_names(data)
        index._read_numbers(data)
        lists: dict[URIRef, set[URIRef]] = defaultdict(set)
        for row in _rows(data, "lists"):
            lists[_iri(row["entity"])].add(_iri(row["list"]))
        index.lists = {entity: tuple(sorted(found)) for entity, found in lists.items()}
        return index

    def _read_names(self, data: Dataset) -> None:
        for row in _rows(data, "labels"):
            self.labels.setdefault(_iri(row["entity"]), _text(row["label"]))
        found = {(entity, label, "primary") for entity, label in self.labels.items()}
        for row in _rows(data, "names"):
            kind = token(str(row["kind"])).partition(":")[2] if "kind" in row else "primary"
            found.add((_iri(row["entity"]), _text(row["text"]), kind))
        postings: dict[str, list[int]] = defaultdict(list)
        for entity, text, kind in sorted(found):
            words = fold(text)
            for word in set(words):
                postings[word].append(len(self.names))
            self.names.append(_Name(entity, text, kind, words))
        self.postings = dict(postings)
        self.words = sorted(postings)

    def _read_numbers(self, data: Dataset) -> None:
        numbers: dict[str, set[tuple[URIRef, str, str]]] = defaultdict(set)
        for row in _rows(data, "identifiers"):
            value = _text(row["value"])
            scheme = token(str(row["scheme"])).partition(":")[2] if "scheme" in row else "identifier"
            numbers[number(value)].add((_iri(row["entity"]), scheme, value))
        self.numbers = {value: sorted(found) for value, found in numbers.items() if value}

    def search(self, text: str, limit: int = 10, lists: Collection[URIRef] | None = None) -> list[Hit]:
        """Return the entities that a name or number means, best first, each once by the name that fits best.

        Args:
            text: A name in any order of words, or the number of an entity in some register.
            limit: How many to return.
            lists: Only entities that stand or stood on one of these lists; all when left out.
        """
        best: dict[URIRef, Hit] = {}
        asked = fold(text)
        joined = ("".join(asked),) if len(asked) > 1 else ()  # `gazprom bank` means Gazprombank
        for hit in (*self._by_number(text), *self._by_name(asked), *self._by_name(joined)):
            if lists is None or not set(hit.lists).isdisjoint(lists):
                known = best.get(hit.entity)
                if known is None or _rank(hit) < _rank(known):
                    best[hit.entity] = hit
        return sorted(best.values(), key=_rank)[:limit]

    def _by_number(self, text: str) -> Iterable[Hit]:
        for entity, scheme, value in self.numbers.get(number(text), ()):
            yield self._hit(entity, value, scheme, 1.0)

    def _by_name(self, asked: tuple[str, ...]) -> Iterable[Hit]:
        if not asked:
            return
        likeness = [self._alike(word) for word in asked]
        total = sum(map(len, asked))
        covered: dict[int, float] = defaultdict(float)
        for word, alike in zip(asked, likeness, strict=True):
            for place, best in self._places(alike).items():
                covered[place] += len(word) * best
        for place, weight in covered.items():
            if weight >= _COVERED * total:
                name = self.names[place]
                score = round(_score(asked, likeness, name.words) * (_WEAK if name.kind in _WEAK_KINDS else 1.0), 4)
                if score >= _COVERED:
                    yield self._hit(name.entity, name.text, name.kind, score)

    def _alike(self, word: str) -> dict[str, float]:
        """Return the words of all names that may be the same as a word, with their likeness."""
        if len(word) <= _SHORT:
            return {word: 1.0} if word in self.postings else {}
        row = cdist([word], self.words, scorer=Indel.normalized_similarity, score_cutoff=_WORD)[0]
        return {self.words[at]: float(row[at]) for at in row.nonzero()[0] if len(self.words[at]) > _SHORT}

    def _places(self, alike: dict[str, float]) -> dict[int, float]:
        best: dict[int, float] = {}
        for word, likeness in alike.items():
            for place in self.postings[word]:
                best[place] = max(best.get(place, 0.0), likeness)
        return best

    def _hit(self, entity: URIRef, name: str, kind: str, score: float) -> Hit:
        return Hit(entity, self.labels.get(entity, name), name, kind, score, self.lists.get(entity, ()))


def _score(asked: tuple[str, ...], likeness: list[dict[str, float]], words: tuple[str, ...]) -> float:
    """Return how well a name fits what was asked for: each word counts once, by its length.

    Words that were asked for and are missing weigh in full, words of the name that nobody asked for a fifth of that:
    whoever types `rusal` means United Company Rusal.
    """
    pairs = sorted(
        ((alike[word], a, b) for a, alike in enumerate(likeness) for b, word in enumerate(words) if word in alike),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: dict[int, int] = {}
    matched = 0.0
    for value, a, b in pairs:
        if a not in taken and b not in taken.values():
            taken[a] = b
            matched += len(asked[a]) * value
    known = sum(len(words[b]) for b in taken.values()) / sum(map(len, words))
    return matched / sum(map(len, asked)) * (0.8 + 0.2 * known)


def _rank(hit: Hit) -> tuple[float, bool, str, str]:
    return -hit.score, hit.kind in _WEAK_KINDS, hit.label, str(hit.entity)


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents, width and punctuation: `Société d'État` is `societe detat`."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return tuple(_WORDS.findall(_JOINED.sub("", bare).replace("_", " ")))


def number(text: str) -> str:
    """Return a register number as it is compared: letters and digits only, without `IMO` or the like before it."""
    bare = "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
    return re.sub(r"^(?:imo|lei|inn|ogrn)(?=\d)", "", bare)


def _rows(data: Dataset, name: str) -> list[Row]:
    return data.rows(query(f"entity/{name}").text)


def _iri(value: object) -> URIRef:
    assert isinstance(value, URIRef)
    return value


def _text(value: object) -> str:
    return str(getattr(value, "words", value))
