"""Searching for the reason of one fact, from the fact backwards.

The search asks only for what could give the fact. Every question is asked once and kept with its answers (tabling), so
it ends on cyclic data, and it finds a reason whenever there is one. What is given is read a handful at a time, turn by
turn, so that a place with a million addresses does not hold up a search that another statement settles.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from .templates import Row

Thing = Hashable
Fact = tuple[Thing, ...]  # a class and a thing, or a property and two things
Question = tuple[Thing | None, ...]  # a fact with nothing in the places that are asked for
Reason = tuple[Row | None, tuple[Fact, ...]]  # the row that gives a fact and its premises; no row when it is given

_HANDFUL = 32


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row with its terms in the form that facts have; a `str` is a variable."""

    row: Row
    head: tuple[Thing, ...]
    body: tuple[tuple[Thing, ...], ...]


Rules = dict[tuple[Thing, int], list[Rule]]  # by what they conclude and its number of places


@dataclass(slots=True, eq=False)
class _Table:
    """A question: its answers so far, the rules that wait for more, and what is still to be read."""

    question: Question
    unread: Iterator[Fact]
    answers: dict[Fact, None] = field(default_factory=dict)
    waiting: list[_Partial] = field(default_factory=list)
    resting: bool = False

    def open(self) -> bool:
        """Return whether another answer would be news."""
        return None in self.question or not self.answers


@dataclass(frozen=True, slots=True, eq=False)
class _Partial:
    """A rule on its way: the values of its variables, and the premises found by their place."""

    rule: Rule
    target: _Table
    values: Mapping[str, Thing]
    found: Mapping[int, Fact]
    place: int = -1  # of the premise it waits for


class Search:
    """Searches for the reason of one fact.

    Attributes:
        reasons: For every fact met, the first reason found; reasons never go in a circle.
    """

    def __init__(self, rules: Rules, given: Callable[[Question], Iterator[Fact]]) -> None:
        """Prepare a search.

        Args:
            rules: The rules that may give a fact.
            given: Returns the facts that are given and fit a question.
        """
        self.reasons: dict[Fact, Reason] = {}
        self._rules = rules
        self._given = given
        self._tables: dict[Question, _Table] = {}
        self._work: deque[tuple[_Partial, Fact | None]] = deque()
        self._reading: deque[_Table] = deque()

    def find(self, goal: Fact) -> bool:
        """Return whether a fact follows; its reason and those of its premises are then in `reasons`."""
        self._ask(goal)
        while goal not in self.reasons and (self._work or self._reading):
            if self._work:
                self._advance(*self._work.popleft())
            else:
                self._read(self._reading.popleft(), goal)
        return goal in self.reasons

    def _ask(self, question: Question) -> _Table:
        table = self._tables.get(question)
        if table is None:
            table = self._tables[question] = _Table(question, self._given(question))
            self._reading.append(table)
            for rule in self._rules.get((question[0], len(question)), ()):
                values = _match(rule.head, question)
                if values is not None:
                    self._work.append((_Partial(rule, table, values, {}), None))
        return table

    def _advance(self, partial: _Partial, fact: Fact | None) -> None:
        """Take a rule one premise further: with the fact it waited for, or from its start."""
        if not partial.target.open():
            return
        values, found = partial.values, partial.found
        if fact is not None:
            values = {**values, **(_match(partial.rule.body[partial.place], fact) or {})}
            found = {**found, partial.place: fact}
        left = [place for place in range(len(partial.rule.body)) if place not in found]
        if not left:
            premises = tuple(found[place] for place in range(len(found)))
            self._answer(partial.target, _filled(partial.rule.head, values), (partial.rule.row, premises))
            return
        questions = {place: _filled(partial.rule.body[place], values) for place in left}
        place = min(left, key=lambda place: questions[place].count(None))
        self._wait(self._ask(questions[place]), _Partial(partial.rule, partial.target, values, found, place))

    def _wait(self, table: _Table, partial: _Partial) -> None:
        table.waiting.append(partial)
        self._work.extend((partial, fact) for fact in table.answers)
        if table.resting:
            table.resting = False
            self._reading.append(table)

    def _answer(self, table: _Table, fact: Fact, reason: Reason) -> None:
        self.reasons.setdefault(fact, reason)
        if fact not in table.answers:
            table.answers[fact] = None
            self._work.extend((partial, fact) for partial in table.waiting)

    def _read(self, table: _Table, goal: Fact) -> None:
        """Read a handful of what is given; a table that nobody needs now rests until somebody asks again."""
        if not table.open():
            return
        if table.question != goal and not any(partial.target.open() for partial in table.waiting):
            table.resting = True
            return
        facts = list(islice(table.unread, _HANDFUL))
        for fact in facts:
            self._answer(table, fact, (None, ()))
        if len(facts) == _HANDFUL:
            self._reading.append(table)


def _match(atom: tuple[Thing, ...], fact: Question) -> dict[str, Thing] | None:
    """Return the values that make an atom fit a fact as far as it is known, or nothing when none do."""
    values: dict[str, Thing] = {}
    for letter, thing in zip(atom, fact, strict=True):
        if thing is None:
            continue
        if not isinstance(letter, str):
            if letter != thing:
                return None
        elif values.setdefault(letter, thing) != thing:
            return None
    return values


def _filled(atom: tuple[Thing, ...], values: Mapping[str, Thing]) -> Question:
    return tuple(values.get(letter) if isinstance(letter, str) else letter for letter in atom)
