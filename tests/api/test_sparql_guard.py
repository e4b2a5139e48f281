"""What is refused in the text of a query: reaching out, in any reading of it, and nesting without end."""

import time

import pytest

from clew.api.sparql_guard import DEPTH, LENGTH, admit, scan
from clew.errors import QueryError

REACHING = (
    "SELECT * { SERVICE <http://x/> {} }",
    "select*{service<http://x/>{}}",
    "SELECT * { SERVICE # { \n SILENT\t?x#\n{} }",
    'SELECT * { BIND("a" AS ?x) SERVICE SILENT ex:a {} }',
    "SELECT * { ?a <http://x/#y> ?z . SERVICE <a:b> {}}",
    r"SELECT * { ?a ex:b\#c ?z . SERVICE <a:b> {}}",
    'SELECT * { """ "" """ SERVICE <a:b> {}}',
    r'SELECT * { "\\" SERVICE <a:b> {}}',
    'SELECT * { ?s ?p "" "x" SERVICE <a:b> {} ""}',
    "LOAD <http://x>",
    "LOAD SILENT <http://x> INTO GRAPH <a:b>",
    # The engine reads without a lexer, so these are service clauses to it, too:
    "PREFIX :<http://127.0.0.1:9/> SELECT * { SERVICE:foo {} }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<http://127.0.0.1:9/>{} }",
    "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/>{} }",
    f"SELECT * {{ SERVICE {'a' * 1000}:b {{}} }}",
)
HARMLESS = (
    'SELECT * { ?service ?p "SERVICE <http://x/> {}" }',
    "SELECT * { ?a ?b '''LOAD <http://x>''' }",
    "SELECT * { ?a ?b ?c } # SERVICE <http://x/> {",
    "SELECT * { ?a ex:service ?x { ?x a ex:B } }",
    "SELECT * { GRAPH <http://ex/service?q> { ?a ?b ?c } }",
    "SELECT * { ?a <http://e/service/load> ?x { } }",
    "SELECT ?load { ?load ex:loadPort ?x }",
)


@pytest.mark.parametrize("query", REACHING)
def test_a_query_that_would_reach_out_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="is refused: queries read this release only"):
        admit(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_words_alone_do_no_harm(query: str) -> None:
    assert scan(query).reaches == ""


def test_twenty_thousand_braces_are_refused_before_any_parser_sees_them() -> None:
    with pytest.raises(QueryError, match="nests 20000 brackets"):
        admit("SELECT * " + "{" * 20_000 + "}" * 20_000)


def test_depth_counts_brackets_of_the_query_and_not_of_its_strings() -> None:
    assert scan("SELECT * { { ?a ?b (1 [] ) } }").depth == 4
    assert scan('SELECT * { ?a ?b "' + "{" * 1000 + '" } # ((((').depth == 1
    admit("SELECT * " + "{" * DEPTH + "}" * DEPTH)


def test_a_query_longer_than_the_limit_is_refused() -> None:
    admit("ASK {}" + " " * (LENGTH - 6))
    with pytest.raises(QueryError, match="characters"):
        admit("ASK {}" + " " * LENGTH)


@pytest.mark.parametrize(
    "piece",
    ["<a", '"', "<", '""', "#<\n", "s", "\\", "'''", "?", ":", "(", "s<", "<s>", "service a", "SERVICE #\n"]
    + [f"SERVICE{sign}" for sign in ("", " ", " #", ":", "?", "<", ".", "-:", " a.")],
)
def test_the_look_takes_little_time_on_hostile_text(piece: str) -> None:
    text = piece * (LENGTH // len(piece))
    started = time.process_time()
    scan(text)
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    ("query", "named"),
    [("SELECT * FROM <a:b> { ?s ?p ?o }", True), ("ASK FROM NAMED <a:b> {}", True), ("SELECT * { ?s ?p ?o }", False),
     ("PREFIX from: <a:from> SELECT ?from { ?from a from:FROM }", False), ('SELECT ("FROM" AS ?x) {}', False)],
)  # fmt: skip
def test_a_query_that_names_its_graphs_is_told_from_one_that_does_not(query: str, named: bool) -> None:
    assert scan(query).names_graphs is named
