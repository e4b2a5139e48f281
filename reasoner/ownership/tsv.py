"""Reading holdings from a dataset at the pace at which it can write them out.

The answer of the query is taken as text (SPARQL 1.1 Query Results TSV), because to make a value of every cell takes far
longer than to find it. Cells that come again and again (parties, kinds, days) are looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from tempfile import SpooledTemporaryFile

import numpy as np
import pyoxigraph as ox
from rdflib import URIRef

from ...dataset import Dataset
from ...ontology import mint
from ...queries.catalogue import query
from .holdings import Holdings, Plain
from .model import WHOLE, Holding, Kind
from .window import ALWAYS, Window

_INDIRECT = mint("holding-kind", "indirect")  # restates a chain; the chain itself is what counts
_KINDS = {
    mint("holding-kind", "shares"): Kind.SHARES,
    mint("holding-kind", "joint"): Kind.SHARES,
    mint("holding-kind", "votes"): Kind.VOTES,
    mint("holding-kind", "board"): Kind.BOARD,
    mint("holding-kind", "control"): Kind.CONTROL,
}
_MEMORY, _CHUNK = 64 * 1024 * 1024, 16 * 1024 * 1024  # bytes kept in memory, and read at once
_DAY = re.compile(rb'"(\d{4}-\d\d-\d\d)"\^\^<http://www\.w3\.org/2001/XMLSchema#date>')
_WHOLE = re.compile(rb'"?([+-]?\d+)(?:"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:integer|int|long)>)?')
_NONE, _ODD = -1, -2
_WIDTH = 10  # cells in a row


class _Coded(dict[bytes, int]):
    """Numbers for cells, in the order in which they first come."""

    def __missing__(self, cell: bytes) -> int:
        self[cell] = number = len(self)
        return number


class _Days(dict[bytes, int]):
    """Days as ordinals: 0 for none, below 0 for a cell that is no day."""

    def __missing__(self, cell: bytes) -> int:
        found = _day(cell)
        self[cell] = number = found.toordinal() if found else _ODD if cell else 0
        return number


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that is not plain."""

    node: URIRef
    holder: URIRef
    company: URIRef
    kind: URIRef | None
    low: int | None
    high: int | None
    days: tuple[date | None, ...]


def holdings(data: Dataset) -> Holdings:
    """Read all holdings of a dataset; a summary of a chain is none, because the chain itself is stated."""
    reader = _Reader()
    with SpooledTemporaryFile(_MEMORY) as file:
        found = data.store.query(query("ownership/holdings").text, use_default_graph_as_union=True)
        found.serialize(file, ox.QueryResultsFormat.TSV)  # type: ignore[arg-type]
        file.seek(0)
        file.readline()
        while chunk := file.read(_CHUNK):
            reader.take(chunk + file.readline())
    return reader.holdings()


class _Reader:
    """Takes rows chunk by chunk and keeps them as columns."""

    def __init__(self) -> None:
        self._nodes, self._names, self._kinds, self._days = _Coded(), _Coded(), _Coded(), _Days()
        self._chunks: list[np.ndarray] = []
        self._odd: list[_Row] = []

    def take(self, lines: bytes) -> None:
        """Take some rows: node, holder, company, kind, least, most, and four days."""
        # Signs that end a cell or a row are escaped inside one, so that all cells can be cut at once.
        flat = lines.removesuffix(b"\n").replace(b"\n", b"\t").split(b"\t")
        cells = [flat[column::_WIDTH] for column in range(_WIDTH)]
        count = len(cells[0])
        table = np.empty((9, count), np.int64)
        for row, (coded, column) in enumerate(
            ((self._nodes, 0), (self._names, 1), (self._names, 2), (self._kinds, 3), (self._days, 6), (self._days, 9))
        ):
            table[row] = np.fromiter(map(coded.__getitem__, cells[column]), np.int64, count)
        for row, column in ((6, 4), (7, 5)):
            table[row] = [int(cell) if cell.isdigit() else _ODD if cell else _NONE for cell in cells[column]]
        table[8] = [bool(latest or earliest) for latest, earliest in zip(cells[7], cells[8], strict=True)]
        plain = self._is_plain(table)
        self._chunks.append(table[:, plain])
        for place in np.flatnonzero(~plain).tolist():
            self._keep(*(column[place] for column in cells))

    def _is_plain(self, table: np.ndarray) -> np.ndarray:
        _, _, _, _, since, until, low, high, uncertain = table
        most = np.where(high < 0, WHOLE, high)
        shares = (low > _ODD) & (high > _ODD) & (np.maximum(low, 0) <= most) & (most <= WHOLE)
        found: np.ndarray = shares & (since >= 0) & (until >= 0) & (uncertain == 0)
        return found

    def _keep(self, *cells: bytes) -> None:
        node, holder, company, kind, low, high, *days = cells
        one, owner, owned = _iri(node), _iri(holder), _iri(company)
        if one is not None and owner is not None and owned is not None:
            self._odd.append(_Row(one, owner, owned, _iri(kind), _number(low), _number(high), tuple(map(_day, days))))

    def holdings(self) -> Holdings:
        """Return what was read; statements with several rows are put together again."""
        table = np.concatenate(self._chunks, axis=1) if self._chunks else np.empty((9, 0), np.int64)
        nodes, names, kinds = list(self._nodes), list(self._names), [_iri(cell) for cell in self._kinds]
        twice = np.bincount(table[0], minlength=len(nodes)) > 1
        twice[[self._nodes[f"<{row.node}>".encode()] for row in self._odd]] = True
        things = np.fromiter((name.startswith(b"<") for name in names), np.bool_, len(names))
        table = table[:, things[table[1]] & things[table[2]]]
        apart = twice[table[0]]
        odd = [*self._odd, *(self._row(column, nodes, names, kinds) for column in table[:, apart].T.tolist())]
        return Holdings(_together(odd), _plain(table[:, ~apart], nodes, names, kinds))

    def _row(self, column: list[int], nodes: list[bytes], names: list[bytes], kinds: list[URIRef | None]) -> _Row:
        node, holder, company, kind, since, until, low, high, _ = column
        shares = (share if share >= 0 else None for share in (low, high))
        first, last = (date.fromordinal(day) if day else None for day in (since, until))
        ends = (URIRef(cell[1:-1].decode()) for cell in (nodes[node], names[holder], names[company]))
        return _Row(
            next(ends), next(ends), next(ends), kinds[kind], next(shares), next(shares), (first, None, None, last)
        )


def _plain(table: np.ndarray, nodes: list[bytes], names: list[bytes], kinds: list[URIRef | None]) -> Plain:
    what = np.array([Kind.SHARES if kind is None else _KINDS.get(kind, Kind.CONTROL) for kind in kinds], np.int32)
    summary = np.array([kind == _INDIRECT for kind in kinds], np.bool_)
    node, holder, company, said, since, until, low, high, _ = table[:, ~summary[table[3]]] if len(kinds) else table
    return Plain(
        nodes=[nodes[place][1:-1].decode() for place in node.tolist()],
        names=[name[1:-1].decode() for name in names],
        holder=holder.astype(np.int32),
        company=company.astype(np.int32),
        kind=what[said] if len(kinds) else said.astype(np.int32),
        said=said.astype(np.int32),
        kinds=kinds,
        minimum=np.maximum(low, 0),
        maximum=np.where(high < 0, WHOLE, high),
        known=(low >= 0) | (high >= 0),
        since=since.astype(np.int32),
        until=until.astype(np.int32),
    )


def _together(rows: list[_Row]) -> Iterator[Holding]:
    """Yield the statements that rows are about, in order, each with all that its rows say."""
    by_node: dict[URIRef, list[_Row]] = {}
    for row in rows:
        by_node.setdefault(row.node, []).append(row)
    for node in sorted(by_node, key=str):
        said = sorted({row.kind for row in by_node[node] if row.kind is not None}, key=str)
        if _INDIRECT not in said[:1]:
            yield _holding(node, by_node[node], said[0] if said else None)


def _holding(node: URIRef, rows: list[_Row], said: URIRef | None) -> Holding:
    least = [row.low for row in rows if row.low is not None]
    most = [row.high for row in rows if row.high is not None]
    minimum, maximum = min(least, default=0), max(most, default=WHOLE)
    sound = 0 <= minimum <= maximum <= WHOLE
    if not sound:
        minimum, maximum = 0, WHOLE
    kind = Kind.SHARES if said is None else _KINDS.get(said, Kind.CONTROL)
    holders = tuple(sorted({row.holder for row in rows}, key=str))
    company = min({row.company for row in rows}, key=str)
    return Holding(node, holders, company, kind, minimum, maximum, bool(least or most), sound, _window(rows), said)


def _window(rows: list[_Row]) -> Window:
    since, since_latest, until_earliest, until = (
        sorted({day for row in rows if (day := row.days[place]) is not None}) for place in range(4)
    )
    found = Window(
        min(since, default=None),
        max(since_latest, default=None),
        min(until_earliest, default=None),
        max(until, default=None),
    )
    return found if found.days() else ALWAYS


def _iri(cell: bytes) -> URIRef | None:
    return URIRef(cell[1:-1].decode()) if cell.startswith(b"<") else None


def _number(cell: bytes) -> int | None:
    match = _WHOLE.fullmatch(cell)
    return int(match[1]) if match else None


def _day(cell: bytes) -> date | None:
    match = _DAY.fullmatch(cell)
    try:
        return date.fromisoformat(match[1].decode()) if match else None
    except ValueError:
        return None
