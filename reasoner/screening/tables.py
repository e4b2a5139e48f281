"""What screening knows about languages, read from the tables in `data/`.

Which words are legal forms, titles, particles, nicknames or abbreviations is a fact about a language and stands in a
table with its source, so that it can be read, corrected and extended without touching the code.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one table of this package."""
    text = files(__package__).joinpath("data", f"{name}.csv").read_text(encoding="utf8")
    yield from csv.DictReader(text.splitlines())


@cache
def legal_forms() -> dict[tuple[str, ...], str]:
    """Return each legal form, as its words, with the group of forms it belongs to."""
    return {tuple(row["form"].split()): row["group"] for row in rows("legal_forms")}


@cache
def glued_forms() -> tuple[str, ...]:
    """Return the legal forms that people glue to a name, such as `JSCARGUMENT`, the longest first."""
    words = {row["form"] for row in rows("legal_forms") if row["glued"] == "yes"}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def form_words() -> tuple[str, ...]:
    """Return the longer words of legal forms, which are recognised when misspelt."""
    return tuple(sorted({word for form in legal_forms() for word in form if len(word) >= 5}))


@cache
def translations() -> tuple[dict[str, str], dict[str, str]]:
    """Return words of organizations with their English: whole words, and terms of scripts without blanks."""
    whole: dict[str, str] = {}
    inside: dict[str, str] = {}
    for row in rows("translations"):
        (inside if row["term"][0] > "\u3000" else whole)[row["term"]] = row["english"]
    return whole, inside


@cache
def particles() -> dict[str, str]:
    """Return words that tell little by themselves, with their role: article, patronymic, kunya, particle or stop."""
    return {row["word"]: row["role"] for row in rows("name_particles") if row["role"] != "servant"}


@cache
def patronymic_endings() -> tuple[str, ...]:
    """Return the endings of patronymics, which tell the name of the father and little of the person."""
    return tuple(row["ending"] for row in rows("patronymic_endings"))


@cache
def _servants() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("name_particles") if row["role"] == "servant")


def servant(word: str) -> str:
    """Return the first half of names such as `Abd al-Rahman` in one spelling, and any other word as it is."""
    return "abdul" if word in _servants() else word


@cache
def titles(kind: str) -> frozenset[str]:
    """Return the words before names of a kind of entity that are no part of the name."""
    return frozenset(row["word"] for row in rows("titles") if row["kind"] == kind and row["also_name"] == "no")


@cache
def soft_titles() -> frozenset[str]:
    """Return titles that are names as well, so that they only weigh less."""
    return frozenset(row["word"] for row in rows("titles") if row["also_name"] == "yes")


@cache
def variants() -> dict[str, frozenset[int]]:
    """Return each name that has variants, with the numbers of the groups in which it stands."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows("name_variants")):
        for word in row["names"].split():
            found[word].add(number)
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def abbreviations() -> dict[str, frozenset[int]]:
    """Return each word that is or has an abbreviation, with the numbers of its groups."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows("abbreviations")):
        for word in row["word_forms"].split():
            found[word].add(number)
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def numerals() -> dict[str, int]:
    """Return each word for a number with its value."""
    return {word: int(row["number"]) for row in rows("numerals") for word in row["words"].split()}


@cache
def confusables() -> dict[int, str]:
    """Return letters of other scripts that look like a Latin one, ready for `str.translate`."""
    return {ord(row["letter"]): row["latin"] for row in rows("confusables")}


@cache
def letters(stage: str) -> dict[int, str]:
    """Return letters that are written otherwise `before` or `after` romanisation, ready for `str.translate`."""
    return {ord(row["letter"]): row["written"] for row in rows("letters") if row["stage"] == stage}


@cache
def skeleton_keys() -> tuple[tuple[str, str], ...]:
    """Return groups of letters with the key they are folded to, in the order of the table."""
    return tuple((row["letters"], row["key"]) for row in rows("skeleton"))


@cache
def relatives(person: bool) -> dict[str, tuple[str, ...]]:
    """Return each name with its variants, or each word of organizations with its abbreviations and translations."""
    groups = variants() if person else abbreviations()
    members: dict[int, list[str]] = defaultdict(list)
    for word, numbers in sorted(groups.items()):
        for number in numbers:
            members[number].append(word)
    return {word: tuple(sorted({w for n in numbers for w in members[n]} - {word})) for word, numbers in groups.items()}


@cache
def single_schemes() -> frozenset[str]:
    """Return the schemes that give a party one number for good, so that two numbers mean two parties."""
    return frozenset(row["scheme"] for row in rows("number_kinds") if row["one_per_party"] == "yes")


@cache
def thresholds() -> dict[str, tuple[float, float, float]]:
    """Return for each kind of entity the scores from which a match is strong, possible and weak."""
    read = [
        (row["kind"], float(row["strong"]), float(row["possible"]), float(row["weak"])) for row in rows("thresholds")
    ]
    return {kind: (strong, possible, weak) for kind, strong, possible, weak in read}
