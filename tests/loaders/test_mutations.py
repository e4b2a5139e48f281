"""However a file is damaged, loading it never fails but with a load error, and every record is counted.

Seeded, so that a failure can be seen again.
"""

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from clew.errors import LoadError
from clew.loaders.demo import FILES, Demo
from clew.loaders.ofac_sdn import OfacSdn
from clew.loaders.source import Loader
from clew.loaders.us_csl import UsCsl
from clew.tests.loaders.harvested import harvested
from clew.tests.loaders.test_us_csl import DPL, HUAWEI, KEYS, SDN, TABLES

ROWS = (
    '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '45720,"LIN, Jinghe","individual","NPWMD] [IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"DOB 03 Dec 1982; Passport 1 (China); a.k.a. 'LAM, Gary'; Linked To: ÉTOILE.\"\r\n"
    '4243,"ÉTOILE","vessel","CUBA","t","CL1","Tug","1","2","Cuba","o",'
    '"Vessel Registration Identification IMO 7406784."\r\n\x1a'
).encode()
COMPACT = json.dumps(
    {
        "fieldKey": KEYS,
        "tables": TABLES,
        "entries": [HUAWEI, {"n": "É", "s": 0, "e": "36", "t": "Entity"}, HUAWEI | {"n": "B"}],
    }
).encode()
PUBLISHED = json.dumps(
    {
        "results": [
            {"source": DPL, "name": "A", "addresses": [{"country": "US"}, {"country": "DE"}], "end_date": "2020-10-13"},
            {"source": SDN, "name": "É", "entity_number": "7", "ids": [{"type": "Passport", "number": "1"}]},
        ]
    }
).encode()


def _flip(random: random.Random, content: bytes) -> bytes:
    """Change one to four bytes into any others."""
    changed = bytearray(content)
    for _ in range(random.randint(1, 4)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(random: random.Random, content: bytes) -> bytes:
    return content[: random.randrange(len(content))]


def _drop(random: random.Random, content: bytes) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randint(1, 40) :]


def _repeat(random: random.Random, content: bytes) -> bytes:
    start = random.randrange(len(content))
    return content[: start + 30] + content[start:]


def _recode(random: random.Random, content: bytes) -> bytes:
    return content.decode().encode(random.choice(["latin-1", "utf-16", "utf-8-sig", "cp1252", "utf-32"]))


CHANGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _flip, _cut, _drop, _repeat, _recode)


@pytest.mark.parametrize(
    ("loader", "name", "content"),
    [
        (OfacSdn(), "sdn.csv", ROWS),
        (OfacSdn(), "download", ROWS),
        (UsCsl(), "csl.json", COMPACT),
        (UsCsl(), "csl.json", PUBLISHED),
        *((Demo(), file.name, file.read_bytes()[:3_000]) for file in FILES),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__ if not isinstance(value, bytes) else "",
)
def test_a_damaged_file_loses_no_record_and_raises_nothing_else(
    tmp_path: Path, loader: Loader, name: str, content: bytes
) -> None:
    content = content.decode(errors="ignore").encode()
    file = tmp_path / name
    for seed in range(200):
        change = random.Random(seed)
        file.write_bytes(change.choice(CHANGES)(change, content))
        try:
            assert harvested(loader, file).data is not None
        except LoadError:
            continue


@pytest.mark.parametrize(
    ("loader", "name", "content"), [(OfacSdn(), "sdn.csv.gz", ROWS), (UsCsl(), "csl.json.gz", COMPACT)]
)
def test_a_damaged_packed_file_raises_nothing_else(tmp_path: Path, loader: Loader, name: str, content: bytes) -> None:
    packed = gzip.compress(content)
    for seed in range(200):
        change = random.Random(seed)
        (tmp_path / name).write_bytes(change.choice((_flip, _cut, _drop))(change, packed))
        try:
            harvested(loader, tmp_path / name)
        except LoadError:
            continue


@pytest.mark.parametrize("end", range(0, len(ROWS), 7))
def test_a_truncated_file_keeps_the_whole_rows_before_the_break(tmp_path: Path, end: int) -> None:
    (tmp_path / "sdn.csv").write_bytes(ROWS[:end])
    found = harvested(OfacSdn(), tmp_path / "sdn.csv")
    whole = ROWS[:end].count(b"\r\n")
    assert found.harvest.loaded >= whole
    assert len(found.harvest.quarantined) <= 1
