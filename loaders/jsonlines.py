"""Files with one JSON object a line, cut into records that keep their bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from .lines import ROW_LIMIT, Lines
from .source import Quarantined, Record
from .tree import Node, from_json

_HELP = "download the file again, or correct the line"


def json_lines(file: Path, tag: str, names: Mapping[str, str] | None = None) -> Iterator[Record | Quarantined]:
    """Cut a file into records whose fields are a `Node`, numbered by their lines from 1; empty lines are no records.

    Args:
        file: The file, packed when its name ends in `.gz`.
        tag: The name each record gets.
        names: Other names for members, wherever they stand.

    Raises:
        LoadError: The file cannot be read, or is written in UTF-16.
    """
    lines = Lines(file)
    while raw := lines.take():
        if raw.strip():
            yield _cut(file.name, lines.number, raw.rstrip(b"\r\n"), tag, names or {})
    if lines.cut_off:
        reason = "the packed file ends inside this line"
        yield Quarantined(file.name, lines.number + 1, lines.tail, reason, "download the file again")


def _cut(file: str, row: int, raw: bytes, tag: str, names: Mapping[str, str]) -> Record | Quarantined:
    reason = ""
    node = Node(tag)
    try:
        value = json.loads(raw, object_pairs_hook=lambda pairs: {names.get(key, key): member for key, member in pairs})
        if not isinstance(value, dict):
            reason = "the line is no JSON object"
        node = from_json(tag, value)
    except (ValueError, RecursionError) as error:
        reason = f"the line is no JSON: {str(error).lower()}"
    if len(raw) >= ROW_LIMIT:
        reason = "the line is longer than 1 MB"
    return Quarantined(file, row, raw, reason, _HELP) if reason else Record(file, row, raw, node)
