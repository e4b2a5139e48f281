"""Reading the query of a rule into its tree, and refusing what a proof could not show.

pyoxigraph checks the syntax of the whole query; this reader cuts it. It takes well under a millisecond a query, where
the parser of rdflib takes about fifty, and a check of one case reads every rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox
from rdflib import RDF, URIRef
from rdflib.term import Variable

from ..dataset import to_value
from ..errors import RuleError
from ..statements import Text, Value
from .group import Absent, Bind, Filter, Group, Optional, Part, Select, Term, Triple, Union

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>\"\"\"[\s\S]*?\"\"\"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<variable>[?$]\w+)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z][\w.-]*:(?:[\w:-]|\.(?=[\w:-]))*)
    |(?P<word>[A-Za-z]\w*)
    |(?P<mark>\^\^|&&|\|\||!=|<=|>=|[{}()\[\].;,/^|*+?=<>!-])""",
    re.VERBOSE,
)
_REFUSED = {
    "MINUS": "write `FILTER NOT EXISTS { ... }`",
    "VALUES": "write `FILTER(?x IN (...))`",
    "SERVICE": "load the facts into the dataset",
    "LOAD": "load the facts with a loader",
    "GRAPH": "leave the graph out; rules see the union of all graphs",
    "SELECT": "join the pattern of the subquery into the rule",
}


@lru_cache(maxsize=1024)
def parse_select(query: str) -> Select:
    """Cut a query into its tree.

    Args:
        query: A SELECT query, with the prefixes it uses.

    Raises:
        RuleError: The query uses something that a rule may not use; `where` is the line of the query.
    """
    return _Reader(query).select()


class _Reader:
    """Reads the tokens of one query from left to right."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._prefixes: dict[str, str] = {}
        self._tokens = list(self._cut(query))
        self._at = 0
        self._steps = 0

    def _cut(self, query: str) -> Iterator[re.Match[str]]:
        position = 0
        while position < len(query):
            match = _TOKEN.match(query, position)
            if match is None:
                raise self._error(f"`{query[position]}` has no place in a rule", position, "write it another way")
            position = match.end()
            if match.lastgroup != "skip":
                yield match

    def _error(self, message: str, position: int, remedy: str) -> RuleError:
        line = self._query.count("\n", 0, position) + 1
        return RuleError(message, where=str(line), help=remedy)

    def _here(self) -> int:
        return self._tokens[min(self._at, len(self._tokens) - 1)].start()

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at][0] if at < len(self._tokens) else ""

    def _word(self, ahead: int = 0) -> str:
        return self._peek(ahead).upper()

    def _take(self) -> re.Match[str]:
        if self._at >= len(self._tokens):
            raise self._error("the query ends too early", len(self._query), "close what is open")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, wanted: str) -> None:
        if self._word() != wanted:
            raise self._error(f"`{wanted}` is due where `{self._peek()}` stands", self._here(), f"write `{wanted}`")
        self._at += 1

    def select(self) -> Select:
        while self._word() == "PREFIX":
            self._at += 1
            prefix = self._take()[0].rstrip(":")
            self._prefixes[prefix] = self._take()[0][1:-1]
        self._expect("SELECT")
        if self._word() == "DISTINCT":
            self._at += 1
        projected = []
        while self._peek()[:1] in ("?", "$"):
            projected.append(Variable(self._take()[0][1:]))
        if self._word() == "WHERE":
            self._at += 1
        if self._peek() == "(":
            raise self._error("a rule projects variables only", self._here(), "compute it with `BIND` in the pattern")
        where = self.group()
        if self._at < len(self._tokens):
            after = self._peek()
            raise self._error(f"`{after}` has no place after the pattern of a rule", self._here(), "leave it out")
        return Select(tuple(projected), where)

    def group(self) -> Group:
        self._expect("{")
        parts: list[Part] = []
        while self._peek() != "}":
            parts += self._part()
            if self._peek() == ".":
                self._at += 1
        self._at += 1
        return Group(tuple(parts))

    def _part(self) -> list[Part]:
        word = self._word()
        if word in _REFUSED:
            raise self._error(f"a rule may not use `{word}`", self._here(), _REFUSED[word])
        match word:
            case "{":
                return [self._union()]
            case "OPTIONAL":
                self._at += 1
                return [Optional(self.group())]
            case "FILTER":
                self._at += 1
                return [self._filter()]
            case "BIND":
                self._at += 1
                return [self._bind()]
        return list(self._triples())

    def _union(self) -> Union:
        found = [self.group()]
        while self._word() == "UNION":
            self._at += 1
            found.append(self.group())
        return Union(tuple(found))

    def _filter(self) -> Part:
        if self._word() == "NOT" and self._word(1) == "EXISTS":
            self._at += 2
            return Absent(self.group())
        head = self._take()[0] if self._peek() != "(" else ""
        inner = self._balanced()
        return Filter(f"{head}({inner})" if head else inner)

    def _bind(self) -> Bind:
        inner = self._balanced(as_variable=True)
        self._expect("AS")
        variable = Variable(self._take()[0][1:])
        self._expect(")")
        return Bind(inner, variable)

    def _balanced(self, *, as_variable: bool = False) -> str:
        """Take the tokens between parentheses; those of a `BIND` end before its `AS`."""
        self._expect("(")
        depth, text, end = 1, "", self._here()
        while not (as_variable and depth == 1 and self._word() == "AS"):
            if self._word() == "EXISTS":
                remedy = "write the pattern itself, or `FILTER NOT EXISTS { ... }` on its own"
                raise self._error("a condition may not hold `EXISTS`", self._here(), remedy)
            token = self._take()
            depth += (token[0] == "(") - (token[0] == ")")
            if depth == 0:
                break
            text += (" " if text and token.start() > end else "") + self._plain(token)
            end = token.end()
        return text

    def _plain(self, token: re.Match[str]) -> str:
        """Return a token of an expression with prefixed names and `$` written out."""
        if token.lastgroup == "name":
            return f"<{self._resolve(token)}>"
        return f"?{token[0][1:]}" if token.lastgroup == "variable" else token[0]

    def _resolve(self, token: re.Match[str]) -> URIRef:
        prefix, _, local = token[0].partition(":")
        if prefix not in self._prefixes:
            raise self._error(f"the prefix `{prefix}` is not declared", token.start(), "declare it in `prefixes.ttl`")
        return URIRef(self._prefixes[prefix] + local)

    def _triples(self) -> Iterator[Triple]:
        subject = self._term()
        while True:
            path = self._path()
            while True:
                yield from self._walk(subject, path, self._term())
                if self._peek() != ",":
                    break
                self._at += 1
            if self._peek() != ";":
                return
            while self._peek() == ";":
                self._at += 1
            if self._peek() in (".", "}"):
                return

    def _path(self) -> list[tuple[bool, Term]]:
        """Read a path of fixed length: steps with their direction, backwards where `^` stands."""
        steps = []
        while True:
            backwards = self._peek() == "^"
            self._at += backwards
            steps.append((backwards, self._term(predicate=True)))
            if self._peek() in ("*", "+", "?", "|"):
                remedy = "write a path of fixed length, or use a property that the closure derives"
                raise self._error(f"a rule may not use the path `{self._peek()}`", self._here(), remedy)
            if self._peek() != "/":
                return steps
            self._at += 1

    def _walk(self, subject: Term, path: list[tuple[bool, Term]], end: Term) -> Iterator[Triple]:
        """Yield one triple a step, with the nodes in between as variables, so that a proof can show them."""
        for number, (backwards, predicate) in enumerate(path, 1):
            self._steps += number < len(path)
            after = end if number == len(path) else Variable(f"step{self._steps}")
            yield Triple(after, predicate, subject) if backwards else Triple(subject, predicate, after)
            subject = after

    def _term(self, *, predicate: bool = False) -> Term:
        token = self._take()
        match token.lastgroup:
            case "variable":
                return Variable(token[0][1:])
            case "iri":
                return URIRef(token[0][1:-1])
            case "name":
                return self._resolve(token)
            case "string":
                return self._literal(token)
            case "number":
                return Decimal(token[0]) if "." in token[0] else int(token[0])
            case "word" if predicate and token[0] == "a":
                return RDF.type
            case "word" if token[0] in ("true", "false"):
                return token[0] == "true"
        raise self._error(f"`{token[0]}` has no place in a pattern", token.start(), "write a variable, name or literal")

    def _literal(self, token: re.Match[str]) -> Value:
        text = _unquoted(token[0])
        if self._peek().startswith("@"):
            return Text(text, self._take()[0][1:])
        if self._peek() != "^^":
            return text
        self._at += 1
        kind = self._term()
        return to_value(ox.Literal(text, datatype=ox.NamedNode(str(kind))))


def _unquoted(text: str) -> str:
    inner = text[3:-3] if text.startswith('"""') else text[1:-1]
    escapes = {"n": "\n", "t": "\t", "r": "\r"}
    return re.sub(r"\\(.)", lambda match: escapes.get(match[1], match[1]), inner)
