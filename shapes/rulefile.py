"""Reading one rule file: Turtle in, a checked rule out, or one error that says where, why and what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from ..errors import RuleError
from ..ontology import CLEW, token
from .lint import check_rule, check_select, check_term
from .rule import LEGAL_STATUSES, SEVERITIES, MissingFact, Rule, Validity

PREFIXES = Path(__file__).parent / "policy" / "prefixes.ttl"


def read_rule(path: Path) -> Rule:
    """Return the rule of one file.

    Raises:
        RuleError: The file is not well formed; the message names the line where it is known, the reason and one remedy.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"cannot be read: {error}", where=str(path), help="save the rule as UTF-8 text") from error
    return _File(path, text, hashlib.sha256(data).hexdigest()[:12]).rule()


@cache
def _prefixes() -> dict[str, str]:
    graph = Graph().parse(PREFIXES, format="turtle")
    declared = graph.objects(None, SH.declare)
    return {str(graph.value(each, SH.prefix)): str(graph.value(each, SH.namespace)) for each in declared}


class _File:
    """One rule file while it is read."""

    def __init__(self, path: Path, text: str, version: str) -> None:
        self._path = path
        self._text = text
        self._version = version
        self._graph = self._parsed()

    def _error(self, message: str, remedy: str, line: int | None = None) -> RuleError:
        where = str(self._path) if line is None else f"{self._path}:{line}"
        return RuleError(message, where=where, help=remedy)

    def _parsed(self) -> Graph:
        try:
            return Graph().parse(data=self._text, format="turtle")
        except BadSyntax as error:
            reason = error.message.removesuffix(" expected")
            raise self._error(f"is no Turtle: {reason}", "correct that line", error.lines + 1) from error
        except (ValueError, AssertionError) as error:
            raise self._error(f"is no Turtle: {error}", "correct the file") from error

    def rule(self) -> Rule:
        nodes = [each for each in self._graph.subjects(RDF.type, CLEW.PolicyRule) if isinstance(each, URIRef)]
        if len(nodes) != 1:
            raise self._error(f"holds {len(nodes)} rules", "write one `clew:PolicyRule` in each file")
        self._check_terms()
        node = nodes[0]
        rule = Rule(
            iri=node,
            id=self._text_of(node, CLEW.ruleId),
            label=self._text_of(node, RDFS.label),
            definition=self._text_of(node, SKOS.definition),
            citation=self._text_of(node, DCTERMS.source),
            regime=self._text_of(node, CLEW.regime),
            severity=self._key(node, CLEW.severity, SEVERITIES),
            validity=self._validity(node),
            target=self._iri(node, SH.targetClass),
            select=self._select(self._iri(node, SH.sparql)),
            message=self._text_of(self._iri(node, SH.sparql), SH.message),
            evidence_path=self._path_of(node),
            sentence=self._text_of(node, CLEW.sentence),
            hint=self._text_of(node, CLEW.counterfactualHint),
            missing=tuple(self._missing(node)),
            version=self._version,
        )
        self._check(rule)
        return rule

    def _check_terms(self) -> None:
        for statement in self._graph:
            for each in statement:
                try:
                    check_term(each)
                except RuleError as error:
                    line = self._line(f"clew:{str(each).rpartition('#')[2]}")
                    raise self._error(error.message, error.help, line) from error

    def _check(self, rule: Rule) -> None:
        if rule.id != self._path.stem or token(rule.iri) != f"rule:{rule.id}":
            raise self._error(f"holds the rule `{rule.id}`", "name the file and the node after the rule")
        path = " ".join(rule.evidence_path)
        texts = {"the sentence": rule.sentence, "the evidence path": path, "the message": rule.message}
        self._checked(rule.select, partial(check_rule, templates=texts))
        for fact in rule.missing:
            self._checked(fact.select, check_select)

    def _checked(self, select: str, check: Callable[[str], object]) -> None:
        try:
            check(select)
        except RuleError as error:
            raise self._error(error.message, error.help, self._file_line(select, error.where)) from error

    def _file_line(self, select: str, where: str) -> int | None:
        """Return the line of the file at which a line of a query stands."""
        body = select.partition("SELECT")
        start = self._text.find(body[1] + body[2])
        if start < 0 or not where:
            return None
        return self._text.count("\n", 0, start) + int(where) - body[0].count("\n")

    def _line(self, words: str) -> int | None:
        start = self._text.find(words)
        return None if start < 0 else self._text.count("\n", 0, start) + 1

    def _value(self, node: Node, predicate: URIRef) -> Node:
        values = [each for each in self._graph.objects(node, predicate) if _is_english(each)]
        if len(values) != 1:
            name = self._graph.namespace_manager.normalizeUri(predicate)
            message = f"`{name}` {'is missing' if not values else 'stands more than once'} at `{token(str(node))}`"
            raise self._error(message, f"state `{name}` once", self._line("a clew:PolicyRule"))
        return values[0]

    def _text_of(self, node: Node, predicate: URIRef) -> str:
        value = self._value(node, predicate)
        if not isinstance(value, Literal) or not str(value).strip():
            raise self._error(f"`{token(str(node))}` has an empty text", f"write the text of `{token(predicate)}`")
        return str(value)

    def _iri(self, node: Node, predicate: URIRef) -> URIRef:
        value = self._value(node, predicate)
        if not isinstance(value, URIRef):
            raise self._error(f"`{value}` is no name of a thing", f"give `{token(str(node))}` an IRI there")
        return value

    def _key(self, node: Node, predicate: URIRef, allowed: tuple[str, ...]) -> str:
        key = token(self._iri(node, predicate)).partition(":")[2]
        if key not in allowed:
            raise self._error(f"`{key}` is not one of {', '.join(allowed)}", "use one of them", self._line(key))
        return key

    def _select(self, node: Node) -> str:
        text = self._text_of(node, SH.select).strip()
        used = [f"PREFIX {key}: <{iri}>\n" for key, iri in _prefixes().items() if f"{key}:" in text]
        return "".join(used) + text

    def _path_of(self, node: Node) -> tuple[str, ...]:
        steps = tuple(str(step) for step in Collection(self._graph, self._value(node, CLEW.evidencePath)))
        if not steps:
            raise self._error("the evidence path is empty", 'write it as a list, such as ( "{?value}" "list:US-EL" )')
        return steps

    def _validity(self, node: Node) -> tuple[Validity, ...]:
        periods = [self._period(each) for each in self._graph.objects(node, CLEW.hasValidity)]
        if not periods:
            raise self._error("states no validity", "add `clew:hasValidity`, without dates where the law names none")
        periods.sort(key=lambda period: period.valid_from or date.min)
        for before, after in pairwise(periods):
            if (before.valid_until or date.max) > (after.valid_from or date.min):
                raise self._error("two periods of validity overlap", "end the first where the second begins")
        return tuple(periods)

    def _period(self, node: Node) -> Validity:
        first, last = self._day(node, CLEW.validFrom), self._day(node, CLEW.validUntil)
        verified = self._day(node, CLEW.verifiedOn)
        if verified is None:
            raise self._error(f"`{token(str(node))}` was never verified", "state `clew:verifiedOn`")
        if first and last and first >= last:
            raise self._error(f"the period `{token(str(node))}` ends before it begins", "swap its dates")
        return Validity(first, last, self._key(node, CLEW.legalStatus, LEGAL_STATUSES), verified)

    def _day(self, node: Node, predicate: URIRef) -> date | None:
        value = self._graph.value(node, predicate)
        if value is None:
            return None
        day = value.value if isinstance(value, Literal) else None
        if not isinstance(day, date):
            raise self._error(f"`{value}` is no day", 'write it as "2024-11-15"^^xsd:date', self._line(str(value)))
        return day

    def _missing(self, node: Node) -> Iterator[MissingFact]:
        for each in sorted(self._graph.objects(node, CLEW.missingFact), key=str):
            yield MissingFact(self._text_of(each, RDFS.label), self._select(each))


def _is_english(value: Node) -> bool:
    return not isinstance(value, Literal) or value.language in (None, "en")
