"""How much one caller may ask: requests a second, requests at the same time, size and depth of a body.

Counts live in each server process. A limit that must hold over all of them belongs into the proxy in front.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from ..errors import ClewError

DEPTH = 64
_CALLERS = 10_000  # callers remembered; who was away longest is forgotten first
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)  # one without an end reaches to the end
_OTHER = bytes(sorted(set(range(256)) - set(b"[]{}")))
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one caller may ask of one server process.

    Attributes:
        rate: Requests a second over time; 0 for no limit.
        burst: Requests at once after a pause.
        together: Requests that are answered at the same time, for one caller.
        overall: The same for all callers.
        guesses: Wrong keys a minute from one address.
    """

    rate: float = 50.0
    burst: int = 200
    together: int = 8
    overall: int = 64
    guesses: int = 30


class TooMany(ClewError):
    """The caller asks more than it may; `after` says in how many seconds it may ask again."""

    status = 429

    def __init__(self, message: str, after: float) -> None:
        """Keep when the caller may come back."""
        self.after = max(1, int(after + 0.999))
        super().__init__(message, help=f"ask again in {self.after} seconds")


class Buckets:
    """A token bucket for each caller: `burst` tokens, filled up with `rate` a second."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with full buckets."""
        self._rate, self._burst, self._clock = rate, burst, clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str, cost: float = 1.0) -> float:
        """Take a token and return 0, or how many seconds it takes until there is one."""
        with self._lock:
            now = self._clock()
            left, then = self._left.pop(caller, (float(self._burst), now))
            left = min(float(self._burst), left + (now - then) * self._rate)
            wait = 0.0 if left >= max(cost, 1.0) else (1.0 - left) / self._rate
            self._left[caller] = (left if wait else left - cost, now)
            while len(self._left) > _CALLERS:
                self._left.popitem(last=False)
            return wait


class Gate:
    """Lets requests through within an allowance."""

    def __init__(self, allowance: Allowance) -> None:
        """Start with nobody inside."""
        self._allowance = allowance
        self._lock = threading.Lock()
        self._inside: dict[str, int] = {}
        self._asked = Buckets(allowance.rate, allowance.burst)
        self._guesses = Buckets(allowance.guesses / 60 or 1, max(1, allowance.guesses))

    def enter(self, caller: str) -> None:
        """Let a request in; `leave` must follow.

        Raises:
            TooMany: The caller has asked too often, or too many requests are being answered.
        """
        if self._allowance.rate and (wait := self._asked.take(caller)):
            raise TooMany("too many requests", wait)
        with self._lock:
            if self._inside.get(caller, 0) >= self._allowance.together:
                raise TooMany("too many requests at the same time", 1)
            if sum(self._inside.values()) >= self._allowance.overall:
                raise TooMany("the service is busy", 1)
            self._inside[caller] = self._inside.get(caller, 0) + 1

    def leave(self, caller: str) -> None:
        """Note that a request was answered."""
        with self._lock:
            left = self._inside.get(caller, 0) - 1
            if left > 0:
                self._inside[caller] = left
            else:
                self._inside.pop(caller, None)

    def guessed(self, address: str, cost: float = 1.0) -> None:
        """Note a wrong key from an address; with cost 0 only look whether there were too many.

        Raises:
            TooMany: There were too many.
        """
        if self._allowance.guesses and (wait := self._guesses.take(address, cost)):
            raise TooMany("too many wrong keys", wait)


def depth(body: bytes) -> int:
    """Return how deep the objects and arrays of a JSON text nest, without parsing it."""
    brackets = _STRING.sub(b"", body).translate(None, _OTHER)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0)
