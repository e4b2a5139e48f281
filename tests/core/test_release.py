"""A release is swapped in whole or not at all, and the same input gives the same release."""

from pathlib import Path

import pytest

from clew.errors import NotFoundError
from clew.ontology import CLEW, mint
from clew.release import Release, building, open_release
from clew.statements import Statement

GRAPH = mint("graph", "source", "test", "2026-01-01")


def statement(text: str) -> Statement:
    return mint("us-sdn", "1"), CLEW.remark, text


def built(root: Path, *texts: str, as_of: str = "2026-01-01") -> Release:
    with building(root, as_of) as work:
        work.write("source-test", map(statement, texts), GRAPH)
    return open_release(root)


def failing(root: Path) -> None:
    with building(root, "2026-01-02") as work:
        work.write("source-test", [statement("y")], GRAPH)
        raise ValueError("disk full")


def test_the_same_input_gives_the_same_id_and_another_input_another(tmp_path: Path) -> None:
    first, same, other = built(tmp_path / "a", "x"), built(tmp_path / "b", "x"), built(tmp_path / "c", "y")
    assert first.id == same.id != other.id


def test_a_failed_build_leaves_the_current_release_and_no_rubbish(tmp_path: Path) -> None:
    before = built(tmp_path, "x")
    with pytest.raises(ValueError, match="disk full"):
        failing(tmp_path)
    assert open_release(tmp_path).id == before.id
    assert sorted(path.name for path in tmp_path.iterdir()) == [before.id, "current"]


def test_a_reader_of_an_older_release_goes_on_after_the_swap(tmp_path: Path) -> None:
    older = built(tmp_path, "x")
    newer = built(tmp_path, "y")
    assert older.data.objects(mint("us-sdn", "1"), CLEW.remark) == ["x"]
    assert newer.data.objects(mint("us-sdn", "1"), CLEW.remark) == ["y"]
    assert open_release(tmp_path, older.id).id == older.id


@pytest.mark.parametrize("name", ["nothing", "../elsewhere", ""])
def test_a_name_that_is_no_release_is_not_found(tmp_path: Path, name: str) -> None:
    built(tmp_path / "releases", "x")
    with pytest.raises(NotFoundError, match="there is no release"):
        open_release(tmp_path / "releases", name)


def test_a_release_cannot_be_written_to(tmp_path: Path) -> None:
    release = built(tmp_path, "x")
    with pytest.raises((OSError, RuntimeError)):
        release.data.add([statement("y")], GRAPH)
