"""Shipments as read: what a source leaves open is marked and kept; goods and groups are relations, dated."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from clew.errors import InputError
from clew.ontology import CLEW, mint
from clew.reasoner.routes.goods import goods
from clew.reasoner.routes.groups import Control, Periods
from clew.reasoner.routes.matching import Matcher, packed
from clew.reasoner.routes.model import Mark, shipments
from clew.reasoner.routes.network import Rows
from clew.reasoner.routes.settings import settings, units, zones

from .conftest import Lay
from .deals import Deal, holding, party

DAY = date(2024, 6, 1)


def test_a_consignment_is_cut_where_somebody_receives_the_goods(lay: Lay) -> None:
    deal = Deal("d", "a", "US", [("NL", "2024-01-01", None), ("DE", "2024-01-05", "b"), ("TR", "2024-02-01", "c")])
    first, second = shipments(lay(deal.statements()))
    assert (first.consignor, first.consignee, len(first.legs)) == (party("a"), party("b"), 2)
    assert (first.departure, first.arrival) == (date(2024, 1, 1), date(2024, 1, 5))
    assert (second.consignor, second.consignee, second.before) == (party("b"), party("c"), first.iri)
    assert first.quantity == 100_000_000
    assert first.marks == ()


def test_what_is_not_stated_is_marked_and_the_shipment_stays(lay: Lay) -> None:
    bare = Deal("bare", None, "US", [("TR", None, None)], hs=None, quantity=None, unit=None)
    (one,) = shipments(lay(bare.statements()))
    marks = {Mark.NO_QUANTITY, Mark.NO_UNIT, Mark.NO_DATE, Mark.NO_CONSIGNOR, Mark.NO_CONSIGNEE}
    assert set(one.marks) == marks


def test_a_consignment_without_legs_or_goods_stays_too(lay: Lay) -> None:
    statements = [(mint("test", "x"), CLEW.hasConsignment, mint("test", "y"))]
    (one,) = shipments(lay(statements))
    assert {Mark.NO_ROUTE, Mark.NO_GOODS, Mark.NO_DATE} <= set(one.marks)


@pytest.mark.parametrize(
    ("quantity", "unit", "exact", "base"),
    [("0.5", "t", 500_000_000_000, "g"), ("500", "KG", 500_000_000_000, "g"), ("1", "reel", 1_000_000, "reel")],
)
def test_quantities_are_whole_numbers_in_one_unit(lay: Lay, quantity: str, unit: str, exact: int, base: str) -> None:
    deal = Deal("d", "a", "US", [("TR", "2024-01-01", "b")], quantity=quantity, unit=unit)
    (one,) = shipments(lay(deal.statements()))
    assert (one.quantity, one.unit) == (exact, base)


def test_a_quantity_that_is_no_whole_number_of_millionths_is_not_rounded(lay: Lay) -> None:
    deal = Deal("d", "a", "US", [("TR", "2024-01-01", "b")], quantity="0.0000005")
    (one,) = shipments(lay(deal.statements()))
    assert (one.quantity, Mark.NO_QUANTITY in one.marks) == (None, True)


def test_two_quantities_of_one_item_are_not_known_exactly(lay: Lay) -> None:
    deal = Deal("d", "a", "US", [("TR", "2024-01-01", "b")], more=[("item", CLEW.quantity, 7)])
    (one,) = shipments(lay(deal.statements()))
    assert one.quantity is None


def test_goods_are_alike_by_code_by_declared_code_and_by_entry(lay: Lay) -> None:
    declared = [
        ("item", CLEW.declaredAs, mint("test", "declaration")),
        ("item", CLEW.classification, mint("test", "class")),
    ]
    one = Deal("one", "a", "US", [("TR", "2024-01-01", "b")], hs="854231", more=list(declared))
    stated = [
        (mint("test", "declaration"), CLEW.declaredHS, mint("hs", "847330")),
        (mint("test", "class"), CLEW.underEntry, mint("eccn", "3A001.a.5")),
        (mint("eccn", "3A001.a.5"), CLEW.partOfEntry, mint("eccn", "3A001.a")),
        (mint("eccn", "3A001.a"), CLEW.partOfEntry, mint("eccn", "3A001")),
    ]
    found = goods(lay(one.statements(), stated))
    classes = found.classes[one.node("item")]
    assert {mint("hs", "854231"), mint("hs", "847330"), mint("eccn", "3A001"), mint("eu", "3A001")} <= classes
    assert found.codes[one.node("item")] == {mint("hs", "854231")}
    assert one.node("item") in found.listed


def test_the_basket_of_what_is_not_controlled_makes_no_goods_alike(lay: Lay) -> None:
    """EAR99 is what no entry names (15 CFR 734.3(c)); two such goods need not be the same."""
    deal = Deal("d", "a", "US", [("TR", "2024-01-01", "b")], hs="940131")
    deal.more.append(("item", CLEW.classification, mint("test", "class")))
    found = goods(lay(deal.statements(), [(mint("test", "class"), CLEW.underEntry, mint("eccn", "EAR99"))]))
    assert found.classes[deal.node("item")] == {mint("hs", "940131")}
    assert deal.node("item") not in found.listed


def test_a_majority_makes_a_group_and_a_half_does_not(lay: Lay) -> None:
    data = lay(holding("1", "top", "left", 50_000_001), holding("2", "top", "right", 100_000_000))
    lay(holding("3", "other", "half", 50_000_000))
    control = Control.read(data, settings().majority)
    found = control.groups([party(name) for name in ("top", "left", "right", "other", "half", "nobody")], DAY)
    assert found[party("left")] == found[party("right")] == found[party("top")]
    assert len({found[party(name)] for name in ("top", "other", "half", "nobody")}) == 4
    said = control.together(party("left"), party("right"), DAY)
    assert said is not None
    assert {subject for subject, _, _ in said} == {mint("test", "holdings", part=part) for part in "12"}
    assert control.together(party("left"), party("half"), DAY) is None


def test_groups_are_those_of_the_day(lay: Lay) -> None:
    control = Control.read(lay(holding("1", "top", "left", 60_000_000, since="2024-03-01")), settings().majority)
    parties = party("left"), party("top")
    days = np.array([date(2024, 1, 1).toordinal(), date(2024, 4, 1).toordinal(), -1], np.int64)
    periods = control.periods(parties, days, DAY)
    of = periods.of(days, DAY.toordinal())
    same = [len(set(periods.groups[period].tolist())) == 1 for period in of.tolist()]
    assert same == [False, True, True]


def test_a_shipment_cannot_arrive_before_it_departs() -> None:
    ones = np.zeros(1, np.int64)
    with pytest.raises(InputError, match="before it departs"):
        Rows(ones, ones, ones, ones, ones + 5, ones + 4, ones - 1, ones, ones)


def test_keys_that_leave_64_bits_are_refused() -> None:
    with pytest.raises(InputError, match="too many"):
        packed(np.array([2**40], np.int64), np.array([1], np.int64), 2**30)


def test_a_search_without_dates_or_rows_finds_nothing_and_does_not_fail() -> None:
    none = np.zeros(0, np.int64)
    matcher = Matcher(Rows(*[none] * 9), Periods.alone(0), 90, 1)
    assert len(matcher.earlier(none, none)) == 0


def test_the_bounds_and_zones_come_from_tables_with_sources() -> None:
    assert settings().steps >= 4
    assert {zone.name for zone in zones(DAY)} >= {"us", "eu"}
    assert units()["kg"] == ("g", 1000)
