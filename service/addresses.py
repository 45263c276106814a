"""Which URLs and addresses are fetched: the guard against requests that reach into the service's own network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

import idna

from service.errors import UserError

_SAFE = "!#$%&'()*+,/:;=?@[]~"  # what a URL may hold beside letters and digits (RFC 3986), % as it stands

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_CLOSED = (
    IPv6Network("::/96"),  # IPv4-compatible, deprecated by RFC 4291
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated, RFC 2765
    IPv6Network("64:ff9b:1::/48"),  # NAT64 for local use, RFC 8215
    IPv6Network("2001::/32"),  # Teredo: the address inside is scrambled, nobody serves news there
    IPv6Network("fec0::/10"),  # site-local, deprecated by RFC 3879
)


class FetchError(UserError):
    """A page cannot be fetched; the message says why and is meant for the user."""


class NotNow(FetchError):
    """A page that may be fetched in `seconds`, since its host wants to be left alone until then."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


def check_url(url: str) -> str:
    """The URL in ASCII. Raises FetchError where it is not an http(s) URL with a host and without a password."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise FetchError(f"not a URL: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError("only http and https URLs are fetched")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise FetchError("the URL needs a host and may hold no user or password")
    host = _ascii_host(parts.hostname)
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    path = quote(parts.path, safe=_SAFE) or "/"
    return f"{parts.scheme}://{netloc}{path}" + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")


def absolute_url(href: str, base: str) -> str | None:
    """The address that a page or a feed at `base` names, without its fragment; None where it is none of the web."""
    try:
        url = urljoin(base, href.strip()).partition("#")[0]
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else None
    except ValueError:
        return None


def _ascii_host(host: str) -> str:
    if host.isascii():
        if any(not (c.isalnum() or c in "-._:%") for c in host):
            raise FetchError(f"not a host name: {host!r}")
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError as error:
        raise FetchError(f"not a host name: {error}") from None


def is_public(address: str) -> bool:
    """Whether an IP address, as the socket layer writes it, is one of the public internet.

    Addresses that carry an IPv4 address (mapped, NAT64, 6to4) are judged by that one too.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if any(ip in network for network in _CLOSED):
            return False
        if (inner := _carried(ip)) is not None:
            return _is_global(inner)
    return _is_global(ip)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)
