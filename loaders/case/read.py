"""Case files and API bodies become case documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ...errors import CaseError
from .build import fill
from .document import SCHEMA, CaseDocument, Problem
from .draft import Draft
from .fields import as_day, as_key, as_mapping, shown
from .plain import check_plain
from .text import BYTES, parse

T = TypeVar("T")


def read_cases(path: Path, *, strict: bool = False) -> tuple[CaseDocument, ...]:
    """Return the cases of a YAML or JSON file of schema kg-compliance-cases/v1, in file order.

    Args:
        path: The file; JSON when its name ends in `.json`, else YAML. It holds a list under `cases`, or one case.
        strict: Whether a part that is not well formed ends the reading; else it is set aside and kept in `problems`.

    Raises:
        CaseError: The file cannot be read, or a case has no id or no day to be evaluated for.
    """
    try:
        content = parse(_bytes(path), is_json=path.suffix.lower() == ".json")
        return _documents(content, path.name, strict)
    except CaseError as error:
        if error.where.startswith(path.name):
            raise
        raise CaseError(error.message, where=f"{path.name} {error.where}".strip(), help=error.help) from error


def _bytes(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(BYTES + 1)
    except OSError as error:
        raise CaseError(f"cannot be read: {error.strerror}", where=path.name, help="check the path") from error


def _documents(content: object, file: str, strict: bool) -> tuple[CaseDocument, ...]:
    root = content if isinstance(content, Mapping) else {"cases": content}
    _check_schema(root)
    listed = root.get("cases", [root])
    if not isinstance(listed, list | tuple) or not listed:
        raise CaseError("the file holds no cases", help="write a list under `cases`, or one case with an `id`")
    found: dict[str, CaseDocument] = {}
    for number, one in enumerate(listed, 1):
        case = _case(one, f"case {number}", strict=strict, as_of=None, file=file, other_day=root.get("as_of"))
        if case.id in found:
            raise CaseError(f"two cases have the id {shown(case.id)}", where=f"case {number}", help="rename one")
        found[case.id] = case
    return tuple(found.values())


def _check_schema(root: Mapping[str, object]) -> None:
    stated = root.get("schema")
    if stated is not None and stated != SCHEMA:
        raise CaseError(f"the schema {shown(stated)} is not known", where="/schema", help=f"write `{SCHEMA}`")


def case_from_mapping(
    raw: Mapping[str, Any], *, strict: bool, as_of: date | None = None, file: str = ""
) -> CaseDocument:
    """Return one case from plain values, such as the body of a request.

    Args:
        raw: The case; numbers should be text or `Decimal` where exactness matters, floats count as their shortest text.
        strict: Whether a part that is not well formed, or a field the schema does not have, is refused.
        as_of: The day to evaluate the case for, in place of the one it states.
        file: The file it comes from, for messages.

    Raises:
        CaseError: The case has no id or no day, or, when strict, any part of it is not well formed.
    """
    check_plain(raw)
    _check_schema(as_mapping(raw))
    return _case(raw, "the case", strict=strict, as_of=as_of, file=file)


def _case(
    value: object, where: str, *, strict: bool, as_of: date | None, file: str, other_day: object = None
) -> CaseDocument:
    raw = _needed(where, as_mapping, value)
    name = _needed(f"{where} /id", as_key, raw.get("id"))
    day = _needed(f"case {name} /as_of", as_day, as_of or raw.get("as_of") or other_day)
    draft = Draft(name, file)
    made = fill(draft, raw)
    if strict:
        _refuse((*draft.problems, *draft.unknown))
    return CaseDocument(
        id=name,
        title=made.title,
        as_of=day,
        raw=raw,
        transaction=made.transaction,
        nodes={**draft.parties, **draft.items},
        refs=made.refs,
        problems=tuple(draft.problems),
        warnings=(*draft.unknown, *draft.warnings),
        facts=tuple(dict.fromkeys(draft.facts)),
    )


def _needed(where: str, read: Callable[[object], T], value: object) -> T:
    """Return what a case cannot do without."""
    try:
        if value is None:
            raise CaseError(f"`{where.rpartition('/')[2]}` is missing", help="every case has an `id` and a day `as_of`")
        return read(value)
    except CaseError as error:
        raise CaseError(error.message, where=where, help=error.help) from error


def _refuse(bad: Sequence[Problem]) -> None:
    """Raise the first problem of a case that must be well formed throughout."""
    if bad:
        more = f" (and {len(bad) - 1} more like it)" if len(bad) > 1 else ""
        raise CaseError(bad[0].reason + more, where=bad[0].where, help=bad[0].remedy)
