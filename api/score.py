"""The score: how the answers to published cases compare with what is expected of them.

Recall on pairs of rule and subject, rules that fired although they must not, the share of path tokens that the
explanations mention, and the decisions. What is still wrong is listed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..loaders.case import CaseDocument, read_cases
from ..reasoner.finding import Answer
from ..reasoner.render import answer_json
from .build import build
from .service import Service
from .store import home as home_at

Json = dict[str, Any]


@dataclass(slots=True)
class Score:
    """The comparison of answers with expectations, summed over cases."""

    decided: int = 0
    decisions: int = 0
    expected: int = 0
    found: int = 0
    tokens: int = 0
    mentioned: int = 0
    forbidden: int = 0
    statuses: int = 0
    statuses_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, case: str, expect: Mapping[str, Any], answer: Json) -> None:
        """Compare one answer with what its case expects."""
        if "decision" in expect:
            self._decision(case, expect["decision"], answer["decision"])
        self._findings(case, expect.get("findings") or [], answer["findings"])
        self._absent(case, expect.get("absent") or [], answer["findings"])
        self._ownership(case, expect.get("ownership") or {}, answer["ownership"])

    def _decision(self, case: str, wanted: str, given: str) -> None:
        self.decided += 1
        self.decisions += wanted == given
        if wanted != given:
            self.wrong.append(f"{case}: decision {given}, expected {wanted}")

    def _findings(self, case: str, wanted: Sequence[Json], given: Sequence[Json]) -> None:
        for one in wanted:
            self.expected += 1
            match = next((f for f in given if (f["rule"], f["subject"]) == (one["rule"], one["subject"])), None)
            path = [str(step) for step in one["path"]]
            self.tokens += len(path)
            if match is None or match["status"] == "not_in_force":
                self.wrong.append(f"{case}: {one['rule']} on {one['subject']} not found")
                continue
            self.found += 1
            missing = [step for step in path if step not in match["path"]]
            self.mentioned += len(path) - len(missing)
            if missing:
                self.wrong.append(f"{case}: path of {one['rule']} lacks {', '.join(missing)}: {match['path']}")

    def _absent(self, case: str, absent: Sequence[str], given: Sequence[Json]) -> None:
        for found in given:
            if found["rule"] in absent and found["status"] != "not_in_force":
                self.forbidden += 1
                self.wrong.append(f"{case}: {found['rule']} fired on {found['subject']}, must not")

    def _ownership(self, case: str, wanted: Mapping[str, Mapping[str, str]], given: Json) -> None:
        for regime, parties in wanted.items():
            for party, status in parties.items():
                self.statuses += 1
                got = given.get(regime, {}).get(party, {}).get("status", "none")
                self.statuses_right += got == status
                if got != status:
                    self.wrong.append(f"{case}: {regime} says {got} of {party}, expected {status}")

    def lines(self) -> list[str]:
        """Return the figures, one a line, then what is wrong."""
        figures = [
            ("decisions right", self.decisions, self.decided),
            ("findings found", self.found, self.expected),
            ("path tokens mentioned", self.mentioned, self.tokens),
            ("ownership statuses right", self.statuses_right, self.statuses),
        ]
        shown = [f"{name}: {part} of {whole}" for name, part, whole in figures if whole]
        return [*shown, f"rules that fired and must not: {self.forbidden}", *(f"  {line}" for line in self.wrong)]


def score(service: Service, cases: Sequence[CaseDocument]) -> Score:
    """Answer cases and compare the answers with what the cases expect."""
    total = Score()
    for case in cases:
        answer: Answer = service.answer(case)
        total.add(case.id, case.raw.get("expect") or {}, answer_json(answer))
    return total


def law_only(folder: Path) -> Service:
    """Return a service over a release that holds the law and no party."""
    return Service(build(home_at(folder), date.today()).release)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(files: tuple[Path, ...]) -> None:
    """Print the score of case files; without a file, of the published cases beside the checkout and our own."""
    root = Path(__file__).resolve().parent.parent
    beside = sorted((root.parent / "shared" / "data" / "cases").glob("*.yaml"))
    chosen = files or (*beside, *sorted((root / "tests" / "cases").glob("*")))
    with tempfile.TemporaryDirectory() as folder:
        service = law_only(Path(folder))
        for file in chosen:
            click.secho(f"{file.name}", bold=True)
            for line in score(service, read_cases(file)).lines():
                click.echo(f"  {line}")


if __name__ == "__main__":
    main()
