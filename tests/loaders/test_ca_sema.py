"""The Canadian list: rows whose names were lost are quarantined, so that nobody takes them for cleared."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clew.loaders.ca_sema import CaSema
from clew.ontology import mint
from clew.tests.loaders.harvested import Loaded, harvested, written

ROW: dict[str, Any] = {
    "country": "Belarus / Bélarus",
    "last_name": "Astreyko",
    "given_name": "Aleksandr Vyacheslavovich",
    "schedule": "1, Part 1",
    "item": "13",
    "date_of_listing": "2020-10-14",
    "date_of_birth_or_ship_build_date": "1972-08-26 or 1974-05-31",
}


def loaded(folder: Path, *rows: dict[str, Any]) -> Loaded:
    (file,) = written(folder, {"ca.jsonl": "\n".join(map(json.dumps, rows))})
    return harvested(CaSema(), file)


def test_a_person_is_known_by_regulation_schedule_and_item(tmp_path: Path) -> None:
    """Special Economic Measures (Belarus) Regulations, schedule 1, part 1."""
    found = loaded(tmp_path, ROW)
    assert found.ask(
        f"""<{mint("ca-sema", "Belarus-1, Part 1-13")}> a clew:Person ; clew:birthDate "1972-08-26", "1974-05-31" ;
            rdfs:label "Aleksandr Vyacheslavovich Astreyko" ; clew:listing ?l .
        ?l clew:onList list:CA-SEMA ; clew:underProgramme programme:CA-Belarus ;
            clew:citation "Belarus / Bélarus, schedule 1, Part 1, item 13" """
    )
    assert found.rows("SELECT ?d { ?l clew:validFrom ?d }") == [{"d": date(2020, 10, 14)}]
    assert not found.ask("?x clew:country ?c")  # the country of a regulation is nobody's country


@pytest.mark.parametrize("bad", [{"given_name": None, "last_name": " "}, {"item": ""}, {"country": None}])
def test_a_row_that_names_nobody_is_quarantined(tmp_path: Path, bad: dict[str, Any]) -> None:
    assert loaded(tmp_path, ROW | bad).harvest.counts()["quarantined"] == 1


def test_every_row_of_the_whole_list_is_loaded_or_quarantined(shared: Path) -> None:
    """The conversion has lost 1,906 names, of entities and of ships."""
    found = harvested(CaSema(), shared / "ca" / "ca_sanctions_2026-03-15.jsonl.gz")
    assert found.harvest.counts() == {"read": 5_379, "loaded": 3_473, "quarantined": 1_906, "duplicates": 0}
    assert found.count("SELECT DISTINCT ?x { ?x clew:listing ?l }") == 3_473
