"""How far rules reach: military end user items, de minimis levels, subsidiaries abroad, goods of a business."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, RDFS
from rdflib.namespace import SKOS

from ...ontology import CLEW, mint
from ...statements import Statement
from .cells import Row, filled, node, origin, place, remarks, row_window, share, text
from .codes import entry, entry_statements

_LIST = "US"  # the key of the Commerce Control List in control_lists.csv


def us_744_supp2(row: Row) -> Iterator[Statement]:
    """Yield an entry that needs a licence for a military end use or end user in the places the rule names."""
    code = filled(row, "eccn")
    this = node("us_744_supp2", code)
    yield from entry_statements(_LIST, code)
    yield this, RDF.type, CLEW.Instrument
    yield this, RDFS.label, f"{filled(row, 'citation')}: {code}"
    yield this, CLEW.controlsEntry, entry(_LIST, code)
    yield this, CLEW.jurisdiction, _LIST
    yield this, CLEW.legalStatus, mint("legal", "in_force")
    yield from remarks(this, row, "remark")
    yield from row_window(this, row)
    yield from origin(this, row, code, filled(row, "citation"))


def us_de_minimis(row: Row) -> Iterator[Statement]:
    """Yield the share of US content that goods made abroad may hold, with what the level is limited to."""
    this = node("us_de_minimis", filled(row, "id"))
    paragraph = filled(row, "paragraph")
    yield this, RDF.type, CLEW.ContentLevel
    yield this, RDFS.label, f"de minimis level of {paragraph}: {row['ceiling_percent']} percent"
    yield this, CLEW.contentCeiling, share(row, "ceiling_percent")
    if row["eccn"]:
        yield from entry_statements(_LIST, row["eccn"])
        yield this, CLEW.forEntry, entry(_LIST, row["eccn"])
    if row["group"]:
        yield this, CLEW.forGroup, mint("group", row["group"])
    if row["end_use"]:
        yield this, CLEW.forEndUse, mint("end_use", row["end_use"])
    yield from text(this, CLEW.condition, row, "condition")
    yield from row_window(this, row)
    yield from origin(this, row, paragraph, f"15 CFR {paragraph}")


def us_subsidiary_reach(row: Row) -> Iterator[Statement]:
    """Yield that dealings with a place are also forbidden to entities abroad in which persons hold such a share."""
    this = node("us_subsidiary_reach", filled(row, "id"))
    yield this, RDF.type, CLEW.SubsidiaryReach
    yield this, RDFS.label, f"{filled(row, 'citation')}: {row['iso2']}"
    yield this, CLEW.forPlace, place(filled(row, "iso2"))
    yield this, CLEW.shareMinimum, share(row, "least_percent")
    yield from row_window(this, row)
    yield from origin(this, row, row["id"], row["citation"])


def business_activities(row: Row) -> Iterator[Statement]:
    """Yield the chapters of the Harmonized System that go with a business; none for one that deals in no goods."""
    activity = filled(row, "activity")
    this = node("business_activities", activity)
    yield this, RDF.type, CLEW.ReferenceRow
    yield this, RDFS.label, filled(row, "label")
    yield this, SKOS.notation, activity
    for chapter in row["hs_chapters"].split():
        yield this, SKOS.related, mint("hs", chapter)
    yield from remarks(this, row, "isic")
    yield from origin(this, row, activity, f"ISIC Rev. 4, {row['isic']}")
