"""What requests may carry and what answers hold, as the OpenAPI document describes them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from .case_body import DAY, one_example

Responses = dict[str | int | HTTPStatus, type[BaseModel] | dict[Any, Any] | None]
Limit = Annotated[int, Field(ge=1, le=100, description="How many to return at most.", examples=[10])]


class Asked(BaseModel):
    """Parameters of a request; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=one_example)


class EntityPath(Asked):
    """An entity by its id."""

    id: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_.-]*:.",
        max_length=300,
        description="Family and key of the entity, as shown.",
        examples=["us-sdn:24228"],
    )


class FindingPath(Asked):
    """A finding by its id."""

    id: str = Field(
        pattern=r"^[0-9a-f]{16}$",
        description="The id of the finding.",
        examples=["3f2a9c0d1e4b5a67"],
    )


class SearchQuery(Asked):
    """A search for entities."""

    q: str = Field(
        min_length=1,
        max_length=300,
        description="A name or register number.",
        examples=["Gary Lam"],
    )
    lists: list[str] | None = Field(
        None,
        max_length=20,
        description="Only entities on one of these lists.",
        examples=[["US-SDN"]],
    )
    limit: Limit = 10
    cursor: str = Field("", pattern=r"^\d{0,4}$", description="`next` of the page before.", examples=["10"])


class DayQuery(Asked):
    """The day a question is about."""

    as_of: str | None = Field(
        None,
        pattern=DAY,
        description="The day; else that of the release.",
        examples=["2019-01-15"],
        json_schema_extra={"format": "date"},
    )


class OwnershipQuery(DayQuery):
    """What to show of the holdings around an entity."""

    regime: str | None = Field(
        None,
        max_length=60,
        description="Only the states of this ownership regime.",
        examples=["us-ofac-50"],
    )
    only: str | None = Field(
        None,
        pattern="^triggering$",
        description="`triggering`: only what verdicts rest on.",
        examples=["triggering"],
    )
    format: str | None = Field(None, pattern="^(json|svg)$", description="The form of the answer.", examples=["svg"])


class FindingsQuery(Asked):
    """Which findings of the release to list."""

    rule: str | None = Field(None, max_length=60, description="Only findings of this rule.", examples=["US-EL-01"])
    entity: str | None = Field(None, max_length=300, description="Only about this subject.", examples=["us-sdn:24228"])
    limit: Limit = 50
    cursor: str = Field("", pattern=r"^[0-9a-f]{0,16}$", description="`next` of the page before.", examples=[""])


class Told(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(json_schema_extra=one_example)


class Fault(Told):
    """One fault of a request."""

    pointer: str = Field(description="Where it is, as a JSON pointer.", examples=["#/parties/0/id"])
    detail: str = Field(description="What is wrong.", examples=["Field required"])


class Problem(Told):
    """An error (RFC 9457)."""

    type: str = Field(description="The class of problem.", examples=["https://w3id.org/clew/problem/input"])
    title: str = Field(description="Its status in words.", examples=["Unprocessable Content"])
    status: int = Field(description="Its HTTP status.", examples=[422])
    detail: str = Field(description="What is wrong.", examples=["one part of the request is not well formed"])
    instance: str = Field(description="The address that was asked.", examples=["/v1/check"])
    help: str | None = Field(None, description="One remedy.", examples=["correct what `errors` points at"])
    errors: list[Fault] | None = Field(None, description="The faults one by one.", examples=[[]])
    release: str | None = Field(None, description="The release that was asked.", examples=["2026-11-21-0123456789ab"])
    rules_version: str | None = Field(None, description="The version of the rules.", examples=["0123456789ab"])


class Stamped(Told):
    """An answer with the release and the rules it comes from."""

    release: str = Field(description="The id of the release.", examples=["2026-11-21-0123456789ab"])
    rules_version: str = Field(description="The version of the rules.", examples=["0123456789ab"])


class FindingModel(Told):
    """A rule that fired, with its proof."""

    id: str = Field(
        description="The same finding on the same release and day always has the same id.",
        examples=["3f2a9c0d1e4b5a67"],
    )
    rule: str = Field(description="The rule.", examples=["US-EL-01"])
    subject: str = Field(description="The party, item or thing it is about.", examples=["buyer"])
    status: str = Field(description="certain, possible, covered or not_in_force.", examples=["certain"])
    severity: str = Field(description="prohibit, licence, duty, escalate, info or authorise.", examples=["licence"])
    legal_status: str = Field(description="The state of law of the rule on the day.", examples=["in_force"])
    path: list[str] = Field(
        description="The ordered tokens that tell the finding.", examples=[["i1", "buyer", "list:US-EL"]]
    )
    sentence: str = Field(
        description="The finding in English.", examples=["Buyer has been on the Entity List since 2020"]
    )
    explanation: dict[str, Any] = Field(
        description="The proof: a tree of facts, absences and inferences.", examples=[{"kind": "fact"}]
    )


class AnswerModel(Stamped):
    """What a check answers."""

    id: str = Field(description="The id of the case.", examples=["D001"])
    as_of: str = Field(description="The day asked about.", examples=["2024-11-15"])
    decision: str = Field(description="What the findings come to together.", examples=["licence_required"])
    grade: int = Field(description="How high up a person must approve.", examples=[3])
    findings: list[FindingModel] = Field(description="The findings with their proofs.", examples=[[]])
    ownership: dict[str, Any] = Field(description="What each ownership regime says of each party.", examples=[{}])
    missing: list[dict[str, str]] = Field(description="Facts that were not known and would matter.", examples=[[]])
    decision_id: str = Field(
        description="The hash of the case and of all that answered it; `clew replay` makes the decision again.",
        examples=["3f2a9c0d1e4b5a673f2a9c0d1e4b5a673f2a9c0d1e4b5a673f2a9c0d1e4b5a67"],
    )


class HitModel(Told):
    """An entity that was found, with the reason."""

    id: str = Field(description="The entity.", examples=["us-sdn:45720"])
    label: str = Field(description="Its primary name.", examples=["LIN, Jinghe"])
    matched_name: str = Field(description="The name or number that matched.", examples=["LAM, Gary"])
    kind: str = Field(description="The kind of that name, or the scheme of the number.", examples=["weak_alias"])
    score: float = Field(description="How well it matched, from 0 to 1.", examples=[0.95])
    lists: list[str] = Field(description="Lists the entity stands on, or once did.", examples=[["US-SDN"]])


class HitsModel(Stamped):
    """A page of entities that were found, best first."""

    entities: list[HitModel] = Field(description="The entities.", examples=[[]])
    next: str | None = Field(description="Cursor of the next page; null on the last.", examples=["10"])


class EntityModel(Stamped):
    """What a release knows of one entity."""

    id: str = Field(description="Its id.", examples=["us-sdn:24228"])
    iri: str = Field(description="Its IRI.", examples=["https://w3id.org/clew/us-sdn/24228"])
    label: str = Field(description="Its primary name.", examples=["UNITED COMPANY RUSAL PLC"])
    as_of: str = Field(description="The day asked about.", examples=["2019-01-15"])
    kinds: list[str] = Field(description="What it is.", examples=[["organization"]])
    names: list[dict[str, str]] = Field(description="Names with their kinds.", examples=[[]])
    identifiers: list[dict[str, str]] = Field(description="Register numbers.", examples=[[]])
    addresses: list[dict[str, str]] = Field(description="Addresses.", examples=[[]])
    listings: list[dict[str, Any]] = Field(
        description="Entries on lists, and whether they hold on the day.", examples=[[]]
    )
    links: list[dict[str, str]] = Field(
        description="Link annotations of lists; they say nothing of shares.", examples=[[]]
    )
    facts: list[dict[str, str]] = Field(description="Everything else that is stated.", examples=[[]])
    sources: list[dict[str, str]] = Field(
        description="Who states it: publisher, file, hash, record, day.", examples=[[]]
    )


class OwnershipModel(Stamped):
    """The holdings around one entity and what the ownership regimes make of them."""

    model_config = ConfigDict(
        json_schema_extra=one_example,
        openapi_extra={"content": {"image/svg+xml": {"schema": {"type": "string"}}}},  # type: ignore[typeddict-unknown-key]
    )

    entity: str = Field(description="The entity.", examples=["us-sdn:24228"])
    label: str = Field(description="Its primary name.", examples=["UNITED COMPANY RUSAL PLC"])
    as_of: str = Field(description="The day asked about.", examples=["2019-01-15"])
    verdicts: dict[str, Any] = Field(description="For each regime: status, shares, threshold, reasons.", examples=[{}])
    parties: list[dict[str, Any]] = Field(description="The parties shown.", examples=[[]])
    holdings: list[dict[str, Any]] = Field(description="The stakes shown, in millionths of one percent.", examples=[[]])
    truncated: bool = Field(description="Whether parties further away were left out.", examples=[False])


class FindingsModel(Stamped):
    """A page of findings of the release."""

    findings: list[dict[str, str]] = Field(description="The findings, by id.", examples=[[]])
    next: str | None = Field(description="Cursor of the next page; null on the last.", examples=[None])


class ExplanationModel(FindingModel, Stamped):
    """A finding of the release with its proof."""

    as_of: str = Field(description="The day asked about.", examples=["2024-11-15"])


class HealthModel(Stamped):
    """That the service is up, and what it serves."""

    status: str = Field(description="`ok`.", examples=["ok"])
    statements: int = Field(description="Statements in the release.", examples=[1234567])


def problems(*statuses: int) -> Responses:
    """Return the OpenAPI description of the errors a route may answer."""
    words = {
        400: "the request cannot be read or is refused",
        401: "no key that works was sent",
        403: "the key may not do this",
        404: "nothing has that id",
        406: "the answer has no form that the request takes",
        409: "a proof does not hold",
        413: "the request is too large",
        415: "the body is of another media type",
        422: "the request is not well formed",
        429: "the caller asks more than it may",
        500: "something went wrong on our side",
        503: "the time ran out, or all workers are busy",
    }
    schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    described: Responses = {}
    for status in statuses:
        described[status] = {"description": words[status], "content": schema}
    return described
