"""What a page says about itself in `meta`, `link` and JSON-LD, whatever its layout."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from extractors.article.boilerplate import is_line
from extractors.article.bylines import is_label
from extractors.article.html import text_of
from extractors.article.linked_data import Item, first_string, names_of, read_json_ld
from extractors.article.selectors import compile_selector

__all__ = ["Metadata", "read_metadata"]

_META = etree.XPath("//meta[@content]")
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article:published",
    "rnews:datepublished",
)
_WEAK_KEYS = ("date", "dc.date", "dcterms.date")  # often the day of the last change, or of the visit
_CHANGE_KEYS = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "sailthru.title")
_AUTHOR_KEYS = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "dc.author", "parsely-author",
    "sailthru.author", "byl", "citation_author", "book:author", "books:author", "cxenseparse:author",
)  # fmt: skip
_LABELLED = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))


@dataclass(frozen=True, slots=True)
class Metadata:
    """None, or empty, where the page does not say. `title` has the site's suffix; `free` is false behind a paywall.
    `author` may be a company or an address, `people` are persons, `company` writes where no person does."""

    title: str | None = None
    headline: str | None = None
    description: str | None = None
    site: str | None = None
    date: str | None = None
    date_is_sure: bool = False
    modified: str | None = None
    author: str | None = None
    people: str | None = None
    company: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    canonical: str | None = None
    body: str | None = None
    image: str | None = None
    free: bool = True
    is_website: bool = False
    language: str | None = None


def read_metadata(document: etree._Element) -> Metadata:
    """The page's own statements; where several are made the most specific wins."""
    meta, tags = _read_meta(document)
    article, names, dates = read_json_ld(document)
    people, bodies = names_of(article.get("author") or article.get("creator"), names)
    link = compile_selector("link[rel=canonical]")(document)
    title = compile_selector("head title")(document) or compile_selector("title")(document)
    date = first_string(article.get("datePublished")) or _first(meta, *_DATE_KEYS) or dates.get("datePublished")
    return Metadata(
        title=_title(meta, text_of(title[0]) if title else None),
        headline=first_string(article.get("headline")),
        description=_first(meta, "og:description", "description", "twitter:description"),
        site=_first(meta, "og:site_name", "application-name") or names_of(article.get("publisher"), names)[1],
        date=date or _first(meta, *_WEAK_KEYS) or dates.get("dateCreated"),
        date_is_sure=date is not None,
        modified=first_string(article.get("dateModified")) or _first(meta, *_CHANGE_KEYS) or dates.get("dateModified"),
        author=people or _author(meta),
        company=bodies,
        people=people,
        section=first_string(article.get("articleSection")) or _first(meta, "article:section"),
        tags=tuple(dict.fromkeys(tags)) or _keywords(article, meta),
        canonical=(link[0].get("href") if link else None) or meta.get("og:url"),
        body=first_string(article.get("articleBody")),
        image=meta.get("og:image"),
        free=_is_free(article, meta),
        is_website=meta.get("og:type", "").lower() == "website",
        language=document.get("lang") or meta.get("og:locale"),
    )


def _read_meta(document: etree._Element) -> tuple[dict[str, str], list[str]]:
    meta: dict[str, str] = {}
    tags = []
    for element in _META(document):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = " ".join(element.get("content").split())
        if key == "article:tag" and content:
            tags.append(content)
        elif key in _AUTHOR_KEYS and content and content not in meta.get(key, ""):
            meta[key] = f"{meta[key]}, {content}" if key in meta else content
        elif key and content:
            meta.setdefault(key, content)
    return meta, tags


def _author(meta: dict[str, str]) -> str | None:
    """Whom the page names as its author; what has a label like "written by" first, addresses of profiles last."""
    labelled = [meta[data] for label, data in _LABELLED if data in meta and is_label(meta.get(label, ""))]
    given = [meta[key] for key in _AUTHOR_KEYS if key in meta]
    return next(iter([*labelled, *(name for name in given if "://" not in name), *given]), None)


def _title(meta: dict[str, str], shown: str | None) -> str | None:
    """The title that the page declares, unless it is only that of a section."""
    declared = [meta[key] for key in _TITLE_KEYS if key in meta]
    return next((title for title in declared if not is_line("sections", title)), shown or next(iter(declared), None))


def _first(meta: dict[str, str], *keys: str) -> str | None:
    return next((meta[key] for key in keys if key in meta), None)


def _keywords(article: Item, meta: dict[str, str]) -> tuple[str, ...]:
    words = article.get("keywords") or _first(meta, "news_keywords", "keywords") or ()
    parts = words if isinstance(words, list) else str(words).split(",") if words else []
    return tuple(dict.fromkeys(word for part in parts if (word := first_string(part))))


def _is_free(article: Item, meta: dict[str, str]) -> bool:
    locked = meta.get("article:content_tier", "").lower() in ("locked", "metered", "paid")
    return not locked and str(article.get("isAccessibleForFree", True)).lower() not in ("false", "no", "0")
