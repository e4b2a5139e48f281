"""The New Zealand register: cells with several values, three kinds of targets."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clew.loaders.nz_mfat import NzMfat
from clew.tests.loaders.harvested import Loaded, harvested, written

PERSON: dict[str, Any] = {
    "type": "Individual",
    "unique_identifier": "IND-460",
    "first_name": "Roman",
    "middle_names": "Arkadyevich ",
    "last_name": "Abramovich",
    "dob": "1966-10-24",
    "citizenship": "Russian Federation",
    "citizenship_2": "Israel",
    "passport_number": "CB982788; 24132276",
    "alias_alternate_spellings": " R. A.;Abramovitch ",
    "sanction_status": "Sanctioned",
    "date_of_sanction": "2022-04-05",
    "travel_ban": "Yes",
}
SHIP = {"type": "Ship", "unique_identifier": "SHP-27", "imo_number": "9296391", "name": "Peta Lumina"}


def loaded(folder: Path, *rows: dict[str, Any]) -> Loaded:
    (file,) = written(folder, {"nz.jsonl": "\n".join(map(json.dumps, rows))})
    return harvested(NzMfat(), file)


def test_a_person_has_every_value_of_a_cell(tmp_path: Path) -> None:
    """Russia Sanctions Act 2022, register of designated persons."""
    found = loaded(tmp_path, PERSON)
    assert found.ask(
        """?x a clew:Person ; rdfs:label 'Roman Arkadyevich Abramovich' ; clew:birthDate '1966-10-24' ;
            clew:nationality place:RU, place:IL ; clew:hasName/clew:nameText 'R. A.', 'Abramovitch' ; clew:listing ?l .
        ?l clew:onList list:NZ ; clew:remark 'travel_ban: Yes', 'sanction_status: Sanctioned'"""
    )
    assert found.values("SELECT ?v { ?i clew:identifierScheme scheme:passport ; clew:identifierValue ?v }") == [
        "24132276",
        "CB982788",
    ]
    assert found.rows("SELECT ?d { ?l clew:validFrom ?d }") == [{"d": date(2022, 4, 5)}]


def test_a_ship_has_its_number(tmp_path: Path) -> None:
    found = loaded(tmp_path, SHIP)
    assert found.ask("?x a clew:Vessel ; clew:hasIdentifier [ clew:identifierScheme scheme:imo-ship ]")


@pytest.mark.parametrize("bad", [{"type": "Ghost"}, {"name": ""}, {"unique_identifier": ""}])
def test_a_row_that_is_not_well_formed_is_quarantined(tmp_path: Path, bad: dict[str, Any]) -> None:
    assert loaded(tmp_path, SHIP | bad, PERSON).harvest.counts() == {
        "read": 2,
        "loaded": 1,
        "quarantined": 1,
        "duplicates": 0,
    }


def test_every_row_of_the_whole_register_is_loaded(shared: Path) -> None:
    found = harvested(NzMfat(), shared / "nz" / "nz_sanctions_2026-03-15.jsonl.gz")
    assert found.harvest.counts() == {"read": 2_058, "loaded": 2_058, "quarantined": 0, "duplicates": 0}
    assert found.count("?i clew:identifierScheme scheme:imo-ship") == 210
    assert found.count("?l clew:validFrom ?d") == 2_058
