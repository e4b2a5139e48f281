"""Tables of law and practice whose rows are one node each: clocks, documents, exceptions, red flags, rules.

Each table says how its columns map to terms; whatever column is not named is kept as a remark, so nothing is lost. To
deepen one table, give it a function of its own in the registry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import SKOS

from ...ontology import CLEW, mint
from ...statements import Statement
from ..source import RecordError
from .cells import Row, day, day_after, filled, node, origin, remarks, text, window

_OWN = frozenset({"source", "as_of", "confidence", "valid_from", "valid_to", "citation"})


@dataclass(frozen=True)
class Mapped:
    """How a row of one table becomes a node.

    Attributes:
        table: The name of the table.
        kind: The class of its nodes.
        key: The column that tells rows apart.
        label: The column with the name of a row.
        terms: The term for each other column; columns without one become remarks.
        law: What precedes the citation in its column, as "15 CFR ".
        cited: The column that holds the citation.
        whole: Columns that hold a whole number.
    """

    table: str
    kind: URIRef
    key: str
    label: str
    terms: Mapping[str, URIRef]
    law: str = ""
    cited: str = "citation"
    whole: frozenset[str] = field(default_factory=frozenset)

    def __call__(self, row: Row) -> Iterator[Statement]:
        """Yield the node of one row."""
        key = filled(row, self.key)
        this = node(self.table, key)
        yield this, RDF.type, self.kind
        yield this, RDFS.label, filled(row, self.label)
        for column, term in self.terms.items():
            if column in self.whole:
                yield this, term, _number(row, column)
            else:
                yield from text(this, term, row, column)
        known = {*self.terms, *_OWN, self.key, self.label, self.cited}
        yield from remarks(this, row, *(column for column in row if column not in known))
        yield from origin(this, row, key, f"{self.law}{row[self.cited]}")


def _number(row: Row, column: str) -> int:
    if not row[column].isdecimal():
        raise RecordError(f"`{row[column]}` in `{column}` is no whole number", help="write digits alone")
    return int(row[column])


licence_clocks = Mapped(
    "licence_clocks", CLEW.Clock, "id", "process",
    {
        "authority": CLEW.authority, "jurisdiction": CLEW.jurisdiction, "starts_at": CLEW.startsAt,
        "duration": CLEW.duration, "unit": CLEW.durationUnit, "effect": CLEW.effect,
    },
    cited="statute", whole=frozenset({"duration"}),
)  # fmt: skip

document_requirements = Mapped(
    "document_requirements", CLEW.DocumentRequirement, "id", "document",
    {
        "regime": CLEW.jurisdiction, "when_required": CLEW.condition, "minimum_fields": CLEW.minimumFields,
        "retention": CLEW.retention,
    },
    cited="source",
)  # fmt: skip

us_licence_exceptions = Mapped(
    "us_licence_exceptions", CLEW.LicenceException, "symbol", "title",
    {"symbol": SKOS.notation, "gist": CLEW.condition}, law="15 CFR ", cited="section",
)  # fmt: skip

us_fdp_rules = Mapped(
    "us_fdp_rules", CLEW.ForeignProductRule, "rule_id", "name",
    {
        "item_scope": CLEW.itemScope, "input_scope": CLEW.inputScope, "reach_type": CLEW.reachType,
        "reach": CLEW.reach,
    },
    law="15 CFR ", cited="paragraph",
)  # fmt: skip

us_general_prohibitions = Mapped(
    "us_general_prohibitions",
    CLEW.GeneralProhibition,
    "gp",
    "title",
    {"kg_trigger": CLEW.condition},
    law="15 CFR ",
    cited="cfr",
)

eu_russia_833_2014_provisions = Mapped(
    "eu_russia_833_2014_provisions", CLEW.SanctionsProvision, "id", "scope",
    {"annex": CLEW.annex, "measure": CLEW.measure},
)  # fmt: skip

red_flags = Mapped(
    "red_flags", CLEW.RedFlag, "flag_id", "text",
    {"machine_condition": CLEW.condition, "facts_needed": CLEW.factsNeeded}, cited="source",
)  # fmt: skip


_catalogue = Mapped(
    "rule_catalogue", CLEW.CatalogueEntry, "rule_id", "title",
    {"regime": CLEW.jurisdiction, "trigger_facts": CLEW.condition},
)  # fmt: skip


def rule_catalogue(row: Row) -> Iterator[Statement]:
    """Yield an entry of the catalogue: the rule it stands for, whether or not that is written, and its severity.

    A rule that was suspended before its first day was never in force; its days are kept as remarks and make no window.
    """
    yield from _catalogue(row)
    this = node("rule_catalogue", row["rule_id"])
    yield this, CLEW.severity, mint("severity", filled(row, "severity"))
    yield this, RDFS.seeAlso, mint("rule", row["rule_id"])
    first, until = day(row, "valid_from"), day_after(row, "valid_to")
    if first and until and until <= first:
        yield from remarks(this, row, "valid_from", "valid_to")
    else:
        yield from window(this, first, until)
