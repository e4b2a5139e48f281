"""A long list in a JSON file is cut into records that keep their bytes, and a broken one takes no others with it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from clew.errors import LoadError
from clew.loaders.jsonfile import JsonList
from clew.loaders.source import Quarantined, Record

HEAD = b'{"made": "today", "list": ['
ITEMS = [b'{"n": "A", "sub": [{"x": 1}, {"x": 2}]}', b'{"n": "\xc3\x89"}', b'{"n": "C"}']


def cut(folder: Path, content: bytes, name: str = "t.json") -> list[Record | Quarantined]:
    (folder / name).write_bytes(content)
    return list(JsonList(folder / name, "list").records(lambda value: "" if isinstance(value, dict) else "no object"))


def good(records: list[Record | Quarantined]) -> list[Any]:
    return [record.fields["n"] for record in records if isinstance(record, Record)]


@pytest.mark.parametrize("name", ["t.json", "t.json.gz"])
def test_each_record_has_its_number_and_its_bytes(tmp_path: Path, name: str) -> None:
    content = HEAD + b" , ".join(ITEMS) + b'], "after": 1}'
    records = cut(tmp_path, gzip.compress(content) if name.endswith("gz") else content, name)
    assert [(record.row, record.raw) for record in records] == list(enumerate(ITEMS, 1))
    assert good(records) == ["A", "É", "C"]


def test_the_members_before_the_list_are_its_head(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_bytes(b'\xef\xbb\xbf {"a": {"b": [1]}, "list": []}')
    source = JsonList(tmp_path / "t.json", "list")
    assert source.head == {"a": {"b": [1]}}
    assert list(source.records(str)) == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b'{"n": "x}', "no JSON"),
        (b'{"n": "x" "y"}', "no JSON"),
        (b'{"n": "\xff"}', "not UTF-8"),
        (b'{"n": 1} {"n": 2}', "not closed"),
        (b"17", "no object"),
        (b'{"n": ' + b"[" * 100_000 + b"}", "no JSON"),
    ],
)
def test_a_broken_record_is_quarantined_and_the_next_ones_are_read(tmp_path: Path, broken: bytes, reason: str) -> None:
    records = cut(tmp_path, HEAD + b",".join([ITEMS[0], broken, ITEMS[2]]) + b"]}")
    assert good(records) == ["A", "C"]
    (bad,) = [record for record in records if isinstance(record, Quarantined)]
    assert (bad.row, bad.raw) == (2, broken)
    assert reason in bad.reason


def test_an_object_inside_a_broken_record_is_not_taken_for_a_record(tmp_path: Path) -> None:
    records = cut(tmp_path, HEAD + b",".join([ITEMS[1], ITEMS[0].replace(b'"A"', b'"A'), ITEMS[2]]) + b"]}")
    assert good(records) == ["É", "C"]


def test_a_file_cut_off_anywhere_in_its_list_keeps_the_whole_records_and_says_so(tmp_path: Path) -> None:
    content = HEAD + b",".join(ITEMS) + b"]}"
    for end in range(len(HEAD), len(content) - 2):
        records = cut(tmp_path, content[:end])
        whole = good(records)
        assert whole == ["A", "É", "C"][: len(whole)]
        assert isinstance(records[-1], Quarantined)
        assert sum(isinstance(record, Quarantined) for record in records) == 1


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"a": 1}', b'{"a": x, "list": []}', b'{"list": {}}', json.dumps({}).encode()]
)
def test_a_file_without_the_list_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(LoadError):
        cut(tmp_path, content)
