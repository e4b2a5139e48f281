"""From a SHACL rule to SPARQL: one query over all transactions at once, and one for a single transaction.

Both find what a SHACL engine finds, and both project every variable of the rule's pattern, so that a solution holds all
that a proof needs. They differ in how they ask for what must be absent: over all transactions as `MINUS`, which the
engine joins once, and for one transaction as `NOT EXISTS`, which it looks up. Each is quadratic in the other's place
(figures: `benchmarks/bench_rules.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rdflib import RDF, URIRef

from ..dataset import Dataset, Row
from .group import Group, Triple, bound, written
from .parse import parse_select
from .rewrite import THIS, anchored, apart, in_order, in_steps, joined_absences
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule as SPARQL.

    Attributes:
        free: The query over all transactions.
        bound: The query for one transaction, to be bound as `$this`.
    """

    free: str
    bound: str


def compile_rule(rule: Rule) -> Compiled:
    """Return the two queries of a rule."""
    return compile_select(rule.select, rule.target)


@lru_cache(maxsize=1024)
def compile_select(select: str, target: URIRef) -> Compiled:
    """Return the two queries for a query of a rule.

    Args:
        select: The query, with its prefixes.
        target: The class of the focus nodes.
    """
    where = in_order(parse_select(select).where)
    variables = dict.fromkeys((THIS, *bound(where)))
    head = f"SELECT DISTINCT {' '.join(map(written, variables))} WHERE "
    target_triple = Triple(THIS, RDF.type, target)
    free = Group((target_triple, *apart(joined_absences(where)).parts))
    single = Group((target_triple, *in_steps(anchored(where)).parts))
    return Compiled(head + free.text(), head + single.text())


def solutions(compiled: Compiled, data: Dataset, transaction: URIRef | None) -> list[Row]:
    """Return the solutions of a rule, each with every variable of its pattern that is bound.

    Args:
        compiled: The rule.
        data: The facts, with their closure and ownership verdicts.
        transaction: The focus node, or none for all transactions.
    """
    if transaction is None:
        return data.rows(compiled.free)
    return data.rows(compiled.bound, this=transaction)
