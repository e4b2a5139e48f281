"""The OWL 2 RL closure: what the ontology makes follow from statements, each conclusion with its axioms."""

from .axioms import Skipped
from .bulk import INFERRED, close_files
from .engine import Closure, close
from .program import Compiled, compile_ontology, packaged
from .release import derive_from
from .templates import Axiom

__all__ = [
    "INFERRED",
    "Axiom",
    "Closure",
    "Compiled",
    "Skipped",
    "close",
    "close_files",
    "compile_ontology",
    "derive_from",
    "packaged",
]
