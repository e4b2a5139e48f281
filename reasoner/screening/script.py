"""Letters: cleaning them, seeing through look-alikes, and writing every script in Latin letters.

Romanisation is ICU's: Cyrillic and Greek by the BGN/PCGN tables that passports and lists mostly follow, Chinese with
the readings that characters have in surnames, everything else by CLDR's default. Names in plain ASCII never reach ICU,
which costs more than the rest together.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import cache

import icu  # type: ignore[import-untyped]

from .tables import confusables, letters, translations

LONGEST = 1000  # characters of a name that are looked at; no name of any list comes near

_INVISIBLE = ("Cf", "Cc", "Cs", "Co", "Cn")
_ROMANISE = (
    "{}-Latin/BGN; Greek-Latin/BGN; Han-Latin/Names; Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower"
)
_PERSIAN = re.compile("[پچژگیک]")
_UKRAINIAN = re.compile("[їєґі]")
_WORD = re.compile(r"[^\W_]+")
_HANGUL = re.compile(r"(?<=[\uac00-\ud7a3])(?=[\uac00-\ud7a3])")
_ARTICLE = re.compile("\\b(ال)(?!له\\b)(?=\\w{3})")  # the Arabic article, which is written together with its word
_LEET = str.maketrans("0135", "oles")
_LEET_WORD = re.compile(r"(?=.{5})[a-z]+[0135][a-z]{2,}")


class Script(Enum):
    """How a name was written, as far as it matters for what its Latin form can be trusted with."""

    LATIN = "latin"
    OTHER = "other"
    ABJAD = "abjad"


def clean(text: str) -> str:
    """Return a text in NFKC and lower case, without control and invisible characters, at most `LONGEST` long."""
    short = text[:LONGEST]
    if short.isascii():
        return "".join(char if char >= " " else " " for char in short).lower()
    plain = unicodedata.normalize("NFKC", short)
    kept = (" " if char in "\t\n\r\x00" else char for char in plain)
    return "".join(char for char in kept if unicodedata.category(char) not in _INVISIBLE).casefold()


def script_of(text: str) -> Script:
    """Return how a cleaned text is written: a word in Arabic or Hebrew script makes it an abjad text."""
    if text.isascii():
        return Script.LATIN
    letters = [unicodedata.name(char, "") for char in text if not char.isascii() and char.isalpha()]
    if any(name.startswith(("ARABIC", "HEBREW", "SYRIAC")) for name in letters):
        return Script.ABJAD
    return Script.LATIN if all(name.startswith("LATIN") for name in letters) else Script.OTHER


def unmask(text: str) -> str:
    """Return a cleaned text with letters of other scripts that pose as Latin ones replaced by those.

    A word is unmasked when it mixes scripts, or when all its letters look Latin and another word is Latin.
    """
    if text.isascii():
        return text
    latin = any(word.isascii() and word.isalpha() for word in _WORD.findall(text))
    return _WORD.sub(lambda match: _unmask(match.group(), latin), text)


def _unmask(word: str, among_latin: bool) -> str:
    if word.isascii():
        return word
    plain = word.translate(confusables())
    mixed = any(char.isascii() and char.isalpha() for char in word)
    foreign = [char for char in plain if not char.isascii() and not unicodedata.name(char, "").startswith("LATIN")]
    if (mixed or among_latin) and not foreign:
        return plain
    return word


def romanise(text: str) -> str:
    """Return a cleaned text in lower case ASCII letters; what has no Latin form is left out."""
    if text.isascii():
        return text
    spaced = _ARTICLE.sub(r"\1 ", _HANGUL.sub(" ", text)).translate(letters("before"))
    if _PERSIAN.search(text):
        spaced = spaced.translate(letters("persian"))
    language = "Ukrainian" if _UKRAINIAN.search(text) else "Russian"
    latin = str(_icu(language).transliterate(spaced)).translate(letters("after"))
    return latin.encode("ascii", "ignore").decode()


def translate(text: str) -> str:
    """Return a cleaned text with common words of organizations in English: `завод` is `plant`, `技术` `technology`."""
    if text.isascii():
        return text
    whole, inside = translations()
    for term in sorted(inside, key=lambda term: (-len(term), term)):
        if term in text:
            text = text.replace(term, f" {inside[term]} ")
    return _WORD.sub(lambda match: whole.get(match.group(), match.group()), text)


def unleet(word: str) -> str:
    """Return a word with digits that stand for letters inside it replaced: `r0sneft` is `rosneft`."""
    return word.translate(_LEET) if _LEET_WORD.fullmatch(word) else word


@cache
def _icu(cyrillic: str) -> icu.Transliterator:
    return icu.Transliterator.createInstance(_ROMANISE.format(cyrillic))
