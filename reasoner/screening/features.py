"""The features of a match: what speaks for it and against it, each with its weight and both values side by side.

`MAIN` features make a match by themselves and the best one counts. `QUALIFIERS` raise or lower it: those that agree
take away a part of what is missing to certainty, those that disagree are taken off. The lists below are all there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rdflib import URIRef

from . import dates, tables
from .compare import Comparison, compare
from .normalise import ADDRESS, views
from .rarity import Rarity
from .subject import Identifier, Name, Number, Query, Subject, plain


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a match.

    Attributes:
        name: What was compared.
        weight: What full agreement adds, or full disagreement takes off.
        value: How far the feature holds, from -1 (disagrees) over 0 to 1 (agrees).
        contribution: What it did to the score.
        query_value: What was asked about.
        candidate_value: What the list says.
        detail: Why, in words.
        node: The node that states what the list says.
    """

    name: str
    weight: float
    value: float
    contribution: float
    query_value: str
    candidate_value: str
    detail: str
    node: URIRef | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The best pair of names of a query and a subject."""

    asked: str
    name: Name
    comparison: Comparison
    information: float
    value: float


STANDINGS = {"weak_alias": 0.95, "former": 0.97}
_RARE = 0.05  # what the commonest name loses against one that nobody else has

Qualifier = Callable[[Query, Subject], Feature | None]


def best_name(query: Query, subject: Subject, rarity: Rarity) -> Named | None:
    """Return the pair of names that fits best; nothing where either has no name."""
    found = [_named(asked, name, query, subject, rarity) for asked in query.names for name in subject.names]
    return max(found, key=lambda named: (named.value, named.comparison.value, _against(named)), default=None)


def _against(named: Named) -> tuple[int, ...]:
    """Return a key by which the first name in the alphabet wins among equals."""
    return tuple(-ord(char) for char in named.name.text)


def _named(asked: str, name: Name, query: Query, subject: Subject, rarity: Rarity) -> Named:
    one = views(asked, query.kind or subject.kind)
    two = views(name.text, subject.kind or query.kind)
    comparison = compare(one, two, rarity)
    words = tuple(two.tokens[place] for pair in comparison.pairs for place in pair.candidate)
    information = rarity.information(words) if words else 0.5 * (comparison.value > 0)
    rare = 1.0 - _RARE * (1.0 - information)
    return Named(asked, name, comparison, information, comparison.value * rare * STANDINGS.get(name.standing, 1.0))


def name_feature(named: Named) -> Feature:
    """Return the feature of names: word alignment, weighed by rarity. Source: own, chosen on docs/screening.md."""
    standing = "" if named.name.standing == "primary" else f", {named.name.standing.replace('_', ' ')}"
    against = "".join(f", {what} x {factor}" for what, factor in named.comparison.factors)
    hows = dict.fromkeys(pair.how.value for pair in named.comparison.pairs)
    detail = ", ".join(hows) or ("the same signs" if named.comparison.value else "no word in common")
    text = f"{detail}{against}{standing}"
    value = round(named.value, 4)
    return Feature("name", 1.0, value, value, named.asked, named.name.text, text, named.name.node)


def identifier_feature(query: Query, subject: Subject) -> Feature | None:
    """Return an equal identifier: the number means the party whatever the name. Source: identifier_schemes.csv."""
    equal = [(number, known) for number in query.identifiers for known in subject.identifiers if _equal(number, known)]
    if not equal:
        return None
    number, known = min(equal, key=lambda pair: (not pair[1].strong, pair[1].scheme, pair[1].value))
    weight = 0.98 if known.strong else 0.80
    says = "the same number" if known.strong else "the same number, in a scheme that does not identify"
    shown = f"{known.scheme} {known.value}".strip()
    return Feature("identifier", weight, 1.0, weight, number.value, shown, says, known.node)


def _equal(number: Number, known: Identifier) -> bool:
    if not plain(number.value) or not _same_number(number, known):
        return False
    if number.scheme and known.scheme not in ("", "other") and number.scheme != known.scheme:
        return False
    return not (number.issuer and known.issuer and number.issuer != known.issuer)


def _same_number(number: Number, known: Identifier) -> bool:
    one, two = plain(number.value), plain(known.value)
    # ISO 9362: a BIC of eight characters means the head office, whose branch code is XXX.
    return one == two or ("bic" in (number.scheme, known.scheme) and one.removesuffix("xxx") == two.removesuffix("xxx"))


def address_feature(query: Query, subject: Subject, rarity: Rarity) -> Feature | None:
    """Return the best pair of addresses: the street counts, a town alone does not. Source: 15 CFR 744 Supp. 4."""
    best: Feature | None = None
    for asked in query.addresses:
        for address in subject.addresses:
            value = round(compare(views(asked, ADDRESS), views(address.text, ADDRESS), rarity).value, 4)
            if best is None or value > best.value:
                weight = 0.90 if not subject.names else 0.80
                text = "the same or nearly the same address" if value > 0.9 else "words of the address agree"
                best = Feature("address", weight, value, weight * value, asked, address.text, text, address.node)
    return best if best is not None and best.value >= 0.6 else None


def birth_date(query: Query, subject: Subject) -> Feature | None:
    """Return how dates of birth agree; the same name is common, with the same day of birth it is not.

    Source: OFAC FAQ 5, on assessing a hit: compare all that is known beside the name.
    """
    if not query.birth_date or not subject.births:
        return None
    found = [(*dates.agreement(query.birth_date, known), known) for known in subject.births]
    value, says, known = max(found, key=lambda item: (item[0], item[2]))
    return _feature("birth date", 0.5 if value > 0 else 0.25, value, query.birth_date, known, says)


def country(query: Query, subject: Subject) -> Feature | None:
    """Return whether countries agree; a party has to do with many, so disagreement says little.

    Source: OFAC FAQ 5.
    """
    if not query.countries or not subject.countries:
        return None
    same = sorted(set(query.countries) & set(subject.countries))
    says = "a country in common" if same else "no country in common"
    one, two = ", ".join(query.countries), ", ".join(subject.countries)
    return _feature("country", 0.3 if same else 0.06, 1.0 if same else -1.0, one, two, says)


def gender(query: Query, subject: Subject) -> Feature | None:
    """Return whether genders differ. Source: OFAC FAQ 5."""
    if not query.gender or not subject.genders:
        return None
    same = query.gender[0].lower() in {known[:1].lower() for known in subject.genders}
    says = "the same" if same else "different"
    return _feature("gender", 0.02 if same else 0.15, 1.0 if same else -1.0, query.gender, subject.genders[0], says)


def flag(query: Query, subject: Subject) -> Feature | None:
    """Return whether flags agree; ships change flags to evade, so disagreement says little. Source: OFAC FAQ 5."""
    if not query.flag or not subject.flags:
        return None
    same = query.flag in subject.flags
    says = "the same flag" if same else "another flag"
    return _feature("flag", 0.2 if same else 0.03, 1.0 if same else -1.0, query.flag, ", ".join(subject.flags), says)


def kind(query: Query, subject: Subject) -> Feature | None:
    """Return whether one is a person and the other is none, or one a vessel. Source: own."""
    if not query.kind or not subject.kind or query.kind == subject.kind:
        return None
    return _feature("kind", 0.2, -1.0, query.kind, subject.kind, "another kind of entity")


def other_number(query: Query, subject: Subject) -> Feature | None:
    """Return numbers that show two parties: of one scheme, of which a party has only one. Source: number_kinds.csv."""
    if any(_equal(number, known) for number in query.identifiers for known in subject.identifiers if known.strong):
        return None
    for number in sorted(query.identifiers, key=lambda number: (number.scheme, number.value)):
        if number.scheme in tables.single_schemes():
            known = next((one for one in subject.identifiers if one.scheme == number.scheme), None)
            if known is not None:
                says = f"another {known.scheme} number"
                return _feature("other number", 0.3, -1.0, number.value, known.value, says, known.node)
    return None


def _feature(
    name: str, weight: float, value: float, asked: str, known: str, says: str, node: URIRef | None = None
) -> Feature:
    return Feature(name, weight, value, 0.0, asked, known, says, node)


QUALIFIERS: tuple[Qualifier, ...] = (birth_date, country, gender, flag, kind, other_number)
