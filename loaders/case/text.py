"""YAML and JSON as plain values, with nothing rounded and nothing guessed.

The usual loaders turn `0.3` into a binary fraction, `NO` into false and a day into an object, and they silently take
the last of two equal keys. Here numbers keep their characters, `NO` stays Norway, and a file that could mean two things
is refused. Nothing in a file is ever run, and its size, depth and repetition have limits.
"""

from __future__ import annotations

import json

from ...errors import CaseError
from .plain import DEPTH, Number, check_plain
from .yamltext import parse_yaml

BYTES = 16 * 1024 * 1024


def parse(data: bytes, *, is_json: bool = False) -> object:
    """Return the content of a YAML or JSON file as mappings, lists, text, numbers as text, flags and nothing.

    Args:
        data: The bytes of the file, in UTF-8.
        is_json: Whether the file is JSON; YAML else.

    Raises:
        CaseError: The file is too large, too deep, not well formed, names a key twice or expands without end.
    """
    if len(data) > BYTES:
        raise CaseError(f"the file is larger than {BYTES // 1024**2} MB", help="split it into several files")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError(f"byte {error.start + 1} of the file is not UTF-8", help="save the file as UTF-8") from error
    value = _json(text) if is_json else parse_yaml(text)
    check_plain(value)
    return value


def _json(text: str) -> object:
    try:
        return json.loads(
            text, parse_int=Number, parse_float=Number, parse_constant=_no_number, object_pairs_hook=_unique
        )
    except RecursionError as error:
        raise CaseError(f"the values nest deeper than {DEPTH} levels", help="write the case flat") from error
    except json.JSONDecodeError as error:
        raise CaseError(
            f"the file is no JSON: {error.msg.lower()}", where=f"line {error.lineno}", help="correct that line"
        ) from error


def _no_number(word: str) -> object:
    raise CaseError(f"`{word}` is no number", help="write null where a number is not known")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CaseError(f"the key `{twice}` stands twice in one mapping", help="keep one of them")
    return made
