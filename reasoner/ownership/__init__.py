"""Ownership and control: which parties a regime catches through their owners, on a day, with proofs.

`read` takes the graph of a day out of a dataset, `assess` puts the ownership regimes to it. Shares are whole numbers in
millionths of one percent; where they are not known exactly, the answers hold in every world the statements allow
(`caught`), in some (`possibly`) or in none (`clear`).
"""

from __future__ import annotations

from datetime import date

from ...dataset import Dataset
from .assessment import Assessment, assess
from .build import build
from .divest import Divestment
from .graph import OwnershipGraph
from .records import records
from .result import Verdict
from .sweep import Change, sweep
from .view import OwnershipView, ViewEdge, ViewNode, view
from .whatif import Margin, Sale


def read(data: Dataset, as_of: date) -> OwnershipGraph:
    """Return who holds what in whom on a day, with the entries on lists and the regimes of that day.

    Raises:
        InputError: A version of a regime lacks a parameter.
    """
    return build(records(data), as_of)


__all__ = [
    "Assessment",
    "Change",
    "Divestment",
    "Margin",
    "OwnershipGraph",
    "OwnershipView",
    "Sale",
    "Verdict",
    "ViewEdge",
    "ViewNode",
    "assess",
    "read",
    "sweep",
    "view",
]
