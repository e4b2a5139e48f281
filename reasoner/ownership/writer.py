"""Writing the proof of a verdict as a tree: one step for each company on the way, down to what sources state."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rdflib import URIRef

from ...ontology import CLEW, mint, token
from ..derivation import Absence, Derivation, Inference
from ..derivation import Kind as Step
from .closure import Part
from .graph import OwnershipGraph
from .levels import CAUGHT, Run
from .model import WHOLE, Kind, name_of, percent, span
from .premises import Producer, Sources
from .proof import Thread, lower_run, thread
from .reading import stands
from .regime import Regime
from .result import Result, verdict_iri
from .spread import Mode, counts, part_held


class Writer:
    """Writes proofs, each step with its premises in the order a reader should see."""

    def __init__(self, graph: OwnershipGraph, regime: Regime, party: URIRef, fact: Producer) -> None:
        """Remember the graph, the version of the regime, the record asked about, and what makes a statement a leaf."""
        self._graph = graph
        self._regime = regime
        self._sources = Sources(graph, regime, party, fact)
        self._threads: dict[tuple[int, int], Thread] = {}
        self._steps: dict[tuple[int, int], Inference] = {}

    def prove(self, result: Result) -> Inference:
        """Return the proof of one verdict."""
        run = result.run
        if run is not None and stands(self._regime):
            return self._reach(run, result.party)
        if result.flow is not None and stands(self._regime):
            return self._flow(result, *result.flow)
        return self._unreached(result)

    def _reach(self, run: Run, company: int) -> Inference:
        """Return the step for a company that a run reaches, from the parts that it needs."""
        key = id(run), company
        if key not in self._threads:
            self._threads[key] = thread(run, company)
        return self._step(run, company, self._threads[key])

    def _step(self, run: Run, company: int, used: Thread) -> Inference:
        """Return the step for a company; kept, because several companies may rest on one."""
        key = id(used), company
        if key not in self._steps:
            self._steps[key] = self._written(run, company, used)
        return self._steps[key]

    def _written(self, run: Run, company: int, used: Thread) -> Inference:
        earlier = {party for party, place in used.order.items() if place < used.order[company]}
        parts = sorted(
            (run.closure.parts[i] for i in used.used if run.closure.parts[i].cell[0] == company),
            key=lambda part: (
                not counts(part, earlier),
                -part.minimum if run.mode is Mode.MUST else -part.maximum,
                part.stake,
            ),
        )
        counted = [part for part in parts if counts(part, earlier)]
        rest = parts[len(counted) :]
        by_rest = self._by_rest(run, counted, parts)
        premises: list[Derivation] = []
        for part in counted:
            premises += self._sources.stake(part, None if by_rest else run.mode)
            premises += self._counted(part, run, used, earlier)
        for part in rest:
            premises += self._sources.stake(part, Mode.MAY)
        if by_rest:
            premises.append(self._sources.fact((self._sources.register(company), CLEW.registerComplete, True)))
        premises += self._sources.law(run, counted)
        return Inference(
            conclusion=(self._verdict(company), CLEW.verdictStatus, mint("status", run.status)),
            kind=Step.OWNERSHIP,
            rule=self._regime.iri,
            says=self._says(run, company, counted, rest),
            bindings=self._bindings(company, parts),
            premises=tuple(premises),
        )

    def _verdict(self, company: int) -> URIRef:
        return verdict_iri(self._regime.of, self._graph.as_of, self._sources.name(company))

    def _by_rest(self, run: Run, counted: list[Part], parts: list[Part]) -> bool:
        """Tell whether a step rests on what the other holders can have at most."""
        if not parts or run.mode is Mode.MAY:
            return False
        cell = run.closure.cells[parts[0].cell]
        return cell.complete and cell.consistent and not cell.link and sum(part.minimum for part in counted) < run.need

    def _counted(self, part: Part, run: Run, used: Thread, earlier: set[int]) -> Iterator[Derivation]:
        """Yield why a part counts: why its holder does, or one of its partners."""
        stake = self._graph.stakes[part.stake]
        hands = [hand for hand in part.hands if hand in earlier]
        if part.any:
            hands = sorted(
                hands, key=lambda hand: (hand not in stake.holders, hand not in run.seeds, used.order[hand])
            )[:1]
        for hand in hands:
            if hand not in stake.holders:
                yield from self._sources.pact(part, hand)
            yield from self._why(hand, run, used)

    def _why(self, hand: int, run: Run, used: Thread) -> Iterator[Derivation]:
        """Yield why a party counts: it is listed, or it is reached itself."""
        if hand in run.seeds:
            yield from self._sources.listed(hand)
            return
        lower = lower_run(run, hand)
        yield self._reach(lower, hand) if lower is not None else self._step(run, hand, used)

    def _says(self, run: Run, company: int, counted: list[Part], rest: list[Part]) -> str:
        graph, regime = self._graph, self._regime
        asks = f"{regime.name} asks for {regime.asks} ({regime.citation})"
        names = " + ".join(self._part(part, run.seeds) for part in counted)
        if counted and run.closure.cells[counted[0].cell].link:
            return f"{graph.label(company)} is controlled by listed or caught parties: {names}; {asks}"
        low, high = sum(part.minimum for part in counted), sum(part.maximum for part in counted)
        if rest:
            least = sum(part.maximum for part in rest)
            return (
                f"every holder of {graph.label(company)} is recorded and the others hold {percent(least)} at most; "
                f"the rest is held by listed or caught parties: {names}; {asks}"
            )
        if run.mode is Mode.MUST:
            more = "" if low == high else " or more"
            whole = part_held(run.closure, company, run.reached.keys() - {company}, Mode.MUST)
            names += f" ({percent(whole)} with all of them)" if whole > low and run.closure.reading.cascade else ""
            return f"{percent(low)}{more} is held by listed or caught parties: {names}; {asks}"
        return f"up to {percent(min(high, WHOLE))} may be held by listed or caught parties: {names}; {asks}"

    def _part(self, part: Part, seeds: Collection[int]) -> str:
        stake = self._graph.stakes[part.stake]
        holders = " and ".join(map(self._graph.label, stake.holders))
        if part.cell[1] is not stake.kind:
            return f"{span(stake.minimum, stake.maximum)} {holders}, {percent(stake.former)} before"
        if stake.kind in (Kind.BOARD, Kind.CONTROL):
            return f"{'the board' if stake.kind is Kind.BOARD else 'control'} by {holders}"
        versions = len(stake.statements)
        note = f" (by {versions} statements of one stake)" if versions > 1 else ""
        votes = " of the votes" if stake.kind is Kind.VOTES else ""
        assumed = [one for one in stake.holders if one in seeds and self._sources.entry(one) is None]
        if assumed and self._regime.seed_lists:
            note += f" ({' and '.join(map(self._graph.label, assumed))} taken as listed)"
        return f"{span(part.minimum, part.maximum)}{votes} {holders}{note}"

    def _bindings(self, company: int, parts: list[Part]) -> tuple[tuple[str, str], ...]:
        graph, regime = self._graph, self._regime
        found = {
            "asOf": graph.as_of.isoformat(),
            "company": token(graph.parties[company]),
            "legalStatus": name_of(regime.legal_status),
            "need": str(regime.need),
        }
        for part in parts:
            found[f"share {'+'.join(token(graph.parties[one]) for one in graph.stakes[part.stake].holders)}"] = (
                f"{part.minimum}..{part.maximum}"
            )
        return tuple(sorted(found.items()))

    def _unreached(self, result: Result) -> Inference:
        """Return the step for a party that is clear, or under a regime that is not in force."""
        company, regime = result.party, self._regime
        premises: list[Derivation] = []
        if stands(regime):
            for number in self._graph.stakes_in(company):
                kind = self._graph.stakes[number].kind
                part = Part(number, (), True, (company, kind), 0, 0)
                premises += self._sources.stake(part, Mode.MAY)
            premises += self._sources.test()
        else:
            premises.append(self._sources.fact((regime.iri, CLEW.legalStatus, regime.legal_status)))
        reasons = "; ".join(result.status.reasons)
        conclusion = (self._verdict(company), CLEW.verdictStatus, mint("status", result.status.status))
        bindings = self._bindings(company, [])
        return Inference(
            conclusion, Step.OWNERSHIP, regime.iri, f"{reasons} ({regime.citation})", bindings, tuple(premises)
        )

    def _flow(self, result: Result, owner: int, stakes: tuple[int, ...]) -> Inference:
        """Return the step for a share that is multiplied along chains."""
        graph, regime = self._graph, self._regime
        mode = Mode.MUST if result.status.status == CAUGHT else Mode.MAY
        premises: list[Derivation] = []
        for number in stakes:
            stake = graph.stakes[number]
            premises += self._sources.stake(Part(number, stake.holders, True, (stake.company, stake.kind), 0, 0), mode)
        premises += self._sources.listed(owner)
        premises += self._sources.test()
        premises.append(self._sources.fact((regime.iri, CLEW.passThrough, regime.pass_through)))
        chains = "; ".join(
            f"{span(graph.stakes[n].minimum, graph.stakes[n].maximum)} of {graph.label(graph.stakes[n].company)} by "
            f"{' and '.join(map(graph.label, graph.stakes[n].holders))}"
            for n in stakes
        )
        share = span(result.status.minimum, result.status.maximum)
        reasons = "; ".join(result.status.reasons)
        controlled = any(graph.stakes[number].kind is not Kind.SHARES for number in stakes)
        says = (
            f"{reasons} ({regime.citation})"
            if controlled
            else (
                f"{graph.label(owner)} owns {share} of {graph.label(result.party)}, shares multiplied along chains and "
                f"chains added: {chains}; {regime.name} asks for {regime.asks} ({regime.citation})"
            )
        )
        conclusion = (self._verdict(result.party), CLEW.verdictStatus, mint("status", result.status.status))
        return Inference(
            conclusion, Step.OWNERSHIP, regime.iri, says, self._bindings(result.party, []), tuple(premises)
        )


def nowhere(graph: OwnershipGraph, regime: URIRef, party: int, why: str) -> Inference:
    """Return the step for a regime that has no version on the day."""
    pattern = (
        f"?version <{CLEW.versionOf}> <{regime}> ; <{CLEW.validFrom}> ?from . "
        f"OPTIONAL {{ ?version <{CLEW.validUntil}> ?until }} "
        f'FILTER(?from <= "{graph.as_of}"^^<http://www.w3.org/2001/XMLSchema#date> && '
        f'COALESCE(?until > "{graph.as_of}"^^<http://www.w3.org/2001/XMLSchema#date>, true))'
    )
    verdict = verdict_iri(regime, graph.as_of, graph.parties[party])
    conclusion = (verdict, CLEW.verdictStatus, mint("status", "not_in_force"))
    return Inference(conclusion, Step.OWNERSHIP, regime, why, (), (Absence(pattern, why),))
