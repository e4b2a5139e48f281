"""Small ontologies with data, and what follows from them, worked out from the meaning of each axiom.

Strategy: `clew.reasoner.infer` is held against owlrl, an OWL 2 RL engine by other people, and every step of a
derivation against `_once` below, which evaluates one axiom over nothing but the premises and shares no code with it.

What is compared: statements about the individuals of the world with its classes and properties. Typing with
`owl:Thing`, `owl:sameAs`, statements about the ontology and statements about literals are left out, because the
reasoner leaves them out on purpose. A restriction to some value stands on the lower side only, as the profile asks
(OWL 2 Profiles, section 4.2.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import owlrl
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from clew.ontology import mint
from clew.reasoner.derivation import Derivation, Inference
from clew.statements import Statement, term

CLASSES = [URIRef(f"urn:x:{name}") for name in "ABC"]
PROPERTIES = [URIRef(f"urn:x:{name}") for name in "pqr"]
DATA = [URIRef(f"urn:x:{name}") for name in ("text", "words")]
THINGS = [mint("thing", name) for name in "1234"]
VALUES: list[str | int] = ["x", 'quote " end', 7]

Expression = tuple[
    object, ...
]  # ("class", C) ("and", e, ...) ("or", e, ...) ("some", p, e) ("any", p) ("value", p, a) ("all", p, e)


@dataclass(frozen=True)
class Said:
    """One axiom: its form and what it is about."""

    form: str
    parts: tuple[object, ...]


# What each form of axiom may be called when it is applied (OWL 2 Profiles, tables 5 to 8).
KINDS = {
    "sub": {"cax-sco", "cls-int1", "cls-int2", "cls-uni", "cls-svf1", "cls-svf2", "cls-hv1", "cls-hv2", "cls-avf"},
    "same": {"cax-eqc1", "cax-eqc2", "cls-int1", "cls-int2", "cls-hv1", "cls-hv2"},
    "sub_property": {"prp-spo1"},
    "same_property": {"prp-eqp1", "prp-eqp2"},
    "inverse": {"prp-inv1", "prp-inv2"},
    "symmetric": {"prp-symp"},
    "transitive": {"prp-trp"},
    "chain": {"prp-spo2"},
    "domain": {"prp-dom", "cls-hv1", "cls-avf"},
    "range": {"prp-rng", "cls-hv1", "cls-avf"},
}

_named = st.sampled_from(CLASSES).map(lambda name: ("class", name))
_property = st.sampled_from(PROPERTIES)
_value = st.tuples(st.just("value"), _property, st.sampled_from(THINGS))
_any = st.tuples(st.just("any"), _property)


def _joined(word: str, member: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.lists(member, min_size=1, max_size=3).map(lambda members: (word, *members))


_both = st.one_of(_named, _value, _joined("and", st.one_of(_named, _value)))
_lower = st.recursive(
    st.one_of(_named, _value, _any),
    lambda inner: st.one_of(_joined("and", inner), _joined("or", inner), st.tuples(st.just("some"), _property, inner)),
    max_leaves=4,
)
_upper = st.recursive(
    st.one_of(_named, _value),
    lambda inner: st.one_of(_joined("and", inner), st.tuples(st.just("all"), _property, inner)),
    max_leaves=3,
)


def _said(form: str, *parts: st.SearchStrategy[object]) -> st.SearchStrategy[Said]:
    return st.tuples(*parts).map(lambda parts: Said(form, parts))


axioms = st.one_of(
    _said("sub", _named, _named),
    _said("sub", _lower, _named),
    _said("sub", _lower, _upper),
    _said("same", _named, _both),
    _said("sub_property", _property, _property),
    _said("sub_property", st.sampled_from(DATA), st.sampled_from(DATA)),
    _said("same_property", _property, _property),
    _said("inverse", _property, _property),
    _said("symmetric", _property),
    _said("transitive", _property),
    _said("transitive", _property),
    _said("chain", st.lists(_property, min_size=1, max_size=4).map(tuple), _property),
    _said("domain", st.one_of(_property, st.sampled_from(DATA)), _upper),
    _said("range", _property, _upper),
)
_facts = st.one_of(
    st.tuples(st.sampled_from(THINGS), _property, st.sampled_from(THINGS)),
    st.tuples(st.sampled_from(THINGS), st.just(RDF.type), st.sampled_from(CLASSES)),
    st.tuples(st.sampled_from(THINGS), st.sampled_from(DATA), st.sampled_from(VALUES)),
)
worlds = st.tuples(st.lists(axioms, min_size=3, max_size=8), st.lists(_facts, min_size=5, max_size=12))


def ontology(said: list[Said]) -> Graph:
    """Return axioms as an OWL graph."""
    graph = Graph()
    for name in DATA:
        graph.add((name, RDF.type, OWL.DatatypeProperty))
    for axiom in said:
        _write(graph, axiom)
    return graph


def _write(graph: Graph, axiom: Said) -> None:
    first, *rest = axiom.parts
    predicates = {
        "sub": RDFS.subClassOf,
        "same": OWL.equivalentClass,
        "sub_property": RDFS.subPropertyOf,
        "same_property": OWL.equivalentProperty,
        "inverse": OWL.inverseOf,
        "domain": RDFS.domain,
        "range": RDFS.range,
    }
    if axiom.form == "symmetric":
        graph.add((_node(graph, first), RDF.type, OWL.SymmetricProperty))
    elif axiom.form == "transitive":
        graph.add((_node(graph, first), RDF.type, OWL.TransitiveProperty))
    elif axiom.form == "chain":
        graph.add((_node(graph, rest[0]), OWL.propertyChainAxiom, _list(graph, list(first))))  # type: ignore[call-overload]
    else:
        graph.add((_node(graph, first), predicates[axiom.form], _node(graph, rest[0])))


def _node(graph: Graph, what: object) -> Node:
    if isinstance(what, URIRef):
        return what
    assert isinstance(what, tuple)
    word, *parts = what
    if word == "class":
        return URIRef(parts[0])
    node = BNode()
    if word in ("and", "or"):
        graph.add((node, RDF.type, OWL.Class))
        members = _list(graph, [_node(graph, part) for part in parts])
        graph.add((node, OWL.intersectionOf if word == "and" else OWL.unionOf, members))
        return node
    graph.add((node, RDF.type, OWL.Restriction))
    graph.add((node, OWL.onProperty, parts[0]))
    filler = {"some": OWL.someValuesFrom, "any": OWL.someValuesFrom, "value": OWL.hasValue, "all": OWL.allValuesFrom}
    graph.add((node, filler[word], OWL.Thing if word == "any" else _node(graph, parts[1])))
    return node


def _list(graph: Graph, members: list[Node]) -> Node:
    return Collection(graph, BNode(), members).uri


Triple = tuple[URIRef, URIRef, str]


def triples(statements: list[Statement]) -> set[Triple]:
    """Return statements with the N-Triples text of their values, so that 1 and true stay two things."""
    return {(subject, predicate, term(value)) for subject, predicate, value in statements}


def by_owlrl(graph: Graph, data: list[Statement]) -> set[Triple]:
    """Return what owlrl makes follow, without what is given."""
    whole = graph + Graph()
    for subject, predicate, value in data:
        whole.add((subject, predicate, value if isinstance(value, URIRef) else Literal(value)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(whole)
    words = {*PROPERTIES, *DATA}
    found: set[Triple] = set()
    for subject, predicate, value in whole:
        if subject not in THINGS:
            continue
        if (predicate == RDF.type and value in CLASSES) or (predicate in words and not isinstance(value, BNode)):
            found.add((URIRef(str(subject)), URIRef(str(predicate)), value.n3()))
    return found - triples(data)


def follows(axiom: Said, given: set[Triple]) -> set[Triple]:
    """Return everything that one axiom makes follow from triples, however often it is applied."""
    known = set(given)
    while True:
        new = _once(axiom, known) - known
        if not new:
            return known
        known |= new


def _once(axiom: Said, known: set[Triple]) -> set[Triple]:
    first, *rest = axiom.parts
    match axiom.form:
        case "sub":
            return _subsumed(first, rest[0], known)
        case "same":
            return _subsumed(first, rest[0], known) | _subsumed(rest[0], first, known)
        case "sub_property":
            return {(s, URIRef(rest[0]), o) for s, p, o in known if p == first}  # type: ignore[arg-type]
        case "same_property":
            one, other = URIRef(str(first)), URIRef(str(rest[0]))
            return {(s, {one: other, other: one}[p], o) for s, p, o in known if p in (one, other)}
        case "inverse" | "symmetric":
            one, other = URIRef(str(first)), URIRef(str(rest[0] if rest else first))
            pairs = {(one, other), (other, one)}
            return {(_thing(o), q, f"<{s}>") for s, p, o in known for left, q in pairs if left == p}
        case "transitive":
            return _composed((first, first), first, known)
        case "chain":
            return _composed(first, rest[0], known)  # type: ignore[arg-type]
        case "domain":
            return {each for s, p, _ in known if p == first for each in _concluded(rest[0], s, known)}
        case "range":
            return {each for _, p, o in known if p == first for each in _concluded(rest[0], _thing(o), known)}
    raise AssertionError(axiom.form)


def _thing(text: str) -> URIRef:
    return URIRef(text[1:-1])


def _composed(links: tuple[object, ...], target: object, known: set[Triple]) -> set[Triple]:
    ways = {(s, f"<{s}>") for s, _, _ in known}
    for link in links:
        ways = {(start, o) for start, end in ways for s, p, o in known if p == link and f"<{s}>" == end}
    return {(start, URIRef(str(target)), end) for start, end in ways}


def _subsumed(lower: object, upper: object, known: set[Triple]) -> set[Triple]:
    return {each for thing in _instances(lower, known) for each in _concluded(upper, thing, known)}


def _instances(expression: object, known: set[Triple]) -> set[URIRef]:
    assert isinstance(expression, tuple)
    word, *parts = expression
    match word:
        case "class":
            return {s for s, p, o in known if p == RDF.type and o == f"<{parts[0]}>"}
        case "and":
            return set.intersection(*(_instances(part, known) for part in parts))
        case "or":
            return set.union(*(_instances(part, known) for part in parts))
        case "any":
            return {s for s, p, _ in known if p == parts[0]}
        case "value":
            return {s for s, p, o in known if p == parts[0] and o == f"<{parts[1]}>"}
        case "some":
            fits = {f"<{thing}>" for thing in _instances(parts[1], known)}
            return {s for s, p, o in known if p == parts[0] and o in fits}
    raise AssertionError(word)


def _concluded(expression: object, thing: URIRef, known: set[Triple]) -> set[Triple]:
    assert isinstance(expression, tuple)
    word, *parts = expression
    match word:
        case "class":
            return {(thing, RDF.type, f"<{parts[0]}>")}
        case "and":
            return {each for part in parts for each in _concluded(part, thing, known)}
        case "value":
            return {(thing, parts[0], f"<{parts[1]}>")}
        case "all":
            values = {_thing(o) for s, p, o in known if s == thing and p == parts[0]}
            return {each for value in values for each in _concluded(parts[1], value, known)}
    raise AssertionError(word)


def check(derivation: Derivation, said: list[Said], given: set[Triple]) -> int:
    """Check a derivation from its leaves up and return its number of steps.

    Every leaf is given; every step is an application of one axiom, of the kind it names, to its premises; and no
    premise of a step can be left out, unless the axiom names a class or property twice, so that one premise may do for
    both.
    """
    (conclusion,) = triples([derivation.conclusion])  # type: ignore[union-attr]
    if not isinstance(derivation, Inference):
        assert conclusion in given, f"{conclusion} is not given"
        return 0
    assert conclusion not in given, f"{conclusion} is given and needs no reason"
    premises = triples([premise.conclusion for premise in derivation.premises])  # type: ignore[union-attr]
    kind = dict(derivation.bindings)["axiom"]
    fitting = [axiom for axiom in said if kind in KINDS[axiom.form] and conclusion in _applied(axiom, premises)]
    assert any(_needs_all(axiom, premises, conclusion) for axiom in fitting), f"no axiom gives {derivation}"
    assert len(premises) == len(derivation.premises)
    assert derivation.says.startswith("holds because")
    return 1 + sum(check(premise, said, given) for premise in derivation.premises)


def _applied(axiom: Said, premises: set[Triple]) -> set[Triple]:
    """Return what one application gives; a transitive property is applied over a whole way at once."""
    return follows(axiom, premises) if axiom.form == "transitive" else _once(axiom, premises)


def _names(part: object) -> list[object]:
    return [name for each in part for name in _names(each)] if isinstance(part, tuple) else [part]


def _needs_all(axiom: Said, premises: set[Triple], conclusion: Triple) -> bool:
    names = [name for name in _names(axiom.parts) if isinstance(name, URIRef)]
    return len(set(names)) < len(names) or all(
        conclusion not in _applied(axiom, premises - {premise}) for premise in premises
    )
