"""XML files cut into records that keep their bytes, in constant memory.

Records are the elements inside the containers of a publication. Each comes with its number, its bytes as published and
its tree. A stretch that is no XML, or no record, is yielded as quarantined with its bytes, and reading goes on at the
next record: one broken record never takes others with it.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Collection, Iterator
from gzip import GzipFile
from io import BufferedReader
from pathlib import Path
from xml.parsers import expat

from ..errors import LoadError
from .lines import ROW_LIMIT
from .source import Quarantined, Record
from .xmlrun import Broken, Run, Shape, Window

_CHUNK = 65_536
_LONGEST_TAG = 256  # bytes that are kept in sight, so that the beginning of a tag is not cut in two
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_HELP = "download the file again, or correct the record"


def xml_records(
    file: Path, *, containers: tuple[str, ...], records: Collection[str]
) -> Iterator[Record | Quarantined]:
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
    def __init__(self, file: Path, shape: Shape) -> None:
        self._file, self._shape = file, shape
        self._window = Window()
        self._run = Run(shape, self._window, 0, [], None)
        self._row = 0
        names = "|".join(map(re.escape, {*shape.containers, *shape.records}))
        self._tag = re.compile(rf"<(/?)(?:[\w.-]+:)?({names})(?=[\s/>])".encode())

    def cut(self) -> Iterator[Record | Quarantined]:
        with _opened(self._file) as stream:
            ended = False
            while not ended:
                chunk = self._next(stream)
                ended = not chunk
                self._window.add(chunk)
                yield from self._read(chunk, stream, last=ended)
                self._window.forget(min(self._run.settled, self._run.begun) if self._run.begun >= 0 else self._kept())

    def _kept(self) -> int:
        """Return the first place that may still be wanted while no record is being read."""
        return min(self._run.settled, self._run.place)

    def _read(self, chunk: bytes, stream: GzipFile | BufferedReader, *, last: bool) -> Iterator[Record | Quarantined]:
        while True:
            wrong = self._parsed(chunk, last=last)
            yield from self._finished()
            if not wrong:
                return
            first = self._run.begun if self._run.begun >= 0 else self._run.settled
            place = yield from self._skipped(first, wrong, stream)
            if place < 0:
                return
            opened = self._run.open or [self._shape.containers[0]]
            self._run = Run(self._shape, self._window, place, opened, self._run.encoding)
            chunk = self._window.cut(place, self._window.end)

    def _parsed(self, chunk: bytes, *, last: bool) -> str:
        """Read bytes and return what is wrong with them, or nothing."""
        try:
            self._run.feed(chunk, last=last)
            return ""
        except Broken as error:
            return str(error)
        except expat.ExpatError as error:
            if not self._run.open and self._run.settled == 0:
                reason = expat.ErrorString(error.code)
                raise LoadError(f"is no XML: {reason}", where=str(self._file), help="download it again") from error
            return f"the record is no XML: {expat.ErrorString(error.code)}"
        except LoadError as error:
            raise LoadError(error.message, where=str(self._file), help=error.help) from error

    def _finished(self) -> Iterator[Record]:
        while self._run.ready:
            first, after, node = self._run.ready.popleft()
            self._row += 1
            yield Record(self._file.name, self._row, self._window.cut(first, after), node)
