"""XML files cut into records that keep their bytes, in constant memory.

Records are the elements inside the containers of a publication. Each comes with its number, its bytes as published and
its tree. A stretch that is no XML, or no record, is yielded as quarantined with its bytes, and reading goes on at the
next record: one broken record never takes others with it.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Collection, Generator, Iterator
from gzip import GzipFile
from io import BufferedReader
from pathlib import Path

from ..errors import LoadError
from .lines import ROW_LIMIT
from .source import Quarantined, Record
from .xmlrun import Broken, Run, Shape, Window

_CHUNK = 65_536
_STEP = 4_096  # what is read again after a break is at most this much
_LONGEST_TAG = 256  # bytes that are kept in sight, so that the beginning of a tag is not cut in two
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_HELP = "download the file again, or correct the record"


def xml_records(file: Path, *, containers: tuple[str, ...], records: Collection[str]) -> Iterator[Record | Quarantined]:
    """Cut an XML file into records whose fields are a `Node`, numbered from 1.

    Args:
        file: The file, packed when its name ends in `.gz`.
        containers: The elements that hold records, the outermost first; everything in them is a record.
        records: The names that records have; where reading broke off, it goes on at the next of these.

    Raises:
        LoadError: The file cannot be read, is no such publication, declares a document type, or is in UTF-16.
    """
    yield from _Cutter(file, Shape(containers, records)).cut()


class _Cutter:
    """The work on one file."""

    def __init__(self, file: Path, shape: Shape) -> None:
        self._file, self._shape = file, shape
        self._window = Window()
        self._run = Run(shape, self._window, 0, [], None)
        self._fed = 0
        self._row = 0
        names = "|".join(map(re.escape, {*shape.containers, *shape.records}))
        self._tag = re.compile(rf"<(/?)(?:[\w.-]+:)?({names})(?=[\s/>])".encode())

    def cut(self) -> Iterator[Record | Quarantined]:
        with _opened(self._file) as stream:
            going = True
            while going:
                going, wrong = self._step(stream)
                yield from self._finished()
                if wrong is not None:
                    going = yield from self._skip(wrong, stream)
                self._window.forget(self._run.first)

    def _step(self, stream: GzipFile | BufferedReader) -> tuple[bool, Broken | None]:
        """Read a little further and return whether there was more, and what was wrong."""
        more = self._fed < self._window.end or self._more(stream)
        piece = self._window.cut(self._fed, min(self._fed + _STEP, self._window.end))
        self._fed += len(piece)
        try:
            self._run.feed(piece, last=not more)
        except Broken as broken:
            return more, broken
        except LoadError as error:
            raise LoadError(error.message, where=str(self._file), help=error.help) from error
        return more, None

    def _finished(self) -> Iterator[Record]:
        while self._run.ready:
            first, after, node = self._run.ready.popleft()
            self._row += 1
            yield Record(self._file.name, self._row, self._window.cut(first, after), node)

    def _skip(self, wrong: Broken, stream: GzipFile | BufferedReader) -> Generator[Quarantined, None, bool]:
        """Quarantine everything up to the next record and go on there; return whether there is one."""
        first, place, opened = self._run.first, max(wrong.resume, self._run.begun + 1), list(self._run.open)
        while True:
            match = self._window.find(self._tag, place)
            if match is not None:
                place = self._window.start + match.start()
                if self._is_record(match, opened):
                    yield self._quarantined(first, place, wrong.reason)
                    self._fed = place
                    opened = opened or [self._shape.containers[0]]
                    self._run = Run(self._shape, self._window, place, opened, self._run.encoding)
                    return True
                place += 1
                continue
            place = max(place, self._window.end - _LONGEST_TAG)
            if self._window.end - first > ROW_LIMIT:
                yield self._quarantined(first, place, wrong.reason)
                self._window.forget(place)
                first = place
            if not self._more(stream):
                yield self._quarantined(first, self._window.end, wrong.reason)
                return False

    def _is_record(self, tag: re.Match[bytes], opened: list[str]) -> bool:
        """Tell whether a record begins at a tag, and keep count of the containers that open and close."""
        name = tag[2].decode()
        if name in self._shape.records:
            return not tag[1]
        if not tag[1]:
            opened.append(name)
        elif name in opened:
            del opened[opened.index(name) :]
        return False

    def _quarantined(self, first: int, after: int, reason: str) -> Quarantined:
        self._row += 1
        return Quarantined(self._file.name, self._row, self._window.cut(first, after), reason, _HELP)

    def _more(self, stream: GzipFile | BufferedReader) -> bool:
        """Take up the next bytes of the file and return whether there were any."""
        try:
            # Less than asked for, but all there is before the place where a packed file ends early.
            chunk = stream.read1(_CHUNK)
        except EOFError:
            return False
        except (OSError, zlib.error) as error:
            raise LoadError(
                f"cannot be read: {error}", where=str(self._file), help="download the file again"
            ) from error
        if self._window.end == 0 and chunk.startswith(_WIDE):
            raise LoadError("the file is written in UTF-16", where=str(self._file), help="save it as UTF-8")
        self._window.add(chunk)
        return bool(chunk)


def _opened(file: Path) -> GzipFile | BufferedReader:
    try:
        return gzip.open(file) if file.suffix == ".gz" else open(file, "rb")
    except OSError as error:
        raise LoadError(f"cannot be read: {error.strerror}", where=str(file), help="check the path") from error
