"""A derivation written as JSON is the same derivation when it is read back."""

from datetime import date
from decimal import Decimal

import pytest

from clew.errors import ProofError
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Absence, Derivation, Fact, Inference, Kind, Origin
from clew.reasoner.render import canonical, derivation_json, read_derivation, sentences
from clew.statements import Text, Value

PARTY = mint("us-sdn", "1")
ORIGIN = Origin(mint("graph", "source", "us-sdn", "2024-05-03"), "OFAC", "sdn.csv", "ab12", "1", "2024-05-03")


def proof(value: Value) -> Derivation:
    premises = (Fact((PARTY, CLEW.remark, value), ORIGIN), Absence("?s ?p ?o", "no licence is known"))
    return Inference((PARTY, CLEW.owns, PARTY), Kind.AXIOM, CLEW.owns, "it owns", (("a", "b"),), premises)


@pytest.mark.parametrize("value", [PARTY, "text", 5, True, Decimal("1.50"), date(2024, 1, 1), Text("a", "en")], ids=str)
def test_a_proof_survives_json(value: Value) -> None:
    written = derivation_json(proof(value))
    assert read_derivation(written) == proof(value)
    assert canonical(derivation_json(read_derivation(written))) == canonical(written)


@pytest.mark.parametrize("broken", [{}, {"kind": "guess"}, {"kind": "fact"}, {"kind": "inference", "premises": 3}])
def test_a_broken_proof_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ProofError):
        read_derivation(broken)


def test_sentences_name_the_source_of_each_fact() -> None:
    assert sentences(proof("text"))[1] == "  - us-sdn:1 remark text (OFAC, sdn.csv, record 1, 2024-05-03)"
