"""What the reasoner hands back on one party: the verdict, and behind it the run that reached the party."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rdflib import RDF, URIRef

from ...ontology import CLEW, curie, mint
from ...statements import Statement
from ..finding import OwnershipStatus
from .levels import CLEAR, Run
from .model import name_of
from .regime import Regime


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on one party with what a proof of it needs.

    Attributes:
        party: Number of the party.
        version: The version of the regime that was applied; nothing where there is none on the day.
        status: The verdict.
        would_be: What the verdict would be were the version in force.
        run: The run that reached the party; nothing where none did, or where shares are multiplied.
        flow: Where shares are multiplied: the owner and the stakes that carry the share.
    """

    party: int
    version: Regime | None
    status: OwnershipStatus
    would_be: str = CLEAR
    run: Run | None = None
    flow: tuple[int, tuple[int, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a regime says of a party on a day.

    Attributes:
        iri: The verdict itself.
        party: The party it is about.
        regime: The regime.
        as_of: The day.
        status: What the regime says.
        rests_on: The statements on holdings that its proof uses.
    """

    iri: URIRef
    party: URIRef
    regime: URIRef
    as_of: date
    status: OwnershipStatus
    rests_on: tuple[URIRef, ...]

    def statements(self) -> Iterator[Statement]:
        """Yield the verdict as statements."""
        yield self.iri, RDF.type, CLEW.OwnershipVerdict
        yield self.iri, CLEW.verdictOn, self.party
        yield self.iri, CLEW.underRegime, self.regime
        yield self.iri, CLEW.verdictStatus, mint("status", self.status.status)
        yield self.iri, CLEW.asOf, self.as_of
        yield self.iri, CLEW.shareMinimum, self.status.minimum
        yield self.iri, CLEW.shareMaximum, self.status.maximum
        for holding in self.rests_on:
            yield self.iri, CLEW.restsOn, holding
        for reason in self.status.reasons:
            yield self.iri, CLEW.verdictReason, reason


def verdict_iri(regime: URIRef, as_of: date, party: URIRef) -> URIRef:
    """Return the IRI of the verdict of a regime on a party as of a day."""
    return mint("verdict", name_of(regime), as_of.isoformat(), curie(party))
