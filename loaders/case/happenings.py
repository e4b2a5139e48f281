"""What happened on the way, and what people saw: the facts that no register states."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ...ontology import CLEW
from ...statements import Statement
from .fields import as_day, as_fields, as_key, as_text, as_token
from .part import Part


def events(case: Part, node: URIRef) -> Iterator[Statement]:
    """Yield what happened on the way, to the goods or to a vessel."""
    for number, one in case.parts("events", as_fields("type")):
        event = case.draft.new(f"event-{number}")
        yield node, CLEW.hasEvent, event
        yield from case.draft.a(event, CLEW.TransportEvent)
        yield from one.say(event, "type", CLEW.eventType, as_token)
        for key in ("vessel", "subject", "party"):
            craft = one.get(key, case.draft.party)
            if craft is not None:
                yield craft, CLEW.hasEvent, event
        yield from one.say(event, "date", CLEW.date, as_day)
        yield from one.window(event)
        yield from one.say(event, "desc", CLEW.description, as_text)
        yield from one.remark(event, "place", "country", "object", "source", "with")
        yield from one.rest(event)


def observations(case: Part, node: URIRef) -> Iterator[Statement]:
    """Yield what people saw or were told."""
    for number, one in case.parts("observations", as_fields("type")):
        seen = case.draft.new(f"observation-{number}")
        yield node, CLEW.hasObservation, seen
        yield from case.draft.a(seen, CLEW.Observation)
        yield from one.say(seen, "type", CLEW.observationType, as_token)
        for subject in one.all("subject", lambda value: _subject(case, value)):
            yield seen, CLEW.observedSubject, subject
        for thing in one.all("object", as_text):
            yield seen, CLEW.observedObject, thing
        yield from one.say(seen, "date", CLEW.date, as_day)
        yield from one.say(seen, "desc", CLEW.description, as_text)
        yield from one.remark(seen, "source")
        yield from one.rest(seen)


def _subject(case: Part, value: object) -> URIRef:
    item = case.draft.items.get(as_key(value))
    return item if item is not None else case.draft.party(value)
