"""The body of a check: one case of schema kg-compliance-cases/v1, field by field.

Types are strict and unknown fields are refused, so that a slip of the pen is an error and never a fact left out. What a
value means (days, shares, codes, places) is read by `loaders/case`, the same for files and for requests.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

DAY = r"^\d{4}-\d{2}-\d{2}$"
DAYS = r"^(\d{4}-\d{2}-\d{2}|\[\d{4}-\d{2}-\d{2},\d{4}-\d{2}-\d{2}\])$"

Day = Annotated[str, Field(pattern=DAY, max_length=10)]
Days = Annotated[str, Field(pattern=DAYS, max_length=23)]
Key = Annotated[str, Field(min_length=1, max_length=200)]
Line = Annotated[str, Field(max_length=2000)]
Number = Annotated[int | float | str, Field()]
Words = Annotated[list[Key], Field(max_length=100)]
Free = Annotated[dict[str, Any], Field(max_length=100)]


def one_example(schema: dict[str, Any]) -> None:
    """Give every field of a schema its example in the one form that the OpenAPI models keep."""
    for about in schema.get("properties", {}).values():
        if "examples" in about:
            about["example"] = about.pop("examples")[0]


class Strict(BaseModel):
    """A part of a body: types as they are, no fields beside those that are named."""

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_extra=one_example)


class ListingBody(Strict):
    """An entry on a list, as a fact of this case."""

    list: Key = Field(description="The list.", examples=["US-SDN"])
    programmes: Words | None = Field(None, description="Programmes of the entry.", examples=[["UKRAINE-EO13661"]])
    entry: Key | None = Field(None, description="The publisher's number of the entry.", examples=["24228"])
    from_: Days | None = Field(None, alias="from", description="First day on the list.", examples=["2018-04-06"])
    to: Days | None = Field(None, description="First day no longer on the list.", examples=["2019-01-27"])
    footnotes: Words | None = Field(None, description="Footnotes of an Entity List entry.", examples=[["5"]])
    footnote_from: Days | None = Field(None, description="First day of the footnotes.", examples=["2024-12-02"])
    source: Line | None = Field(None, description="Who says so.", examples=["89 FR 96830"])


class PartyBody(Strict):
    """A party to the deal, named here or by the id of a loaded one."""

    id: Key = Field(description="A short id, unique in the case.", examples=["buyer"])
    ref: Key | None = Field(None, description="The id of a loaded party it is.", examples=["us-sdn:24228"])
    name: Line | None = Field(None, description="Its name.", examples=["Aurora Distribution Ltd"])
    kind: (
        Literal["company", "person", "university", "organization", "bank", "vessel", "aircraft", "government"] | None
    ) = Field(None, description="What it is.", examples=["company"])
    country: Key | None = Field(None, description="Its country (ISO 3166-1 alpha-2).", examples=["AE"])
    roles: Words | None = Field(None, description="Its parts in the deal.", examples=[["end_user"]])
    listings: list[ListingBody] | None = Field(None, description="Entries on lists.", examples=[[{"list": "US-EL"}]])
    facts: Free | None = Field(None, description="What else is known of it.", examples=[{"business": "real_estate"}])


class HoldingBody(Strict):
    """A stake of one party in another."""

    owner: Key | None = Field(None, description="Who has the stake.", examples=["parent"])
    owners: Words | None = Field(None, description="Who has it jointly, in place of `owner`.", examples=[["a", "b"]])
    owned: Key = Field(description="In whom.", examples=["buyer"])
    percent: Number | None = Field(
        None, description="The share: a number, exact text, a band, or null.", examples=["(25,50]"]
    )
    kind: Key | None = Field(None, description="equity, votes, control, board, joint or indirect.", examples=["equity"])
    from_: Days | None = Field(None, alias="from", description="First day.", examples=["2021-01-01"])
    to: Days | None = Field(None, description="First day no longer.", examples=["[2026-05-01,2026-07-01]"])
    source: Line | None = Field(None, description="Who says so.", examples=["company register"])
    note: Line | None = Field(None, description="A remark.", examples=["treasury shares left out"])


class ArrangementBody(Strict):
    """An agreement by which parties exercise their rights in a company together."""

    parties: Words = Field(description="Who is bound.", examples=[["a", "b"]])
    company: Key = Field(description="In which company.", examples=["target"])
    from_: Days | None = Field(None, alias="from", description="First day.", examples=["2021-01-01"])
    to: Days | None = Field(None, description="First day no longer.", examples=["2024-01-01"])
    source: Line | None = Field(None, description="Who says so.", examples=["shareholders' agreement"])


class MoneyBody(Strict):
    """An amount of money."""

    amount: Number = Field(description="How much.", examples=[1900000])
    currency: Key = Field(description="In which currency (ISO 4217).", examples=["USD"])


class DeclaredBody(Strict):
    """What was declared of goods, beside what they are."""

    system: Key | None = Field(None, description="Where it was declared.", examples=["AES"])
    item: Key | None = Field(None, description="Of which item.", examples=["i1"])
    desc: Line | None = Field(None, description="The words used.", examples=["tin articles"])
    hs: Key | None = Field(None, description="The HS code used.", examples=["800700"])
    origin: Key | None = Field(None, description="The origin named.", examples=["CN"])
    date: Day | None = Field(None, description="The day.", examples=["2024-06-01"])
    value: MoneyBody | None = Field(None, description="The value named.", examples=[{"amount": 100, "currency": "USD"}])
    codes: Free | None = Field(None, description="Codes named, by list.", examples=[{"US": "EAR99"}])
    consignee: Line | None = Field(None, description="The consignee named.", examples=["Trading FZE"])
    destination: Line | None = Field(None, description="The destination named.", examples=["AE"])
    end_user: Line | None = Field(None, description="The end user named.", examples=["University"])
    qty: Number | None = Field(None, description="The quantity named.", examples=[10])
    unit: Key | None = Field(None, description="Its unit.", examples=["kg"])
    eccn: Key | None = Field(None, description="The ECCN named.", examples=["EAR99"])


class ComponentBody(Strict):
    """A part that an item contains."""

    desc: Line | None = Field(None, description="What it is.", examples=["light source"])
    hs: Key | None = Field(None, description="Its HS code.", examples=["901390"])
    codes: Free | None = Field(None, description="Its codes, by list.", examples=[{"US": "3B001"}])
    origin: Key | None = Field(None, description="Where it is from.", examples=["US"])
    share_pct: Number | None = Field(None, description="Its part of the value, in percent.", examples=[3])


class ItemBody(Strict):
    """Goods, software or technology of the deal. Fields such as `us_content_pct` tell the content from a country."""

    model_config = ConfigDict(strict=True, extra="allow", json_schema_extra=one_example)
    __pydantic_extra__: dict[str, Number]

    id: Key = Field(description="A short id, unique in the case.", examples=["i1"])
    desc: Line | None = Field(None, description="What it is.", examples=["A100 GPU"])
    hs: Key | None = Field(None, description="HS code, as text.", examples=["847330"])
    codes: Free | None = Field(None, description="Control codes, by list.", examples=[{"US": "3A090.a"}])
    origin: Key | None = Field(None, description="Country of origin.", examples=["US"])
    qty: Number | None = Field(None, description="Quantity.", examples=[200])
    unit: Key | None = Field(None, description="Unit of the quantity.", examples=["piece"])
    value: MoneyBody | None = Field(None, description="Value.", examples=[{"amount": 1900000, "currency": "USD"}])
    components: list[ComponentBody] | None = Field(None, description="What it contains.", examples=[[{"origin": "US"}]])
    produced_with: list[Any] | None = Field(None, description="Technology or plant behind it.", examples=[["US EDA"]])
    declared: DeclaredBody | None = Field(None, description="What was declared of it.", examples=[{"desc": "parts"}])


class EndUseBody(Strict):
    """What the items are for."""

    declared: Line | None = Field(None, description="As declared.", examples=["research"])
    actual: Line | None = Field(None, description="As known.", examples=["Guangzhou data centre"])
    class_: Words | None = Field(None, alias="class", description="Classes of end use.", examples=[["ai_datacentre"]])


class ContractBody(Strict):
    """The contract behind the deal."""

    date: Day | None = Field(None, description="When it was made.", examples=["2024-05-01"])
    no_russia_clause: bool | None = Field(None, description="Whether it forbids re-export to Russia.", examples=[True])
    no_belarus_clause: bool | None = Field(
        None, description="Whether it forbids re-export to Belarus.", examples=[True]
    )


class TransactionBody(Strict):
    """The deal itself."""

    type: Key | None = Field(None, description="export, reexport, technology_release, payment ...", examples=["export"])
    date: Day | None = Field(None, description="The day of the deal.", examples=["2024-11-15"])
    end_use: EndUseBody | None = Field(None, description="What the items are for.", examples=[{"declared": "research"}])
    contract: ContractBody | None = Field(None, description="The contract.", examples=[{"no_russia_clause": True}])
    licences: list[Free] | None = Field(None, description="Licences, with type, list, number.", examples=[[]])
    documents: list[Free] | None = Field(None, description="Papers: type, issuer, status, date.", examples=[[]])
    declarations: list[DeclaredBody] | None = Field(None, description="Customs declarations.", examples=[[]])
    payments: list[Free] | None = Field(None, description="Payments: from, country, amount, currency.", examples=[[]])
    exception_claimed: Key | Words | None = Field(None, description="Licence exception claimed.", examples=["GOV"])


class PlaceBody(Strict):
    """One end of a leg."""

    place: Line | None = Field(None, description="Town or port.", examples=["Port Klang"])
    country: Key | None = Field(None, description="Its country.", examples=["MY"])


class LegBody(Strict):
    """One leg of the route."""

    seq: int | None = Field(None, ge=1, description="Its position.", examples=[1])
    from_: PlaceBody | None = Field(None, alias="from", description="From where.", examples=[{"country": "US"}])
    to: PlaceBody | None = Field(None, description="To where.", examples=[{"country": "MY"}])
    mode: Key | None = Field(None, description="air, sea, road, rail or electronic.", examples=["air"])
    date: Day | None = Field(None, description="The day.", examples=["2024-11-10"])
    consignee: Key | None = Field(None, description="Who receives the goods there.", examples=["buyer"])
    carrier: Key | None = Field(None, description="Who carries them.", examples=["line"])
    vessel: Key | None = Field(None, description="On which vessel.", examples=["ship"])


class CaseBody(Strict):
    """A case: parties, holdings, goods and the deal, and the day for which the question is asked."""

    schema_: Literal["kg-compliance-cases/v1"] | None = Field(
        None, alias="schema", description="The schema of the body.", examples=["kg-compliance-cases/v1"]
    )
    id: Key = Field(description="The id of the case.", examples=["D001"])
    title: Line | None = Field(None, description="One line about it.", examples=["GPUs to China through Malaysia"])
    as_of: Day | None = Field(
        None, description="The day asked about; else the day of the release.", examples=["2024-11-15"]
    )
    kind: Key | None = Field(None, description="enforcement, court, guidance, regulation or seed.", examples=["court"])
    fidelity: Key | None = Field(None, description="real, simplified or hypothetical.", examples=["simplified"])
    confidence: Key | None = Field(None, description="high, medium or low.", examples=["medium"])
    decided: Day | None = Field(None, description="The day of the decision.", examples=["2025-11-20"])
    jurisdictions: Words | None = Field(None, description="Legal orders.", examples=[["US"]])
    sources: list[Any] | None = Field(None, description="Where the facts come from.", examples=[[{"title": "press"}]])
    assumed: Words | None = Field(None, description="Fields that were assumed.", examples=[["route"]])
    parties: list[PartyBody] | None = Field(
        None, max_length=2000, description="The parties.", examples=[[{"id": "buyer"}]]
    )
    ownership: list[HoldingBody] | None = Field(None, max_length=10000, description="Who holds what.", examples=[[]])
    joint_arrangements: list[ArrangementBody] | None = Field(None, description="Agreements of holders.", examples=[[]])
    complete_registers: Words | None = Field(None, description="Companies whose holders are all named.", examples=[[]])
    items: list[ItemBody] | None = Field(None, max_length=2000, description="The goods.", examples=[[{"id": "i1"}]])
    transaction: TransactionBody | None = Field(None, description="The deal.", examples=[{"type": "export"}])
    route: list[LegBody] | None = Field(None, max_length=500, description="The legs.", examples=[[]])
    events: list[Free] | None = Field(None, description="What happened on the way: type, vessel, date.", examples=[[]])
    observations: list[Free] | None = Field(None, description="What people saw: type, subject, object.", examples=[[]])
    note: Line | None = Field(None, description="A remark.", examples=["first draft"])
    expect: Any = Field(
        None, description="What the author expects; it is not read.", examples=[{"decision": "prohibit"}]
    )
    variants: list[Any] | None = Field(None, description="Other versions of the case; not read.", examples=[[]])
