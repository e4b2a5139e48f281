"""The registers of names: party lists, control lists, the special words of control lists, identifier schemes."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, RDFS
from rdflib.namespace import DCTERMS, SKOS

from ...ontology import CLEW, mint
from ...statements import Statement
from .cells import Row, filled, node, origin, remarks, text, word
from .codes import control_list, entry, entry_statements


def party_lists(row: Row) -> Iterator[Statement]:
    """Yield a list of parties with its authority and the statement whether its entries are complete."""
    key = filled(row, "key")
    register = mint("list", key)
    yield register, RDF.type, CLEW.PartyList
    yield register, RDFS.label, filled(row, "label")
    yield register, CLEW.completeness, filled(row, "completeness")
    yield from text(register, CLEW.authority, row, "authority")
    yield from text(register, CLEW.jurisdiction, row, "jurisdiction")
    yield from text(register, SKOS.altLabel, row, "csl_source")
    yield from origin(register, row, key)


def control_lists(row: Row) -> Iterator[Statement]:
    """Yield a control list with its authority and the family of its entries."""
    key = filled(row, "key")
    register = mint("control-list", key)
    yield register, RDF.type, CLEW.ControlList
    yield register, RDFS.label, filled(row, "label")
    yield register, SKOS.notation, filled(row, "family")
    yield from text(register, CLEW.authority, row, "authority")
    yield from text(register, CLEW.jurisdiction, row, "jurisdiction")
    yield from text(register, SKOS.altLabel, row, "aliases")
    yield from remarks(register, row, "entry_pattern", "not_listed_words")
    yield from origin(register, row, key)


def control_list_words(row: Row) -> Iterator[Statement]:
    """Yield what a word means where a code is expected: an entry, as EAR99, or that nothing on the list fits."""
    this = node("control_list_words", filled(row, "list"), filled(row, "word"))
    yield this, RDF.type, CLEW.ReferenceRow
    yield this, RDFS.label, f"{row['list']}: {row['word']}"
    yield this, CLEW.remark, f"meaning: {word(row, 'meaning', ('entry', 'not_listed'))}"
    yield from origin(this, row, f"{row['list']} {row['word']}", row["citation"] or control_list(row["list"]).key)
    if row["meaning"] == "entry":
        yield from entry_statements(row["entry_list"], row["entry_code"])
        yield this, DCTERMS.relation, entry(row["entry_list"], row["entry_code"])


def identifier_schemes(row: Row) -> Iterator[Statement]:
    """Yield a numbering system, who issues its numbers, and whether an equal number means the same entity."""
    key = filled(row, "key")
    scheme = mint("scheme", key)
    yield scheme, RDF.type, CLEW.IdentifierScheme
    yield scheme, RDFS.label, filled(row, "label")
    yield scheme, CLEW.strongIdentifier, word(row, "strong", ("yes", "no")) == "yes"
    yield from text(scheme, CLEW.authority, row, "issuer")
    for name in filter(None, row["source_terms"].split("; ")):
        yield scheme, SKOS.altLabel, name
    yield from origin(scheme, row, key)
