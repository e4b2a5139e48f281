"""Identifiers get their schemes from the words before them, the country that gave them and the form of their value."""

import csv
from pathlib import Path

import pytest

import clew.loaders.numbers
from clew.loaders.numbers import number, numbered, ship_number, un_reference
from clew.loaders.places import place_of, rows_of
from clew.ontology import CLEW, mint

PARTY = mint("eu-fsf", "83")


@pytest.mark.parametrize(
    ("label", "value", "country", "scheme", "kept"),
    [
        ("passport", "A0030940", "RU", "passport", "A0030940"),
        ("Número de pasaporte", "A1", "", "passport", "A1"),
        ("regnumber", "1117799023330", "RU", "ru-ogrn", "1117799023330"),
        ("regnumber", "1117799023330", "GE", "registration-number", "1117799023330"),
        ("regnumber", "ИНН 7717653542", "RU", "ru-inn", "7717653542"),
        ("regnumber", "КПП 771701001", "RU", "ru-kpp", "771701001"),
        ("fiscalcode", "772704610955", "RU", "ru-inn", "772704610955"),
        ("fiscalcode", "772704610955", "", "tax-id", "772704610955"),
        ("unssn", "91370303MA3ERW0G0M", "CN", "cn-uscc", "91370303MA3ERW0G0M"),
        ("SWIFT BIC", "SCERIRTHKSH", "IRAN (ISLAMIC REPUBLIC OF)", "bic", "SCERIRTHKSH"),
        ("imo", "0011359", "", "imo-company", "0011359"),
        ("National identity Card number:", "7", "", "national-id", "7"),
        ("Ration card no.", "0094195", "", "other", "0094195"),
    ],
)
def test_words_country_and_form_decide_the_scheme(label: str, value: str, country: str, scheme: str, kept: str) -> None:
    found = number(label, value, country)
    assert found is not None
    assert (found.scheme, found.value) == (scheme, kept)
    assert found.issuer == (place_of(country) if country else None)


@pytest.mark.parametrize(
    ("value", "ship", "scheme"),
    [
        ("IMO9274082", True, "imo-ship"),  # the check digit of IMO Resolution A.1117(30)
        ("9274082", True, "imo-ship"),
        ("9274083", True, "other"),
        ("9274082", False, "imo-company"),  # a company's number is of another series
    ],
)
def test_an_imo_number_is_a_ships_only_by_its_check_digit(value: str, ship: bool, scheme: str) -> None:
    found = number("imo", value, ship=ship)
    assert found is not None
    assert found.scheme == scheme


def test_a_value_that_could_match_nothing_is_a_remark_and_not_an_identifier() -> None:
    assert list(numbered(PARTY, "regnumber", "-")) == [(PARTY, CLEW.remark, "regnumber: -")]
    assert list(numbered(PARTY, "regnumber", "")) == []
    assert list(numbered(PARTY, "passport", "", notes=["lost 2003"])) == [(PARTY, CLEW.remark, "passport: lost 2003")]


def test_a_number_under_unknown_words_keeps_the_words() -> None:
    made = list(numbered(PARTY, "Ration card no.", "0094195"))
    assert any(term == CLEW.remark and words == "type: Ration card no." for _, term, words in made)


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("Namely, 9286023 is a ship", "9286023"),
        ("IMO 9286023 (“NEXT”) and again 9286023", "9286023"),
        ("IMO 9286023 and IMO 9284594", ""),  # two ships: nobody can say
        ("Telephone 1234567", ""),
        ("no number", ""),
    ],
)
def test_a_ships_number_is_read_from_words_where_it_is_the_only_one(words: str, digits: str) -> None:
    assert ship_number(words) == digits


@pytest.mark.parametrize(
    ("words", "reference"),
    [("QDi.43", "QDi.043"), ("KPe.023 ", "KPe.023"), ("QDE.115", "QDe.115"), ("N/A", None), ("IRI.001", "IRi.001")],
)
def test_references_of_the_un_are_written_as_the_un_writes_them(words: str, reference: str | None) -> None:
    """EU and UK lists shorten or capitalise them; only one spelling joins the lists."""
    found = un_reference(words)
    assert (found.value if found else None) == reference


def test_every_scheme_that_words_lead_to_is_described() -> None:
    file = Path(clew.loaders.numbers.__file__).with_name("number_labels.csv")
    with open(file, encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["scheme"] for row in rows} - {"imo"} <= {row["key"] for row in rows_of("identifier_schemes")}
    assert all(row["label"] == row["label"].casefold().rstrip(" .:") for row in rows)
