"""OFAC's CSV files become parties, names, papers and listings, and no row is lost."""

from pathlib import Path

import pytest

from clew.errors import LoadError
from clew.loaders.ofac_sdn import OfacSdn, role_of
from clew.ontology import CLEW, mint
from clew.tests.loaders.harvested import Loaded, harvested, written

NULL = "-0- "


def sdn(
    number: str = "36", name: str = "A", kind: str = NULL, programmes: str = "CUBA", remark: str = NULL, **columns: str
) -> str:
    """Write a row of SDN.CSV as OFAC does."""
    middle = [columns.get(name, NULL) for name in ("title", "call", "type", "tons", "grt", "flag", "owner")]
    cells = [number, f'"{name}"', kind, f'"{programmes}"', *middle, remark]
    return ",".join(
        f'"{cell}"' if cell != NULL and not cell.startswith('"') and not cell.isdigit() else cell for cell in cells
    )


def read(folder: Path, *rows: str, **others: str) -> Loaded:
    """Load rows of SDN.CSV, with the other files by the words add, alt and comments."""
    files: dict[str, bytes | str] = {"sdn.csv": "\r\n".join(rows) + "\r\n\x1a"}
    files |= {f"{name}.csv": text + "\r\n\x1a" for name, text in others.items()}
    return harvested(OfacSdn(), *written(folder, files))


def test_an_entry_is_a_party_with_its_name_its_listing_and_its_programmes(tmp_path: Path) -> None:
    found = read(tmp_path, sdn("36", "AEROCARIBBEAN AIRLINES", programmes="CUBA] [CAATSA - RUSSIA"))
    assert found.ask(
        """sdn:36 a clew:Organization ; rdfs:label "AEROCARIBBEAN AIRLINES" ; clew:recordKey "36" ; clew:listing ?l .
        ?l a clew:Listing ; clew:onList list:US-SDN ; clew:entryNumber "36" ; clew:underProgramme programme:CUBA ,
           <https://w3id.org/clew/programme/CAATSA%20-%20RUSSIA> .
        sdn:36 clew:hasName ?n . ?n a clew:Name ; clew:nameText "AEROCARIBBEAN AIRLINES" ;
           clew:nameKind kind:primary ."""
    )
    assert "-0-" not in str(found.statements)


@pytest.mark.parametrize(
    ("kind", "term"),
    [(NULL, CLEW.Organization), ("individual", CLEW.Person), ("vessel", CLEW.Vessel), ("aircraft", CLEW.Aircraft)],
)
def test_the_type_decides_the_class(tmp_path: Path, kind: str, term: object) -> None:
    found = read(tmp_path, sdn(kind=kind))
    assert found.values("SELECT ?t { sdn:36 a ?t }") == [str(term)]


def test_columns_of_a_vessel_are_kept(tmp_path: Path) -> None:
    row = sdn(
        "40716",
        "MAR AZUL",
        "vessel",
        title="x",
        call="CL2192",
        type="Tug",
        tons="318,000",
        grt="212",
        flag="Cuba",
        owner="NITC",
    )
    found = read(tmp_path, row)
    assert found.ask(
        "sdn:40716 clew:flag place:CU ; clew:hasIdentifier ?id ."
        "?id clew:identifierScheme scheme:call-sign ; clew:identifierValue 'CL2192'"
    )
    assert found.values("SELECT ?r { sdn:40716 clew:remark ?r }") == [
        "gross registered tonnage: 212",
        "title: x",
        "tonnage: 318,000",
        "vessel owner: NITC",
        "vessel type: Tug",
    ]


def test_a_flag_that_is_no_state_stays_a_remark(tmp_path: Path) -> None:
    found = read(tmp_path, sdn(kind="vessel", flag="None Identified"))
    assert found.values("SELECT ?r { ?x clew:remark ?r }") == ["vessel flag: None Identified"]


def test_a_weak_alias_of_the_remarks_is_a_weak_name(tmp_path: Path) -> None:
    """The alias that the press and the indictment use stands in the remarks alone: Treasury action of 2023-12-19."""
    found = read(tmp_path, sdn("45720", "LIN, Jinghe", "individual", remark="DOB 03 Dec 1982; a.k.a. 'LAM, Gary'."))
    assert found.ask("sdn:45720 clew:hasName [ clew:nameText 'LAM, Gary' ; clew:nameKind kind:weak_alias ]")
    assert found.ask("sdn:45720 clew:birthDate '1982-12-03'")
    assert found.values("SELECT ?r { sdn:45720 clew:remark ?r }") == ["DOB 03 Dec 1982; a.k.a. 'LAM, Gary'."]


def test_a_birth_date_makes_no_person_of_an_organization(tmp_path: Path) -> None:
    found = read(tmp_path, sdn(remark="DOB 1946; Organization Established Date 03 Dec 2007; Gender Male."))
    assert not found.ask("sdn:36 clew:birthDate|clew:gender ?x")
    assert found.ask('sdn:36 clew:incorporationDate "2007-12-03"^^<http://www.w3.org/2001/XMLSchema#date>')


@pytest.mark.parametrize(
    ("kind", "number", "scheme"),
    [
        ("vessel", "7406784", "imo-ship"),
        ("vessel", "7406785", None),
        (NULL, "5342883", "imo-company"),
        (NULL, "7406784", "imo-company"),
    ],
)
def test_an_imo_number_is_a_ships_only_on_a_ship_and_with_its_check_digit(
    tmp_path: Path, kind: str, number: str, scheme: str | None
) -> None:
    """IMO Resolution A.1117(30) for ships, MSC.160(78) for companies: two series of numbers."""
    found = read(tmp_path, sdn(kind=kind, remark=f"Identification Number IMO {number}."))
    expected = [str(mint("scheme", scheme))] if scheme else []
    assert found.values("SELECT ?s { ?x clew:identifierScheme ?s }") == expected


def test_a_link_is_found_by_name_before_or_after_its_own_row(tmp_path: Path) -> None:
    rows = (
        sdn("1", "FIRST, LTD.", remark="Linked To: SECOND S.A. DE C.V."),
        sdn("2", "SECOND S.A. DE C.V.", remark="Linked To: FIRST, LTD.; DOB 1946."),
    )
    found = read(tmp_path, *rows)
    assert found.ask("sdn:1 clew:linkedTo sdn:2 . sdn:2 clew:linkedTo sdn:1")
    assert not found.ask("?x clew:unresolvedLink ?y")


def test_a_link_to_nobody_in_the_file_is_kept_as_words(tmp_path: Path) -> None:
    found = read(tmp_path, sdn(remark="Linked To: GAZPROM."))
    assert found.values("SELECT ?n { sdn:36 clew:unresolvedLink ?n }") == ["GAZPROM"]


def test_a_link_to_a_shared_name_goes_to_the_entry_of_the_same_programme_or_to_none(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        sdn("1", "MINISTRY", programmes="DPRK3"),
        sdn("2", "MINISTRY", programmes="CAATSA - RUSSIA"),
        sdn("3", "B", programmes="NPWMD] [DPRK3", remark="Linked To: MINISTRY."),
        sdn("4", "C", programmes="SSIDES", remark="Linked To: MINISTRY."),
    )
    assert found.values("SELECT ?y { sdn:3 clew:linkedTo ?y }") == [str(mint("us-sdn", "1"))]
    assert found.values("SELECT ?y { sdn:4 clew:linkedTo ?y }") == []
    assert found.values("SELECT ?y { sdn:4 clew:unresolvedLink ?y }") == ["MINISTRY"]


def test_a_link_may_use_an_alias(tmp_path: Path) -> None:
    found = read(tmp_path, sdn("1", "A", remark="Linked To: BEE."), sdn("2", "B"), alt='2,7,"aka","BEE",-0- ')
    assert found.ask("sdn:1 clew:linkedTo sdn:2")


def test_addresses_and_aliases_belong_to_their_entry(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        sdn("36"),
        add='36,25,"28 km Freeway, Shahin Shahr","Tehran 15946","Iran",-0- \r\n36,26,-0- ,-0- ,-0- ,-0- ',
        alt='36,12,"aka","AERO-CARIBBEAN",-0- \r\n36,13,"fka","OLD",-0- \r\n36,14,"nka","NEW",-0- ',
    )
    assert found.harvest.counts() == {"read": 6, "loaded": 6, "quarantined": 0, "duplicates": 0}
    assert found.ask(
        """sdn:36 clew:country place:IR ; clew:hasAddress ?a . ?a clew:addressCountry place:IR ;
        clew:city "Tehran 15946" ;
        clew:addressText "28 km Freeway, Shahin Shahr, Tehran 15946, Iran" """
    )
    assert found.count("?a a clew:Address") == 1
    names = {
        str(row["text"]): str(row["kind"]).rpartition("/")[2]
        for row in found.rows("SELECT ?text ?kind { ?n clew:nameText ?text ; clew:nameKind ?kind }")
    }
    assert names == {"A": "primary", "AERO-CARIBBEAN": "strong_alias", "OLD": "former", "NEW": "strong_alias"}


def test_an_address_or_alias_without_its_entry_makes_no_party_and_is_kept(tmp_path: Path) -> None:
    """Files of different days leave dangling keys; 4,254 of 18,495 owners of addresses do in the files held here."""
    found = read(
        tmp_path, sdn("36"), add='99,1,-0- ,-0- ,"Iran",-0- ', alt='98,2,"aka","X",-0- ', comments='97,"more."'
    )
    assert found.harvest.counts() == {"read": 4, "loaded": 1, "quarantined": 3, "duplicates": 0}
    assert sorted(found.reasons()) == [f"there is no entry `{number}` in this snapshot" for number in (97, 98, 99)]
    assert all(subject.startswith(str(mint("us-sdn", "36"))) for subject, _, _ in found.statements)


def test_a_remark_goes_on_in_the_comments(tmp_path: Path) -> None:
    start = "a.k.a. 'X'; " * 82 + "a.k.a. 'THE OTHE"
    found = read(tmp_path, sdn("36", remark=start), comments="36,\"R'; a.k.a. 'Z'.\"")
    assert found.ask("sdn:36 clew:hasName/clew:nameText 'THE OTHER' . sdn:36 clew:hasName/clew:nameText 'Z'")
    assert found.values("SELECT ?r { sdn:36 clew:remark ?r }") == [start + "R'; a.k.a. 'Z'."]


def test_a_row_that_stands_twice_is_one_duplicate_and_one_with_other_content_is_quarantined(tmp_path: Path) -> None:
    found = read(tmp_path, sdn("36"), sdn("36"), sdn("36", "OTHER"))
    assert found.harvest.counts() == {"read": 3, "loaded": 1, "quarantined": 1, "duplicates": 1}
    assert found.reasons() == ["entry `36` stands in row 1 with other content"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (sdn("3X"), "the entry number `3X` is no number"),
        (sdn("36", "-0- "), "entry `36` has no name"),
        (sdn("36", kind="ship"), "`ship` is no type of an entry"),
        ('36,"A",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,', "the file ends inside this row"),
        ('36,"A",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 19', "a quoted cell is not closed"),
    ],
)
def test_a_row_that_is_not_well_formed_is_quarantined(tmp_path: Path, row: str, reason: str) -> None:
    (file,) = written(tmp_path, {"sdn.csv": sdn("1") + "\r\n" + row})
    found = harvested(OfacSdn(), file)
    assert found.reasons() == [reason]
    assert found.harvest.loaded == 1


def test_a_null_mark_that_lost_its_end_with_the_file_is_still_null(tmp_path: Path) -> None:
    (file,) = written(tmp_path, {"sdn.csv": sdn("1").rstrip("- ")})
    assert harvested(OfacSdn(), file).harvest.counts()["loaded"] == 1


@pytest.mark.parametrize(
    ("name", "content", "role"),
    [
        ("SDN.CSV", "", "sdn"),
        ("sdn_2024-05-03.csv.gz", "", "sdn"),
        ("sdn_comments.csv", "", "comments"),
        ("ADD.CSV", "", "add"),
        ("alt_tiny.csv", "", "alt"),
        ("download", 'x\r\n36,"broken\r\n36,12,"aka","B",-0- ', "alt"),
        ("addresses", "36,1,-0- ,-0- ,-0- ,-0- ", "add"),
    ],
)
def test_a_file_is_known_by_its_name_or_by_its_columns(tmp_path: Path, name: str, content: str, role: str) -> None:
    (file,) = written(tmp_path, {name: content})
    assert role_of(file) == role


def test_a_file_that_is_none_of_the_four_is_refused(tmp_path: Path) -> None:
    (file,) = written(tmp_path, {"list.csv": "a,b,c\r\n"})
    with pytest.raises(LoadError, match="none of the OFAC files"):
        harvested(OfacSdn(), file)
