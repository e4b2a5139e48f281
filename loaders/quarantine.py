"""What could not be loaded, written down so that somebody can correct it and load it again.

One line of JSON a record: source, day, file, row, reason, remedy and the bytes as published - as `raw` where they are
UTF-8, as `raw_base64` where they are not.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import LoadError
from .source import Harvest, Quarantined


def write_quarantine(path: Path, harvests: Iterable[Harvest]) -> int:
    """Write the quarantined records of finished harvests and return how many there were."""
    count = 0
    with open(path, "w", encoding="utf8", newline="\n") as file:
        for harvest in harvests:
            head = {"source": harvest.snapshot.source.id, "taken": harvest.snapshot.taken.isoformat()}
            for record in harvest.quarantined:
                line = head | {"file": record.file, "row": record.row, "reason": record.reason, "remedy": record.remedy}
                file.write(json.dumps(line | _raw(record.raw), ensure_ascii=False) + "\n")
                count += 1
    return count


def read_quarantine(path: Path) -> Iterator[tuple[str, Quarantined]]:
    """Yield the quarantined records of a file, each with the id of its source.

    Raises:
        LoadError: A line is not as `write_quarantine` writes it.
    """
    with open(path, encoding="utf8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield _read(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise LoadError(
                    f"is no quarantined record: {error}", where=f"{path} line {number}", help="build again"
                ) from error


def _raw(raw: bytes) -> dict[str, str]:
    try:
        return {"raw": raw.decode("utf8")}
    except UnicodeDecodeError:
        return {"raw_base64": b64encode(raw).decode("ascii")}


def _read(line: dict[str, Any]) -> tuple[str, Quarantined]:
    raw = line["raw"].encode("utf8") if "raw" in line else b64decode(line["raw_base64"], validate=True)
    return line["source"], Quarantined(line["file"], int(line["row"]), raw, line["reason"], line["remedy"])
