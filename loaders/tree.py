"""Records as trees of named fields, and what of a record nobody has read yet.

XML and JSON records become the same tree. A loader takes fields from it one by one; whatever is left at the end can be
listed, so that a field no loader knows ends in a remark and never in nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Node:
    """One element of a record: its name, its attributes, the elements in it and its own words."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""


def from_json(tag: str, value: Any) -> Node:
    """Return a JSON value as a tree: members that are plain values become attributes, all others elements.

    A list becomes one element an item, each with the name of the member. `null` says nothing and is left out.
    """
    if not isinstance(value, dict):
        return Node(tag, text=_words(value))
    node = Node(tag)
    for name, member in value.items():
        if isinstance(member, dict | list):
            items = member if isinstance(member, list) else [member]
            node.children.extend(from_json(name, item) for item in items)
        elif member is not None:
            node.attributes[name] = _words(member)
    return node


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    # Half of a surrogate pair has no place in an IRI; the replacement character says that something stood here.
    return _SURROGATE.sub("\ufffd", str(value))


class Fields:
    """The fields of one element, taken one by one."""

    __slots__ = ("_attributes", "_children", "_given", "_text", "tag")

    def __init__(self, node: Node) -> None:
        """Begin with everything that stands in an element; the element itself is not changed."""
        self.tag = node.tag
        self._attributes = dict(node.attributes)
        self._text = node.text
        self._given: list[Fields] = []
        self._children: dict[str, list[Node]] = {}
        for child in node.children:
            self._children.setdefault(child.tag, []).append(child)

    def text(self, name: str) -> str:
        """Take the words of an attribute or else of the first element with that name, without blanks around them."""
        value = self._attributes.pop(name, "").strip()
        waiting = self._children.get(name)
        if value or not waiting:
            return value
        return self._give(waiting.pop(0)).own()

    def texts(self, *path: str) -> list[str]:
        """Take the words of all elements at the end of a path, leaving out those that say nothing."""
        return [words for found in self.all(*path) if (words := found.own())]

    def all(self, *path: str) -> list[Fields]:
        """Take all elements at the end of a path of names."""
        found = [self]
        for name in path:
            found = [part._give(child) for part in found for child in part._children.pop(name, ())]
        return found

    def each(self) -> list[Fields]:
        """Take all elements that are left."""
        return [part for name in list(self._children) for part in self.all(name)]

    def own(self) -> str:
        """Take the words that stand in the element itself."""
        words, self._text = self._text.strip(), ""
        return words

    def drop(self, *names: str) -> None:
        """Leave out fields that say nothing about the party, such as the publisher's own row numbers."""
        for name in names:
            self._attributes.pop(name, None)
            self._children.pop(name, None)

    def rest(self, label: str = "") -> Iterator[str]:
        """Take what is left, as `name: words`; a flag that is not set (`false`) says nothing."""
        for name, words in self._attributes.items():
            if words.strip() not in ("", "false"):
                yield f"{label} {name}: {words.strip()}".lstrip()
        self._attributes = {}
        words = self.own()
        if words not in ("", "false"):
            yield f"{label or self.tag}: {words}"
        waiting, self._children = self._children, {}
        given = self._given + [Fields(child) for children in waiting.values() for child in children]
        self._given = []
        for part in given:
            yield from part.rest(f"{label} {part.tag}".strip())

    def _give(self, child: Node) -> Fields:
        made = Fields(child)
        self._given.append(made)
        return made


def tidy(words: str) -> str:
    """Return words with each run of blanks and line ends as one blank."""
    return " ".join(words.split())


def joined(words: Iterable[str], sign: str = " ") -> str:
    """Return the words that say something, tidy, with a sign between them."""
    return sign.join(filter(None, map(tidy, words)))
