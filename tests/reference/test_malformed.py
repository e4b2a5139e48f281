"""A bad row is quarantined with its file, its row and a remedy; the good rows beside it load."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clew.errors import LoadError
from clew.loaders.places import TABLES as FOLDER
from clew.loaders.reference import reference_harvests, reference_tables
from clew.loaders.source import Harvest, Quarantined

Spoil = Callable[[str, str, str], tuple[Harvest, int]]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Replace words in one table of a copy of all tables and harvest that table."""

    def harvest(table: str, old: str, new: str) -> tuple[Harvest, int]:
        folder = tmp_path / "tables"
        shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
        file = folder / f"{table}.csv"
        text = file.read_text(encoding="utf8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf8")
        found = next(table_ for table_ in reference_tables(folder) if table_.file == file)
        run = found.harvest()
        return run, len(list(run.statements(found.loader)))

    return harvest


BAD = [
    ("us_ccl_controls", "0A501-NS-1,0A501,", "0A501-NS-1,0A50,", "`0A50` is no code of the list `US`", 2),
    ("us_ccl_controls", "NS,entire_entry_except,", "NS,all_of_it,", "`all_of_it` in `scope`", 2),
    ("us_country_chart", "Afghanistan,AF,X", "Afghanistan,ZZ,X", "`ZZ` is no known place", 2),
    ("us_country_chart", "Afghanistan,AF,X", "Afghanistan,AF,Y", "`Y` in `CB_1`", 2),
    ("us_country_groups", "A:1,Wassenaar Arrangement participating states,Argentina,AR",
     "A:1,Wassenaar Arrangement participating states,Argentina,Nowhere", "`Nowhere` is no known place", 2),
    ("embargoed_places", "1962-02-07", "1962-02-30", "`1962-02-30` in `valid_from` is no day", 2),
    ("embargoed_places", "2011-08-18,2025-06-30", "2025-08-18,2025-06-30", "ends before it begins", 5),
    ("embargoed_places", ",CU,comprehensive,", ",CU,total,", "`total` is no kind of embargo", 2),
    ("ownership_regimes", "2008-02-14,2014-08-12,50", "2008-02-14,2014-08-12,140", "`140` in `threshold_percent`", 2),
    ("ownership_regimes", "2008-02-14,2014-08-12,50", "2008-02-14,2014-08-12,half", "`half` in `threshold_percent`", 2),
    ("ownership_regimes", "none,US-SDN,,repealed", "none,US-NONE,,repealed", "`US-NONE` is no list of parties", 2),
    ("ownership_regimes", "none,US-SDN,,repealed", "none,US-SDN,,gone", "`gone` in `status`", 2),
    ("cn_announcements", "2025-11-07,2026-11-10", ",2026-11-10", "the suspension has an end and no beginning", 12),
    ("cn_party_lists", ",CN-WL", ",CN-XX", "`CN-XX` in `list_key`", 2),
    ("hs_control_correlation", "8112929010,811292", "8112929010,811293", "is no customs code of `811293`", 2),
    ("chpl_hs6", "854231,1", "85423,1", "`85423` is no code of the Harmonized System", 2),
    ("high_diversion_places", "\"RU,BY\"", "everywhere", "`everywhere` names no destination", 2),
    ("licence_clocks", ",90,calendar", ",ninety,calendar", "`ninety` in `duration` is no whole number", 2),
    ("party_lists", "US-SDN,Specially", ",Specially", "the cell `key` is empty", 2),
    ("red_flags", "RF01,", "RF01,,", "cells where", 2),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "reason", "row"), BAD)
def test_a_bad_row_is_kept_with_its_place_and_a_remedy(
    spoil: Spoil, table: str, old: str, new: str, reason: str, row: int
) -> None:
    harvest, statements = spoil(table, old, new)
    (bad,) = harvest.quarantined
    assert isinstance(bad, Quarantined)
    assert reason in bad.reason
    assert (bad.file, bad.row) == (f"{table}.csv", row)
    assert bad.remedy
    assert new.split(",")[0].encode() in bad.raw
    assert harvest.loaded + harvest.duplicates == harvest.read - 1
    assert statements > 0


def test_a_table_without_a_column_quarantines_its_rows_and_names_the_column(spoil: Spoil) -> None:
    harvest, _ = spoil("chpl_hs6", "hs6,tier,", "hs6,rank,")
    assert len(harvest.quarantined) == harvest.read == 50
    assert {bad.reason for bad in harvest.quarantined} == {"the table lacks the column `tier`"}


def test_a_row_that_stands_twice_is_counted_and_not_lost(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "chpl_hs6.csv"
    lines = file.read_text(encoding="utf8").splitlines(keepends=True)
    file.write_text("".join([*lines, lines[-1]]), encoding="utf8")
    for harvest, statements in reference_harvests(tmp_path):
        list(statements)
        if harvest.snapshot.source.id == "chpl_hs6":
            assert harvest.counts() == {"read": 51, "loaded": 50, "quarantined": 0, "duplicates": 1}
            return
    raise AssertionError("the table was not harvested")


def test_a_missing_table_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="cannot be read"):
        list(reference_harvests(tmp_path))
