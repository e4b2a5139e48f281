"""Reading holdings as columns gives what the statements say, in whatever form they are stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.reasoner.ownership.build import build
from clew.reasoner.ownership.holdings import Holdings
from clew.reasoner.ownership.model import WHOLE, Holding, Kind
from clew.reasoner.ownership.records import records
from clew.reasoner.ownership.tsv import holdings
from clew.reasoner.ownership.window import Window
from clew.statements import Statement, Value
from clew.tests.ownership.worlds import GRAPH, party

KINDS = {"shares": Kind.SHARES, "joint": Kind.SHARES, "votes": Kind.VOTES, "board": Kind.BOARD, "other": Kind.CONTROL}
DAYS = [date(2020, 1, 1), date(2021, 6, 1), date(2022, 6, 1)]


def stated(random: Random, node: URIRef) -> list[Statement]:
    """One holding in one of the forms that sources give it: mostly plain, sometimes joint, doubled, odd."""
    found: list[Statement] = [(node, RDF.type, CLEW.Holding), (node, CLEW.heldIn, party(random.choice("ABC")))]
    for holder in random.sample("PQAB", random.choice((1, 1, 1, 2))):
        found.append((node, CLEW.holder, party(holder)))
    if random.random() < 0.8:
        found.append((node, CLEW.holdingKind, mint("holding-kind", random.choice((*KINDS, "indirect", "shares")))))
    ends: list[Value] = [10_000_000, 40_000_000, 160_000_000, -5, "much"]
    for term, weights in ((CLEW.shareMinimum, (40, 9, 1, 1, 1)), (CLEW.shareMaximum, (9, 40, 1, 1, 1))):
        for _ in range(random.choice((0, 1, 1, 1, 1, 1, 1, 2))):
            found.append((node, term, random.choices(ends, weights)[0]))
    for term in (CLEW.validFrom, CLEW.validFromLatest, CLEW.validUntilEarliest, CLEW.validUntil):
        if random.random() < 0.15:
            found.append((node, term, random.choice([*DAYS, "soon"])))
    return found


def told(statements: list[Statement], node: URIRef) -> Holding | None:
    """The same holding by the plain words of the graph model."""

    def of(term: URIRef, kind: type) -> list[Value]:
        return sorted({value for _, found, value in statements if found == term and type(value) is kind}, key=str)

    kinds = of(CLEW.holdingKind, URIRef)
    low, high = of(CLEW.shareMinimum, int), of(CLEW.shareMaximum, int)
    since, latest, earliest, until = (
        of(term, date) for term in (CLEW.validFrom, CLEW.validFromLatest, CLEW.validUntilEarliest, CLEW.validUntil)
    )
    if kinds == [mint("holding-kind", "indirect")]:
        return None
    ends = min(map(int, low), default=0), max(map(int, high), default=WHOLE)  # type: ignore[arg-type]
    sound = 0 <= ends[0] <= ends[1] <= WHOLE
    kind = KINDS[kinds[0].rpartition("/")[2]] if kinds else Kind.SHARES  # type: ignore[union-attr]
    window = Window(*(min(found) if found else None for found in (since, latest, earliest, until)))  # type: ignore[arg-type, type-var]
    return Holding(
        node,
        tuple(of(CLEW.holder, URIRef)),  # type: ignore[arg-type]
        of(CLEW.heldIn, URIRef)[0],  # type: ignore[arg-type]
        kind,
        *(ends if sound else (0, WHOLE)),
        bool(low or high),
        sound,
        window,
        kinds[0] if kinds else None,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("seed", range(30))
def test_every_form_of_a_holding_is_read_as_it_is_stated(seed: int) -> None:
    random = Random(seed)
    data, wanted = Dataset(), set()
    for number in range(50):
        node = party(f"h{number}")
        statements = stated(random, node)
        data.add(statements, GRAPH)
        wanted.add(told(statements, node))
    found = holdings(data)
    assert set(found) == wanted - {None}
    assert len(found.plain.nodes) > 5, "plain holdings stay in columns"
    assert len(found.odd) > 5


@pytest.mark.parametrize("seed", range(20))
def test_columns_and_statements_give_the_same_stakes(seed: int) -> None:
    random = Random(seed)
    data = Dataset()
    for number in range(25):
        data.add(stated(random, party(f"h{number}")), GRAPH)
    facts = records(data)
    one_by_one = replace(facts, holdings=tuple(facts.holdings))
    for day in (date(2019, 1, 1), *DAYS, date(2023, 1, 1)):
        quick, slow = build(facts, day), build(one_by_one, day)
        assert list(quick.stakes) == list(slow.stakes)
        assert quick.flawed == slow.flawed
        for name in "PQABC":
            if party(name) in quick.index:
                number = quick.index[party(name)]
                stakes = sorted(quick.stakes_of(number))
                assert stakes == [n for n, stake in enumerate(slow.stakes) if number in stake.holders]


def test_holdings_in_a_company_are_found_without_the_others() -> None:
    data = Dataset()
    for number, (holder, company) in enumerate(("PA", "QA", "PB", "AC")):
        node = party(f"h{number}")
        data.add(
            [(node, RDF.type, CLEW.Holding), (node, CLEW.holder, party(holder)), (node, CLEW.heldIn, party(company))],
            GRAPH,
        )
    found = holdings(data)
    for kept in (found, Holdings(found)):
        assert {one.holders[0] for one in kept.within([party("A")])} == {party("P"), party("Q")}
        assert [one.iri for one in kept.within([party("C"), party("Z")])] == [party("h3")]
