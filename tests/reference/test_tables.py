"""Every row of every table ends loaded, quarantined or counted as a duplicate, and says where it comes from."""

import csv
import time

from clew.dataset import Dataset
from clew.loaders.places import TABLES as FOLDER
from clew.loaders.reference import TABLES, reference_harvests
from clew.loaders.source import Harvest
from clew.ontology import CLEW, ontology_graph

from .conftest import Ask

Loaded = tuple[Dataset, dict[str, Harvest]]

# The Commerce Control List of 2026-07-23 states one control of 3D005 and two of 8C609 twice.
TWICE = {"us_ccl_controls": 3}


def _rows(table: str) -> int:
    with open(FOLDER / f"{table}.csv", encoding="utf8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def test_every_file_is_in_the_registry_and_every_table_has_a_file() -> None:
    files = {file.stem for file in FOLDER.glob("*.csv")} - {"tables"}
    assert files == set(TABLES)


def test_no_row_of_any_table_is_lost(loaded: Loaded) -> None:
    for table, harvest in loaded[1].items():
        counts = harvest.counts()
        assert counts["read"] == _rows(table), table
        assert counts["loaded"] + counts["duplicates"] == counts["read"], (table, harvest.quarantined)
        assert counts["duplicates"] == TWICE.get(table, 0), table


def test_loading_every_table_takes_less_than_two_seconds() -> None:
    start = time.process_time()
    count = sum(1 for _, statements in reference_harvests() for _ in statements)
    assert count > 50_000
    assert time.process_time() - start < 2


def test_each_table_has_a_graph_of_its_own_name(loaded: Loaded) -> None:
    graphs = {str(graph).rpartition("/")[2] for graph in loaded[0].graphs()}
    assert graphs == set(TABLES)


def test_provenance_names_publisher_licence_and_counts(loaded: Loaded) -> None:
    for table, harvest in loaded[1].items():
        said = {
            str(predicate).rpartition("/")[2].rpartition("#")[2]: value for _, predicate, value in harvest.provenance()
        }
        assert said["publisher"], table
        assert said["license"], table
        assert said["loaded"] == harvest.loaded, table


def test_every_dated_node_of_law_keeps_its_citation_and_its_source(ask: Ask) -> None:
    kinds = (
        "ControlLine GroupMembership Embargo HighPriorityItem DiversionPlace HSCorrelation Instrument RegimeVersion "
        "Clock LicenceException ForeignProductRule GeneralProhibition RedFlag DocumentRequirement SanctionsProvision "
        "CatalogueEntry"
    )
    for kind in kinds.split():
        bare = f"SELECT ?x {{ ?x a clew:{kind} FILTER(!CONTAINS(STR(?x), 'us_line_scopes')) FILTER NOT EXISTS "
        assert ask(f"SELECT ?x {{ ?x a clew:{kind} }}"), kind
        assert not ask(bare + "{ ?x clew:citation ?c ; dcterms:source ?s ; clew:recordKey ?k } }"), kind


def test_every_term_the_tables_use_is_defined_in_the_ontology(loaded: Loaded) -> None:
    namespace = str(CLEW._NS)
    defined = {str(subject) for subject in ontology_graph().subjects() if str(subject).startswith(namespace)}
    used = {row["p"] for row in loaded[0].rows("SELECT DISTINCT ?p { ?s ?p ?o }")}
    kinds = {row["c"] for row in loaded[0].rows("SELECT DISTINCT ?c { ?s a ?c }")}
    assert {str(term) for term in used | kinds if str(term).startswith(namespace)} <= defined


def test_every_entry_has_one_list_and_a_chain_to_its_entry(ask: Ask) -> None:
    assert not ask(
        "SELECT ?e { ?e a clew:ControlListEntry FILTER NOT EXISTS { ?e clew:controlList ?l ; clew:codeText ?c } }"
    )
    assert ask("SELECT ?e { <https://w3id.org/clew/eccn/3A001.z.1.a> clew:partOfEntry+ ?e }") == [
        ("eccn:3A001",), ("eccn:3A001.z",), ("eccn:3A001.z.1",),
    ]  # fmt: skip
