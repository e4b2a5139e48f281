"""Codes of control lists as people write them: which entry of which list a code of a case names.

A code means nothing without its list: 3C001 is gallium on the Chinese list and a wafer on others. The lists, their
families and the form of their entries stand in `control_lists.csv`; words such as `EAR99` or `Annex VII`, with the
entry they stand for, in `control_list_words.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rdflib import RDF, URIRef

from ...errors import CaseError
from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import rows_of
from .fields import as_key, shown

_STEP = re.compile(r"\([^()]*\)|[A-Za-z]+|\d+")
_LOOSE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CodeList:
    """A control list as codes are read against it."""

    key: str
    family: str
    entry: re.Pattern[str] | None
    not_listed: frozenset[str]

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the list."""
        return mint("control-list", self.key)


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says: an entry with the entries it lies in, innermost first, or that a list does not name the item.

    Attributes:
        on: The list the code is about.
        chain: The code and the codes it lies in; empty when the list does not name the item.
        regular: Whether the code has a form that the table knows.
    """

    on: CodeList
    chain: tuple[str, ...]
    regular: bool = True


@cache
def code_lists() -> dict[str, CodeList]:
    """Return the control lists by their keys and by the other names the table gives them."""
    found: dict[str, CodeList] = {}
    for row in rows_of("control_lists"):
        words = frozenset(word.casefold() for word in row["not_listed_words"].split("; ") if word)
        pattern = re.compile(row["entry_pattern"]) if row["entry_pattern"] else None
        known = CodeList(row["key"], row["family"], pattern, words)
        for name in (row["key"], *filter(None, row["aliases"].split("; "))):
            found[name.casefold()] = known
    return found


@cache
def _words() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the list and the code that a word of a list stands for."""
    return {
        (row["list"], row["word"].casefold()): (row["entry_list"], row["entry_code"])
        for row in rows_of("control_list_words")
        if row["meaning"] == "entry"
    }


def as_code_list(value: object) -> CodeList:
    """Return a control list by its key, such as `EU`."""
    found = code_lists().get(as_key(value).casefold())
    if found is None:
        keys = ", ".join(sorted({known.key for known in code_lists().values()}))
        raise CaseError(f"{shown(value)} is no control list", help=f"write one of {keys}")
    return found


@lru_cache(maxsize=4096)
def read_code(on: CodeList, text: str) -> Code:
    """Return what a code of a list says.

    Args:
        on: The list under which a case states the code.
        text: The code as written: `3A090.a`, `3a090.a`, `3A001a2`, `EAR99`, `USML XI(c)`, `Annex VII`, `none`.
    """
    text = _LOOSE.sub(" ", text.strip().rstrip("."))
    folded = text.casefold()
    if folded in on.not_listed or folded.startswith("unlisted"):
        return Code(on, ())
    pieces = text.split(" ")
    for end in range(len(pieces), 0, -1):
        word = _words().get((on.key, " ".join(pieces[:end]).casefold()))
        if word is not None:
            return _worded(code_lists()[word[0].casefold()], word[1], " ".join(pieces[end:]))
    return _coded(on, text)


def _worded(on: CodeList, word: str, rest: str) -> Code:
    """Return the code that a word stands for, narrowed by what follows it: `USML XI(c)`, `Annex VII part B`."""
    if not rest:
        return Code(on, (word,))
    inner = _coded(on, rest)
    chain = inner.chain if inner.regular else (f"{word} {rest}",)
    return Code(on, (*chain, word))


def _coded(on: CodeList, text: str) -> Code:
    found = on.entry.match(text.upper()) if on.entry else None
    if found is None:
        return Code(on, (text,), regular=False)
    entry, paragraphs = found.group(), text[found.end() :]
    steps = _STEP.findall(paragraphs)
    if re.sub(r"[.\s]", "", paragraphs) != "".join(steps):
        return Code(on, (text, entry), regular=False)
    chain = [entry]
    for step in steps:
        chain.append(chain[-1] + (step if step.startswith("(") else f".{step.lower()}"))
    return Code(on, tuple(reversed(chain)))


def code_statements(code: Code) -> Iterator[Statement]:
    """Yield an entry or paragraph with its code, its list, and the entries it lies in."""
    inner: URIRef | None = None
    for text in code.chain:
        iri = mint(code.on.family, text)
        yield iri, RDF.type, CLEW.ControlListEntry
        yield iri, CLEW.codeText, text
        yield iri, CLEW.controlList, code.on.iri
        if inner is not None:
            yield inner, CLEW.partOfEntry, iri
        inner = iri
