"""The Consolidated Screening List becomes parties of its lists, with footnotes and nothing invented about dates."""

import gzip
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clew.errors import LoadError
from clew.loaders.csl_entries import footnotes, listed_by
from clew.loaders.ofac_sdn import OfacSdn
from clew.loaders.places import rows_of
from clew.loaders.us_csl import UsCsl
from clew.tests.loaders.harvested import Loaded, harvested, written

KEYS = {
    "n": "name",
    "a": "alt_names",
    "s": "source (index into tables.sources)",
    "t": "type",
    "c": "address countries (ISO-2)",
    "e": "entity_number",
    "lr": "license_requirement (index into tables.licenceRequirements)",
    "lp": "license_policy (index into tables.licencePolicies)",
    "pg": "programs (index into tables.programmes)",
    "fr": "federal_register_notice",
    "u": "source_list_url (index into tables.urls)",
}
SDN, EL, DPL = (
    "Specially Designated Nationals (SDN) - Treasury Department",
    "Entity List (EL) - Bureau of Industry and Security",
    "Denied Persons List (DPL) - Bureau of Industry and Security",
)
TABLES = {
    "sources": [SDN, EL, DPL, "A list nobody knows"],
    "licenceRequirements": ["For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2"],
    "licencePolicies": ["Presumption of denial"],
    "programmes": ["CUBA; CAATSA - RUSSIA"],
    "urls": ["https://example.org"],
}
HUAWEI = {
    "n": "Huawei Technologies Co., Ltd.",
    "a": ["Shenzhen Huawei"],
    "s": 1,
    "c": ["CN"],
    "lr": 0,
    "lp": 0,
    "fr": "84 FR 22961",
}


def compact(folder: Path, *entries: dict[str, Any]) -> Loaded:
    """Load entries in the compact form."""
    content = json.dumps({"fieldKey": KEYS, "tables": TABLES, "entries": entries})
    (file,) = written(folder, {"csl.json": content})
    return harvested(UsCsl(), file)


def publisher(folder: Path, *results: dict[str, Any]) -> Loaded:
    """Load entries in the publisher's own form."""
    (file,) = written(folder, {"csl.json": json.dumps({"total": len(results), "results": results})})
    return harvested(UsCsl(), file)


def only(found: Loaded) -> str:
    """Return the one party that was loaded."""
    (party,) = found.values("SELECT DISTINCT ?x { ?x clew:listing ?l }")
    return party


def test_an_entry_with_ofacs_number_is_the_party_of_ofacs_own_file(tmp_path: Path) -> None:
    found = compact(tmp_path, {"n": "A", "s": 0, "t": "Entity", "c": ["CU"], "e": "36", "pg": 0, "u": 0})
    row = '36,"A",-0- ,"CUBA] [CAATSA - RUSSIA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- '
    (file,) = written(tmp_path, {"sdn.csv": row})
    same = harvested(OfacSdn(), file)
    assert set(same.statements) <= set(found.statements)
    assert found.ask("sdn:36 clew:country place:CU")


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        ("Individual", "Person"),
        ("Entity", "Organization"),
        ("Vessel", "Vessel"),
        ("Aircraft", "Aircraft"),
        (None, "Party"),
    ],
)
def test_the_type_decides_the_class_and_without_one_it_is_a_party(tmp_path: Path, kind: str | None, term: str) -> None:
    found = compact(tmp_path, {"n": "A", "s": 0, "e": "1"} | ({"t": kind} if kind else {}))
    assert found.ask(f"sdn:1 a clew:{term}")


def test_an_entity_list_entry_has_requirement_policy_citation_and_footnotes(tmp_path: Path) -> None:
    """15 CFR 744 Supp. 4: footnote 1 brings the foreign direct product rule of 734.9(e)."""
    found = compact(tmp_path, HUAWEI)
    assert found.ask(
        """?x a clew:Party ; clew:country place:CN ; clew:listing ?l ;
           clew:hasName [ clew:nameText "Shenzhen Huawei" ] .
        ?l clew:onList list:US-EL ; clew:licencePolicy "Presumption of denial" ; clew:citation "84 FR 22961" ;
           clew:licenceRequirement ?r FILTER(STRENDS(?r, "of the EAR2"))"""
    )
    assert found.values("SELECT ?n { ?l clew:hasFootnote/clew:footnoteNumber ?n }") == ["1", "2"]
    assert only(found).startswith("https://w3id.org/clew/us-el/huawei-technologies-co-ltd-")


@pytest.mark.parametrize(
    ("requirement", "numbers"),
    [
        ("For all items subject to the EAR. (See §744.11 of the EAR).", []),
        ("For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2", ["1", "2"]),
        ("For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2", ["1", "2"]),
        ("For All Items Subject to the EAR (See §734.9(e)1, and §744.11 of the EAR)2.", ["1", "2"]),
        ("(See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", ["3"]),
        ("(See §§ 734.9(g)3, 746.8(a)(3), and 744.21(b) of the EAR.", ["3"]),
        ("(See §§ 734.9(e)(2) and 744.11 of the EAR) 4", ["4"]),
        ("(See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5", ["5"]),
        ("(See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)", []),
        ("License Exception GOV under § 740.11(b)(2) and (e).", []),
        ("For any item subject to the EAR listed in supplement no. 2 to part 744.", []),
        ("section 8(d) of E.O. 13685; Upper Left: 26°4’48.931” N", []),
    ],
)
def test_footnotes_are_the_marks_behind_a_paragraph_and_no_other_digit(requirement: str, numbers: list[str]) -> None:
    assert footnotes(requirement) == numbers


@pytest.mark.parametrize(
    ("notice", "day"),
    [
        ("82 F.R. 48792 10/20/2017", date(2017, 10, 20)),
        ("65 FR 42664 7/11/00", date(2000, 7, 11)),
        ("Vol. 88, No. 151, 08/08/2023", date(2023, 8, 8)),
        ("75 FR 1699 (1/13/2010), 77 FR 24587", date(2010, 1, 13)),
        ("72 F.R. 71117 12/14/07, 72 F.R. 32279 6/12/07", date(2007, 6, 12)),
        ("87 F.R. 52740 8/29/2002", None),  # volume 87 is the year 2022: a misprint
        ("90 F.R. 41970 8/28/20225", None),
        ("84 FR 22961", None),
        ("76 FR 67059 No. 210", None),
        ("", None),
    ],
)
def test_a_date_of_printing_is_read_where_it_agrees_with_its_volume(notice: str, day: date | None) -> None:
    assert listed_by(notice) == day


def test_a_date_of_printing_bounds_the_first_day_and_is_never_the_first_day(tmp_path: Path) -> None:
    """The order of 82 FR 48792 took effect on 2017-10-16, four days before it was printed."""
    found = compact(tmp_path, {"n": "ADRIAN MANUEL HERNANDEZ", "s": 2, "c": ["US"], "fr": "82 F.R. 48792 10/20/2017"})
    assert found.values("SELECT ?d { ?l clew:validFromLatest ?d }") == ["2017-10-20"]
    assert not found.ask("?l clew:validFrom ?d")


def test_keys_do_not_change_when_entries_move_or_are_amended(tmp_path: Path) -> None:
    amended = HUAWEI | {"fr": "84 FR 22961, 85 FR 29852", "lr": 0, "a": []}
    first = only(compact(tmp_path, HUAWEI))
    assert first in compact(tmp_path, {"n": "B", "s": 1}, amended).values("SELECT DISTINCT ?x { ?x clew:listing ?l }")
    assert first != only(compact(tmp_path, HUAWEI | {"c": ["DE"]}))
    assert first != only(compact(tmp_path, HUAWEI | {"fr": "85 FR 1"}))


def test_entries_that_agree_in_name_country_and_notice_are_one_party_with_two_listings(tmp_path: Path) -> None:
    found = compact(tmp_path, HUAWEI, HUAWEI | {"fr": "84 FR 22961; 87 FR 55250"})
    assert found.count(f"<{only(found)}> clew:listing ?l") == 2
    assert found.harvest.loaded == 2


def test_an_entry_that_stands_twice_is_a_duplicate(tmp_path: Path) -> None:
    assert compact(tmp_path, HUAWEI, HUAWEI).harvest.counts() == {
        "read": 2,
        "loaded": 1,
        "quarantined": 0,
        "duplicates": 1,
    }


def test_an_address_without_a_party_has_no_name_but_a_country_to_match(tmp_path: Path) -> None:
    """89 FR 51653: the Entity List names addresses in Hong Kong by themselves."""
    found = compact(tmp_path, {"n": "Address 01", "s": 1, "c": ["CN", "HK"], "fr": "89 FR 51653"})
    assert found.ask("?x a clew:Entity ; rdfs:label 'Address 01' ; clew:hasAddress [ clew:addressCountry place:HK ]")
    assert not found.ask("?x clew:hasName ?n")
    assert found.ask("?x clew:remark ?r FILTER(STRSTARTS(?r, 'address-only entry'))")


def test_a_country_that_no_table_knows_is_kept_as_words(tmp_path: Path) -> None:
    found = compact(tmp_path, HUAWEI | {"c": ["CN", "REGION: KAFIA KINGI"]})
    assert found.values("SELECT ?r { ?x clew:remark ?r }") == ["country: REGION: KAFIA KINGI"]


@pytest.mark.parametrize(
    "entry",
    [
        {"s": 1},
        {"n": "A"},
        {"n": "", "s": 1},
        {"n": "A", "s": 99},
        {"n": "A", "s": -1},
        {"n": "A", "s": True},
        {"n": 5, "s": 1},
        {"n": "A", "s": 3},
        {"n": "A", "s": 1, "a": "no list"},
        {"n": "A", "s": 1, "c": [None]},
        {"n": "A", "s": 1, "t": "Ghost"},
        {"n": "A", "s": 1, "zz": 1},
        {"n": "A", "s": 0, "e": "\ud800"},
    ],
)
def test_an_entry_that_is_not_well_formed_is_quarantined(tmp_path: Path, entry: dict[str, Any]) -> None:
    found = compact(tmp_path, entry, HUAWEI)
    assert found.harvest.counts() == {"read": 2, "loaded": 1, "quarantined": 1, "duplicates": 0}


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"entries": []}', '{"fieldKey": 1, "tables": {}, "entries": []}', "x"]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str) -> None:
    (file,) = written(tmp_path, {"csl.json": content})
    with pytest.raises(LoadError):
        harvested(UsCsl(), file)


def test_the_publishers_own_form_gives_dates_addresses_and_papers(tmp_path: Path) -> None:
    """A denial order names its last day; the graph keeps the first day after it (15 CFR 764.3(a)(2))."""
    found = publisher(
        tmp_path,
        {
            "id": "1b59",
            "source": DPL,
            "name": "ADRIAN MANUEL HERNANDEZ",
            "addresses": [
                {
                    "address": "3037 S. 69TH DRIVE",
                    "city": "PHOENIX",
                    "state": "AZ",
                    "postal_code": "85043",
                    "country": "US",
                }
            ],
            "federal_register_notice": "82 F.R. 48792 10/20/2017",
            "start_date": "2017-10-16",
            "end_date": "2020-10-13",
            "remarks": "FR NOTICE ADDED",
            "alt_names": None,
        },
        {
            "id": "2",
            "source": SDN,
            "entity_number": "45720",
            "type": "Individual",
            "programs": ["NPWMD", "IFSR"],
            "name": "LIN, Jinghe",
            "dates_of_birth": ["1982-12-03"],
            "nationalities": ["CN"],
            "ids": [
                {"type": "National ID No.", "number": "350500198212032535", "country": "CN"},
                {"type": "Gender", "number": "Male", "country": None},
                {"type": "Unheard of", "number": "7", "country": "CN"},
            ],
        },
    )
    assert found.harvest.counts()["loaded"] == 2
    assert found.rows("SELECT ?f ?u { ?l clew:validFrom ?f ; clew:validUntil ?u }") == [
        {"f": date(2017, 10, 16), "u": date(2020, 10, 14)}
    ]
    assert found.ask("?a clew:addressText '3037 S. 69TH DRIVE, PHOENIX AZ 85043, US' ; clew:addressCountry place:US")
    assert found.ask(
        """sdn:45720 clew:birthDate '1982-12-03' ; clew:gender 'Male' ; clew:nationality place:CN ;
        clew:remark 'Unheard of 7 (CN)' ; clew:hasIdentifier ?id .
        ?id clew:identifierScheme scheme:national-id ; clew:issuedBy place:CN"""
    )


@pytest.mark.parametrize("broken", [{"addresses": [3]}, {"ids": ["x"]}, {"start_date": "soon"}, {"programs": "X"}])
def test_a_broken_entry_of_the_publishers_form_is_quarantined(tmp_path: Path, broken: dict[str, Any]) -> None:
    found = publisher(tmp_path, {"source": SDN, "name": "A", "entity_number": 1} | broken)
    assert found.harvest.counts()["quarantined"] == 1


@pytest.fixture(scope="module")
def whole(shared: Path) -> Loaded:
    """The list of 2026-07-31."""
    return harvested(UsCsl(), shared / "us_csl" / "csl_compact_2026-07-31.json.gz")


def test_every_entry_of_the_whole_list_is_loaded_on_its_list(whole: Loaded) -> None:
    assert whole.harvest.counts() == {"read": 25_921, "loaded": 25_921, "quarantined": 0, "duplicates": 0}
    rows = whole.rows("SELECT ?l (COUNT(?x) AS ?n) { ?x clew:onList ?l } GROUP BY ?l")
    assert {str(row["l"]).rpartition("/")[2]: row["n"] for row in rows} == {
        "US-SDN": 19_181,
        "US-EL": 3_420,
        "US-DPL": 1_596,
        "US-DTC": 787,
        "US-SSI": 286,
        "US-UVL": 222,
        "US-ISN": 161,
        "US-PLC": 78,
        "US-MEU": 70,
        "US-CMIC": 68,
        "US-MBS": 51,
        "US-CAP": 1,
    }
    assert {str(row["l"]).rpartition("/")[2] for row in rows} <= {row["key"] for row in rows_of("party_lists")}


def test_the_whole_list_has_its_addresses_footnotes_and_shared_parties(whole: Loaded) -> None:
    assert whole.count("?x rdfs:label ?n FILTER(REGEX(?n, '^Address [0-9]+$'))") == 19
    assert whole.count("SELECT DISTINCT ?l { ?l clew:hasFootnote ?f }") == 1_033
    assert whole.count("SELECT DISTINCT ?x { ?x clew:listing ?l }") == 25_875
    assert whole.ask("sdn:45720 clew:hasName/clew:nameText 'LAM, Gary'")


def test_a_party_has_one_label_on_each_list(whole: Loaded) -> None:
    assert not whole.ask("?x rdfs:label ?one, ?other FILTER(?one < ?other)")


def test_keys_of_the_whole_list_are_the_same_in_another_order(shared: Path, tmp_path: Path) -> None:
    with gzip.open(shared / "us_csl" / "csl_compact_2026-07-31.json.gz") as stream:
        content = json.load(stream)
    content["entries"] = [entry for entry in content["entries"] if entry["s"] in (2, 4)][:2_000]
    (straight,) = written(tmp_path, {"a.json": json.dumps(content)})
    random.Random(7).shuffle(content["entries"])
    (mixed,) = written(tmp_path, {"b.json": json.dumps(content)})
    assert set(harvested(UsCsl(), straight).statements) == set(harvested(UsCsl(), mixed).statements)
