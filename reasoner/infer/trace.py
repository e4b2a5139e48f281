"""From a trace of Nemo to steps.

A trace nests rules down to facts. In the program for a case every rule starts with the fact that is the axiom, so each
node of the trace names its axiom by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...statements import Statement
from .program import Compiled
from .steps import Step
from .templates import TEMPLATES, Row

Ids = tuple[int, ...]  # a fact in numbers: class and thing, or property and two things
Tables = dict[str, dict[Ids, Row]]

_FACT = re.compile(r"(\w+)\(([\d, ]+)\)")


def axiom_tables(compiled: Compiled) -> Tables:
    """Return the rows of an ontology by template and in numbers, as the tables of the program for a case."""
    tables: Tables = {template.name: {} for template in TEMPLATES}
    for row in compiled.rows:
        tables[row.template.name].setdefault(tuple(map(compiled.number, row.terms)), row)
    return tables


def steps(trace: dict[str, Any], tables: Tables, statement: Callable[[Ids], Statement | None]) -> Step:
    """Return the steps of a trace.

    Args:
        trace: `rule`, `assignment` and `subtraces`, down to `fact`.
        tables: The axioms in numbers.
        statement: Returns what a fact in numbers says; nothing for a part of an axiom that has no name.
    """
    done: dict[int, Step] = {}
    waiting = [trace]
    while waiting:  # without recursion, because a way can be long
        node = waiting[-1]
        below = _premises(node)
        missing = [each for each in below if id(each) not in done]
        if missing:
            waiting += missing
        else:
            done[id(waiting.pop())] = _step(node, tuple(done[id(each)] for each in below), tables, statement)
    return done[id(trace)]


def _premises(node: dict[str, Any]) -> list[dict[str, Any]]:
    below: list[dict[str, Any]] = node.get("subtraces", [])
    return below[1:]  # the first is the axiom


def _step(
    node: dict[str, Any], premises: tuple[Step, ...], tables: Tables, statement: Callable[[Ids], Statement | None]
) -> Step:
    if "fact" in node:
        return Step(statement(_read(node["fact"])[1]), None)
    row = _row(node, tables)
    values = dict(zip(row.template.parameters, _read(node["subtraces"][0]["fact"])[1], strict=True))
    values |= {name.removeprefix("?"): number for name, number in node["assignment"].items()}
    return Step(statement(tuple(values[name] for name in row.template.head)), row, premises)


def _row(node: dict[str, Any], tables: Tables) -> Row:
    name, numbers = _read(node["subtraces"][0]["fact"])
    return tables[name][numbers]


def _read(fact: str) -> tuple[str, Ids]:
    match = _FACT.fullmatch(fact)
    if match is None:
        raise ValueError(f"a trace holds {fact!r}")
    return match[1], tuple(int(number) for number in match[2].split(","))
