"""Small numbers that a translation may leave out, since as many names follow: the two villages of A and B."""

from __future__ import annotations

import re

__all__ = ["counts_names"]

_HEAD = re.compile(r"(?:\s+(?:[^\W\d_A-ZÀ-ÝĐ]\w*)){1,4}?\s+(?=[A-ZÀ-ÖØ-ÝĐ])")
_NAMES = re.compile(r"[A-ZÀ-ÖØ-ÝĐ][\w'’.-]*(?:\s+(?:(?:de|du|da|do)\s+)?[A-ZÀ-ÖØ-ÝĐ][\w'’.-]*)*")
_PART = re.compile(r"\s*(?:,|;|,?\s(?:và|and|und|et|e|y)\s)\s*")
_TIME = re.compile(r"\d+(?:[/.-]\d+)*")
_TIMES = re.compile(
    r"\s+(?:ngày|năm|tháng|quý|days?|years?|months?|Tagen?|Jahren?|Monaten?|jours?|années?|ans|mois)"
    r"(?: of| du| des)?\s+"
    r"((?:\d+(?:[/.-]\d+)*(?:,? (?:và|and|und|et) |, |\b))+)"
)
_MOST = 9


def counts_names(text: str, end: int, value: int) -> bool:
    """Whether a number that ends there counts the names that are listed behind it.

    >>> counts_names("nối hai thôn Nà Lạn và Bản Piền", 7, 2), counts_names("ba xã Thanh Sơn, Tân Lập và Mỹ Hòa", 2, 3)
    (True, True)
    >>> counts_names("hai thôn của Nà Lạn", 3, 2)
    False
    """
    if not 2 <= value <= _MOST:
        return False
    if not (head := _HEAD.match(text, end)):
        return _counts_days(text, end, value)
    at, found = head.end(), 0
    while name := _NAMES.match(text, at):
        found, at = found + 1, name.end()
        part = _PART.match(text, at)
        if part is None:
            break
        at = part.end()
    return found == value or _counts_days(text, end, value)


def _counts_days(text: str, end: int, value: int) -> bool:
    """Whether as many days, months or years follow in digits: hai ngày 8 và 9/6."""
    times = _TIMES.match(text, end)
    return times is not None and len(_TIME.findall(times[1])) == value
