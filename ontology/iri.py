"""How things get their IRIs, and how an IRI is shown.

Everything Clew names lives under one base as `family/key`, so `https://w3id.org/clew/place/RU` is shown as `place:RU`
and `https://w3id.org/clew/us-sdn/24228` as `us-sdn:24228`. Parts of a record hang on it as fragments
(`us-sdn:24228#name-2`), and the nodes of a case are the fragments of that case, shown by their short id alone.
"""

import re
from urllib.parse import quote, unquote

from rdflib import URIRef

from ..errors import InputError

BASE = "https://w3id.org/clew/"
_KEPT = ("%2F", "%23", "%25")  # a slash, number sign or percent sign inside a key
_PIECES = re.compile(r"(%2F|%23|%25)")
_FAMILY = re.compile(r"(?!https?$|urn$)[a-z][a-z0-9_-]*")
_WHOLE = re.compile(r"(?:https?://|urn:)[^\x00-\x20<>\"{}|^`\\]+")  # the characters RFC 3987 lets stand in an IRI
_SAFE = ":.-_~()+,;=@!*'"  # characters an IRI path may carry as they are


def mint(family: str, *keys: str, part: str = "") -> URIRef:
    """Return the IRI of the thing with these keys in a family, or of one part of it.

    Args:
        family: The kind of thing: `place`, `list`, `eccn`, `us-sdn`, `case`.
        keys: What tells the thing from others in its family; any text.
        part: The short id of a node that belongs to the thing.
    """
    path = "/".join(quote(key, safe=_SAFE) for key in keys)
    fragment = f"#{quote(part, safe=_SAFE)}" if part else ""
    return URIRef(f"{BASE}{family}/{path}{fragment}")


def curie(iri: str) -> str:
    """Return the short form of an IRI, such as `us-sdn:24228`; foreign IRIs stay as they are."""
    if not iri.startswith(BASE):
        return str(iri)
    family, _, key = iri[len(BASE) :].partition("/")
    return f"{family}:{_readable(key)}" if key else str(iri)


def _readable(key: str) -> str:
    """Return a key with its escapes undone, but for the signs that would change how it is read back."""
    return "".join(piece if piece in _KEPT else unquote(piece) for piece in _PIECES.split(key))


def uncurie(short: str) -> URIRef:
    """Return the IRI that `curie` shortened.

    Raises:
        InputError: The text has no family and key.
    """
    if _WHOLE.fullmatch(short):
        return URIRef(short)
    family, _, key = short.partition(":")
    if not (_FAMILY.fullmatch(family) and key):
        raise InputError(f"`{short}` is no id", help="write it as family:key, such as us-sdn:24228")
    key, _, part = key.partition("#")
    return mint(family, *map(unquote, key.split("/")), part=unquote(part))


def token(iri: str) -> str:
    """Return how a path shows an IRI: `place:RU`, `list:US-EL`, or the short id of a node of a case."""
    if iri.startswith(f"{BASE}case/") and "#" in iri:
        return unquote(iri.partition("#")[2])
    return curie(iri)
