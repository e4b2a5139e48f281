"""Who may ask what: the key a caller shows, the scope a route needs, and a service without keys for its own machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from flask import g, request

from ..errors import ClewError
from .keys import ADMIN, CHECK, READ, SCOPES, Key, Keys

PUBLIC = ("/healthz", "/readyz", "/openapi.json", "/static/")
_NEEDS = (  # method, beginning of the path, scope; the first that fits, admin where none does
    ("GET", "/v1/jobs", CHECK),
    ("DELETE", "/v1/jobs", CHECK),
    ("GET", "/v1/audit", ADMIN),
    ("GET", "/", READ),
    ("POST", "/v1/check", CHECK),
    ("POST", "/v1/ownership", READ),
    ("POST", "/v1/entities", READ),
    ("POST", "/sparql", READ),
    ("POST", "/ask", READ),
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the id of a key, or `local` on a service that is open to this machine."""

    id: str
    scopes: tuple[str, ...]

    def may(self, scope: str) -> bool:
        """Return whether the caller has a scope."""
        return scope in self.scopes or ADMIN in self.scopes


LOCAL = Caller("local", SCOPES)
NOBODY = Caller("", ())


class NoKey(ClewError):
    """The request carries no key that works."""

    status = 401


class NotAllowed(ClewError):
    """The key may not do this."""

    status = 403


def needed(method: str, path: str) -> str:
    """Return the scope that a request needs; empty for what everybody may see."""
    if any(path == one or (one.endswith("/") and path.startswith(one)) for one in PUBLIC):
        return ""
    kind = "GET" if method in ("HEAD", "OPTIONS") else method
    return next((scope for asked, start, scope in _NEEDS if asked == kind and path.startswith(start)), ADMIN)


def shown_key() -> str:
    """Return the key that the request carries: as bearer, in `X-API-Key`, or as the password a browser asked for."""
    given = request.authorization
    if given is not None and given.type == "bearer":
        return given.token or ""
    if given is not None and given.type == "basic":
        return given.password or ""
    return request.headers.get("X-API-Key", "")


def admit(keys: Keys | None) -> Caller:
    """Return who asks, or refuse.

    Args:
        keys: The keys of the installation; nothing where the service is open to this machine.

    Raises:
        NoKey: No key, or one that does not work.
        NotAllowed: The key has not the scope, or another machine asks an open service.
    """
    scope = needed(request.method, request.path)
    if keys is None:
        if scope and not _here():
            raise NotAllowed("this service is open to its own machine only", help="make a key with `clew keys add`")
        return LOCAL
    text = shown_key()
    key = keys.known(text) if text else None
    if scope and key is None:
        raise NoKey(
            "the key does not work" if text else "a key is needed", help="send it as `Authorization: Bearer ...`"
        )
    if key is not None and scope and not key.may(scope):
        raise NotAllowed(f"the key has not the scope `{scope}`", help="ask the operator for a key that has it")
    return _caller(key) if key else NOBODY


def _caller(key: Key) -> Caller:
    return Caller(f"key:{key.id}", key.scopes)


def caller() -> Caller:
    """Return who asks in this request."""
    found: Caller = g.get("caller", LOCAL)
    return found


def _here() -> bool:
    """Return whether the request comes from this machine and names it, and no proxy stands between.

    The name is looked at because a page of a stranger can make a browser ask a name that leads to this machine.
    """
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    name = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdigit() else request.host
    return loopback(request.remote_addr or "") and loopback(name.strip("[]"))


def loopback(name: str) -> bool:
    """Return whether an address or host name is that of this machine."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
