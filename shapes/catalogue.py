"""The catalogue of policy rules: one Turtle file a rule, read, checked and kept as a value.

A rule is law or practice as data: its pattern, where the law stands, what it asks for, in which periods it is in which
state of law, and how a finding is told. One malformed file never takes the others with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

from ..errors import RuleError
from .rule import LEGAL_STATUSES, SEVERITIES, MissingFact, Rule, Validity
from .rulefile import PREFIXES, read_rule


def packaged() -> Path:
    """Return the folder with the rules that come with Clew."""
    return Path(str(resources.files(__package__).joinpath("policy")))


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules that come with Clew, in order of their ids.

    Raises:
        RuleError: A rule file is not well formed.
    """
    found, errors = load_rules(packaged())
    if errors:
        raise errors[0]
    return found


@cache
def rules_version() -> str:
    """Return the version of the packaged rules: the day of the latest verification and a hash over all rule files."""
    return version_of(rules())


def version_of(rules: Iterable[Rule]) -> str:
    """Return the version of a set of rules: the day of the latest verification and a hash over all rule files."""
    found = sorted(rules, key=lambda rule: rule.id)
    digest = hashlib.sha256("".join(f"{rule.id} {rule.version}\n" for rule in found).encode())
    latest = max(period.verified_on for rule in found for period in rule.validity)
    return f"{latest.isoformat()}+{digest.hexdigest()[:12]}"


def load_rules(folder: Path) -> tuple[tuple[Rule, ...], tuple[RuleError, ...]]:
    """Return the well formed rules of a folder in order of their ids, and one error for each file that is not.

    Args:
        folder: A folder of Turtle files; `prefixes.ttl` declares prefixes and is no rule.
    """
    found: dict[str, Rule] = {}
    errors = []
    for path in sorted(folder.rglob("*.ttl")):
        if path.name == PREFIXES.name:
            continue
        try:
            rule = read_rule(path)
            if rule.id in found:
                raise RuleError(f"the id `{rule.id}` is taken", where=str(path), help="give the rule an id of its own")
            found[rule.id] = rule
        except RuleError as error:
            errors.append(error)
    return tuple(found[id] for id in sorted(found)), tuple(errors)


__all__ = [
    "LEGAL_STATUSES",
    "SEVERITIES",
    "MissingFact",
    "Rule",
    "Validity",
    "load_rules",
    "packaged",
    "read_rule",
    "rules",
    "rules_version",
    "version_of",
]
