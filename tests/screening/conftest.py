"""A small world to screen against: a handful of listed parties, stated the way loaders state them."""

from collections.abc import Iterator

import pytest
from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.loaders import parties
from clew.ontology import CLEW, mint
from clew.reasoner.screening import Screener
from clew.statements import Statement

SDN = mint("list", "US-SDN")
EL = mint("list", "US-EL")
GRAPH = mint("graph", "source", "us-sdn", "2024-05-03")
PARTIES = (
    # number, kind, primary name, aliases, country, list
    ("1", CLEW.Organization, "ROSNEFT OIL COMPANY OJSC", ("NK ROSNEFT",), "RU", SDN),
    ("2", CLEW.Organization, "EMMA LLC", (), "RU", SDN),
    ("3", CLEW.Organization, "11420 CORP.", (), "PA", SDN),
    ("4", CLEW.Organization, "JSC ARGUMENT", (), "RU", SDN),
    ("5", CLEW.Organization, "Guangzhou Haige Communications Group Co., Ltd.", (), "CN", EL),
    ("6", CLEW.Organization, "CNOOC Energy Technology & Services Limited", (), "CN", EL),
    ("7", CLEW.Person, "HABBASH, George", (), "", SDN),
    ("8", CLEW.Person, "PUTIN, Vladimir Vladimirovich", ("PUTIN, Vladimir",), "RU", SDN),
    ("9", CLEW.Person, "LIN, Jinghe", (), "CN", SDN),
    ("10", CLEW.Vessel, "SEA STAR II", (), "", SDN),
    ("11", CLEW.Organization, "GENERAL TRADING CORP", (), "AE", SDN),
    ("12", CLEW.Organization, "PETRO TRADING CORP", (), "AE", SDN),
    ("13", CLEW.Bank, "BANK MELLI IRAN", (), "IR", SDN),
    ("14", CLEW.Person, "ALI, Muhammad", (), "", SDN),
    ("15", CLEW.Person, "ALI, Muhammad", (), "", SDN),
    ("16", CLEW.Person, "KIM, Jong Un", (), "KP", SDN),
)


def entity(number: str) -> URIRef:
    return mint("us-sdn", number)


def world() -> Iterator[Statement]:
    for number, kind, name, aliases, place, on in PARTIES:
        this = entity(number)
        yield from parties.party(this, kind, name, number)
        yield from parties.listed(this, URIRef(f"{this}#listing"), on, number)
        for alias in aliases:
            yield from parties.named(this, alias, parties.STRONG)
        if place:
            yield this, CLEW.country, mint("place", place)
    yield from parties.named(entity("9"), "LAM, Gary", parties.WEAK)
    yield entity("8"), CLEW.birthDate, "1952-10-07"
    yield entity("8"), CLEW.gender, "Male"
    yield entity("14"), CLEW.birthDate, "1971"
    yield entity("10"), CLEW.flag, mint("place", "IR")
    yield from numbers()
    yield from nameless()


def numbers() -> Iterator[Statement]:
    for scheme, strong in (
        ("imo-ship", True),
        ("bic", True),
        ("wallet-xbt", True),
        ("lei", True),
        ("mmsi", False),
        ("call-sign", False),
    ):
        yield mint("scheme", scheme), CLEW.strongIdentifier, strong
    yield from parties.identified(entity("10"), "imo-ship", "9187629")
    yield from parties.identified(entity("10"), "mmsi", "572469210")
    yield from parties.identified(entity("10"), "call-sign", "T2EA4")
    yield from parties.identified(entity("13"), "bic", "MELIIRTHXXX")
    yield from parties.identified(entity("9"), "wallet-xbt", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h")
    yield from parties.identified(entity("1"), "lei", "253400JT3MQWNDKMJE44")


def nameless() -> Iterator[Statement]:
    """An entry of the Entity List that names an address and no party (15 CFR 744 Supp. 4)."""
    this = mint("us-el", "address-01")
    yield from parties.party(this, CLEW.Organization, "Address 01", "address-01")
    yield from parties.listed(this, URIRef(f"{this}#listing"), EL)
    yield from parties.addressed(
        this, ["Room 1204, 12/F, Wing Tuck Building, 181 Wai Yip Street"], "Kwun Tong", "Hong Kong"
    )
    yield this, RDF.type, CLEW.Organization


@pytest.fixture(scope="package")
def data() -> Dataset:
    made = Dataset()
    made.add(world(), GRAPH)
    return made


@pytest.fixture(scope="package")
def screener(data: Dataset) -> Screener:
    return Screener.build(data)
