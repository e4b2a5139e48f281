"""What one check depends on, and the id that follows from it: the same question on the same ground, the same id."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ... import __version__
from ...reasoner.render import canonical

Json = dict[str, Any]

_ROOT = Path(__file__).parents[2]
_PARTS = ("loaders", "ontology", "queries", "reasoner", "shapes")  # what an answer is made by; rules have their own
_KINDS = (".py", ".rq", ".ttl", ".csv", ".json", ".yaml")
_ENGINES = ("nemo-python", "pyoxigraph", "rdflib")


@cache
def engine_version() -> str:
    """Return the version of everything that reasons: the package, a hash over its files, and over its engines."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _ENGINES).encode())
    files = [path for part in _PARTS for path in sorted((_ROOT / part).rglob("*")) if path.suffix in _KINDS]
    for path in sorted(_ROOT.glob("*.py")) + files:
        name = path.relative_to(_ROOT)
        if name.parts[:2] != ("shapes", "policy"):
            digest.update(name.as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(canonical(value).encode("utf8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Decided:
    """A check with everything its answer depends on.

    Attributes:
        input: The case as it was given.
        strict: Whether a part that is not well formed was refused; else it was set aside.
        answer: What was answered; it names the day, the release and the version of the rules.
        engine: The version of what reasoned.
    """

    input: Mapping[str, Any]
    strict: bool
    answer: Mapping[str, Any]
    engine: str

    @property
    def ground(self) -> Json:
        """Return what the answer depends on, each part by its name or hash."""
        return {
            "input": digest(self.input),
            "reading": "strict" if self.strict else "lenient",
            "as_of": self.answer["as_of"],
            "release": self.answer["release"],
            "rules_version": self.answer["rules_version"],
            "engine": self.engine,
        }

    @property
    def id(self) -> str:
        """Return the id of the decision."""
        return digest({**self.ground, "input": self.input})

    @classmethod
    def now(cls, input: Mapping[str, Any], answer: Mapping[str, Any], *, strict: bool) -> Decided:
        """Return a check that this process has just answered."""
        return cls(input, strict, answer, engine_version())
