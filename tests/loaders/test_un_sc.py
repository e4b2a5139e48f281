"""The UN list: dates in four forms, aliases of two qualities, references that end in blanks, papers with notes."""

from datetime import date
from pathlib import Path

import pytest

from clew.loaders.un_sc import UnSc
from clew.ontology import mint
from clew.tests.loaders.harvested import Loaded, harvested, written

KEYS = "<DATAID>6907993</DATAID><FIRST_NAME>ERIC</FIRST_NAME><SECOND_NAME>BADEGE </SECOND_NAME>"
BADEGE = mint("un-sc", "6907993")


def loaded(folder: Path, *records: str) -> Loaded:
    """Load entries that stand in the list, persons and entities."""
    people = "".join(record for record in records if record.startswith("<INDIVIDUAL>"))
    others = "".join(record for record in records if not record.startswith("<INDIVIDUAL>"))
    content = f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES>{others}</ENTITIES>"
    (file,) = written(folder, {"un.xml": f'<CONSOLIDATED_LIST dateGenerated="x">{content}</CONSOLIDATED_LIST>'})
    return harvested(UnSc(), file)


def person(content: str) -> str:
    return f"<INDIVIDUAL>{KEYS}{content}</INDIVIDUAL>"


def firm(content: str) -> str:
    return f"<ENTITY>{KEYS}{content}</ENTITY>"


def test_a_person_stands_on_the_list_since_the_day_of_listing(tmp_path: Path) -> None:
    """S/RES/1596 (2005) and its successors list persons in the Congo; the day may carry a time zone."""
    content = (
        "<UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDi.001 </REFERENCE_NUMBER>"
        "<LISTED_ON>2012-12-31-04:00</LISTED_ON><VERSIONNUM>1</VERSIONNUM><SORT_KEY/>"
        "<LAST_DAY_UPDATED><VALUE>2016-10-13</VALUE><VALUE/></LAST_DAY_UPDATED><GENDER>Male</GENDER>"
        "<NATIONALITY><VALUE>Democratic Republic of the Congo</VALUE><VALUE>Atlantis</VALUE></NATIONALITY>"
    )
    found = loaded(tmp_path, person(content))
    assert found.ask(
        f"""<{BADEGE}> a clew:Person ; rdfs:label "ERIC BADEGE" ; clew:gender "Male" ; clew:nationality place:CD ;
            clew:remark "nationality: Atlantis" ; clew:listing <{BADEGE}#listing> ;
            clew:hasIdentifier [ clew:identifierScheme scheme:un-reference ; clew:identifierValue "CDi.001" ] .
        <{BADEGE}#listing> clew:onList list:UN ; clew:entryNumber "CDi.001" ; clew:underProgramme programme:UN-DRC ;
            clew:remark "LAST_DAY_UPDATED: 2016-10-13" """
    )
    assert found.rows("SELECT ?d { ?l clew:validFrom ?d }") == [{"d": date(2012, 12, 31)}]


def test_a_day_of_delisting_is_the_first_day_off_the_list(tmp_path: Path) -> None:
    found = loaded(tmp_path, person("<LISTED_ON>2012-12-31</LISTED_ON><DELISTED_ON>2019-01-27</DELISTED_ON>"))
    assert found.rows("SELECT ?d { ?l clew:validUntil ?d }") == [{"d": date(2019, 1, 27)}]


def test_a_day_that_is_none_is_kept_in_words_and_the_party_stays_listed(tmp_path: Path) -> None:
    found = loaded(tmp_path, person("<LISTED_ON>soon</LISTED_ON>"))
    assert found.ask("?l a clew:Listing ; clew:remark 'validFrom: soon'")


@pytest.mark.parametrize(
    ("birth", "born"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1967-01-01</DATE>", ["1967-01-01"]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR>", ["1971"]),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1971</YEAR>", ["1971~"]),
        ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>", ["1955/1958"]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>", ["1973-11"]),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>30-35 years old</NOTE>", ["30-35 years old"]),
        ("<TYPE_OF_DATE/>", []),
    ],
)
def test_births_are_exact_a_year_a_stretch_or_words(tmp_path: Path, birth: str, born: list[str]) -> None:
    found = loaded(tmp_path, person(f"<INDIVIDUAL_DATE_OF_BIRTH>{birth}</INDIVIDUAL_DATE_OF_BIRTH>"))
    assert found.values("SELECT ?d { ?x clew:birthDate ?d }") == born
    assert not found.ask("?x clew:remark ?r")


def test_a_note_beside_a_date_of_birth_is_kept(tmp_path: Path) -> None:
    birth = "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1979-03-03</DATE><NOTE>from false passport</NOTE>"
    found = loaded(tmp_path, person(f"<INDIVIDUAL_DATE_OF_BIRTH>{birth}</INDIVIDUAL_DATE_OF_BIRTH>"))
    assert found.ask("?x clew:birthDate '1979-03-03' ; clew:remark 'date of birth NOTE: from false passport'")


def test_aliases_have_their_quality_and_empty_ones_say_nothing(tmp_path: Path) -> None:
    aliases = (
        "<QUALITY/><ALIAS_NAME/>",
        "<QUALITY>Low</QUALITY><ALIAS_NAME>Romeo</ALIAS_NAME><NOTE>Call sign</NOTE>",
        "<QUALITY>Good</QUALITY><ALIAS_NAME>Abbas Rashidi; Abas Rashedi</ALIAS_NAME>",
    )
    written = "".join(f"<INDIVIDUAL_ALIAS>{alias}</INDIVIDUAL_ALIAS>" for alias in aliases)
    found = loaded(tmp_path, person(written + "<NAME_ORIGINAL_SCRIPT>صدام</NAME_ORIGINAL_SCRIPT>"))
    rows = found.rows("SELECT ?t ?k { ?n clew:nameText ?t ; clew:nameKind ?k }")
    assert {str(row["t"]): str(row["k"]).rpartition("/")[2] for row in rows} == {
        "ERIC BADEGE": "primary",
        "Romeo": "weak_alias",
        "Abbas Rashidi": "strong_alias",
        "Abas Rashedi": "strong_alias",
        "صدام": "strong_alias",
    }
    assert found.ask("?n clew:nameText 'Romeo' ; clew:remark 'NOTE: Call sign'")
    assert found.ask("?x clew:remark 'ALIAS_NAME: Abbas Rashidi; Abas Rashedi'")


def test_an_entity_was_formerly_known_by_another_name(tmp_path: Path) -> None:
    alias = "<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old</ALIAS_NAME></ENTITY_ALIAS>"
    found = loaded(tmp_path, firm(alias))
    assert found.ask("?x a clew:Organization ; clew:hasName [ clew:nameText 'Old' ; clew:nameKind kind:former ]")


def test_papers_have_scheme_issuer_and_notes_and_one_without_a_number_is_kept_in_words(tmp_path: Path) -> None:
    papers = (
        "<INDIVIDUAL_DOCUMENT/>"
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>D 001206</NUMBER>"
        "<ISSUING_COUNTRY>Afghanistan</ISSUING_COUNTRY><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT>"
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>"
        "<TYPE_OF_DOCUMENT2>Birth certificate</TYPE_OF_DOCUMENT2><NUMBER>15</NUMBER></INDIVIDUAL_DOCUMENT>"
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>lost</NOTE></INDIVIDUAL_DOCUMENT>"
    )
    found = loaded(tmp_path, person(papers))
    assert found.ask(
        """?i clew:identifierScheme scheme:passport ; clew:identifierValue 'D 001206' ; clew:issuedBy place:AF ;
        clew:remark 'NOTE: expired'"""
    )
    assert found.ask("?i clew:identifierScheme scheme:birth-certificate ; clew:identifierValue '15'")
    assert found.values("SELECT ?r { ?x a clew:Person ; clew:remark ?r }") == ["document: Passport NOTE: lost"]


def test_a_company_number_in_a_comment_is_read_and_a_ships_number_is_left_there(tmp_path: Path) -> None:
    """IMO Resolution A.1117(30): 9074729 is a ship's number by its check digit, 5342883 is none."""
    comment = "Owner of X (IMO 9074729). IMO number: 5342883."
    found = loaded(tmp_path, firm(f"<COMMENTS1>{comment}</COMMENTS1>"))
    assert found.values("SELECT ?v { ?i clew:identifierScheme scheme:imo-company ; clew:identifierValue ?v }") == [
        "5342883"
    ]
    assert found.values("SELECT ?r { ?x a clew:Organization ; clew:remark ?r }") == [comment]


def test_addresses_keep_their_notes(tmp_path: Path) -> None:
    address = "<CITY>Kinshasa</CITY><COUNTRY>Democratic Republic of the Congo</COUNTRY><NOTE>as of 2016</NOTE>"
    found = loaded(tmp_path, person(f"<INDIVIDUAL_ADDRESS>{address}</INDIVIDUAL_ADDRESS><INDIVIDUAL_ADDRESS/>"))
    assert found.ask("?a a clew:Address ; clew:city 'Kinshasa' ; clew:remark 'address NOTE: as of 2016'")
    assert found.count("?x clew:hasAddress ?a") == 1


@pytest.mark.parametrize(
    "bad", ["<INDIVIDUAL><DATAID>1</DATAID></INDIVIDUAL>", "<ENTITY><FIRST_NAME>A</FIRST_NAME></ENTITY>"]
)
def test_an_entry_without_number_or_name_is_quarantined(tmp_path: Path, bad: str) -> None:
    found = loaded(tmp_path, bad, person(""))
    assert found.harvest.counts() == {"read": 2, "loaded": 1, "quarantined": 1, "duplicates": 0}


@pytest.fixture(scope="module")
def whole(shared: Path) -> Loaded:
    """The list of 2026-02-27."""
    return harvested(UnSc(), shared / "un" / "UN_consolidated_2026-02-27.xml.gz")


def test_every_entry_of_the_whole_list_is_loaded_with_its_day(whole: Loaded) -> None:
    assert whole.harvest.counts() == {"read": 1_003, "loaded": 1_003, "quarantined": 0, "duplicates": 0}
    assert whole.count("?x a clew:Person") == 730
    assert whole.count("?x a clew:Organization") == 273
    assert whole.count("?l a clew:Listing ; clew:validFrom ?d") == 1_003
    assert whole.count("?i clew:identifierScheme scheme:un-reference") == 1_003


def test_the_whole_list_has_its_names_and_company_numbers(whole: Loaded) -> None:
    assert whole.count("SELECT DISTINCT ?x ?t { ?x clew:hasName/clew:nameText ?t }") > 4_000
    assert whole.count("?i clew:identifierScheme scheme:imo-company") == 15
    assert not whole.ask("?x rdfs:label ?one, ?other ; clew:recordKey ?k FILTER(?one < ?other)")
