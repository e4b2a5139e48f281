"""What the tests of the rules share."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import rdflib.plugins.sparql.processor as processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery


@pytest.fixture(autouse=True, scope="session")
def _each_query_is_parsed_once() -> Iterator[None]:
    """Let rdflib, and pySHACL on it, keep what they made of a query; parsing takes longer than running here."""

    @cache
    def prepared(text: str) -> Any:
        return translateQuery(parseQuery(text))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", _in_one_order)
        patch.setattr(processor, "translateQuery", lambda text, base=None, names=None: prepared(text))
        yield


def _in_one_order(query: str) -> str:
    """Return a query with its prefixes in order; pySHACL writes them as they come out of a set."""
    lines = query.split("\n")
    prefixes = sorted(line for line in lines if line.startswith("PREFIX"))
    return "\n".join([*prefixes, *(line for line in lines if not line.startswith("PREFIX"))])
