"""The UK Sanctions List: names in six parts, dates without days, ships named by numbers, group ids that are no keys."""

from datetime import date
from pathlib import Path

import pytest

from clew.loaders.uk_sl import UkSl
from clew.ontology import mint
from clew.tests.loaders.harvested import Loaded, harvested, written

PRIMARY = "<Names><Name><Name1>Yuri</Name1><Name6>Karaev</Name6><NameType>Primary Name</NameType></Name></Names>"
KARAEV = mint("uk-sl", "BEL0005")


def loaded(folder: Path, *designations: str) -> Loaded:
    """Load designations that stand in the list."""
    content = f"<Designations><DateGenerated>10/09/2026</DateGenerated>{''.join(designations)}</Designations>"
    (file,) = written(folder, {"uk.xml": content})
    return harvested(UkSl(), file)


def designation(content: str, kind: str = "Individual", key: str = "BEL0005") -> str:
    type_ = f"<IndividualEntityShip>{kind}</IndividualEntityShip>"
    return f"<Designation><UniqueID>{key}</UniqueID>{type_}{content}</Designation>"


def named(name: str) -> str:
    return f"<Names><Name><Name6>{name}</Name6><NameType>Primary Name</NameType></Name></Names>"


def test_a_designation_has_its_day_regulations_and_measures(tmp_path: Path) -> None:
    """Sanctions and Anti-Money Laundering Act 2018, s. 9: a person is designated by regulations."""
    content = (
        PRIMARY + "<DateDesignated>25/02/2022</DateDesignated><LastUpdated>01/03/2023</LastUpdated>"
        "<RegimeName>The Belarus Regulations</RegimeName><DesignationSource>UK</DesignationSource>"
        "<SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed><OFSIGroupID>13923</OFSIGroupID>"
        "<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><Deflag>false</Deflag></SanctionsImposedIndicators>"
        "<OtherInformation>Info</OtherInformation><UKStatementofReasons>Why</UKStatementofReasons>"
        "<UNReferenceNumber>TAe.010</UNReferenceNumber><UNReferenceNumber>N/A</UNReferenceNumber>"
    )
    found = loaded(tmp_path, designation(content))
    assert found.ask(
        f"""<{KARAEV}> a clew:Person ; rdfs:label "Yuri Karaev" ; clew:recordKey "BEL0005" ;
            clew:hasIdentifier [ clew:identifierScheme scheme:un-reference ; clew:identifierValue "TAe.010" ] ;
            clew:remark "OtherInformation: Info", "UKStatementofReasons: Why", "OFSIGroupID: 13923" .
        <{KARAEV}#listing> clew:onList list:UK-SL ; clew:citation "The Belarus Regulations" ;
            clew:underProgramme [ rdfs:label "The Belarus Regulations" ] ;
            clew:remark "SanctionsImposed: Asset freeze|Travel Ban", "SanctionsImposedIndicators: AssetFreeze" """
    )
    assert found.rows("SELECT ?d { ?l clew:validFrom ?d }") == [{"d": date(2022, 2, 25)}]
    assert found.ask("?l clew:remark 'UNReferenceNumber: N/A'")


def test_one_group_id_on_two_designations_makes_no_one_party_of_them(tmp_path: Path) -> None:
    """OFSI group 13923 stands on BEL0005 and GHR0055; only UniqueID tells designations apart."""
    group = "<OFSIGroupID>13923</OFSIGroupID>"
    found = loaded(tmp_path, designation(PRIMARY + group), designation(PRIMARY + group, key="GHR0055"))
    assert found.count("?x a clew:Person ; clew:listing ?l") == 2
    assert not found.ask("?x clew:hasIdentifier ?i")


def test_names_are_told_apart_in_any_letter_case(tmp_path: Path) -> None:
    names = "".join(
        f"<Name><Name1>A</Name1><Name6>{last}</Name6><NameType>{kind}</NameType>{more}</Name>"
        for last, kind, more in (
            ("one", "ALias", "<AliasStrength>Good quality a.k.a</AliasStrength>"),
            ("two", "Alias", "<AliasStrength>Low quality a.k.a</AliasStrength>"),
            ("three", "Primary name variation", ""),
            ("four", "primary NAME", ""),
        )
    )
    foreign = (
        "<NonLatinNames><NonLatinName><NameNonLatinScript>محمد</NameNonLatinScript>"
        "<NonLatinScriptLanguage>Arabic</NonLatinScriptLanguage></NonLatinName></NonLatinNames>"
    )
    found = loaded(tmp_path, designation(f"<Names>{names}<Name><NameType>Alias</NameType></Name></Names>{foreign}"))
    rows = found.rows("SELECT ?t ?k { ?n clew:nameText ?t ; clew:nameKind ?k }")
    assert {str(row["t"]): str(row["k"]).rpartition("/")[2] for row in rows} == {
        "A one": "strong_alias",
        "A two": "weak_alias",
        "A three": "strong_alias",
        "A four": "primary",
        "محمد": "strong_alias",
    }
    assert found.ask("?n clew:nameText 'A four' ; clew:remark 'Name1: A; Name6: four'")
    assert found.ask("?x rdfs:label 'A four' ; clew:remark ?r FILTER(CONTAINS(?r, 'Arabic'))")


def test_details_of_a_person_are_births_nationalities_and_papers(tmp_path: Path) -> None:
    details = (
        "<IndividualDetails><Individual><DOBs><DOB>dd/mm/1945</DOB><DOB>03/09/1962</DOB></DOBs>"
        "<Nationalities><Nationality>Afghanistan</Nationality></Nationalities>"
        "<BirthDetails><Location><TownOfBirth>Kabul</TownOfBirth><CountryOfBirth>Afghanistan</CountryOfBirth></Location>"
        "</BirthDetails><Positions><Position>Minister</Position></Positions><Genders><Gender>Male</Gender></Genders>"
        "<PassportDetails><Passport><PassportNumber>D 001206</PassportNumber>"
        "<PassportAdditionalInformation>expired</PassportAdditionalInformation></Passport></PassportDetails>"
        "</Individual></IndividualDetails>"
    )
    found = loaded(tmp_path, designation(PRIMARY + details))
    assert found.values("SELECT ?d { ?x clew:birthDate ?d }") == ["1945", "1962-09-03"]
    assert found.ask(
        """?x clew:nationality place:AF ; clew:birthPlace 'Kabul, Afghanistan' ; clew:gender 'Male' ;
            clew:remark 'Positions Position: Minister' .
        ?i clew:identifierScheme scheme:passport ; clew:remark 'PassportAdditionalInformation: expired'"""
    )


def test_details_of_an_entity_are_kept(tmp_path: Path) -> None:
    details = (
        "<EntityDetails><Entity><TypeOfEntity>Bank</TypeOfEntity><BusinessRegistrationNumbers>"
        "<BusinessRegistrationNumber>ИНН 7717653542</BusinessRegistrationNumber></BusinessRegistrationNumbers></Entity>"
        "</EntityDetails><EmailAddresses><EmailAddress>a@b.ru</EmailAddress></EmailAddresses>"
        "<Addresses><Address><AddressLine1>1 Street</AddressLine1><AddressLine6>Kabul</AddressLine6>"
        "<AddressPostalCode>1</AddressPostalCode><AddressCountry>Afghanistan</AddressCountry></Address><Address/></Addresses>"
    )
    found = loaded(tmp_path, designation(PRIMARY + details, "Entity"))
    assert found.ask("?x a clew:Organization ; clew:remark 'TypeOfEntity: Bank'")
    assert found.ask("?i clew:identifierScheme scheme:ru-inn ; clew:identifierValue '7717653542'")
    assert found.ask("?i clew:identifierScheme scheme:email")
    assert found.values("SELECT ?t { ?a clew:addressText ?t }") == ["1 Street, Kabul, 1, Afghanistan"]


def test_a_ship_named_by_its_number_has_name_and_number(tmp_path: Path) -> None:
    ship = (
        "<ShipDetails><Ship><IMONumbers><IMONumber>IMO9274082</IMONumber></IMONumbers><CurrentBelievedFlagOfShips>"
        "<CurrentBelievedFlagOfShip>Panama</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>"
        "<YearBuilt>2004</YearBuilt></Ship></ShipDetails>"
    )
    found = loaded(tmp_path, designation(named('IMO 9274082 ("TM HAI HA 568") ') + ship, "Ship"))
    assert found.ask(
        """?x a clew:Vessel ; rdfs:label 'TM HAI HA 568' ; clew:flag place:PA ; clew:remark 'YearBuilt: 2004',
            'name as published: IMO 9274082 ("TM HAI HA 568")' ;
            clew:hasIdentifier [ clew:identifierScheme scheme:imo-ship ; clew:identifierValue '9274082' ]"""
    )


@pytest.mark.parametrize(
    ("name", "reasons", "numbers"),
    [
        ("IMO 9058713 (“AVAX”)", "", ["9058713"]),
        ("NEXT", "IMO 9286023 (“NEXT”) is involved", ["9286023"]),
        ("NEXT", "Namely, 9286023 is", ["9286023"]),
        ("NEXT", "IMO 9286023 met IMO 9284594", []),
        ("NEXT", "IMO 9286024", []),
    ],
)
def test_a_ship_without_a_number_of_its_own_has_the_one_its_reasons_name(
    tmp_path: Path, name: str, reasons: str, numbers: list[str]
) -> None:
    content = f"{named(name)}<UKStatementofReasons>{reasons}</UKStatementofReasons>"
    found = loaded(tmp_path, designation(content, "Ship"))
    assert found.values("SELECT ?v { ?i clew:identifierScheme scheme:imo-ship ; clew:identifierValue ?v }") == numbers


@pytest.mark.parametrize(
    "bad",
    [
        designation(PRIMARY, "Ghost"),
        designation(PRIMARY, key=""),
        designation("<Names><Name><NameType>Primary Name</NameType></Name></Names>"),
        "<Designated/>",
    ],
)
def test_a_designation_that_is_not_well_formed_is_quarantined(tmp_path: Path, bad: str) -> None:
    found = loaded(tmp_path, bad, designation(PRIMARY))
    assert found.harvest.counts() == {"read": 2, "loaded": 1, "quarantined": 1, "duplicates": 0}


def test_the_format_sample_is_loaded_whole(shared: Path) -> None:
    found = harvested(UkSl(), shared / "uk" / "uk_sanctions_list_xml_format_sample.xml")
    assert found.harvest.counts() == {"read": 5, "loaded": 5, "quarantined": 0, "duplicates": 0}
    assert found.values("SELECT ?d { ?x clew:birthDate ?d }") == ["1945"]
    assert found.ask("?x a clew:Vessel ; rdfs:label 'TM HAI HA 568'")


@pytest.fixture(scope="module")
def whole(shared: Path) -> Loaded:
    """The list of 2026-08-22, as it was put together again."""
    return harvested(UkSl(), shared / "uk" / "uk_sanctions_list_reconstructed_2026-08-22.xml.gz")


def test_every_designation_of_the_whole_list_is_loaded_with_its_day(whole: Loaded) -> None:
    assert whole.harvest.counts() == {"read": 6_349, "loaded": 6_349, "quarantined": 0, "duplicates": 0}
    kinds = {kind: whole.count(f"?x a clew:{kind}") for kind in ("Person", "Organization", "Vessel")}
    assert kinds == {"Person": 4_036, "Organization": 1_647, "Vessel": 666}
    assert whole.count("?l a clew:Listing ; clew:validFrom ?d") == 6_349


def test_most_ships_of_the_whole_list_have_their_numbers(whole: Loaded) -> None:
    """625 of 666 ships have a seven-digit number in their texts."""
    assert whole.count("?x a clew:Vessel ; clew:hasIdentifier/clew:identifierScheme scheme:imo-ship") >= 625
    assert whole.count("?x clew:remark ?r FILTER(STRSTARTS(?r, 'UKStatementofReasons'))") == 5_406
