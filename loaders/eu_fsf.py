"""The consolidated list of financial sanctions of the European Union, in the Commission's XML (FSF 1.1).

An entity has one `nameAlias` for each spelling, language and amending regulation, so names repeat; `strong` is true
almost everywhere, and no flag says which name comes first. The label is the first name in the language of the
regulation, one that is taken apart into first and last name before others; all names are kept with their languages.

A regulation that an entry cites may only have amended it. Where no day of designation is stated, the earliest day that
the cited regulations name is the latest first day, and never the first day itself.

Source: European Commission, Financial Sanctions Files, XML export 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .details import dated, in_language, listing, listing_node, name_in, personal, remarks, taken_apart
from .edtf import day
from .known_dates import edtf_of
from .numbers import number, un_reference
from .parties import PRIMARY, STRONG, WEAK, addressed, part_of, party, place
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, joined, tidy
from .xmlfile import xml_records

_KINDS = {"person": CLEW.Person, "P": CLEW.Person, "enterprise": CLEW.Organization, "E": CLEW.Organization}
_UNKNOWN = ("00", "UNKNOWN")  # the list's own code and name for a country it does not know
_ROW = ("logicalId", "regulationLanguage")  # where a line stands in the Commission's own tables
_CITATION = CLEW.citation
_ISLAMIC = "ISLAMIC"


@dataclass(frozen=True, slots=True)
class _Alias:
    text: str
    language: str
    weak: bool
    parts: dict[str, str]
    fields: Fields

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Return how far down this name stands among those that may be the label."""
        return self.weak, self.language not in ("", "en"), not self.parts["lastName"]


@dataclass(frozen=True, slots=True)
class _Act:
    """A regulation as an entry cites it: its number and journal, its latest first day, and everything said of it."""

    title: str
    latest: date | None
    words: str


class EuFsf:
    """Loads the financial sanctions list of the European Union from the Commission's XML."""

    source = Source(
        id="eu-fsf",
        title="Consolidated list of persons, groups and entities subject to EU financial sanctions",
        publisher="European Commission",
        url="https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content",
        format="FSF XML 1.1",
        licence="Commission Decision 2011/833/EU, reuse with attribution",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into entries."""
        for file in files:
            yield from xml_records(file, containers=("export",), records=("sanctionEntity",))

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one entry says.

        Raises:
            RecordError: The entry has no number or no name.
        """
        fields = Fields(record.fields)
        if fields.tag != "sanctionEntity":
            raise RecordError(f"`{fields.tag}` is no entry of the list", help="download the file again")
        yield from _entry(fields)


def _entry(fields: Fields) -> Iterator[Statement]:
    number_, reference = fields.text("logicalId"), fields.text("euReferenceNumber")
    key = number_ or reference
    aliases = [_alias(part) for part in fields.all("nameAlias")]
    aliases = [alias for alias in aliases if alias.text]
    if not key or not aliases:
        raise RecordError("the entry has no number or no name", help="download the file again, or correct the entry")
    entity = mint("eu-fsf", key)
    kind = _kind(fields)
    main = min(aliases, key=lambda alias: alias.rank)
    yield from party(entity, kind, main.text, key)
    acts: list[_Act] = []
    for alias in aliases:
        yield from _named(entity, kind, alias, main, acts)
    yield from _born(entity, kind, fields, acts)
    yield from _numbers(entity, fields, acts)
    yield from _addresses(entity, fields, acts)
    yield from _listing(entity, reference or key, fields, acts)
    yield from remarks(entity, fields.rest())


def _kind(fields: Fields) -> URIRef:
    for part in fields.all("subjectType"):
        found = _KINDS.get(part.text("code")) or _KINDS.get(part.text("classificationCode"))
        if found is not None:
            part.drop("classificationCode")
            return found
    return CLEW.Entity


def _alias(part: Fields) -> _Alias:
    parts = {name: part.text(name) for name in ("firstName", "middleName", "lastName")}
    text = tidy(part.text("wholeName")) or joined(parts.values())
    return _Alias(text, part.text("nameLanguage").lower(), part.text("strong") == "false", parts, part)


def _named(entity: URIRef, kind: URIRef, alias: _Alias, main: _Alias, acts: list[_Act]) -> Iterator[Statement]:
    standing = PRIMARY if alias.text == main.text else WEAK if alias.weak else STRONG
    if standing is PRIMARY:
        yield from in_language(entity, alias.text, PRIMARY, alias.language)
    else:
        yield from name_in(entity, alias.text, standing, alias.language)
    node = part_of(entity, "name", standing, alias.text)
    yield from taken_apart(node, alias.parts.items())
    yield from personal(entity, kind, gender=alias.fields.text("gender"))
    yield from _cited(node, alias.fields, acts)
    yield from remarks(entity, alias.fields.rest())


def _cited(node: URIRef | None, part: Fields, acts: list[_Act]) -> Iterator[Statement]:
    """Yield which regulation a part of an entry rests on, and note it for the whole entry."""
    part.drop(*_ROW)
    for act in map(_act, part.all("regulationSummary")):
        acts.append(act)
        if node is not None and act.title:
            yield node, _CITATION, act.title


def _act(part: Fields) -> _Act:
    part.drop(*_ROW)
    kind, title = joined((part.text("organisationType"), part.text("regulationType"))), part.text("numberTitle")
    printed, force = part.text("publicationDate"), part.text("entryIntoForceDate")
    words = (f"{kind} {title}".strip(), printed, force and f"in force {force}", part.text("publicationUrl"))
    # Half of the regulations enter into force on the day after they are printed.
    after = day(printed)
    latest = day(force) or (after + timedelta(days=1) if after else None)
    return _Act(title, latest, ", ".join(filter(None, words)))


def _born(entity: URIRef, kind: URIRef, fields: Fields, acts: list[_Act]) -> Iterator[Statement]:
    for part in fields.all("birthdate"):
        yield from personal(entity, kind, births=[_birth(part)], birth_places=[_where(part, "city", "place", "region")])
        yield from _cited(None, part, acts)
        yield from remarks(entity, part.rest("birthdate"))
    for part in fields.all("citizenship"):
        yield from personal(entity, kind, nationalities=[_country(part)])
        yield from _cited(None, part, acts)
        yield from remarks(entity, part.rest("citizenship"))


def _birth(part: Fields) -> str:
    parts = (part.text("year"), part.text("monthOfYear"), part.text("dayOfMonth"))
    exact, calendar = part.text("birthdate"), part.text("calendarType")
    known = edtf_of(*parts, about=part.text("circa") == "true")
    if calendar == _ISLAMIC and known:
        # EDTF counts Gregorian years, so a date of another calendar stays in words.
        return f"{known} ({calendar})" if not exact else f"{exact} ({known} {calendar})"
    return known or exact or joined(parts)


def _where(part: Fields, *names: str) -> str:
    return joined((*(part.text(name) for name in names), _country(part)), ", ")


def _country(part: Fields) -> str:
    """Return a country by its name, or by its code where the tables do not know the name."""
    code, name = part.text("countryIso2Code"), part.text("countryDescription")
    known = [words for words in (name, code) if words and words not in _UNKNOWN]
    return next((words for words in known if place(words)), joined(known))


def _numbers(entity: URIRef, fields: Fields, acts: list[_Act]) -> Iterator[Statement]:
    for part in fields.all("identification"):
        label = part.text("identificationTypeCode") or part.text("identificationTypeDescription")
        value, country = part.text("number") or part.text("latinNumber"), _country(part)
        found = number(label, value, country)
        if found is not None:
            yield from found.statements(entity)
            yield from _cited(found.node(entity), part, acts)
            yield from remarks(found.node(entity), part.rest())
        else:
            yield from _cited(None, part, acts)
            yield from remarks(entity, [joined((label, value, country)), *part.rest("identification")])
    words = fields.text("unitedNationId")
    reference = un_reference(words)
    if reference is not None:
        yield from reference.statements(entity)
    if words and (reference is None or reference.value != words):
        yield from remarks(entity, [f"unitedNationId: {words}"])


def _addresses(entity: URIRef, fields: Fields, acts: list[_Act]) -> Iterator[Statement]:
    for part in fields.all("address"):
        lines = [tidy(part.text(name)) for name in ("street", "poBox", "place", "zipCode", "region")]
        city, country = tidy(part.text("city")), _country(part)
        made = list(addressed(entity, lines, city, country)) if any((*lines, city, country)) else []
        yield from made
        node = part_of(entity, "address", *filter(None, (*lines, city, country))) if made else None
        yield from _cited(node, part, acts)
        yield from remarks(node or entity, part.rest("address"))


def _listing(entity: URIRef, entry: str, fields: Fields, acts: list[_Act]) -> Iterator[Statement]:
    node, programmes = listing_node(entity), list[tuple[str, str]]()
    for part in fields.all("regulation"):
        name = part.text("programme")
        programmes += [(f"EU-{name}", name)] if name else []
        acts.append(_act(part))
    words = fields.text("designationDate")
    since = day(words)
    latest = min((act.latest for act in acts if act.latest), default=None) if since is None else None
    yield from listing(entity, "EU-FSF", entry, dict.fromkeys(programmes), validFromLatest=latest)
    yield from dated(node, "validFrom", words, since)
    for cited in dict.fromkeys(act.words for act in acts if act.words):
        yield node, _CITATION, cited
    yield from remarks(node, [fields.text("designationDetails")])
