"""What could not be loaded is written down with its bytes, and comes back as it was."""

from datetime import date
from pathlib import Path

import pytest

from clew.errors import LoadError, NotFoundError
from clew.loaders import LOADERS, load, loader_of
from clew.loaders.quarantine import read_quarantine, write_quarantine


def test_records_come_back_with_their_bytes_whether_or_not_they_are_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "sdn.csv"
    file.write_bytes('1,"Ü"\n'.encode() + b"2,\xff\xfe\n3,\0\n")
    loader = loader_of("us-sdn")
    harvest = load(loader, [file], date(2024, 5, 3))
    assert not list(harvest.statements(loader))
    assert write_quarantine(tmp_path / "q.jsonl", [harvest]) == 3
    back = list(read_quarantine(tmp_path / "q.jsonl"))
    assert back == [("us-sdn", record) for record in harvest.quarantined]
    assert [record.raw for _, record in back] == ['1,"Ü"\n'.encode(), b"2,\xff\xfe\n", b"3,\0\n"]


@pytest.mark.parametrize("line", ["{", "{}", '{"source": 1}', "[]"])
def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "q.jsonl").write_text(line)
    with pytest.raises(LoadError, match="line 1"):
        list(read_quarantine(tmp_path / "q.jsonl"))


def test_each_loader_is_found_by_the_id_of_its_source() -> None:
    assert [loader_of(loader.source.id) for loader in LOADERS] == list(LOADERS)
    with pytest.raises(NotFoundError, match="us-sdn"):
        loader_of("us-nothing")


def test_a_load_without_files_or_with_a_missing_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError):
        load(LOADERS[0], [], date(2024, 5, 3))
    with pytest.raises(LoadError, match=r"gone\.csv"):
        load(LOADERS[0], [tmp_path / "gone.csv"], date(2024, 5, 3))
