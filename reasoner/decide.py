"""What findings come to together: the decision on a transaction and the level at which it is approved.

The lattice is an order of gravity: the gravest finding that stands decides. A finding that is merely possible asks for
a person to look, whatever it would ask for if it were certain.
"""

from __future__ import annotations

from collections.abc import Sequence

from .finding import Finding, Status

# What a finding of each severity asks for, gravest first.
LATTICE: tuple[tuple[str, str], ...] = (
    ("prohibit", "prohibit"),
    ("licence", "licence_required"),
    ("duty", "block_until_fixed"),
    ("escalate", "escalate"),
    ("caution", "proceed_with_caution"),
)
PROCEED = "proceed"
_ESCALATE = "escalate"
_STANDING = (Status.CERTAIN, Status.POSSIBLE)
_MANY_FLAGS = 2  # red flags from which two people look, as guidance on internal compliance programmes proposes


def decide(findings: Sequence[Finding]) -> str:
    """Return the decision that findings come to: the gravest that stands, or `proceed` when none does."""
    asked = {asks_for(finding) for finding in findings if finding.status in _STANDING}
    return next((decision for severity, decision in LATTICE if severity in asked), PROCEED)


def asks_for(finding: Finding) -> str:
    """Return the severity that counts: a finding that is only possible asks for a look."""
    grave = ("prohibit", "licence", "duty")
    return _ESCALATE if finding.status is Status.POSSIBLE and finding.severity in grave else finding.severity


def grade(findings: Sequence[Finding]) -> int:
    """Return the approval level, 0 to 3: record only, analyst, officer with a second pair of eyes, committee.

    No regime fixes these levels; guidance on internal compliance programmes (BIS Export Compliance Guidelines,
    Recommendation (EU) 2019/1318, MOFCOM guide of 2021) asks that there are such.
    """
    asked = [asks_for(finding) for finding in findings if finding.status in _STANDING]
    if "prohibit" in asked:
        return 3
    if "licence" in asked or "duty" in asked or asked.count(_ESCALATE) >= _MANY_FLAGS:
        return 2
    return 1 if asked else 0
