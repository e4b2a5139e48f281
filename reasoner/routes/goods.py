"""Goods that may be the same: classes by customs code, by declared code, and by entries of control lists.

Whether two items may be the same goods is a relation, written out as classes: items that share one are compatible. A
chain stays within one class from end to end, so it cannot drift from bearings to circuits step by step.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import URIRef

from ...dataset import Dataset, iri
from ...ontology import CLEW
from ...queries.catalogue import query
from ...statements import Statement


@dataclass(frozen=True, slots=True)
class Goods:
    """The classes of the items of a dataset.

    Attributes:
        classes: For each item, the classes it belongs to; each is a customs code or an entry of a control list.
        reasons: For each item and class, the statements that put it there.
        listed: Items that a control list or the Common High Priority List names.
        codes: Classes that are the item's own customs code.
    """

    classes: dict[URIRef, frozenset[URIRef]] = field(default_factory=dict)
    reasons: dict[tuple[URIRef, URIRef], tuple[Statement, ...]] = field(default_factory=dict)
    listed: frozenset[URIRef] = frozenset()
    codes: dict[URIRef, frozenset[URIRef]] = field(default_factory=dict)


@dataclass(slots=True)
class _Entries:
    """What the tables say of entries of control lists."""

    above: dict[URIRef, URIRef] = field(default_factory=dict)
    alike: dict[URIRef, dict[URIRef, Statement]] = field(default_factory=lambda: defaultdict(dict))
    by_code: dict[URIRef, set[tuple[URIRef, URIRef]]] = field(default_factory=lambda: defaultdict(set))
    named: set[URIRef] = field(default_factory=set)

    def chain(self, entry: URIRef) -> Iterator[URIRef]:
        """Yield an entry and those it lies in, up to the top."""
        seen: set[URIRef] = set()
        here: URIRef | None = entry
        while here is not None and here not in seen:
            seen.add(here)
            yield here
            here = self.above.get(here)


def goods(data: Dataset) -> Goods:
    """Return the classes of every item that moves."""
    entries, priority = _entries(data), {iri(row, "hs") for row in data.rows(query("routes/priority-codes").text)}
    found: dict[tuple[URIRef, URIRef], tuple[Statement, ...]] = {}
    codes: dict[URIRef, set[URIRef]] = defaultdict(set)
    items: set[URIRef] = set()
    for row in data.rows(query("routes/goods").text):
        item = iri(row, "item")
        items.add(item)
        if isinstance(code := row.get("hs"), URIRef):
            codes[item].add(code)
            _by_code(item, code, ((item, CLEW.hsCode, code),), entries, found)
        if isinstance(code := row.get("declaredHS"), URIRef):
            declared = iri(row, "declaration")
            stated: tuple[Statement, ...] = ((item, CLEW.declaredAs, declared), (declared, CLEW.declaredHS, code))
            found.setdefault((item, code), stated)
        if isinstance(entry := row.get("entry"), URIRef):
            listing = iri(row, "class")
            stated = ((item, CLEW.classification, listing), (listing, CLEW.underEntry, entry))
            _by_entry(item, entry, stated, entries, found)
    classes: dict[URIRef, set[URIRef]] = {item: set() for item in items}
    for item, each in found:
        classes[item].add(each)
    listed = {item for item, each in found if each not in codes[item] and each in entries.named}
    listed |= {item for item in items if codes[item] & priority}
    return Goods(
        {item: frozenset(each) for item, each in classes.items()},
        found,
        frozenset(listed),
        {item: frozenset(each) for item, each in codes.items()},
    )


Found = dict[tuple[URIRef, URIRef], tuple[Statement, ...]]


def _by_code(item: URIRef, code: URIRef, stated: tuple[Statement, ...], entries: _Entries, found: Found) -> None:
    """Put an item into the class of its customs code, and into those of the entries that are declared under it."""
    found.setdefault((item, code), stated)
    for entry, row in sorted(entries.by_code.get(code, ())):
        said = ((row, CLEW.correlatedHS, code), (row, CLEW.correlatedEntry, entry))
        _by_entry(item, entry, (*stated, *said), entries, found)


def _by_entry(item: URIRef, entry: URIRef, stated: tuple[Statement, ...], entries: _Entries, found: Found) -> None:
    """Put an item into the class of the entry at the top, and into those of the entries that mean the same goods.

    Entries that no control names, such as the basket for all that is not controlled, say nothing about what goods are.
    """
    chain = list(entries.chain(entry))
    top, steps = chain[-1], tuple((low, CLEW.partOfEntry, high) for low, high in itertools.pairwise(chain))
    if not entries.named & set(chain):
        return
    found.setdefault((item, top), (*stated, *steps))
    for other, same in sorted(entries.alike.get(top, {}).items()):
        found.setdefault((item, other), (*stated, *steps, same))


def _entries(data: Dataset) -> _Entries:
    """Read what the tables say of entries: aligned, within, named by a control, declared under a customs code."""
    found = _Entries()
    for row in data.rows(query("routes/control-entries").text):
        entry, how = iri(row, "entry"), row["how"]
        if how == "within":
            # The closure states every entry above; the longest code is the nearest.
            found.above[entry] = max(iri(row, "other"), found.above.get(entry, iri(row, "other")), key=len)
        elif how == "same":
            other = iri(row, "other")
            found.alike[entry][other] = (entry, CLEW.alignedWith, other)
            found.alike[other].setdefault(entry, (entry, CLEW.alignedWith, other))
            found.named |= {entry, other}
        elif how == "customs":
            found.by_code[iri(row, "other")].add((entry, iri(row, "row")))
            found.named.add(entry)
        else:
            found.named.add(entry)
    return found
