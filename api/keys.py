"""API keys: made once, shown once, kept as salted hashes, compared in constant time.

A key is `clew_<id>_<secret>`. The secret has 256 random bits, so nobody can guess it even from its hash, and a quick
hash (BLAKE2b with a salt) is enough. A slow one such as scrypt guards words that people choose; here it would let a
stranger keep the server busy with wrong keys.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from ..errors import InputError, NotFoundError, ReleaseError

READ, CHECK, DECIDE, PUBLISH, ADMIN = "read", "check", "decide", "publish", "admin"
SCOPES = (READ, CHECK, DECIDE, PUBLISH, ADMIN)
_PREFIX = "clew"
_PERSON = b"clew-api-key"


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key.

    Attributes:
        id: Its public part.
        name: Who or what uses it.
        scopes: What it may do; admin may do everything.
        salt: Random text of its own, in hexadecimal.
        hash: BLAKE2b of its secret with the salt, in hexadecimal.
        made: The day it was made.
        until: The first day on which it no longer works; empty for a key without end.
        revoked: The day on which it was revoked; empty while it works.
    """

    id: str
    name: str
    scopes: tuple[str, ...]
    salt: str
    hash: str
    made: str
    until: str = ""
    revoked: str = ""

    def works(self, on: date) -> bool:
        """Return whether the key may be used on a day."""
        return not self.revoked and (not self.until or on.isoformat() < self.until)

    def may(self, scope: str) -> bool:
        """Return whether the key has a scope."""
        return scope in self.scopes or ADMIN in self.scopes


def _hash(secret: str, salt: str) -> str:
    made = hashlib.blake2b(secret.encode("utf8", "replace"), salt=bytes.fromhex(salt), person=_PERSON)
    return made.hexdigest()


_NOBODY = Key("", "", (), "00" * 16, _hash("", "00" * 16), "")  # what an unknown id is compared with, for equal time


class Keys:
    """The keys of one installation, in one file."""

    def __init__(self, file: Path) -> None:
        """Name the file; it is read again whenever it was changed."""
        self._file = file
        self._seen: tuple[int, int, int] | None = None
        self._keys: dict[str, Key] = {}

    def all(self) -> tuple[Key, ...]:
        """Return every key, also those that no longer work, in order of making."""
        return tuple(self._read().values())

    def known(self, text: str) -> Key | None:
        """Return the key that a caller shows, or nothing.

        A wrong secret, an unknown id, a revoked key and text that is no key take the same time.
        """
        _, _, rest = text.partition("_")
        id, _, secret = rest.partition("_")
        found = self._read().get(id, _NOBODY)
        right = hmac.compare_digest(_hash(secret, found.salt), found.hash)
        return found if right and found.id and found.works(_today()) and text.startswith(f"{_PREFIX}_") else None

    def add(self, name: str, scopes: tuple[str, ...], until: date | None = None) -> tuple[Key, str]:
        """Make a key and return what is kept of it, and the key itself, which nobody can show again.

        Raises:
            InputError: It has no name or no scope, or one that does not exist.
        """
        if not name.strip() or not scopes or not set(scopes) <= set(SCOPES):
            raise InputError("a key has a name and at least one scope", help=f"use scopes of {', '.join(SCOPES)}")
        id, secret, salt = secrets.token_hex(6), secrets.token_urlsafe(32), secrets.token_hex(16)
        ordered = tuple(scope for scope in SCOPES if scope in scopes)
        end = until.isoformat() if until else ""
        key = Key(id, name.strip(), ordered, salt, _hash(secret, salt), _today().isoformat(), end)
        self._change(lambda keys: {**keys, id: key})
        return key, f"{_PREFIX}_{id}_{secret}"

    def revoke(self, id: str) -> Key:
        """Make a key useless at once, in every process, and return it.

        Raises:
            NotFoundError: No key has that id.
        """
        if id not in self._read():
            raise NotFoundError(f"there is no key `{id}`", help="see `clew keys list`")
        found = self._read()[id]
        revoked = found if found.revoked else replace(found, revoked=_today().isoformat())
        self._change(lambda keys: {**keys, id: revoked})
        return revoked

    def _read(self) -> dict[str, Key]:
        try:
            stat = os.stat(self._file)
        except FileNotFoundError:
            self._seen, self._keys = None, {}
            return self._keys
        now = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if now != self._seen:
            self._keys, self._seen = _load(self._file), now
        return self._keys

    def _change(self, change: Callable[[dict[str, Key]], dict[str, Key]]) -> None:
        with _locked(self._file):
            kept = change(_load(self._file) if self._file.exists() else {})
            text = json.dumps([asdict(key) for key in kept.values()], ensure_ascii=False, indent=1)
            aside = self._file.with_suffix(".new")
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, self._file)


def _load(file: Path) -> dict[str, Key]:
    try:
        rows = json.loads(file.read_text(encoding="utf8"))
        keys = [Key(**{**row, "scopes": tuple(row["scopes"])}) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise ReleaseError("the file of keys cannot be read", where=str(file), help="restore it from a copy") from error
    return {key.id: key for key in keys}


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _today() -> date:
    return datetime.now(UTC).date()
