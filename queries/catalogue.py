"""The catalogue of questions: what each query asks, which values it takes, and which competency question it answers.

The comment at the head of a query is its documentation, and is read from there:

    # Owners at any depth
    #
    # Question: who stands behind a company, and through whom?
    # Parameters: ?company (entity), ?asOf (date)
    # Competency: CQ-03

A line that names no key goes on with the line above it. `Parameters` may be absent or `none`; `Competency` and `For`
(the people who ask) may be absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..errors import InputError, NotFoundError, QueryError
from ..ontology import uncurie
from ..statements import Value

_KEYS = ("Question", "Parameters", "Competency", "For")
_FIELD = re.compile(rf"({'|'.join(_KEYS)}):\s*(.*)")
_PARAMETER = re.compile(r"\?(\w+) \(([a-z][a-z -]*)\)")
_EXAMPLE = "see the header of queries/competency/CQ-03-owners.rq"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that whoever asks may give a value: its name, and the kind of thing it stands for."""

    name: str
    kind: str

    def value(self, text: str) -> Value:
        """Return what a user wrote as a value of this kind; kinds without a form of their own are things with an IRI.

        Raises:
            QueryError: The text is no value of this kind.
        """
        try:
            match self.kind:
                case "date":
                    return date.fromisoformat(text)
                case "integer":
                    return int(text)
                case "decimal":
                    return Decimal(text)
                case "text":
                    return text
            return uncurie(text)
        except (ValueError, InvalidOperation, InputError) as error:
            help = "write it as 2024-11-15" if self.kind == "date" else getattr(error, "help", "")
            raise QueryError(f"`{text}` is no {self.kind} for `?{self.name}`", help=help) from error


@dataclass(frozen=True, slots=True)
class Query:
    """A named question.

    Attributes:
        name: Where it stands below `queries/`, such as `ownership/holders`.
        title: What it is called.
        question: The question as a sentence.
        parameters: The variables that may be given values, in order.
        competency: The competency question it answers, such as CQ-03, or nothing.
        text: The SPARQL text, header included.
        asked_by: The people who ask, or nothing.
    """

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    competency: str
    text: str
    asked_by: str = ""


def query(name: str) -> Query:
    """Return the query of that name.

    Raises:
        NotFoundError: There is no such query.
    """
    found = _by_name().get(name)
    if found is None:
        near = get_close_matches(name, _by_name(), 1, 0)
        raise NotFoundError(f"there is no query `{name}`", help=f"the nearest name is `{near[0]}`")
    return found


def catalogue() -> tuple[Query, ...]:
    """Return every query, in order of name.

    Raises:
        QueryError: The header of a query is not well formed.
    """
    return tuple(_by_name().values())


@cache
def _by_name() -> dict[str, Query]:
    folder = files(__package__ or __name__)
    found = [parse(name, file.read_text(encoding="utf8")) for name, file in _files(folder, "")]
    return {query.name: query for query in sorted(found, key=lambda query: query.name)}


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """Yield the queries below a folder with their names."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".rq"):
            yield path + entry.name.removesuffix(".rq"), entry


def parse(name: str, text: str) -> Query:
    """Return the query that a text with its header holds.

    Raises:
        QueryError: The header has no title or question, or names a parameter that the query does not use.
    """
    where = f"queries/{name}.rq"
    title, fields = _header(text, where)
    if not title or not fields["Question"]:
        raise QueryError("the query has no title or no question", where=where, help=_EXAMPLE)
    parameters = _parameters(fields["Parameters"], where)
    for parameter in parameters:
        if not re.search(rf"(?m)^(?!#).*[?$]{parameter.name}\b", text):
            raise QueryError(f"the query does not use its parameter `?{parameter.name}`", where=where, help=_EXAMPLE)
    return Query(name, title, fields["Question"], parameters, fields["Competency"], text, fields["For"])


def _header(text: str, where: str) -> tuple[str, dict[str, str]]:
    """Return the title and the fields of the comment that a text begins with."""
    fields = dict.fromkeys(_KEYS, "")
    title, key = "", ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        words = line[1:].strip()
        if match := _FIELD.fullmatch(words):
            key, words = match[1], match[2]
            if fields[key]:
                raise QueryError(f"the query has `{key}` twice", where=where, help=_EXAMPLE)
        if key:
            fields[key] = f"{fields[key]} {words}".strip()
        else:
            title = f"{title} {words}".strip()
    return title, fields


def _parameters(words: str, where: str) -> tuple[Parameter, ...]:
    """Return the parameters that a line such as `?company (entity), ?asOf (date)` lists."""
    if words in ("", "none"):
        return ()
    found = [_PARAMETER.fullmatch(word.strip()) for word in words.split(",")]
    if None in found:
        raise QueryError(f"the parameters `{words}` are not well formed", where=where, help=_EXAMPLE)
    return tuple(Parameter(match[1], match[2]) for match in found if match)
