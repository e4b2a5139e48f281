"""A proof that was touched no longer replays."""

from dataclasses import replace
from datetime import date

import pytest

from clew.errors import NotFoundError, ProofError
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact, Inference, Origin
from clew.reasoner.ownership import assess, read
from clew.reasoner.verify.arithmetic import replay
from clew.tests.ownership.worlds import GRAPH, fact, party, regime, shorthand, world


def proof(**case: object) -> Inference:
    assessment = assess(read(world(shorthand(case)), date(2026, 11, 21)))
    return assessment.derive(regime("us-ofac-50"), party("B"), fact)


def whole() -> Inference:
    return proof(listed={"X": "US-SDN", "Y": "US-SDN"}, holds=["X A 50", "A B 30", "Y B 20"])


def without(step: Inference, position: int) -> Inference:
    return replace(step, premises=step.premises[:position] + step.premises[position + 1 :])


def test_a_proof_replays_as_it_is() -> None:
    replay(whole())


def test_it_needs_every_one_of_its_premises() -> None:
    """The kind of comparison is the one premise whose absence reads as the usual `50 percent or more`."""
    step = whole()
    for position, premise in enumerate(step.premises):
        statement = premise.conclusion if isinstance(premise, Fact | Inference) else None
        if statement is not None and statement[1] != CLEW.comparison:
            with pytest.raises(ProofError):
                replay(without(step, position))


def test_a_smaller_share_does_not_replay() -> None:
    step = whole()
    for position, premise in enumerate(step.premises):
        if isinstance(premise, Fact) and premise.conclusion[1] == CLEW.shareMinimum:
            subject, term, share = premise.conclusion
            assert isinstance(share, int)
            less = Fact((subject, term, share - 1), Origin(GRAPH))
            with pytest.raises(ProofError):
                replay(replace(step, premises=(*step.premises[:position], less, *step.premises[position + 1 :])))


def test_a_listing_on_another_list_does_not_replay() -> None:
    step = whole()
    premises = tuple(
        Fact((*one.conclusion[:2], mint("list", "US-UVL")), one.origin)
        if isinstance(one, Fact) and one.conclusion[1] == CLEW.onList
        else one
        for one in step.premises
    )
    with pytest.raises(ProofError):
        replay(replace(step, premises=premises))


def test_a_caught_company_cannot_rest_on_one_that_is_only_possibly_caught() -> None:
    step = proof(listed={"X": "US-SDN"}, holds=["X A ?", "A B 100"])
    replay(step)
    with pytest.raises(ProofError):
        replay(replace(step, conclusion=(*step.conclusion[:2], mint("status", "caught"))))


def test_a_clear_answer_is_not_shown_by_premises() -> None:
    with pytest.raises(ProofError, match="cannot be repeated"):
        replay(proof(listed={"X": "US-SDN"}, holds=["X B 20"]))


def test_what_does_not_exist_is_said_to_be_unknown() -> None:
    assessment = assess(read(world(shorthand({"holds": ["X A 50"]})), date(2026, 11, 21)))
    with pytest.raises(NotFoundError, match="no ownership regime"):
        assessment.status(regime("us-ofac-51"), party("A"))
    with pytest.raises(NotFoundError, match="no statement on ownership"):
        assessment.derive(regime("us-ofac-50"), party("nobody"), fact)
    with pytest.raises(NotFoundError, match="no verdict"):
        assessment.derive(mint("verdict", "us-ofac-50", "2026-11-21", "nobody"), fact)
    assert assessment.status(regime("us-ofac-50"), party("nobody")).reasons == ("no owner is recorded",)
