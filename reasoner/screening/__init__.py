"""Name screening: find the listed party behind any spelling, and say why.

`Screener` is the face of the package; `Query` is what it is asked and `Match` what it answers.
"""

from .decisions import Decision, Ledger, open_matches
from .delta import Delta, alerts, delta
from .explain import derivation, sentence, statements, to_json
from .features import Feature
from .match import Match
from .score import Band
from .screener import Screener
from .subject import Number, Query, Subject

__all__ = [
    "Band",
    "Decision",
    "Delta",
    "Feature",
    "Ledger",
    "Match",
    "Number",
    "Query",
    "Screener",
    "Subject",
    "alerts",
    "delta",
    "derivation",
    "open_matches",
    "sentence",
    "statements",
    "to_json",
]
