"""Every competency question gets its right answer in a small world: the ontology can say what people need to know."""

from collections.abc import Mapping

import pytest
from rdflib import URIRef

from clew.dataset import Dataset
from clew.ontology import curie
from clew.queries.catalogue import catalogue, query
from clew.statements import Text, Value

# What is asked, and what one row of the answer says. Ids are written short: `ex` is the small world.
ANSWERS: dict[str, tuple[Mapping[str, str], Mapping[str, object]]] = {
    "CQ-00": ({"party": "ex:magnate"}, {"record": "1", "note": "gazette of 2023-05-01"}),
    "CQ-01": (
        {"party": "ex:magnate", "asOf": "2024-06-01"},
        {"list": "list:US-SDN", "footnote": "3", "policy": "denial"},
    ),
    "CQ-02": ({"party": "ex:magnate"}, {"text": "Vanya", "kind": "weak alias", "weak": True}),
    "CQ-03": (
        {"company": "ex:trader"},
        {"owner": "ex:magnate", "through": "ex:holding", "natural": True, "listed": True},
    ),
    "CQ-04": ({"company": "ex:trader", "asOf": "2024-06-01"}, {"owner": "ex:holding", "minimum": 50_000_000}),
    "CQ-05": ({}, {"restated": "ex:stake-3", "company": "ex:sister"}),
    "CQ-06": ({}, {"company": "ex:trader", "party": "ex:sister", "complete": False}),
    "CQ-07": ({"party": "ex:trader", "asOf": "2024-06-01"}, {"answer": "status:caught", "holding": "ex:stake-2"}),
    "CQ-08": ({}, {"company": "ex:trader", "transaction": "ex:deal"}),
    "CQ-09": ({"asOf": "2024-06-01"}, {"test": "regime:us-ofac-50", "state": "legal:in_force", "comparison": ">="}),
    "CQ-10": ({}, {"list": "list:US-SDN", "programme": "programme:RUSSIA"}),
    "CQ-11": ({}, {"one": "ex:magnate", "other": "ex:namesake", "strong": True, "issued": "place:RU"}),
    "CQ-12": ({"transaction": "ex:deal"}, {"party": "ex:trader", "listed": "ex:magnate", "town": "Dubai"}),
    "CQ-13": ({"transaction": "ex:deal"}, {"person": "ex:magnate", "born": "1960-01", "nationality": "place:RU"}),
    "CQ-14": ({"transaction": "ex:deal", "formedAfter": "2022-02-24"}, {"company": "ex:trader", "business": "flowers"}),
    "CQ-15": ({"group": "group:D:5", "asOf": "2024-06-01"}, {"party": "ex:trader", "owner": "ex:holding"}),
    "CQ-16": ({}, {"party": "ex:fab", "kind": "university", "sector": "military"}),
    "CQ-17": ({}, {"facility": "ex:fab", "process": "7nm", "item": "ex:chip"}),
    "CQ-18": ({}, {"leg": "ex:leg-1", "vessel": "ex:ship", "flag": "place:AE"}),
    "CQ-19": ({}, {"craft": "ex:ship", "kind": "vessel", "listed": True}),
    "CQ-20": ({"entity": "ex:magnate"}, {"linked": "ex:holding", "unresolved": "SOMEBODY ELSE"}),
    "CQ-21": ({"asOf": "2024-06-01"}, {"region": "place:UA-43", "country": "place:UA", "power": "place:RU"}),
    "CQ-22": ({}, {"party": "ex:trader", "object": "new labels"}),
    "CQ-23": ({}, {"type": "end_user_statement", "state": "false", "issuer": "ex:trader"}),
    "CQ-24": ({"party": "ex:fab"}, {"transaction": "ex:deal", "part": "end user"}),
    "CQ-25": ({"item": "ex:chip"}, {"entry": "eccn:3A090", "code": "3A090"}),
    "CQ-26": ({}, {"entry": "eccn:3A090.a", "list": "control-list:EU"}),
    "CQ-27": ({"transaction": "ex:deal"}, {"reason": "RS", "place": "place:RU"}),
    "CQ-28": ({"entry": "eccn:3A090"}, {"only": "eccn:3A090.a", "except": "eccn:3A090.b"}),
    "CQ-29": ({"entry": "eu:3A001"}, {"aligned": "eccn:3A090.a"}),
    "CQ-30": ({}, {"declared": "hs:854239", "entry": "eu:3A001"}),
    "CQ-31": ({"asOf": "2024-06-01"}, {"tier": "1", "place": "place:RU"}),
    "CQ-32": ({}, {"leg": "ex:leg-1", "through": "place:AE", "to": "place:RU"}),
    "CQ-33": ({"place": "place:IRBND", "asOf": "2024-06-01"}, {"restricted": "place:IR", "all": True}),
    "CQ-34": ({"list": "control-list:EU"}, {"instrument": "ex:announcement", "state": "legal:suspended"}),
    "CQ-35": ({}, {"part": "ex:die", "from": "place:RU", "share": 30_000_000}),
    "CQ-36": ({}, {"true": "graphics processor", "stated": "toys", "system": "AES"}),
    "CQ-37": ({}, {"price": 100, "declaredPrice": 10, "currency": "USD"}),
    "CQ-38": ({"transaction": "ex:deal"}, {"sequence": 1, "mode": "sea", "fromName": "Bremen", "toName": "Dubai"}),
    "CQ-39": ({"transaction": "ex:deal"}, {"sequence": 2, "receiver": "ex:fab", "declared": False}),
    "CQ-40": ({}, {"place": "place:IRBND", "item": "ex:chip"}),
    "CQ-41": ({}, {"declared": "resale", "actual": "rockets", "weapon": "missiles"}),
    "CQ-42": ({"since": "2024-03-20"}, {"transaction": "ex:deal", "clause": False}),
    "CQ-43": ({}, {"authorisation": "ex:licence", "exception": "LVS", "open": False}),
    "CQ-44": ({}, {"payer": "ex:stranger", "country": "place:CY"}),
    "CQ-45": ({"transaction": "ex:deal"}, {"rule": "rule:X-01", "asks": "to prohibit", "proof": "ex:proof"}),
    "CQ-46": ({}, {"decision": "decision:prohibit", "asks": "severity:prohibit", "findings": 1}),
    "CQ-47": ({"asOf": "2024-06-01"}, {"id": "X-01", "state": "legal:not_verified"}),
    "CQ-48": ({"rule": "rule:X-01"}, {"remedy": "another buyer", "fact": "the end user"}),
    "CQ-49": ({"after": "2023-01-01", "until": "2024-01-01"}, {"entity": "ex:magnate", "below": "ex:trader"}),
    "CQ-50": ({"list": "list:US-SDN", "other": "list:EU-FSF"}, {"entity": "ex:magnate", "number": "77"}),
    "CQ-51": ({"transaction": "ex:deal"}, {"bank": "ex:bank", "owner": "ex:magnate", "listed": True}),
    "CQ-52": ({"company": "ex:bank"}, {"holder": "ex:holding", "caught": "ex:trader"}),
    "CQ-53": ({}, {"subject": "ex:finding", "what": "rule:X-01"}),
    "CQ-54": ({"jurisdiction": "US"}, {"authority": "BIS", "duration": 90, "unit": "calendar days"}),
    "CQ-55": ({"place": "place:AE"}, {"way": "ex:gea", "items": "all"}),
    "CQ-56": ({}, {"inputs": "3E001", "reach": "D:5"}),
    "CQ-57": ({"asOf": "2024-06-01"}, {"ceiling": 25_000_000, "group": "group:D:5", "use": "end_use:military"}),
    "CQ-58": ({}, {"place": "place:IR", "least": 50_000_001}),
    "CQ-59": ({}, {"text": "young buyer", "facts": "date of incorporation"}),
    "CQ-60": ({"jurisdiction": "US"}, {"document": "end-user statement", "retention": "5 years"}),
    "CQ-61": ({}, {"article": "art. 2a", "annex": "Annex VII"}),
    "CQ-62": ({}, {"title": "no rule yet", "kind": "catalogue"}),
    "CQ-63": ({}, {"label": "Cuba", "remark": "see part 746"}),
    "CQ-64": (
        {"place": "place:RU"},
        {"measure": "contract_clause", "entry": "eu:3A001", "except": "group:D:5", "goods": "clause goods"},
    ),
    "CQ-65": ({}, {"place": "place:CN", "goods": "clause goods", "quantity": 30258, "unit": "t"}),
    "CQ-66": ({"list": "list:US-SDN"}, {"state": "legal:in_force", "abroad": "legal:not_verified"}),
    "CQ-67": ({}, {"party": "ex:magnate", "rule": "rule:X-01"}),
    "CQ-68": ({"since": "2024-03-20"}, {"transaction": "ex:deal", "clause": False}),
    "CQ-70": ({"asOf": "2024-06-01"}, {"list": "list:US-EL", "footnote": "1", "pattern": "3E00[1-3]"}),
    "CQ-71": ({}, {"symbol": "GOV", "kind": "only these exceptions", "list": "list:US-SDN"}),
    "CQ-72": ({}, {"rule": "rule:X-01", "word": "ais_gap", "least": 1}),
    "CQ-73": ({}, {"item": "ex:chip", "worth": 1000, "declared": 100}),
    "CQ-74": ({}, {"use": "end_use:military", "group": "group:D:5"}),
}
QUESTIONS = {found.competency: found for found in catalogue() if found.name.startswith("competency/")}


def written(value: Value) -> object:
    """Return a value as the table above writes it."""
    if isinstance(value, URIRef):
        return curie(value).replace("example:", "ex:")
    return value.words if isinstance(value, Text) else value


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_question_finds_its_answer(example: Dataset, name: str) -> None:
    question, (given, expected) = QUESTIONS[name], ANSWERS[name]
    assert set(given) == {parameter.name for parameter in question.parameters}
    values = {
        parameter.name: parameter.value(given[parameter.name].replace("ex:", "example:"))
        for parameter in question.parameters
    }
    rows = [{key: written(value) for key, value in row.items()} for row in example.rows(question.text, **values)]
    assert any(expected.items() <= row.items() for row in rows), rows


def test_every_competency_question_is_asked_here() -> None:
    assert set(QUESTIONS) == set(ANSWERS)


def test_a_listing_is_not_reported_before_its_first_day(example: Dataset) -> None:
    question = query(QUESTIONS["CQ-01"].name)
    values = {"party": URIRef("https://w3id.org/clew/example/magnate")}
    early, late = (question.parameters[1].value(day) for day in ("2023-04-30", "2023-05-01"))
    assert example.rows(question.text, asOf=early, **values) == []
    assert len(example.rows(question.text, asOf=late, **values)) == 1


def test_no_owner_is_found_for_a_company_that_nobody_holds(example: Dataset) -> None:
    found = example.rows(QUESTIONS["CQ-03"].text, company=URIRef("https://w3id.org/clew/example/fab"))
    assert found == []
