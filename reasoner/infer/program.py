"""Compiling an ontology: its axioms as rows, and the rows as two programs for the rule engine Nemo.

No word of the data or of the ontology ever stands in a program: terms are numbers, and the numbers come from files.
The program for a case is always the same eleven rules, with the axioms as tables beside the facts, so that it is parsed
once and every case costs milliseconds. The program for a release has one rule for each row and one predicate for each
class and property, which is faster over many facts (measured in docs/inference.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import BNode, Graph, URIRef

from ...ontology.modules import ontology_graph
from .axioms import Axioms, Skipped
from .linear import linear
from .templates import SUB_PROPERTY, TEMPLATES, Axiom, Row, Template, Term, key

LITERAL = 0  # the number of any literal whose characters play no part in a conclusion


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """An ontology, ready to reason with.

    Attributes:
        program: The Nemo program that closes a release.
        axioms: The axioms that make something follow.
        skipped: The axioms that do not, each with the reason.
        rows: The axioms taken apart.
        numbers: The number of each class, property and individual that the rows name, by `key`.
        terms: The terms by their number.
        classes: The numbers that facts about classes are given under.
        properties: The numbers that facts about properties are given under; a transitive one by its single steps.
        steps: For each transitive property, the name that its single steps go by.
        shown: For each such name, the property.
        literals: The properties that have literals as values.
        carried: Those whose literals pass to another property, or come from one.
    """

    program: str
    axioms: tuple[Axiom, ...]
    skipped: tuple[Skipped, ...]
    rows: tuple[Row, ...]
    numbers: dict[str, int]
    terms: tuple[Term | None, ...]
    classes: dict[URIRef, int]
    properties: dict[URIRef, int]
    steps: dict[URIRef, BNode]
    shown: dict[BNode, URIRef]
    literals: frozenset[URIRef]
    carried: frozenset[URIRef]

    def number(self, term: Term) -> int:
        """Return the number of a class, property or individual of the ontology."""
        return self.numbers[key(term)]

    def shows(self, number: int) -> URIRef | None:
        """Return the class or property that facts with a number are about; none for a part without a name."""
        term = self.terms[number]
        return term if isinstance(term, URIRef) else self.shown.get(term) if term is not None else None

    def entry(self, number: int) -> int:
        """Return the number that facts about the property with a number are given under."""
        term = self.terms[number]
        return self.properties.get(term, number) if isinstance(term, URIRef) else number


def compile_ontology(graph: Graph) -> Compiled:
    """Return the axioms of an ontology as rules, and a report of the axioms that give none.

    What follows is in docs/inference.md; the rules are those of OWL 2 RL (OWL 2 Profiles, section 4.3) without the
    ones that merge things, check constraints or reason about the ontology itself.

    Args:
        graph: The ontology; its individuals are not read.
    """
    reader = Axioms(graph)
    plain, skipped = reader.read()
    rows, shown = linear(plain)
    steps = {term: step for step, term in shown.items()}
    literals = frozenset(term for term in reader.datatypes if isinstance(term, URIRef))
    passed = {str(term) for row in rows if row.template is SUB_PROPERTY for term in row.terms}
    every = sorted({term for row in rows for term in row.terms}, key=key)
    numbers = {key(term): number for number, term in enumerate(every, LITERAL + 1)}
    return Compiled(
        program=_program(rows, numbers),
        axioms=tuple(dict.fromkeys(row.axiom for row in rows if row.axiom and _sayable(row, shown))),
        skipped=skipped,
        rows=rows,
        numbers=numbers,
        terms=(None, *every),
        classes={term: numbers[key(term)] for term in _named(rows, 0)},
        properties={term: numbers[key(steps.get(term, term))] for term in _named(rows, 1)},
        steps=steps,
        shown=shown,
        literals=literals,
        carried=frozenset(term for term in literals if str(term) in passed),
    )


def _named(rows: tuple[Row, ...], values: int) -> set[URIRef]:
    """Return the named classes (no value in their facts) or properties (one value)."""
    atoms = ((row, atom) for row in rows for atom in (row.template.head, *row.template.body))
    terms = {row.term(atom[0]) for row, atom in atoms if len(atom) == values + 2}
    return {term for term in terms if isinstance(term, URIRef)}


def _sayable(row: Row, shown: dict[BNode, URIRef]) -> bool:
    return isinstance(row.head, URIRef) or row.head in shown


@cache
def packaged() -> Compiled:
    """Return the ontology of this package, compiled once for the process."""
    return compile_ontology(ontology_graph())


def letter(atom: tuple[str, ...]) -> str:
    """Return the predicate of an atom: `c` of a class and a thing, `p` of a property and two things."""
    return "c" if len(atom) == 2 else "p"


def case_rules() -> str:
    """Return the rules of the program for a case: the axioms are facts in it, and the fact names the axiom."""
    return "".join(f"{_case_rule(template)}\n" for template in TEMPLATES)


def _case_rule(template: Template) -> str:
    def written(atom: tuple[str, ...]) -> str:
        return f"{letter(atom)}({', '.join(f'?{name}' for name in atom)})"

    table = f"{template.name}({', '.join(f'?{name}' for name in template.parameters)})"
    return f"{written(template.head)} :- {', '.join([table, *map(written, template.body)])} ."


def _program(rows: tuple[Row, ...], numbers: dict[str, int]) -> str:
    """Return the program for a release: predicate `p7` holds the pairs of the property with number 7."""
    rules = dict.fromkeys(_rule(row, numbers) for row in rows)
    # Without an output Nemo 0.10 narrows predicates, and gets some of them wrong (knowsys/nemo issue 792).
    outputs = dict.fromkeys(f"@output {rule.partition('(')[0]} ." for rule in rules)
    return "\n".join([*rules, *outputs, ""])


def _rule(row: Row, numbers: dict[str, int]) -> str:
    """Return one rule; an individual is a variable with a predicate `k` that holds for it alone."""

    def written(atom: tuple[str, ...]) -> str:
        return f"{letter(atom)}{numbers[key(row.term(atom[0]))]}({', '.join(f'?{name}' for name in atom[1:])})"

    single = [f"k{numbers[key(row.term('a'))]}(?a)"] if "a" in row.template.parameters else []
    return f"{written(row.template.head)} :- {', '.join([*map(written, row.template.body), *single])} ."


def individuals(compiled: Compiled) -> Iterator[int]:
    """Yield the numbers of the individuals that axioms name, in order."""
    yield from sorted({compiled.number(row.term("a")) for row in compiled.rows if "a" in row.template.parameters})
