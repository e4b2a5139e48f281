"""Rows of CSV keep their bytes and line numbers, and one bad row never takes others with it."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import LoadError
from clew.loaders.csvfile import csv_dicts, csv_rows
from clew.loaders.lines import ROW_LIMIT
from clew.loaders.source import Quarantined, Record

Cut = Callable[..., list[Record | Quarantined]]


@pytest.fixture
def cut(tmp_path: Path) -> Cut:
    """Cut bytes into rows of a number of columns."""

    def rows(content: bytes, columns: tuple[int, ...] = (3,), name: str = "t.csv") -> list[Record | Quarantined]:
        file = tmp_path / name
        file.write_bytes(content)
        return list(csv_rows(file, columns=columns))

    return rows


def cells(rows: list[Record | Quarantined]) -> list[list[str]]:
    return [row.fields for row in rows if isinstance(row, Record)]


def reasons(rows: list[Record | Quarantined]) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in rows if isinstance(row, Quarantined)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_each_row_has_its_cells_its_bytes_and_its_line(cut: Cut, end: bytes) -> None:
    rows = cut(b'1,"A, B",x' + end + b"2,C,y" + end)
    assert cells(rows) == [["1", "A, B", "x"], ["2", "C", "y"]]
    assert [(row.row, row.raw) for row in rows] == [(1, b'1,"A, B",x' + end), (2, b"2,C,y" + end)]


def test_an_end_mark_after_the_last_line_is_no_row_but_one_before_it_is(cut: Cut) -> None:
    assert cells(cut(b"1,2,3\r\n\x1a")) == [["1", "2", "3"]]
    assert reasons(cut(b"1,2,3\r\n\x1a\r\n4,5,6\r\n")) == [(2, "the row has 1 cells where 3 are due")]


def test_empty_lines_and_a_byte_order_mark_are_passed_over(cut: Cut) -> None:
    assert cells(cut(b"\xef\xbb\xbf1,2,3\n\n\r\n4,5,6")) == [["1", "2", "3"], ["4", "5", "6"]]


def test_a_quoted_cell_may_span_lines(cut: Cut) -> None:
    rows = cut(b'1,"a\nb\n""c""",3\n4,5,6\n')
    assert cells(rows) == [["1", 'a\nb\n"c"', "3"], ["4", "5", "6"]]
    assert [row.row for row in rows] == [1, 4]


def test_a_quote_that_is_never_closed_loses_its_own_line_only(cut: Cut) -> None:
    rows = cut(b'1,"a,3\n4,5,6\n7,8,9\n')
    assert reasons(rows) == [(1, "a quoted cell is not closed")]
    assert cells(rows) == [["4", "5", "6"], ["7", "8", "9"]]


def test_a_quote_lost_between_two_others_loses_its_own_line_only(cut: Cut) -> None:
    rows = cut(b'1,"a,3\n4,"b",6\n7,"c",9\n')
    assert [row for row, _ in reasons(rows)] == [1]
    assert cells(rows) == [["4", "b", "6"], ["7", "c", "9"]]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1,caf\xe9,3", "byte 6 of the row is not UTF-8"),
        (b"1,2", "the row has 2 cells where 3 are due"),
        (b"1,2,3,4", "the row has 4 cells where 3 are due"),
        (b"1,\0,3", "the row holds a NUL byte"),
        (b'1,"a"b,3', "the row is no CSV: ',' expected after '\"'"),
        (b"1," + b"x" * 131_073 + b",3", "the row is no CSV: field larger than field limit (131072)"),
    ],
)
def test_a_row_that_is_not_well_formed_is_quarantined_with_its_bytes(cut: Cut, row: bytes, reason: str) -> None:
    rows = cut(b"a,b,c\n" + row + b"\nd,e,f\n")
    assert reasons(rows) == [(2, reason)]
    assert cells(rows) == [["a", "b", "c"], ["d", "e", "f"]]
    assert rows[1].raw == row + b"\n"


def test_a_line_without_end_comes_in_pieces_that_are_all_kept(cut: Cut) -> None:
    content = b"x" * (ROW_LIMIT * 2 + 5)
    rows = cut(content)
    assert b"".join(row.raw for row in rows) == content
    assert not cells(rows)


def test_a_file_in_utf_16_is_refused_as_a_whole(cut: Cut) -> None:
    with pytest.raises(LoadError, match="UTF-16"):
        cut("1,2,3\n".encode("utf-16"))


def test_other_encodings_are_read_when_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"caf\xe9,2\n")
    (row,) = csv_rows(tmp_path / "t.csv", encoding="cp1252")
    assert isinstance(row, Record)
    assert row.fields == ["café", "2"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"gone\.csv"):
        list(csv_rows(tmp_path / "gone.csv"))


def test_a_packed_file_cut_off_at_any_byte_loses_its_last_row_and_says_so(tmp_path: Path) -> None:
    lines = [f"{number},{number * 7919},z\n".encode() for number in range(200)]
    packed = gzip.compress(b"".join(lines))
    file = tmp_path / "t.csv.gz"
    for end in range(12, len(packed), 37):
        file.write_bytes(packed[:end])
        rows = list(csv_rows(file, columns=(3,)))
        good = [row.raw for row in rows if isinstance(row, Record)]
        assert good == lines[: len(good)]
        assert [reason for _, reason in reasons(rows)] == ["the packed file ends inside this row"]


def test_a_packed_file_that_is_damaged_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"1,2,3\n" * 1000))
    packed[-6] ^= 0xFF
    (tmp_path / "t.csv.gz").write_bytes(packed)
    with pytest.raises(LoadError, match="cannot be read"):
        list(csv_rows(tmp_path / "t.csv.gz"))


def test_rows_under_a_header_are_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"\xef\xbb\xbfid, name\n1,A\n2\n3,C\n")
    first, second, third = csv_dicts(tmp_path / "t.csv", needs=["id", "name"])
    assert isinstance(first, Record)
    assert first.fields == {"id": "1", "name": "A"}
    assert isinstance(second, Quarantined)
    assert (third.row, isinstance(third, Record)) == (4, True)


@pytest.mark.parametrize("content", [b"", b"id,name\n", b'"id,name\n'])
def test_a_header_that_is_missing_broken_or_lacks_a_column_refuses_the_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(LoadError, match="header"):
        list(csv_dicts(tmp_path / "t.csv", needs=["id", "country"]))


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=8))
def test_whatever_the_bytes_every_line_comes_back_in_some_row(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    content = b"".join(line + b"\n" for line in lines)
    file = tmp_path_factory.mktemp("csv") / "t.csv"
    file.write_bytes(content)
    try:
        raw = b"".join(row.raw for row in csv_rows(file, columns=(2,)))
    except LoadError:
        assert content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return
    kept = [line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip(b"\r\n")]
    found = [line for line in raw.split(b"\n") if line.strip(b"\r\n")]
    assert found == (kept[:-1] if kept and kept[-1].strip(b"\r\n") == b"\x1a" and found != kept else kept)
