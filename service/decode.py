"""Takes the content encoding off a body, piece by piece, so that a bomb is seen before it has gone off."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator

import brotli

from service.addresses import FetchError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_CHUNK = 65_536  # bytes decompressed at a time: small beside every limit
_WINDOW = {int(zstd.DecompressionParameter.window_log_max): 23}  # 8 MB, the most that RFC 9659 allows a server
_NAME = 40  # characters of an unknown encoding's name that a message repeats
_MAGIC = 4  # bytes that say that a frame of zstd begins
_FRAMES = 1000  # of zstd in a page; an empty one costs time and gives nothing


def decode_body(chunks: Iterable[bytes], encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """A body without its content encoding. Raises FetchError beyond `limit` bytes, compressed or not.

    With `cut`, what comes after `limit` bytes is not read.
    """
    body = bytearray()
    for piece in _decoded(_counted(chunks, limit, cut=cut), encoding.strip().lower()):
        body += piece
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise FetchError(f"the page is larger than {limit} bytes")
    return bytes(body)


def _counted(chunks: Iterable[bytes], limit: int, *, cut: bool) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            if cut:
                yield chunk
                return
            raise FetchError(f"the page is larger than {limit} bytes")
        yield chunk


def _decoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    try:
        if encoding in ("", "identity"):
            yield from chunks
        elif encoding in ("gzip", "x-gzip", "deflate"):
            yield from _inflate(chunks)
        elif encoding == "br":
            yield from _unbrotli(chunks)
        elif encoding == "zstd":
            yield from _unzstd(chunks)
        else:
            raise FetchError(f"unknown content encoding {encoding[:_NAME]!r}")
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise FetchError(f"the page is not {encoding}: {error}") from error


def _inflate(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(chunks, b"")
    decoder = zlib.decompressobj(_window(first))
    data = first
    while data or (data := next(chunks, b"")):
        if decoder.eof:  # gzip may come in several members; anything else behind the end is no page
            if not data.startswith(b"\x1f\x8b"):
                return
            decoder = zlib.decompressobj(_window(data))
        yield decoder.decompress(data, _CHUNK)
        data = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    while not decoder.eof and (piece := decoder.decompress(b"", _CHUNK)):
        yield piece
    if not decoder.eof and first:
        raise FetchError("the page is cut off")


def _window(data: bytes) -> int:
    """zlib's window bits: gzip and zlib are told apart by zlib, a bare deflate stream (old servers) is not."""
    return 47 if data.startswith(b"\x1f\x8b") or (data[:1] and data[0] & 0x0F == 8 and data[0] >> 4 <= 7) else -15


def _unbrotli(chunks: Iterator[bytes]) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    some = False
    for chunk in chunks:
        some = True
        piece = decoder.process(chunk, output_buffer_limit=_CHUNK)
        while piece:  # what is left inside comes out chunk by chunk
            yield piece
            piece = decoder.process(b"", output_buffer_limit=_CHUNK)
    if some and not decoder.is_finished():
        raise FetchError("the page is cut off")


def _unzstd(chunks: Iterator[bytes]) -> Iterator[bytes]:
    decoder = zstd.ZstdDecompressor(options=_WINDOW)
    frames, some, behind = 1, False, b""  # behind: what follows a frame, too short to be told
    for chunk in chunks:
        data = behind + chunk
        some, behind = some or bool(data), b""
        while data or not (decoder.eof or decoder.needs_input):
            if decoder.eof:  # frames may follow one another; anything else behind the end is no page
                if len(data) < _MAGIC:
                    behind = data
                    break
                if not _is_frame(data):
                    return
                frames += 1
                if frames > _FRAMES:
                    raise FetchError(f"the page has more than {_FRAMES} frames")
                decoder = zstd.ZstdDecompressor(options=_WINDOW)
            yield decoder.decompress(data, _CHUNK)
            data = decoder.unused_data if decoder.eof else b""
    if some and not decoder.eof:
        raise FetchError("the page is cut off")


def _is_frame(data: bytes) -> bool:
    """Whether a frame of zstd begins, or one that is to be skipped (RFC 8878)."""
    return data.startswith(b"\x28\xb5\x2f\xfd") or (data[0] >> 4 == 5 and data[1:_MAGIC] == b"\x2a\x4d\x18")
