"""What all loaders of parties share: identifiers, dates, and nodes made from what they say."""

from datetime import date

import pytest

from clew.loaders.edtf import day, edtf
from clew.loaders.parties import WEAK, addressed, identified, is_ship_number, named, part_of
from clew.loaders.places import rows_of
from clew.ontology import CLEW, mint

PARTY = mint("us-sdn", "36")


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("9074729", True),  # the example of IMO Resolution A.1117(30)
        ("9074728", False),
        ("5055293", False),  # a company number
        ("907472", False),
        ("90747290", False),
        ("907472X", False),
        ("٩٠٧٤٧٢٩", False),
    ],
)
def test_a_ship_number_is_known_by_its_check_digit(number: str, valid: bool) -> None:
    assert is_ship_number(number) is valid


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("28 Jul 1963", "1963-07-28"),
        ("Dec 1955", "1955-12"),
        ("1946", "1946"),
        ("circa 1951", "1951~"),
        ("1951 to 1953", "1951/1953"),
        ("01 Jan 1961 to 31 Dec 1962", "1961-01-01/1962-12-31"),
        ("circa 1979-1982", "circa 1979-1982"),
        ("05 Foo 1950", "05 Foo 1950"),
        ("", ""),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(words: str, known: str) -> None:
    """ISO 8601-2, level 1: reduced precision, approximation and intervals."""
    assert edtf(words) == known


def test_only_a_date_with_its_day_is_a_day() -> None:
    assert day("03 Dec 2007") == date(2007, 12, 3)
    assert day("2019-01-27") == date(2019, 1, 27)
    assert day("31 Feb 2007") is None
    assert day("2007") is None


def test_parts_that_say_the_same_share_a_node_and_others_never_do() -> None:
    assert list(named(PARTY, "A", WEAK)) == list(named(PARTY, "A", WEAK))
    assert part_of(PARTY, "name", "A") != part_of(PARTY, "name", "B")
    assert part_of(part_of(PARTY, "name", "A"), "note", "x").count("#") == 1


def test_an_address_names_its_country_as_a_place_and_the_party_too() -> None:
    made = list(addressed(PARTY, ["1 Street"], "Tehran 15946", "Iran"))
    assert (PARTY, CLEW.country, mint("place", "IR")) in made
    assert any(term == CLEW.addressText and text == "1 Street, Tehran 15946, Iran" for _, term, text in made)


def test_a_country_that_no_table_knows_stays_in_the_text_of_the_address() -> None:
    made = list(addressed(PARTY, [], "", "Region: Kafia Kingi"))
    assert any(term == CLEW.addressText and text == "Region: Kafia Kingi" for _, term, text in made)
    assert not any(term == CLEW.addressCountry for _, term, _ in made)


def test_every_scheme_that_labels_of_remarks_lead_to_is_described() -> None:
    from clew.loaders.ofac_remarks import _labels

    known = {row["key"] for row in rows_of("identifier_schemes")}
    used = {label.scheme for labels in _labels().values() for label in labels} - {"imo"}
    assert used | {"imo-ship", "imo-company", "call-sign", "ru-inn"} <= known


def test_an_identifier_with_another_issuer_is_another_identifier() -> None:
    russian, plain = (list(identified(PARTY, "ru-inn", "77", issuer)) for issuer in (mint("place", "RU"), None))
    assert russian[0] != plain[0]
