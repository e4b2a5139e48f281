"""Shipments as arrays: one row for each class that the goods of a shipment belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rdflib import URIRef

from ...errors import InputError
from .goods import Goods
from .groups import Control, Periods
from .model import Shipment

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
UNKNOWN = -1
Name = TypeVar("Name", str, URIRef)
_LARGEST = 2**62  # room for sums and for the part by which a quantity may exceed another


@dataclass(frozen=True, slots=True)
class Rows:
    """Shipments by number, one row for each goods class; -1 stands for what is not known.

    Attributes:
        shipment: Number of the shipment.
        goods: Number of the goods class.
        consignor: Number of the sender.
        consignee: Number of the receiver.
        departure: Day number.
        arrival: Day number.
        before: The row that a source states as the one before, in the same consignment.
        quantity: How much, in millionths of the unit.
        unit: Number of the unit.
    """

    shipment: Ints
    goods: Ints
    consignor: Ints
    consignee: Ints
    departure: Ints
    arrival: Ints
    before: Ints
    quantity: Ints
    unit: Ints

    def __post_init__(self) -> None:
        """Refuse columns of different length, and days that run backwards."""
        if len({len(getattr(self, name)) for name in self.__slots__}) > 1:
            raise InputError("the columns of the shipments differ in length")
        if ((self.departure < 0) != (self.arrival < 0)).any() or (self.arrival < self.departure).any():
            raise InputError("a shipment arrives before it departs", help="correct its dates, or leave both out")

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.shipment)


@dataclass(frozen=True, slots=True)
class Network:
    """Shipments with what their numbers stand for.

    Attributes:
        shipments: The shipments.
        classes: The goods classes.
        parties: The parties.
        units: The units.
        rows: The same as arrays.
        periods: Who is in whose group, and when.
        as_of: Day number that stands in where a shipment has no date.
    """

    shipments: tuple[Shipment, ...]
    classes: tuple[URIRef, ...]
    parties: tuple[URIRef, ...]
    units: tuple[str, ...]
    rows: Rows
    periods: Periods
    as_of: int


def network(shipments: Sequence[Shipment], goods: Goods, control: Control, as_of: date) -> Network:
    """Return shipments as arrays.

    Args:
        shipments: The shipments; those whose goods have no class get no row, because nothing matches them.
        goods: The classes of their goods.
        control: Who controls whom.
        as_of: The day for shipments without a date.

    Raises:
        InputError: A quantity is too large to be counted.
    """
    pairs = [
        (number, each)
        for number, one in enumerate(shipments)
        for each in sorted(goods.classes.get(one.item, ()) if one.item else ())
    ]
    classes, parties = (
        _numbered(each for _, each in pairs),
        _numbered(party for one in shipments for party in (one.consignor, one.consignee) if party is not None),
    )
    units = _numbered(one.unit for one in shipments if one.unit is not None)
    at = {(shipments[number].iri, shipments[number].item, each): row for row, (number, each) in enumerate(pairs)}
    listed = [shipments[number] for number, _ in pairs]
    rows = Rows(
        shipment=_column(number for number, _ in pairs),
        goods=_column(classes[each] for _, each in pairs),
        consignor=_column(parties.get(one.consignor, UNKNOWN) if one.consignor else UNKNOWN for one in listed),
        consignee=_column(parties.get(one.consignee, UNKNOWN) if one.consignee else UNKNOWN for one in listed),
        departure=_column(_day(one.departure) for one in listed),
        arrival=_column(_day(one.arrival) for one in listed),
        before=_column(
            at[one.before, one.item, each] if one.before else UNKNOWN
            for one, (_, each) in zip(listed, pairs, strict=True)
        ),
        quantity=_column(map(_quantity, listed)),
        unit=_column(
            units.get(one.unit, UNKNOWN) if one.unit and one.quantity is not None else UNKNOWN for one in listed
        ),
    )
    everybody = tuple(parties)
    periods = control.periods(everybody, rows.departure, as_of)
    return Network(tuple(shipments), tuple(classes), everybody, tuple(units), rows, periods, as_of.toordinal())


def _quantity(one: Shipment) -> int:
    if one.quantity is None or one.unit is None:
        return UNKNOWN
    if one.quantity >= _LARGEST // 4:
        raise InputError(f"the quantity of `{one.item}` is too large", help="write it in a larger unit")
    return one.quantity


def _day(day: date | None) -> int:
    return day.toordinal() if day else UNKNOWN


def _numbered(values: Iterable[Name]) -> dict[Name, int]:
    return {value: number for number, value in enumerate(sorted(set(values)))}


def _column(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
