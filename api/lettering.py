"""Names as they are lettered in a picture: cleaned, measured, wrapped and cut, without knowing the reader's fonts."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljI.,:;'|!()[]{}ft /r-\"`")
_BROAD = frozenset("mwMW@%QOG")
_LOST = ("Cc", "Cs", "Zl", "Zp", "Co", "Cn")  # categories of characters that no line of text shows


def clean(text: str) -> str:
    """Return a name as one line that XML can carry: control characters and line breaks become spaces."""
    kept = "".join(" " if unicodedata.category(char) in _LOST else char for char in text)
    return " ".join(kept.split())


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how broad a line of text is, in pixels; rather too broad than too narrow, whatever the font."""
    return sum(map(_advance, text)) * size * (1.07 if bold else 1.0)


def _advance(char: str) -> float:
    """Return the breadth of a character in parts of the font size, as broad as in the broader sans serif fonts."""
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.02
    if char in _NARROW:
        return 0.40
    if char in _BROAD:
        return 0.92
    return 0.70 if char.isupper() else 0.62


def cut(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return a text shortened with an ellipsis to fit a width."""
    if measure(text, size, bold=bold) <= width:
        return text
    while text and measure(text + "…", size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, width: float, size: float, lines: int = 2) -> list[str]:
    """Return a name broken into a few lines, at its spaces where it can be; what does not fit ends in an ellipsis."""
    done: list[str] = []
    rest = text
    while rest and len(done) < lines - 1 and measure(rest, size, bold=True) > width:
        line = _head_of(rest, width, size)
        done.append(line)
        rest = rest[len(line) :].lstrip()
    return [*done, cut(rest, width, size, bold=True)] if rest or not done else done


def _head_of(text: str, width: float, size: float) -> str:
    """Return the longest start of a text that fits, up to a space; a single long word is broken."""
    end = next(end for end in range(len(text), 0, -1) if end == 1 or measure(text[:end], size, bold=True) <= width)
    space = text.rfind(" ", 0, end + 1)
    return text[:space] if space > 0 else text[:end]
