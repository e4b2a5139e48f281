"""Codes of control lists: each qualified by its list, with the chain of entries it lies in.

`3C001` is gallium on the Chinese list and epitaxial material on the others, so a code never stands without its list.
The lists, their families and the form of their entries stand in `control_lists.csv` and `control_list_words.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, URIRef

from ...ontology import CLEW, mint
from ...statements import Statement
from ..places import rows_of
from ..source import RecordError

_PARAGRAPHS = r"(?:\.[A-Za-z0-9]+)*(?:\([a-z0-9]+\))*"


@dataclass(frozen=True, slots=True)
class ControlList:
    """A control list.

    Attributes:
        key: How the tables name it.
        family: The family of the IRIs of its entries.
        entry: The form of an entry without its paragraphs.
        words: Entries that have not that form, such as EAR99.
        names: How the table of aligned codes names it, where one column serves several lists.
        column: The column of the table of aligned codes that holds its codes.
        alignment: Whether such a code is a close match, or names something broader.
    """

    key: str
    family: str
    entry: re.Pattern[str] | None
    words: frozenset[str]
    names: tuple[str, ...]
    column: str
    alignment: str

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the list."""
        return mint("control-list", self.key)

    def holds(self, code: str) -> bool:
        """Tell whether a text has the form of one code of this list."""
        return code in self.words or bool(self.entry and re.fullmatch(self.entry.pattern + _PARAGRAPHS, code))

    def chain(self, code: str) -> tuple[str, ...]:
        """Return a code and the codes it lies in, up to its entry: 3A090.a.1, 3A090.a, 3A090."""
        found = self.entry.match(code) if self.entry else None
        above = (
            []
            if found is None
            else [match.start() for match in re.finditer(r"\.", code) if match.start() >= found.end()]
        )
        return code, *(code[:end] for end in reversed(above))


@cache
def list_of(table: str) -> str:
    """Return the key of the control list whose codes a table holds, as `tables.csv` states it."""
    return next(row["control_list"] for row in rows_of("tables") if row["table"] == table)


@cache
def control_lists() -> dict[str, ControlList]:
    """Return the control lists by their keys."""
    words: dict[str, set[str]] = {}
    for row in rows_of("control_list_words"):
        if row["entry_code"]:
            words.setdefault(row["entry_list"], set()).add(row["entry_code"])
    return {
        row["key"]: ControlList(
            row["key"],
            row["family"],
            re.compile(row["entry_pattern"]) if row["entry_pattern"] else None,
            frozenset(words.get(row["key"], ())),
            tuple(filter(None, row["aliases"].split("; "))),
            row["alignment_column"],
            row["alignment"],
        )
        for row in rows_of("control_lists")
    }


def control_list(key: str) -> ControlList:
    """Return a control list by its key.

    Raises:
        RecordError: There is no such list.
    """
    found = control_lists().get(key)
    if found is None:
        raise RecordError(f"`{key}` is no control list", help="add it to control_lists.csv")
    return found


def entry(list_key: str, code: str) -> URIRef:
    """Return the IRI of an entry or paragraph of a list.

    Raises:
        RecordError: The text has not the form of a code of that list.
    """
    found = control_list(list_key)
    if not found.holds(code):
        raise RecordError(
            f"`{code}` is no code of the list `{list_key}`", help="write it as the list does, such as 3A090.a"
        )
    return mint(found.family, code)


def entry_statements(list_key: str, code: str) -> Iterator[Statement]:
    """Yield an entry or paragraph with its code, its list and the chain of entries it lies in.

    Raises:
        RecordError: The text has not the form of a code of that list.
    """
    entry(list_key, code)
    found = control_list(list_key)
    inner: URIRef | None = None
    for text in found.chain(code):
        iri = mint(found.family, text)
        yield iri, RDF.type, CLEW.ControlListEntry
        yield iri, CLEW.codeText, text
        yield iri, CLEW.controlList, found.iri
        if inner is not None:
            yield inner, CLEW.partOfEntry, iri
        inner = iri
