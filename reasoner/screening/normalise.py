"""Names as they are compared: made once for a name, with every view of it that a feature may want.

    "OAO «Газпромбанк»"  ->  tokens (gazprombank), forms (stock), skeleton (kgzprmbnk) ...

Nothing is lost on the way: `text` keeps what was written, and the views only serve comparison.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from . import tables
from .forms import without_forms
from .script import LONGEST, Script, clean, romanise, script_of, translate, unleet, unmask
from .skeleton import skeleton

PERSON, ORGANIZATION, VESSEL, AIRCRAFT = "person", "organization", "vessel", "aircraft"
ADDRESS = "address"
MOST_TOKENS = 24
LONGEST_TOKEN = 48

_APOSTROPHE = re.compile(r"(?<=\w)['’ʼʻ`´](?=\w)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?\b|\b\w(?:\.\w)+\b")
_SLASHED = re.compile(r"\b([a-z])/([a-z])\b")
_WORD = re.compile(r"[a-z0-9]+")
_LETTERS_DIGITS = re.compile(r"([a-z]{2,})(\d+)|(\d+)([a-z]{2,})")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12, "xiii": 13}
_ROMAN_LAST = {"i": 1, "v": 5, "x": 10} | _ROMAN
_NATIVE = re.compile(r"\w+")


class Role(IntEnum):
    """What a token is in its name."""

    WORD = 0
    INITIAL = 1
    NUMBER = 2
    PARTICLE = 3
    PATRONYMIC = 4
    TITLE = 5


@dataclass(frozen=True, slots=True)
class NameViews:
    """One name in every form it is compared in.

    Attributes:
        text: What was written.
        kind: The kind of entity it names: person, organization, vessel, aircraft, or nothing.
        tokens: Its words in Latin letters, lower case, without titles and legal forms.
        roles: What each token is.
        skeletons: The consonant skeleton of each token.
        native: Its words in their own letters; the same as the tokens for a name in ASCII.
        joined: All tokens but particles as one string.
        bones: The skeletons of the same tokens as one string.
        forms: The groups of the legal forms it carries.
        family: How many tokens at the end are the family name, where the name was written `FAMILY, Given`.
        script: How it was written.
        cut: Whether it was longer than what is looked at.
    """

    text: str
    kind: str
    tokens: tuple[str, ...]
    roles: tuple[Role, ...]
    skeletons: tuple[str, ...]
    native: tuple[str, ...]
    joined: str
    bones: str
    forms: tuple[str, ...]
    family: int
    script: Script
    cut: bool


@lru_cache(maxsize=1 << 16)
def views(text: str, kind: str = "") -> NameViews:
    """Return the views of a name.

    Args:
        text: The name, in any script.
        kind: person, organization, vessel, aircraft, or nothing where that is not known.
    """
    cleaned = clean(text)
    unmasked = unmask(cleaned)
    latin = romanise(unmasked if kind in (PERSON, VESSEL) else translate(unmasked))
    words, family = _words(latin, kind)
    words, forms = ([*words], []) if kind in (PERSON, VESSEL, AIRCRAFT, ADDRESS) else without_forms(words)
    tokens = [token[:LONGEST_TOKEN] for token in _numbers(_without_titles(words, kind), kind)[:MOST_TOKENS]]
    roles = tuple(_role(token, kind) for token in tokens)
    skeletons = tuple(map(skeleton, tokens))
    heavy = [place for place, role in enumerate(roles) if role not in (Role.PARTICLE, Role.PATRONYMIC)]
    heavy = heavy or [*range(len(tokens))]
    return NameViews(
        text=text,
        kind=kind,
        tokens=tuple(tokens),
        roles=roles,
        skeletons=skeletons,
        native=tuple(tokens) if cleaned.isascii() else tuple(_NATIVE.findall(unmasked))[:MOST_TOKENS],
        joined="".join(tokens[place] for place in heavy),
        bones="".join(skeletons[place] for place in heavy),
        forms=tuple(sorted(set(forms))),
        family=min(family, len(tokens)),
        script=script_of(unmasked),
        cut=len(text) > LONGEST,
    )


def _words(latin: str, kind: str) -> tuple[list[str], int]:
    """Return the words of a name in its natural order, and how many at the end are the family name."""
    plain = _APOSTROPHE.sub("", latin).replace("&", " and ").replace("+", " and ")
    plain = _DOTTED.sub(lambda match: _undot(match.group(), kind), _SLASHED.sub(r"\1.\2", plain))
    head, comma, tail = plain.partition(",")
    if comma and kind == PERSON and _WORD.search(tail) and _WORD.search(head):
        last = [*map(unleet, _WORD.findall(head))]
        return [*map(unleet, _WORD.findall(tail)), *last], len(last)
    return _initials([piece for word in _WORD.findall(plain) for piece in _split(unleet(word))], kind), 0


def _initials(words: list[str], kind: str) -> list[str]:
    """Return the words with letters that stand alone side by side as one, but for persons: `i a c` is `iac`."""
    if kind == PERSON:
        return words
    made: list[str] = []
    open_run = False
    for word in words:
        lone = len(word) == 1 and word.isalpha()
        if lone and open_run:
            made[-1] += word
        else:
            made.append(word)
        open_run = lone
    return made


def _undot(text: str, kind: str) -> str:
    """Return dotted letters as one word where they abbreviate (`l.l.c.`), or as initials in the name of a person."""
    letters = text.replace(".", "")
    return " ".join(letters) + " " if kind == PERSON else letters + " "


def _split(word: str) -> list[str]:
    """Return a word and the number written next to it apart: `brigade44` is `brigade 44`, `b1` stays."""
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return [ordinal[1]]
    match = _LETTERS_DIGITS.fullmatch(word)
    return [part for part in match.groups() if part] if match else [word]


def _without_titles(words: list[str], kind: str) -> list[str]:
    """Return the words without titles before or after the name; a name that is nothing but titles stays whole."""
    words = [tables.servant(word) for word in words] if kind == PERSON else words
    known = tables.titles(kind or PERSON) if kind in ("", PERSON, VESSEL, ORGANIZATION) else frozenset[str]()
    kept = [word for word in words if word not in known]
    enough = 1 if kind == VESSEL else 2 if kind == "" else 1
    return kept if len(kept) >= enough else words


def _numbers(words: list[str], kind: str) -> list[str]:
    """Return the words with numbers written in digits: `forty 4` is `44`; names of persons keep their words."""
    made: list[str] = []
    tens = False
    for place, word in enumerate(words):
        last = place == len(words) - 1
        value = _value(word, kind, place > 0 and last)
        if value is None:
            made.append(word)
            tens = False
        elif tens and 0 < value < 10:
            made[-1] = str(int(made[-1]) + value)
            tens = False
        else:
            made.append(str(value))
            tens = 20 <= value < 100 and value % 10 == 0
    return made


def _value(word: str, kind: str, last: bool) -> int | None:
    if word.isdigit():
        return int(word) if len(word) < 16 else None
    if kind == PERSON:
        return None
    if last and kind == VESSEL and word in _ROMAN_LAST:
        return _ROMAN_LAST[word]
    if last and word in _ROMAN:
        return _ROMAN[word]
    return tables.numerals().get(word)


def _role(token: str, kind: str) -> Role:
    if any(char.isdigit() for char in token):
        return Role.NUMBER
    role = tables.particles().get(token)
    if role == "patronymic":
        return Role.PATRONYMIC
    if role is not None and (role != "stop" or kind != PERSON or len(token) > 1):
        return Role.PARTICLE
    if len(token) == 1:
        return Role.INITIAL
    return Role.TITLE if kind == PERSON and token in tables.soft_titles() else Role.WORD
