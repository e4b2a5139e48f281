"""The closure by the packaged ontology: a release at two sizes, a case of a hundred statements, and their reasons.

Times are CPU time. Each size runs in a process of its own, so that its peak memory is its own. The same facts also run
through the program for cases, whose axioms are tables: that ratio is why a release has a program with one predicate for
each class and property.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice, pairwise
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, RDFS, URIRef

from clew.dataset import Dataset, to_value
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact, Origin
from clew.reasoner.infer import INFERRED, close, close_files, derive_from, packaged
from clew.reasoner.infer.bulk import Facts, conclude
from clew.reasoner.infer.engine import Bench
from clew.statements import Statement, write

SIZES = (100_000, 1_000_000)
GRAPH = mint("graph", "source", "bench", "2024-01-01")
PER_PARTY = 25.4  # statements below for each party, on average


def made(size: int) -> Iterator[Statement]:
    """Yield about that many statements: parties in chains of eight, places in trees, transactions with legs."""
    dice = random.Random(7)
    places = [mint("place", f"P{number}") for number in range(200)]
    for number, place in enumerate(places):
        yield place, RDF.type, CLEW.Place
        if number >= 10:
            yield place, CLEW.partOf, places[number // 10 - 1]
    parties = [mint("bench", str(number)) for number in range(round(size / PER_PARTY))]
    for number, party in enumerate(parties):
        yield from _party(number, party, dice.choice(places))
        if number % 8:
            yield from _holding(number, parties[number - 1], party)
        if number % 2 == 0:
            yield from _transaction(mint("bench-case", str(number)), parties, places, dice)


def _party(number: int, party: URIRef, place: URIRef) -> Iterator[Statement]:
    name, identifier, listing = (URIRef(f"{party}#{part}") for part in ("name-1", "id-1", "listing"))
    yield party, RDF.type, (CLEW.Company, CLEW.Bank, CLEW.Person, CLEW.Organization)[number % 4]
    yield party, RDFS.label, f"party {number}"
    yield party, CLEW.recordKey, str(number)
    yield party, CLEW.registeredIn, place
    yield party, CLEW.hasName, name
    yield name, CLEW.nameText, f"party {number}"
    yield party, CLEW.hasIdentifier, identifier
    yield identifier, CLEW.identifierValue, str(number * 7)
    if number % 10 == 0:
        yield party, CLEW.listing, listing
        yield listing, RDF.type, CLEW.Listing
        yield listing, CLEW.onList, mint("list", "BENCH")
        yield listing, CLEW.validFrom, date(2020, 1, 1)


def _holding(number: int, holder: URIRef, company: URIRef) -> Iterator[Statement]:
    holding = mint("bench", str(number), part="holding-1")
    yield holding, RDF.type, CLEW.Holding
    yield holding, CLEW.holder, holder
    yield holding, CLEW.heldIn, company
    yield holding, CLEW.shareMinimum, 50_000_000
    yield holding, CLEW.shareMaximum, 50_000_000


def _transaction(node: URIRef, parties: list[URIRef], places: list[URIRef], dice: random.Random) -> Iterator[Statement]:
    consignment = URIRef(f"{node}#consignment")
    yield node, RDF.type, CLEW.Transaction
    yield node, CLEW.asOf, date(2024, 1, 1)
    yield node, CLEW.hasConsignment, consignment
    for number, kind in enumerate(("exporter", "declared_consignee", "end_user")):
        role = URIRef(f"{node}#role-{number}")
        yield node, CLEW.hasRole, role
        yield role, RDF.type, CLEW.Role
        yield role, CLEW.roleType, mint("role", kind)
        yield role, CLEW.rolePlayer, dice.choice(parties)
    for number in range(2):
        leg = URIRef(f"{node}#leg-{number}")
        yield consignment, CLEW.hasLeg, leg
        yield leg, CLEW.sequence, number
        yield leg, CLEW.departurePlace, dice.choice(places)
        yield leg, CLEW.arrivalPlace, dice.choice(places)
        yield leg, CLEW.legConsignee, dice.choice(parties)


def closing(file: Path, out: Path) -> dict[str, float]:
    """Close a file into another and return how much follows and how long it took."""
    ontology, inferred = packaged(), 0
    start = time.process_time()
    with open(out, "w", encoding="utf8") as lines:
        for line in close_files(ontology, [file]):
            lines.write(line)
            inferred += 1
    return {"inferred": inferred, "seconds": time.process_time() - start}


def programs(file: Path, out: Path) -> dict[str, float]:
    """Return how long the engine alone takes over the same facts, by each of the two programs."""
    facts = Facts(packaged())
    facts.read(file)
    rows = [(int(name[1:]), *row) for name in facts.columns for row in facts.rows(name)]
    start = time.process_time()
    conclude(packaged(), facts)
    middle = time.process_time()
    Bench(packaged()).run(rows)
    return {"by_property": middle - start, "by_table": time.process_time() - middle}


def reasons(file: Path, out: Path) -> dict[str, float]:
    """Return the median and the longest time, in ms, of the search for the reason of an inferred statement."""
    data = Dataset()
    data.store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    data.store.bulk_load(path=str(out), format=ox.RdfFormat.N_QUADS)
    quads = list(data.store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED)))
    times, ontology = [], packaged()
    for quad in random.Random(3).sample(quads, 500):
        statement = (URIRef(quad.subject.value), URIRef(quad.predicate.value), to_value(quad.object))
        times.append(milliseconds(lambda statement=statement: derive_from(data, ontology, statement, fact)))
    return {"median": statistics.median(times), "longest": max(times)}


def fact(statement: Statement) -> Fact:
    return Fact(statement, Origin(GRAPH))


def milliseconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def case() -> None:
    """Print how long a case of about a hundred statements takes, and the reasons of all that follows from it."""
    statements = list(islice(made(4_000), 400, 500))
    closure = close(packaged(), statements)
    closing = [milliseconds(lambda: close(packaged(), statements).inferred()) for _ in range(50)]
    inferred = closure.inferred()
    deriving = [milliseconds(lambda one=one: closure.derive(one, fact)) for one in inferred]
    print(
        f"case: {len(statements)} statements, {len(inferred)} inferred; "
        f"closing median {statistics.median(closing):.1f} ms; "
        f"a reason from the trace median {statistics.median(deriving):.2f} ms"
    )


def chains() -> None:
    """Print how the time of a case grows with the length of one chain of owners, which is its worst shape."""
    for length in (10, 100):
        parties = [mint("bench", str(number)) for number in range(length + 1)]
        steps = enumerate(pairwise(parties))
        statements = [one for number, (holder, company) in steps for one in _holding(number, holder, company)]
        closing = [milliseconds(lambda given=statements: close(packaged(), given)) for _ in range(5)]
        print(f"case: a chain of {length} owners; closing median {statistics.median(closing):.0f} ms")


def apart(mode: str, file: Path, out: Path) -> dict[str, float]:
    """Return what one of the measurements gives in a process of its own, with its peak memory in MB."""
    command = [sys.executable, __file__, mode, str(file), str(out)]
    answer: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return answer


def child(mode: str, file: Path, out: Path) -> None:
    answer = {"closing": closing, "programs": programs, "reasons": reasons}[mode](file, out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**answer, "peak": peak}))


def main() -> None:
    case()
    chains()
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            file, out = Path(folder) / f"{size}.nq", Path(folder) / f"{size}-inferred.nq"
            with open(file, "w", encoding="utf8") as lines:
                count = write(made(size), GRAPH, lines)
            closed, engine = apart("closing", file, out), apart("programs", file, out)
            found = apart("reasons", file, out)
            print(
                f"release: {count:,} statements, {closed['inferred']:,} inferred; "
                f"closing {closed['seconds']:.2f} s, peak {closed['peak']:.0f} MB; "
                f"engine by table / by property {engine['by_table'] / engine['by_property']:.1f}; "
                f"a reason by search median {found['median']:.2f} ms, longest {found['longest']:.1f} ms"
            )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
