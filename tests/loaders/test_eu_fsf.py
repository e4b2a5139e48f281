"""The EU financial sanctions list: names repeat, amendments are not listings, and no code says more than it says."""

import gzip
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clew.loaders.eu_fsf import EuFsf
from clew.ontology import CLEW, mint
from clew.tests.loaders.harvested import Loaded, harvested, written

HEAD = '<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" globalFileId="1">'
PERSON = '<subjectType code="person" classificationCode="P"/>'
FIRM = '<subjectType code="enterprise" classificationCode="E"/>'
NAME = '<nameAlias wholeName="A" strong="true" logicalId="9"/>'
AZIZ = mint("eu-fsf", "83")


def loaded(folder: Path, *entities: str) -> Loaded:
    """Load entries that stand in an export."""
    (file,) = written(folder, {"eu.xml": HEAD + "".join(entities) + "</export>"})
    return harvested(EuFsf(), file)


def entity(content: str, attributes: str = "") -> str:
    return f'<sanctionEntity logicalId="83" euReferenceNumber="EU.77.33" {attributes}>{content}</sanctionEntity>'


def test_an_entry_is_a_party_with_number_list_and_programme(tmp_path: Path) -> None:
    act = (
        '<regulation regulationType="amendment" organisationType="council" publicationDate="2022-09-15" programme="UKR"'
        ' entryIntoForceDate="2022-09-16" numberTitle="2022/1529 (OJ L239)"><publicationUrl>http://x</publicationUrl>'
        "</regulation>"
    )
    found = loaded(tmp_path, entity(act + PERSON + NAME))
    assert found.ask(
        f"""<{AZIZ}> a clew:Person ; clew:recordKey "83" ; rdfs:label "A" ; clew:listing <{AZIZ}#listing> .
        <{AZIZ}#listing> clew:onList list:EU-FSF ; clew:entryNumber "EU.77.33" ; clew:underProgramme programme:EU-UKR ;
            clew:citation "council amendment 2022/1529 (OJ L239), 2022-09-15, in force 2022-09-16, http://x" .
        programme:EU-UKR a clew:Programme ; rdfs:label "UKR" """
    )
    assert (found.count("?x clew:remark ?r"), found.harvest.quarantined) == (0, [])


def test_an_amendment_bounds_the_first_day_and_is_never_the_first_day(tmp_path: Path) -> None:
    """Yassin Syawal was named in Regulation 1607/2003; his entry cites the amendment 2019/555 first."""
    acts = (
        '<regulation regulationType="amendment" publicationDate="2019-04-08" entryIntoForceDate="2019-04-09"/>'
        '<nameAlias wholeName="A"><regulationSummary publicationDate="2003-09-13" numberTitle="1607/2003"/></nameAlias>'
    )
    found = loaded(tmp_path, entity(PERSON + acts))
    assert found.values("SELECT ?d { ?l clew:validFromLatest ?d }") == ["2003-09-14"]
    assert not found.ask("?l clew:validFrom ?d")
    assert found.ask("?n a clew:Name ; clew:citation '1607/2003'")


def test_a_day_of_designation_is_the_first_day(tmp_path: Path) -> None:
    act = '<regulation entryIntoForceDate="2002-06-19"/>'
    found = loaded(tmp_path, entity(act + FIRM + NAME, 'designationDate="2002-06-18"'))
    assert found.rows("SELECT ?d { ?l clew:validFrom ?d }") == [{"d": date(2002, 6, 18)}]
    assert not found.ask("?l clew:validFromLatest ?d")


def test_the_label_is_the_name_in_the_language_of_the_regulation_and_all_names_are_kept(tmp_path: Path) -> None:
    names = (
        '<nameAlias wholeName="Йассин" nameLanguage="RU"/><nameAlias wholeName="Abu Seta"/>'
        '<nameAlias firstName="Yassin" lastName="Syawal" wholeName="Yassin  Syawal" gender="M" title="Mr"/>'
        '<nameAlias wholeName="Weak" strong="false"/><nameAlias wholeName="Yassin Syawal" nameLanguage="FR"/>'
    )
    found = loaded(tmp_path, entity(PERSON + names))
    assert found.values("SELECT ?l { ?x a clew:Person ; rdfs:label ?l }") == ["Yassin Syawal"]
    rows = found.rows("SELECT ?t ?k ?g { ?n clew:nameText ?t ; clew:nameKind ?k OPTIONAL { ?n clew:nameLanguage ?g } }")
    assert sorted((str(row["t"]), str(row["k"]).rpartition("/")[2], row.get("g")) for row in rows) == [
        ("Abu Seta", "strong_alias", None),
        ("Weak", "weak_alias", None),
        ("Yassin Syawal", "primary", "fr"),
        ("Йассин", "strong_alias", "ru"),
    ]
    assert found.ask("?x clew:gender 'M' ; clew:remark 'title: Mr'")
    assert found.ask("?n clew:nameText 'Yassin Syawal' ; clew:remark 'firstName: Yassin; lastName: Syawal'")


def test_a_name_that_was_not_put_together_is_made_of_its_parts(tmp_path: Path) -> None:
    found = loaded(tmp_path, entity(PERSON + '<nameAlias firstName="Tarek" lastName="Aziz" wholeName=""/>'))
    assert found.ask("?x rdfs:label 'Tarek Aziz'")


@pytest.mark.parametrize(
    ("attributes", "born"),
    [
        ('birthdate="1962-09-03" dayOfMonth="3" monthOfYear="9" year="1962" calendarType="GREGORIAN"', "1962-09-03"),
        ('year="1958" circa="true" calendarType="GREGORIAN"', "1958~"),
        ('year="1958" monthOfYear="4" circa="false"', "1958-04"),
        ('year="1343" calendarType="ISLAMIC"', "1343 (ISLAMIC)"),
        (
            'birthdate="1982-04-19" dayOfMonth="24" monthOfYear="6" year="1402" calendarType="ISLAMIC"',
            "1982-04-19 (1402-06-24 ISLAMIC)",
        ),
    ],
)
def test_births_are_kept_as_far_as_they_are_known(tmp_path: Path, attributes: str, born: str) -> None:
    place = 'city="Makassar" region="" countryIso2Code="ID" countryDescription="INDONESIA"'
    found = loaded(tmp_path, entity(f"{PERSON}{NAME}<birthdate {attributes} {place}/>"))
    assert found.ask(f"?x clew:birthDate '{born}' ; clew:birthPlace 'Makassar, INDONESIA'")
    assert not found.ask("?x clew:remark ?r")


def test_a_birth_does_not_make_a_person_of_a_firm(tmp_path: Path) -> None:
    found = loaded(tmp_path, entity(FIRM + NAME + '<birthdate year="1990"/><citizenship countryIso2Code="IQ"/>'))
    assert found.ask("?x a clew:Organization ; clew:remark 'birth date: 1990', 'nationality: IQ'")
    assert not found.ask("?x clew:birthDate|clew:nationality ?y")


def test_the_code_of_an_unknown_country_is_no_country(tmp_path: Path) -> None:
    parts = (
        '<address countryIso2Code="00" countryDescription="UNKNOWN" logicalId="9"/>'
        '<address street="1 Street" city="Beirut" countryIso2Code="LB" countryDescription="LEBANON"/>'
        '<identification number="34409/129" identificationTypeCode="other" countryIso2Code="00" logicalId="1"/>'
    )
    found = loaded(tmp_path, entity(FIRM + NAME + parts))
    assert found.count("?x clew:hasAddress ?a") == 1
    assert found.ask("?a clew:addressText '1 Street, Beirut, LEBANON' ; clew:addressCountry place:LB")
    assert found.ask("?i clew:identifierScheme scheme:other")
    assert not found.ask("?i clew:issuedBy ?p")


def test_numbers_have_their_schemes_countries_and_notes(tmp_path: Path) -> None:
    """The notes say that a paper is not to be relied on."""
    parts = (
        '<identification identificationTypeDescription="SWIFT BIC" number="SCTSAEA1"'
        ' countryDescription="UNITED ARAB EMIRATES"/>'
        '<identification identificationTypeCode="regnumber" number="1117799023330" countryIso2Code="RU"'
        ' knownFalse="true" knownExpired="false"/>'
    )
    found = loaded(tmp_path, entity(FIRM + NAME + parts, 'unitedNationId="QDi.43"'))
    assert found.ask("?i clew:identifierScheme scheme:bic ; clew:issuedBy place:AE ; clew:identifierValue 'SCTSAEA1'")
    assert found.ask("?i clew:identifierScheme scheme:ru-ogrn ; clew:remark 'knownFalse: true'")
    assert found.ask("?i clew:identifierScheme scheme:un-reference ; clew:identifierValue 'QDi.043'")
    assert found.ask("?x clew:remark 'unitedNationId: QDi.43'")
    assert not found.ask("?i clew:remark ?r FILTER(CONTAINS(?r, 'knownExpired'))")


def test_what_no_loader_knows_is_kept_as_a_remark(tmp_path: Path) -> None:
    parts = '<remark>UNSC</remark><new what="x"><deep>y</deep></new>'
    found = loaded(tmp_path, entity(FIRM + NAME + parts, 'designationDetails="suspended" novel="z"'))
    assert found.values("SELECT ?r { ?x a clew:Organization ; clew:remark ?r }") == [
        "new deep: y",
        "new what: x",
        "novel: z",
        "remark: UNSC",
    ]
    assert found.ask("?l a clew:Listing ; clew:remark 'suspended'")


@pytest.mark.parametrize(
    "bad",
    [
        f"<sanctionEntity>{PERSON}{NAME}</sanctionEntity>",
        entity(PERSON),
        entity(PERSON + '<nameAlias wholeName=" "/>'),
        "<sanctionedEntity logicalId='7'/>",
    ],
)
def test_an_entry_without_number_or_name_is_quarantined(tmp_path: Path, bad: str) -> None:
    found = loaded(tmp_path, bad, entity(PERSON + NAME))
    assert found.harvest.counts() == {"read": 2, "loaded": 1, "quarantined": 1, "duplicates": 0}
    assert found.harvest.quarantined[0].raw.decode() == bad


def test_an_entry_of_an_unknown_kind_is_an_entity(tmp_path: Path) -> None:
    found = loaded(tmp_path, entity('<subjectType code="vessel"/>' + NAME))
    assert found.ask("?x a clew:Entity ; rdfs:label 'A'")


def test_the_format_sample_is_loaded_whole(shared: Path) -> None:
    found = harvested(EuFsf(), shared / "eu" / "eu_fsf_xml11_format_sample.xml")
    assert found.harvest.counts() == {"read": 3, "loaded": 3, "quarantined": 0, "duplicates": 0}
    assert found.ask("?x rdfs:label 'Organização Abu Nidal' ; clew:hasName [ clew:nameLanguage 'pt' ]")
    assert found.count("?i clew:identifierScheme scheme:bic") == 3


@pytest.fixture(scope="module")
def whole(shared: Path) -> Loaded:
    """The list of 2026-05-01, as it was put together again."""
    return harvested(EuFsf(), shared / "eu" / "eu_fsf_xml11_reconstructed_2026-05-01.xml.gz")


def test_every_entry_of_the_whole_list_is_loaded(whole: Loaded) -> None:
    assert whole.harvest.counts() == {"read": 5_860, "loaded": 5_860, "quarantined": 0, "duplicates": 0}
    kinds = Counter(value for _, term, value in whole.statements if term.endswith("#type"))
    assert (kinds[CLEW.Person], kinds[CLEW.Organization]) == (4_341, 1_519)
    assert not any(term == CLEW.validFrom for _, term, _ in whole.statements)
    assert sum(term == CLEW.validFromLatest for _, term, _ in whole.statements) == 5_860


def test_every_name_of_the_whole_list_is_a_name_of_its_entry(whole: Loaded, shared: Path) -> None:
    """29,826 aliases stand in the file; some repeat, one for each regulation."""
    space = "{http://eu.europa.ec/fpi/fsd/export}"
    stated = set()
    count = 0
    with gzip.open(shared / "eu" / "eu_fsf_xml11_reconstructed_2026-05-01.xml.gz") as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag == f"{space}sanctionEntity":
                for alias in element.iter(f"{space}nameAlias"):
                    count += 1
                    stated.add(
                        (mint("eu-fsf", element.get("logicalId", "")), " ".join(alias.get("wholeName", "").split()))
                    )
                element.clear()
    nodes = {node: subject for subject, term, node in whole.statements if term == CLEW.hasName}
    named = {(nodes[node], text) for node, term, text in whole.statements if term == CLEW.nameText}
    assert count == 29_826
    assert named == stated
