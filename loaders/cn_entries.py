"""A party that a Chinese announcement names, as statements."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from rdflib import URIRef
from rdflib.namespace import DCTERMS

from ..ontology import CLEW, mint
from ..statements import Statement
from .cn_documents import Document
from .cn_periods import Change, periods
from .details import in_language, listing, name_in, personal, remarks
from .edtf import day
from .parties import PRIMARY, STRONG, digest, part_of, party
from .source import RecordError
from .tree import Fields, joined, tidy

_KINDS = {"organization": CLEW.Organization, "individual": CLEW.Person}
_ENGLISH, _CHINESE = "en", "zh-Hans"
_INVESTIGATED = "investigation"


def entry_statements(part: Fields, document: Document, changes: Sequence[Change]) -> Iterator[Statement]:
    """Yield what an announcement says of one party.

    Args:
        part: The party as the announcement names it.
        document: The announcement.
        changes: What later announcements changed in its measures.

    Raises:
        RecordError: The party has no name, or no list is known by the words of the announcement.
    """
    names, kind = part.all("name"), _KINDS.get(part.text("type"), CLEW.Party)
    english, chinese = (tidy("".join(name.text(tag) for name in names)) for tag in (_ENGLISH, _CHINESE))
    if not (english or chinese):
        raise RecordError("the announcement names a party without a name", help="correct the record")
    # The same party stands in several announcements under the same names, and has no number.
    key = digest(english, chinese)
    entity = mint("cn-mofcom", key)
    yield from party(entity, kind, english or chinese, key)
    yield from in_language(entity, english or chinese, PRIMARY, _ENGLISH if english else _CHINESE)
    if english and chinese:
        yield from name_in(entity, chinese, STRONG, _CHINESE)
    yield from personal(entity, kind, gender=part.text("gender"))
    for title in part.all("title"):
        yield from remarks(entity, [f"title: {tidy(title.text(tag))}" for tag in (_ENGLISH, _CHINESE)])
    yield from _listings(entity, part, document, changes)


def _listings(entity: URIRef, part: Fields, document: Document, changes: Sequence[Change]) -> Iterator[Statement]:
    stated, since = part.text("sanction_list"), part.text("effective_date")
    key = _list_of(document.chinese) or _list_of(stated)
    measures = part.all("measures")
    kinds = [kind for measure in measures for kind in measure.texts("type")]
    notes = [f"measure: {tidy(measure.text(tag))}" for measure in measures for tag in (_ENGLISH, _CHINESE)]
    notes += [f"reason: {tidy(reason.text(tag))}" for reason in part.all("reason") for tag in (_ENGLISH, _CHINESE)]
    notes += [f"measures: {joined(dict.fromkeys(kinds), ', ')}", f"sanction_list: {stated}", *part.rest()]
    if _INVESTIGATED in kinds:
        yield from remarks(entity, [f"investigated, not listed: {document.citation}", *notes])
        return
    if not key:
        raise RecordError(f"no list is known as `{stated}`", help="add it to cn_lists.csv")
    for period in periods(day(since), changes):
        node = part_of(entity, "listing", document.node, period.status, str(period.first))
        window = {"validFrom": period.first, "validUntil": period.until}
        yield from listing(entity, key, document.number, (), node, citation=document.citation, **window)
        yield node, CLEW.legalStatus, mint("legal", period.status)
        yield node, DCTERMS.source, document.node
        yield from remarks(node, [*notes, *(found.words for found in changes)])


def _list_of(words: str) -> str:
    """Return the key of the list that words name, or nothing where they name none or several."""
    found = {key for name, key in _lists() if name in words}
    return found.pop() if len(found) == 1 else ""


@cache
def _lists() -> list[tuple[str, str]]:
    with open(Path(__file__).with_name("cn_lists.csv"), encoding="utf8", newline="") as file:
        return [(row["words"], row["list_key"]) for row in csv.DictReader(file)]
