"""Fixtures of the case loader: a case from a few lines of YAML, and questions put to its graph."""

from pathlib import Path

import pytest

from clew.dataset import Dataset, Row
from clew.loaders.case import CaseDocument, case_statements, read_cases
from clew.tests.case.given import PREFIXES, Ask, Load


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Read one case T001 of 2024-06-01 from the YAML of its other fields."""

    def read(text: str) -> CaseDocument:
        path = tmp_path / "t.yaml"
        path.write_text(f"id: T001\nas_of: 2024-06-01\n{text}", encoding="utf8")
        (case,) = read_cases(path)
        return case

    return read


@pytest.fixture
def ask() -> Ask:
    """Put the statements of a case into a dataset and return the rows of a query."""

    def rows(case: CaseDocument, query: str) -> list[Row]:
        data = Dataset()
        data.add(case_statements(case), case.graph)
        return data.rows(PREFIXES + query)

    return rows


@pytest.fixture(scope="session")
def shared_cases(shared: Path) -> tuple[CaseDocument, ...]:
    """The published cases and the regulators' own ownership examples."""
    folder = shared / "cases"
    return read_cases(folder / "cases.yaml") + read_cases(folder / "ownership_examples.yaml")
