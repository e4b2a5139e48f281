"""Dates are kept as far as publishers know them (ISO 8601-2, level 1), and words that are no date stay words."""

import pytest

from clew.loaders.known_dates import edtf_of, known_date, known_dates


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("dd/mm/1945", "1945"),  # the UK Sanctions List
        ("dd/03/1945", "1945-03"),
        ("00/00/1965", "1965"),
        ("1/01/1964", "1964-01-01"),
        ("04/1963", "1963-04"),
        ("25/13/1964", "25/13/1964"),
        ("31/02/1964", "31/02/1964"),
        ("1963", "1963"),
        ("1963-07", "1963-07"),
        ("1963-07-28", "1963-07-28"),
        ("1982-02-30", "1982-02-30"),
        ("Between 1963 and 1968", "1963/1968"),
        ("Between Aug. and Sep. 1977", "Between Aug. and Sep. 1977"),
        ("Approximately 1973", "1973~"),
        ("Nov. 1973 ", "1973-11"),
        ("5 May 1957", "1957-05-05"),
        ("1972\u00a0\u00a0", "1972"),
        ("24/06/1402 (Hijri Calendar)", "24/06/1402 (Hijri Calendar)"),
        ("30-35 years old", "30-35 years old"),
        ("", ""),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(words: str, known: str) -> None:
    assert known_date(words) == known


def test_a_cell_with_several_dates_gives_each_of_them() -> None:
    assert known_dates("1981-10-01 or 1981-11-11") == ["1981-10-01", "1981-11-11"]
    assert known_dates("27/05/1973 01/01/1975") == ["1973-05-27", "1975-01-01"]
    assert known_dates("born in the early 1970s") == ["born in the early 1970s"]


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        (("1962", "9", "3"), "1962-09-03"),
        (("1962", "9", ""), "1962-09"),
        (("1962", "", "3"), "1962"),
        (("1962", "13", "1"), ""),
        (("62", "1", "1"), ""),
        (("", "1", "1"), ""),
        (("\u0661\u0669\u0666\u0662", "", ""), ""),
        (("0000", "", ""), ""),
    ],
)
def test_parts_that_make_no_date_make_nothing(parts: tuple[str, str, str], known: str) -> None:
    assert edtf_of(*parts) == known
    assert edtf_of(*parts, about=True) == (f"{known}~" if known else "")
