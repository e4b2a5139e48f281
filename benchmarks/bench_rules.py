"""Policy rules: compiled against pySHACL on the same data in one run, and how the compiled forms grow.

Transactions are made at random over the reference tables of law, already closed: parties of which a few are listed,
items under entries of the Commerce Control List, legs, licences, papers and payments.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pyshacl
import rdflib
from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.loaders.reference import reference_harvests
from clew.ontology import CLEW, mint
from clew.shapes.catalogue import Rule, packaged, rules
from clew.shapes.compile import Compiled, compile_rule, solutions
from clew.statements import Statement

DAY = date(2024, 11, 15)
PLACES = ("US", "CN", "MY", "KG", "DE", "AE", "IR", "RU", "JP", "SG")
CODES = ("3A090", "3B001", "3A001", "8A992", "5D992", "9E610", "EAR99")
CODES_HS = ("847330", "848620", "854231", "890310", "852349", "940131")
LISTS = ("US-SDN", "US-EL", "EU-FSF", "US-UVL")


def transactions(count: int, seed: int = 0) -> Iterator[Statement]:
    """Yield random transactions with what the closure adds to them."""
    draw = random.Random(seed)
    for number in range(max(count // 2, 10)):
        yield from _party(mint("case", "bench", part=f"p{number}"), draw)
    for number in range(count):
        yield from _transaction(mint("case", "bench", part=f"t{number}"), count, draw)


def _party(party: URIRef, draw: random.Random) -> Iterator[Statement]:
    yield party, RDF.type, CLEW.Company
    yield party, CLEW.country, mint("place", draw.choice(PLACES))
    if draw.random() < 0.03:
        listing = URIRef(f"{party}-listing")
        yield party, CLEW.listing, listing
        yield listing, CLEW.onList, mint("list", draw.choice(LISTS))
        yield listing, CLEW.validFrom, date(2023, 5, 19)
    if draw.random() < 0.2:
        holding = URIRef(f"{party}-holding")
        yield holding, CLEW.heldIn, party
        yield holding, CLEW.holder, mint("case", "bench", part=f"p{draw.randrange(10)}")
        yield holding, CLEW.shareMinimum, draw.randrange(100) * 1_000_000


def _transaction(deal: URIRef, count: int, draw: random.Random) -> Iterator[Statement]:
    yield deal, RDF.type, CLEW.Transaction
    yield deal, CLEW.asOf, DAY
    roles = ("exporter", "declared_consignee", "end_user")
    parties = [mint("case", "bench", part=f"p{draw.randrange(max(count // 2, 10))}") for _ in roles]
    for role, party in zip(roles, parties, strict=True):
        node = URIRef(f"{deal}-{role}")
        yield deal, CLEW.hasRole, node
        yield node, CLEW.roleType, mint("role", role)
        yield node, CLEW.rolePlayer, party
        yield deal, CLEW.involves, party
    yield from _goods(deal, draw)
    places = [mint("place", draw.choice(PLACES)) for _ in range(3)]
    for number in (1, 2):
        leg = URIRef(f"{deal}-leg-{number}")
        yield deal, CLEW.routeLeg, leg
        yield leg, CLEW.sequence, number
        yield leg, CLEW.departurePlace, places[number - 1]
        yield leg, CLEW.arrivalPlace, places[number]
        yield deal, CLEW.reachesPlace, places[number]
        yield leg, CLEW.legConsignee, parties[number]
        yield leg, CLEW.transportMode, "sea"


def _goods(deal: URIRef, draw: random.Random) -> Iterator[Statement]:
    item, code = URIRef(f"{deal}-i1"), mint("eccn", draw.choice(CODES))
    kind = URIRef(f"{item}-class")
    yield deal, CLEW.hasItem, item
    yield item, CLEW.origin, mint("place", draw.choice(PLACES))
    yield item, CLEW.hsCode, mint("hs", draw.choice(CODES_HS))
    yield item, CLEW.classification, kind
    yield kind, CLEW.underEntry, code
    yield item, CLEW.fallsUnder, code
    if draw.random() < 0.2:
        yield deal, CLEW.hasAuthorisation, URIRef(f"{deal}-licence")
        yield URIRef(f"{deal}-licence"), CLEW.coversList, mint("control-list", "US")
    if draw.random() < 0.2:
        yield deal, CLEW.hasDocument, URIRef(f"{deal}-paper")
        yield URIRef(f"{deal}-paper"), CLEW.documentType, "end_user_statement"
        yield URIRef(f"{deal}-paper"), CLEW.documentStatus, draw.choice(("valid", "false", "missing"))
    if draw.random() < 0.2:
        yield deal, CLEW.hasPayment, URIRef(f"{deal}-payment")
        yield URIRef(f"{deal}-payment"), CLEW.payerCountry, mint("place", draw.choice(PLACES))


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the median CPU time of an action."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)


def law() -> Dataset:
    """Return the reference tables as a dataset."""
    data = Dataset()
    for harvest, statements in reference_harvests():
        data.add(statements, harvest.snapshot.graph)
    return data


def against_pyshacl(rule: Rule, count: int = 200) -> None:
    """Compare one rule over the same transactions, without the tables, which would only slow pySHACL further."""
    data = Dataset()
    data.add(transactions(count), mint("graph", "bench"))
    graph = rdflib.Graph().parse(data=data.dump(mint("graph", "bench")), format="nt")
    shapes = rdflib.Graph().parse(packaged() / "prefixes.ttl")
    shapes.parse(packaged() / rule.regime.lower() / f"{rule.id}.ttl")
    compiled = compile_rule(rule)
    fast = seconds(lambda: solutions(compiled, data, None), 11)
    answer: list[int] = []

    def validate() -> None:
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=True)
        assert isinstance(report, rdflib.Graph)
        answer[:] = [len(set(report.subject_objects(rdflib.SH.value)))]

    slow = seconds(validate, 1)
    pairs = {(row["this"], row["value"]) for row in solutions(compiled, data, None)}
    assert answer == [len(pairs)], (answer, len(pairs))
    print(
        f"{rule.id}, {count} focus nodes, {len(pairs)} findings: compiled {fast * 1000:.2f} ms, "
        f"pySHACL {slow:.2f} s, {slow / fast:,.0f} times"
    )


def bench(size: int) -> tuple[Dataset, list[URIRef]]:
    """Return the law with random transactions, and some of them."""
    data = law()
    data.add(transactions(size), mint("graph", "bench"))
    return data, [mint("case", "bench", part=f"t{number}") for number in range(20)]


def growth(sizes: tuple[int, ...]) -> None:
    """Print how long all rules take over all transactions, and one transaction takes for all rules."""
    compiled = {rule.id: compile_rule(rule) for rule in rules()}
    for size in sizes:
        data, deals = bench(size)
        times = {name: seconds(partial(solutions, each, data, None), 1) for name, each in compiled.items()}
        worst = sorted(times, key=lambda name: -times[name])[:4]
        one = statistics.median(seconds(partial(_ask, compiled, data, deal), 1) for deal in deals)
        names = ", ".join(f"{name} {times[name]:.2f}" for name in worst)
        print(f"{size} transactions, {len(compiled)} rules: all {sum(times.values()):.2f} s ({names}), one {one:.3f} s")


def _ask(compiled: dict[str, Compiled], data: Dataset, deal: URIRef) -> None:
    for each in compiled.values():
        solutions(each, data, deal)


def forms(name: str, sizes: tuple[int, ...]) -> None:
    """Print how long a rule takes as it was written, and in the forms that the compiler makes of it."""
    (rule,) = (rule for rule in rules() if rule.id == name)
    compiled = compile_rule(rule)
    for size in sizes:
        data, deals = bench(size)
        every = [seconds(partial(data.rows, query), 1) for query in (rule.select, compiled.bound, compiled.free)]
        one = [
            statistics.median(seconds(partial(data.rows, query, this=deal), 1) for deal in deals)
            for query in (rule.select, compiled.bound, compiled.free)
        ]
        for what, times in ("all", every), ("one", one):
            written, lookup, taken = (f"{1000 * each:.2f}" for each in times)
            print(f"{name}, {what} of {size}: as written {written} ms, NOT EXISTS {lookup} ms, MINUS {taken} ms")


def main(sizes: tuple[int, ...] = (500, 1_000)) -> None:
    by_id = {rule.id: rule for rule in rules()}
    against_pyshacl(by_id["US-EL-01"])
    for name in ("US-EL-01", "US-CCL-CHART-01"):
        forms(name, tuple(min(size, 2_000) for size in sizes[:2]))
    growth(sizes)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or (500, 1_000))
