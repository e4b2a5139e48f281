"""What the ownership regimes say of parties, side by side, as JSON: statuses, reasons, margins, proofs, shares.

The same answer stands behind the command line and HTTP. It is put to a case, with what the release knows of the parties
it names, or to an entity of the release.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rdflib import RDF, URIRef

from ..errors import NotFoundError
from ..loaders.case import CaseDocument
from ..ontology import CLEW, mint, token
from ..reasoner.explain import Prover
from ..reasoner.ownership import (
    Assessment,
    Change,
    Direct,
    Divestment,
    Margin,
    OwnershipGraph,
    Sale,
    Ultimate,
    assess,
    changes,
    direct,
    read,
    register,
    ultimate,
    upstream,
)
from ..reasoner.ownership.terms import says as terms_say
from ..reasoner.render import derivation_json, sentences
from .service import Service, question
from .standing import would_be
from .words import key, share, stake

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """An ownership question: what the regimes say, what proves it, and of whom.

    Attributes:
        assessment: What the regimes say on the day.
        prover: Proves the statements that verdicts rest on.
        parties: Who is asked about.
        problems: Parts of a case that were set aside.
    """

    assessment: Assessment
    prover: Prover
    parties: tuple[URIRef, ...]
    problems: tuple[str, ...] = ()

    @property
    def graph(self) -> OwnershipGraph:
        """Return who holds what in whom on the day."""
        return self.assessment.graph


@contextmanager
def of_case(service: Service, case: CaseDocument, regimes: Sequence[str] = ()) -> Iterator[Asked]:
    """Ask about every company of a case; the question stands for the length of the block.

    Raises:
        NotFoundError: There is no such regime.
    """
    asked = question(case)
    with service.checker.bench.lay(asked.statements, asked.graph, asked.refs) as laid:
        graph = read(laid.holdings, case.as_of, asked.aside)
        persons = {party for party in case.nodes.values() if (party, RDF.type, CLEW.Person) in set(asked.statements)}
        parties = [party for party in case.nodes.values() if party in graph.index and party not in persons]
        problems = tuple(map(str, case.problems))
        yield Asked(assess(graph, regimes=_chosen(regimes)), Prover(laid.data, {}), tuple(parties), problems)


def of_entity(service: Service, entity: URIRef, as_of: date, regimes: Sequence[str] = ()) -> Asked:
    """Ask about an entity of the release.

    Raises:
        NotFoundError: The release does not know it, or there is no such regime.
    """
    if not service.release.data.objects(entity, RDF.type):
        raise NotFoundError(f"the release knows no `{token(entity)}`", help="find its id with /v1/entities?q=")
    found = service.book.assessment(as_of)
    asked = assess(found.graph, regimes=_chosen(regimes)) if regimes else found
    return Asked(asked, service.book.prover(as_of), (entity,))


def _chosen(regimes: Sequence[str]) -> list[URIRef] | None:
    return [mint("regime", name.removeprefix("regime:")) for name in regimes] or None


def answer_of(asked: Asked, *, swept: bool = False) -> Json:
    """Return what the regimes say of every party that is asked about."""
    return {
        "as_of": asked.graph.as_of.isoformat(),
        "parties": [party_json(asked, party, swept=swept) for party in asked.parties],
        "problems": list(asked.problems),
    }


def party_json(asked: Asked, party: URIRef, *, swept: bool = False) -> Json:
    """Return what the regimes say of one party, who stands behind it, and, when swept, since when."""
    found = asked.assessment
    answer: Json = {"id": token(party), "label": asked.graph.name(party)}
    answer["lists"] = _lists(asked.graph, party)
    answer["regimes"] = [_regime(asked, regime, party) for regime in found.regimes]
    answer |= owners_json(asked.graph, party)
    if swept:
        facts = upstream(asked.graph.records, party)
        answer["changes"] = [_change(change) for change in changes(facts, party, found.regimes)]
    return answer


def _lists(graph: OwnershipGraph, party: URIRef) -> list[str]:
    number = graph.index.get(party)
    return [] if number is None else sorted({key(listing.list) for listing, _ in graph.listed(number)})


def _regime(asked: Asked, regime: URIRef, party: URIRef) -> Json:
    found, graph = asked.assessment, asked.graph
    status, version = found.status(regime, party), graph.regimes[regime]
    row: Json = {
        "regime": key(regime),
        "status": status.status,
        "would_be": would_be(found, regime, party),
        "law": key(version.legal_status) if version else "",
        "asks": version.asks if version else "",
        "citation": version.citation if version else "",
        **{name: value for name, value in asdict(status).items() if name not in ("status", "reasons")},
        "held": share(status.minimum, status.maximum) if status.maximum else "0 %",
        "reasons": list(status.reasons),
    }
    if version is None or party not in graph.index:
        return row
    entries = found.terms(regime, party)
    proof = found.prove(regime, party, asked.prover.prove)
    return {
        **row,
        "margin": _margin(found.margin(regime, party)),
        "cheapest_sales": _sales(found.cheapest(regime, party)) if version.pass_through != "multiply" else None,
        "missing": list(found.missing(regime, party)),
        "terms": [{**asdict(one), "party": token(one.party), "listing": token(one.listing)} for one in entries],
        "terms_say": terms_say(entries, version),
        "proof": derivation_json(proof),
        "sentences": sentences(proof),
    }


def _margin(margin: Margin) -> Json:
    return {
        "needed": margin.need,
        "held": margin.held,
        "most": margin.most,
        "slack": margin.slack,
        "tau": margin.reach,
        "added": margin.added,
        "says": margin.says,
        "sales": [_sale(sale) for sale in margin.sales],
    }


def _sale(sale: Sale) -> Json:
    holders = [token(holder) for holder in sale.holders]
    return {"holders": holders, "company": token(sale.company), "holding": token(sale.holding), "share": sale.share}


def _sales(found: Divestment | None) -> Json | None:
    if found is None:
        return None
    return {"sales": [_sale(sale) for sale in found.sales], "total": found.total, "cheapest": found.cheapest}


def _change(change: Change) -> Json:
    day = change.day.isoformat() if change.day else None
    return {**asdict(change), "regime": key(change.regime), "day": day, "causes": list(change.causes)}


def owners_json(graph: OwnershipGraph, party: URIRef) -> Json:
    """Return who holds a party directly, and who stands behind it, with cascade and integrated shares."""
    if party not in graph.index:
        return {"recorded": 0, "complete": False, "direct": [], "ultimate": []}
    recorded, complete = register(graph, party)
    return {
        "recorded": recorded,
        "complete": complete,
        "direct": [_direct(graph, one) for one in direct(graph, party)],
        "ultimate": [_ultimate(graph, one) for one in ultimate(graph, party)],
    }


def _direct(graph: OwnershipGraph, one: Direct) -> Json:
    return {
        "holders": [token(holder) for holder in one.holders],
        "labels": [graph.name(holder) for holder in one.holders],
        "kind": one.kind,
        "minimum": one.minimum,
        "maximum": one.maximum,
        "share": stake(one.kind, one.minimum, one.maximum),
        "lists": list(one.lists),
        "sources": list(one.says),
    }


def _ultimate(graph: OwnershipGraph, one: Ultimate) -> Json:
    known = one.least is not None and one.most is not None
    return {
        "id": token(one.party),
        "label": graph.name(one.party),
        "person": one.person,
        "lists": list(one.lists),
        "integrated": _part(one.least or Fraction(0), one.most or Fraction(0)) if known else None,
        "alone": {name: _alone(status.status, status.minimum, status.maximum) for name, status in one.alone.items()},
    }


def _part(least: Fraction, most: Fraction) -> Json:
    """Return a share that was multiplied along chains: exactly as fractions, and in words."""
    ends = [int(end * 100_000_000) for end in (least, most)]
    return {"least": str(least), "most": str(most), "share": share(*ends) if ends[1] else "0 %"}


def _alone(status: str, minimum: int, maximum: int) -> Json:
    held = share(minimum, maximum) if maximum else "0 %"
    return {"status": status, "minimum": minimum, "maximum": maximum, "held": held}


def gravest_of(statuses: Collection[str]) -> str:
    """Return what a caller must take from many statuses: findings, something open, or nothing."""
    if "caught" in statuses:
        return "findings"
    return "undetermined" if {"possibly", "review"} & set(statuses) else "clear"
