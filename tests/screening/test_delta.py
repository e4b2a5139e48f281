"""Screening only what changed finds exactly what screening everything again would find."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from clew.ontology import mint
from clew.reasoner.screening import Query, Screener, Subject, alerts, delta
from clew.reasoner.screening.subject import Name

WORDS = ("Rosneft", "Trading", "Argument", "Volga", "Petrov", "Ivan", "Hassan", "Muhammad", "Delta", "Sigma")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(" ".join)
LISTS = st.dictionaries(st.integers(0, 12), NAMES, min_size=1, max_size=9)
STORED = [Query(name, key=name) for name in ("Rosneft Trading", "Ivan Petrov", "Muhammad Hassan", "Sigma", "Argumment")]


def subjects(names: dict[int, str]) -> list[Subject]:
    made = []
    for number, name in sorted(names.items()):
        entity = mint("us-sdn", str(number))
        made.append(Subject(entity, name, "", (Name(mint("us-sdn", str(number), part="name-1"), name, "primary"),)))
    return made


@settings(max_examples=60, deadline=None)
@given(LISTS, LISTS)
def test_a_delta_equals_a_full_screening(before: dict[int, str], after: dict[int, str]) -> None:
    previous = Screener.of(subjects(before))
    current = Screener.of(subjects(after), previous.rarity)
    old, new = alerts(previous, STORED), alerts(current, STORED)
    found = delta(previous, current, STORED)
    assert not found.complete
    assert {(m.query.key, m.entity) for m in found.new} == new.keys() - old.keys()
    assert {(m.query.key, m.entity) for m in found.gone} == old.keys() - new.keys()
    same = {key for key in old.keys() & new.keys() if old[key].score != new[key].score}
    assert same <= {(m.query.key, m.entity) for m in found.changed}


def test_a_changed_customer_is_screened_against_everything() -> None:
    screener = Screener.of(subjects({1: "Rosneft Trading", 2: "Ivan Petrov"}))
    before, after = [Query("Somebody", key="c")], [Query("Ivan Petrof", key="c")]
    found = delta(screener, screener, after, before)
    assert [(match.query.key, match.label) for match in found.new] == [("c", "Ivan Petrov")]
    assert found.entries == 0


def test_a_customer_that_left_takes_its_alerts_along() -> None:
    screener = Screener.of(subjects({1: "Rosneft Trading"}))
    found = delta(screener, screener, [], [Query("Rosneft Trading", key="c")])
    assert [match.label for match in found.gone] == ["Rosneft Trading"]


def test_an_entry_that_changed_beside_its_name_is_a_changed_alert() -> None:
    one = subjects({1: "Rosneft Trading"})
    previous = Screener.of(one)
    current = Screener.of([replace(one[0], countries=("RU",))], previous.rarity)
    found = delta(previous, current, [Query("Rosneft Trading", key="c")])
    assert [match.label for match in found.changed] == ["Rosneft Trading"]


def test_another_rarity_of_words_means_screening_everything() -> None:
    previous = Screener.of(subjects({1: "Rosneft Trading"}))
    current = Screener.of(subjects({1: "Rosneft Trading", 2: "Rosneft Volga"}))
    found = delta(previous, current, STORED)
    assert found.complete
    assert found.entries == 2
