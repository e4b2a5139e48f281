"""API keys: hashed at rest, compared in constant time, with scopes, and useless at once when revoked."""

import json
import statistics
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from clew.api.access import PUBLIC, needed
from clew.api.audit import Chain
from clew.api.cli import main
from clew.api.keys import ADMIN, CHECK, READ, SCOPES, Keys
from clew.api.serve import serve
from clew.api.store import Home
from clew.errors import ClewError, InputError, NotFoundError

from .asked import good, problem
from .operated import installed, served
from .test_checks import CASE


@pytest.fixture
def home(tmp_path: Path, releases: Path) -> Home:
    return installed(tmp_path, releases)


@pytest.fixture
def guarded(home: Home) -> Iterator[FlaskClient]:
    Keys(home.keys).add("first", (ADMIN,))
    with served(home) as app:
        yield app.test_client()


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_is_never_kept(tmp_path: Path) -> None:
    key, text = Keys(tmp_path / "keys.json").add("desk", (READ,))
    kept = (tmp_path / "keys.json").read_text(encoding="utf8")
    secret = text.removeprefix(f"clew_{key.id}_")
    assert len(secret) >= 43
    assert secret not in kept
    assert key.salt in kept
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


def test_the_same_secret_would_have_another_hash_in_another_key(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json")
    (one, _), (two, _) = keys.add("a", (READ,)), keys.add("a", (READ,))
    assert one.salt != two.salt


def test_a_key_works_until_it_is_revoked_in_every_process(tmp_path: Path) -> None:
    here, elsewhere = Keys(tmp_path / "keys.json"), Keys(tmp_path / "keys.json")
    key, text = here.add("desk", (READ,))
    assert elsewhere.known(text) == key
    here.revoke(key.id)
    assert elsewhere.known(text) is None
    with pytest.raises(NotFoundError):
        here.revoke("nobody")


def test_a_key_ends_on_its_day(tmp_path: Path) -> None:
    keys, today = Keys(tmp_path / "keys.json"), datetime.now(UTC).date()
    _, over = keys.add("over", (READ,), today)
    _, good_yet = keys.add("good yet", (READ,), today + timedelta(days=1))
    assert keys.known(over) is None
    assert keys.known(good_yet) is not None


@pytest.mark.parametrize("text", ["", "clew", "clew_", "clew__", "_", "x" * 10_000, "clew_\ud800_\udfff", "clew_a_b_c"])
def test_what_is_no_key_is_known_to_nobody(tmp_path: Path, text: str) -> None:
    keys = Keys(tmp_path / "keys.json")
    assert keys.known(text) is None
    _, real = keys.add("desk", (READ,))
    assert keys.known(text) is None
    assert keys.known(real[:-1]) is None
    assert keys.known(real.replace("clew_", "Clew_")) is None


@pytest.mark.parametrize(("name", "scopes"), [("", (READ,)), ("a", ()), ("a", ("write",))])
def test_a_key_without_name_or_scope_is_not_made(tmp_path: Path, name: str, scopes: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="a name and at least one scope"):
        Keys(tmp_path / "keys.json").add(name, scopes)


def test_a_wrong_key_takes_the_same_time_wherever_it_is_wrong(tmp_path: Path) -> None:
    """Nobody may learn from the time of a refusal which ids exist, or how much of a secret is right.

    Medians of samples taken in turns, so that what else the machine does falls on all alike.
    """
    keys = Keys(tmp_path / "keys.json")
    _, text = keys.add("desk", (READ,))
    head, secret = text.rsplit("_", 1)[0], text.split("_", 2)[2]
    wrong = {
        "first": f"clew_{text.split('_')[1]}_{'x' if secret[0] != 'x' else 'y'}{secret[1:]}",
        "last": f"{text[:-1]}{'x' if text[-1] != 'x' else 'y'}",
        "id": f"clew_{'0' * 12}_{secret}",
    }
    assert head
    taken: dict[str, list[int]] = {name: [] for name in wrong}
    for _ in range(1500):
        for name, shown in wrong.items():
            began = time.perf_counter_ns()
            found = keys.known(shown)
            taken[name].append(time.perf_counter_ns() - began)
            assert found is None
    medians = {name: statistics.median(times) for name, times in taken.items()}
    assert max(medians.values()) < 1.5 * min(medians.values()), medians


def test_without_a_key_nothing_is_answered_but_whether_it_is_up(guarded: FlaskClient) -> None:
    for method, address in (("GET", "/v1/findings"), ("POST", "/v1/check"), ("GET", "/sparql?query=ASK{}"),
                            ("GET", "/metrics"), ("DELETE", "/v1/jobs/" + "0" * 32), ("GET", "/nothing")):  # fmt: skip
        response = guarded.open(address, method=method)
        problem(response, 401, "a key is needed")
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="clew"'
    for address in ("/healthz", "/readyz", "/openapi.json", "/static/clew.css"):
        with guarded.get(address) as response:
            assert response.status_code == 200


def test_a_page_asks_a_browser_for_the_key_as_a_password(guarded: FlaskClient, home: Home) -> None:
    response = guarded.get("/")
    assert (response.status_code, response.mimetype) == (401, "text/html")
    assert any(one.startswith("Basic") for one in response.headers.getlist("WWW-Authenticate"))
    _, text = Keys(home.keys).add("reader", (READ,))
    basic = b64encode(f"anybody:{text}".encode()).decode()
    assert guarded.get("/", headers={"Authorization": f"Basic {basic}"}).status_code == 200


def test_a_key_opens_what_its_scopes_say_and_no_more(guarded: FlaskClient, home: Home) -> None:
    _, reader = Keys(home.keys).add("reader", (READ,))
    _, checker = Keys(home.keys).add("checker", (CHECK,))
    _, admin = Keys(home.keys).add("admin", (ADMIN,))
    good(guarded.get("/v1/findings", headers=bearer(reader)))
    problem(guarded.post("/v1/check", json=CASE, headers=bearer(reader)), 403, "`check`")
    good(guarded.post("/v1/check", json=CASE, headers={"X-API-Key": checker}))
    problem(guarded.get("/v1/findings", headers=bearer(checker)), 403, "`read`")
    good(guarded.get("/v1/findings", headers=bearer(admin)))
    assert guarded.head("/v1/findings", headers=bearer(reader)).status_code == 200
    (entry,) = Chain(home.audit).entries()
    assert entry.who.startswith("key:")
    assert checker not in json.dumps(entry.content())


def test_answers_to_keys_are_for_one_caller_alone(guarded: FlaskClient, home: Home) -> None:
    """RFC 9111, 3.5: a shared cache must not hand one caller's answer to another."""
    _, text = Keys(home.keys).add("reader", (READ,))
    response = guarded.get("/v1/findings", headers={"X-API-Key": text})
    assert response.cache_control.private
    assert {"Authorization", "X-API-Key"} <= set(response.vary)


def test_a_wrong_or_revoked_key_is_refused_in_the_same_words(guarded: FlaskClient, home: Home) -> None:
    key, text = Keys(home.keys).add("reader", (READ,))
    Keys(home.keys).revoke(key.id)
    said = {
        problem(guarded.get("/v1/findings", headers=bearer(shown)), 401)["detail"]
        for shown in (text, "clew_x_y", text[:-1], "nonsense")
    }
    assert said == {"the key does not work"}


def test_an_installation_without_keys_answers_its_own_machine_alone(home: Home) -> None:
    with served(home) as app:
        client = app.test_client()
        good(client.get("/v1/findings"))
        far = {"REMOTE_ADDR": "192.0.2.7"}
        problem(client.get("/v1/findings", environ_overrides=far), 403, "own machine")
        for headers in ({"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"}, {"Host": "evil.example"}):
            problem(client.get("/v1/findings", headers=headers), 403, "own machine")
        assert client.get("/healthz", environ_overrides=far).status_code == 200
        for host in ("127.0.0.1:8080", "[::1]:8080", "localhost"):
            good(client.get("/v1/findings", headers={"Host": host}))
        Keys(home.keys).add("first", (READ,))
        problem(client.get("/v1/findings"), 401)


def test_no_auth_leaves_this_machine_in_even_with_keys_and_no_other(home: Home) -> None:
    Keys(home.keys).add("first", (READ,))
    with served(home, open=True) as app:
        good(app.test_client().get("/v1/findings"))
        problem(app.test_client().get("/v1/findings", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}), 403)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "example.org"])
def test_no_auth_is_refused_where_others_could_ask(home: Home, host: str) -> None:
    with pytest.raises(InputError, match="open to every machine"):
        serve(home, host, 0, no_auth=True)


def test_keys_are_made_listed_and_revoked_on_the_command_line_and_written_down(home: Home) -> None:
    def clew(*args: str) -> str:
        result = CliRunner().invoke(main, ["--home", str(home.path), *args])
        assert result.exit_code == 0, result.output
        return result.stdout

    made = json.loads(clew("keys", "add", "order desk", "--scope", "check", "--until", "2999-01-01", "--json"))
    assert Keys(home.keys).known(made["key"]) is not None
    listed = clew("keys", "list", "--json")
    assert made["key"] not in listed
    assert json.loads(listed)["scopes"] == ["check"]
    clew("keys", "revoke", made["id"])
    assert Keys(home.keys).known(made["key"]) is None
    assert "revoked" in clew("keys", "list")
    entries = list(Chain(home.audit).entries())
    assert [(entry.kind, entry.about["change"]) for entry in entries] == [("key", "added"), ("key", "revoked")]
    assert made["key"].rpartition("_")[2] not in Chain(home.audit).file.read_text(encoding="utf8")


def test_a_file_of_keys_that_cannot_be_read_lets_nobody_in(guarded: FlaskClient, home: Home) -> None:
    home.keys.write_text("{", encoding="utf8")
    assert guarded.get("/v1/findings", headers=bearer("clew_a_b")).status_code == 500
    with pytest.raises(ClewError, match="cannot be read"):
        Keys(home.keys).all()


def test_what_no_line_of_the_table_names_needs_the_highest_scope() -> None:
    assert needed("PUT", "/v1/anything") == ADMIN
    assert needed("GET", "/v1/audit/export") == ADMIN
    assert needed("GET", "/healthzz") == READ
    assert all(needed("GET", path) == "" for path in PUBLIC)
    assert set(SCOPES) == {"read", "check", "decide", "publish", "admin"}
