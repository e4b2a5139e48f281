"""Malformed rules: each kind of mistake gets one error that names the file, the line, the reason and a remedy."""

import pytest

from clew.errors import RuleError
from clew.shapes.catalogue import read_rule

from .conftest import RULE, Write

SELECT = "SELECT $this ?value WHERE {"
LAST = "    ?listing clew:onList list:US-EL .\n"

# What is replaced, by what, words of the reason, and a text on the line that the error must name.
MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "turtle": ('clew:regime "TEST" ;', 'clew:regime "TEST"', "is no Turtle", "clew:severity"),
    "unknown_term_of_the_rule": ("clew:counterfactualHint", "clew:hint", "`clew:hint` is no term", "clew:hint"),
    "unknown_term_of_the_query": ("clew:listing ?listing", "clew:listings ?listing", "`clew:listings` is no term", ""),
    "no_citation": ('    dcterms:source "1 CFR 1.1" ;\n', "", "`dcterms:source` is missing", "a clew:PolicyRule"),
    "two_sentences": ("clew:sentence ", 'clew:sentence "a"@en, ', "stands more than once", "a clew:PolicyRule"),
    "no_validity": ("    clew:hasValidity <TEST-01#1> ;\n", "", "states no validity", ""),
    "never_verified": (' ;\n    clew:verifiedOn "2026-11-21"^^xsd:date', "", "was never verified", ""),
    "unknown_severity": ("severity:licence", "severity:bad", "`bad` is not one of prohibit", "severity:bad"),
    "unknown_state_of_law": ("legal:in_force", "legal:maybe", "`maybe` is not one of in_force", "legal:maybe"),
    "no_day": ('"2025-09-29"^^xsd:date', '"last year"', "`last year` is no day", "last year"),
    "empty_path": ('( "{?value}" "list:US-EL" )', "()", "the evidence path is empty", ""),
    "other_name": ('clew:ruleId "TEST-01"', 'clew:ruleId "TEST-02"', "holds the rule `TEST-02`", ""),
    "query_syntax": (LAST, "    ?listing clew:onList . \n", "has no place in a pattern", "?listing clew:onList . "),
    "filter_syntax": (LAST, LAST + "    FILTER(?asOf >)\n", "is not well formed", ""),
    "no_focus_node": (SELECT, "SELECT ?value WHERE {", "does not project `$this`", ""),
    "no_subject": (SELECT, "SELECT $this ?listing WHERE {", "does not project `?value`", ""),
    "unbound_projection": (SELECT, "SELECT $this ?value ?ghost WHERE {", "which its pattern never binds", ""),
    "computed_projection": (SELECT, "SELECT $this ?value (1 AS ?n) WHERE {", "projects variables only", "(1 AS"),
    "minus": (LAST, LAST + "    MINUS { ?value clew:flag ?f }\n", "may not use `MINUS`", "MINUS"),
    "values": (LAST, LAST + "    VALUES ?l { list:UN }\n", "may not use `VALUES`", "VALUES"),
    "service": (LAST, LAST + "    SERVICE <http://x/> { ?a ?b ?c }\n", "may not use `SERVICE`", "SERVICE"),
    "load": (LAST, LAST + "    LOAD <http://x/>\n", "may not use `LOAD`", "LOAD"),
    "subquery": (LAST, LAST + "    { SELECT ?value { ?value a clew:Party } }\n", "may not use `SELECT`", "{ SELECT"),
    "unbounded_path": ("clew:listing ?listing", "clew:ownedBy+ ?listing", "may not use the path `+`", "ownedBy"),
    "path_of_any_length": ("clew:listing ?listing", "clew:ownedBy* ?listing", "may not use the path `*`", "ownedBy"),
    "exists": (LAST, LAST + "    FILTER(EXISTS { ?value a clew:Party })\n", "may not hold `EXISTS`", "EXISTS"),
    "property_variable": ("clew:listing ?listing", "?how ?listing", "stands for a property", ""),
    "undeclared_prefix": ("list:US-EL .", "nowhere:US-EL .", "the prefix `nowhere` is not declared", "nowhere:US"),
    "modifier": ('}""" .', '} LIMIT 3""" .', "has no place after the pattern", "LIMIT"),
    "day_not_read": ("clew:asOf ?asOf", "clew:contractDate ?asOf", "does not read the day", ""),
    "unknown_variable_of_the_sentence": ("is listed on {?asOf}", "is on {?list}", "the sentence names `?list`", ""),
    "unknown_variable_of_the_path": ('"{?value}"', '"{?party}"', "the evidence path names `?party`", ""),
    "condition_out_of_its_group": (
        LAST,
        LAST + "    { ?value clew:flag ?f FILTER(?asOf = ?f) } UNION { ?value clew:country ?f }\n",
        "is not bound in its group",
        "",
    ),
    "pattern_on_an_open_variable": (
        LAST,
        LAST + "    OPTIONAL { $this clew:hasItem ?i } OPTIONAL { ?i clew:origin ?o }\n",
        "`?i` may be unbound",
        "",
    ),
    "computed_and_matched": (
        LAST,
        LAST + "    BIND(?value AS ?who) ?who clew:country ?home .\n",
        "is both computed and matched",
        "",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_named_with_its_file_and_a_remedy(name: str, write: Write) -> None:
    old, new, reason, at = MISTAKES[name]
    path = write(old, new)
    with pytest.raises(RuleError) as caught:
        read_rule(path)
    error = caught.value
    assert reason in error.message
    assert error.where.startswith(str(path))
    assert error.help
    assert error.message[0].islower() or error.message[0] == "`"
    if at:
        number = int(error.where.rpartition(":")[2])
        assert at in path.read_text(encoding="utf8").split("\n")[number - 1]


def test_two_rules_in_one_file_are_refused(write: Write) -> None:
    path = write()
    path.write_text(RULE + RULE.replace("TEST-01", "TEST-02"), encoding="utf8")
    with pytest.raises(RuleError, match="holds 2 rules"):
        read_rule(path)


def test_overlapping_periods_are_refused(write: Write) -> None:
    path = write("clew:hasValidity <TEST-01#1> ;", "clew:hasValidity <TEST-01#1>, <TEST-01#2> ;")
    more = '<TEST-01#2> clew:legalStatus legal:suspended ; clew:verifiedOn "2026-11-21"^^xsd:date .\n'
    path.write_text(path.read_text(encoding="utf8") + more, encoding="utf8")
    with pytest.raises(RuleError, match="two periods of validity overlap"):
        read_rule(path)
