"""The Australian list: the kind of a target is read from what is said of it, the first day from words."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clew.loaders.au_dfat import AuDfat
from clew.ontology import mint
from clew.tests.loaders.harvested import Loaded, harvested, written

ROW: dict[str, Any] = {
    "reference": "1286",
    "names": [{"text": "FAZL RABI", "name_type": "Primary Name", "script": "Latn"}],
    "sanction": {"committees": "1988 (Taliban)", "control_date": "2026-02-06", "instrument": "Charter Regulation 2013"},
}


def loaded(folder: Path, *rows: dict[str, Any]) -> Loaded:
    (file,) = written(folder, {"au.jsonl": "\n".join(map(json.dumps, rows))})
    return harvested(AuDfat(), file)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"citizenships": ["Afghanistan"]}, "Person"),
        ({"dates_of_birth": [{"raw_value": "1972"}]}, "Person"),
        ({"imo_number": "9074729"}, "Vessel"),
        ({}, "Party"),
    ],
)
def test_the_kind_is_what_the_row_shows_and_nothing_is_guessed(tmp_path: Path, more: dict[str, Any], kind: str) -> None:
    assert loaded(tmp_path, ROW | more).ask(f"<{mint('au-dfat', '1286')}> a clew:{kind}")


def test_a_person_has_births_places_and_nationalities_as_the_list_wrote_them(tmp_path: Path) -> None:
    """The conversion cut places at commas, and misread precisions; its own readings are left out."""
    places = [{"raw_value": words, "country": words} for words in ("a) Kohe Safi District", "Parwan Province")]
    births = [{"raw_value": "1977-11-10", "year": 1977, "precision": "year"}, {"raw_value": "Approximately 1973"}]
    more = {"dates_of_birth": births, "places_of_birth": places, "citizenships": ["Afghanistan", "Somalia; Sweden"]}
    found = loaded(tmp_path, ROW | more)
    assert found.values("SELECT ?d { ?x clew:birthDate ?d }") == ["1973~", "1977-11-10"]
    assert found.ask("?x clew:birthPlace 'a) Kohe Safi District, Parwan Province' ; clew:nationality place:AF")
    assert found.values("SELECT ?r { ?x a clew:Person ; clew:remark ?r }") == ["nationality: Somalia; Sweden"]


@pytest.mark.parametrize(
    ("words", "first", "latest"),
    [
        ("Listed on: 6 Jan. 2012 (amended 22 April 2013)", date(2012, 1, 6), None),
        ("Listed by the 1737 Committee on 9 June 2010.", date(2010, 6, 9), None),
        ("First listed on 25/01/2001 (amended on 3/09/2003)", date(2001, 1, 25), None),
        ("Designated under the Regulations 2011 on 2 March 2012. Formerly listed", date(2012, 3, 2), None),
        ("Instrument of first designation: Amendment (No. 4) Instrument 2022", None, date(2026, 2, 6)),
        ("Amended, listed on 3 May 2001", None, date(2026, 2, 6)),
        ("", None, date(2026, 2, 6)),
    ],
)
def test_the_control_date_bounds_the_first_day_where_no_words_state_it(
    tmp_path: Path, words: str, first: date | None, latest: date | None
) -> None:
    """The control date is that of the last change, so it may be years behind the first day."""
    found = loaded(tmp_path, ROW | {"sanction": ROW["sanction"] | {"listing_information": words}})
    (row,) = found.rows(
        "SELECT ?f ?l { ?x a clew:Listing OPTIONAL { ?x clew:validFrom ?f } OPTIONAL { ?x clew:validFromLatest ?l } }"
    )
    assert (row.get("f"), row.get("l")) == (first, latest)


def test_names_have_their_standing_and_the_listing_its_measures(tmp_path: Path) -> None:
    names = [
        *ROW["names"],
        {"text": "فضل", "name_type": "Original Script", "script": "Arab"},
        {"text": "Fazl", "name_type": "Alias", "alias_strength": "Weak"},
    ]
    sanction = ROW["sanction"] | {"travel_ban": True, "arms_embargo": False}
    found = loaded(tmp_path, ROW | {"names": names, "previous_names": ["OLD"], "sanction": sanction})
    rows = found.rows("SELECT ?t ?k { ?n clew:nameText ?t ; clew:nameKind ?k }")
    assert {str(row["t"]): str(row["k"]).rpartition("/")[2] for row in rows} == {
        "FAZL RABI": "primary",
        "فضل": "strong_alias",
        "Fazl": "weak_alias",
        "OLD": "former",
    }
    assert found.ask(
        "?l clew:onList list:AU ; clew:citation 'Charter Regulation 2013' ; clew:remark 'travel_ban: true'"
    )
    assert not found.ask("?l clew:remark ?r FILTER(CONTAINS(?r, 'arms_embargo'))")


@pytest.mark.parametrize("bad", [{"reference": ""}, {"names": []}, {"names": [{"text": " "}]}])
def test_a_row_without_reference_or_name_is_quarantined(tmp_path: Path, bad: dict[str, Any]) -> None:
    assert loaded(tmp_path, ROW | bad).harvest.counts()["quarantined"] == 1


def test_every_row_of_the_whole_list_is_loaded(shared: Path) -> None:
    found = harvested(AuDfat(), shared / "au" / "au_sanctions_2026-03-15.jsonl.gz")
    assert found.harvest.counts() == {"read": 3_811, "loaded": 3_811, "quarantined": 0, "duplicates": 0}
    assert found.count("?x a clew:Vessel") == 261
    assert found.count("?i clew:identifierScheme scheme:imo-ship") == 260  # one fails its check digit
    assert found.count("?l a clew:Listing ; (clew:validFrom|clew:validFromLatest) ?d") == 3_811
