"""XML is cut into records that keep their bytes: a broken one takes no others along, a hostile one does no harm."""

import gzip
import random
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.errors import LoadError
from clew.loaders.source import Quarantined, Record
from clew.loaders.tree import Fields
from clew.loaders.xmlfile import xml_records

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<list xmlns="urn:x" made="today">\n'
TAIL = b"</list>\n"
WRAPPER = re.compile(rb"<\?.*?\?>|<!--.*?-->|</?(?:\w+:)?(?:list|part)\b[^<]*>|\s|^\xef\xbb\xbf", re.DOTALL)


def item(number: int) -> bytes:
    return b'<entry id="%d" note="a &gt; b"><name>N\xc3\xa9%d</name><empty/></entry>' % (number, number)


def document(*records: bytes) -> bytes:
    return HEAD + b"\n  ".join(records) + b"\n" + TAIL


def cut(folder: Path, content: bytes, name: str = "t.xml") -> list[Record | Quarantined]:
    (folder / name).write_bytes(content)
    return list(xml_records(folder / name, containers=("list", "part"), records=("entry", "row")))


def ids(records: list[Record | Quarantined]) -> list[str]:
    return [Fields(record.fields).text("id") for record in records if isinstance(record, Record)]


def broken(records: list[Record | Quarantined]) -> list[Quarantined]:
    return [record for record in records if isinstance(record, Quarantined)]


def lost(content: bytes, records: list[Record | Quarantined]) -> bytes:
    """Return the bytes that stand in no record, in no quarantine and in no container tag or comment."""
    place, left = 0, b""
    for record in records:
        found = content.index(record.raw, place)
        left += content[place:found]
        place = found + len(record.raw)
    return WRAPPER.sub(b"", left + content[place:])


@pytest.mark.parametrize("name", ["t.xml", "t.xml.gz"])
def test_each_record_has_its_number_its_bytes_and_its_tree(tmp_path: Path, name: str) -> None:
    content = document(item(1), b"<!-- <entry> -->", item(2), b'<row id="3"/>')
    records = cut(tmp_path, gzip.compress(content) if name.endswith("gz") else content, name)
    assert [(record.row, record.raw) for record in records] == [(1, item(1)), (2, item(2)), (3, b'<row id="3"/>')]
    fields = Fields(records[0].fields) if isinstance(records[0], Record) else None
    assert fields is not None
    assert list(fields.rest()) == ["id: 1", "note: a > b", "name: Né1"]
    assert not lost(content, records)


def test_records_stand_in_containers_inside_each_other(tmp_path: Path) -> None:
    content = HEAD + b"<part>" + item(1) + b"</part><part/><part>" + item(2) + b"</part>" + item(3) + TAIL
    assert ids(cut(tmp_path, content)) == ["1", "2", "3"]


def test_an_element_no_loader_knows_is_a_record_too_and_not_passed_over(tmp_path: Path) -> None:
    records = cut(tmp_path, document(item(1), b"<unknown id='2'>x</unknown>"))
    assert [record.fields.tag for record in records if isinstance(record, Record)] == ["entry", "unknown"]


def test_prefixes_of_name_spaces_make_no_difference(tmp_path: Path) -> None:
    content = b'<x:list xmlns:x="urn:x"><x:entry x:id="1" xsi:nil="1"><x:name>A</x:name></x:entry></x:list>'
    (record,) = cut(tmp_path, content)
    assert isinstance(record, Record)
    assert list(Fields(record.fields).rest()) == ["id: 1", "name: A"]


def test_an_angle_bracket_inside_an_attribute_does_not_end_a_record(tmp_path: Path) -> None:
    raw = b"""<row id="1" a="x>y" b='"/>'/>"""
    (record,) = cut(tmp_path, document(raw))
    assert record.raw == raw


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (item(2).replace(b"</name>", b"</nam>"), "mismatched"),
        (item(2).replace(b"&gt;", b"&who;"), "undefined entity"),
        (item(2).replace(b"&gt;", b"<"), "not well-formed"),
        (item(2).replace(b"\xc3", b"\xff"), "not well-formed"),
        (item(2).replace(b'note="', b'id="'), "duplicate"),
        (item(2).replace(b"</entry>", b""), "not closed before the next one"),
        (item(2).replace(b"</entry>", b"</entry"), "not well-formed"),
        (item(2).replace(b"<entry ", b"<ent<ry "), "not well-formed"),
        (b"words", "words where a record is due"),
        (b"</entry>", "mismatched"),
        (b'<entry id="2">' + b"<a>" * 80 + b"</a>" * 80 + b"</entry>", "more than 64 elements"),
        (b'<entry id="2" a="' + b"x" * 1_100_000 + b'"/>', "larger than 1 MB"),
        (b'<entry id="2">' + b"<a>x</a>" * 200_000 + b"</entry>", "larger than 1 MB"),
        (b"<?php " + b"x" * 50, "unclosed token"),
    ],
)
def test_a_broken_record_is_quarantined_with_its_bytes_and_the_next_ones_are_read(
    tmp_path: Path, bad: bytes, reason: str
) -> None:
    content = document(item(1), bad, item(3), item(4))
    records = cut(tmp_path, content)
    assert ids(records) == ["1", "3", "4"]
    assert any(reason in record.reason for record in broken(records))
    assert bad.strip() in b"".join(record.raw for record in broken(records))
    assert not lost(content, records)


def test_containers_that_close_and_open_behind_a_broken_record_are_followed(tmp_path: Path) -> None:
    content = HEAD + b"<part><entry></x></part><part>" + item(2) + b"</part>" + item(3) + TAIL
    records = cut(tmp_path, content)
    assert ids(records) == ["2", "3"]
    assert len(broken(records)) == 1


def test_a_file_cut_off_anywhere_keeps_the_whole_records_and_says_so(tmp_path: Path) -> None:
    content = document(item(1), item(2), item(3))
    for end in range(len(HEAD), len(content) - len(TAIL) + 6, 3):
        records = cut(tmp_path, content[:end])
        whole = ids(records)
        assert whole == ["1", "2", "3"][: len(whole)]
        assert broken(records)
        assert not lost(content[:end], records)


def test_a_packed_file_cut_off_keeps_the_whole_records_and_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(document(*(b'<entry id="%d" a="%x"/>' % (n, n * 2_654_435_761) for n in range(2_000))))
    records = cut(tmp_path, packed[: len(packed) // 2], "t.xml.gz")
    assert len(ids(records)) > 500
    assert len(broken(records)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no element found"),
        (b"{}", "no XML"),
        (b"<other><entry/></other>", "begins with `other`"),
        (b"<entry/>", "begins with `entry`"),
        (b"<part><entry/></part>", "begins with `part`"),
        (b"<!DOCTYPE list><list/>", "document type"),
        (b'<!DOCTYPE list SYSTEM "http://127.0.0.1/x.dtd"><list/>', "document type"),
        (b'<!DOCTYPE l [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><list><entry>&b;</entry></list>', "document type"),
        (b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><list><entry>&a;</entry></list>', "document type"),
        (b'<!DOCTYPE l [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><list/>', "document type"),
        (b'<?xml version="1.0" encoding="utf-7"?><list/>', "utf-7"),
        (b'<?xml version="1.0" encoding="nonsense"?><list/>', "nonsense"),
        ("<list/>".encode("utf-16"), "UTF-16"),
        ("<list/>".encode("utf-16-le"), "UTF-16"),
        (b"\x00\x00\x00<\x00\x00\x00l", "no XML"),
    ],
)
def test_a_file_that_is_hostile_or_of_another_kind_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """XML 1.0, 2.8 and 4: documents without a type declaration have no entities but the five predefined ones."""
    with pytest.raises(LoadError, match=re.escape(words)):
        cut(tmp_path, content)


def test_a_document_type_is_refused_in_the_middle_too(tmp_path: Path) -> None:
    content = document(item(1), b'<!DOCTYPE l [<!ENTITY a "x">]>', item(2))
    assert ids(cut(tmp_path, content)) == ["1", "2"]
    assert b"<!DOCTYPE" in b"".join(record.raw for record in broken(cut(tmp_path, content)))


def test_windows_1252_is_read_where_it_is_declared_and_quarantined_where_it_is_not(tmp_path: Path) -> None:
    raw = "<entry id='1'>Ž</entry>".encode("cp1252")
    (record,) = cut(tmp_path, b'<?xml version="1.0" encoding="windows-1252"?><list>' + raw + b"</list>")
    assert isinstance(record, Record)
    assert record.fields.text == "Ž"
    assert broken(cut(tmp_path, document(raw, item(2))))[0].raw.strip() == raw


def test_the_encoding_still_holds_behind_a_broken_record(tmp_path: Path) -> None:
    head = b'<?xml version="1.0" encoding="windows-1252"?><list>'
    records = cut(tmp_path, head + b"<entry></x><entry id='1'>\x8e</entry></list>")
    assert [record.fields.text for record in records if isinstance(record, Record)] == ["Ž"]


def test_two_files_put_one_behind_the_other_are_both_read(tmp_path: Path) -> None:
    records = cut(tmp_path, document(item(1)) + document(item(2)))
    assert ids(records) == ["1", "2"]
    assert "<?xml" in broken(records)[0].raw.decode()


def test_a_flaw_in_one_record_never_costs_another(tmp_path: Path) -> None:
    """Every bit of one record out of five is turned over, at 400 places chosen by chance."""
    numbers = random.Random(20261121)
    items = [item(number) for number in range(5)]
    for _ in range(400):
        content = bytearray(document(*items))
        first = len(HEAD) + sum(len(items[index]) + 3 for index in range(2))
        content[first + numbers.randrange(len(items[2]))] ^= 1 << numbers.randrange(8)
        records = cut(tmp_path, bytes(content))
        assert {"0", "1", "3", "4"} <= set(ids(records))
        assert not lost(bytes(content), records)


def mutated(content: bytes, numbers: random.Random) -> Iterator[bytes]:
    """Yield content with flaws of several kinds."""
    for _ in range(100):
        flipped = bytearray(content)
        for _ in range(numbers.randrange(1, 6)):
            flipped[numbers.randrange(len(flipped))] ^= 1 << numbers.randrange(8)
        yield bytes(flipped)
        first, size = numbers.randrange(len(content)), numbers.randrange(1, 60)
        yield content[:first] + content[first + size :]
        yield content[:first] + content[first : first + size] * 2 + content[first + size :]
        yield content[:first] + numbers.randbytes(size) + content[first:]


def test_no_byte_is_lost_whatever_happens_to_a_file(tmp_path: Path) -> None:
    content = document(*(item(number) for number in range(8)))
    for changed in mutated(content, random.Random(7)):
        try:
            records = cut(tmp_path, changed)
        except LoadError:
            continue
        assert not lost(changed, records)


def peak(folder: Path, copies: int) -> int:
    """Return the most memory that reading so many copies of a stretch of records takes at once."""
    stretch = b"\n".join(item(number) for number in range(200))
    with open(folder / "large.xml", "wb") as file:
        file.write(HEAD)
        for _ in range(copies):
            file.write(stretch)
        file.write(TAIL)
    tracemalloc.start()
    count = sum(1 for _ in xml_records(folder / "large.xml", containers=("list",), records=("entry",)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 200 * copies
    return most


def test_a_file_ten_times_as_long_takes_no_more_memory(tmp_path: Path) -> None:
    peak(tmp_path, 1)
    assert peak(tmp_path, 100) < peak(tmp_path, 10) + 200_000


def test_a_stretch_of_junk_is_kept_in_pieces_and_reading_goes_on(tmp_path: Path) -> None:
    junk = b"x" * 3_000_000
    records = cut(tmp_path, document(item(1), junk, item(2)))
    assert ids(records) == ["1", "2"]
    assert b"".join(record.raw for record in broken(records)).strip() == junk
