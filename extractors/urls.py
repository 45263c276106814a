"""Addresses as the records keep them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

__all__ = ["host_of", "normalise_url", "same_site"]

# What campaigns and social networks add; none of these ever chooses an article.
_TRACKING = frozenset(
    """
    fbclid gclid dclid msclkid yclid igshid mc_cid mc_eid zarsrc zalo_share_id spm cmpid ref_src _ga _gl gidzl
    amp_js_v usqp at_medium at_campaign at_custom1 xtor wt_mc wtmc ns_mchannel ns_source ns_campaign
    """.split()  # noqa: SIM905 (a list of single words is read more easily so)
)


def host_of(url: str | None) -> str | None:
    """The host in lower case without `www.`; None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.rstrip(".").removeprefix("www.") if host else None


def normalise_url(url: str | None, base: str | None = None) -> str | None:
    """https, host in lower case, no fragment, port, user or tracking parameters; None where it is no web address.

    >>> normalise_url("http://WWW.Bao.vn/a.html?id=7&utm_source=x#top")
    'https://www.bao.vn/a.html?id=7'
    """
    try:
        parts = urlsplit(urljoin(base or "", (url or "").strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "." not in host:
        return None
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(key)]
    kept = parts.query if len(query) == parts.query.count("&") + 1 else urlencode(query)
    netloc = host.rstrip(".") + (f":{port}" if port and port not in (80, 443) else "")
    return urlunsplit(("https", netloc, parts.path or "/", kept, ""))


def _is_tracking(key: str) -> bool:
    return key.lower().startswith("utm_") or key.lower() in _TRACKING


def same_site(one: str | None, other: str | None) -> bool:
    """Whether two addresses are of one site: one host is the other's, or ends in it (`en.bao.vn`, `bao.vn`)."""
    a, b = host_of(one), host_of(other)
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))  # type: ignore[union-attr]
