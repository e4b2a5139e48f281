"""The Swiss list: targets stay when they are taken off, history repeats them, and names are put together from parts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clew.loaders.ch_seco import ChSeco
from clew.ontology import mint
from clew.tests.loaders.harvested import Loaded, harvested, written

TARGET = mint("ch-seco", "5142")
PROGRAMME = (
    '<sanctions-program ssid="20" version-date="2026-05-21"><program-key lang="ger">Weissrussland</program-key>'
    '<program-key lang="eng">Belarus</program-key><program-name lang="eng">Ordinance on Belarus</program-name>'
    '<sanctions-set ssid="4387" lang="eng">article 12</sanctions-set><origin>EU</origin></sanctions-program>'
)
PLACE = '<place ssid="29492"><location>Minsk</location><area>X</area><country iso-code="BY">Belarus</country></place>'
LISTED = '<modification modification-type="listed" effective-date="2012-03-24"/>'


def part(order: int, kind: str, value: str, variants: str = "") -> str:
    return f'<name-part order="{order}" name-part-type="{kind}"><value>{value}</value>{variants}</name-part>'


def name(*parts: str, kind: str = "primary-name", quality: str = "good") -> str:
    return f'<name ssid="1" name-type="{kind}" quality="{quality}" lang="eng">{"".join(parts)}</name>'


WHOLE_NAME = name(part(1, "whole-name", "Minsk Bank"))


def target(content: str = "", names: str = WHOLE_NAME, tag: str = "individual", after: str = LISTED) -> str:
    return (
        f'<target ssid="5142"><sanctions-set-id>4387</sanctions-set-id><{tag}><identity ssid="5144" main="true">'
        f"{names}{content}</identity></{tag}>{after}</target>"
    )


def loaded(folder: Path, *elements: str) -> Loaded:
    """Load elements that stand in the whole list; places and programmes may stand behind the targets."""
    content = f'<swiss-sanctions-list list-type="whole-list" date="x">{"".join(elements)}</swiss-sanctions-list>'
    (file,) = written(folder, {"ch.xml": content})
    return harvested(ChSeco(), file)


def texts(found: Loaded) -> dict[str, tuple[str, object]]:
    """Return names with their standing and language."""
    rows = found.rows("SELECT ?t ?k ?g { ?n clew:nameText ?t ; clew:nameKind ?k OPTIONAL { ?n clew:nameLanguage ?g } }")
    return {str(row["t"]): (str(row["k"]).rpartition("/")[2], row.get("g")) for row in rows}


def test_a_target_stands_under_its_programme_with_places_that_stand_behind_it(tmp_path: Path) -> None:
    content = (
        '<address place-id="29492" quality="good"><address-details>ul. 4</address-details><zip-code>220029</zip-code>'
        '</address><day-month-year day="23" month="3" year="1980" calendar="Gregorian" quality="good"/>'
        '<place-of-birth place-id="29492"/><nationality><country iso-code="BY">Belarus</country></nationality>'
    )
    found = loaded(tmp_path, target(content), PROGRAMME, PLACE)
    assert found.ask(
        f"""<{TARGET}> a clew:Person ; rdfs:label "Minsk Bank" ; clew:birthDate "1980-03-23" ;
            clew:birthPlace "Minsk, X, Belarus" ; clew:nationality place:BY ; clew:listing <{TARGET}#listing> ;
            clew:hasAddress [ clew:addressText "ul. 4, 220029, X, Minsk, Belarus" ; clew:city "Minsk" ;
                clew:addressCountry place:BY ] .
        <{TARGET}#listing> clew:onList list:CH-SECO ; clew:underProgramme programme:CH-Belarus ;
            clew:citation "Ordinance on Belarus" ; clew:remark "sanctions-set-id: 4387" .
        programme:CH-Belarus a clew:Programme ; rdfs:label "Belarus" ; clew:remark "origin: EU" """
    )
    assert found.harvest.counts() == {"read": 2, "loaded": 2, "quarantined": 0, "duplicates": 0}


def modification(kind: str, day: str) -> str:
    return f'<modification modification-type="{kind}" enactment-date="2000-01-01" effective-date="{day}"/>'


@pytest.mark.parametrize(
    ("changes", "windows"),
    [
        ([("listed", "2012-03-24")], [("from", "2012-03-24")]),
        ([("de-listed", "2016-03-01"), ("listed", "2012-03-24")], [("from", "2012-03-24", "until", "2016-03-01")]),
        ([("de-listed", "2016-03-01"), ("amended", "2015-11-18")], [("by", "2015-11-18", "until", "2016-03-01")]),
        ([("amended", "2015-11-18"), ("listed", "2012-03-24")], [("from", "2012-03-24")]),
        (
            [("listed", "2020-01-01"), ("de-listed", "2016-03-01"), ("listed", "2012-03-24")],
            [("from", "2012-03-24", "until", "2016-03-01"), ("from", "2020-01-01")],
        ),
        (
            [("listed", "2016-03-01"), ("de-listed", "2016-03-01"), ("listed", "2012-03-24")],
            [("from", "2012-03-24", "until", "2016-03-01"), ("from", "2016-03-01")],
        ),
        ([("de-listed", "2016-03-01")], [("until", "2016-03-01")]),
        ([("listed", "some day")], [("from", "2000-01-01")]),  # the day of enactment, where the other is none
        ([], [()]),
    ],
)
def test_the_newest_modification_says_whether_a_target_is_listed(
    tmp_path: Path, changes: list[tuple[str, str]], windows: list[tuple[str, ...]]
) -> None:
    """The file keeps targets that were taken off; it gives modifications newest first."""
    found = loaded(tmp_path, target(after="".join(modification(*change) for change in changes)))
    rows = found.rows(
        """SELECT ?from ?by ?until { ?l a clew:Listing OPTIONAL { ?l clew:validFrom ?from }
        OPTIONAL { ?l clew:validFromLatest ?by } OPTIONAL { ?l clew:validUntil ?until } } ORDER BY ?from ?by"""
    )
    assert [tuple(str(item) for pair in row.items() for item in pair) for row in rows] == windows


def test_what_a_modification_added_is_history_and_not_said_of_the_target(tmp_path: Path) -> None:
    added = f'<added><identity ssid="5144">{name(part(1, "whole-name", "Old Name"))}</identity></added>'
    change = f'<modification modification-type="amended" effective-date="2015-11-18">{added}</modification>'
    found = loaded(tmp_path, target(after=change))
    assert texts(found) == {"Minsk Bank": ("primary", "en")}
    assert found.ask(f"<{TARGET}> clew:remark ?r FILTER(CONTAINS(?r, 'Old Name') && CONTAINS(?r, 'amended'))")


def test_names_are_put_together_in_order_and_once_for_each_spelling(tmp_path: Path) -> None:
    variants = "".join(
        f'<spelling-variant lang="RUS" script="{script}">{words}</spelling-variant>'
        for script, words in (("CYRL", "Лукашенко"), ("LATN", "Lukashenko"))
    )
    first = name(
        part(2, "given-name", "Dzmitry", '<spelling-variant lang="RUS" script="CYRL">Дмитрий</spelling-variant>'),
        part(1, "family-name", "Lukashenka", variants),
        part(3, "title", "Dr"),
    )
    others = name(part(1, "whole-name", "Weak One"), kind="alias", quality="low") + name(
        part(1, "whole-name", "Once"), kind="formerly-known-as"
    )
    found = loaded(tmp_path, target(names=first + others))
    assert texts(found) == {
        "Lukashenka Dzmitry": ("primary", "en"),
        "Лукашенко Дмитрий": ("strong_alias", "ru-Cyrl"),
        "Lukashenko Dzmitry": ("strong_alias", "ru-Latn"),
        "Weak One": ("weak_alias", "en"),
        "Once": ("former", "en"),
    }
    assert found.ask("?x clew:remark 'title: Dr'")
    assert found.ask("?n clew:nameKind kind:primary ; clew:remark 'family-name: Lukashenka; given-name: Dzmitry'")


def test_a_second_identity_gives_aliases_and_the_main_one_the_label(tmp_path: Path) -> None:
    second = f'<target ssid="5142"><individual><identity ssid="1">{name(part(1, "whole-name", "Other"))}</identity>'
    found = loaded(tmp_path, f'{second}<identity ssid="2" main="true">{WHOLE_NAME}</identity></individual></target>')
    assert {text: kind for text, (kind, _) in texts(found).items()} == {
        "Minsk Bank": "primary",
        "Other": "strong_alias",
    }


def test_a_ship_has_its_number_from_the_words_of_the_list(tmp_path: Path) -> None:
    ship = (
        f'<target ssid="34461"><object object-type="vessel"><identity ssid="1" main="true">{WHOLE_NAME}</identity>'
        '<other-information ssid="2">IMO Number: 8405270</other-information></object></target>'
    )
    found = loaded(tmp_path, ship)
    assert found.ask(
        """?x a clew:Vessel ; clew:remark 'IMO Number: 8405270' ;
            clew:hasIdentifier [ clew:identifierScheme scheme:imo-ship ; clew:identifierValue '8405270' ]"""
    )


def test_papers_reasons_and_relations_are_kept(tmp_path: Path) -> None:
    content = (
        '<identification-document ssid="1" document-type="passport"><number>AB1</number><issuer code="BY">Belarus'
        "</issuer><expiry-date>2020-01-01</expiry-date></identification-document></identity>"
        '<justification ssid="2">Because.</justification><other-information ssid="3">Telephone: 12</other-information>'
        '<relation ssid="4" target-id="77" relation-type="related-to"><remark>r</remark></relation><identity ssid="9">'
    )
    found = loaded(tmp_path, target(content))
    assert found.ask("?i clew:identifierScheme scheme:passport ; clew:issuedBy place:BY ; clew:remark ?r")
    assert found.ask(f"<{TARGET}> clew:linkedTo <{mint('ch-seco', '77')}> ; clew:remark 'Because.', 'Telephone: 12'")
    assert found.ask("?i clew:identifierScheme scheme:phone")


def test_a_day_of_an_entity_is_its_founding_and_no_birth(tmp_path: Path) -> None:
    days = '<day-month-year day="2" month="1" year="2002"/><day-month-year year="2003"/>'
    found = loaded(tmp_path, target(days, tag="entity"))
    assert found.rows("SELECT ?d { ?x clew:incorporationDate ?d }") == [{"d": date(2002, 1, 2)}]
    assert found.ask("?x a clew:Organization ; clew:remark 'date: 2003'")
    assert not found.ask("?x clew:birthDate ?d")


def test_a_place_that_the_list_does_not_describe_is_named_by_its_number(tmp_path: Path) -> None:
    found = loaded(tmp_path, target('<address place-id="1"><zip-code>9</zip-code></address>'))
    assert found.ask("?a a clew:Address ; clew:remark 'place-id: 1'")


@pytest.mark.parametrize(
    "bad",
    ['<target ssid="1"/>', '<target ssid="1"><entity><identity/></entity></target>', "<targets/>", target(names="")],
)
def test_a_target_of_which_nothing_is_said_is_quarantined(tmp_path: Path, bad: str) -> None:
    found = loaded(tmp_path, bad, target(tag="entity"))
    assert found.harvest.counts() == {"read": 2, "loaded": 1, "quarantined": 1, "duplicates": 0}


def test_the_conversion_says_the_same_as_the_publishers_own_file(tmp_path: Path) -> None:
    """The conversion writes names of elements with underscores and lists in the plural."""
    names = [{"name_type": "primary-name", "quality": "good", "lang": "eng", "name_parts": []}]
    names[0]["name_parts"] = [{"order": 1, "name_part_type": "whole-name", "value": "Minsk Bank"}]  # type: ignore[assignment]
    identity: dict[str, Any] = {"ssid": "5144", "main": "true", "names": names}
    identity["day_month_year"] = {"day": 23, "month": 3, "year": 1980}
    identity["addresses"] = [{"address_details": "ul. 4"}, {}]
    record = {"ssid": "5142", "sanctions_set_id": "4387", "individual": {"identity": identity, "justification": "B"}}
    (file,) = written(tmp_path, {"ch.jsonl": json.dumps(record)})
    converted = harvested(ChSeco(), file)
    content = (
        '<day-month-year day="23" month="3" year="1980"/><address><address-details>ul. 4</address-details></address>'
    )
    own = loaded(tmp_path, target(content + "</identity><justification>B</justification><identity>", after=""))
    assert set(converted.statements) == set(own.statements)


def test_the_format_sample_is_loaded_whole_and_one_target_was_taken_off(shared: Path) -> None:
    found = harvested(ChSeco(), shared / "ch_seco" / "seco_whole_list_format_sample.xml")
    assert found.harvest.counts() == {"read": 5, "loaded": 5, "quarantined": 0, "duplicates": 0}
    assert found.count("?x clew:listing ?l") == 3
    assert found.rows("SELECT ?d { ?l clew:validUntil ?d }") == [{"d": date(2016, 3, 1)}]


@pytest.fixture(scope="module")
def whole(shared: Path) -> Loaded:
    """The list of 2026-03-15, as it was converted."""
    return harvested(ChSeco(), shared / "ch_seco" / "ch_sanctions_2026-03-15.jsonl.gz")


def test_every_target_of_the_conversion_is_loaded_or_quarantined(whole: Loaded) -> None:
    """646 targets, all ships among them, have nothing left but their numbers."""
    assert whole.harvest.counts() == {"read": 8_254, "loaded": 7_608, "quarantined": 646, "duplicates": 0}
    assert whole.count("?x a clew:Person") == 4_518
    assert whole.count("?x a clew:Organization") == 3_090
    assert set(whole.reasons()) == {"the target has no number, or nothing is said of it"}
