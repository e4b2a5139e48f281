"""The paragraphs that a control line of the Commerce Control List names.

Lines read "RS applies to 3A090.a", "NS applies to 3B001.a.1 to a.3, b, e" or "NS applies to entire entry except 0A606.b
and .y". Only a text that is nothing but such a list is read. A text with a further condition ("when the parameters are
met") yields nothing, so that a rule says `possible` and claims no more than the text does (15 CFR 774 Supp. 1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase

_LEAD = re.compile(r"[A-Z]{2} appl(?:y|ies)(?: to)?(?: only)? ")
_OF_ITEMS = re.compile(r"(?:items |“software” )?controlled (?:by|in) |paragraphs? ")
_ENTIRE = re.compile(r"(?:the )?entire entry,? except:? (?:for )?", re.IGNORECASE)
_TAIL = re.compile(r"(?: of this entry| only|\.)+$")
_BRACKET = re.compile(r" ?\(except ([^()]*)\)")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:and |or )?|\s+(?:and|or)\s+")
_RANGE = re.compile(r"\s+(?:to|through)\s+")
_ENTRY = r"\d[A-E]\d{3}"
_PIECE = re.compile(rf"(?P<entry>{_ENTRY})?\.?(?P<steps>(?:[a-z]|\d{{1,2}})(?:\.(?:[a-z]|\d{{1,2}}))*)")

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """The paragraphs a line is limited to and those it leaves out, as full codes."""

    paragraphs: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


def reach(eccn: str, text: str) -> Reach:
    """Return the paragraphs that a line of an entry names; an empty answer means that none can be read for certain."""
    lead = _LEAD.match(_tidy(text))
    if lead is None:
        return Reach()
    rest = _TAIL.sub("", _tidy(text)[lead.end() :])
    if entire := _ENTIRE.match(rest):
        return Reach(exceptions=_codes(eccn, rest[entire.end() :]) or ())
    rest = rest[found.end() :] if (found := _OF_ITEMS.match(rest)) else rest
    left_out = tuple(_codes(eccn, inside) for inside in _BRACKET.findall(rest))
    paragraphs = _codes(eccn, _BRACKET.sub("", rest))
    if paragraphs is None or None in left_out:
        return Reach()
    return Reach(paragraphs, tuple(code for codes in left_out for code in codes or ()))


def _tidy(text: str) -> str:
    """Return a text without the blanks that the publisher's table has inside codes."""
    joined = re.sub(rf"({_ENTRY}) +\.", r"\1.", re.sub(r"\s+", " ", text.strip()))
    return re.sub(r"(?<=[a-zA-Z0-9])\. (?=[a-z0-9])", ".", joined)


def _codes(eccn: str, text: str) -> tuple[str, ...] | None:
    """Return the codes of a list of paragraphs of one entry, or nothing when the text is more than that."""
    found: list[Steps] = []
    for piece in _BETWEEN.split(text.strip()):
        ends = _RANGE.split(piece)
        steps = _steps(eccn, ends[0], found[-1] if found else ())
        last = _steps(eccn, ends[-1], steps or ())
        between = _between(steps, last) if steps and last and len(ends) <= 2 else None
        if between is None:
            return None
        found.extend(between)
    return tuple(".".join((eccn, *steps)) for steps in found)


def _steps(eccn: str, piece: str, before: Steps) -> Steps | None:
    """Return the way down to one paragraph; a piece that begins with a number stands beside the one before it."""
    match = _PIECE.fullmatch(piece)
    if match is None or match["entry"] not in (None, eccn):
        return None
    steps = tuple(match["steps"].split("."))
    if steps[0].isdigit():
        return (*before[:-1], *steps) if before and not match["entry"] else None
    return steps


def _between(first: Steps, last: Steps) -> list[Steps] | None:
    """Return the paragraphs from one to another that lies beside it."""
    if first == last:
        return [first]
    if first[:-1] != last[:-1]:
        return None
    low, high = first[-1], last[-1]
    if low.isdigit() and high.isdigit():
        names = [str(number) for number in range(int(low), int(high) + 1)]
    elif low.isalpha() and high.isalpha():
        names = list(ascii_lowercase[ascii_lowercase.index(low) : ascii_lowercase.index(high) + 1])
    else:
        return None
    return [(*first[:-1], name) for name in names] or None
