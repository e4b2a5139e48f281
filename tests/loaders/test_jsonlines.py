"""Lines of JSON become records that keep their bytes, and a broken line takes no others with it."""

import gzip
import json
from pathlib import Path

import pytest

from clew.loaders.jsonlines import json_lines
from clew.loaders.source import Quarantined, Record

LINES = [b'{"n": "A", "in": {"x_y": 1}}', b'{"n": "\xc3\x89"}', b'{"n": "C"}']


def cut(folder: Path, content: bytes, name: str = "t.jsonl") -> list[Record | Quarantined]:
    (folder / name).write_bytes(content)
    return list(json_lines(folder / name, "row", {"x_y": "x-y"}))


@pytest.mark.parametrize("name", ["t.jsonl", "t.jsonl.gz"])
def test_each_line_has_its_number_and_its_bytes(tmp_path: Path, name: str) -> None:
    content = LINES[0] + b"\r\n\n" + LINES[1] + b"\n" + LINES[2]
    records = cut(tmp_path, gzip.compress(content) if name.endswith("gz") else content, name)
    assert [(record.row, record.raw) for record in records] == [(1, LINES[0]), (3, LINES[1]), (4, LINES[2])]
    assert isinstance(records[0], Record)
    assert records[0].fields.children[0].attributes == {"x-y": "1"}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"n": "x}', "no JSON"),
        (b"[1]", "no JSON object"),
        (b"{", "no JSON"),
        (b'{"n": "\xff"}', "no JSON"),
        (b'{"n": ' + b"[" * 100_000 + b"}", "no JSON"),
        (json.dumps({"n": "x" * 1_100_000}).encode(), "longer than 1 MB"),
    ],
)
def test_a_broken_line_is_quarantined_and_the_next_ones_are_read(tmp_path: Path, bad: bytes, reason: str) -> None:
    records = cut(tmp_path, b"\n".join([LINES[0], bad, LINES[2]]))
    assert [record.fields.attributes["n"] for record in records if isinstance(record, Record)] == ["A", "C"]
    broken = [record for record in records if isinstance(record, Quarantined)]
    assert b"".join(record.raw for record in broken) == bad
    assert reason in broken[0].reason


def test_a_packed_file_that_ends_early_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(b"\n".join(b'{"n": "%x"}' % (number * 2_654_435_761) for number in range(20_000)))
    records = cut(tmp_path, packed[: len(packed) // 2], "t.jsonl.gz")
    assert isinstance(records[-1], Quarantined)
    assert len(records) > 1_000
