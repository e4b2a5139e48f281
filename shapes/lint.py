"""What a query of a rule must be so that its findings can be proved and explained.

Every check raises one error that names the line of the query, the reason and one remedy.
"""

from __future__ import annotations

import re

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.term import Variable

from ..errors import RuleError
from ..ontology import CLEW
from .group import Absent, Bind, Filter, Group, Optional, Part, Select, Triple, Union, bound, certain_of, groups, named
from .parse import parse_select

THIS, VALUE, AS_OF = Variable("this"), Variable("value"), Variable("asOf")
_TEMPLATE = re.compile(r"\{\?(\w+)\}")
_PLACE = re.compile(r"(?:error )?at \d+:\d+:?\s*")


def check_select(query: str) -> Select:
    """Return the tree of a query that tells where something holds.

    Args:
        query: A SELECT query with its prefixes, projecting `$this` and `?value`.

    Raises:
        RuleError: The query is not well formed, or says what a rule cannot say; `where` is its line.
    """
    select = parse_select(query)
    _check_syntax(query)
    _check_projection(select)
    for group in groups(select.where):
        _check_terms(group)
    _check_scope(select.where, frozenset(), frozenset())
    _check_joins(select.where, frozenset(), frozenset())
    return select


def check_rule(query: str, templates: dict[str, str]) -> Select:
    """Return the tree of the query of a rule, checked together with the texts that show its variables.

    Args:
        query: The query, as for `check_select`.
        templates: Texts with variables in braces, by what they are.

    Raises:
        RuleError: As for `check_select`, or the day is not bound, or a text names a variable that is not there.
    """
    select = check_select(query)
    if Triple(THIS, CLEW.asOf, AS_OF) not in select.where.parts:
        raise RuleError("the rule does not read the day asked about", help="begin with `$this clew:asOf ?asOf`")
    known = set(bound(select.where))
    for what, text in templates.items():
        for name in _TEMPLATE.findall(text):
            if Variable(name) not in known:
                raise RuleError(f"{what} names `?{name}`, which the query does not bind", help="bind it in the query")
    return select


def _check_syntax(query: str) -> None:
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        message = f"the query is not well formed: {_PLACE.sub('', error.msg)}"
        raise RuleError(message, where=str(error.lineno or 1), help="correct the query") from error


def _check_projection(select: Select) -> None:
    for wanted in (THIS, VALUE):
        if wanted not in select.projected:
            sign = "$" if wanted == THIS else "?"
            raise RuleError(f"the query does not project `{sign}{wanted}`", help=f"add `{sign}{wanted}` after `SELECT`")
    known = bound(select.where)
    for variable in select.projected:
        if variable not in known:
            raise RuleError(f"the query projects `?{variable}`, which its pattern never binds", help="bind it")


def _check_terms(group: Group) -> None:
    for triple in group.triples():
        for each in (triple.subject, triple.predicate, triple.object):
            check_term(each)
        if isinstance(triple.predicate, Variable):
            raise RuleError(f"`?{triple.predicate}` stands for a property", help="name the property")
    for part in group.parts:
        if isinstance(part, Filter | Bind):
            for iri in re.findall(r"<([^<>\s]+)>", part.expression):
                check_term(URIRef(iri))


def check_term(term: object) -> None:
    """Check that an IRI in the ontology's namespace is a term of the ontology.

    Raises:
        RuleError: There is no such term.
    """
    namespace = str(CLEW._NS)
    if isinstance(term, URIRef) and term.startswith(namespace) and term not in CLEW:
        name = term.removeprefix(namespace)
        raise RuleError(f"`clew:{name}` is no term of the ontology", help="use a term of `ontology/vocab.py`")


def _check_scope(group: Group, seen: frozenset[Variable], below: frozenset[Variable]) -> None:
    """Check that conditions only use what they can see.

    SPARQL evaluates a group by itself, SHACL with the focus node already known. The two agree where no condition looks
    out of its group. A part that must be absent does see what stands around it, an optional part what stands before it.

    Args:
        group: The group with the conditions.
        seen: Variables from outside that conditions of the group see.
        below: Variables from outside that an optional part of the group sees.
    """
    inside = seen | frozenset(bound(group))
    before: set[Variable] = set()
    for part in group.parts:
        match part:
            case Filter(expression):
                _check_known(expression, inside)
            case Bind(expression, _):
                _check_known(expression, seen | before)
            case Optional(inner):
                _check_scope(inner, below | before, frozenset())
            case Absent(inner):
                _check_scope(inner, inside, inside)
            case Union(branches):
                for inner in branches:
                    _check_scope(inner, frozenset(), frozenset())
        before |= set(bound(Group((part,))))


def _check_joins(group: Group, outside: frozenset[Variable], open_outside: frozenset[Variable]) -> None:
    """Check that no pattern builds on a variable that may be unbound there: such a pattern joins with everything.

    Args:
        group: The group with the patterns.
        outside: Variables that are bound around the group.
        open_outside: Variables that may be bound around the group.
    """
    sure, may = set(outside), set(open_outside)
    matched = frozenset().union(*(_met(part) for part in group.parts if isinstance(part, Triple | Union)))
    for part in group.parts:
        if isinstance(part, Bind) and part.variable in matched:
            raise RuleError(f"`?{part.variable}` is both computed and matched", help="compare it in a `FILTER`")
        own = frozenset(_met(part))
        for variable in sorted((may - sure) & own):
            raise RuleError(f"`?{variable}` may be unbound where a pattern builds on it", help=_NEST)
        if isinstance(part, Optional | Absent):
            _check_joins(part.group, frozenset(sure), frozenset(may))
        elif isinstance(part, Union):
            for branch in part.groups:
                _check_joins(branch, frozenset(), frozenset())
        sure |= certain_of(part, frozenset(sure))
        may |= set(bound(Group((part,))))


def _met(part: Part) -> frozenset[Variable]:
    """Return the variables that the triples of a part match against, wherever they stand in it."""
    match part:
        case Triple():
            return certain_of(part, frozenset())
        case Optional(inner) | Absent(inner):
            return frozenset().union(*(_met(each) for each in inner.parts))
        case Union(branches):
            return frozenset().union(*(_met(each) for branch in branches for each in branch.parts))
    return frozenset()


def _check_known(expression: str, known: frozenset[Variable]) -> None:
    for variable in named(expression):
        if variable not in known:
            raise RuleError(f"`?{variable}` in `{expression}` is not bound in its group", help=_JOIN)


_NEST = "put the pattern inside the part that binds it"
_JOIN = "repeat the triple that binds it inside the braces, before it is used"
