"""The worked examples of the regulators come out as the regulators say."""

from datetime import date
from pathlib import Path

import yaml

from clew.reasoner.ownership import assess, read
from clew.tests.ownership.worlds import fact, party, regime, world


def test_every_worked_example_of_a_regulator_has_its_status(shared: Path) -> None:
    cases = yaml.safe_load((shared / "cases" / "ownership_examples.yaml").read_text(encoding="utf8"))["cases"]
    assert len(cases) >= 18
    for case in cases:
        assessment = assess(read(world(case), date.fromisoformat(str(case["as_of"]))))
        for name, parties in case["expect"]["ownership"].items():
            for short, status in parties.items():
                found = assessment.status(regime(name), party(short))
                assert found.status == status, (case["id"], name, short, found)
                proof = assessment.prove(regime(name), party(short), fact)
                assert proof.conclusion[2].endswith(status)
