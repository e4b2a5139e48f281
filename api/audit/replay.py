"""Making a decision again: the kept case, on its release, by its rules, and whether each byte is the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ...errors import ReleaseError
from ...loaders.case import case_from_mapping
from ...reasoner.check import Checker
from ...reasoner.render import answer_json
from ...reasoner.workbench import Workbench
from ...release import Release, open_release
from ...shapes.catalogue import load_rules, version_of
from ..service import question
from .chain import Entry
from .decision import Decided, digest, engine_version
from .ledger import Ledger

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of making a decision again.

    Attributes:
        entry: The decision.
        identical: Whether the answer is the same to the byte.
        changed: What it was made from then and now, where that differs: name, then, now.
        answer: The answer now.
    """

    entry: Entry
    identical: bool
    changed: tuple[tuple[str, str, str], ...]
    answer: Json

    def words(self) -> str:
        """Return the outcome as one sentence."""
        id = str(self.entry.about["id"])[:16]
        changes = "; ".join(f"{name} was {then}, is {now}" for name, then, now in self.changed)
        if self.identical:
            return f"decision {id}: byte-identical" + (f" ({changes})" if changes else "")
        reason = changes or "nothing it was made from; the files of the release or the machine differ"
        return f"decision {id}: the answer differs; what changed: {reason}"


def replay(ledger: Ledger, releases: Path, id: str) -> Replayed:
    """Make a decision of the log again.

    Raises:
        NotFoundError: The decision, its case, its release or its rules are not there.
        ReleaseError: The release is not as it was built, or the kept rules cannot be read.
    """
    entry = ledger.find(id)
    then = entry.about
    raw = ledger.input(then["input"])
    checker = _checker(ledger, _release(releases, then["release"]), then["rules_version"])
    strict = then["reading"] == "strict"
    case = case_from_mapping(raw, strict=strict, as_of=date.fromisoformat(then["as_of"]))
    answer = answer_json(checker.check(question(case)))
    now = Decided(raw, strict, answer, engine_version()).ground
    changed = tuple((name, str(then[name]), str(now[name])) for name in now if then[name] != now[name])
    return Replayed(entry, digest(answer) == then["answer"], changed, answer)


def _release(root: Path, id: str) -> Release:
    release = open_release(root, id)
    if (release.id, len(release.data)) != (id, release.manifest.statements):
        raise ReleaseError(f"the release `{id}` is not as it was built", help="restore it from a copy")
    return release


def _checker(ledger: Ledger, release: Release, version: str) -> Checker:
    rules, errors = load_rules(ledger.rules(version))
    if errors:
        raise ReleaseError(f"the kept rules `{version}` cannot be read: {errors[0]}", help="restore them from a copy")
    return Checker(Workbench(release), rules, version_of(rules))


def described(done: Replayed) -> Mapping[str, Any]:
    """Return the outcome as JSON."""
    return {
        "decision_id": done.entry.about["id"],
        "identical": done.identical,
        "changed": [{"part": name, "then": then, "now": now} for name, then, now in done.changed],
        "decided": done.entry.time,
        "who": done.entry.who,
    }
