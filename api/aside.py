"""Records of a case that were set aside, told to the companies that they touch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rdflib import URIRef

from ..loaders.case import CaseDocument

_RECORD = re.compile(r"/(ownership|joint_arrangements)/(\d+)(?:/|$)")
_COMPANY = {"ownership": ("owned", "holding"), "joint_arrangements": ("company", "joint arrangement")}


def set_aside(case: CaseDocument) -> dict[URIRef, tuple[str, ...]]:
    """Return, for each company of a case, why records of holdings in it were set aside."""
    found: dict[URIRef, dict[str, None]] = {}
    for company, why in _touched(case):
        found.setdefault(company, {})[why] = None
    return {company: tuple(reasons) for company, reasons in found.items()}


def _touched(case: CaseDocument) -> Iterator[tuple[URIRef, str]]:
    for problem in case.problems:
        match = _RECORD.match(problem.pointer)
        if match is not None:
            name, what = _COMPANY[match[1]]
            company = case.nodes.get(str(_member(case.raw.get(match[1]), int(match[2])).get(name)))
            if company is not None:
                yield company, f"a {what} ({problem.pointer}): {problem.reason}"


def _member(members: object, number: int) -> Mapping[str, object]:
    listed = members if isinstance(members, Sequence) and not isinstance(members, str) else [members]
    one = listed[number] if number < len(listed) else None
    return one if isinstance(one, Mapping) else {}
