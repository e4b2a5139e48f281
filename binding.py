"""Writing values into a query.

Values are written into the text as terms, because the engine plans a written term better than `VALUES` in front, and
because its own substitutions reach projected variables only. Strings, comments and IRIs of the query stay untouched.
"""

import re
from collections.abc import Mapping

from .statements import Value, term

_LITERAL = r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
_SKIP = rf"{_LITERAL}|<[^<>\"{{}}|^`\\\s]*>|#[^\n]*"


def bind(query: str, values: Mapping[str, Value]) -> str:
    """Return the query with each named variable replaced by its value.

    A bound variable that the query projects is projected as that value, so the shape of the answer stays the same.

    Args:
        query: SPARQL text; variables may be written `?name` or `$name`.
        values: What each variable stands for.
    """
    if not values:
        return query
    names = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
    pattern = re.compile(rf"{_SKIP}|[?$](?P<name>{names})\b")
    start = body_start(query)

    def written(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return match.group()
        value = term(values[name])
        return f"({value} AS ?{name})" if match.start() < start else value

    return pattern.sub(written, query)


def body_start(query: str) -> int:
    """Return where the first group of a query begins: the position of its first brace outside strings and comments."""
    for match in re.finditer(rf"{_SKIP}|(?P<brace>\{{)", query):
        if match["brace"]:
            return match.start()
    return len(query)
