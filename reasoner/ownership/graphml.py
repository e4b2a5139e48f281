"""The holdings around a party as GraphML, for programs that draw and analyse graphs."""

from __future__ import annotations

import re

import networkx as nx

from ...ontology import curie
from .view import OwnershipView, ViewEdge, ViewNode

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def graphml(view: OwnershipView) -> str:
    """Return parties and stakes of a view as GraphML.

    Shares are in millionths of one percent (`minimum`, `maximum`); each regime has a node attribute `status <regime>`.
    A jointly held stake has one edge for each holder, all with its whole share.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(as_of=view.as_of.isoformat(), entity=curie(view.entity))
    for node in view.nodes:
        graph.add_node(curie(node.iri), **_of_node(node))
    for edge in view.edges:
        graph.add_edge(curie(edge.holder), curie(edge.held), **_of_edge(edge))
    return "\n".join(nx.generate_graphml(graph, named_key_ids=True))


def _of_node(node: ViewNode) -> dict[str, str]:
    found = {"label": node.label, "lists": ";".join(node.lists)}
    found |= {f"status {regime}": status for regime, status in node.statuses.items()}
    return {name: _UNFIT.sub("\ufffd", value) for name, value in found.items()}


def _of_edge(edge: ViewEdge) -> dict[str, str | int]:
    return {
        "minimum": edge.minimum,
        "maximum": edge.maximum,
        "kind": edge.kind,
        "from": str(edge.valid_from or ""),
        "until": str(edge.valid_until or ""),
        "source": _UNFIT.sub("\ufffd", edge.source),
        "triggering": ";".join(sorted(edge.triggering)),
    }
