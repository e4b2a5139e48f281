"""The catalogue: what a rule holds, in which state of law it is, and that one bad file never takes others with it."""

from datetime import date
from pathlib import Path

import pytest

from clew.errors import RuleError
from clew.ontology import CLEW, mint
from clew.shapes.catalogue import load_rules, read_rule, rules, rules_version
from clew.shapes.rule import Rule, Validity

from .conftest import Write

PERIODS = (
    Validity(date(2025, 9, 29), date(2025, 11, 10), "in_force", date(2026, 11, 21)),
    Validity(date(2025, 11, 10), date(2026, 11, 10), "suspended", date(2026, 11, 21)),
    Validity(date(2026, 11, 10), None, "not_verified", date(2026, 11, 21)),
)


def rule(name: str) -> Rule:
    (found,) = (each for each in rules() if each.id == name)
    return found


def test_a_rule_holds_what_its_file_says(write: Write) -> None:
    read = read_rule(write())
    assert read.iri == mint("rule", "TEST-01")
    assert (read.id, read.regime, read.severity, read.target) == ("TEST-01", "TEST", "licence", CLEW.Transaction)
    assert read.evidence_path == ("{?value}", "list:US-EL")
    assert read.validity == (Validity(date(2025, 9, 29), None, "in_force", date(2026, 11, 21)),)


def test_the_query_of_a_rule_carries_the_prefixes_it_uses_and_no_others(write: Write) -> None:
    header = [line for line in read_rule(write()).select.split("\n") if line.startswith("PREFIX")]
    assert header == ["PREFIX clew: <https://w3id.org/clew/ns#>", "PREFIX list: <https://w3id.org/clew/list/>"]


def test_the_affiliates_rule_has_three_states_of_law() -> None:
    """90 FR 47201: in force from 2025-09-29, suspended from 2025-11-10, back by its own terms and not verified."""
    assert rule("US-EL-50-01").validity == PERIODS


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-09-28", "not_yet_effective"),
        ("2025-09-29", "in_force"),
        ("2025-11-09", "in_force"),
        ("2025-11-10", "suspended"),
        ("2026-11-09", "suspended"),
        ("2026-11-10", "not_verified"),
    ],
)
def test_the_state_of_law_follows_the_day(day: str, status: str) -> None:
    assert rule("US-EL-50-01").legal_status(date.fromisoformat(day)) == status


def test_a_rule_is_repealed_after_its_last_period(write: Write) -> None:
    path = write('clew:validFrom "2025-09-29"', 'clew:validUntil "2026-01-01"^^xsd:date ; clew:validFrom "2025-09-29"')
    assert read_rule(path).legal_status(date(2026, 1, 1)) == "repealed"


def test_a_rule_without_dates_is_in_force_on_any_day() -> None:
    assert rule("US-OFAC-SDN-01").legal_status(date(1990, 1, 1)) == "in_force"


def test_a_malformed_rule_does_not_disable_the_others(write: Write, tmp_path: Path) -> None:
    write()
    write("$this ?value", "?value", name="TEST-02")
    (tmp_path / "TEST-03.ttl").write_bytes(b"\xff\xfe")
    found, errors = load_rules(tmp_path)
    assert [each.id for each in found] == ["TEST-01"]
    assert [Path(error.where.partition(":")[0]).name for error in errors] == ["TEST-02.ttl", "TEST-03.ttl"]


def test_two_rules_cannot_have_one_id(write: Write, tmp_path: Path) -> None:
    path = write()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "TEST-01.ttl").write_bytes(path.read_bytes())
    found, errors = load_rules(tmp_path)
    assert len(found) == 1
    assert "is taken" in errors[0].message


def test_the_packaged_rules_are_well_formed_and_in_order_of_their_ids() -> None:
    names = [each.id for each in rules()]
    assert names == sorted(names)
    assert len(names) == len(set(names)) >= 32


def test_the_version_tells_the_day_of_the_last_look_and_a_hash_of_all_rules() -> None:
    day, _, digest = rules_version().partition("+")
    assert date.fromisoformat(day) >= max(period.verified_on for period in PERIODS)
    assert len(digest) == 12


def test_a_changed_file_has_another_version(write: Write) -> None:
    assert read_rule(write()).version != read_rule(write("1 CFR 1.1", "1 CFR 1.2")).version


def test_a_rule_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        read_rule(tmp_path / "absent.ttl")
