"""The words: the OWL modules, their terms, the reference tables of law, and how IRIs are minted."""

from .iri import BASE, curie, mint, token, uncurie
from .vocab import CLEW

__all__ = ["BASE", "CLEW", "curie", "mint", "token", "uncurie"]
