"""YAML text as plain values, built from the events of the parser.

The events are taken in place of the parser's own objects, so that numbers keep their characters, nothing is constructed
that a tag asks for, and neither depth nor aliases can exhaust the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from ...errors import CaseError
from .plain import DEPTH, NODES, Number

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_NULL = {"", "~", "null", "Null", "NULL"}
_FLAG = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_PLAIN_TAGS = {None, "!", "tag:yaml.org,2002:str"}


def parse_yaml(text: str) -> object:
    """Return the content of one YAML document as plain values.

    Raises:
        CaseError: It is not well formed, too deep, names a key twice, carries a tag or expands without end.
    """
    builder = _Builder()
    line = 1
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else line
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "a character that YAML does not allow"
        where = f"line {mark.line + 1}" if mark else f"after line {line}"
        raise CaseError(f"the file is no YAML: {problem}", where=where, help="correct that line") from error
    except CaseError as error:
        raise CaseError(error.message, where=f"line {line}", help=error.help) from error
    return builder.root


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not finished yet."""

    value: dict[str, object] | list[object]
    anchor: str | None
    start: int
    key: str | None = None


class _Builder:
    """Values from the events of a YAML parser, without its constructors and without recursion."""

    def __init__(self) -> None:
        self.root: object = None
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        self._nodes = 0

    def take(self, event: Any) -> None:
        self._nodes += 1
        match event:
            case yaml.ScalarEvent():
                self._keep(event.anchor, value := _scalar(event), 1)
                self._place(value)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case yaml.AliasEvent():
                self._repeat(str(event.anchor))
            case yaml.DocumentStartEvent() if self.root is not None:
                raise CaseError("the file holds a second document", help="write one list under `cases`")
        if self._nodes > NODES:
            raise CaseError(f"with its aliases the file holds more than {NODES} values", help="split it")

    def _begin(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            raise CaseError(f"the tag `{event.tag}` has no place in a case file", help="leave the tag out")
        if len(self._open) >= DEPTH:
            raise CaseError(f"the values nest deeper than {DEPTH} levels", help="write the case flat")
        empty: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(empty, event.anchor, self._nodes))

    def _end(self) -> None:
        done = self._open.pop()
        self._keep(done.anchor, done.value, self._nodes - done.start)
        self._place(done.value)

    def _keep(self, anchor: str | None, value: object, weight: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = value, weight

    def _repeat(self, anchor: str) -> None:
        if anchor not in self._anchors:
            raise CaseError(f"the alias `*{anchor}` points at nothing finished", help="write the value out")
        value, weight = self._anchors[anchor]
        # Counted as if written out, so that a few nested aliases cannot stand for billions of values.
        self._nodes += weight
        self._place(value)

    def _place(self, value: object) -> None:
        if not self._open:
            self.root = value
            return
        inner = self._open[-1]
        if isinstance(inner.value, list):
            inner.value.append(value)
        elif inner.key is None:
            inner.key = _key(inner.value, value)
        else:
            inner.value[inner.key] = value
            inner.key = None


def _key(mapping: dict[str, object], value: object) -> str:
    if not isinstance(value, str):
        raise CaseError("a key is no text", help="put it in quotes")
    if value == "<<":
        raise CaseError("the merge key `<<` is not read", help="write the fields out")
    if value in mapping:
        raise CaseError(f"the key `{value}` stands twice in one mapping", help="keep one of them")
    return str(value)


def _scalar(event: Any) -> object:
    if event.tag not in _PLAIN_TAGS:
        raise CaseError(f"the tag `{event.tag}` has no place in a case file", help="leave the tag out")
    text: str = event.value
    if not event.implicit[0] or event.tag == "!":
        return text
    if text in _NULL:
        return None
    return Number(text) if _NUMBER.fullmatch(text) else _FLAG.get(text, text)
