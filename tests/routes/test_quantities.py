"""Bounds on diverted quantities hold against a general flow algorithm, and conventions of tracing lie within."""

from __future__ import annotations

import random
from fractions import Fraction

import networkx as nx
import pytest

from clew.errors import InputError
from clew.reasoner.routes.quantities import Convention, Entry, diverted


def ledger(seed: int) -> list[Entry]:
    chance = random.Random(seed)
    return [
        Entry(chance.randrange(8), chance.random() < 0.6, chance.randrange(6), chance.random() < 0.5)
        for _ in range(chance.randint(1, 9))
    ]


def flow(entries: list[Entry], marked: bool, window: int | None, opening: int) -> int:
    """The greatest flow from arrivals to restricted departures, by a general algorithm."""
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(["source", "sink"])
    graph.add_edge("source", "stock", capacity=opening)
    for at, entry in enumerate(entries):
        if entry.arrives and entry.marked == marked:
            graph.add_edge("source", at, capacity=entry.quantity)
        if not entry.arrives and entry.marked:
            graph.add_edge(at, "sink", capacity=entry.quantity)
            graph.add_edge("stock", at)
            for other, first in enumerate(entries):
                lay = entry.day - first.day
                if first.arrives and first.marked == marked and lay >= 0 and (window is None or lay <= window):
                    graph.add_edge(other, at)
    return int(nx.maximum_flow_value(graph, "source", "sink"))


@pytest.mark.parametrize("window", [None, 0, 3])
def test_the_bounds_are_those_of_a_greatest_flow(window: int | None) -> None:
    for seed in range(150):
        entries, opening = ledger(seed), seed % 5
        out = sum(entry.quantity for entry in entries if entry.marked and not entry.arrives)
        found = diverted(entries, Convention.FIFO, other=opening, window=window)
        assert found.upper == flow(entries, True, window, 0)
        assert found.lower == out - flow(entries, False, None, opening)


def test_first_in_first_out_and_pro_rata_lie_between_the_bounds() -> None:
    for seed in range(400):
        entries = ledger(seed)
        # Every departure is covered by what came in before, so that no goods come from nowhere.
        opening = sum(entry.quantity for entry in entries if not entry.arrives)
        for convention in (Convention.FIFO, Convention.PRO_RATA):
            found = diverted(entries, convention, other=opening)
            assert found.lower <= found.traced <= found.upper


def test_when_any_taint_counts_no_convention_says_more() -> None:
    for seed in range(400):
        entries = ledger(seed)
        traced = {each: diverted(entries, each, other=seed % 7).traced for each in Convention}
        assert traced[Convention.ANY_TAINT] >= max(traced.values())


def test_the_conventions_differ_and_are_named() -> None:
    entries = [Entry(1, True, 60, False), Entry(2, True, 40, True), Entry(3, False, 50, True)]
    found = {each: diverted(entries, each, other=0) for each in Convention}
    assert [found[each].traced for each in Convention] == [0, 20, 50]
    assert all(each.value in found[each].says for each in Convention)
    assert (found[Convention.FIFO].lower, found[Convention.FIFO].upper) == (0, 40)


def test_what_other_goods_cannot_fill_has_to_be_diverted() -> None:
    entries = [Entry(1, True, 60, False), Entry(2, True, 40, True), Entry(3, False, 90, True)]
    assert diverted(entries, Convention.FIFO, other=0).lower == 30
    assert diverted(entries, Convention.FIFO, other=25).lower == 5


def test_nothing_is_proved_while_other_sources_are_not_known() -> None:
    found = diverted([Entry(1, True, 5, True), Entry(2, False, 5, True)], Convention.FIFO)
    assert (found.lower, found.upper, found.known) == (0, 5, False)
    assert "not known" in found.says


def test_goods_that_go_out_before_others_come_in_are_not_those() -> None:
    assert diverted([Entry(2, True, 5, True), Entry(1, False, 5, True)], Convention.PRO_RATA).upper == 0
    same_day = diverted([Entry(2, False, 5, True), Entry(2, True, 5, True)], Convention.PRO_RATA)
    assert (same_day.upper, same_day.traced) == (5, Fraction(5))


def test_a_negative_quantity_is_refused() -> None:
    with pytest.raises(InputError, match="negative"):
        diverted([Entry(1, True, -1, True)], Convention.FIFO)
