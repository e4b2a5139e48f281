"""A whole release: N-Quads files in, N-Quads lines out, and a reason for any line later on."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef

from clew.dataset import Dataset
from clew.errors import ClewError, LoadError, ProofError
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact, Inference, Origin, leaves
from clew.reasoner.infer import INFERRED, close, close_files, compile_ontology, derive_from, packaged
from clew.reasoner.infer.folder import Folder
from clew.statements import Statement, nquads, write

SOURCE = mint("graph", "source", "register", "2024-01-01")
OTHER = mint("graph", "reference", "places")


def party(name: str) -> URIRef:
    return mint("register", name)


def fact(statement: Statement) -> Fact:
    return Fact(statement, Origin(SOURCE))


def holdings(*names: str) -> list[Statement]:
    """Each party holds a stake in the next."""
    made: list[Statement] = []
    for holder, company in pairwise(names):
        stake = mint("register", holder, part=f"in-{company}")
        made += [
            (stake, CLEW.holder, party(holder)),
            (stake, CLEW.heldIn, party(company)),
            (stake, CLEW.recordKey, "1"),
        ]
    return made


def file_of(path: Path, statements: list[Statement], graph: URIRef = SOURCE) -> Path:
    with open(path, "w", encoding="utf8") as stream:
        write(statements, graph, stream)
    return path


def released(statements: list[Statement]) -> Dataset:
    """A release with its closure beside what its source states."""
    data = Dataset()
    data.add(statements, SOURCE)
    data.add(close(packaged(), statements).inferred(), INFERRED)
    return data


def test_a_release_is_closed_into_the_graph_of_what_is_inferred(tmp_path: Path) -> None:
    statements = holdings("a", "b", "c")
    lines = list(close_files(packaged(), [file_of(tmp_path / "a.nq", statements)]))
    assert sorted(lines) == sorted(nquads(close(packaged(), statements).inferred(), INFERRED))
    assert f"<{party('a')}> <{CLEW.upstreamOf}> <{party('c')}> <{INFERRED}> .\n" in lines


def test_the_same_statements_give_the_same_lines_whatever_files_they_stand_in(tmp_path: Path) -> None:
    statements = holdings("a", "b", "c", "d")
    whole = list(close_files(packaged(), [file_of(tmp_path / "whole.nq", statements)]))
    parts = [
        file_of(tmp_path / "2.nq", statements[::-2]),
        file_of(tmp_path / "1.nq", statements[::2], OTHER),
        file_of(tmp_path / "3.nq", statements),
    ]
    assert list(close_files(packaged(), parts)) == whole


@pytest.mark.parametrize("last", ["a:D", "a:C"])
def test_rules_that_read_one_end_of_a_property_each_both_get_their_facts(tmp_path: Path, last: str) -> None:
    """Nemo 0.10 narrows a table to the columns a rule reads, unless it is an output, and ends in a panic here."""
    prefixes = "@prefix a: <urn:x:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    ontology = compile_ontology(Graph().parse(data=f"{prefixes} a:p rdfs:domain a:C ; rdfs:range {last} ."))
    statements: list[Statement] = [
        (party("1"), URIRef("urn:x:p"), party("2")),
        (party("2"), URIRef("urn:x:p"), party("3")),
    ]
    lines = list(close_files(ontology, [file_of(tmp_path / "a.nq", statements)]))
    assert sorted(lines) == sorted(nquads(close(ontology, statements).inferred(), INFERRED))
    assert len(lines) == (4 if last == "a:D" else 3)


def test_what_one_file_states_is_not_inferred_from_another(tmp_path: Path) -> None:
    statements = holdings("a", "b")
    stated: Statement = (party("a"), CLEW.upstreamOf, party("b"))
    files = [file_of(tmp_path / "1.nq", statements), file_of(tmp_path / "2.nq", [stated], OTHER)]
    assert not [
        line
        for line in close_files(packaged(), files)
        if line.startswith("{} {} {}".format(*map("<{}>".format, stated)))
    ]


def test_a_release_without_anything_to_infer_gives_no_lines(tmp_path: Path) -> None:
    assert list(close_files(packaged(), [file_of(tmp_path / "a.nq", [])])) == []
    assert list(close_files(packaged(), [])) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"_:b <{CLEW.holder}> <urn:x:a> .", "blank node"),
        (f"<urn:x:a> <{CLEW.holder}> _:b .", "blank node"),
        (f"<urn:x:a> <{CLEW.holder}> <urn:x:b", "not well formed"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_an_error_and_not_a_gap(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "bad.nq"
    file.write_text(line, encoding="utf8")
    with pytest.raises(LoadError, match=message) as error:
        list(close_files(packaged(), [file]))
    assert error.value.where == str(file)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError):
        list(close_files(packaged(), [tmp_path / "nowhere.nq"]))


@pytest.mark.parametrize("end", [1, 2, 3, 5])
def test_owners_in_a_circle_are_each_upstream_of_all_and_have_reasons_that_end(end: int) -> None:
    """Companies that hold each other's stock are in real registers (31 CFR 589.411 counts through them)."""
    names = [f"n{number}" for number in range(end)]
    statements = holdings(*names, names[0])
    data = released(statements)
    for holder in names:
        for company in names:
            derivation = derive_from(data, packaged(), (party(holder), CLEW.upstreamOf, party(company)), fact)
            assert all(isinstance(leaf, Fact) and leaf.conclusion in statements for leaf in leaves(derivation))


def test_search_and_closure_agree_on_a_tangle_of_owners() -> None:
    statements = holdings("a", "b", "c", "a", "d", "b", "d", "e", "a")
    data, closure = released(statements), close(packaged(), statements)
    for statement in closure.inferred():
        by_search, by_trace = (derive(statement) for derive in (_search(data), lambda one: closure.derive(one, fact)))
        assert by_search.conclusion == by_trace.conclusion == statement
        assert _leaves(by_search) <= set(statements)


def _search(data: Dataset) -> Callable[[Statement], Inference]:
    return lambda statement: derive_from(data, packaged(), statement, fact)


def _leaves(derivation: Inference) -> set[Statement]:
    return {leaf.conclusion for leaf in leaves(derivation) if isinstance(leaf, Fact)}


def test_no_conclusion_is_a_reason() -> None:
    """A statement that only a graph of conclusions holds proves nothing, however often it is written there."""
    data = Dataset()
    way: list[Statement] = [(party("a"), CLEW.owns, party("b"))]
    for graph in (
        INFERRED,
        mint("graph", "inferred", "case", "1"),
        mint("graph", "findings"),
        mint("graph", "ownership", "x"),
    ):
        data.add(way, graph)
    with pytest.raises(ProofError, match="does not follow"):
        derive_from(data, packaged(), (party("a"), CLEW.upstreamOf, party("b")), fact)
    data.add(way, SOURCE)
    assert _leaves(derive_from(data, packaged(), (party("a"), CLEW.upstreamOf, party("b")), fact)) == set(way)


def test_a_statement_that_a_source_makes_is_a_leaf_even_where_it_also_follows() -> None:
    statements = [*holdings("a", "b", "c"), (party("a"), CLEW.owns, party("b"))]
    derivation = derive_from(released(statements), packaged(), (party("a"), CLEW.upstreamOf, party("c")), fact)
    assert (party("a"), CLEW.owns, party("b")) in _leaves(derivation)
    with pytest.raises(ProofError, match="not inferred"):
        derive_from(released(statements), packaged(), (party("a"), CLEW.owns, party("b")), fact)


@pytest.mark.parametrize(
    "statement",
    [
        (party("b"), CLEW.upstreamOf, party("a")),
        (party("x"), CLEW.owns, party("a")),
        (party("a"), RDF.type, CLEW.Vessel),
        (party("a"), CLEW.recordKey, "2"),
        (party("a"), URIRef("urn:x:unknown"), party("b")),
    ],
)
def test_what_does_not_follow_has_no_reason(statement: Statement) -> None:
    with pytest.raises(ProofError):
        derive_from(released(holdings("a", "b")), packaged(), statement, fact)


class Counting:
    """A store that counts what is read from it."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.read = 0

    def quads_for_pattern(self, *pattern: object) -> Iterator[object]:
        for quad in self.store.quads_for_pattern(*pattern):  # type: ignore[arg-type]
            self.read += 1
            yield quad


def test_a_place_with_many_parties_is_not_read_to_the_end() -> None:
    """One statement settles that something is a place; the other thousands stay unread."""
    statements: list[Statement] = [(party(str(n)), CLEW.country, mint("place", "RU")) for n in range(5_000)]
    data = Dataset()
    data.add(statements, SOURCE)
    counting = Counting(data.store)
    data.store = counting  # type: ignore[assignment]
    derivation = derive_from(data, packaged(), (mint("place", "RU"), RDF.type, CLEW.Place), fact)
    assert len(_leaves(derivation)) == 1
    assert 0 < counting.read < 200


def test_a_long_way_is_one_step_over_all_its_parts() -> None:
    ontology = compile_ontology(Graph().parse(data="<urn:x:p> a <http://www.w3.org/2002/07/owl#TransitiveProperty> ."))
    p, end = URIRef("urn:x:p"), 1_500  # deeper than Python's own stack
    statements: list[Statement] = [(party(str(n)), p, party(str(n + 1))) for n in range(end)]
    data = Dataset()
    data.add(statements, SOURCE)
    derivation = derive_from(data, ontology, (party("0"), p, party(str(end))), fact)
    assert [premise.conclusion for premise in islice(derivation.premises, 2)] == statements[:2]  # type: ignore[union-attr]
    assert len(derivation.premises) == end


def test_a_folder_that_the_engine_cannot_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = tmp_path / 'a "b"'
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    with pytest.raises(ClewError, match="TMPDIR"):
        Folder()


def test_no_folder_is_left_behind(tmp_path: Path) -> None:
    script = "from clew.reasoner.infer import close, packaged; close(packaged(), [])"
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(root / ".import")}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)
    assert list(tmp_path.iterdir()) == []
