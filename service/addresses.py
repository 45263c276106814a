"""Which URLs and addresses are fetched: the guard against requests that reach into the service's own network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

import idna

from service.errors import UserError

_SAFE = "!#$%&'()*+,/:;=?@[]~"  # what a URL may hold beside letters and digits (RFC 3986), % as it stands

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out for the public internet
# What Python's own tables, which differ from version to version, call global or do not know.
_CLOSED = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments, RFC 6890; a cloud's metadata are at 192.0.0.192
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, deprecated by RFC 7526
    IPv4Network("168.63.129.16/32"),  # the host of a virtual machine in a large cloud
    IPv6Network("2001::/23"),  # protocol assignments, RFC 2928, Teredo among them
    IPv6Network("3fff::/20"),  # documentation, RFC 9637
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
        if (inner := _carried(ip)) is not None:
            return _is_global(inner)
        if ip not in _UNICAST:
            return False
    return _is_global(ip)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    if any(ip in network for network in _CLOSED if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)
