"""Under which codes goods fall: customs codes, and entries of control lists."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ...errors import CaseError
from ...ontology import CLEW, mint
from ...statements import Statement
from .codes import CodeList, as_code_list, code_statements, read_code
from .fields import as_day, as_fields, as_hs, as_key, as_text, hs_digits, shown
from .part import Part


def hs(part: Part, node: URIRef, term: URIRef) -> Iterator[Statement]:
    """Yield the field `hs` as six digits; more digits stay as a remark, because nations number them each for itself."""
    yield from part.say(node, "hs", term, as_hs)
    digits = part.fields.get("hs")
    try:
        longer = digits is not None and len(hs_digits(digits)) > 6
    except CaseError:
        return
    if longer:
        yield node, CLEW.remark, f"hs: {digits}"


def classify(part: Part, node: URIRef, name: str) -> Iterator[Statement]:
    """Yield the field `codes`: under which entry of each list goods fall, or that a list does not name them."""
    codes = part.part("codes")
    if codes is None:
        return
    for key in codes.fields:
        on = codes.read(f"{codes.pointer}/{key}", key, as_code_list)
        for number, given in codes.parts(key, as_fields("code")):
            if on is not None:
                at = f"{name}-class-{key}" + (f"-{number}" if number > 1 else "")
                yield from _classification(given, on, node, at)


def _classification(part: Part, on: CodeList, node: URIRef, at: str) -> Iterator[Statement]:
    draft = part.draft
    text = part.get("code", as_key)
    if text is None:
        return
    code = read_code(on, text)
    classification = draft.new(at)
    yield node, CLEW.classification, classification
    yield from draft.a(classification, CLEW.Classification)
    if code.chain:
        yield classification, CLEW.underEntry, mint(code.on.family, code.chain[0])
        yield from code_statements(code)
    else:
        yield classification, CLEW.notListedOn, code.on.iri
    if not code.regular:
        reason = f"{shown(text)} has not the form of an entry of the list `{on.key}`"
        draft.warn(part.pointer, text, reason, "check the code; it is kept as it stands")
    yield from part.say(classification, "method", CLEW.method, as_text)
    yield from part.say(classification, "verified_on", CLEW.verifiedOn, as_day)
    yield from part.rest(classification)
