"""What a caller sends as a batch: lines of JSON, or a YAML case file, taken apart into cases."""

from __future__ import annotations

import json

from ...errors import CaseError
from ...loaders.case.text import parse
from ...reasoner.render import canonical

LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl")
YAML = ("application/yaml", "application/x-yaml")
MOST = 10_000
SIZE = 32 * 1024 * 1024
_LINE = 4 * 1024 * 1024

Cases = list[tuple[bytes, bool]]


def cases_of(body: bytes, kind: str) -> Cases:
    """Return the text of each case and whether it is read strictly: lines of JSON are, a case file is not.

    Raises:
        CaseError: There is no case, there are too many, or the file is not well formed.
    """
    found = _file(body) if kind in YAML else [(line, True) for line in body.split(b"\n") if line.strip()]
    if not 0 < len(found) <= MOST:
        raise CaseError(f"the batch holds {len(found)} cases", help=f"send between 1 and {MOST}")
    for number, (line, _) in enumerate(found, 1):
        if len(line) > _LINE:
            raise CaseError("the case is larger than 4 MB", where=f"/{number - 1}", help="split it")
    return found


def _file(body: bytes) -> Cases:
    root = parse(body)
    listed = root.get("cases", [root]) if isinstance(root, dict) else root
    if not isinstance(listed, list) or not all(isinstance(case, dict) for case in listed):
        raise CaseError("the file holds no cases", help="write a list under `cases`, or one case with an `id`")
    other = {"as_of": root["as_of"]} if isinstance(root, dict) and root.get("as_of") else {}
    return [(_text({**other, **case}), False) for case in listed]


def _text(case: dict[str, object]) -> bytes:
    return canonical(json.loads(json.dumps(case, default=str))).encode("utf8", "surrogatepass")
