"""Finding entities by name: what is forgiven, what is not, and in which order hits come."""

import pytest
from rdflib import RDFS

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.reasoner.search import NameIndex, fold, number
from clew.statements import Statement

NAMES = {
    "1": [("DERIPASKA, Oleg Vladimirovich", "primary")],
    "2": [("LIN, Jinghe", "primary"), ("LAM, Gary", "weak_alias")],
    "3": [("LAM, Gary", "primary")],
    "4": [("UNITED COMPANY RUSAL PLC", "primary"), ("Объединённая компания РУСАЛ", "strong_alias")],
    "5": [("Société Générale d'Électricité", "primary")],
    "6": [("ISLAMIC REVOLUTIONARY GUARD CORPS", "primary")],
    "7": [("GAZPROMBANK", "primary"), ("Gasprombank AG", "former")],
    "8": [("中国移动有限公司", "primary")],
}


def index() -> NameIndex:
    data = Dataset()
    made: list[Statement] = []
    for key, names in NAMES.items():
        entity = mint("us-sdn", key)
        made.append((entity, RDFS.label, names[0][0]))
        for place, (text, kind) in enumerate(names):
            node = mint("us-sdn", key, part=f"name-{place}")
            made += [
                (entity, CLEW.hasName, node),
                (node, CLEW.nameText, text),
                (node, CLEW.nameKind, mint("name-kind", kind)),
            ]
    node = mint("us-sdn", "4", part="id")
    made += [
        (mint("us-sdn", "4"), CLEW.hasIdentifier, node),
        (node, CLEW.identifierValue, "HK-51566843"),
        (node, CLEW.identifierScheme, mint("scheme", "company-register")),
        (mint("us-sdn", "4"), CLEW.listing, mint("us-sdn", "4", part="listing")),
        (mint("us-sdn", "4", part="listing"), CLEW.onList, mint("list", "US-SDN")),
    ]
    data.add(made, mint("graph", "source", "test", "2024-01-01"))
    return NameIndex.build(data)


def found(text: str, limit: int = 10) -> list[str]:
    return [hit.entity.rpartition("/")[2] for hit in index().search(text, limit)]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Oleg Deripaska", "1"),
        ("deripaska, oleg", "1"),
        ("OLEG DERYPASKA", "1"),
        ("Deripaska Oleg V.", "1"),
        ("rusal", "4"),
        ("русал", "4"),
        ("Societe Generale d Electricite", "5"),
        ("Société Générale d’Électricité", "5"),
        ("ＲＵＳＡＬ", "4"),
        ("gazprom bank", "7"),
        ("gasprombank", "7"),
        ("中国移动有限公司", "8"),
        ("hk 51566843", "4"),
    ],
)
def test_order_case_accents_width_and_slips_are_forgiven(text: str, entity: str) -> None:
    assert found(text)[0] == entity


@pytest.mark.parametrize("text", ["isl", "amic", "rus", "oleg smith", "", " ", "!!", "5156684", "gua"])
def test_a_piece_of_a_word_or_half_a_name_finds_nothing(text: str) -> None:
    assert found(text) == []


def test_a_primary_name_comes_before_the_same_words_as_a_weak_alias() -> None:
    hits = index().search("gary lam")
    assert [(hit.entity.rpartition("/")[2], hit.kind) for hit in hits] == [("3", "primary"), ("2", "weak_alias")]
    assert hits[0].score == 1.0 > hits[1].score


def test_each_entity_comes_once_by_its_best_name_with_its_lists() -> None:
    hits = index().search("rusal")
    assert len(hits) == 1
    assert (hits[0].label, hits[0].matched_name) == ("UNITED COMPANY RUSAL PLC", "UNITED COMPANY RUSAL PLC")
    assert hits[0].lists == (mint("list", "US-SDN"),)


def test_a_whole_name_scores_higher_than_the_same_words_within_a_longer_one() -> None:
    whole, part = (
        index().search("islamic revolutionary guard corps")[0],
        index().search("islamic revolutionary guard")[0],
    )
    assert whole.score == 1.0
    assert 0.9 < part.score < 1.0


def test_words_and_numbers_are_compared_in_one_form() -> None:
    assert fold("EN+ GROUP  plc.") == ("en", "group", "plc")
    assert fold("O'Neill\u200b-Müller") == ("oneill", "muller")
    assert number("IMO 9187629") == number("imo-9187629") == "9187629"
