"""Files are read as they are written: numbers keep their characters, Norway stays Norway, traps are refused."""

from pathlib import Path

import pytest

from clew.errors import CaseError
from clew.loaders.case import case_statements, read_cases
from clew.loaders.case.text import BYTES, parse


def test_numbers_keep_their_characters() -> None:
    assert parse(b"[0.30, 010121, 1e3, 3E001, -5]") == ["0.30", "010121", "1e3", "3E001", "-5"]


def test_the_country_code_no_is_norway_and_not_false() -> None:
    assert parse(b"{country: NO, flag: true, nothing: null, quoted: 'true'}") == {
        "country": "NO",
        "flag": True,
        "nothing": None,
        "quoted": "true",
    }


def test_json_and_yaml_give_the_same_values() -> None:
    text = b'{"percent": 0.3, "code": "010121", "none": null, "yes": true, "list": [1, "a"]}'
    assert parse(text, is_json=True) == parse(text)


def test_an_alias_stands_for_its_value() -> None:
    assert parse(b"a: &x {country: DE}\nb: *x") == {"a": {"country": "DE"}, "b": {"country": "DE"}}


BOMB = b"a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("data", "is_json", "reason"),
    [
        (b"a: 1\na: 2", False, "the key `a` stands twice"),
        (b'{"a": 1, "a": 2}', True, "the key `a` stands twice"),
        (BOMB, False, "with its aliases the file holds more than"),
        (b"a: &a [*a]", False, "the alias `*a` points at nothing finished"),
        (b"a: *nowhere", False, "the alias `*nowhere` points at nothing finished"),
        (b"a: !!python/object/apply:os.getcwd []", False, "the tag `tag:yaml.org,2002:python/object/apply:os.getcwd`"),
        (b"a: !!int 5", False, "the tag `tag:yaml.org,2002:int`"),
        (b"<<: {a: 1}", False, "the merge key `<<`"),
        (b"? [a, b]\n: 1", False, "a key is no text"),
        (b"null: 1", False, "a key is no text"),
        (b"[" * 60 + b"]" * 60, False, "deeper than 50 levels"),
        (b"[" * 100_000, False, "deeper than 50 levels"),
        (b"[" * 100_000 + b"]" * 100_000, True, "deeper than 50 levels"),
        (b'{"a": NaN}', True, "`NaN` is no number"),
        (b"a: 1\n---\nb: 2", False, "a second document"),
        (b"a: [1, 2", False, "is no YAML"),
        (b'{"a": 1,}', True, "is no JSON"),
        (b"a: \xff\xfe", False, "byte 4 of the file is not UTF-8"),
        (b"a: \x00", False, "is no YAML"),
        (b"x" * (BYTES + 1), False, "larger than 16 MB"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(data: bytes, is_json: bool, reason: str) -> None:
    with pytest.raises(CaseError) as caught:
        parse(data, is_json=is_json)
    assert reason in caught.value.message
    assert caught.value.help


def test_the_line_of_a_fault_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("id: A\nas_of: 2024-01-01\nparties:\n- {id: a, id: b}\n", encoding="utf8")
    with pytest.raises(CaseError, match=r"x\.yaml line 4: the key `id` stands twice"):
        read_cases(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"nowhere\.yaml: cannot be read"):
        read_cases(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize("content", ["", "[]", "cases: []", "5", "text", "null"])
def test_a_file_without_a_case_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(content, encoding="utf8")
    with pytest.raises(CaseError):
        read_cases(path)


def test_the_same_bytes_give_the_same_statements(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "{id: A, as_of: 2024-01-01, parties: [{id: a, country: NO, roles: [exporter]}, {id: b, kind: person}],"
        " route: [{from: {place: Sevastopol, country: RU}}]}",
        encoding="utf8",
    )
    first, second = ([case_statements(case) for case in read_cases(path)] for _ in range(2))
    assert first == second
