"""The ownership picture: who holds what of whom, drawn as one SVG for page, report and download.

Owners stand above what they own, arrows run from owner to owned, every arrow shows its share or band. A party's state
is told by words, border and colour together, never by colour alone. The picture holds no script and no style sheet, so
it stands under the strictest content security policy, and the style sheet of the pages can still repaint it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from ..ontology import curie
from .layout import Box, Drawing, Link, Point, Route, arrange
from .lettering import clean, cut, measure, wrap
from .words import gravest, names, stake, status

if TYPE_CHECKING:
    from rdflib import URIRef

    from ..reasoner.ownership import OwnershipView, ViewEdge, ViewNode

_FONT = "Inter, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Helvetica, Arial, sans-serif"
_NAME, _SMALL = 12.0, 10.5  # font sizes
_LINE = 15.0
_MARGIN = 14.0
_WIDEST = 182.0  # of a line of text in a box
_DASHED = frozenset({"indirect", "control", "board"})  # kinds that are no share counted by itself


@dataclass(frozen=True, slots=True)
class Mark:
    """How the parties of one state are drawn and named."""

    key: str
    title: str
    fill: str
    line: str
    ink: str
    width: float = 1.2
    dash: str = ""
    corner: float = 7.0


_MARKS = {
    mark.key: mark
    for mark in (
        Mark("listed", "listed", "#a8183c", "#7d0f2b", "#ffffff", width=1.6, corner=0.0),
        Mark("caught", "caught through owners", "#ffedd6", "#bf5b04", "#42250a", width=2.4),
        Mark("possibly", "possibly caught", "#fff9d9", "#927300", "#3d3100", width=1.8, dash="7 4"),
        Mark("review", "for review", "#efeafd", "#6547b5", "#2c1c5c", width=1.8, dash="1.5 3"),
        Mark("not_in_force", "caught, rule not in force", "#eef1f4", "#6d7a8a", "#36404c", dash="12 3 2 3"),
        Mark("clear", "clear", "#ffffff", "#a9b4c2", "#1c2733"),
    )
}


@dataclass(frozen=True, slots=True)
class _Card:
    """One party as drawn: its state, the lines of its name, its caption, and all of it in full."""

    node: ViewNode
    mark: Mark
    lines: tuple[str, ...]
    caption: str
    full: str
    is_subject: bool

    @property
    def room(self) -> Box:
        """Return the room it takes; the ring around the subject needs a little more."""
        ring = 8 * self.is_subject
        return Box(self.size.width + ring, self.size.height + ring)

    @property
    def size(self) -> Box:
        """Return the size of the box; breadths go in steps, which makes a calmer picture."""
        widths = [measure(line, _NAME, bold=True) for line in self.lines] + [measure(self.caption, _SMALL)]
        return Box(16 * ceil((max(74.0, *widths) + 22) / 16), _LINE * (len(self.lines) + bool(self.caption)) + 14)


def draw(
    view: OwnershipView,
    *,
    regime: str | None = None,
    only_triggering: bool = False,
    link: Callable[[str], str] | None = None,
) -> str:
    """Return the picture of the holdings around one party, as SVG text.

    Args:
        view: The parties and holdings to show, and the party the picture is about, which is ringed.
        regime: The ownership regime whose states are shown; the gravest of all when left out.
        only_triggering: Leave out parties and holdings that no verdict rests on.
        link: Returns the address that a party's box leads to.

    Raises:
        LayoutError: The picture could not be laid out.
    """
    nodes, edges = chosen(view, regime, only_triggering=only_triggering)
    cards = [_card(node, regime, view.entity) for node in nodes]
    places = {node.iri: place for place, node in enumerate(nodes)}
    links = [
        Link(places[edge.holder], places[edge.held], measure(_share(edge), _SMALL, bold=True) + 6) for edge in edges
    ]
    drawing = arrange([card.room for card in cards], links)
    return _svg(cards, edges, drawing, regime, link)


def chosen(view: OwnershipView, regime: str | None, *, only_triggering: bool) -> tuple[list[ViewNode], list[ViewEdge]]:
    """Return the parties and holdings of a view to show: all, or those that verdicts rest on."""
    edges = [edge for edge in view.edges if not only_triggering or _triggers(edge, regime)]
    ends = {view.entity} | {end for edge in edges for end in (edge.holder, edge.held)}
    return [node for node in view.nodes if not only_triggering or node.iri in ends], edges


def _triggers(edge: ViewEdge, regime: str | None) -> bool:
    return bool(edge.triggering) if regime is None else regime in edge.triggering


def _share(edge: ViewEdge) -> str:
    return stake(edge.kind, edge.minimum, edge.maximum)


def _card(node: ViewNode, regime: str | None, subject: URIRef) -> _Card:
    told = {name: state for name, state in node.statuses.items() if regime in (None, name)}
    state = gravest(told.values())
    under = [name for name, value in told.items() if value == state and state != "clear"]
    mark = _MARKS["listed" if node.lists else state]
    caption = _caption("listed", node.lists) if node.lists else _caption(status(state), under)
    said = [f"listed on {', '.join(node.lists)}"] if node.lists else []
    said += [f"{name}: {status(value)}" for name, value in node.statuses.items()]
    label = clean(node.label) or curie(node.iri)
    full = f"{label} ({curie(node.iri)}). {'; '.join(said) or 'no verdict'}"
    lines = tuple(wrap(label, _WIDEST, _NAME))
    return _Card(node, mark, lines, cut(caption, _WIDEST, _SMALL), full, node.iri == subject)


def _caption(state: str, under: Sequence[str]) -> str:
    """Return a state and the first of the lists or regimes it holds under, with the number of the others."""
    more = f" +{len(under) - 1}" if len(under) > 1 else ""
    return f"{state.upper()} {under[0]}{more}" if under else ""


def _svg(
    cards: Sequence[_Card],
    edges: Sequence[ViewEdge],
    drawing: Drawing,
    regime: str | None,
    link: Callable[[str], str] | None,
) -> str:
    legend = _legend(cards, edges, regime)
    width = max(drawing.width, 300.0) + 2 * _MARGIN
    rows = _flow(legend, width - 2 * _MARGIN)
    height = drawing.height + 2 * _MARGIN + 20 * len(rows) + 12
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "class": "ownership"})
    root.attrib |= {"width": _n(width), "height": _n(height), "viewBox": f"0 0 {_n(width)} {_n(height)}"}
    root.attrib |= {"font-family": _FONT, "aria-labelledby": "picture-title picture-desc"}
    ET.SubElement(root, "title", id="picture-title").text = _title(cards, regime)
    ET.SubElement(root, "desc", id="picture-desc").text = _description(cards, edges)
    ET.SubElement(root, "rect", {"class": "ground", "width": "100%", "height": "100%", "fill": "#ffffff"})
    offset = (width - 2 * _MARGIN - drawing.width) / 2 + _MARGIN
    plane = ET.SubElement(root, "g", transform=f"translate({_n(offset)} {_n(_MARGIN)})")
    ways = [(_triggers(edge, regime), edge, route) for edge, route in zip(edges, drawing.routes, strict=True)]
    ways.sort(key=lambda way: way[0])  # bold arrows on top of the others, and labels on top of all
    for bold, edge, route in ways:
        _arrow(plane, edge, route, bold)
    for bold, edge, route in ways:
        _label(plane, edge, route, bold)
    for card, centre in zip(cards, drawing.centres, strict=True):
        _party(plane, card, centre, link)
    _draw_legend(root, rows, drawing.height + 2 * _MARGIN + 8)
    return ET.tostring(root, encoding="unicode")


def _title(cards: Sequence[_Card], regime: str | None) -> str:
    label = next((clean(card.node.label) for card in cards if card.is_subject), "a party")
    return f"Ownership of {label}" + (f" under {regime}" if regime else "")


def _description(cards: Sequence[_Card], edges: Sequence[ViewEdge]) -> str:
    said = [f"{len(cards)} parties, {len(edges)} holdings; arrows run from owner to owned."]
    for key, mark in _MARKS.items():
        found = [clean(card.node.label) for card in cards if card.mark.key == key]
        if found and key != "clear":
            said.append(f"{mark.title.capitalize()}: {names(found, 12)}.")
    return " ".join(said)


def _arrow(plane: ET.Element, edge: ViewEdge, route: Route, bold: bool) -> None:
    colour, width = ("#a8183c", 2.6) if bold else ("#8592a3", 1.3)
    group = ET.SubElement(plane, "g", {"class": "holding triggering" if bold else "holding"})
    ET.SubElement(group, "title").text = f"{_share(edge)}{_window(edge)}"
    attributes = {"d": _path(route.points), "fill": "none", "stroke": colour, "stroke-width": _n(width)}
    if edge.kind in _DASHED:
        attributes["stroke-dasharray"] = "6 4"
    ET.SubElement(group, "path", attributes)
    ET.SubElement(group, "path", {"class": "head", "d": _head(route.points, 4.6 if bold else 3.8), "fill": colour})


def _label(plane: ET.Element, edge: ViewEdge, route: Route, bold: bool) -> None:
    if route.label is None:
        return
    group = ET.SubElement(plane, "g", {"class": "holding triggering" if bold else "holding"})
    x, y = route.label
    _text(group, x, y + 3.6, _share(edge), _SMALL, "#a8183c" if bold else "#4b5867", bold=True)
    group[-1].attrib |= {"stroke": "#ffffff", "stroke-width": "3.5", "paint-order": "stroke", "class": "share"}


def _window(edge: ViewEdge) -> str:
    said = f" from {edge.valid_from}" if edge.valid_from else ""
    return said + (f" until {edge.valid_until}" if edge.valid_until else "")


def _path(points: Sequence[Point]) -> str:
    curves = " ".join(
        f"C{_p(a)} {_p(b)} {_p(c)}" for a, b, c in zip(points[1::3], points[2::3], points[3::3], strict=True)
    )
    return f"M{_p(points[0])} {curves}"


def _head(points: Sequence[Point], half: float) -> str:
    """Return the triangle from the end of a curve to the border of the box, eight pixels on in its direction."""
    (ax, ay), (bx, by) = points[-2], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    left, right = (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half)
    return f"M{_p((bx + 8 * ux, by + 8 * uy))} L{_p(left)} L{_p(right)} Z"


def _party(plane: ET.Element, card: _Card, centre: Point, link: Callable[[str], str] | None) -> None:
    group = ET.SubElement(plane, "g", {"class": f"party {card.mark.key}"})
    ET.SubElement(group, "title").text = card.full
    if link:  # the table beside the picture holds the same links for the keyboard
        group = ET.SubElement(group, "a", href=link(str(card.node.iri)), tabindex="-1")
    box = card.size
    left, top = centre[0] - box.width / 2, centre[1] - box.height / 2
    if card.is_subject:
        ring = _rect(left - 4, top - 4, box.width + 8, box.height + 8, card.mark.corner + 4)
        ET.SubElement(
            group, "rect", ring | {"class": "subject", "fill": "none", "stroke": "#1f5fd6", "stroke-width": "2.4"}
        )
    ET.SubElement(group, "rect", _rect(left, top, box.width, box.height, card.mark.corner) | _paint(card.mark))
    base = top + 7 + _LINE * 0.76
    for number, line in enumerate(card.lines):
        _text(group, centre[0], base + number * _LINE, line, _NAME, card.mark.ink, bold=True)
    if card.caption:
        _text(group, centre[0], base + len(card.lines) * _LINE, card.caption, _SMALL, card.mark.ink)


def _paint(mark: Mark) -> dict[str, str]:
    paint = {"class": "card", "fill": mark.fill, "stroke": mark.line, "stroke-width": _n(mark.width)}
    return paint | ({"stroke-dasharray": mark.dash} if mark.dash else {})


def _rect(x: float, y: float, width: float, height: float, corner: float) -> dict[str, str]:
    return {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height), "rx": _n(corner)}


def _text(parent: ET.Element, x: float, y: float, text: str, size: float, ink: str, *, bold: bool = False) -> None:
    attributes = {"x": _n(x), "y": _n(y), "font-size": _n(size), "fill": ink, "text-anchor": "middle"}
    ET.SubElement(parent, "text", attributes | ({"font-weight": "600"} if bold else {})).text = text


def _legend(cards: Sequence[_Card], edges: Sequence[ViewEdge], regime: str | None) -> list[tuple[str, str]]:
    """Return what the picture must explain: only states and arrows that occur in it."""
    present = {card.mark.key for card in cards}
    rows = [(key, mark.title) for key, mark in _MARKS.items() if key in present]
    rows.append(("subject", "subject"))
    if any(_triggers(edge, regime) for edge in edges):
        rows.append(("bold", "a verdict rests on it"))
    if any(edge.kind in _DASHED for edge in edges):
        rows.append(("dashed", "control, board or indirect"))
    if any(_share(edge).startswith("?") for edge in edges):
        rows.append(("", "? share unknown"))
    return rows


def _flow(items: Sequence[tuple[str, str]], width: float) -> list[list[tuple[float, str, str]]]:
    """Break the legend into rows: for each item its left edge, key and words."""
    rows: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for key, words in items:
        need = measure(words, _SMALL) + (50 if key else 22)
        if rows[-1] and x + need > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, key, words))
        x += need
    return rows


def _draw_legend(root: ET.Element, rows: Sequence[Sequence[tuple[float, str, str]]], top: float) -> None:
    group = ET.SubElement(root, "g", {"class": "legend", "aria-hidden": "true"})
    for number, row in enumerate(rows):
        y = top + 20 * number
        for x, key, words in row:
            _swatch(group, key, x + _MARGIN, y)
            _text(group, x + _MARGIN + (30 if key else 0), y + 3.6, words, _SMALL, "#4b5867")
            group[-1].set("text-anchor", "start")


def _swatch(group: ET.Element, key: str, x: float, y: float) -> None:
    if key in _MARKS:
        mark = _MARKS[key]
        holder = ET.SubElement(group, "g", {"class": f"party {key}"})
        ET.SubElement(holder, "rect", _rect(x, y - 6, 24, 12, min(mark.corner, 4)) | _paint(mark))
    elif key == "subject":
        ring = _rect(x, y - 6, 24, 12, 5)
        ET.SubElement(
            group, "rect", ring | {"class": "subject", "fill": "none", "stroke": "#1f5fd6", "stroke-width": "2.4"}
        )
    elif key:
        bold = key == "bold"
        holder = ET.SubElement(group, "g", {"class": "holding triggering" if bold else "holding"})
        line = {"d": f"M{_n(x)} {_n(y)} h24", "fill": "none", "stroke": "#a8183c" if bold else "#8592a3"}
        line |= {"stroke-width": "2.6"} if bold else {"stroke-width": "1.3", "stroke-dasharray": "6 4"}
        ET.SubElement(holder, "path", line)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _p(point: Point) -> str:
    return f"{_n(point[0])},{_n(point[1])}"
