"""The lines of a file as bytes, whether it is packed or not, with none lost when the file ends early."""

from __future__ import annotations

import gzip
import zlib
from collections import deque
from collections.abc import Iterator
from gzip import GzipFile
from io import BufferedReader
from pathlib import Path

from ..errors import LoadError

ROW_LIMIT = 1_048_576  # bytes; a line that is longer comes in pieces of about this size
_CHUNK = 65_536
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MARK = b"\xef\xbb\xbf"


class Lines:
    """Lines that are taken one by one and can be put back.

    Attributes:
        number: The number of the line taken last, from 1.
        cut_off: Whether a packed file ended early.
        tail: What followed the last whole line of a file that ended early.
    """

    def __init__(self, file: Path) -> None:
        """Read from a file, unpacked when its name ends in `.gz`."""
        self.number = 0
        self.cut_off = False
        self.tail = b""
        self._lines = self._read(file)
        self._waiting: deque[bytes] = deque()

    def take(self) -> bytes:
        """Return the next line with its end, or nothing at the end of the file.

        Raises:
            LoadError: The file cannot be read, is damaged, or is written in UTF-16.
        """
        line = self._waiting.popleft() if self._waiting else next(self._lines, b"")
        self.number += bool(line)
        return line

    def put_back(self, lines: list[bytes]) -> None:
        """Give lines back, to be taken again."""
        self.number -= len(lines)
        self._waiting.extendleft(reversed(lines))

    def _read(self, file: Path) -> Iterator[bytes]:
        with _open(file) as stream:
            rest = _start(file, self._chunk(file, stream))
            while chunk := self._chunk(file, stream):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    yield line + b"\n"
                if len(rest) >= ROW_LIMIT:
                    yield rest
                    rest = b""
        if self.cut_off:
            self.tail = rest
            return
        *lines, rest = rest.split(b"\n")
        for line in lines:
            yield line + b"\n"
        if rest:
            yield rest

    def _chunk(self, file: Path, stream: GzipFile | BufferedReader) -> bytes:
        try:
            # Less than asked for, but all there is before the place where a packed file ends early.
            return stream.read1(_CHUNK)
        except EOFError:
            self.cut_off = True
            return b""
        except (OSError, zlib.error) as error:
            raise LoadError(f"cannot be read: {error}", where=str(file), help="download the file again") from error


def _open(file: Path) -> GzipFile | BufferedReader:
    try:
        return gzip.open(file) if file.suffix == ".gz" else open(file, "rb")
    except OSError as error:
        raise LoadError(f"cannot be read: {error.strerror}", where=str(file), help="check the path") from error


def _start(file: Path, chunk: bytes) -> bytes:
    if chunk.startswith(_WIDE):
        raise LoadError("the file is written in UTF-16", where=str(file), help="save it as UTF-8")
    return chunk.removeprefix(_MARK)
