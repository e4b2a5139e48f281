"""One mapping of a case, whose fields are read by name until none is left.

Two ways of reading stand side by side. Most parts lose only the field that is not well formed. A part that is one
statement (a listing, a holding, a joint arrangement) is set aside whole, because half of it would say something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from rdflib import URIRef

from ...errors import CaseError, InputError
from ...ontology import CLEW
from ...statements import Statement, Value
from .draft import Draft
from .fields import Days, as_days, as_list, as_mapping, shown
from .plain import plain_text

T = TypeVar("T")
Fields = Callable[[object], Mapping[str, object]]

_NOTES = {"note", "comment"}


class Part:
    """One mapping of a case, whose fields are read by name."""

    __slots__ = ("_seen", "draft", "fields", "pointer", "whole")

    def __init__(self, draft: Draft, pointer: str, fields: Mapping[str, object], *, whole: bool = False) -> None:
        """Read a mapping that stands at a pointer.

        Args:
            draft: The case it belongs to.
            pointer: The JSON pointer to it.
            fields: Its content.
            whole: Whether one bad field spoils all of it.
        """
        self.draft = draft
        self.pointer = pointer
        self.fields = fields
        self.whole = whole
        self._seen: set[str] = set()

    def take(self, key: str) -> object:
        """Return a field as given; empty text means nothing."""
        self._seen.add(key)
        value = self.fields.get(key)
        return None if value == "" else value

    def get(self, key: str, read: Callable[[object], T]) -> T | None:
        """Return a field as a value, or nothing when it is absent or not well formed.

        Raises:
            CaseError: It is not well formed, and this part stands or falls whole.
        """
        value = self.take(key)
        return None if value is None else self.read(f"{self.pointer}/{_escaped(key)}", value, read)

    def need(self, key: str, read: Callable[[object], T]) -> T:
        """Return a field that a whole part cannot do without.

        Raises:
            CaseError: It is absent or not well formed.
        """
        value = self.get(key, read)
        if value is None:
            raise CaseError(f"`{key}` is missing", where=f"{self.pointer}/{_escaped(key)}", help=f"state `{key}`")
        return value

    def all(self, key: str, read: Callable[[object], T]) -> list[T]:
        """Return the members of a list field that are well formed; one value alone is a list of one."""
        value = self.take(key)
        if value is None:
            return []
        pointer = f"{self.pointer}/{_escaped(key)}"
        members = self.read(pointer, value, as_list) or []
        found = [self.read(f"{pointer}/{number}", member, read) for number, member in enumerate(members)]
        return [one for one in found if one is not None]

    def read(self, pointer: str, value: object, read: Callable[[object], T]) -> T | None:
        """Return a value that stands at a pointer, or nothing when it is not well formed.

        Raises:
            CaseError: It is not well formed, and this part stands or falls whole.
        """
        try:
            return read(value)
        except InputError as error:
            if self.whole:
                raise CaseError(error.message, where=error.where or pointer, help=error.help) from error
            self.draft.refuse(error.where or pointer, value, error)
            return None

    def part(self, key: str, read: Fields = as_mapping) -> Part | None:
        """Return a field that is a mapping itself."""
        fields = self.get(key, read)
        return None if fields is None else Part(self.draft, f"{self.pointer}/{_escaped(key)}", fields)

    def parts(self, key: str, read: Fields = as_mapping, *, whole: bool = False) -> list[tuple[int, Part]]:
        """Return the mappings of a list field, each with its number from 1; what is no mapping is set aside."""
        value = self.take(key)
        pointer = f"{self.pointer}/{_escaped(key)}"
        members = [] if value is None else self.read(pointer, value, as_list) or []
        found = []
        for number, member in enumerate(members, 1):
            fields = self.read(f"{pointer}/{number - 1}", member, read)
            if fields is not None:
                found.append((number, Part(self.draft, f"{pointer}/{number - 1}", fields, whole=whole)))
        return found

    def _span(self) -> tuple[Days | None, Days | None]:
        """Return the days of `from` and `to`, each as the earliest and the latest day it may be."""
        start, end = self.get("from", as_days), self.get("to", as_days)
        if start and end and start[0] >= end[1]:
            self.read(f"{self.pointer}/to", self.fields["to"], _never)
            return None, None
        return start, end

    def window(self, node: URIRef) -> Iterator[Statement]:
        """Yield since when and until when a node holds."""
        start, end = self._span()
        if start:
            yield node, CLEW.validFrom, start[0]
            if start[1] > start[0]:
                yield node, CLEW.validFromLatest, start[1]
        if end:
            yield node, CLEW.validUntil, end[1]
            if end[1] > end[0]:
                yield node, CLEW.validUntilEarliest, end[0]

    def keep(self, made: Iterable[Statement]) -> None:
        """Put the statements of this part, which stands or falls whole, into the draft, or set the part aside."""
        try:
            self.draft.facts.extend(list(made))
        except CaseError as error:
            self.draft.refuse(error.where or self.pointer, self.fields, error)

    def say(self, node: URIRef, key: str, term: URIRef, read: Callable[[object], Value]) -> Iterator[Statement]:
        """Yield a field as the value of a term, when it is there and well formed."""
        value = self.get(key, read)
        if value is not None:
            yield node, term, value

    def remark(self, node: URIRef, *keys: str) -> Iterator[Statement]:
        """Yield fields that the schema has and no term of the ontology holds, as remarks."""
        for key in keys:
            value = self.take(key)
            if value is not None:
                yield node, CLEW.remark, f"{key}: {plain_text(value)}"

    def rest(self, node: URIRef) -> Iterator[Statement]:
        """Yield what is left of the part as remarks, so that nothing is lost, and keep note of it."""
        for key, value in self.fields.items():
            if key in self._seen or value is None:
                continue
            yield node, CLEW.remark, f"{key}: {plain_text(value)}"
            if key not in _NOTES:
                self.draft.leave(f"{self.pointer}/{_escaped(key)}", value)


def _never(value: object) -> object:
    raise CaseError(f"`to` is {shown(value)}, which is not after `from`", help="give the first day it no longer holds")


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
