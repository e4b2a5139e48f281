"""What the tests of the case loader say to each other: types, prefixes, and IRIs as they read best."""

from collections.abc import Callable

from clew.dataset import Row
from clew.loaders.case import CaseDocument, case_statements
from clew.statements import Value

Load = Callable[[str], CaseDocument]
Ask = Callable[[CaseDocument, str], list[Row]]

PREFIXES = """
PREFIX clew: <https://w3id.org/clew/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def short(value: Value) -> Value:
    """Return an IRI without the base, anything else as it is."""
    return str(value).removeprefix("https://w3id.org/clew/") if isinstance(value, str) else value


def said(case: CaseDocument) -> set[tuple[str, str, Value]]:
    """Return what a case says, with IRIs without the base and nodes of the case by their ids."""
    return {
        (str(short(subject)).removeprefix(f"case/{case.id}#"), str(short(predicate)).removeprefix("ns#"), _local(value))
        for subject, predicate, value in case_statements(case)
    }


def _local(value: Value) -> Value:
    text = short(value)
    return text.partition("#")[2] if isinstance(text, str) and text.startswith("case/") and "#" in text else text
