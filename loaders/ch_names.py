"""Names of the Swiss list: put together from their parts, once as published and once for each way of spelling them.

A name part may have spelling variants, each with its language and script. Variants of one language and script belong
together: `Lukashenko Dmitriy` is made of the Russian variants of both parts, where a part without one stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import URIRef

from .parties import FORMER, PRIMARY, STRONG, WEAK
from .tree import Fields, joined, tidy

_TYPES = {"primary-name": PRIMARY, "alias": STRONG, "formerly-known-as": FORMER}
_WEAK = "low"
_TITLE = "title"  # goes before a name and is no part of it
_LANGUAGES = {  # ISO 639-2 as the list writes it, and the shorter tag that BCP 47 asks for
    "eng": "en",
    "ger": "de",
    "fre": "fr",
    "ita": "it",
    "rus": "ru",
    "ukr": "uk",
    "bel": "be",
    "ara": "ar",
    "per": "fa",
    "pus": "ps",
    "urd": "ur",
    "chi": "zh",
    "kor": "ko",
    "jpn": "ja",
    "tur": "tr",
    "spa": "es",
    "por": "pt",
    "srp": "sr",
    "hrv": "hr",
    "bos": "bs",
}


@dataclass(frozen=True, slots=True)
class SwissName:
    """A name with its standing, its language, and its parts with what each of them is."""

    text: str
    kind: URIRef
    language: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    order: int
    kind: str
    value: str
    variants: dict[str, list[str]] = field(default_factory=dict)


def names_of(identity: Fields, notes: list[str]) -> Iterator[SwissName]:
    """Yield the names of an identity; what else is said of them goes to the notes."""
    for name in identity.all("name"):
        type_, quality = name.text("name-type"), name.text("quality")
        kind = WEAK if quality == _WEAK else _TYPES.get(type_, STRONG)
        language = _tag(name.text("lang"), "")
        parts = sorted(_parts(name, notes), key=lambda part: part.order)
        text = joined(part.value for part in parts)
        if text:
            yield SwissName(text, kind, language, tuple((part.kind, part.value) for part in parts))
        for variant in dict.fromkeys(_variants(parts)):
            if variant.text != text:
                yield variant if kind != WEAK else SwissName(variant.text, WEAK, variant.language)
        name.drop("ssid")
        notes.extend(name.rest("name"))


def _parts(name: Fields, notes: list[str]) -> Iterator[_Part]:
    for part in name.all("name-part"):
        order, kind, value = part.text("order"), part.text("name-part-type"), tidy(part.text("value"))
        if kind == _TITLE:
            notes.append(f"title: {value}")
            continue
        made = _Part(int(order) if order.isascii() and order.isdigit() else 0, kind, value)
        for variant in part.all("spelling-variant"):
            variant.drop("ssid", "spelling-variant-type")
            tag = _tag(variant.text("lang"), variant.text("script"))
            made.variants.setdefault(tag, []).append(tidy(variant.own()))
        yield made


def _variants(parts: list[_Part]) -> Iterator[SwissName]:
    """Yield the other spellings of a name, every variant at least once."""
    for tag in dict.fromkeys(tag for part in parts for tag in part.variants):
        count = max(len(part.variants.get(tag, ())) for part in parts)
        for place in range(count):
            words = (_spelled(part, tag, place) for part in parts)
            yield SwissName(joined(words), STRONG, tag)


def _spelled(part: _Part, tag: str, place: int) -> str:
    known = part.variants.get(tag)
    return known[min(place, len(known) - 1)] if known else part.value


def _tag(language: str, script: str) -> str:
    """Return the BCP 47 tag of a language and a script, such as `ru-Latn`."""
    code = _LANGUAGES.get(language.lower(), language.lower())
    return "-".join(filter(None, (code or ("und" if script else ""), script.capitalize())))
