"""What the ownership regimes say of the parties of one day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, overload
from urllib.parse import unquote

from rdflib import URIRef

from ...errors import NotFoundError
from ...ontology import curie, token
from ...statements import Statement
from ..derivation import Derivation, Inference
from ..finding import OwnershipStatus
from . import beneficial, integrated, verdicts
from .divest import Divestment, cheapest_divestment
from .graph import OwnershipGraph
from .kernel import candidates
from .levels import CLEAR, NOT_IN_FORCE, Seeds, seeds_of
from .model import name_of
from .proof import rests_on
from .reading import stands
from .regime import Regime
from .result import Result, Verdict, verdict_iri
from .spread import Mode
from .terms import Terms, terms
from .whatif import Margin, margin, missing
from .writer import Writer, nowhere

Producer = Callable[[Statement], Derivation]


def assess(
    graph: OwnershipGraph, *, regimes: Collection[URIRef] | None = None, seeds: Collection[URIRef] | None = None
) -> Assessment:
    """Return what ownership regimes say of the parties of a graph.

    Args:
        graph: The graph of the day.
        regimes: The regimes to ask; all that the dataset states when not given.
        seeds: The parties to take as listed, whatever the lists say; for questions such as "if only these were listed".

    Raises:
        NotFoundError: There is no such regime.
    """
    chosen = tuple(graph.regimes) if regimes is None else tuple(regimes)
    for regime in chosen:
        if regime not in graph.regimes:
            raise NotFoundError(
                f"there is no ownership regime `{token(regime)}`", help="see the regimes of the release"
            )
    numbers = None if seeds is None else frozenset(graph.index[party] for party in seeds if party in graph.index)
    return Assessment(graph, chosen, numbers)


class Assessment:
    """The verdicts of ownership regimes on the parties of a graph, each made when it is asked for, and kept."""

    def __init__(self, graph: OwnershipGraph, regimes: Collection[URIRef], seeds: frozenset[int] | None) -> None:
        """Remember the question; `assess` is the way to make one."""
        self.graph = graph
        self.regimes = tuple(sorted(regimes))
        self._override = seeds
        self._results: dict[tuple[URIRef, int], Result] = {}
        self._seeds: dict[URIRef, Seeds] = {}
        self._records: dict[str, URIRef] = {}

    def status(self, regime: URIRef, party: URIRef) -> OwnershipStatus:
        """Return what a regime says of a party because of its owners; its own listing says nothing here.

        Raises:
            NotFoundError: There is no such regime.
        """
        self._version(regime)
        number = self.graph.index.get(party)
        if number is None:
            return self._nobody(regime)
        return self.result(regime, number).status

    def verdicts(self, *, all: bool = True) -> Iterator[Verdict]:
        """Yield the verdicts of all regimes on all parties, in order; without `all`, only those that are not clear.

        A regime that does not stand on the day has verdicts only on parties that it would otherwise reach.
        """
        for regime in self.regimes:
            numbers = range(len(self.graph.parties)) if all else sorted(self.reachable(regime))
            for number in numbers:
                result = self.result(regime, number)
                if all or result.would_be != CLEAR:
                    yield from self._verdicts(regime, number, result)

    def statements(self, *, all: bool = False) -> Iterator[Statement]:
        """Yield the verdicts as statements for the named graph of the day."""
        for verdict in self.verdicts(all=all):
            yield from verdict.statements()

    @overload
    def derive(self, verdict: URIRef, fact: Producer, /) -> Inference: ...

    @overload
    def derive(self, regime: URIRef, party: URIRef, fact: Producer, /) -> Inference: ...

    def derive(self, *question: Any) -> Inference:
        """Return the proof of a verdict, asked for by its IRI, or by a regime and a party.

        The last argument turns a statement of the dataset into a leaf with its origin.

        Raises:
            NotFoundError: No verdict of this day has that IRI, or nothing is known of the party's owners.
        """
        *which, fact = question
        regime, party = which if len(which) == 2 else self._of(*which)
        return self.prove(regime, party, fact)

    def prove(self, regime: URIRef, party: URIRef, fact: Producer) -> Inference:
        """Return the proof of what a regime says of a party.

        For `caught` it is irredundant: without any one of its stakes it fails. For `possibly` it names the shares that
        are not known, for `review` what a person must judge.

        Raises:
            NotFoundError: There is no such regime, or nothing is stated of the party's owners or holdings.
        """
        number = self._number(party)
        result = self.result(regime, number)
        if result.version is None:
            return nowhere(self.graph, regime, number, result.status.reasons[0])
        return Writer(self.graph, result.version, party, fact).prove(result)

    def margin(self, regime: URIRef, party: URIRef) -> Margin:
        """Return how far a party is from another answer, and the cheapest changes that would bring it there."""
        version = self._version(regime)
        if version is None:
            raise NotFoundError(f"`{token(regime)}` has no version on {self.graph.as_of}", help="ask about another day")
        return margin(self.graph, version, self._seeds_of(regime), self._number(party))

    def cheapest(self, regime: URIRef, party: URIRef) -> Divestment | None:
        """Return the cheapest sales after which shares could not catch a party; nothing where none are needed."""
        version = self._version(regime)
        return (
            cheapest_divestment(self.graph, version, self._seeds_of(regime), self._number(party)) if version else None
        )

    def integrated(self, owner: URIRef, party: URIRef) -> tuple[Fraction, Fraction]:
        """Return the least and the greatest part of a party that an owner has through all chains, from 0 to 1, exactly.

        This is the economic share, multiplied along chains. Sanctions regimes do not ask for it; it is shown beside the
        cascade so that nobody takes one for the other.
        """
        numbers = self._number(owner), self._number(party)
        least, most = (integrated.owned(self.graph, *numbers, mode) for mode in (Mode.MUST, Mode.MAY))
        return least, most

    def missing(self, regime: URIRef, party: URIRef) -> tuple[str, ...]:
        """Return what to find out: the shares, dates and judgements that would settle `possibly` or `review`."""
        version = self._version(regime)
        if version is None:
            return ()
        return missing(self.graph, version, self._seeds_of(regime), self._number(party))

    def terms(self, regime: URIRef, party: URIRef) -> tuple[Terms, ...]:
        """Return the licence terms of all listed parties behind a company; the most restrictive of them applies."""
        number = self.graph.index.get(party)
        return () if number is None else terms(self.graph, self.result(regime, number))

    def reachable(self, regime: URIRef) -> frozenset[int]:
        """Return the numbers of all parties that a regime might not find clear, by one run over the whole graph."""
        version = self._version(regime)
        seeds = self._seeds_of(regime)
        if version is None:
            return frozenset()
        return candidates(self.graph, version, seeds) if seeds.reachable is None else seeds.reachable

    def result(self, regime: URIRef, number: int) -> Result:
        """Return the verdict on the party with a number, with everything a proof of it needs."""
        key = regime, number
        if key not in self._results:
            self._results[key] = self._decide(regime, number)
        return self._results[key]

    def carried(self, graph: OwnershipGraph, touched: frozenset[int]) -> Assessment:
        """Return the verdicts over a graph that differs from this one only in what stands above some parties.

        Args:
            graph: The other graph, with the same parties.
            touched: The parties whose verdicts may be others.
        """
        found = Assessment(graph, self.regimes, self._override)
        found._results = {key: result for key, result in self._results.items() if key[1] not in touched}
        for regime, seeds in self._seeds.items():
            # What may be reached is only used to spare work, so that all that is touched can be taken in.
            reachable = None if seeds.reachable is None else seeds.reachable | touched
            found._seeds[regime] = replace(seeds, reachable=reachable)
        return found

    def _decide(self, regime: URIRef, number: int) -> Result:
        version = self._version(regime)
        if version is None:
            return Result(number, None, self._nobody(regime))
        seeds = self._seeds_of(regime)
        if version.pass_through == "multiply":
            return beneficial.decide(self.graph, version, seeds, number)
        return verdicts.decide(self.graph, version, seeds, number)

    def _verdicts(self, regime: URIRef, number: int, result: Result) -> Iterator[Verdict]:
        """Yield the verdict on a party once for each of its records."""
        holdings = rests_on(self.graph, result)
        for record in self.graph.records_of(number):
            iri = verdict_iri(regime, self.graph.as_of, record)
            yield Verdict(iri, record, regime, self.graph.as_of, result.status, holdings)

    def _of(self, verdict: URIRef) -> tuple[URIRef, URIRef]:
        """Return the regime and the party of a verdict."""
        if not self._records:
            self._records |= {curie(party): party for party in self.graph.index}
        for regime in self.regimes:
            start = verdict_iri(regime, self.graph.as_of, URIRef(""))
            party = self._records.get(unquote(verdict.removeprefix(start)))
            if verdict.startswith(start) and party is not None:
                return regime, party
        raise NotFoundError(f"there is no verdict `{token(verdict)}`", help="ask about a party with owners, on its day")

    def _seeds_of(self, regime: URIRef) -> Seeds:
        if regime not in self._seeds:
            version = self._version(regime)
            seeds = Seeds(self._override or frozenset(), frozenset())
            if self._override is None and version is not None:
                seeds = seeds_of(self.graph, version)
            if version is not None and version.pass_through != "multiply":
                seeds = replace(seeds, reachable=candidates(self.graph, version, seeds))
            self._seeds[regime] = seeds
        return self._seeds[regime]

    def _version(self, regime: URIRef) -> Regime | None:
        if regime not in self.graph.regimes:
            raise NotFoundError(f"there is no ownership regime `{token(regime)}`", help="list them with `clew regimes`")
        return self.graph.regimes[regime]

    def _number(self, party: URIRef) -> int:
        if party not in self.graph.index:
            raise NotFoundError(f"no statement on ownership names `{token(party)}`", help="load its holdings")
        return self.graph.index[party]

    def _nobody(self, regime: URIRef) -> OwnershipStatus:
        version = self._version(regime)
        if version is None:
            why = f"no version of {name_of(regime)} is in force on {self.graph.as_of}"
            return OwnershipStatus(NOT_IN_FORCE, 0, 0, 0, (why,))
        status = CLEAR if stands(version) else NOT_IN_FORCE
        return OwnershipStatus(status, 0, 0, version.threshold, ("no owner is recorded",))
