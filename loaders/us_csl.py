"""The US Consolidated Screening List: the lists of Commerce, State and the Treasury in one JSON file.

An entry that carries OFAC's number has the IRI of that number, so that it is the same party as in OFAC's own file
(`us-sdn:24228`). The other lists give no numbers; there the key is made of name, countries and the first notice of the
Federal Register, which later amendments leave alone. Entries that agree in all three are one party with its listings.

The list does not say whether an alias is weak, so every alias counts as a strong one. A date in a citation is the day
of printing; it is stated as the latest first day, never as the first day itself.

Source: trade.gov, Consolidated Screening List; 15 CFR 744 Supp. 4, 6, 7.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, URIRef

from ..errors import LoadError
from ..ontology import CLEW, mint
from ..statements import Statement
from .csl_details import details
from .csl_entries import Entry, compact, first_notice, footnotes, listed_by, published
from .jsonfile import JsonList
from .parties import STRONG, addressed, digest, in_country, listed, named, part_of, party, said
from .places import rows_of
from .source import Quarantined, Record, RecordError, Source

_KINDS = {
    "": CLEW.Party,
    "Individual": CLEW.Person,
    "Entity": CLEW.Organization,
    "Vessel": CLEW.Vessel,
    "Aircraft": CLEW.Aircraft,
}
_ADDRESS_ONLY = re.compile(r"Address \d+")
_ADDRESS_REMARK = "address-only entry: the list names an address here and no party; match by address"
_HELP = "download the file again, or correct the record"


class UsCsl:
    """Loads the US Consolidated Screening List, from the publisher's JSON or from its compact form."""

    source = Source(
        id="us-csl",
        title="Consolidated Screening List",
        publisher="US Department of Commerce, International Trade Administration",
        url="https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json",
        format="CSL JSON",
        licence="US Government work, public domain (17 USC 105)",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into entries."""
        for file in files:
            source, head = _opened(file)
            for record in source.records(_no_object):
                if isinstance(record, Record):
                    record = replace(record, fields=(record.fields, head))
                yield record

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one entry says.

        Raises:
            RecordError: The entry is not well formed, or stands on a list that nobody described.
        """
        entry = _entry(*record.fields)
        key = list_keys().get(entry.source)
        if key is None:
            raise RecordError(f"no list is known as `{entry.source}`", help="add it to party_lists.csv")
        if not entry.name or entry.type not in _KINDS:
            raise RecordError(f"the entry has no name, or `{entry.type}` is no type of an entry", help=_HELP)
        yield from csl_statements(entry, key)


def csl_statements(entry: Entry, key: str) -> Iterator[Statement]:
    """Yield what one entry says of its party and its listing.

    Args:
        entry: The entry, with a name and a type that is known.
        key: The key of its list, which is also the family of its party: `us-el:...` on `list:US-EL`.
    """
    name = entry.number or _slug(entry)
    entity = mint(key.lower(), name)
    yield from _party(entry, entity, name)
    yield from _listing(entry, entity, mint("list", key))


@cache
def list_keys() -> dict[str, str]:
    """Return the keys of the lists by the names that the Consolidated Screening List gives them."""
    return {row["csl_source"]: row["key"] for row in rows_of("party_lists") if row["csl_source"]}


def _opened(file: Path) -> tuple[JsonList, Mapping[str, Any] | None]:
    try:
        source = JsonList(file, "entries")
    except LoadError:
        return JsonList(file, "results"), None
    if not (isinstance(source.head.get("fieldKey"), dict) and isinstance(source.head.get("tables"), dict)):
        raise LoadError("`fieldKey` or `tables` is missing before `entries`", where=str(file), help=_HELP)
    return source, source.head


def _no_object(value: object) -> str:
    return "" if isinstance(value, dict) else "the record is no JSON object"


def _entry(raw: Mapping[str, Any], head: Mapping[str, Any] | None) -> Entry:
    try:
        return compact(raw, head) if head is not None else published(raw)
    except KeyError as error:
        raise RecordError(f"the field {error} is missing or unknown", help=_HELP) from error
    except (TypeError, IndexError, ValueError, AttributeError) as error:
        raise RecordError(f"the entry is not well formed: {error}", help=_HELP) from error


def _slug(entry: Entry) -> str:
    """Return a key that says who is meant and stays the same wherever the entry stands in the file."""
    plain = unicodedata.normalize("NFKD", entry.name).encode("ascii", "ignore").decode().lower()
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-")
    countries = sorted(entry.countries)
    return "-".join(filter(None, (words, digest(entry.name, *countries, first_notice(entry)))))


def _party(entry: Entry, entity: URIRef, key: str) -> Iterator[Statement]:
    if _ADDRESS_ONLY.fullmatch(entry.name):
        yield entity, RDF.type, CLEW.Entity
        yield entity, RDFS.label, entry.name
        yield entity, CLEW.recordKey, key
        yield entity, CLEW.remark, _ADDRESS_REMARK
        for country in entry.countries if not entry.addresses else ():
            yield from addressed(entity, (), "", country)
    else:
        yield from party(entity, _KINDS[entry.type], entry.name, key)
    for alias in entry.aliases:
        yield from named(entity, alias, STRONG)
    for country in dict.fromkeys(entry.countries):
        yield in_country(entity, country)
    if entry.more is not None:
        yield from details(entry, entity)


def _listing(entry: Entry, entity: URIRef, on: URIRef) -> Iterator[Statement]:
    content = (entry.notice, entry.requirement, entry.policy)
    node = URIRef(f"{entity}#listing") if entry.number else part_of(entity, "listing", *content)
    yield from listed(entity, node, on, entry.number, entry.programmes)
    yield from said(
        node,
        citation=entry.notice,
        licenceRequirement=entry.requirement,
        licencePolicy=entry.policy,
        validFrom=entry.since,
        validFromLatest=None if entry.since else listed_by(entry.notice),
        # The publisher names the last day; the graph keeps the first day after it.
        validUntil=entry.until + timedelta(days=1) if entry.until else None,
    )
    for number in footnotes(entry.requirement):
        mark = part_of(entity, "footnote", *content, number)
        yield node, CLEW.hasFootnote, mark
        yield mark, RDF.type, CLEW.Footnote
        yield mark, CLEW.footnoteNumber, number
