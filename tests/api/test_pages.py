"""Pages for people: they say what they must, work without a script, and fetch nothing from elsewhere."""

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from clew.api.layout import LayoutError

from . import world

PAGES = (
    "/",
    "/?q=gary+lam",
    "/?q=zzzz",
    "/entity/demo:aurora",
    "/entity/demo:polar?as_of=2018-06-01",
    "/entity/demo:hostile",
    "/entity/us-sdn:45720",
    "/findings",
    "/findings?rule=US-EL-01",
    "/ask",
    "/ask?query=ASK{}",
    "/entity/demo:none",
)


class Reader(HTMLParser):
    """Collects the text and the addresses of a page, and checks that its elements are closed in order."""

    VOID = frozenset({"meta", "link", "img", "input", "br", "rect", "path"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-1:]}"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.text))


def read(client: FlaskClient, address: str, status: int = 200) -> Reader:
    response = client.get(address)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    return Reader(response.get_data(as_text=True))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_well_formed_and_fetches_nothing_from_elsewhere(client: FlaskClient, address: str) -> None:
    page = read(client, address, 404 if address.endswith(":none") else 200)
    assert page.open == []
    for tag, name, value in page.attributes:
        assert tag != "script"
        assert not name.startswith("on")
        assert name != "style", "the content security policy forbids it"
        if name in ("href", "src", "action", "srcset", "data", "poster"):
            assert not re.match(r"(?:[a-z]+:)?//", value), value


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: FlaskClient, address: str) -> None:
    page = read(client, address, 404 if address.endswith(":none") else 200)
    for link in {
        value for tag, name, value in page.attributes if tag == "a" and name == "href" and value.startswith("/")
    }:
        with client.get(link) as response:
            assert response.status_code == 200, link


def test_the_search_tells_which_name_matched_and_that_it_is_weak(client: FlaskClient) -> None:
    words = read(client, "/?q=gary+lam").words
    assert "LIN, Jinghe" in words
    assert "LAM, Gary" in words
    assert "weak alias" in words
    assert "US-SDN" in words


def test_a_search_without_hits_does_not_say_clear(client: FlaskClient) -> None:
    words = read(client, "/?q=zzzz").words
    assert "proves nothing" in words
    assert "clear" not in words.lower()


def test_an_entity_page_begins_with_the_verdict_and_one_sentence_why(client: FlaskClient) -> None:
    words = read(client, "/entity/demo:aurora").words
    parts = (
        "SPARQL",
        "Caught through owners",
        "Aurora Distribution Ltd",
        "Held by listed or caught parties: 50 %",
        "As of",
    )
    places = [words.index(part, words.index("SPARQL")) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("address", "badge", "why"),
    [
        ("/entity/demo:demin", "Listed", "Stands on EU-FSF and US-SDN since 2018-04-06"),
        ("/entity/demo:polar", "For review", "said to control Polar Avionics Oy"),
        ("/entity/demo:polar?as_of=2018-06-01", "Listed", "since 2018-04-06"),
        ("/entity/demo:baltic", "Possibly caught", "may be held by listed or caught parties"),
        ("/entity/demo:keller", "Not listed", "No owner is recorded, so nothing follows from ownership"),
        ("/entity/us-sdn:45720?as_of=2020-01-01", "Not listed", "It stood or will stand on US-SDN"),
    ],
)
def test_each_standing_has_its_badge_and_its_sentence(client: FlaskClient, address: str, badge: str, why: str) -> None:
    page = client.get(address).get_data(as_text=True)
    assert re.search(rf'<p class="badge \w+">{badge}</p>', page)
    assert why.lower() in Reader(page).words.lower()


def test_an_entity_page_shows_picture_regimes_holdings_and_evidence(client: FlaskClient) -> None:
    page = read(client, "/entity/demo:aurora")
    assert ("svg", "role", "img") in page.attributes
    for words in (
        "us-ofac-50",
        "OFAC guidance of 2014-08-13",
        "What would change it",
        "register extract #1217",
        "Company Register",
        "register.json",
        "ab12ab12ab12",
        "Ownership regimes side by side",
    ):
        assert words in page.words


def test_the_page_still_holds_the_table_when_the_picture_cannot_be_drawn(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise LayoutError("no engine")

    monkeypatch.setattr("clew.api.pages.draw", fail)
    words = read(client, "/entity/demo:aurora").words
    assert "could not be drawn" in words
    assert "Sirius Electronics BV" in words


def test_a_hostile_name_is_text_on_every_page(client: FlaskClient) -> None:
    for address in ("/?q=script+alert+sons", "/entity/demo:hostile", "/entity/demo:polar"):
        page = client.get(address).get_data(as_text=True)
        assert "<script" not in page
        assert world.HOSTILE in Reader(page).words
    reflected = client.get("/", query_string={"q": '"><script>alert(1)</script>'}).get_data(as_text=True)
    assert "<script" not in reflected


def test_a_day_travels_with_the_links_of_a_page(client: FlaskClient) -> None:
    page = client.get("/entity/demo:aurora?as_of=2023-01-01").get_data(as_text=True)
    assert 'value="2023-01-01"' in page
    assert "/entity/demo:sirius?as_of=2023-01-01" in page


def test_a_finding_page_shows_sentence_path_proof_sources_and_what_would_change_it(client: FlaskClient) -> None:
    id = client.get("/v1/findings").get_json()["findings"][0]["id"]
    page = read(client, f"/finding/{id}")
    for words in (
        "Lumen Photonics SpA",
        "list:US-EL",
        "15 CFR 744.11",
        "a licence that names it",
        "looked for and not found",
        "List Office",
        "list.csv",
        "onList",
    ):
        assert words in page.words
    assert page.attributes.count(("li", "class", "absence")) == 1
    assert read(client, "/finding/" + "0" * 16, 404).open == []


def test_an_error_on_a_page_is_a_page_with_a_remedy(client: FlaskClient) -> None:
    assert "Search for it by name" in read(client, "/entity/demo:none", 404).words
    assert "write it as" in read(client, "/entity/nothing", 422).words.lower()


def test_somebody_can_ask_a_question_and_follow_its_rows(client: FlaskClient) -> None:
    query = "SELECT ?party ?label { ?party <ns#listing> ?l ; <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    page = client.get("/ask", query_string={"query": query}).get_data(as_text=True)
    assert '<a href="/entity/us-sdn:45720">' in page
    assert "LIN, Jinghe" in page
    bad = read(client, "/ask?query=SELECT")
    assert "not well formed" in bad.words
    refused = client.get("/ask", query_string={"query": "ASK { SERVICE <http://x/> {} }"}).get_data(as_text=True)
    assert "refused" in refused


def test_the_style_sheet_fetches_nothing_and_knows_the_dark_and_paper(client: FlaskClient) -> None:
    with client.get("/static/clew.css") as response:
        css = response.get_data(as_text=True)
    assert "url(" not in css
    assert "@import" not in css
    assert "prefers-color-scheme: dark" in css
    assert "@media print" in css
