"""The quality shapes: a valid and an invalid node for each of what they ask."""

from importlib import resources

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH, URIRef

PREFIXES = """
@prefix : <https://w3id.org/clew/case/T#> .
@prefix clew: <https://w3id.org/clew/ns#> .
@prefix scheme: <https://w3id.org/clew/scheme/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
VALID = """
:h a clew:Holding ; clew:holder :a ; clew:heldIn :b ; clew:shareMinimum 25000001 ; clew:shareMaximum 50000000 ;
    clew:validFrom "2020-01-01"^^xsd:date ; clew:validUntil "2021-01-01"^^xsd:date .
:i a clew:Identifier ; clew:identifierValue "7704484400" ; clew:identifierScheme scheme:ru-inn .
:n a clew:Name ; clew:nameText "Rusal" .
:l a clew:Listing ; clew:onList :list .
"""
BROKEN = {
    "share_above_100_percent": ("clew:shareMaximum 50000000", "clew:shareMaximum 100000001", "holding#maximum"),
    "share_below_zero": ("clew:shareMinimum 25000001", "clew:shareMinimum -1", "holding#minimum"),
    "band_upside_down": ("clew:shareMinimum 25000001", "clew:shareMinimum 50000001", "holding#minimum"),
    "share_with_a_fraction": ("clew:shareMinimum 25000001", "clew:shareMinimum 25.5", "holding#minimum"),
    "nobody_holds": ("clew:holder :a ;", "", "holding#holder"),
    "held_in_two_companies": ("clew:heldIn :b", "clew:heldIn :b, :c", "holding#held"),
    "ends_before_it_begins": ('"2021-01-01"', '"2019-12-31"', "window#from"),
    "ends_on_the_day_it_begins": ('"2021-01-01"', '"2020-01-01"', "window#from"),
    "two_ends": ('"2021-01-01"^^xsd:date', '"2021-01-01"^^xsd:date, "2022-01-01"^^xsd:date', "window#until"),
    "latest_first_day_before_the_first": (
        "clew:validFrom ",
        'clew:validFromLatest "2019-01-01"^^xsd:date ; clew:validFrom ',
        "window#from",
    ),
    "latest_first_day_as_text": (
        "clew:validFrom ",
        'clew:validFromLatest "2020" ; clew:validFrom ',
        "window#fromLatest",
    ),
    "earliest_end_after_the_end": (
        "clew:validFrom ",
        'clew:validUntilEarliest "2021-02-01"^^xsd:date ; clew:validFrom ',
        "window#untilEarliest",
    ),
    "day_as_text": ('"2020-01-01"^^xsd:date', '"2020"', "window#from"),
    "blank_identifier": ('"7704484400"', '" "', "identifier#value"),
    "identifier_with_a_blank_at_its_end": ('"7704484400"', '"7704484400 "', "identifier#value"),
    "identifier_of_no_scheme": (" ; clew:identifierScheme scheme:ru-inn", "", "identifier#scheme"),
    "name_without_text": ('"Rusal"', '""', "name#text"),
    "listing_on_no_list": (" ; clew:onList :list", "", "listing#list"),
}


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in resources.files("clew.shapes").joinpath("data").iterdir():
        graph.parse(data=file.read_text(encoding="utf8"), format="turtle")
    return graph


def violated(data: str, shapes: rdflib.Graph) -> set[str]:
    graph = rdflib.Graph().parse(data=PREFIXES + data, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(report, rdflib.Graph)
    nodes = (report.value(node, SH.sourceShape) for node in report.subjects(RDF.type, SH.ValidationResult))
    return {str(node).removeprefix("https://w3id.org/clew/shape/") for node in nodes}


def test_well_formed_records_violate_nothing(shapes: rdflib.Graph) -> None:
    assert violated(VALID, shapes) == set()


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_record_violates_the_shape_that_guards_it(name: str, shapes: rdflib.Graph) -> None:
    old, new, shape = BROKEN[name]
    assert old in VALID
    assert shape in violated(VALID.replace(old, new, 1), shapes)


def test_every_property_shape_has_a_broken_record_and_a_message(shapes: rdflib.Graph) -> None:
    guarded = {URIRef(f"https://w3id.org/clew/shape/{shape}") for _, _, shape in BROKEN.values()}
    properties = set(shapes.objects(None, SH.property))
    assert properties == guarded
    assert all(shapes.value(node, SH.message) for node in properties)
