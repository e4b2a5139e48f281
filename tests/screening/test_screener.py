"""Screening as a whole: whoever is listed is found, with reasons; whoever is not is told apart."""

from pathlib import Path

import pytest

from clew.dataset import Dataset
from clew.errors import InputError, ReleaseError
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact, Kind, Origin, leaves
from clew.reasoner.screening import Band, Number, Query, Screener, derivation, sentence, statements, to_json
from clew.reasoner.screening.features import QUALIFIERS
from clew.statements import Statement

SDN, EL = mint("list", "US-SDN"), mint("list", "US-EL")


def entity(number: str) -> object:
    return mint("us-sdn", number)


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("Rosneft", "organization", "1"),
        ("РОСНЕФТЬ", "organization", "1"),
        ("R0sneft Oil", "organization", "1"),
        ("JSCARGUMENT", "", "4"),
        ("GUANGZHOU HAIGE COMM GRP", "organization", "5"),
        ("CNOOC ENERGY TECH & SRVCES LTD", "organization", "6"),
        ("Vladimir Putin", "person", "8"),
        ("Gary Lam", "person", "9"),  # a weak alias that stands in remarks only (31 CFR ch. V; OFAC FAQ 122)
        ("김정은", "person", "16"),
        ("Bank Meli Iran", "organization", "13"),
    ],
)
def test_a_listed_party_is_found_behind_its_spelling(screener: Screener, name: str, kind: str, number: str) -> None:
    assert screener.screen(Query(name, kind))[0].entity == entity(number)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("George Bush", "person"),  # Watchman #115: must not find George Habbash
        ("ACME CORP", "organization"),  # Watchman #483: must not find every corporation
        ("Emma Jones", "person"),
        ("General Motors", "organization"),
        ("Trading", "organization"),
    ],
)
def test_who_is_not_listed_raises_no_alert(screener: Screener, name: str, kind: str) -> None:
    assert screener.screen(Query(name, kind)) == []


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (Number("IMO 9187629", "imo-ship"), "10"),
        (Number("9187629"), "10"),
        (Number("MELIIRTH", "bic"), "13"),
        (Number("meliirth xxx"), "13"),
        (Number("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "wallet-xbt"), "9"),
        (Number("2534-00JT-3MQW-NDKM-JE44", "lei"), "1"),
    ],
)
def test_an_equal_number_that_identifies_is_a_hit_whatever_the_name(
    screener: Screener, number: Number, wanted: str
) -> None:
    found = screener.screen(Query("Somebody Else Altogether", identifiers=(number,)))[0]
    assert (found.entity, found.band) == (entity(wanted), Band.ID)
    assert found.score > 0.95


@pytest.mark.parametrize("number", [Number("572469210", "mmsi"), Number("T2EA4", "call-sign")])
def test_a_number_that_does_not_identify_is_a_lead_and_no_more(screener: Screener, number: Number) -> None:
    found = screener.screen(Query(identifiers=(number,)))[0]
    assert (found.entity, found.band) == (entity("10"), Band.POSSIBLE)
    assert screener.screen(Query("Sea Star II", "vessel", identifiers=(number,)))[0].score > found.score


def test_a_number_of_another_scheme_is_no_hit(screener: Screener) -> None:
    assert screener.screen(Query(identifiers=(Number("9187629", "lei"),))) == []


def test_another_number_of_a_scheme_that_gives_one_speaks_against(screener: Screener) -> None:
    plain = screener.screen(Query("Sea Star II", "vessel"), threshold=0.5)[0]
    other = screener.screen(
        Query("Sea Star II", "vessel", identifiers=(Number("9074729", "imo-ship"),)), threshold=0.5
    )[0]
    assert other.score < plain.score - 0.2
    assert "other number" in {feature.name for feature in other.features}


def test_an_entry_that_is_an_address_only_is_found_by_it(screener: Screener) -> None:
    query = Query("Bright Electronics", addresses=("Rm 1204 12/F Wing Tuck Building, 181 Wai Yip Street, Kwun Tong",))
    found = screener.screen(query)[0]
    assert found.entity == mint("us-el", "address-01")
    assert found.features[0].name == "address"
    assert screener.screen(Query("Address 01")) == []


def test_another_house_number_is_another_address(screener: Screener) -> None:
    near = Query(addresses=("Room 1204, 12/F, Wing Tuck Building, 95 Wai Yip Street",))
    assert screener.screen(near) == []


def test_the_same_day_of_birth_raises_and_another_year_lowers(screener: Screener) -> None:
    scores = [
        screener.screen(Query("Vladimir Putin", "person", birth), threshold=0.3)[0].score
        for birth in ("1952-10-07", "", "1952-07-10", "1981-01-01")
    ]
    assert scores[0] > scores[2] > scores[1] > scores[3]
    assert scores[3] < 0.8


def test_namesakes_are_told_apart_by_their_birth(screener: Screener) -> None:
    found = screener.screen(Query("Muhammad Ali", "person", "1971-05-05"))
    assert found[0].entity == entity("14")
    assert found[0].score > found[1].score


def test_gender_and_country_and_kind_lower_a_match(screener: Screener) -> None:
    plain = screener.screen(Query("Vladimir Putin", "person"), threshold=0.3)[0].score
    others = (
        Query("Vladimir Putin", "person", gender="female"),
        Query("Vladimir Putin", "person", countries=("BR",)),
        Query("Vladimir Putin", "organization"),
    )
    for query in others:
        assert screener.screen(query, threshold=0.3)[0].score < plain


def test_no_bare_name_scores_one_and_common_names_rank_below_rare_ones(screener: Screener) -> None:
    assert screener.screen(Query("11420 Corp"))[0].score < 1.0
    assert screener.screen(Query("JSC Argument"))[0].band is Band.EXACT


def test_a_weak_alias_counts_less_than_a_primary_name(screener: Screener) -> None:
    weak, primary = screener.screen(Query("Gary Lam"))[0], screener.screen(Query("Jinghe Lin"))[0]
    assert weak.name_kind == "weak_alias"
    assert weak.score < primary.score


def test_equal_scores_always_come_in_one_order(data: Dataset, screener: Screener) -> None:
    again = Screener.build(data)
    query = Query("Muhammad Ali", "person")
    assert [match.entity for match in screener.screen(query)] == [match.entity for match in again.screen(query)]
    assert [match.entity for match in screener.screen(query)] == [entity("14"), entity("15")]


def test_only_the_lists_asked_for_are_searched(screener: Screener) -> None:
    assert screener.screen(Query("Rosneft"), lists=[EL]) == []
    assert screener.screen(Query("Rosneft"), lists=[SDN])[0].lists == (SDN,)


def test_case_and_order_of_a_batch_do_not_matter(screener: Screener) -> None:
    queries = [Query("rosneft", key="a"), Query("EMMA LLC", key="b"), Query("ROSNEFT", key="c")]
    found = dict((query.key, matches) for query, matches in screener.screen_all(queries))
    assert list(found) == ["a", "b", "c"]
    assert [m.score for m in found["a"]] == [m.score for m in found["c"]]


def test_a_saved_screener_answers_the_same(screener: Screener, tmp_path: Path) -> None:
    screener.save(tmp_path)
    again = Screener.open(tmp_path)
    for query in (Query("Rosneft"), Query("Gary Lam"), Query(identifiers=(Number("9187629"),)), Query("김정은")):
        assert again.screen(query) == screener.screen(query)


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="holds no screening index"):
        Screener.open(tmp_path)


@pytest.mark.parametrize(
    "query", [Query(), Query("  "), Query("", identifiers=(Number(" - "),)), Query("x", kind="ghost")]
)
def test_a_query_without_anything_to_search_by_is_refused(screener: Screener, query: Query) -> None:
    with pytest.raises(InputError) as caught:
        screener.screen(query)
    assert caught.value.help


@pytest.mark.parametrize(
    "name", ["x" * 10_000, "🙂🙂🙂", "\x00\x00x", "\u202eabc\u202c محمد \u200f", "a " * 3_000, "\ud800 x"]
)
def test_hostile_names_are_answered(screener: Screener, name: str) -> None:
    assert screener.screen(Query(name)) == []


def test_contributions_add_up_to_the_score(screener: Screener) -> None:
    query = Query("Vladimir Putin", "person", "1952-10-07", ("RU",), gender="male")
    for match in screener.screen(query, threshold=0.1):
        assert sum(feature.contribution for feature in match.features) == pytest.approx(match.score, abs=0.001)


def test_every_feature_says_where_it_comes_from() -> None:
    assert all("Source:" in (qualify.__doc__ or "") for qualify in QUALIFIERS)


def test_a_match_is_explained_with_both_names(screener: Screener) -> None:
    match = screener.screen(Query("Vladimir Putin", "person", "1952-10-07"))[0]
    assert "`Vladimir Putin`" in sentence(match)
    assert "`PUTIN, Vladimir`" in sentence(match)
    shown = to_json(match)
    features = shown["features"]
    assert isinstance(features, list)
    assert [(f["feature"], f["asked"], f["listed"]) for f in features] == [
        ("name", "Vladimir Putin", "PUTIN, Vladimir"),
        ("birth date", "1952-10-07", "1952-10-07"),
    ]
    assert shown["entries"] == [{"list": "list:US-SDN", "entry": "us-sdn:8#listing", "from": "", "until": ""}]


@pytest.mark.parametrize(
    "query",
    [
        Query("Vladimir Putin", "person", "1952-10-07"),
        Query("Gary Lam"),
        Query(identifiers=(Number("9187629"),)),
        Query(addresses=("Room 1204, 12/F, Wing Tuck Building, 181 Wai Yip Street",)),
        Query("Sea Star II", "vessel", identifiers=(Number("9074729", "imo-ship"),)),
    ],
)
def test_a_match_rests_on_statements_that_the_lists_do_make(data: Dataset, screener: Screener, query: Query) -> None:
    match = screener.screen(query, threshold=0.5)[0]
    assert (match.entity, CLEW.listing, match.entries[0].listing) in list(statements(match))

    def fact(statement: Statement) -> Fact:
        graphs = data.graphs_of(statement)
        assert graphs, statement
        return Fact(statement, Origin(graphs[0]))

    step = derivation(match, fact)
    assert step.kind is Kind.SCREENING
    assert step.conclusion[2] == match.entity
    assert len(list(leaves(step))) == len(step.premises) >= 4
