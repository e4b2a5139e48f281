"""A long list inside a JSON file, cut into elements that keep their bytes.

The file is one object; one of its members is the list. Elements that are broken are yielded as quarantined and reading
goes on at the next one, so a file that was cut off loses its last element only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..errors import LoadError
from .source import Quarantined, Record, read_bytes

_BLANK = re.compile(r"[ \t\r\n]*")
_AFTER = re.compile(r"[ \t\r\n]*(,|\])[ \t\r\n]*")
_FIRST = re.compile(r'\{[ \t\r\n]*"(\w*)"')
_NEXT = r"\}[ \t\r\n]*,[ \t\r\n]*(?=\{%s)"
_DECODER = json.JSONDecoder()
_HELP = "download the file again"


class JsonList:
    """A JSON object with one long list among its members.

    Attributes:
        head: The members before the list.
    """

    def __init__(self, file: Path, member: str) -> None:
        """Read a file, unpacked when its name ends in `.gz`, up to the list.

        Raises:
            LoadError: The file is no JSON object with that list.
        """
        self.head: dict[str, Any] = {}
        self._file = file
        # Bytes that are no UTF-8 become lone surrogates, which spoil their own element and no other.
        self._text = read_bytes(file).decode("utf-8-sig", "surrogateescape")
        self._start = self._read_head(member)
        # An element begins with the same member as the first one does; objects inside it begin with others.
        first = _FIRST.match(self._text, self._start)
        self._next = re.compile(_NEXT % (rf'\s*"{first[1]}"' if first else ""))

    def records(self, checked: Callable[[Any], str]) -> Iterator[Record | Quarantined]:
        """Yield the elements, numbered from 1.

        Args:
            checked: Says what is wrong with a value that is JSON, or nothing.
        """
        place, row = self._start, 0
        while self._text[place : place + 1] != "]":
            row += 1
            value, end, wrong = self._element(place, checked)
            raw = self._text[place:end].encode("utf8", "surrogateescape")
            if not wrong:
                yield Record(self._file.name, row, raw, value)
            else:
                yield Quarantined(self._file.name, row, raw, wrong, _HELP)
                if end == len(self._text):
                    return
            place = self._after(end)

    def _element(self, place: int, checked: Callable[[Any], str]) -> tuple[Any, int, str]:
        """Return one element, where it ends, and what is wrong with it."""
        if place == len(self._text):
            return None, place, "the file ends before the list does"
        value, end, wrong = self._decoded(place)
        if not wrong and not _AFTER.match(self._text, end) and self._text[end:].strip():
            wrong = "the record is not closed"
        if not wrong:
            return value, end, _not_utf8(self._text[place:end]) or checked(value)
        following = self._next.search(self._text, place)
        if following:
            return None, following.start() + 1, wrong
        return None, len(self._text), f"{wrong}; nothing after it can be read"

    def _decoded(self, place: int) -> tuple[Any, int, str]:
        try:
            value, end = _DECODER.raw_decode(self._text, place)
            return value, end, ""
        except (ValueError, RecursionError) as error:
            return None, place, f"the record is no JSON: {str(error).lower()}"

    def _after(self, end: int) -> int:
        match = _AFTER.match(self._text, end)
        if match is None:
            return len(self._text)
        return match.end() if match[1] == "," else match.start(1)

    def _read_head(self, member: str) -> int:
        place = self._skip(0, "{")
        while True:
            name, place = self._head_value(place)
            place = self._skip(place, ":")
            if name == member:
                return self._skip(place, "[")
            self.head[str(name)], place = self._head_value(place)
            if self._text[place : place + 1] != ",":
                raise LoadError(f"there is no list `{member}`", where=str(self._file), help="give the publisher's file")
            place = self._skip(place, ",")

    def _head_value(self, place: int) -> tuple[Any, int]:
        value, end, wrong = self._decoded(place)
        if wrong:
            raise LoadError(f"the head of the file cannot be read: {wrong}", where=str(self._file), help=_HELP)
        return value, _blank_end(self._text, end)

    def _skip(self, place: int, sign: str) -> int:
        place = _blank_end(self._text, place)
        if self._text[place : place + 1] != sign:
            raise LoadError(f"the file is no JSON: `{sign}` is due", where=str(self._file), help=_HELP)
        return _blank_end(self._text, place + 1)


def _blank_end(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    return match.end() if match else place


def _not_utf8(text: str) -> str:
    return "" if text.isascii() or not re.search("[\udc80-\udcff]", text) else "the record is not UTF-8"
