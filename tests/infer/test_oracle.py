"""What follows is what owlrl makes follow, and every reason for it holds up when each step is repeated by itself.

Covers the rules of OWL 2 RL that docs/inference.md names (OWL 2 Profiles, section 4.3, tables 5 to 8).
"""

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from clew.dataset import Dataset, to_value
from clew.ontology import mint
from clew.reasoner.derivation import Fact, Origin
from clew.reasoner.infer import INFERRED, close, close_files, compile_ontology, derive_from
from clew.statements import Statement, write

from .worlds import Said, by_owlrl, check, ontology, triples, worlds

GRAPH = mint("graph", "source", "test")
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fact(statement: Statement) -> Fact:
    return Fact(statement, Origin(GRAPH))


@SOME
@given(worlds)
def test_a_case_gets_what_owlrl_concludes_and_every_step_holds(world: tuple[list[Said], list[Statement]]) -> None:
    said, data = world
    graph = ontology(said)
    closure = close(compile_ontology(graph), data)
    inferred = closure.inferred()
    assert triples(inferred) == by_owlrl(graph, data)
    for statement in inferred:
        derivation = closure.derive(statement, fact)
        assert derivation.conclusion == statement
        assert check(derivation, said, triples(data)) > 0


@SOME
@given(worlds)
def test_a_release_gets_the_same_and_each_conclusion_is_found_again_by_search(
    tmp_path: Path, world: tuple[list[Said], list[Statement]]
) -> None:
    said, data = world
    compiled = compile_ontology(ontology(said))
    file = tmp_path / "facts.nq"
    with open(file, "w", encoding="utf8") as stream:
        write(data, GRAPH, stream)
    lines = list(close_files(compiled, [file]))
    release = Dataset()
    release.load(file.read_bytes() + "".join(lines).encode())
    quads = release.store.quads_for_pattern(None, None, None)
    found: list[Statement] = [
        (to_value(quad.subject), to_value(quad.predicate), to_value(quad.object))  # type: ignore[misc]
        for quad in quads
        if str(quad.graph_name) == f"<{INFERRED}>"
    ]
    assert len(lines) == len(found)
    assert triples(found) == triples(close(compiled, data).inferred())
    for statement in found:
        assert check(derive_from(release, compiled, statement, fact), said, triples(data)) > 0
