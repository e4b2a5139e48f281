"""The process in which queries of strangers run: it may be ended at any moment and nothing else is lost.

It opens a finished release for reading, takes one query at a time over a pipe and sends the answer back. It has no
network where the system allows that, a bound on its memory, and an alarm that ends it even if nobody is left to do so.
Run as `python -m clew.api.sparql_worker`; only the standard library and the engine are imported, so it starts quickly.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # flags of unshare(2)


def main(arguments: list[str]) -> int:
    """Serve queries until the other end of the pipe is closed.

    Args:
        arguments: The pipe's file descriptor, the store's directory, and the limits as JSON.
    """
    limits = json.loads(arguments[2])
    isolated = leave_network()
    _without_core()
    pipe = Connection(int(arguments[0]))

    import pyoxigraph as ox

    store = ox.Store.read_only(arguments[1])
    _bound_memory(limits["memory"])
    pipe.send_bytes(json.dumps({"ready": True, "isolated": isolated}).encode())
    try:
        while True:
            serve(pipe, store, limits)
    except (EOFError, OSError):  # nobody is at the other end any more
        return 0


def serve(pipe: Connection, store: Any, limits: dict[str, Any]) -> None:
    """Answer one query; an alarm one second after the parent's own limit ends a process whose parent is gone."""
    request = json.loads(pipe.recv_bytes())
    signal.setitimer(signal.ITIMER_REAL, limits["seconds"] + 1)
    header, body = answer(store, request, limits["rows"])
    if len(body) > limits["size"]:
        header, body = {"error": "size", "message": f"the answer is larger than {limits['size']} bytes"}, b""
    pipe.send_bytes(json.dumps(header).encode() + b"\n" + body)
    signal.setitimer(signal.ITIMER_REAL, 0)


def leave_network() -> bool:
    """Move this process into a network of its own that leads nowhere; tell whether the system let it."""
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (AttributeError, OSError):  # not Linux
        return False
    return any(unshare(flags) == 0 for flags in (_NEW_NET, _NEW_USER | _NEW_NET))


def _without_core() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_memory(more: int) -> None:
    """Let this process have that many bytes of memory more than it has now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = int(file.read().split()[0])
    bound = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def answer(store: Any, request: dict[str, Any], rows: int) -> tuple[dict[str, Any], bytes]:
    """Return the header and the body of the answer to one query; errors of the query are answers too."""
    try:
        return _answer(store, request, rows)
    except SyntaxError as error:
        return {"error": "syntax", "message": error.msg, "line": error.lineno}, b""
    except MemoryError:
        return {"error": "memory", "message": "the answer takes more memory than a query may use"}, b""
    except (OSError, ValueError) as error:
        return {"error": "failed", "message": str(error)}, b""


def _answer(store: Any, request: dict[str, Any], rows: int) -> tuple[dict[str, Any], bytes]:
    import pyoxigraph as ox

    from .sparql_results import BOOLEANS, GRAPHS, TABLES, Limited

    found = store.query(request["text"], base_iri=request["base"], **_dataset(request))
    what = "graph" if isinstance(found, ox.QueryTriples) else "table"
    kind = request[what]
    if not kind:
        return {"error": "unacceptable", "message": what}, b""
    if isinstance(found, ox.QueryBoolean):
        return {"kind": kind, "more": False}, found.serialize(format=BOOLEANS[kind]) or b""
    kept = Limited(found, rows)
    if isinstance(found, ox.QueryTriples):
        body = ox.serialize(kept, format=GRAPHS[kind]) or b""
    else:
        body = TABLES[kind]([variable.value for variable in found.variables], kept)
    return {"kind": kind, "more": kept.more}, body


def _dataset(request: dict[str, Any]) -> dict[str, Any]:
    """Return what the query's default graph and named graphs are: those of the request, of the query, or all."""
    import pyoxigraph as ox

    if request["defaults"] or request["named"]:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in request["defaults"]],
            "named_graphs": [ox.NamedNode(iri) for iri in request["named"]],
        }
    return {} if request["own_dataset"] else {"use_default_graph_as_union": True}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
