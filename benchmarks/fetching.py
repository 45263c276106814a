"""Pages a second from a server on this machine, over kept and over new connections: `python -m benchmarks.fetching`.

Over HTTP and over HTTPS (with a certificate made by the command `openssl`). robots.txt and pace are left out, since
what they cost is waiting; pages are not kept.
"""

from __future__ import annotations

import argparse
import ssl
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from service import connect
from service.config import Settings
from service.fetch import Fetcher

BODY = b"<html><body>" + b"<p>X\xc3\xa3 T\xc3\xa2n L\xe1\xba\xadp</p>" * 2500 + b"</body></html>"  # 60 KB, a usual page
SETTINGS = Settings(
    allow_private_addresses=True, fetch_robots=False, keep_pages=False, fetch_delay_seconds=0.0, fetch_retry_seconds=0.0
)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as web servers do; else head and body wait 40 ms for one another

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_):
        pass


def serve(folder):
    """Runs in a process of its own; says its port on the first line."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(folder) / "cert.pem", Path(folder) / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def measure(url, pages, threads, keep_alive):
    fetcher = Fetcher(replace(SETTINGS, fetch_keep_alive=keep_alive))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: fetcher(url), range(threads)))
        start = time.perf_counter()
        sizes = list(pool.map(lambda _: len(fetcher(url).content), range(pages)))
        spent = time.perf_counter() - start
    fetcher.close()
    assert sizes == [len(BODY)] * pages
    return pages / spent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--serve", nargs="?", const="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve is not None:
        return serve(given.serve)
    with tempfile.TemporaryDirectory() as folder:
        make_certificate(folder)
        for scheme, argument in (("http", ""), ("https", folder)):
            command = [sys.executable, "-m", "benchmarks.fetching", "--serve", argument]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
                url = f"{scheme}://127.0.0.1:{int(server.stdout.readline())}/"
                for name, keep_alive in (("new connections", False), ("kept connections", True)):
                    rate = measure(url, given.pages, given.threads, keep_alive)
                    print(f"{scheme:5}  {name:16}  {rate:7.0f} pages/s")
                server.terminate()
    return None


def make_certificate(folder):
    """A certificate for 127.0.0.1, which the fetcher is made to trust here."""
    files = ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *files, *name]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.create_default_context(cafile=f"{folder}/cert.pem")
    connect._tls = lambda: context


if __name__ == "__main__":
    main()
