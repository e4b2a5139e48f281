"""Ownership regimes: the parameters of each for one period, as its row of law states them."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from .model import Listing, name_of, percent
from .window import Window


@dataclass(frozen=True, slots=True)
class Regime:
    """The parameters of an ownership regime for one period, as its row of law states them.

    Attributes:
        iri: The version.
        of: The regime.
        threshold: The share that is asked for, in millionths of one percent.
        comparison: `>=` or `>`.
        aggregation: Whose shares add up: all_listed, none, per_party_or_joint, per_person or unspecified.
        pass_through: How a stake counts for those above: cascade, multiply or unspecified.
        control_limb: Whether control counts beside shares: none, rebuttable or yes.
        seed_lists: Lists whose entries the regime extends.
        seed_programmes: Programmes to which some of the lists are narrowed.
        narrowed: The lists that are narrowed, where the data says which; else those whose entries state programmes.
        scope: Whom the regime reaches, in the words of its source.
        legal_status: The state of law of the version.
        window: When the version is the one to apply.
        citation: Where the law stands.
    """

    iri: URIRef
    of: URIRef
    threshold: int
    comparison: str
    aggregation: str
    pass_through: str
    control_limb: str
    seed_lists: frozenset[URIRef]
    seed_programmes: frozenset[URIRef]
    narrowed: frozenset[URIRef]
    scope: str
    legal_status: URIRef
    window: Window
    citation: str

    def extends(self, listing: Listing) -> bool:
        """Tell whether an entry on a list is one that the regime extends along holdings."""
        if listing.list not in self.seed_lists:
            return False
        whole = (
            listing.list not in self.narrowed if self.narrowed else not (self.seed_programmes and listing.programmes)
        )
        return whole or bool(listing.programmes & self.seed_programmes)

    @property
    def need(self) -> int:
        """Return the smallest share that is enough; more than 50 percent is one unit above it."""
        return self.threshold + (self.comparison == ">")

    @property
    def name(self) -> str:
        """Return the id of the regime as people write it, such as `us-ofac-50`."""
        return name_of(self.of)

    @property
    def asks(self) -> str:
        """Return the test in words: `50 % or more`, or `more than 50 %`."""
        share = percent(self.threshold)
        return f"{share} or more" if self.comparison == ">=" else f"more than {share}"
