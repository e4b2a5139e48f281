"""The words: the OWL modules, their terms, the reference tables of law, and how IRIs are minted."""

from .iri import BASE, curie, mint, token, uncurie
from .modules import ONTOLOGY_VERSION, alignment_files, module_files, ontology_graph, values_of
from .vocab import CLEW

__all__ = [
    "BASE",
    "CLEW",
    "ONTOLOGY_VERSION",
    "alignment_files",
    "curie",
    "mint",
    "module_files",
    "ontology_graph",
    "token",
    "uncurie",
    "values_of",
]
