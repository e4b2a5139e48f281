"""Ownership and control: which parties a regime catches through their owners, on a day, with proofs.

`read` takes the graph of a day out of a dataset, `assess` puts the ownership regimes to it. Shares are whole numbers in
millionths of one percent; where they are not known exactly, the answers hold in every world the statements allow
(`caught`), in some (`possibly`) or in none (`clear`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rdflib import URIRef

from ...dataset import Dataset
from .assessment import Assessment, assess
from .build import build
from .divest import Divestment
from .graph import OwnershipGraph
from .owners import Direct, Ultimate, direct, register, ultimate
from .records import records
from .result import Verdict
from .sweep import Change, changes, sweep, upstream
from .terms import Terms
from .update import updated
from .view import OwnershipView, ViewEdge, ViewNode, view
from .whatif import Margin, Sale


def read(data: Dataset, as_of: date, aside: Mapping[URIRef, tuple[str, ...]] | None = None) -> OwnershipGraph:
    """Return who holds what in whom on a day, with the entries on lists and the regimes of that day.

    Args:
        data: The dataset.
        as_of: The day.
        aside: For a company, why records of holdings in it were set aside; told beside the verdicts it touches.

    Raises:
        InputError: A version of a regime lacks a parameter.
    """
    return build(replace(records(data), aside=aside or {}), as_of)


__all__ = [
    "Assessment",
    "Change",
    "Direct",
    "Divestment",
    "Margin",
    "OwnershipGraph",
    "OwnershipView",
    "Sale",
    "Terms",
    "Ultimate",
    "Verdict",
    "ViewEdge",
    "ViewNode",
    "assess",
    "changes",
    "direct",
    "read",
    "register",
    "sweep",
    "ultimate",
    "updated",
    "upstream",
    "view",
]
