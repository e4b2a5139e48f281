"""Ships of Annex XLII to Regulation (EU) 833/2014: name, number, day of application."""

import json
from datetime import date
from pathlib import Path

import pytest

from clew.loaders.eu_vessels import EuVessels
from clew.ontology import mint
from clew.tests.loaders.harvested import Loaded, harvested, written

SHIP = {"vessel_name": "Zaliv Aniva", "imo_number": "9418494", "date_of_application": "2025-02-25"}


def loaded(folder: Path, *ships: dict[str, object]) -> Loaded:
    (file,) = written(folder, {"ships.jsonl": "\n".join(map(json.dumps, ships))})
    return harvested(EuVessels(), file)


def test_a_ship_is_banned_from_its_day_of_application(tmp_path: Path) -> None:
    """Article 3s: access to ports and services for ships of Annex XLII."""
    found = loaded(tmp_path, SHIP | {"note": "n"})
    assert found.ask(
        f"""<{mint("eu-vessels", "9418494")}> a clew:Vessel ; rdfs:label "Zaliv Aniva" ; clew:remark "note: n" ;
            clew:hasIdentifier [ clew:identifierScheme scheme:imo-ship ] ; clew:listing ?l .
        ?l clew:onList list:EU-833-XLII """
    )
    assert found.rows("SELECT ?d { ?l clew:validFrom ?d }") == [{"d": date(2025, 2, 25)}]


@pytest.mark.parametrize("bad", [{"vessel_name": ""}, {"imo_number": None}])
def test_a_row_without_name_or_number_is_quarantined(tmp_path: Path, bad: dict[str, object]) -> None:
    assert loaded(tmp_path, SHIP | bad).harvest.counts()["quarantined"] == 1


def test_a_number_that_fails_its_check_digit_is_no_ship_number(tmp_path: Path) -> None:
    found = loaded(tmp_path, SHIP | {"imo_number": "9418495"})
    assert not found.ask("?i clew:identifierScheme scheme:imo-ship")
    assert found.ask("?i clew:identifierValue '9418495'")


def test_all_ships_of_the_annex_are_loaded(shared: Path) -> None:
    found = harvested(EuVessels(), shared / "eu" / "eu_833_annex_xlii_vessels_2026-08-22.jsonl.gz")
    assert found.harvest.counts() == {"read": 597, "loaded": 597, "quarantined": 0, "duplicates": 0}
    assert found.count("?i clew:identifierScheme scheme:imo-ship") == 597
    assert found.count("?l clew:validFrom ?d") == 597
