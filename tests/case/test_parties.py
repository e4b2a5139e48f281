"""Parties, their list entries, their roles and the holdings between them."""

from datetime import date

import pytest

from clew.loaders.case import CaseDocument, case_statements
from clew.ontology import CLEW, curie, mint
from clew.tests.case.given import Ask, Load, short

ONE_HOLDING = "parties: [{id: x}, {id: a}]\nownership:\n- "


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("company", CLEW.Company),
        ("person", CLEW.Person),
        ("university", CLEW.University),
        ("organization", CLEW.Organization),
        ("bank", CLEW.Bank),
        ("vessel", CLEW.Vessel),
        ("government", CLEW.GovernmentBody),
    ],
)
def test_the_kind_of_a_party_is_its_class(load: Load, ask: Ask, kind: str, expected: str) -> None:
    case = load(f"parties: [{{id: p, name: Name, kind: {kind}, country: NO}}]")
    (row,) = ask(
        case,
        "SELECT ?kind ?label ?text ?place WHERE { ?p a ?kind ; rdfs:label ?label ; clew:localId 'p' ;"
        " clew:country ?place ; clew:hasName ?name . ?name clew:nameText ?text ;"
        " clew:nameKind <https://w3id.org/clew/name-kind/primary> }",
    )
    assert (row["kind"], row["label"], row["text"], short(row["place"])) == (expected, "Name", "Name", "place/NO")


def test_a_listing_keeps_its_list_programmes_window_and_footnotes(load: Load, ask: Ask) -> None:
    case = load(
        "parties: [{id: p, listings: [{list: US-EL, programmes: [X1, X2], from: 2020-01-01, to: 2024-01-01,"
        " footnotes: [4, FN5], footnote_from: 2022-10-07}]}]"
    )
    rows = ask(
        case,
        "SELECT ?list ?programme ?from ?until ?number ?since WHERE { ?p clew:listing ?l . ?l clew:onList ?list ;"
        " clew:underProgramme ?programme ; clew:validFrom ?from ; clew:validUntil ?until ; clew:hasFootnote ?note ."
        " ?note clew:footnoteNumber ?number ; clew:validFrom ?since } ORDER BY ?programme ?number",
    )
    assert [(short(row["programme"]), row["number"]) for row in rows] == [
        ("programme/X1", "4"),
        ("programme/X1", "5"),
        ("programme/X2", "4"),
        ("programme/X2", "5"),
    ]
    assert {short(row["list"]) for row in rows} == {"list/US-EL"}
    assert (rows[0]["from"], rows[0]["until"], rows[0]["since"]) == (
        date(2020, 1, 1),
        date(2024, 1, 1),
        date(2022, 10, 7),
    )


def test_a_listing_without_days_is_open(load: Load, ask: Ask) -> None:
    case = load("parties: [{id: p, listings: [{list: US-SDN}]}]")
    assert ask(case, "SELECT ?l WHERE { ?l clew:onList ?list . ?l clew:validFrom|clew:validUntil ?day }") == []
    assert len(ask(case, "SELECT ?l WHERE { ?l clew:onList ?list }")) == 1


def test_known_facts_become_terms(load: Load, ask: Ask) -> None:
    case = load(
        "parties: [{id: p, kind: company, facts: {business: real_estate, incorporated: 2022-05-10,"
        " email: free_provider, sector: military, node: 7nm, headquarters: CN,"
        " lei: 5493001KJTIIGC8Y1R12, aliases: [Other, Third],"
        " address: {text: 1 Main Street, city: Tampa, country: US}}}]"
    )
    facts = {(short(predicate), short(value)) for _, predicate, value in case.facts}
    assert {
        ("ns#businessActivity", "real_estate"),
        ("ns#incorporationDate", date(2022, 5, 10)),
        ("ns#emailKind", "free_provider"),
        ("ns#sector", "military"),
        ("ns#processNode", "7nm"),
        ("ns#headquarteredIn", "place/CN"),
        ("ns#identifierScheme", "scheme/lei"),
        ("ns#identifierValue", "5493001KJTIIGC8Y1R12"),
        ("ns#nameText", "Third"),
        ("ns#addressText", "1 Main Street"),
        ("ns#addressCountry", "place/US"),
    } <= facts
    assert case.problems == case.warnings == ()


def test_nationality_is_of_persons_and_the_flag_of_ships(load: Load) -> None:
    # The ontology keeps persons and organizations apart, so a nationality must not make a company a person.
    case = load(
        "parties: [{id: m, kind: person, facts: {nationality: IR}}, {id: c, kind: company, facts: {nationality: IR}},"
        " {id: v, kind: vessel, facts: {flag: PA, imo: '9187629'}}]"
    )
    said = [(short(subject), short(predicate), short(value)) for subject, predicate, value in case.facts]
    assert ("case/T001#m", "ns#nationality", "place/IR") in said
    assert ("case/T001#c", "ns#remark", "nationality: IR") in said
    assert ("case/T001#v", "ns#flag", "place/PA") in said
    assert ("case/T001#v-imo", "ns#identifierScheme", "scheme/imo-ship") in said


def test_an_unknown_fact_is_kept_as_a_remark_and_told_of(load: Load) -> None:
    case = load("parties: [{id: p, facts: {employees: 0, us_person: true, website: absent}}]")
    remarks = [value for _, predicate, value in case.facts if predicate == CLEW.remark]
    assert remarks == ["employees: 0", "us_person: true", "website: absent"]
    assert [warning.pointer for warning in case.warnings] == [
        "/parties/0/facts/employees",
        "/parties/0/facts/us_person",
        "/parties/0/facts/website",
    ]
    assert case.problems == ()


def test_a_loaded_party_is_pointed_at_and_not_copied(load: Load, ask: Ask) -> None:
    case = load("parties: [{id: r, ref: 'us-sdn:24228', roles: [end_user]}, {id: x, roles: [exporter]}]")
    loaded = mint("us-sdn", "24228")
    assert case.refs == (loaded,)
    assert [curie(ref) for ref in case.refs] == ["us-sdn:24228"]
    assert case.nodes["r"] == loaded
    (row,) = ask(
        case, "SELECT ?p WHERE { ?r clew:roleType <https://w3id.org/clew/role/end_user> ; clew:rolePlayer ?p }"
    )
    assert row["p"] == loaded
    said = {predicate for subject, predicate, _ in case_statements(case) if subject == loaded}
    assert said == {CLEW.localId}


@pytest.mark.parametrize("ref", ["nothing", "http://example.com/x", "case:D001#x", "x> <y:1", "us-sdn:"])
def test_a_reference_that_is_no_id_of_a_loaded_party_is_set_aside(load: Load, ref: str) -> None:
    case = load(f"parties: [{{id: r, ref: {ref!r}, roles: [end_user]}}]")
    assert case.refs == ()
    assert [problem.pointer for problem in case.problems] == ["/parties/0/ref"]
    assert case.nodes["r"] == mint("case", "T001", part="r")


def test_roles_hang_on_the_transaction(load: Load, ask: Ask) -> None:
    case = load("parties: [{id: p, roles: [exporter, declared consignee]}, {id: q, roles: []}]")
    rows = ask(
        case, "SELECT ?kind WHERE { ?t a clew:Transaction ; clew:hasRole ?r . ?r clew:roleType ?kind } ORDER BY ?kind"
    )
    assert [short(row["kind"]) for row in rows] == ["role/declared_consignee", "role/exporter"]


def test_a_role_that_no_rule_knows_is_told_of(load: Load) -> None:
    case = load("parties: [{id: p, roles: [ened_user]}]")
    assert [warning.reason for warning in case.warnings] == ["no rule knows the role `ened_user`"]


def holding(case: CaseDocument, ask: Ask) -> dict[str, object]:
    (row,) = ask(
        case,
        "SELECT * WHERE { ?h a clew:Holding ; clew:holder ?owner ; clew:heldIn ?company ; clew:holdingKind ?kind ."
        " OPTIONAL { ?h clew:shareMinimum ?low } OPTIONAL { ?h clew:shareMaximum ?high }"
        " OPTIONAL { ?h clew:validFrom ?from } OPTIONAL { ?h clew:validFromLatest ?fromLatest }"
        " OPTIONAL { ?h clew:validUntilEarliest ?untilEarliest } OPTIONAL { ?h clew:validUntil ?until } }",
    )
    return {name: short(value) for name, value in row.items() if name not in ("h", "owner", "company")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{owner: x, owned: a, percent: 50, kind: equity}",
            {"kind": "holding-kind/shares", "low": 50000000, "high": 50000000},
        ),
        (
            "{owner: x, owned: a, percent: 0.3, kind: votes}",
            {"kind": "holding-kind/votes", "low": 300000, "high": 300000},
        ),
        (
            '{owner: x, owned: a, percent: "(25,50]"}',
            {"kind": "holding-kind/shares", "low": 25000001, "high": 50000000},
        ),
        ("{owner: x, owned: a, percent: null, kind: control}", {"kind": "holding-kind/control"}),
        ("{owner: x, owned: a, kind: board}", {"kind": "holding-kind/board"}),
        (
            "{owner: x, owned: a, percent: 30, kind: indirect}",
            {"kind": "holding-kind/indirect", "low": 30000000, "high": 30000000},
        ),
        (
            "{owner: x, owned: a, kind: equity, from: 2020-01-01, to: 2026-03-01}",
            {"kind": "holding-kind/shares", "from": date(2020, 1, 1), "until": date(2026, 3, 1)},
        ),
        (
            '{owner: x, owned: a, kind: equity, from: "[2020-01-01,2020-02-01]", to: "[2026-05-01,2026-07-01]"}',
            {
                "kind": "holding-kind/shares",
                "from": date(2020, 1, 1),
                "fromLatest": date(2020, 2, 1),
                "untilEarliest": date(2026, 5, 1),
                "until": date(2026, 7, 1),
            },
        ),
    ],
)
def test_a_holding_has_a_kind_a_share_and_a_window(
    load: Load, ask: Ask, text: str, expected: dict[str, object]
) -> None:
    assert holding(load(ONE_HOLDING + text), ask) == expected


def test_a_jointly_held_stake_has_several_holders(load: Load, ask: Ask) -> None:
    case = load(
        "parties: [{id: x}, {id: y}, {id: a}]\nownership: [{owners: [x, y], owned: a, percent: 60, kind: joint}]"
    )
    rows = ask(case, "SELECT ?h ?owner WHERE { ?h clew:holder ?owner } ORDER BY ?owner")
    assert [short(row["owner"]) for row in rows] == ["case/T001#x", "case/T001#y"]
    assert len({row["h"] for row in rows}) == 1


def test_two_records_of_one_holding_stay_two_nodes(load: Load, ask: Ask) -> None:
    case = load(ONE_HOLDING + "{owner: x, owned: a, percent: 50}\n- {owner: x, owned: a, percent: 50}")
    rows = ask(case, "SELECT ?key WHERE { ?h a clew:Holding ; clew:recordKey ?key } ORDER BY ?key")
    assert [row["key"] for row in rows] == ["1", "2"]


def test_an_arrangement_binds_its_parties_on_a_company(load: Load, ask: Ask) -> None:
    # SI 2019/855 Sch. 1 para 3
    case = load(
        "parties: [{id: x}, {id: y}, {id: a}]\njoint_arrangements: [{parties: [x, y], company: a, from: 2020-01-01}]"
    )
    rows = ask(
        case,
        "SELECT ?party ?on ?from WHERE { ?j a clew:JointArrangement ; clew:arrangementParty ?party ;"
        " clew:arrangementOn ?on ; clew:validFrom ?from } ORDER BY ?party",
    )
    assert [(short(row["party"]), short(row["on"]), row["from"]) for row in rows] == [
        ("case/T001#x", "case/T001#a", date(2020, 1, 1)),
        ("case/T001#y", "case/T001#a", date(2020, 1, 1)),
    ]


def test_a_complete_register_is_stated_of_its_company(load: Load, ask: Ask) -> None:
    case = load("parties: [{id: a}]\ncomplete_registers: [a]")
    (row,) = ask(case, "SELECT ?c WHERE { ?c clew:registerComplete true }")
    assert short(row["c"]) == "case/T001#a"


def test_a_case_of_holdings_alone_has_no_transaction(load: Load) -> None:
    case = load(ONE_HOLDING + "{owner: x, owned: a, percent: 50}")
    assert case.transaction is None
    assert CLEW.Transaction not in {value for _, _, value in case_statements(case)}


@pytest.mark.parametrize(
    "text",
    [
        "transaction: {type: export}",
        "transaction: {}",
        "items: [{id: i}]",
        "parties: [{id: x, roles: [exporter]}]",
        "route: [{from: {country: DE}}]",
        "events: [ais_gap]",
        "observations: [alias_used]",
    ],
)
def test_any_sign_of_a_deal_makes_a_transaction(load: Load, text: str) -> None:
    # Without it no rule would look at the case, and silence would read as clearance.
    case = load(text)
    assert case.transaction == mint("case", "T001", part="transaction")
    assert (case.transaction, CLEW.asOf, date(2024, 6, 1)) in case_statements(case)


def test_an_id_that_a_made_node_would_take_stays_with_its_owner(load: Load, ask: Ask) -> None:
    case = load("parties: [{id: x}, {id: holding-1}]\nownership: [{owner: x, owned: holding-1, percent: 10}]")
    (row,) = ask(case, "SELECT ?h ?a WHERE { ?h a clew:Holding ; clew:heldIn ?a }")
    assert row["h"] != row["a"]
    assert short(row["a"]) == "case/T001#holding-1"
