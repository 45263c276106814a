"""How the fetcher behaves towards sites: connections, robots.txt, pace, repeated visits."""

import contextlib
import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from service.addresses import FetchError, NotNow
from service.connect import open_pool, time_limit
from service.fetch import Fetcher
from service.kept import KeptPages, Visit
from service.pace import Pace, read_retry_after, waiting_at_most
from service.request import LISTING, PAGE
from service.robots import MAX_BYTES, Robots
from tests.hostile import HostileServer, reply, send

BODY = "<html><p>Xã Tân Lập</p></html>".encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)


@pytest.fixture
def fetcher(settings):
    made = Fetcher(settings)
    yield made
    made.close()


def page(**headers):
    return 200, {"Content-Type": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()}, BODY


# --- connections ---


def test_pages_of_one_host_come_over_one_connection(fetcher, site):
    site.pages = {f"/{i}": page() for i in range(5)}
    for i in range(5):
        assert fetcher(site.url(f"/{i}")).content == BODY
    assert site.connections == 1


def test_pages_in_chunks_keep_the_connection(fetcher):
    seen = []

    def talk(connection):
        connection.sendall(CHUNKED)
        while (head := connection.recv(65536)) and len(seen) < 3:
            seen.append(head)
            connection.sendall(CHUNKED)

    with HostileServer({"/a": talk}) as server:
        for _ in range(3):
            assert fetcher(server.url("/a")).content == BODY
        assert len(server.seen) == 1
    assert len(seen) == 2


def test_redirects_and_missing_pages_keep_the_connection(fetcher, site):
    site.pages = {"/a": (302, {"Location": "/b"}, b"moved"), "/b": page()}
    fetcher(site.url("/a"))
    with pytest.raises(FetchError, match="answered 404"):
        fetcher(site.url("/none"))
    fetcher(site.url("/b"))
    assert site.connections == 1


def test_without_keep_alive_each_page_has_its_own(settings, site):
    fetcher = Fetcher(replace(settings, fetch_keep_alive=False))
    site.pages = {"/a": page()}
    fetcher(site.url("/a"))
    fetcher(site.url("/a"))
    assert site.connections == 3  # robots.txt too


def test_threads_share_the_connections(fetcher, site):
    site.pages = {f"/{i}": page() for i in range(40)}
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda i: fetcher(site.url(f"/{i}")), range(40)))
    assert {len(p.content) for p in pages} == {len(BODY)}
    assert site.connections <= 8  # four threads, each of which may ask for robots.txt at first


def test_a_kept_connection_goes_to_the_address_that_was_checked(settings, site):
    """A name that answers privately from the second look-up on has no effect: there is no second look-up."""
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.9"]

    fetcher = Fetcher(settings, resolve=resolve)
    site.pages = {"/a": page(), "/b": page()}
    for path in ("/a", "/b"):
        fetcher(f"http://baomau.vn:{site.port}{path}")
    fetcher.close()
    assert asked == ["baomau.vn"]


def test_each_request_has_its_own_time_on_a_kept_connection(settings, site):
    site.pages = {"/a": page()}
    with open_pool(settings) as pool:
        with time_limit(60):
            pool.request("GET", site.url("/a"))
        with time_limit(0), pytest.raises(FetchError, match="took too long"):
            pool.request("GET", site.url("/a"))
        with time_limit(60):
            assert pool.request("GET", site.url("/a")).status == 200
        with pytest.raises(FetchError, match="took too long"):  # outside any limit nothing is fetched at all
            pool.request("GET", site.url("/a"))


@pytest.mark.parametrize(
    "first", [reply(BODY), reply(b"", status="404 None"), reply(b"none", status="404 None"), CHUNKED]
)
@pytest.mark.parametrize("more", [b"\r\n", b"more than was announced", reply(b"<html>injected")])
def test_what_a_server_sends_beyond_its_page_does_not_get_into_the_next(settings, first, more):
    def talk_on(connection):
        connection.sendall(first + more)
        server.closing.wait(5)

    with HostileServer({"/a": talk_on, "/b": send(reply(b"<html>b"))}) as server:
        fetcher = Fetcher(settings)
        with contextlib.suppress(FetchError):  # a page of status 404
            assert fetcher(server.url("/a")).content == BODY
        assert fetcher(server.url("/b")).content == b"<html>b"
        fetcher.close()


# --- another attempt ---


def failing(times, status, **headers):
    """Answers with the status that often, then with the page."""
    left = [times]

    def answer(_):
        left[0] -= 1
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return (status, named, b"") if left[0] >= 0 else page()

    return answer


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_asked_again(settings, site, status):
    waits = []
    fetcher = Fetcher(settings, pace=Pace(settings, sleep=waits.append))
    site.pages = {"/a": failing(2, status)}
    assert fetcher(site.url("/a")).content == BODY
    assert site.paths() == ["/a"] * 3


def test_a_lasting_failure_ends(settings, site):
    fetcher = Fetcher(replace(settings, fetch_attempts=2))
    site.pages = {"/a": failing(9, 502)}
    with pytest.raises(FetchError, match="answered 502"):
        fetcher(site.url("/a"))
    assert site.paths() == ["/a"] * 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(fetcher, site, status):
    site.pages = {"/a": (status, {}, b"")}
    with pytest.raises(FetchError, match=f"answered {status}"):
        fetcher(site.url("/a"))
    assert site.paths() == ["/a"]


# --- pace ---


class Time:
    """A clock that sleeping moves on."""

    def __init__(self):
        self.now = 100.0
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time():
    return Time()


def pace_of(settings, time, **more):
    return Pace(replace(settings, **more), clock=lambda: time.now, sleep=time.sleep)


def test_a_host_is_asked_at_its_pace_and_others_meanwhile(settings, time):
    pace = pace_of(settings, time, fetch_delay_seconds=2.0)
    for host in ("a.vn", "b.vn", "a.vn", "a.vn"):
        pace.wait(host)
    assert time.slept == [2.0, 2.0]
    time.now += 10
    pace.wait("a.vn")
    assert time.slept == [2.0, 2.0]


def test_the_crawl_delay_is_the_least(settings, time):
    pace = pace_of(settings, time, fetch_delay_seconds=0.5)
    for _ in range(3):
        pace.wait("a.vn", crawl_delay=4.0)
    assert time.slept == [4.0, 4.0]


def test_complaints_slow_down_and_good_answers_speed_up(settings, time):
    pace = pace_of(settings, time, fetch_delay_seconds=0.5)
    for status in (503, 429, 503):
        pace.learn("a.vn", status)
    pace.wait("a.vn")
    pace.wait("a.vn")
    assert time.slept == [4.0, 4.0]
    for _ in range(40):
        pace.learn("a.vn", 200)
    time.now += 100
    pace.wait("a.vn")
    pace.wait("a.vn")
    assert time.slept == [4.0, 4.0, 0.5]


def test_a_host_without_a_pause_gets_back_to_none(settings, time):
    pace = pace_of(settings, time)
    pace.learn("a.vn", 503)
    time.now += 100
    for _ in range(40):
        pace.learn("a.vn", 200)
    for _ in range(3):
        pace.wait("a.vn")
    assert time.slept == []


def test_retry_after_is_waited_for_or_said(settings, time):
    pace = pace_of(settings, time, fetch_wait_seconds=60)
    pace.learn("a.vn", 429, "30")
    pace.wait("a.vn")
    assert time.slept == [30.0]
    pace.learn("a.vn", 503, "3600")
    with pytest.raises(FetchError, match="asks to be left alone for another 3600 s"):
        pace.wait("a.vn")
    pace.wait("b.vn")
    assert time.slept == [30.0]


def test_a_host_that_complains_is_left_alone_for_its_pause(settings, time):
    pace = pace_of(settings, time)
    pace.learn("a.vn", 429)
    pace.wait("a.vn")
    assert time.slept == [1.0]
    pace.learn("a.vn", 503, "9" * 40)
    assert pace.promise("a.vn") == 86_400


def test_who_has_no_patience_is_told_a_turn_of_its_own(settings, time):
    """Else all come back at once, and all but one are sent away again."""
    pace = pace_of(settings, time, fetch_delay_seconds=10.0)
    told = []
    with waiting_at_most(2.0):
        pace.wait("a.vn")
        for _ in range(3):
            with pytest.raises(NotNow) as refused:
                pace.wait("a.vn")
            told.append(refused.value.seconds)
        assert told == [10.0, 20.0, 30.0]
        for seconds in told:
            time.now = 100.0 + seconds
            pace.wait("a.vn")
    assert time.slept == []
    pace.wait("a.vn")
    assert time.slept == [10.0]


def test_a_host_that_complains_to_the_end_says_when_to_come_back(settings, site, time):
    site.pages = {"/a": failing(9, 429, Retry_After="40")}
    fetcher = Fetcher(replace(settings, fetch_attempts=1), pace=pace_of(settings, time))
    with pytest.raises(NotNow, match="answered 429") as refused:
        fetcher(site.url("/a"))
    assert refused.value.seconds == 40


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(None, None), ("120", 120), ("soon", None), ("", None), ("-5", None), ("0", 0), ("9" * 40, 999999999)],
)
def test_retry_after_in_seconds(value, seconds):
    assert read_retry_after(value) == seconds


def test_retry_after_as_a_date():
    now = datetime.now(UTC)
    assert 3000 < read_retry_after(format_datetime(now + timedelta(hours=1), usegmt=True)) <= 3600
    assert read_retry_after(format_datetime(now - timedelta(hours=1), usegmt=True)) == 0


def test_a_page_asks_again_after_what_the_server_said(settings, site, time):
    site.pages = {"/a": failing(1, 429, Retry_After="7")}
    fetcher = Fetcher(settings, pace=pace_of(settings, time))
    assert fetcher(site.url("/a")).content == BODY
    assert sum(time.slept) == pytest.approx(7.0)


def test_pauses_between_attempts_are_random_and_grow(settings, time):
    pace = pace_of(settings, time, fetch_retry_seconds=1.0)
    for attempt in (1, 2, 3):
        for _ in range(200):
            pace.pause(attempt)
    for number, longest in enumerate((1, 2, 4)):
        slept = time.slept[200 * number : 200 * number + 200]
        assert 0.5 * longest < max(slept) <= longest
        assert min(slept) < 0.5 * longest


# --- robots.txt ---


def rules_of(text, status=200, agent="Chitieu/0.1"):
    body = text if isinstance(text, bytes) else text.encode()
    return Robots(lambda url: (status, body), agent).of("https://a.vn/x")


def may(rules, path):
    try:
        rules.check(f"https://a.vn{path}")
    except FetchError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /tin/\nAllow: /tin/xa", "/tin/xa/1.html", True),  # the longest rule holds
        ("User-agent: *\nAllow: /\nDisallow: /print/", "/print/1", False),
        ("User-agent: *\nDisallow: /*.amp", "/a-post1.amp", False),
        ("User-agent: *\nDisallow: /*.htm$", "/a.html", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Chitieu\nAllow: /", "/a", True),
        ("User-agent: chitieu\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("User-agent: Chitieu\nDisallow: /a\n\nUser-agent: Chitieu\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),  # of equals the one that allows
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /tin-tức", "/tin-t%E1%BB%A9c", False),
        ("<html>Không tìm thấy</html>", "/a", True),
        ("", "/a", True),
    ],
)
def test_rules(text, path, allowed):
    assert may(rules_of(text), path) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(404, True), (401, True), (403, True), (410, True), (500, False), (503, False), (429, False)],
)
def test_robots_that_cannot_be_had(status, allowed):
    rules = rules_of("User-agent: *\nDisallow: /b", status)
    assert (may(rules, "/a"), may(rules, "/b")) == (allowed, allowed)


def test_crawl_delay_and_sitemaps():
    rules = rules_of("User-agent: *\nCrawl-delay: 2.5\nSitemap: https://a.vn/s.xml\nSitemap: https://a.vn/n.xml.gz")
    assert rules.crawl_delay == 2.5
    assert rules.sitemaps == ["https://a.vn/s.xml", "https://a.vn/n.xml.gz"]
    assert rules_of("").crawl_delay == 0


@pytest.mark.parametrize(("said", "delay"), [("nan", 0), ("-3", 0), ("inf", 0), ("1e9", 3600), ("soon", 0)])
def test_crawl_delays_that_nobody_means(said, delay):
    assert rules_of(f"User-agent: *\nCrawl-delay: {said}").crawl_delay == delay


def test_the_line_at_which_reading_ends_is_no_rule():
    text = b"User-agent: *\nDisallow: /b\n"
    rules = rules_of(text + b"#" * (MAX_BYTES - len(text) - 12) + b"\nDisallow: /")
    assert (may(rules, "/a"), may(rules, "/b")) == (True, False)


def test_robots_are_read_once_a_day(time):
    asked = []

    def ask(url):
        asked.append(url)
        return 200, b""

    robots = Robots(ask, "Chitieu", clock=lambda: time.now)
    for url in ("https://a.vn/1", "https://a.vn/2", "http://a.vn/1"):
        robots.of(url)
    assert asked == ["https://a.vn/robots.txt", "http://a.vn/robots.txt"]
    time.now += 90_000
    robots.of("https://a.vn/1")
    assert len(asked) == 3


def test_a_closed_host_is_asked_again_soon(time):
    answers = [(503, b""), (200, b"")]
    robots = Robots(lambda url: answers.pop(0), "Chitieu", clock=lambda: time.now)
    assert not may(robots.of("https://a.vn/"), "/")
    time.now += 301
    assert may(robots.of("https://a.vn/"), "/")


def test_what_is_not_allowed_is_not_asked_for(fetcher, site):
    site.pages = {"/robots.txt": "User-agent: *\nDisallow: /private", "/private": page(), "/a": page()}
    with pytest.raises(FetchError, match=r"robots\.txt of the site does not allow it"):
        fetcher(site.url("/private"))
    assert fetcher(site.url("/a")).content == BODY
    assert site.paths() == ["/a"]


def test_a_redirect_into_what_is_not_allowed(fetcher, site):
    site.pages = {
        "/robots.txt": "User-agent: *\nDisallow: /private",
        "/a": (302, {"Location": "/private"}, b""),
        "/private": page(),
    }
    with pytest.raises(FetchError, match="does not allow it"):
        fetcher(site.url("/a"))
    assert site.paths() == ["/a"]


def test_robots_can_be_passed_over(settings, site):
    site.pages = {"/robots.txt": "User-agent: *\nDisallow: /", "/a": page()}
    assert Fetcher(replace(settings, fetch_robots=False))(site.url("/a")).content == BODY
    assert [path for path, _ in site.requests] == ["/a"]


@pytest.mark.parametrize("location", ["/robots.txt", "/elsewhere"])
def test_robots_behind_redirects(fetcher, site, location):
    site.pages = {
        "/robots.txt": (302, {"Location": location}, b""),
        "/elsewhere": "User-agent: *\nDisallow: /b",
        "/a": page(),
    }
    assert fetcher(site.url("/a")).content == BODY


def test_endless_robots_are_cut(fetcher, site):
    rules = b"User-agent: *\nDisallow: /b\n" + b"# " * 3_000_000
    site.pages = {"/robots.txt": rules, "/a": page(), "/b": page()}
    assert fetcher(site.url("/a")).content == BODY
    with pytest.raises(FetchError, match="does not allow it"):
        fetcher(site.url("/b"))


# --- pages that are kept ---


def revalidating(headers):
    """What answers 304 to whoever names its ETag or date."""
    known = {"ETag": '"v1"', "Last-Modified": "Thu, 11 Jul 2024 02:00:00 GMT"}
    if headers["If-None-Match"] == known["ETag"] and headers["If-Modified-Since"] == known["Last-Modified"]:
        return 304, {}, b""
    return 200, known | {"Content-Type": "text/html; charset=windows-1258"}, BODY


def test_what_has_not_changed_is_not_sent_again(settings, site):
    site.pages = {"/a": revalidating}
    first = Fetcher(settings)(site.url("/a"))
    again = Fetcher(settings)(site.url("/a"))  # another process, later
    assert (again.content, again.charset, again.url) == (first.content, first.charset, first.url)
    assert [headers["If-None-Match"] for path, headers in site.requests if path == "/a"] == [None, '"v1"']


def test_a_page_that_has_not_changed_came_again_for_tidy(fetcher, site):
    site.pages = {"/a": revalidating}
    fetcher(site.url("/a"))
    [file] = fetcher.kept.pages()
    os.utime(fetcher.kept._page(file.name), (0, 0))
    fetcher(site.url("/a"))
    [again] = fetcher.kept.pages()
    assert again.name == file.name
    assert again.changed > datetime.now(UTC).timestamp() - 60


def test_what_has_changed_is_sent(fetcher, site):
    site.pages = {"/a": revalidating}
    fetcher(site.url("/a"))
    site.pages = {"/a": page(ETag='"v2"')}
    site.pages["/a"] = (200, site.pages["/a"][1], b"<html>new")
    assert fetcher(site.url("/a")).content == b"<html>new"
    assert fetcher.kept.recall(site.url("/a")).etag == '"v2"'


def test_without_the_kept_page_all_is_sent(fetcher, site):
    site.pages = {"/a": revalidating}
    fetcher(site.url("/a"))
    name = fetcher.kept.recall(site.url("/a")).page
    (fetcher.kept._folder / name[:2] / f"{name}.gz").write_bytes(b"torn")
    assert fetcher(site.url("/a")).content == BODY


def test_a_304_that_nobody_asked_for(fetcher, site):
    site.pages = {"/a": (304, {}, b"")}
    with pytest.raises(FetchError, match="answered 304"):
        fetcher(site.url("/a"))


def test_pages_are_kept_once_and_compressed(tmp_path):
    kept = KeptPages(tmp_path)
    content = BODY * 1000
    name = kept.keep(content)
    assert kept.keep(content) == name
    assert kept.read(name) == content
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.name for file in files] == [f"{name}.gz"]
    assert files[0].stat().st_size < len(content) / 20
    assert gzip.decompress(files[0].read_bytes()) == content
    assert kept.read("0" * 64) is None


@pytest.mark.parametrize("left", [b"", b"torn", gzip.compress(BODY)[:-20]])
def test_a_damaged_page_is_kept_anew(tmp_path, caplog, left):
    kept = KeptPages(tmp_path)
    name = kept.keep(BODY)
    (tmp_path / name[:2] / f"{name}.gz").write_bytes(left)
    assert kept.read(name) is None
    assert "damaged" in caplog.text
    assert kept.keep(BODY) == name
    assert kept.read(name) == BODY


def test_visits_are_kept(tmp_path):
    kept = KeptPages(tmp_path)
    visit = Visit(
        url="https://a.vn/tin-tức", page="f" * 64, charset=None, fetched_at="2024-07-11T00:00:00+00:00", etag='"x"'
    )
    kept.remember(visit)
    assert kept.recall(visit.url) == visit
    assert kept.recall("https://a.vn/") is None


def test_a_full_disk_costs_no_page(settings, site, caplog):
    settings.data_dir.mkdir()
    settings.pages_dir.write_text("in the way")
    site.pages = {"/a": page()}
    assert Fetcher(settings)(site.url("/a")).content == BODY
    assert "is not kept" in caplog.text


def test_nothing_is_kept_where_that_is_not_wanted(settings, site):
    site.pages = {"/a": revalidating}
    fetcher = Fetcher(replace(settings, keep_pages=False))
    fetcher(site.url("/a"))
    fetcher(site.url("/a"))
    assert not settings.pages_dir.exists()
    assert site.paths() == ["/a", "/a"]
    assert all(headers["If-None-Match"] is None for _, headers in site.requests)


def test_feeds_are_taken_where_they_are_wanted(fetcher, site):
    site.pages = {
        "/rss": (200, {"Content-Type": "application/rss+xml"}, b"<rss/>"),
        "/p": (200, {"Content-Type": "image/png"}, b""),
    }
    assert fetcher.get(site.url("/rss"), LISTING).content == b"<rss/>"
    with pytest.raises(FetchError, match=r"not a page but application/rss\+xml"):
        fetcher.get(site.url("/rss"), PAGE)
    with pytest.raises(FetchError, match="not a feed, a sitemap or a page but image/png"):
        fetcher.get(site.url("/p"), LISTING)
