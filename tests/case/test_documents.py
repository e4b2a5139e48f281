"""What the guide shows is what the loader does, and our own cases load."""

import re
from pathlib import Path

import pytest

from clew.loaders.case import case_statements, read_cases
from clew.tests.case.given import said

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "cases.md").read_text(encoding="utf8")
OWN = sorted((ROOT / "tests" / "cases").glob("*.*"))


def example(tmp_path: Path, number: int) -> Path:
    path = tmp_path / "example.yaml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[number], encoding="utf8")
    return path


def test_the_worked_example_loads_as_the_guide_says(tmp_path: Path) -> None:
    (case,) = read_cases(example(tmp_path, 0), strict=True)
    assert case.problems == case.warnings == ()
    assert {
        ("holding-1", "shareMinimum", 25_000_001),
        ("holding-1", "shareMaximum", 50_000_000),
        ("i1-class-EU", "underEntry", "eu/2B001.b.2"),
        ("eu/2B001.b", "partOfEntry", "eu/2B001"),
        ("i1-declared", "declaredHS", "hs/845961"),
        ("leg-2", "legConsignee", "plant"),
        ("payment-1", "payerName", "third company"),
        ("document-1", "documentStatus", "missing"),
    } <= said(case)


def test_the_message_in_the_guide_is_the_one_given(tmp_path: Path) -> None:
    (case,) = read_cases(example(tmp_path, 1))
    (shown,) = re.findall(r"```text\n(.*?)\n```", GUIDE, re.DOTALL)
    assert [str(problem) for problem in case.problems] == [f"example.yaml {shown}"]


EVERY_FIELD = Path(__file__).with_name("every_field.yaml")


def test_every_field_that_the_guide_names_is_read() -> None:
    (case,) = read_cases(EVERY_FIELD, strict=True)
    assert [str(problem) for problem in (*case.problems, *case.warnings)] == []
    table = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", GUIDE, re.MULTILINE)
    named = {name for _, cells in table for name in re.findall(r"`(\w+)`", cells)} - {"xx_content_pct"}
    text = EVERY_FIELD.read_text(encoding="utf8")
    assert len(named) > 60
    assert [name for name in sorted(named) if not re.search(rf"\b{name}:", text)] == []


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_our_own_cases_load_strictly(file: Path) -> None:
    cases = read_cases(file, strict=True)
    assert cases
    for case in cases:
        assert case.warnings == ()
        assert case.raw["sources"]
        assert case_statements(case)
