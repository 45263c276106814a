"""Batches and subscriptions: every address once, whatever is lost in between."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service import create_app
from service.batches import finish_item, settle, start_batch, start_due
from service.store import Paging
from tests.fakes import FakeRuntime
from tests.processes import running, until
from tests.site import PAGE, Site


class FakeQueue:
    """Keeps what is asked of it; the same id is accepted once, as the real one does."""

    def __init__(self):
        self.items = {}
        self.starts = {}
        self.gone = []

    def submit_item(self, given, job_id, *, delay=0.0):
        self.items.setdefault(job_id, (given, delay))

    def start_batch(self, batch_id, job_id):
        self.starts.setdefault(job_id, batch_id)

    def withdraw(self, batch_id):
        self.items = {job: value for job, value in self.items.items() if not job.startswith(batch_id)}

    def lost(self, batch_id):
        return self.gone

    def forget(self, job_ids):
        self.gone = [job for job in self.gone if job not in job_ids]

    def check(self):
        pass


class BatchRuntime(FakeRuntime):
    def __init__(self, settings):
        super().__init__(settings)
        self.fake_queue = FakeQueue()

    @property
    def queue(self):
        return self.fake_queue


@pytest.fixture
def runtime(settings):
    made = BatchRuntime(settings)
    yield made
    made.close()


@pytest.fixture
def queue(runtime):
    return runtime.queue


def feed(site, *names):
    return "<rss>" + "".join(f"<item><link>{site.url(name)}</link></item>" for name in names) + "</rss>"


def post(client, path, body):
    answer = client.post(path, json=body)
    return answer.status_code, answer.json


def run_starts(runtime):
    """What a worker does with the starts that are queued."""
    for batch_id in runtime.queue.starts.values():
        start_batch(runtime, batch_id)
    runtime.queue.starts.clear()


def finish(runtime, url, outcome):
    """What a worker says at the end of the job of an address."""
    job_id = next(job for job, (given, _) in list(runtime.queue.items.items())[::-1] if given.url == url)
    finish_item(runtime, job_id, None, outcome)


# --- batches ---


def test_a_list_of_addresses(client, runtime, queue):
    urls = ["https://bao.vn/1", "https://bao.vn/2", "https://bao.vn/1#top", "http://bao.vn/2?utm_source=x"]
    status, accepted = post(client, "/v1/batches", {"urls": urls, "to": "de", "language": "vi"})
    assert status == 202
    place = f"/v1/batches/{accepted['batch']}"
    assert client.get(place).json["state"] == "starting"
    run_starts(runtime)
    state = client.get(place).json
    assert (state["state"], state["total"], state["queued"]) == ("running", 2, 2)
    assert [(given.url, given.to, given.language) for given, _ in queue.items.values()] == [
        ("https://bao.vn/1", "de", "vi"),
        ("https://bao.vn/2", "de", "vi"),
    ]
    finish(runtime, "https://bao.vn/1", {"article": "a1"})
    finish(runtime, "https://bao.vn/2", {"stage": "fetch", "reason": "the server answered 404"})
    state = client.get(place).json
    assert (state["state"], state["done"], state["failed"], state["queued"]) == ("done", 1, 1, 0)
    failure = {"url": "https://bao.vn/2", "state": "failed", "article": None, "stage": "fetch"}
    assert state["failures"] == [failure | {"reason": "the server answered 404"}]
    items = client.get(f"{place}/items?state=done").json
    assert items["total"] == 1
    assert items["items"][0]["article"] == "a1"
    assert client.get(f"{place}/items?limit=1&offset=1").json["items"] == state["failures"]


def test_the_failed_are_tried_again(client, runtime, queue):
    place = "/v1/batches/" + post(client, "/v1/batches", {"urls": ["https://bao.vn/1", "https://bao.vn/2"]})[1]["batch"]
    run_starts(runtime)
    finish(runtime, "https://bao.vn/1", {"article": "a1"})
    finish(runtime, "https://bao.vn/2", {"stage": "fetch", "reason": "slow"})
    first = dict(queue.items)
    assert client.post(f"{place}/retry").json["queued"] == 1
    run_starts(runtime)
    again = [given.url for job, (given, _) in queue.items.items() if job not in first]
    assert again == ["https://bao.vn/2"]
    late = next(job for job, (given, _) in first.items() if given.url == "https://bao.vn/2")
    finish_item(runtime, late, None, {"stage": "fetch", "reason": "late news of the first attempt"})
    assert client.get(place).json["state"] == "running"
    finish(runtime, "https://bao.vn/2", {"article": "a2"})
    assert client.get(place).json["done"] == 2


def test_a_batch_is_ended(client, runtime, queue):
    first, second = (
        post(client, "/v1/batches", {"urls": [f"https://bao.vn/{name}"]})[1]["batch"] for name in ("first", "second")
    )
    run_starts(runtime)
    job, (given, _) = next(iter(queue.items.items()))
    assert client.delete(f"/v1/batches/{first}").status_code == 204
    assert client.get(f"/v1/batches/{first}").status_code == 404
    assert client.delete(f"/v1/batches/{first}").status_code == 404
    finish_item(runtime, job, given, {"stage": "fetch", "reason": "later", "later": "60"})  # it was under way
    assert [job.partition(".")[0] for job in queue.items] == [second]


def test_only_one_stage_is_tried_again(client, runtime, queue):
    urls = [f"https://bao.vn/{number}" for number in range(4)]
    batch = post(client, "/v1/batches", {"urls": urls})[1]["batch"]
    run_starts(runtime)
    for url, stage in zip(urls, ("fetch", "read", "fetch"), strict=False):
        finish(runtime, url, {"stage": stage, "reason": "no"})
    told = client.get(f"/v1/batches/{batch}").json
    assert (told["failed"], told["failed_in"]) == (3, {"fetch": 2, "read": 1})
    assert post(client, f"/v1/batches/{batch}/retry?stage=fetch", {})[1]["queued"] == 2
    assert client.get(f"/v1/batches/{batch}").json["failed_in"] == {"read": 1}
    assert client.post(f"/v1/batches/{batch}/retry?state=failed").status_code == 422


def test_a_start_that_runs_twice_doubles_nothing(client, runtime, queue, site):
    site.pages = {"/rss": feed(site, "/1", "/2")}
    batch = post(client, "/v1/batches", {"url": site.url("/rss")})[1]["batch"]
    start_batch(runtime, batch)
    start_batch(runtime, batch)
    assert sorted(given.url for given, _ in queue.items.values()) == [site.url("/1"), site.url("/2")]
    assert runtime.batches.counts(batch)["total"] == 2


def test_a_source_that_cannot_be_read(client, runtime, site):
    place = "/v1/batches/" + post(client, "/v1/batches", {"url": site.url("/rss")})[1]["batch"]
    run_starts(runtime)
    state = client.get(place).json
    assert (state["state"], state["reason"]) == ("failed", "the server answered 404")
    site.pages = {"/rss": feed(site, "/1")}
    client.post(f"{place}/retry")
    run_starts(runtime)
    assert client.get(place).json["state"] == "running"


def test_a_defect_while_a_source_is_read_is_logged_and_said(client, runtime, site, monkeypatch, caplog):
    monkeypatch.setattr("service.batches.discover", lambda *_, **__: 1 / 0)
    batch = post(client, "/v1/batches", {"url": site.url("/rss")})[1]["batch"]
    run_starts(runtime)
    state = client.get(f"/v1/batches/{batch}").json
    assert (state["state"], state["reason"]) == ("failed", "internal error (ZeroDivisionError)")
    assert f"reading the source of batch {batch} failed" in caplog.text


def test_a_source_with_more_than_a_batch_takes(settings, site):
    runtime = BatchRuntime(replace(settings, batch_max_urls=3))
    site.pages = {"/rss": feed(site, *(f"/{i}" for i in range(9)))}
    client = create_app(runtime).test_client()
    batch = post(client, "/v1/batches", {"url": site.url("/rss")})[1]["batch"]
    run_starts(runtime)
    assert runtime.batches.counts(batch)["total"] == 3
    status, answer = post(client, "/v1/batches", {"urls": [f"https://bao.vn/{i}" for i in range(4)]})
    assert (status, answer["error"]["message"]) == (422, "urls: more than 3")
    runtime.close()


def test_addresses_of_one_host_are_spread_at_its_pace(runtime, queue, site):
    site.pages = {"/robots.txt": "User-agent: *\nCrawl-delay: 3"}
    urls = [site.url(f"/{i}") for i in range(5)] + ["https://bao.vn/1", "https://bao.vn/2"]
    start_batch(runtime, runtime.batches.add(urls).id)
    assert [delay for _, delay in queue.items.values()] == [0, 3, 6, 9, 12, 0, 0]


def test_jobs_that_no_worker_survived(client, runtime, queue):
    batch = post(client, "/v1/batches", {"urls": ["https://bao.vn/1"]})[1]["batch"]
    queue.gone = [f"{batch}.on.0"]
    state = client.get(f"/v1/batches/{batch}").json
    assert (state["state"], state["reason"]) == ("failed", "no worker survived reading it, try again")
    client.post(f"/v1/batches/{batch}/retry")
    assert client.get(f"/v1/batches/{batch}").json["state"] == "starting"  # the loss is noted once
    run_starts(runtime)
    queue.gone = list(queue.items)
    state = client.get(f"/v1/batches/{batch}").json
    assert (state["state"], state["failures"][0]["stage"]) == ("done", "worker")
    settle(runtime, batch)
    assert runtime.batches.counts(batch)["failed"] == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, None),
        ({"urls": []}, "urls"),
        ({"urls": ["ftp://bao.vn/"]}, "urls.0"),
        ({"urls": ["https://bao.vn/"], "url": "https://bao.vn/rss"}, None),
        ({"url": "bao.vn"}, "url"),
        ({"url": "https://bao.vn/", "since": "gestern"}, "since"),
        ({"url": "https://bao.vn/", "feed": 1}, "feed"),
    ],
)
def test_what_is_no_batch(client, body, field):
    status, answer = post(client, "/v1/batches", body)
    assert status == 422
    assert answer["error"].get("field") == field


@pytest.mark.parametrize("path", ["/v1/batches/x", "/v1/batches/x/items", "/v1/subscriptions/x"])
def test_unknown_batches(client, path):
    assert client.get(path).status_code == 404
    assert client.post("/v1/batches/x/retry").status_code == 404
    assert client.delete("/v1/subscriptions/x").status_code == 404


def test_an_address_whose_host_wants_to_be_left_alone_is_queued_for_later(client, runtime, queue):
    batch = post(client, "/v1/batches", {"urls": ["https://bao.vn/1"]})[1]["batch"]
    run_starts(runtime)
    (job_id, (given, _)) = next(iter(queue.items.items()))
    outcome = {"stage": "fetch", "reason": "left alone", "later": "3600.0"}
    finish_item(runtime, job_id, given, outcome)
    finish_item(runtime, job_id, given, outcome)  # its worker died and it ran again
    assert [delay for _, delay in queue.items.values()] == [0, 3600.0]
    assert runtime.batches.counts(batch)["queued"] == 1
    second = list(queue.items)[1]
    assert second == f"{job_id.rpartition('.')[0]}.2"
    finish_item(runtime, second, given, {"article": "a"})
    assert runtime.batches.counts(batch)["done"] == 1


def test_a_host_that_never_wants_to_be_asked_is_a_failure_at_last(client, runtime, queue):
    batch = post(client, "/v1/batches", {"urls": ["https://bao.vn/1"]})[1]["batch"]
    run_starts(runtime)
    for turn in range(30):
        if runtime.batches.counts(batch)["queued"]:
            finish_item(runtime, list(queue.items)[turn], None, {"stage": "fetch", "reason": "no", "later": "9"})
    assert len(queue.items) == 20
    assert client.get(f"/v1/batches/{batch}").json["failures"][0]["reason"] == "no"


def test_jobs_outside_batches_have_no_item(runtime, queue):
    finish_item(runtime, "0b6f2a", None, {"stage": "fetch", "reason": "no", "later": "9"})
    assert queue.items == {}


def test_sources_inside_the_network_are_not_read(settings, site):
    site.pages = {"/rss": feed(site, "/1")}
    runtime = BatchRuntime(replace(settings, allow_private_addresses=False))
    client = create_app(runtime).test_client()
    made = post(client, "/v1/batches", {"url": site.url("/rss")})[1]["batch"]
    run_starts(runtime)
    assert client.get(f"/v1/batches/{made}").json["reason"] == "127.0.0.1 is not a public address"
    assert site.requests == []
    runtime.close()


# --- subscriptions ---


def now(minutes=0):
    return datetime.now(UTC) + timedelta(minutes=minutes)


def test_what_is_new_is_processed_once(client, runtime, queue, site):
    site.pages = {"/rss": feed(site, "/1", "/2")}
    status, made = post(client, "/v1/subscriptions", {"url": site.url("/rss"), "every_minutes": 30})
    assert (status, made["every_minutes"]) == (201, 30)
    start_due(runtime)
    start_due(runtime)  # another worker
    assert len(queue.starts) == 1
    run_starts(runtime)
    for name in ("/1", "/2"):
        finish(runtime, site.url(name), {"article": name})
    site.pages = {"/rss": feed(site, "/3", "/1", "/2?utm_campaign=rss")}
    assert runtime.batches.due(now(29)) == []
    assert [batch.id for batch in runtime.batches.due(now(31))] == [made["id"]]
    start_batch(runtime, made["id"])
    assert [given.url for given, _ in queue.items.values()] == [site.url("/1"), site.url("/2"), site.url("/3")]
    assert client.get(f"/v1/subscriptions/{made['id']}").json["total"] == 3


def test_a_feed_that_is_away_is_read_the_next_time(client, runtime, site):
    made = post(client, "/v1/subscriptions", {"url": site.url("/rss")})[1]
    place = f"/v1/subscriptions/{made['id']}"
    start_batch(runtime, made["id"])
    assert client.get(place).json["reason"] == "the server answered 404"
    site.pages = {"/rss": feed(site, "/1")}
    start_batch(runtime, made["id"])
    state = client.get(place).json
    assert (state["state"], state["reason"], state["total"]) == ("running", None, 1)


def test_a_turn_that_a_death_cuts_short_comes_again(runtime, queue, monkeypatch):
    """The worker dies between queueing the start and setting the next time: the start has the same id again."""
    runtime.batches.add(url="https://bao.vn/rss", every_minutes=5, next_at=now().isoformat(timespec="milliseconds"))
    monkeypatch.setattr("service.store.Batches.postpone", lambda *_: None)
    start_due(runtime)
    start_due(runtime)
    assert len(queue.starts) == 1


def test_subscriptions_are_listed_and_ended(client, runtime):
    ids = [post(client, "/v1/subscriptions", {"url": f"https://bao{i}.vn/rss"})[1]["id"] for i in range(2)]
    batch = post(client, "/v1/batches", {"urls": ["https://bao.vn/1"]})[1]["batch"]
    assert [row["id"] for row in client.get("/v1/subscriptions").json["items"]] == ids
    assert client.delete(f"/v1/subscriptions/{batch}").status_code == 404
    assert client.delete(f"/v1/subscriptions/{ids[0]}").status_code == 204
    assert [row["id"] for row in client.get("/v1/subscriptions").json["items"]] == ids[1:]
    start_batch(runtime, ids[0])  # was queued before it ended


@pytest.mark.parametrize("body", [{"url": "https://bao.vn/", "every_minutes": 0}, {"every_minutes": 5}, {"url": "x"}])
def test_what_is_no_subscription(client, body):
    assert post(client, "/v1/subscriptions", body)[0] == 422


# --- with a real queue and a real worker ---


def once_too_much(_):
    """Asks to be left alone for two seconds, then gives the page."""
    if once_too_much.asked:
        return PAGE.replace("Mẫu", "Hai")
    once_too_much.asked = True
    return 429, {"Retry-After": "2"}, b""


def test_a_worker_reads_feeds_and_processes_their_articles(settings, site):
    """Batch, failure and retry, a host that is busy, subscription: all of it in one life of a worker."""
    runtime = FakeRuntime(settings)
    client = create_app(runtime).test_client()
    site.pages = {
        "/rss": feed(site, "/1", "/2"),
        "/1": PAGE,
        "/news": feed(site, "/3"),
        "/3": PAGE.replace("Mẫu", "Thử"),
    }
    subscription = post(client, "/v1/subscriptions", {"url": site.url("/news"), "every_minutes": 1})[1]["id"]
    place = "/v1/batches/" + post(client, "/v1/batches", {"url": site.url("/rss")})[1]["batch"]
    once_too_much.asked = False
    busy = Site({"/1": once_too_much})
    later = "/v1/batches/" + post(client, "/v1/batches", {"urls": [busy.url("/1")]})[1]["batch"]

    def state(of):
        return lambda: client.get(of).json

    quick = {"DELAY_SECONDS": "0", "RETRY_SECONDS": "0", "WAIT_SECONDS": "0.5"}
    with running(settings, "worker", **{f"CHITIEU_FETCH_{name}": value for name, value in quick.items()}):
        done = until(state(place), lambda batch: batch["state"] == "done")
        assert [(f["url"], f["stage"]) for f in done["failures"]] == [(site.url("/2"), "fetch")]
        site.pages["/2"] = PAGE.replace("64,5%", "70%")
        client.post(f"{place}/retry")
        assert until(state(place), lambda batch: batch["state"] == "done")["done"] == 2
        polled = until(state(f"/v1/subscriptions/{subscription}"), lambda batch: batch["done"] == 1)
        assert polled["next_at"] > polled["read_at"]
        assert until(state(later), lambda batch: batch["state"] == "done")["done"] == 1
    busy.close()
    ids = [row["article"] for row in runtime.batches.items(done["id"], "done", Paging())]
    assert len(ids) == 2
    assert all(runtime.store.get(id) for id in ids)
    runtime.close()
