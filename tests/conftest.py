"""Fixtures every test may use.

Strategy: most tests make the few statements they need in memory. Real files of publishers are read from the folder
`shared` beside the checkout where it is present, and those tests skip with a reason where it is not.
"""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real files of publishers."""
    path = ROOT.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the folder ../shared/data with real files of publishers is not here")
    return path
