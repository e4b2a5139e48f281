"""Cases in: YAML files and API bodies of schema kg-compliance-cases/v1 become statements about one deal."""

from .document import SCHEMA, CaseDocument, Problem, case_statements, with_as_of
from .read import case_from_mapping, read_cases
from .shares import format_share, parse_share

__all__ = [
    "SCHEMA",
    "CaseDocument",
    "Problem",
    "case_from_mapping",
    "case_statements",
    "format_share",
    "parse_share",
    "read_cases",
    "with_as_of",
]
