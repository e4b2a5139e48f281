"""One run of the XML parser over a stretch of a file.

The parser is expat without name spaces. A document type declaration ends the run at once, so there are no entities but
the five of XML itself and nothing outside the file is ever fetched; depth and size of a record are bounded.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from xml.parsers import expat

from ..errors import LoadError
from .lines import ROW_LIMIT
from .tree import Node

DEPTH_LIMIT = 64  # elements inside each other; the deepest list of a publisher has eight
_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_CUT_OFF = (expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],)
_ENCODINGS = ("utf-8", "ascii", "iso8859-1", "cp1252")


class Broken(Exception):
    """A stretch of a file is no record; reading may go on at a place."""

    def __init__(self, reason: str, resume: int) -> None:
        """Keep what is wrong, and the place from which the next record may begin."""
        super().__init__(reason)
        self.reason = reason
        self.resume = resume


@dataclass(frozen=True, slots=True)
class Shape:
    """How the records of a publication stand in its file: inside which elements, and what they are called."""

    containers: tuple[str, ...]
    records: Collection[str]


class Window:
    """A stretch of a file's bytes, each addressed by its place in the file."""

    def __init__(self) -> None:
        """Begin empty, at the beginning of the file."""
        self.start = 0
        self._held = bytearray()

    @property
    def end(self) -> int:
        """Return the place after the last byte held."""
        return self.start + len(self._held)

    def add(self, chunk: bytes) -> None:
        """Take up the next bytes of the file."""
        self._held += chunk

    def cut(self, first: int, after: int) -> bytes:
        """Return the bytes from one place to another."""
        return bytes(self._held[first - self.start : after - self.start])

    def forget(self, before: int) -> None:
        """Let go of the bytes before a place."""
        del self._held[: max(0, before - self.start)]
        self.start = max(self.start, before)

    def find(self, pattern: re.Pattern[bytes], place: int) -> re.Match[bytes] | None:
        """Return the first match of a pattern at or after a place; its positions count from `start`."""
        return pattern.search(self._held, max(0, place - self.start))


class Run:
    """The parser between two breaks of a file.

    Attributes:
        open: The containers that are open now.
        settled: The place after the last record or container tag.
        begun: The place where the record being read begins, or -1.
        ready: Records read whole, each with its first and last place.
    """

    def __init__(self, shape: Shape, window: Window, place: int, opened: list[str], encoding: str | None) -> None:
        """Begin at a place of the file, inside the containers that are open there."""
        self.open: list[str] = []
        self.settled = place
        self.begun = -1
        self.ready: deque[tuple[int, int, Node]] = deque()
        self.encoding = encoding
        self._closed = -1
        self._shape, self._window, self._path = shape, window, list[Node]()
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        tags = b"".join(b"<%s>" % name.encode() for name in opened)
        self._base = place - len(tags)
        self._parser.Parse(tags, False)
        self.open = list(opened)
        self._parser.StartElementHandler = self._start

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Read on.

        Raises:
            Broken: What was read is no XML, no record, or too large.
            LoadError: The file as a whole is not to be read.
        """
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            if not self.open and self.settled == 0:
                raise LoadError(f"is no XML: {reason}", help="download the file again") from error
            # What is wrong may be the beginning of the next record, behind an end that is missing.
            step = 1 if error.code in _CUT_OFF or self._place == self.first else 0
            raise Broken(f"the record is no XML: {reason}", self._place + step) from error
        if self._window.end - self.first > ROW_LIMIT:
            raise Broken("the record is larger than 1 MB", self._place + 1)

    @property
    def first(self) -> int:
        """Return the first place that is not settled: the beginning of the record being read, if there is one."""
        return self.begun if self.begun >= 0 else self.settled

    @property
    def _place(self) -> int:
        """Return the place of the tag or words that the parser looks at."""
        return self._base + max(0, self._parser.CurrentByteIndex)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is None:
            return
        try:
            known = codecs.lookup(encoding).name in _ENCODINGS
        except LookupError:
            known = False
        if not known:
            raise LoadError(f"the file is written in `{encoding}`", help="save it as UTF-8")
        self.encoding = encoding

    def _doctype(self, *_: object) -> None:
        raise LoadError("the file declares a document type", help="remove it; no publisher of a list uses one")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if self._path:
            self._inside(tag, attributes)
        elif tag in self._shape.containers:
            self._opened(tag)
        else:
            self._begin(tag, attributes)

    def _opened(self, tag: str) -> None:
        self._check_root(tag)
        self.open.append(tag)
        self.settled = self._read_tag()

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._check_root(tag)
        self.begun = self._place
        self._read_tag()
        self._path.append(_node(tag, attributes))

    def _check_root(self, tag: str) -> None:
        root = self._shape.containers[0]
        if not self.open and tag != root:
            raise LoadError(f"the file begins with `{tag}`", help=f"`{root}` is due there")

    def _inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._shape.records:
            raise Broken("the record is not closed before the next one begins", self._place)
        if len(self._path) == DEPTH_LIMIT:
            raise Broken(f"the record has more than {DEPTH_LIMIT} elements inside each other", self._place + 1)
        node = _node(tag, attributes)
        self._path[-1].children.append(node)
        self._path.append(node)

    def _end(self, _name: str) -> None:
        if not self._path:
            self.open.pop()
            self.settled = self._end_of_element()
            return
        node = self._path.pop()
        if not self._path:
            self.settled = self._end_of_element()
            self.ready.append((self.begun, self.settled, node))
            self.begun = -1

    def _words(self, words: str) -> None:
        if self._path:
            self._path[-1].text += words
        elif words.strip():
            raise Broken("there are words where a record is due", self._place)

    def _read_tag(self) -> int:
        """Return the place after the tag that the parser looks at, and note it where the tag closes itself."""
        match = self._window.find(_TAG, self._place)
        after = self._window.start + match.end() if match else self._window.end
        self._closed = after if match and match.group().endswith(b"/>") else -1
        return after

    def _end_of_element(self) -> int:
        # At the end of an element that closes itself the parser has passed its tag already.
        after = self._closed if self._closed >= 0 else self._read_tag()
        self._closed = -1
        return after


def _node(tag: str, attributes: dict[str, str]) -> Node:
    made = Node(tag)
    for name, words in attributes.items():
        if not name.startswith(("xmlns", "xsi:")):
            made.attributes[name.rpartition(":")[2]] = words
    return made
