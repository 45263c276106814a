import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from contextlib import closing
from dataclasses import replace

import brotli
import pytest

from service.addresses import FetchError, check_url, is_public
from service.connect import resolve_name
from service.decode import decode_body, zstd
from service.fetch import Fetcher
from tests.hostile import HostileServer, redirect, reply, send

PAGE = "<html><p>Xã Tân Lập</p></html>".encode()


@pytest.fixture
def serve():
    servers = []

    def start(**answers):
        servers.append(HostileServer({"/" + name: answer for name, answer in answers.items()}))
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__()


@pytest.fixture
def closed(settings):
    """The settings of a real service: private addresses are shut."""
    return replace(settings, allow_private_addresses=False)


def fetch(url, settings, **more):
    with closing(Fetcher(settings, **more)) as fetcher:
        return fetcher(url)


def deflate_raw(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


# --- what is fetched ---


def test_a_page_comes_with_its_charset_and_final_address(settings, serve):
    server = serve(old=redirect("/new"), new=send(reply(PAGE, kind="text/html; charset=windows-1258")))
    page = fetch(server.url("/old"), settings)
    assert (page.content, page.charset) == (PAGE, "windows-1258")
    assert (page.url, page.input) == (server.url("/new"), server.url("/old"))
    assert page.fetched_at.endswith("+00:00")


def test_the_request_is_honest(settings, serve):
    server = serve(a=send(reply(PAGE)))
    fetch(server.url("/a"), replace(settings, contact="https://example.org/bot"))
    head = server.seen[0].decode().lower()
    assert "user-agent: chitieu/0.1 (+https://example.org/bot)" in head
    assert f"host: 127.0.0.1:{server.port}" in head


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:])),
        ("deflate", zlib.compress),
        ("deflate", deflate_raw),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("zstd", lambda data: zstd.compress(data[:9]) + zstd.compress(data[9:])),
        ("identity", bytes),
    ],
)
def test_content_encodings(settings, serve, encoding, pack):
    server = serve(a=send(reply(pack(PAGE), f"Content-Encoding: {encoding}")))
    assert fetch(server.url("/a"), settings).content == PAGE


def test_compressed_bodies_come_in_any_pieces():
    body = bytes(range(256)) * 1000
    for encoding, packed in (
        ("gzip", gzip.compress(body)),
        ("br", brotli.compress(body)),
        ("deflate", zlib.compress(body)),
        ("zstd", zstd.compress(body)),
    ):
        pieces = [packed[i : i + 7] for i in range(0, len(packed), 7)]
        assert decode_body(pieces, encoding, len(body)) == body


# --- what is refused ---


@pytest.mark.parametrize(
    "url",
    [
        "ftp://baomau.vn/a",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "//baomau.vn/a",
        "http://",
        "http:///a",
        "http://user:pass@baomau.vn/",
        "http://user@baomau.vn/",
        "http://bao mau.vn/",
        "http://baomau.vn:99999/",
        "http://[::1/",
        "javascript:alert(1)",
        "http://baomau.vn\\@127.0.0.1/",
        "",
    ],
)
def test_what_is_no_web_address(url):
    with pytest.raises(FetchError):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("http://baomau.vn", "http://baomau.vn/"),
        ("https://báomẫu.vn/tin-tức?q=xã&p=1#x", "https://xn--bomu-5na2786b.vn/tin-t%E1%BB%A9c?q=x%C3%A3&p=1"),
        ("http://baomau.vn/a%20b", "http://baomau.vn/a%20b"),
        ("http://[2400:cb00::1]:8080/a", "http://[2400:cb00::1]:8080/a"),
        ("http://a.vn/x\r\nHost: b", "http://a.vn/xHost:%20b"),
    ],
)
def test_addresses_are_written_in_ascii(url, checked):
    assert check_url(url) == checked


PRIVATE = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "localhost",
    "127.255.255.254",
    "①②⑦.⓪.⓪.①",
    "10.0.0.1",
    "10.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "3232235777",
    "0xc0.0xa8.0x01.0x01",
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:10.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a00:1]",
    "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2001:0:7f00:1::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[100::1]",
    "LOCALHOST",
    "１２７.0.0.1",
    "127。0。0。1",
    "0x7F.0x0.0x0.0x1",
    "00000177.0.0.1",
    "0300.0250.1.1",
    "192.168.257",
    "192.0.0.192",
    "192.88.99.1",
    "168.63.129.16",
    "198.51.100.7",
    "203.0.113.7",
    "100.100.100.200",
    "[::ffff:a9fe:a9fe]",
    "[::FFFF:127.0.0.1]",
    "[0000:0000:0000:0000:0000:ffff:7f00:0001]",
    "[64:ff9b::169.254.169.254]",
    "[2002:c0a8:101::1]",
    "[2001:10::1]",
    "[2001:20::1]",
    "[3fff::1]",
    "[5f00::1]",
    "[4000::1]",
    "[ff0e::1]",
    "[::8.8.8.8]",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_in_every_spelling(closed, serve, host):
    server = serve(a=send(reply(PAGE)))
    with pytest.raises(FetchError, match="is not a public address"):
        fetch(f"http://{host}:{server.port}/a", closed)
    assert server.seen == server.robots == []


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "123.30.1.1", "2400:cb00::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost.", "127.0.0.1.", "[fe80::1%25lo]", "[fe80::1%lo]"])
def test_names_that_some_resolvers_lead_inside(closed, serve, host):
    """Whether the system's resolver knows them or not, nothing inside is asked."""
    server = serve(a=send(reply(PAGE)))
    with pytest.raises(FetchError, match=r"is not a public address|is not known|not a host name"):
        fetch(f"http://{host}:{server.port}/a", closed)
    assert server.seen == server.robots == []


@pytest.mark.parametrize("address", ["fe80::1%eth0", "::ffff:10.0.0.1", "fd00::1", "192.0.0.192", "169.254.169.254"])
def test_a_name_that_leads_inside(closed, address):
    with pytest.raises(FetchError, match="not a public address"):
        fetch("http://baomau.vn/", closed, resolve=lambda host, port: [address])


def test_a_redirect_to_a_private_address(settings, serve):
    """The first host is let through by a resolver that calls it public; the second one is not."""
    inner = serve(secret=send(reply(b"secret")))
    outer = serve(a=redirect(inner.url("/secret")))
    names = {"baomau.vn": ["127.0.0.1"]}
    with pytest.raises(FetchError, match="is not a public address"):
        _fetch_as_public(f"http://baomau.vn:{outer.port}/a", settings, names)
    assert len(outer.seen) == 1
    assert inner.seen == inner.robots == []


@pytest.mark.parametrize(
    "spelled", ["http://{}/secret", "//{}/secret", "http:///{}/secret", "http:\\\\{}\\secret", "\thttp://{}/secret\t"]
)
@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]", "2130706433"])
def test_redirects_inside_in_every_spelling(settings, serve, spelled, host):
    inner = serve(secret=send(reply(b"secret")))
    outer = serve(a=redirect(spelled.format(f"{host}:{inner.port}")))
    with pytest.raises(FetchError):
        _fetch_as_public(f"http://baomau.vn:{outer.port}/a", settings, {"baomau.vn": ["127.0.0.1"]})
    assert inner.seen == inner.robots == []


@pytest.mark.parametrize("status", ["301 Moved Permanently", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_robots_that_lead_inside(settings, serve, status):
    """robots.txt is fetched before any page: its redirects are as guarded as the page's own."""
    inner = serve(secret=send(reply(b"User-agent: *\nAllow: /", kind="text/plain")))
    outer = serve(a=send(reply(PAGE)), **{"robots.txt": redirect(inner.url("/secret"), status)})
    with pytest.raises(FetchError, match="is not a public address"):
        _fetch_as_public(f"http://baomau.vn:{outer.port}/a", settings, {"baomau.vn": ["127.0.0.1"]})
    assert inner.seen == outer.seen == []


def test_a_name_that_answers_public_first_and_private_second(closed, serve):
    server = serve(a=send(reply(b"secret")))
    answers = iter([["192.0.2.1"], ["127.0.0.1"]])
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return next(answers)

    with pytest.raises(FetchError):
        fetch(f"http://baomau.vn:{server.port}/a", closed, resolve=rebinding)
    assert asked == ["baomau.vn"]  # the address that was checked is the one that is connected to
    assert server.seen == server.robots == []


def test_a_name_with_one_private_address_among_public_ones(closed):
    with pytest.raises(FetchError, match="not a public address"):
        fetch("http://baomau.vn/", closed, resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])


def test_connects_to_the_address_that_was_checked(settings, serve):
    server = serve(a=send(reply(PAGE)))
    url = f"http://baomau.vn:{server.port}/a"
    assert fetch(url, settings, resolve=lambda host, port: ["127.0.0.1"]).content == PAGE
    assert f"host: baomau.vn:{server.port}".encode() in server.seen[0].lower()


def test_tls_names_the_host_and_not_the_address(settings):
    """The first bytes of a TLS connection carry the host's name (SNI)."""
    listener = socket.create_server(("127.0.0.1", 0))
    hello = []

    def listen():
        connection, _ = listener.accept()
        with connection:
            hello.append(connection.recv(4096))

    thread = threading.Thread(target=listen)
    thread.start()
    with pytest.raises(FetchError):
        fetch(f"https://baomau.vn:{listener.getsockname()[1]}/", settings, resolve=lambda *_: ["127.0.0.1"])
    thread.join(5)
    listener.close()
    assert b"baomau.vn" in hello[0]


def test_an_unknown_name(settings):
    with pytest.raises(FetchError, match="is not known"):
        fetch("http://khongco.invalid/", settings)


def test_a_lookup_that_hangs(settings):
    release = threading.Event()
    with pytest.raises(FetchError, match="took too long"):
        fetch(
            "http://baomau.vn/",
            replace(settings, fetch_connect_seconds=0.2),
            resolve=lambda *_: (release.wait(10) and []) or [],
        )
    release.set()


def test_resolving_gives_numeric_addresses():
    assert resolve_name("0x7f.1", 80) == ["127.0.0.1"]


# --- limits ---


def drip(connection, first=b""):
    connection.sendall(first)
    while True:
        connection.sendall(b"a")
        time.sleep(0.02)


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65536)


@pytest.mark.parametrize(
    "first", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"]
)
def test_a_dripping_server_is_left(settings, serve, first):
    server = serve(a=lambda connection: drip(connection, first))
    with pytest.raises(FetchError, match="took too long"):
        fetch(server.url("/a"), replace(settings, fetch_seconds=0.4))


def test_a_silent_server_is_left(settings, serve):
    server = serve(a=lambda connection: server.closing.wait(10))
    with pytest.raises(FetchError, match="took too long"):
        fetch(server.url("/a"), replace(settings, fetch_seconds=0.3))


def test_redirects_share_one_time_limit(settings, serve):
    def slow_redirect(connection):
        time.sleep(0.25)
        redirect("/a")(connection)

    server = serve(a=slow_redirect)
    with pytest.raises(FetchError, match="took too long"):
        fetch(server.url("/a"), replace(settings, fetch_seconds=0.6, fetch_redirects=100))
    assert len(server.seen) < 5


def test_an_endless_body(settings, serve):
    server = serve(a=endless)
    with pytest.raises(FetchError, match="larger than 100000 bytes"):
        fetch(server.url("/a"), replace(settings, fetch_max_bytes=100_000))


def test_an_unknown_encoding_is_repeated_in_part():
    with pytest.raises(FetchError) as caught:
        decode_body([PAGE], "rot13" * 5000, 1000)
    assert str(caught.value) == f"unknown content encoding '{'rot13' * 8}'"


@pytest.mark.parametrize("size", [1, 5, 10_000])
def test_zstd_frames_follow_one_another_and_what_is_no_frame_is_left(size):
    skipped = b"\x53\x2a\x4d\x18" + (3).to_bytes(4, "little") + b"abc"
    packed = zstd.compress(b"Ban ") + skipped + zstd.compress(b"") + zstd.compress(b"Lim")
    for rest in (b"", b"\0", b"\0\0\0\0\0\0", b"\x28\xb5", b"<!-- served in 3 ms -->"):
        body = packed + rest
        assert decode_body([body[i : i + size] for i in range(0, len(body), size)], "zstd", 1000) == b"Ban Lim"


def test_a_zstd_frame_that_breaks_off_is_no_page():
    for packed in (zstd.compress(b"Ban Lim")[:-2], zstd.compress(b"Ban ") + zstd.compress(b"Lim")[:-2]):
        with pytest.raises(FetchError, match="cut off"):
            decode_body([packed], "zstd", 1000)


@pytest.mark.parametrize("size", [4096, 1_000_000])
def test_a_host_of_empty_frames_is_refused(size):
    body = zstd.compress(b"") * 100_000
    with pytest.raises(FetchError, match="frames"):
        decode_body([body[i : i + size] for i in range(0, len(body), size)], "zstd", 1_000_000)


def bomb_of(pack):
    return pack(bytes(30_000_000))


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", lambda d: brotli.compress(d, quality=4)),
        ("zstd", zstd.compress),
    ],
)
def test_decompression_bombs(settings, serve, encoding, pack):
    bomb = bomb_of(pack)
    assert len(bomb) < 100_000
    server = serve(a=send(reply(bomb, f"Content-Encoding: {encoding}")))
    with pytest.raises(FetchError, match="larger than 100000 bytes"):
        fetch(server.url("/a"), replace(settings, fetch_max_bytes=100_000))


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_a_bomb_is_not_unpacked_beyond_the_limit(encoding, pack):
    """However small the packed piece, it is unpacked a chunk at a time."""
    bomb = bomb_of(pack)
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger than 1000000"):
        decode_body([bomb], encoding, 1_000_000)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5_000_000  # of 30 MB


def test_a_window_that_takes_all_memory_is_refused():
    """A frame may ask for a window of gigabytes; 8 MB is what servers may want of a client."""
    wide = zstd.compress(bytes(range(256)) * 40_000, options={zstd.CompressionParameter.window_log: 27})
    with pytest.raises(FetchError, match="the page is not zstd"):
        decode_body([wide], "zstd", 50_000_000)


@pytest.mark.parametrize("encoding", ["gzip, gzip", "compress", "nonsense"])
def test_unknown_encodings(settings, serve, encoding):
    server = serve(a=send(reply(gzip.compress(PAGE), f"Content-Encoding: {encoding}")))
    with pytest.raises(FetchError, match="unknown content encoding"):
        fetch(server.url("/a"), settings)


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "zstd"])
@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe no such thing",
        gzip.compress(PAGE)[:20],
        brotli.compress(PAGE * 9)[:-4],
        zstd.compress(PAGE * 9)[:-4],
    ],
)
def test_broken_encodings(settings, serve, encoding, body):
    server = serve(a=send(reply(body, f"Content-Encoding: {encoding}")))
    with pytest.raises(FetchError, match="the page is"):
        fetch(server.url("/a"), settings)


def test_redirect_loops(settings, serve):
    server = serve(a=redirect("/b"), b=redirect("/a"))
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetch(server.url("/a"), settings)
    assert len(server.seen) == 6


@pytest.mark.parametrize("location", ["ftp://baomau.vn/", "file:///etc/passwd", "http://[", "http://u:p@127.0.0.1/"])
def test_redirects_to_what_is_no_web_address(settings, serve, location):
    server = serve(a=redirect(location))
    with pytest.raises(FetchError):
        fetch(server.url("/a"), settings)


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "application/json", "video/mp4"])
def test_what_is_no_page(settings, serve, kind):
    server = serve(a=send(reply(b"%PDF", kind=kind)))
    with pytest.raises(FetchError, match=f"not a page but {kind}"):
        fetch(server.url("/a"), settings)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oops", "304 Not Modified", "204 No Content"])
def test_answers_without_a_page(settings, serve, status):
    server = serve(a=send(reply(b"", status=status)))
    with pytest.raises(FetchError, match=f"answered {status[:3]}"):
        fetch(server.url("/a"), settings)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02 nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: text/html\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 2_000_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 300_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\nContent-Type: text/html\r\n\r\n<p>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 30 + b"\r\n<p>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + b"x" * 300_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, gzip\r\n\r\n<p>",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000,
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + b"/a" * 500_000 + b"\r\n\r\n",
        b"<html>no head at all</html>",
        "HTTP/1.1 200 Được\r\nX-Tỉnh: Hà\r\n".encode("utf-16"),
    ],
)
def test_broken_answers(settings, serve, data):
    server = serve(a=send(data))
    with pytest.raises(FetchError):
        fetch(server.url("/a"), settings)


def test_nobody_listens(settings):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(FetchError):
        fetch(f"http://127.0.0.1:{port}/", settings)


def _fetch_as_public(url, settings, names):
    """Fetches with private addresses shut, but for the hosts in `names`, which pass for public."""
    import service.connect as connect

    shut = replace(settings, allow_private_addresses=False)
    real = connect.is_public
    passing = []

    def resolve(host, port):
        passing.extend([True] * (host in names))
        return names.get(host) or resolve_name(host, port)

    def lenient(address):
        return (passing and passing.pop()) or real(address)

    connect.is_public = lenient
    try:
        return fetch(url, shut, resolve=resolve)
    finally:
        connect.is_public = real
