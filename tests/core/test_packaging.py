"""The package holds every folder of code and every kind of data that the code reads."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OUTSIDE = {"tests", "benchmarks", "docs", "build", "var", "clew.egg-info"}


def settings() -> dict[str, object]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))
    return config["tool"]["setuptools"]  # type: ignore[no-any-return]


def ours() -> list[Path]:
    found = [
        path.relative_to(ROOT) for path in ROOT.glob("*/**/*") if path.is_file() and "__pycache__" not in path.parts
    ]
    return [path for path in found if path.parts[0] not in OUTSIDE and not path.parts[0].startswith(".")]


def test_every_folder_with_code_is_packaged() -> None:
    folders = {path.parent for path in ours() if path.name == "__init__.py"}
    named = {"clew", *(f"clew.{'.'.join(folder.parts)}" for folder in folders)}
    assert set(settings()["packages"]) == named  # type: ignore[call-overload]


def test_every_kind_of_data_is_packaged() -> None:
    data = settings()["package-data"]["*"]  # type: ignore[index]
    kinds = {path.suffix for path in ours() if path.suffix}
    packaged = {Path(pattern).suffix for pattern in data}
    code = {".py", ".pyc", ".md", ".typed"}
    assert kinds - code <= packaged
