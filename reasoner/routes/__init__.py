"""Routes and diversion: where goods go, through whose hands, and what speaks against it.

`legality` asks of one transaction whether each leg, stop, craft and party on its route is clear. `diversions` looks
among all shipments of a dataset for chains from the reach of a law to a place under its embargo; `derive` proves one.
"""

from __future__ import annotations

from .contradictions import Contradiction, contradictions
from .diversion import Asked, Diversion, Found, Trade, diversions
from .legality import Ground, Reason, Weight, legality
from .model import Mark, Shipment, shipments
from .proof import derive
from .quantities import Convention, Diverted, Entry, diverted
from .settings import Settings, Zone, settings, zones
from .strength import Strength

__all__ = [
    "Asked",
    "Contradiction",
    "Convention",
    "Diversion",
    "Diverted",
    "Entry",
    "Found",
    "Ground",
    "Mark",
    "Reason",
    "Settings",
    "Shipment",
    "Strength",
    "Trade",
    "Weight",
    "Zone",
    "contradictions",
    "derive",
    "diversions",
    "diverted",
    "legality",
    "settings",
    "shipments",
    "zones",
]
