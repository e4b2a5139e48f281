"""A small invented world in one release: listed persons, a net of companies, two ownership tests, one transaction.

Percentages follow the prototype of the ownership picture: Aurora is caught at 50 % and 35 %, although what listed
persons hold of it by multiplying along the chains is less.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS, PROV

from clew.ontology import CLEW, mint
from clew.reasoner.book import Book
from clew.reasoner.ownership import assess, read
from clew.release import building
from clew.shapes.catalogue import load_rules, packaged
from clew.statements import Statement, Value

DAY = date(2024, 6, 1)
LISTS = mint("graph", "source", "lists", "2024-06-01")
REGISTER = mint("graph", "source", "register", "2024-05-31")
LAW = mint("graph", "reference", "ownership_regimes")
PERCENT = 1_000_000
HOSTILE = "<script>alert(\"x\")</script> & 'Sons' </svg>"

PARTIES = {
    "demin": ("Ivan Demin", CLEW.Person, "RU"),
    "reznik": ("Olga Reznik", CLEW.Person, "RU"),
    "volga": ("Volga Capital PJSC", CLEW.Company, "RU"),
    "neva": ("Neva Trust Ltd", CLEW.Company, "CY"),
    "orion": ("Orion Nominees Limited Partnership of the British Virgin Islands", CLEW.Company, "VG"),
    "helvia": ("Helvia Holding AG", CLEW.Company, "CH"),
    "limassol": ("Limassol Ventures", CLEW.Company, "CY"),
    "keller": ("Maria Keller", CLEW.Person, "CH"),
    "sirius": ("Sirius Electronics BV", CLEW.Company, "NL"),
    "baltic": ("Baltic Metals OÜ", CLEW.Company, "EE"),
    "meridian": ("Meridian Components GmbH", CLEW.Company, "DE"),
    "delta": ("Delta Semicon SAS", CLEW.Company, "FR"),
    "aurora": ("Aurora Distribution Ltd", CLEW.Company, "GB"),
    "polar": ("Polar Avionics Oy", CLEW.Company, "FI"),
    "lumen": ("Lumen Photonics SpA", CLEW.Company, "IT"),
    "hostile": (HOSTILE, CLEW.Company, "PA"),
}
HOLDINGS = (
    ("demin", "volga", 62, 62, "shares"),
    ("reznik", "volga", 20, 20, "shares"),
    ("demin", "neva", 100, 100, "shares"),
    ("reznik", "orion", None, None, "shares"),
    ("volga", "helvia", 55, 55, "shares"),
    ("keller", "helvia", 25, 25, "shares"),
    ("neva", "limassol", 70, 70, "shares"),
    ("orion", "limassol", 30, 30, "shares"),
    ("helvia", "sirius", 60, 60, "shares"),
    ("limassol", "sirius", 40, 40, "shares"),
    ("volga", "baltic", 49, 49, "shares"),
    ("limassol", "baltic", 0.5, 4, "shares"),
    ("sirius", "meridian", 55, 55, "shares"),
    ("baltic", "meridian", 30, 30, "shares"),
    ("meridian", "delta", 65, 65, "shares"),
    ("sirius", "delta", 35, 35, "shares"),
    ("delta", "aurora", 50, 50, "shares"),
    ("sirius", "aurora", 35, 35, "shares"),
    ("polar", "lumen", 20, 20, "shares"),
    ("keller", "polar", 80, 80, "shares"),
    ("hostile", "polar", 12, 12, "votes"),
    ("demin", "polar", None, None, "control"),
)


def party(key: str) -> URIRef:
    """The IRI of a party."""
    return mint("demo", key)


def _name(entity: URIRef, number: int, text: str, kind: str) -> Iterator[Statement]:
    node = URIRef(f"{entity}#name-{number}")
    yield entity, CLEW.hasName, node
    yield node, CLEW.nameText, text
    yield node, CLEW.nameKind, mint("name-kind", kind)


def _listing(
    entity: URIRef, on: str, entry: str, since: date, until: date | None, programme: str
) -> Iterator[Statement]:
    node = URIRef(f"{entity}#listing-{on}")
    yield entity, CLEW.listing, node
    yield node, RDF.type, CLEW.Listing
    yield node, CLEW.onList, mint("list", on)
    yield node, CLEW.entryNumber, entry
    yield node, CLEW.validFrom, since
    yield node, CLEW.underProgramme, mint("programme", programme)
    if until:
        yield node, CLEW.validUntil, until


def register() -> Iterator[Statement]:
    """Companies, persons and who holds what of whom."""
    for key, (label, kind, country) in PARTIES.items():
        entity = party(key)
        yield entity, RDF.type, kind
        yield entity, RDFS.label, label
        yield entity, CLEW.recordKey, key
        yield entity, CLEW.country, mint("place", country)
        yield from _name(entity, 1, label, "primary")
    for number, (holder, held, low, high, kind_name) in enumerate(HOLDINGS, 1):
        node = mint("demo", f"holding-{number}")
        yield node, RDF.type, CLEW.Holding
        yield node, CLEW.holder, party(holder)
        yield node, CLEW.heldIn, party(held)
        yield node, CLEW.holdingKind, mint("holding-kind", kind_name)
        yield node, CLEW.validFrom, date(2019, 1, 1)
        yield node, CLEW.sourceNote, f"register extract #{1200 + number}"
        if low is not None and high is not None:
            yield node, CLEW.shareMinimum, round(low * PERCENT)
            yield node, CLEW.shareMaximum, round(high * PERCENT)


def lists() -> Iterator[Statement]:
    """Entries on two lists, one of them ended, and a person known by a weak alias."""
    for name, label in (
        ("US-SDN", "Specially Designated Nationals"),
        ("EU-FSF", "EU consolidated list"),
        ("US-EL", "Entity List"),
    ):
        yield mint("list", name), RDF.type, CLEW.PartyList
        yield mint("list", name), RDFS.label, label
    yield from _listing(party("demin"), "US-SDN", "1001", date(2018, 4, 6), None, "RUSSIA-EO14024")
    yield from _listing(party("demin"), "EU-FSF", "EU.1", date(2022, 3, 15), None, "EU-269-2014")
    yield from _listing(party("reznik"), "US-SDN", "1002", date(2022, 2, 24), None, "RUSSIA-EO14024")
    yield from _listing(party("polar"), "US-SDN", "1003", date(2018, 4, 6), date(2019, 1, 27), "UKRAINE-EO13661")
    yield from _listing(party("lumen"), "US-EL", "EL-7", date(2020, 5, 1), None, "EAR")
    lin = mint("us-sdn", "45720")
    yield lin, RDF.type, CLEW.Person
    yield lin, RDFS.label, "LIN, Jinghe"
    yield lin, CLEW.recordKey, "45720"
    yield from _name(lin, 1, "LIN, Jinghe", "primary")
    yield from _name(lin, 2, "LAM, Gary", "weak_alias")
    yield from _listing(lin, "US-SDN", "45720", date(2023, 12, 19), None, "NPWMD")
    ship = mint("us-sdn", "15036")
    yield ship, RDF.type, CLEW.Vessel
    yield ship, RDFS.label, "ARTAVIL"
    yield from _name(ship, 1, "ARTAVIL", "primary")
    yield ship, CLEW.hasIdentifier, URIRef(f"{ship}#id-1")
    yield URIRef(f"{ship}#id-1"), CLEW.identifierScheme, mint("scheme", "imo")
    yield URIRef(f"{ship}#id-1"), CLEW.identifierValue, "9187629"
    yield ship, CLEW.linkedTo, lin
    deal = mint("case", "W1", part="transaction")
    yield deal, RDF.type, CLEW.Transaction
    yield deal, CLEW.asOf, DAY
    yield deal, CLEW.localId, "transaction"
    yield deal, CLEW.involves, party("lumen")
    yield deal, CLEW.hasItem, mint("case", "W1", part="i1")
    yield mint("case", "W1", part="i1"), CLEW.origin, mint("place", "US")
    yield mint("case", "W1", part="i1"), RDF.type, CLEW.Item


def regimes() -> Iterator[Statement]:
    """Four tests with the parameters of their published guidance."""
    rows = (
        ("us-ofac-50", ">=", "all_listed", "none", "US-SDN", "in_force", "OFAC guidance of 2014-08-13; FAQ 398-402"),
        ("uk-freeze", ">", "per_party_or_joint", "yes", "US-SDN", "in_force", "SI 2019/855 reg. 7 and Sch. 1"),
        ("eu-freeze", ">=", "all_listed", "rebuttable", "EU-FSF", "in_force", "Council Best Practices of 2024-07-03"),
        ("us-bis-affiliates", ">=", "all_listed", "none", "US-EL", "suspended", "90 FR 47201"),
    )
    for name, comparison, aggregation, limb, seed, legal, citation in rows:
        node = mint("regime", name, part="2014")
        facts: tuple[tuple[URIRef, Value], ...] = (
            (RDF.type, CLEW.RegimeVersion),
            (CLEW.versionOf, mint("regime", name)),
            (CLEW.threshold, 50 * PERCENT),
            (CLEW.comparison, comparison),
            (CLEW.aggregation, aggregation),
            (CLEW.passThrough, "cascade"),
            (CLEW.controlLimb, limb),
            (CLEW.seedList, mint("list", seed)),
            (CLEW.legalStatus, mint("legal", legal)),
            (CLEW.validFrom, date(2014, 8, 13)),
            (CLEW.citation, citation),
        )
        yield from ((node, predicate, value) for predicate, value in facts)


def provenance() -> Iterator[Statement]:
    """Publisher, file, hash and day of both sources."""
    for graph, publisher, file in ((LISTS, "List Office", "list.csv"), (REGISTER, "Company Register", "register.json")):
        part = mint("file", "test", file)
        yield graph, RDF.type, CLEW.SourceSnapshot
        yield graph, DCTERMS.publisher, publisher
        yield graph, DCTERMS.date, DAY
        yield graph, PROV.hadPrimarySource, part
        yield part, DCTERMS.title, file
        yield part, DCTERMS.identifier, f"sha256:{'ab12' * 16}"


def build(root: Path, *extra: Statement, as_of: date = DAY) -> None:
    """Build a release of this world, with its verdicts and findings, and make it the current one."""
    with building(root, as_of.isoformat()) as work:
        work.rules_version = "rules-1"
        work.write("source-lists", [*lists(), *extra], LISTS)
        work.write("source-register", register(), REGISTER)
        work.write("reference", regimes(), LAW)
        work.write("provenance", provenance(), mint("graph", "provenance"))
        data = work.dataset()
        verdicts = list(assess(read(data, DAY)).statements())
        work.write("ownership", verdicts, mint("graph", "ownership", DAY.isoformat()))
        data.add(verdicts, mint("graph", "ownership", DAY.isoformat()))
        fired = [rule for rule in load_rules(packaged())[0] if rule.id == "US-EL-01"]
        work.write("findings", Book(data, fired, "").statements(), mint("graph", "findings"))
        work.sources.append(
            {"source": "lists", "taken": "2024-06-01", "read": 7, "loaded": 7, "quarantined": 0, "duplicates": 0}
        )
