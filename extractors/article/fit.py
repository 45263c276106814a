"""Whether the layout of a page is still the one that its site's family describes, and which selectors found what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from extractors.article.html import parse_page
from extractors.article.read import read_article
from extractors.article.selectors import compile_selector
from extractors.article.sites import Family, families, find_host
from extractors.types import Article, Page
from extractors.urls import host_of

__all__ = ["Fit", "check_fit"]

_PARTS = ("title", "lead", "body", "date", "author")
_SHORT = 200  # characters of text; a newest article with less is a picture, a video, or a body that was not found


@dataclass(frozen=True, slots=True)
class Fit:
    """`matched`: the selector that found each part, None where none did; empty for general extraction.

    `problems` say what no longer fits; none of them: the layout is known.
    """

    adapter: str
    matched: dict[str, str | None]
    problems: tuple[str, ...]


def check_fit(page: Page) -> Fit:
    """How the families fit a page that is known to hold an article."""
    article, document = read_article(page), parse_page(page)
    family = families().get(article.adapter or "")
    matched = _match(document, family) if document is not None and family else {}
    return Fit(article.adapter or "none", matched, tuple(_problems(page, article, family, matched)))


def _match(document: etree._Element, family: Family) -> dict[str, str | None]:
    return {part: _first(document, getattr(family, part)) for part in _PARTS}


def _first(document: etree._Element, selectors: tuple[str, ...]) -> str | None:
    return next((css for css in selectors if compile_selector(css)(document)), None)


def _problems(page: Page, article: Article, family: Family | None, matched: dict[str, str | None]) -> list[str]:
    host = find_host(host_of(page.url))
    codes = {warning.code for warning in article.warnings}
    scrambled = "body_encoded" in codes
    found = []
    if host and host.families and article.adapter not in host.families:
        found.append(f"none of the site's families fits ({', '.join(host.families)})")
    if family and _is_given_up(family, article):
        found.append(f"family {family.name} was given up on {family.valid_until}")
    if "not_an_article" in codes or (len(article.text) < _SHORT and not scrambled):
        found.append("no article was read")
    if not article.title or (matched and not matched["title"]):
        found.append("no title")
    if not article.published_at or "date_guessed" in codes:
        found.append("no date")
    return found


def _is_given_up(family: Family, article: Article) -> bool:
    """Whether the article is newer than the last page that had this layout."""
    published = article.published_at
    return bool(family.valid_until and published and date.fromisoformat(published[:10]) > family.valid_until)
