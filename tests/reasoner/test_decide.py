"""The gravest finding that stands decides, and what is only possible asks for a look."""

import pytest

from clew.ontology import CLEW, mint
from clew.reasoner.decide import decide, grade
from clew.reasoner.derivation import Fact, Origin
from clew.reasoner.finding import Finding, Status

NODE = mint("case", "x", part="t")
FACT = Fact((NODE, CLEW.remark, "x"), Origin(mint("graph", "case", "x")))


def finding(severity: str, status: Status = Status.CERTAIN) -> Finding:
    return Finding("R", NODE, NODE, status, severity, (), "", "in_force", FACT)


@pytest.mark.parametrize(
    ("severities", "decision", "level"),
    [
        ([], "proceed", 0),
        (["info"], "proceed", 1),
        (["caution"], "proceed_with_caution", 1),
        (["escalate"], "escalate", 1),
        (["escalate", "escalate"], "escalate", 2),
        (["duty", "escalate"], "block_until_fixed", 2),
        (["licence", "duty"], "licence_required", 2),
        (["escalate", "licence", "prohibit"], "prohibit", 3),
    ],
)
def test_the_gravest_decides(severities: list[str], decision: str, level: int) -> None:
    found = [finding(severity) for severity in severities]
    assert (decide(found), grade(found)) == (decision, level)


@pytest.mark.parametrize("severity", ["prohibit", "licence", "duty"])
def test_a_possible_finding_asks_for_a_look(severity: str) -> None:
    assert decide([finding(severity, Status.POSSIBLE)]) == "escalate"


@pytest.mark.parametrize("status", [Status.NOT_IN_FORCE, Status.COVERED])
def test_a_finding_that_does_not_stand_decides_nothing(status: Status) -> None:
    assert decide([finding("prohibit", status)]) == "proceed"
