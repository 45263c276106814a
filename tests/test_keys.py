"""API keys: who has none is refused, who has one may ask as often as it allows."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from service.cli import main
from service.errors import UserError
from service.store import Key, Keys, open_store


@pytest.fixture
def keys(runtime):
    return runtime.keys


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def basic(secret):
    return {"Authorization": "Basic " + base64.b64encode(f"any:{secret}".encode()).decode()}


def code(response):
    said = response.json["error"]
    return response.status_code, said["code"] if isinstance(said, dict) else said


def test_without_keys_the_service_is_open(client):
    assert client.get("/v1/articles").status_code == 200
    assert client.get("/v1/articles", headers=bearer("whatever")).status_code == 200


def test_with_a_key_nothing_is_answered_without_one(client, keys):
    secret = keys.add(Key(name="desk"))
    for path in ("/v1/articles", "/v1/jobs/x", "/", "/articles/x", "/metrics", "/nothing"):
        assert code(client.get(path)) == (401, "no_key")
        assert client.get(path, headers=bearer(secret)).status_code in (200, 404)
    for path in ("/v1/articles", "/v1/batches", "/", "/translate", "/detect"):
        assert client.post(path, json={}).status_code == 401
    for path in ("/healthz", "/readyz", "/openapi.json", "/assets/style.css", "/languages"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{}, bearer(""), bearer("chitieu_x"), basic("x"), {"Authorization": "Basic !"}, {"X-API-Key": ""}]
)
def test_what_is_no_key(client, keys, wrong):
    keys.add(Key(name="desk"))
    assert code(client.get("/v1/people", headers=wrong)) == (401, "no_key")


@pytest.mark.parametrize("make", [bearer, basic, lambda secret: {"X-API-Key": secret}])
def test_a_key_comes_in_any_of_three_headers(client, keys, make):
    secret = keys.add(Key(name="desk"))
    assert client.get("/v1/people", headers=make(secret)).status_code == 200


@pytest.mark.parametrize("send", ["json", "data", "query_string"])
def test_clients_of_libretranslate_send_it_as_a_parameter(client, keys, send):
    secret = keys.add(Key(name="desk"))
    assert client.post("/detect", **{send: {"q": "Xã Tân Lập", "api_key": secret}}).status_code == 200
    assert client.post("/detect", **{send: {"q": "Xã Tân Lập", "api_key": "x"}}).status_code == 401
    assert client.post("/v1/articles", json={"text": "a", "api_key": secret}).status_code == 401


def test_a_browser_asks_for_it(client, keys):
    keys.add(Key(name="desk"))
    page = client.get("/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["WWW-Authenticate"].startswith("Basic ")
    assert client.get("/v1/people").headers["WWW-Authenticate"] == "Bearer"


def test_the_secret_is_not_kept(client, keys, runtime, settings):
    secret = keys.add(Key(name="desk"))
    runtime.store.close()
    stored = b"".join(path.read_bytes() for path in settings.data_dir.glob("chitieu.sqlite*"))
    assert secret.encode() not in stored
    assert b"desk" in stored


def test_a_read_only_key_changes_nothing(client, keys, article):
    secret = keys.add(Key(name="chart", read_only=True))
    assert client.get("/v1/indicators", headers=bearer(secret)).status_code == 200
    assert code(client.post("/translate", json={}, headers=bearer(secret))) == (403, "this API key may read only")
    for path in ("/v1/articles", "/v1/subscriptions", "/"):
        assert code(client.post(path, json={"text": article}, headers=bearer(secret))) == (403, "read_only")
    assert code(client.delete("/v1/subscriptions/x", headers=bearer(secret))) == (403, "read_only")


def test_a_removed_key_opens_nothing(client, keys):
    secret, other = keys.add(Key(name="desk")), keys.add(Key(name="other"))
    assert keys.remove("desk")
    assert not keys.remove("desk")
    assert client.get("/v1/people", headers=bearer(secret)).status_code == 401
    assert client.get("/v1/people", headers=bearer(other)).status_code == 200
    with pytest.raises(UserError, match="already"):
        keys.add(Key(name="other"))


def test_too_many_requests(client, keys):
    secret = keys.add(Key(name="desk", per_day=3))
    answers = [client.get("/v1/people", headers=bearer(secret)) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert code(answers[-1]) == (429, "too_many_requests")
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 86_401


def test_each_address_of_a_batch_counts(client, keys):
    secret = keys.add(Key(name="desk", per_day=5))
    assert (
        client.post("/v1/batches", json={"urls": ["https://bao.vn/1"] * 6}, headers=bearer(secret)).status_code == 429
    )
    assert (
        client.post("/v1/batches", json={"urls": ["https://bao.vn/1"] * 4}, headers=bearer(secret)).status_code == 202
    )


def test_limits_hold_in_their_time(keys):
    key = Key(name="desk", per_minute=2, per_day=3)
    keys.add(key)
    now = datetime(2024, 7, 11, 23, 58, 30, tzinfo=UTC)
    assert [keys.spend(key, now=now) for _ in range(3)] == [None, None, 30]
    later = now + timedelta(minutes=1)
    assert keys.spend(key, now=later) is None
    assert keys.spend(key, now=later) == 31  # the day is used up; what was refused was not counted
    assert keys.used(key, later) == 3
    assert keys.spend(key, now=now + timedelta(minutes=2)) is None


def test_keys_on_the_command_line(settings, monkeypatch, capfd):
    monkeypatch.setenv("CHITIEU_DATA_DIR", str(settings.data_dir))
    assert main(["keys", "list"]) == 0
    assert "open to everybody" in capfd.readouterr().err
    assert main(["keys", "add", "desk", "--per-minute", "60", "--per-day", "1000"]) == 0
    secret = capfd.readouterr().out.strip()
    store = open_store(settings)
    assert Keys(store).find(secret).name == "desk"
    store.close()
    assert main(["keys", "add", "chart", "--read-only"]) == 0
    assert main(["keys", "add", "desk"]) == 2
    assert main(["keys", "add", " "]) == 2
    capfd.readouterr()
    assert main(["keys", "list"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [(line.split("\t")[0], line.split("\t")[2]) for line in lines] == [
        ("desk", "60 a minute, 1000 a day, 0 today"),
        ("chart", "read only"),
    ]
    assert main(["keys", "remove", "desk"]) == 0
    assert main(["keys", "remove", "desk"]) == 2
