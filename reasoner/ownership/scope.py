"""Whom a regime reaches at all: a rule about foreign entities says nothing of one at home.

The words of the scope are the law's own and stand in the table of regimes. What is at home is the jurisdiction of the
lists that the regime extends. The answer is a reason beside the verdict: where a company belongs is for a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ...ontology import CLEW, mint
from .graph import OwnershipGraph
from .model import name_of
from .regime import Regime

_FOREIGN = "foreign"  # the first word of a scope that leaves out what is at home


def scope_reasons(graph: OwnershipGraph, regime: Regime, party: int) -> Iterator[str]:
    """Yield whom a regime reaches, and whether a party is one of those as far as its country tells."""
    if not regime.scope:
        return
    said, about = f"{regime.name} reaches {regime.scope}", graph.records.about
    home = {mint("place", str(key)) for on in regime.seed_lists for key in about(on, CLEW.jurisdiction)}
    if not (regime.scope.startswith(_FOREIGN) and home):
        yield said
        return
    places = {place for record in graph.records_of(party) for place in about(record, CLEW.country)}
    abroad = sorted(name_of(URIRef(str(place))) for place in places - home)
    if not places:
        yield f"{said}; no country is stated for {graph.label(party)}"
    elif not abroad:
        at = ", ".join(sorted(map(name_of, home)))
        yield f"{said}; {graph.label(party)} is in {at}, so whether it is one is to be judged first"
    else:
        yield f"{said}; {graph.label(party)} is in {', '.join(abroad)}"
