"""How much one caller may ask, and what keeps a browser from being used against its reader."""

import json
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from clew.api.keys import READ, Keys
from clew.api.limits import DEPTH, Allowance, Buckets, Gate, TooMany, depth
from clew.api.store import Home

from .asked import good, problem
from .operated import installed, served
from .test_checks import CASE


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def home(tmp_path: Path, releases: Path) -> Home:
    return installed(tmp_path, releases)


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    clock = Clock()
    buckets = Buckets(rate=2, burst=3, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    clock.now = 0.5
    assert [buckets.take("a"), buckets.take("a")] == [0, 0.5]
    clock.now = 100
    assert sum(buckets.take("a") == 0 for _ in range(10)) == 3


def test_each_caller_has_a_bucket_of_its_own() -> None:
    buckets = Buckets(rate=1, burst=1, clock=Clock())
    assert [buckets.take("a"), buckets.take("b")] == [0, 0]
    assert buckets.take("a") > 0


def test_buckets_do_not_grow_with_callers_who_never_come_back() -> None:
    buckets = Buckets(rate=1, burst=1, clock=Clock())
    for number in range(12_000):
        buckets.take(str(number))
    assert len(buckets._left) == 10_000


def test_requests_at_the_same_time_are_limited_for_one_and_for_all() -> None:
    gate = Gate(Allowance(rate=0, together=2, overall=3))
    gate.enter("a")
    gate.enter("a")
    with pytest.raises(TooMany, match="at the same time"):
        gate.enter("a")
    gate.enter("b")
    with pytest.raises(TooMany, match="busy"):
        gate.enter("c")
    gate.leave("a")
    gate.enter("c")


def test_who_asks_too_often_is_told_when_to_come_back(home: Home) -> None:
    """RFC 6585, section 4: 429 with Retry-After; others are answered meanwhile."""
    with served(home, allowance=Allowance(rate=0.5, burst=3)) as app:
        client = app.test_client()
        answers = [client.get("/v1/findings") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        problem(answers[-1], 429, "too many requests")
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 2
        assert client.get("/healthz").status_code == 200
        time.sleep(2.1)
        good(client.get("/v1/findings"))


def test_each_key_is_counted_by_itself(home: Home) -> None:
    (_, one), (_, two) = (Keys(home.keys).add(name, (READ,)) for name in "ab")
    with served(home, allowance=Allowance(rate=0.01, burst=1)) as app:
        client = app.test_client()
        statuses = [client.get("/v1/findings", headers={"X-API-Key": key}).status_code for key in (one, one, two)]
    assert statuses == [200, 429, 200]


def test_who_guesses_keys_is_stopped_and_who_has_one_elsewhere_is_not(home: Home) -> None:
    _, text = Keys(home.keys).add("reader", (READ,))
    with served(home, allowance=Allowance(guesses=5)) as app:
        client = app.test_client()
        statuses = [client.get("/v1/findings", headers={"X-API-Key": f"clew_a_{n}"}).status_code for n in range(7)]
        assert statuses == [401] * 5 + [429] * 2
        elsewhere = {"REMOTE_ADDR": "192.0.2.9"}
        good(client.get("/v1/findings", headers={"X-API-Key": text}, environ_overrides=elsewhere))


def test_a_place_is_free_again_after_an_error(home: Home) -> None:
    with served(home, allowance=Allowance(rate=0, together=1)) as app:
        client = app.test_client()
        for _ in range(3):
            problem(client.get("/v1/findings/xyz/explanation"), 422)
            problem(client.post("/v1/check", data=b"{", content_type="application/json"), 400)
        good(client.get("/v1/findings"))


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)


def _deep(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_deep, value.values()), default=0)
    return 1 + max(map(_deep, value), default=0) if isinstance(value, list) else 0


@given(_json, st.booleans())
def test_depth_is_told_without_parsing(value: object, ascii: bool) -> None:
    """Held against what the parser makes of the same text, strings with brackets and quotes included."""
    assert depth(json.dumps(value, ensure_ascii=ascii).encode("utf8", "surrogatepass")) == _deep(value)


@pytest.mark.parametrize(
    "body", [b'"' + b'\\"' * 2_000_000, b'"\\', b"[]" * 2_000_000, b"[" * 4_000_000, b'"a"' * 1_300_000]
)
def test_no_text_makes_the_look_at_depth_slow(body: bytes) -> None:
    """Linear time: four megabytes of the worst text take well under the seconds that a quadratic look would."""
    began = time.process_time()
    depth(body)
    assert time.process_time() - began < 5


def test_a_body_that_nests_too_deep_is_refused_and_one_at_the_limit_is_read(client: FlaskClient) -> None:
    deep = {"facts": {}}
    for _ in range(DEPTH):
        deep = {"facts": deep}
    problem(client.post("/v1/check", json={**CASE, "note": deep}), 400, "nests too deep")
    body = b"[" * DEPTH + b"]" * DEPTH
    problem(client.post("/v1/check", data=body, content_type="application/json"), 422)


def test_no_other_origin_is_let_in(client: FlaskClient) -> None:
    """Without CORS headers a browser keeps the answer from a page of another origin, and asks before it sends JSON."""
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for response in (client.options("/v1/check", headers=headers), client.get("/v1/findings", headers=headers)):
        assert not [name for name in dict(response.headers) if name.lower().startswith("access-control")]
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    problem(client.post("/v1/check", data=json.dumps(CASE), content_type="text/plain"), 415)


def test_every_answer_has_the_id_of_its_request(client: FlaskClient) -> None:
    assert client.get("/v1/findings", headers={"X-Request-Id": "order-1"}).headers["X-Request-Id"] == "order-1"
    for odd in ("a b", "x" * 65, ""):
        made = client.get("/nothing", headers={"X-Request-Id": odd}).headers["X-Request-Id"]
        assert made != odd
        assert len(made) == 32
