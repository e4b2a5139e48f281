"""Every way a list writes a country leads to one place, and nothing else leads anywhere."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from clew.loaders.places import place_codes, place_of, rows_of
from clew.ontology import mint

from .conftest import Ask

NAMES = [
    ("ru", "RU"), ("RUS", "RU"), (" russian  federation ", "RU"), ("Korea, North", "KP"), ("DPRK", "KP"),
    ("Côte d’Ivoire", "CI"), ("Cote d'lvoire", "CI"), ("The Gambia", "GM"),
    ("Congo (Democratic Republic of the)", "CD"), ("PRK", "KP"),
    ("China (PRC)", "CN"), ("中国", "CN"), ("Bosnia & Herzegovina", "BA"), ("Seycheles", "SC"), ("Türkiye", "TR"),
    ("Region: Crimea", "UA-43"), ("UA-43", "UA-43"), ("UA-14-NGCA", "UA-14-DNR"), ("Hong Kong", "HK"), ("Kosovo", "XK"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_a_name_or_code_leads_to_its_place(name: str, code: str) -> None:
    assert place_of(name) == mint("place", code)


@pytest.mark.parametrize("name", ["", "-0-", "undetermined", "Atlantis", "00", "R", "Region: Jammu and Kashmir"])
def test_an_unknown_name_has_no_place(name: str) -> None:
    assert place_of(name) is None


def test_no_name_stands_for_two_places() -> None:
    named: dict[str, set[str]] = {}
    for row in rows_of("place_names"):
        named.setdefault(row["name"].casefold(), set()).add(row["place_code"])
    assert not {name for name, codes in named.items() if len(codes) > 1}
    # A name given on purpose may overrule the ISO table only for the same place.
    for row in rows_of("countries"):
        assert place_of(row["place_code"]) == place_of(row["iso3"]) == place_of(row["name"]), row


def test_every_place_in_the_lookup_is_stated_in_the_graph(ask: Ask) -> None:
    stated = {code for (code,) in ask("SELECT ?c { ?p clew:placeCode ?c }")}
    assert set(place_codes().values()) == stated


def test_areas_of_control_lie_in_ukraine_and_under_the_control_of_russia(ask: Ask) -> None:
    # EO 14065; ECtHR, Ukraine and the Netherlands v. Russia, decision of 2023-01-25
    for code in ("UA-43", "UA-40", "UA-14-DNR", "UA-09-LNR", "UA-65-NGCA", "UA-23-NGCA"):
        area = f"<https://w3id.org/clew/place/{code}>"
        assert ("place:UA",) in ask(f"SELECT ?up {{ {area} clew:partOf+ ?up }}"), code
        assert ask(f"SELECT ?by {{ ?c clew:controlledPlace {area} ; clew:controlledBy ?by }}") == [("place:RU",)], code


def test_hong_kong_lies_in_china_only_since_1997(ask: Ask) -> None:
    # Sino-British Joint Declaration; an undated partOf would make the old law of Hong Kong that of China
    hong_kong = "<https://w3id.org/clew/place/HK>"
    assert not ask(f"SELECT ?up {{ {hong_kong} clew:partOf ?up }}")
    assert ask(f"SELECT ?a ?b {{ ?c clew:contained {hong_kong} ; clew:container ?a ; clew:validFrom ?b }}") == [
        ("place:CN", "1997-07-01")
    ]


def test_every_country_of_the_addresses_of_ofac_is_known(shared: Path) -> None:
    with gzip.open(shared / "ofac" / "full_2025-12-24" / "add.csv.gz") as packed:
        rows = csv.reader(io.TextIOWrapper(packed, encoding="latin-1", newline=""))
        names = {row[4].strip() for row in rows if len(row) > 4}
    unknown = {name for name in names if place_of(name) is None}
    assert len(names) > 150
    assert unknown <= {
        "-0-", "", "undetermined", "Region: Kafia Kingi", "Region: Jammu and Kashmir",
        "Region: Commonwealth of Independent States",
    }  # fmt: skip
