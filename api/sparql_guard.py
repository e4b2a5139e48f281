"""What is refused before a query reaches a parser: reaching out, and nesting without end.

The engine would fetch any address that `SERVICE` names, and a parser that descends into 20,000 braces overflows its
stack. Both are looked for in the text itself. The look is sound for parsers that read without a separate lexer: where
`<` may begin an IRI or may be the sign for less-than, both readings are followed, so that nothing hides in an "IRI"
that the engine reads as something else. Words in strings, comments and IRIs do no harm and are let through.
"""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass

from ..errors import QueryError

LENGTH = 64 * 1024  # characters
DEPTH = 64  # brackets within brackets

_LONG_STRING = r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
_STRING = _LONG_STRING + r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_GAP = r"(?:[\s]|\#[^\n\r]*(?:[\n\r]|$))*"
_PREFIX = r"\w[\w.\-]"
_LOCAL = r"(?:[\w\-.:%]|\\.)"
# A name longer than any that people write counts as found, so that the look stays quick on hostile text.
_LONG = rf"[?$]\w{{255}}|{_PREFIX}{{255}}|(?:{_PREFIX}{{0,255}})?:{_LOCAL}{{255}}"
_TARGET = rf"{_IRI}|[?$]\w{{1,255}}|(?:{_PREFIX}{{0,255}})?:{_LOCAL}{{0,255}}"
_REACH = re.compile(
    rf"(?:SERVICE{_GAP}(?:SILENT{_GAP})?(?:{_LONG}|(?:{_TARGET}){_GAP}\{{)"
    rf"|LOAD{_GAP}(?:SILENT{_GAP})?(?:{_LONG}|{_TARGET}))",
    re.IGNORECASE | re.S,
)
_STEP = re.compile(
    rf"(?P<string>{_STRING})|(?P<comment>\#[^\n\r]*)|(?P<iri>{_IRI})|(?P<name>[?$]\w*|:[\w\-:]*|\\.)"
    rf"|(?P<open>[{{(\[])|(?P<close>[}})\]])|(?P<word>[sSlL])|(?P<plain>[^\"'\#<?$:\\{{}}()\[\]sSlL]+)|.",
    re.S,
)
_DATASET = re.compile(r"(?<![?$:\w])FROM\b(?!:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a look at the text of a query found."""

    length: int
    depth: int
    reaches: str
    names_graphs: bool


def scan(query: str) -> Scan:
    """Look at a query without parsing it: its length, its deepest nesting, and words by which it would reach out."""
    depth, bare = _plain_reading(query)
    return Scan(len(query), depth, _reaches(query), bool(_DATASET.search(bare.partition("{")[0])))


def admit(query: str) -> Scan:
    """Return what was found in a query that may run.

    Raises:
        QueryError: The query is too long, nests too deep, or would reach out to another server.
    """
    if len(query) > LENGTH:
        raise QueryError(f"the query has {len(query)} characters, at most {LENGTH} are read", help="ask in parts")
    seen = scan(query)
    if seen.depth > DEPTH:
        raise QueryError(f"the query nests {seen.depth} brackets, at most {DEPTH} are read", help="write it flat")
    if seen.reaches:
        raise QueryError(f"`{seen.reaches}` is refused: queries read this release only", help="leave it out")
    return seen


def _plain_reading(query: str) -> tuple[int, str]:
    """Return the deepest nesting and the text without strings, comments and IRIs, as a lexer would read it."""
    depth = deepest = 0
    kept = []
    for match in _STEP.finditer(query):
        match match.lastgroup:
            case "open":
                depth += 1
                deepest = max(deepest, depth)
            case "close":
                depth -= 1
        skipped = match.lastgroup in ("string", "comment", "iri")
        kept.append(" " if skipped else match.group())
    return deepest, "".join(kept)


def _reaches(query: str) -> str:
    """Return the word by which a query reaches out in any reading of its text, or nothing."""
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        place = heapq.heappop(waiting)
        if place in seen or place >= len(query):
            continue
        seen.add(place)
        step = _STEP.match(query, place)
        assert step is not None
        if step.lastgroup == "word":
            found = _REACH.match(query, place)
            if found:
                return "LOAD" if found.group().upper().startswith("LOAD") else "SERVICE"
        heapq.heappush(waiting, step.end())
        if step.lastgroup == "iri":  # it may also be the sign for less-than
            heapq.heappush(waiting, place + 1)
    return ""
