"""The bodies of ownership questions over HTTP: who holds what, and what if that were otherwise."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from .case_body import ArrangementBody, CaseBody, Day, HoldingBody, Key, ListingBody, PartyBody, Strict, Words
from .models import Asked, Stamped, Told

_Id = Annotated[str, Field(min_length=1, max_length=300)]
_REGIMES = Field(None, description="Only these ownership regimes; else all.", examples=[["us-ofac-50"]])


class OwnershipBody(Strict):
    """Parties with their entries on lists, and who holds what; as in a case, without a deal."""

    id: Key | None = Field(None, description="A name for the question.", examples=["group"])
    as_of: Day | None = Field(
        None, description="The day asked about; else that of the release.", examples=["2024-06-01"]
    )
    regimes: Words | None = _REGIMES
    sweep: bool | None = Field(
        None, description="Whether to tell each day on which an answer changed.", examples=[True]
    )
    parties: list[PartyBody] = Field(max_length=2000, description="The parties.", examples=[[{"id": "a"}]])
    ownership: list[HoldingBody] | None = Field(
        None,
        max_length=10000,
        description="Who holds what.",
        examples=[[{"owner": "x", "owned": "a", "percent": "50"}]],
    )
    joint_arrangements: list[ArrangementBody] | None = Field(None, description="Agreements of holders.", examples=[[]])
    complete_registers: Words | None = Field(None, description="Companies whose holders are all named.", examples=[[]])


class EntryBody(ListingBody):
    """An entry of a party on a list that is supposed to be there."""

    party: _Id = Field(description="Whose entry.", examples=["x"])


class HeldBody(Strict):
    """A stake that is supposed to be gone."""

    owner: _Id = Field(description="Who has it.", examples=["x"])
    owned: _Id = Field(description="In whom.", examples=["a"])
    kind: Key | None = Field(None, description="Only stakes of this kind.", examples=["equity"])


class GoneEntryBody(Strict):
    """Entries of a party on a list that are supposed to be gone."""

    party: _Id = Field(description="Whose entries.", examples=["x"])
    list: Key = Field(description="On which list.", examples=["US-SDN"])


class AddBody(Strict):
    """What is supposed to be there in addition."""

    ownership: list[HoldingBody] = Field(default=[], max_length=1000, description="Stakes.", examples=[[]])
    listings: list[EntryBody] = Field(default=[], max_length=1000, description="Entries on lists.", examples=[[]])


class RemoveBody(Strict):
    """What is supposed to be gone."""

    ownership: list[HeldBody] = Field(default=[], max_length=1000, description="Stakes.", examples=[[]])
    listings: list[GoneEntryBody] = Field(default=[], max_length=1000, description="Entries on lists.", examples=[[]])


class WhatIfBody(Strict):
    """A case or an entity of the release, and what is supposed to be otherwise. Nothing of it is kept."""

    case: CaseBody | None = Field(None, description="The case.", examples=[{"id": "deal"}])
    entity: _Id | None = Field(None, description="The entity, in place of a case.", examples=["us-sdn:24228"])
    as_of: Day | None = Field(
        None, description="The day asked about; else that of the release.", examples=["2024-06-01"]
    )
    regimes: Words | None = _REGIMES
    add: AddBody = Field(
        default_factory=AddBody.model_construct, description="What there is in addition.", examples=[{"ownership": []}]
    )
    remove: RemoveBody = Field(
        default_factory=RemoveBody.model_construct, description="What is gone.", examples=[{"ownership": []}]
    )

    @model_validator(mode="after")
    def _one_subject(self) -> WhatIfBody:
        if (self.case is None) == (self.entity is None):
            raise ValueError("give a case or an entity, and not both")
        return self


class OwnersQuery(Asked):
    """The day a question about owners is about."""

    as_of: str | None = Field(
        None, pattern=r"^\d{4}-\d{2}-\d{2}$", description="The day; else that of the release.", examples=["2019-01-15"]
    )


class OwnersModel(Stamped):
    """Who holds an entity, and who stands behind it."""

    entity: str = Field(description="The entity.", examples=["us-sdn:24228"])
    label: str = Field(description="Its primary name.", examples=["UNITED COMPANY RUSAL PLC"])
    as_of: str = Field(description="The day asked about.", examples=["2019-01-15"])
    recorded: int = Field(description="What recorded holders have at least.", examples=[44950000])
    complete: bool = Field(description="Whether every holder is recorded.", examples=[False])
    direct: list[dict[str, Any]] = Field(description="Stakes, in millionths of one percent.", examples=[[]])
    ultimate: list[dict[str, Any]] = Field(
        description="Who stands behind it, with the share multiplied along chains (`integrated`), and what each regime "
        "would say were this party alone listed (`alone`).",
        examples=[[]],
    )


class VerdictsModel(Stamped):
    """What the ownership regimes say of each company of a question."""

    as_of: str = Field(description="The day asked about.", examples=["2024-06-01"])
    parties: list[dict[str, Any]] = Field(
        description="For each company: regimes side by side with status, reasons, margin, proof; owners; changes.",
        examples=[[]],
    )
    problems: list[str] = Field(
        description="Parts that were set aside; none, because bodies are strict.", examples=[[]]
    )


class StatusChange(Told):
    """A verdict that would be another one."""

    party: str = Field(description="On whom.", examples=["buyer"])
    regime: str = Field(description="Under which regime.", examples=["us-ofac-50"])
    before: dict[str, Any] | None = Field(description="What it is; null where the party is new.", examples=[{}])
    after: dict[str, Any] | None = Field(description="What it would be.", examples=[{}])


class WhatIfModel(Stamped):
    """The difference that a change would make."""

    as_of: str = Field(description="The day asked about.", examples=["2024-06-01"])
    statuses: list[StatusChange] = Field(description="Verdicts that would be others.", examples=[[]])
    findings: dict[str, Any] | None = Field(
        description="Findings that would be new (`added`) or gone (`removed`), and the decision before and after; null "
        "for an entity.",
        examples=[{"added": [], "removed": []}],
    )
