"""Plain values: what YAML and JSON have in common, within limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ...errors import CaseError

NODES = 1_000_000
DEPTH = 50


class Number(str):
    """A number as the characters that a file writes, so that `0.3` stays three tenths."""

    __slots__ = ()


def check_plain(value: object) -> None:
    """Make sure that a value is made of mappings with text as keys, lists and scalars, within the limits.

    Raises:
        CaseError: It holds something else, is too large or too deep, or holds itself.
    """
    waiting: list[tuple[object, int]] = [(value, 0)]
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if depth > DEPTH:
            raise CaseError(f"the values nest deeper than {DEPTH} levels", help="write the case flat")
        if seen > NODES:
            raise CaseError(f"there are more than {NODES} values", help="split the file")
        if isinstance(node, Mapping):
            _check_keys(node)
            waiting.extend((child, depth + 1) for child in node.values())
        elif isinstance(node, list | tuple):
            waiting.extend((child, depth + 1) for child in node)
        elif node is not None and not isinstance(node, str | bool | int | float | Decimal | date):
            raise CaseError(f"a value of the kind `{type(node).__name__}` has no place in a case", help="write text")


def _check_keys(node: Mapping[Any, object]) -> None:
    for key in node:
        if not isinstance(key, str):
            raise CaseError(f"the key `{key}` is no text", help="put it in quotes")


def plain_text(value: object) -> str:
    """Return a value as one line of JSON, as it is shown in messages and kept in remarks."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str)
