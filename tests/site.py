"""A local web site that behaves: HTTP/1.1 with connections that stay open, ETags, whatever paths a test gives it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = "<html><body><h1>Tin</h1><p>Ông Lò Văn Mẫu, xã Tân Lập, đạt 64,5% kế hoạch năm.</p></body></html>"
Answer = tuple[int, dict[str, str], bytes]
Page = str | bytes | Answer | Callable[[Message], Any]


class Site:
    """`pages` maps a path, query included, to a body, a whole answer, or a function of the request's headers."""

    def __init__(self, pages: dict[str, Page] | None = None) -> None:
        self.pages: dict[str, Page] = pages or {}
        self.requests: list[tuple[str, Message]] = []
        self.connections = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt apart."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, headers: Message) -> Answer:
        page = self.pages.get(path, (404, {}, b""))
        if callable(page):
            page = page(headers)
        if isinstance(page, tuple):
            return page
        body = page.encode() if isinstance(page, str) else page
        kind = "text/html; charset=utf-8" if b"<html" in body[:200] else "application/xml"
        return 200, {"Content-Type": kind if body[:2] != b"\x1f\x8b" else "application/gzip"}, body

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                site.connections += 1
                super().setup()

            def do_GET(self) -> None:
                site.requests.append((self.path, self.headers))
                status, headers, body = site.answer(self.path, self.headers)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
