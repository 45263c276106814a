"""The words of titles: which of them are the site's and its sections', and how alike two titles are."""

from __future__ import annotations

import re

from extractors.article.boilerplate import is_line
from extractors.article.bylines import is_office
from extractors.text import fold

__all__ = ["SEPARATOR", "is_part", "is_site_title", "key_of", "likeness", "without_site"]

SEPARATOR = re.compile(r"\s+[|–—»·•:>-]+\s+|\s*[|»]\s*|\s::\s")
_WORD = re.compile(r"\w+")
_FEW_WORDS = 3  # a title's part with fewer is a section or the site's name
_FEW_PARTS = 3  # with more, a title names site and sections, before and after
_SITE_SHARE = 0.4  # of a title's letters, which the host has too


def is_part(name: str, title: str | None) -> bool:
    """Whether a part of a page's title begins with a name, as with that of the site."""
    parts = SEPARATOR.split(title or "")
    return len(parts) > 1 and any(fold(part.strip()).startswith(fold(name)) for part in parts)


def is_site_title(title: str | None, host: str | None) -> bool:
    """Whether a page's title names the site or its sections alone, as on old portals.

    >>> is_site_title("Tin tức > Xem tin", None), is_site_title("::: UBND HUYEN MUONG KY :::", "muongky.gov.vn")
    (True, True)
    """
    parts = [part for part in SEPARATOR.split(title or "") if _WORD.search(part)]
    groups = ("sections", "site_titles")
    return all(any(is_line(group, part) for group in groups) or _names_site(part, host) for part in parts)


def _names_site(title: str, host: str | None) -> bool:
    labels = (host or "").replace("-", "").split(".")[:-1]
    letters = "".join(_WORD.findall(fold(title)))
    return any(len(one) > _FEW_WORDS and one in letters and len(one) >= _SITE_SHARE * len(letters) for one in labels)


def key_of(text: str) -> str:
    """The words of a title alone: quotation marks, dashes and hidden hyphens differ from one place to another."""
    return " ".join(_WORD.findall(fold(text.replace("\u00ad", ""))))


def likeness(one: str, other: str) -> float:
    """The share of the words of the shorter text that the other has too."""
    a, b = set(_WORD.findall(one)), set(_WORD.findall(other))
    return len(a & b) / (min(len(a), len(b)) or 1)


def without_site(title: str, site: str | None) -> str:
    """A declared title without the name of the site, of a section or of an office that pages add to it.

    >>> without_site("Trạm bơm mới ở bản - UBND xã Nậm Chà", None)
    'Trạm bơm mới ở bản'
    """
    if site and fold(title).endswith(fold(site)) and len(title) > len(site):
        title = title[: len(title) - len(site)].rstrip(" |–—»·•:-")
    parts = SEPARATOR.split(title)
    if len(parts) > _FEW_PARTS:
        return max(parts, key=len)
    if len(parts) > 1 and len(parts[-1].split()) <= _FEW_WORDS < len(title.split()) - len(parts[-1].split()):
        title = title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-")
    while len(parts := SEPARATOR.split(title)) > 1 and is_office(parts[-1]):
        title = title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-")
    return title
