"""Whatever is done to a case, a reader gets either a graph or a clear error."""

import random
from datetime import date
from pathlib import Path
from typing import Any

from clew.dataset import Dataset
from clew.errors import CaseError
from clew.loaders.case import CaseDocument, case_from_mapping, case_statements, read_cases

EMPTY: list[object] = [None, "", [], {}, [[]], [None], {"": None}]
WORDS = ["x", "\x00", "\ud800", "a> <b", "<<", "(1,", "US", "NO", "\u200b", "x" * 5000, "transaction"]
NUMBERS = [True, False, 0, -1, 1e300, float("nan"), float("inf"), "-1", "1e99", "2024-13-01", date(1, 1, 1)]
ODD = [*EMPTY, *WORDS, *NUMBERS]
BYTES = [b"", b"{", b"]", b": ", b"\xff", b"\t", b"&a ", b"*a", b"'", b"9"]


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [place for key, inner in members for place in places(inner, (*path, key))]
    return [path, *below] if path else below


def changed(value: Any, path: tuple[Any, ...], new: object, drop: bool) -> Any:
    head, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[head] = changed(value[head], tuple(rest), new, drop)
    elif drop:
        del copy[head]
    else:
        copy[head] = new
    return copy


def test_whatever_is_changed_only_a_case_error_comes_out(shared_cases: tuple[CaseDocument, ...]) -> None:
    draw = random.Random(20261121)
    accepted = 0
    for _ in range(400):
        raw: Any = dict(draw.choice(shared_cases).raw)
        for _ in range(draw.randint(1, 3)):
            raw = changed(raw, draw.choice(places(raw)), draw.choice(ODD), draw.random() < 0.2)
        try:
            case = case_from_mapping(raw, strict=False)
        except CaseError:
            continue
        accepted += 1
        data = Dataset()
        data.add(case_statements(case), case.graph)
        assert data.graphs() == [case.graph]
    assert accepted > 200


def test_whatever_bytes_are_changed_only_a_case_error_comes_out(shared: Path, tmp_path: Path) -> None:
    draw = random.Random(20261121)
    lines = (shared / "cases" / "cases.yaml").read_bytes().split(b"\n- id: ")
    head, cases = lines[0], lines[1:]
    path = tmp_path / "x.yaml"
    refused = []
    for _ in range(300):
        text = bytearray(head + b"\n- id: " + draw.choice(cases))
        for _ in range(draw.randint(1, 4)):
            at = draw.randrange(len(text))
            text[at : at + draw.randint(0, 2)] = draw.choice(BYTES)
        path.write_bytes(bytes(text))
        try:
            for case in read_cases(path):
                Dataset().add(case_statements(case), case.graph)
        except CaseError as error:
            refused.append(str(error))
    assert 50 < len(refused) < 300
    assert all(text.startswith("x.yaml") for text in refused)
