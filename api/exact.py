"""JSON as it was meant: names twice, numbers that are none and endless nesting are refused, never guessed at."""

from __future__ import annotations

import json
from typing import Any

from .limits import DEPTH, depth


def read_json(text: str | bytes, **kwargs: Any) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: It is no JSON, names a key twice, holds NaN or an infinity, or nests too deep.
    """
    nested = depth(text.encode("utf8", "surrogatepass") if isinstance(text, str) else text)
    if nested > DEPTH:
        raise ValueError(f"it nests too deep: {nested} levels, at most {DEPTH}")
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, **kwargs)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
        raise ValueError(f"the name `{twice}` stands twice in one object")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"`{text}` is no number of JSON")
