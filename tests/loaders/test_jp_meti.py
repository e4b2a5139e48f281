"""The Foreign End User List: keys that outlive an edition, names lost into the next cell, names in two scripts."""

from pathlib import Path

import pytest

from clew.loaders.jp_meti import JpMeti
from clew.tests.loaders.harvested import Loaded, harvested, written

HEADER = "seq\tname_en\tcountry\taliases\tconcern\tofficial_source"


def loaded(folder: Path, *rows: str) -> Loaded:
    (file,) = written(folder, {"jp.tsv": "\n".join((HEADER, *rows))})
    return harvested(JpMeti(), file)


def names(found: Loaded) -> list[str]:
    return found.values("SELECT DISTINCT ?t { ?n clew:nameText ?t }")


def test_an_end_user_has_country_aliases_and_concern(tmp_path: Path) -> None:
    """Export Trade Control Order, catch-all control: end users of concern."""
    found = loaded(tmp_path, 'jp-1\tFaratech\tIslamic Republic of Iran\tFaratech Company; "KIMIA"\tN\thttps://x')
    assert found.ask(
        """?x a clew:Organization ; rdfs:label 'Faratech' ; clew:country place:IR ; clew:listing ?l .
        ?l clew:onList list:JP-FEU ; clew:entryNumber 'jp-1' ; clew:citation 'https://x' ; clew:remark 'concern: N'"""
    )
    assert names(found) == ["Faratech", "Faratech Company", "KIMIA"]


def test_the_number_of_a_row_is_no_part_of_the_key(tmp_path: Path) -> None:
    first, second = (loaded(tmp_path, f"{number}\tFaratech\tIran\t\tN\tx") for number in ("jp-1", "jp-9"))
    party = "SELECT DISTINCT ?x { ?x clew:listing ?l }"
    assert first.values(party) == second.values(party)


def test_a_name_that_stands_behind_the_country_is_found_there(tmp_path: Path) -> None:
    found = loaded(tmp_path, "jp-478\t\tPeople's Republic of China 23rd Research Institute\tBIRM\tM\tx")
    assert found.ask("?x rdfs:label '23rd Research Institute' ; clew:country place:CN")
    assert found.ask("?x clew:remark ?r FILTER(STRENDS(?r, 'China 23rd Research Institute'))")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Air Koryo (高麗航空)", ["Air Koryo", "高麗航空"]),
        ("TEM International FZC（TEM）", ["TEM", "TEM International FZC"]),
        ("Poly Asia Pacific Ltd.(PAPL)", ["Poly Asia Pacific Ltd.(PAPL)"]),
    ],
)
def test_a_name_in_another_script_is_a_name_of_its_own(tmp_path: Path, name: str, known: list[str]) -> None:
    assert names(loaded(tmp_path, f"jp-1\t{name}\tIran\t\tN\tx")) == known


def test_a_row_that_names_nobody_is_quarantined(tmp_path: Path) -> None:
    found = loaded(tmp_path, "jp-1\t\tIran\t\tN\tx", "jp-2\tA\tIran\t\tN\tx", "jp-3\tB")
    assert found.harvest.counts() == {"read": 3, "loaded": 1, "quarantined": 2, "duplicates": 0}


def test_every_row_of_the_whole_list_is_loaded(shared: Path) -> None:
    found = harvested(JpMeti(), shared / "jp" / "meti_foreign_end_user_list_facts.tsv")
    assert found.harvest.counts() == {"read": 835, "loaded": 835, "quarantined": 0, "duplicates": 0}
    assert found.count("SELECT DISTINCT ?x { ?x clew:listing ?l }") == 835
    assert found.count("?x clew:country ?p") == 835
