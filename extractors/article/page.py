"""The bytes of a page -> `Article`: decoded, parsed once, read by the site's adapter, cleaned, checked."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from extractors.article.authors import declared_author
from extractors.article.blocks import Picture
from extractors.article.bylines import is_office, read_byline
from extractors.article.clean import is_scrambled, mend_line, strip_lead_mark
from extractors.article.html import decode_page, length, parse_page
from extractors.article.lines import Lines, clean_blocks
from extractors.article.markup import read_names
from extractors.article.metadata import Metadata, read_metadata
from extractors.article.parts import Parts, read_fallback, read_family, read_general
from extractors.article.provenance import dated, source_of, warned
from extractors.article.sites import family_of, find_host, recognise
from extractors.article.teasers import drop_lists
from extractors.text import fold, normalise, one_line
from extractors.types import Article, Image, Page
from extractors.urls import host_of, normalise_url, same_site

__all__ = ["read_page"]

_SHORT = 150  # characters of lead and body; what has less is a list, a video or an error page
_PROSE = 70  # characters of its longest line, which a list of headlines does not have
_TEASERS = 3  # headings that are links; with a little prose after each they make a list
_ONE_RUN = 0.4  # of the prose: an article has most of it in one piece
_RUN = 700  # characters: no teaser is longer
_GENERAL = ("general", "trafilatura")
_STOPS = ".!?…:”\"')»"
_NOTICES = (  # words of what pages say in place of an article
    "javascript", "cookie", "browser", "trinh duyet", "khong ton tai", "khong tim thay", "not found", "not be found",
    "no longer available", "nicht gefunden", "introuvable", "copyright", "ban quyen", "giay phep",
)  # fmt: skip
_ERRORS = ("404", "khong tim thay", "page not found", "not found", "seite nicht gefunden", "page introuvable", "error")


def read_page(page: Page) -> Article:
    """The article of a page, see `extractors.article.read.read_article`."""
    document = parse_page(page)
    if document is None:
        return _no_article(Article(text="", title=None, url=page.url, canonical_url=normalise_url(page.url)))
    metadata = read_metadata(document)
    article = _read(page, document, metadata)
    if _is_refused(article):  # it may be a short article among many teasers
        document = parse_page(page)
        if document is not None and drop_lists(document, metadata):
            alone = _read(page, document, metadata, cleared=True)
            return article if _is_refused(alone) else alone
    return article


def _is_refused(article: Article) -> bool:
    return any(warning.code == "not_an_article" for warning in article.warnings)


def _read(page: Page, document: etree._Element, metadata: Metadata, *, cleared: bool = False) -> Article:
    """The article of a document, which is used up. `cleared`: something was taken out that trafilatura would find."""
    url = _canonical(page.url, metadata)
    host = find_host(host_of(url))
    vietnamese = url is None or host is not None or (host_of(url) or "").endswith(".vn")
    family, names = family_of(host, document), None
    if family is None:
        names = read_names(document)
        family = recognise(document, names)
    if family:
        parts = read_family(document, family, metadata, url=url, vietnamese=vietnamese)
    else:
        parts = read_general(document, metadata, names, url=url, vietnamese=vietnamese)
        if not (parts.sure or cleared):
            parts = read_fallback(decode_page(page.content, page.charset), parts)
    return _build(page, parts, metadata, url)


def _canonical(given: str | None, metadata: Metadata) -> str | None:
    """The address that the page declares where it is of the same site and no home page, else the given one."""
    declared = normalise_url(metadata.canonical, given)
    own = normalise_url(given)
    if declared and (own is None or (same_site(declared, own) and (len(declared.split("/", 3)[3]) > 0))):
        return declared
    return own


def _build(page: Page, parts: Parts, metadata: Metadata, url: str | None) -> Article:
    title = one_line(parts.title)
    scrambled = is_scrambled("\n".join(b.text for b in parts.blocks))
    known = tuple(map(one_line, (parts.title, parts.lead, parts.section, parts.author)))
    general = parts.adapter in _GENERAL
    lines = Lines() if scrambled else clean_blocks(parts.blocks, known, sealed=parts.aggregator, general=general)
    lead, texts = _with_lead(parts, lines)
    body = normalise("\n".join(texts))
    article = Article(
        text=f"{title}\n{body}".strip() if title else body,
        title=title,
        lead=lead,
        author=_author(parts, lines, metadata, url),
        url=page.url,
        canonical_url=url,
        original_url=lines.original_url,
        source=source_of(url, lines.original_url),
        section=parts.section,
        tags=parts.tags,
        images=_images(parts.pictures, lines, url),
        body_start=len(title) + bool(body) if title else 0,
        adapter=parts.adapter,
    )
    if scrambled:
        article = warned(article, "body_encoded", "the body was delivered scrambled: only title and lead can be read")
    elif _is_no_article(parts, title, texts):
        article = _no_article(article)  # whose date is not guessed from what is no text of its own
        return dated(article, parts.moment) if parts.moment else article
    else:
        article = _checked(article, page, free=metadata.free and not lines.paywalled)
    return dated(article, parts.moment)


def _with_lead(parts: Parts, lines: Lines) -> tuple[str | None, list[str]]:
    """The lead without the paper's mark, and the lines with the lead first."""
    if parts.lead:
        lead = strip_lead_mark(mend_line(one_line(parts.lead) or ""))
        rest = [t for i, t in enumerate(lines.texts) if i or fold(strip_lead_mark(t)) != fold(lead)]
        return lead, [lead, *rest]
    if lines.texts:
        first = strip_lead_mark(lines.texts[0])
        return (first if parts.lead_first else None), [first, *lines.texts[1:]]
    return None, []


def _author(parts: Parts, lines: Lines, metadata: Metadata, url: str | None) -> str | None:
    """The byline of the layout, of the body, or what the page declares, unless that is the site itself."""
    shown = one_line(parts.author)
    if lines.author and (shown is None or is_office(shown)):
        return lines.author
    if shown:
        return read_byline(shown) or shown
    return declared_author(metadata, host_of(url))


def _images(pictures: tuple[Picture, ...], lines: Lines, url: str | None) -> tuple[Image, ...]:
    images = {}
    for picture in pictures:
        address = normalise_url(picture.url, url)
        if address and address not in images:
            captions = (lines.captions.get(picture.at), lines.captions.get(picture.at + 1))
            images[address] = Image(address, next((c for c in captions if c), None))
    return tuple(images.values())


def _is_no_article(parts: Parts, title: str | None, texts: list[str]) -> bool:
    size, longest = sum(map(length, texts)), max(map(length, texts), default=0)
    if parts.adapter not in _GENERAL:  # what a family's selectors find is what the page calls its body
        return size < _PROSE or _is_list(parts)
    if longest < _PROSE or (size < _SHORT and not _is_brief(parts, title, texts)):
        return True
    if size < 4 * _SHORT and any(word in fold(title or "") for word in _ERRORS):
        return True
    return _is_list(parts)


def _is_brief(parts: Parts, title: str | None, texts: list[str]) -> bool:
    """Whether a sentence below a title is all the news, not what a page says of itself."""
    said = fold(" ".join(texts))
    return bool(title) and parts.titled and texts[-1].endswith(tuple(_STOPS)) and not any(w in said for w in _NOTICES)


def _is_list(parts: Parts) -> bool:
    """Whether headings that are links part all of the prose, as on a page of teasers."""
    runs = [0]
    for block in parts.blocks:
        if block.kind == "heading" and block.linked > 0.8:
            runs.append(0)
        elif len(block.text) >= _PROSE and block.linked < 0.5:
            runs[-1] += len(block.text)
    return len(runs) > _TEASERS and max(runs) < min(_RUN, _ONE_RUN * sum(runs))


def _no_article(article: Article) -> Article:
    article = replace(
        article, text=article.title or "", lead=None, images=(), original_url=None, body_start=len(article.title or "")
    )
    return warned(article, "not_an_article", "a list, an error page or a page without text: no facts are read from it")


def _checked(article: Article, page: Page, *, free: bool) -> Article:
    if not free:
        article = warned(
            article, "paywalled", "the page says that it is not free: the text may be a part of the article"
        )
    is_whole = b"</body" in page.content[-4096:].lower() or b"</html" in page.content[-4096:].lower()
    if not is_whole and article.text[-1:] not in _STOPS and b"<body" in page.content.lower():
        article = warned(article, "truncated", "the page ends in the middle of a sentence")
    return article
