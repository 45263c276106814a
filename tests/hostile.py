"""A local server of raw sockets that misbehaves as told, path by path."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable


class HostileServer:
    """`answers` maps a path to a function of the connection; `seen` is what was asked for, robots.txt apart.

    A path without an answer is answered with 404.
    """

    def __init__(self, answers: dict[str, Callable[[socket.socket], None]]) -> None:
        self.answers = answers
        self.seen: list[bytes] = []
        self.robots: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.closing = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> HostileServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (piece := connection.recv(65536)):
                    return
                head += piece
            path = head.split(b" ")[1].decode()
            (self.robots if path == "/robots.txt" else self.seen).append(head)
            self.answers.get(path, _not_found)(connection)


def reply(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _not_found(connection: socket.socket) -> None:
    connection.sendall(reply(b"", status="404 Not Found"))


def send(data: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(data)


def redirect(location: str, status: str = "302 Found") -> Callable[[socket.socket], None]:
    return send(reply(b"", f"Location: {location}", status=status))
