"""A page, or the text of an article -> `Article`. The adapter of the site's family first, general extraction second."""

from __future__ import annotations

from dataclasses import replace

from extractors.blocks import Picture
from extractors.clean import (
    is_boilerplate,
    is_credit,
    is_end,
    is_scrambled,
    mend_line,
    read_byline,
    read_source_line,
    strip_lead_mark,
)
from extractors.dates import Moment, find_latest_date, read_given_date
from extractors.html import decode_page, parse_page
from extractors.lines import Lines, clean_blocks
from extractors.metadata import Metadata, read_metadata
from extractors.parts import Parts, read_fallback, read_family, read_general
from extractors.sites import choose_family, find_host
from extractors.text import fold, normalise
from extractors.types import Article, Image, Page, Source, Warning_
from extractors.urls import host_of, normalise_url, same_site

__all__ = ["read_article", "read_text"]

_SHORT = 150  # characters of lead and body; what has less is a list, a video or an error page
_PROSE = 70  # characters of its longest line, which a list of headlines does not have
_TEASERS = 3  # headings that are links; with a little prose after each they make a list
_ONE_RUN = 0.4  # of the prose: an article has most of it in one piece
_RUN = 700  # characters: no teaser is longer
_STOPS = ".!?…:”\"')»"
_ERRORS = ("404", "khong tim thay", "page not found", "not found", "seite nicht gefunden", "page introuvable", "error")


def read_article(page: Page) -> Article:
    """The article of a page. A page without one gives its title alone and the warning `not_an_article`.

    Never raises on what a page holds. Figures and selectors: `families/`, `boilerplate.toml`.
    """
    document = parse_page(page)
    if document is None:
        return _no_article(Article(text="", title=None, url=page.url, canonical_url=normalise_url(page.url)))
    metadata = read_metadata(document)
    url = _canonical(page.url, metadata)
    host = find_host(host_of(url))
    vietnamese = url is None or host is not None or (host_of(url) or "").endswith(".vn")
    if family := choose_family(document, host):
        parts = read_family(document, family, metadata, url=url, vietnamese=vietnamese)
    else:
        parts = read_general(document, metadata, url=url, vietnamese=vietnamese)
        if not parts.sure:
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
    title = _one_line(parts.title)
    scrambled = is_scrambled("\n".join(b.text for b in parts.blocks))
    lines = Lines() if scrambled else clean_blocks(parts.blocks, (title, _one_line(parts.lead)))
    lead, texts = _with_lead(parts, lines)
    body = normalise("\n".join(texts))
    article = Article(
        text=f"{title}\n{body}".strip() if title else body,
        title=title,
        lead=lead,
        author=_author(parts, lines, metadata),
        url=page.url,
        canonical_url=url,
        original_url=lines.original_url,
        source=_source(url, lines.original_url),
        section=parts.section,
        tags=parts.tags,
        images=_images(parts.pictures, lines, url),
        body_start=len(title) + bool(body) if title else 0,
        adapter=parts.adapter,
    )
    if scrambled:
        article = _warned(article, "body_encoded", "the body was delivered scrambled: only title and lead can be read")
    elif _is_no_article(parts, title, texts):
        return _no_article(_dated(article, parts.moment))
    else:
        article = _checked(article, page, metadata)
    return _dated(article, parts.moment)


def _one_line(text: str | None) -> str | None:
    return normalise(text or "").replace("\n", " ") or None


def _with_lead(parts: Parts, lines: Lines) -> tuple[str | None, list[str]]:
    """The lead without the paper's mark, and the lines with the lead first."""
    if parts.lead:
        lead = strip_lead_mark(mend_line(_one_line(parts.lead) or ""))
        return lead, [lead, *(t for t in lines.texts if fold(strip_lead_mark(t)) != fold(lead))]
    if lines.texts:
        first = strip_lead_mark(lines.texts[0])
        return (first if parts.lead_first else None), [first, *lines.texts[1:]]
    return None, []


def _author(parts: Parts, lines: Lines, metadata: Metadata) -> str | None:
    """The byline of the layout, of the body, or what the page declares, unless that is the site itself."""
    shown = _one_line(parts.author)
    if author := (read_byline(shown) or shown if shown else None) or lines.author:
        return author
    declared = metadata.author
    is_site = declared and (declared.startswith("http") or fold(declared) == fold(metadata.site or ""))
    return None if is_site else declared


def _source(url: str | None, original_url: str | None) -> Source:
    """The paper, and its province; an aggregator's article has the province of its original."""
    domain = host_of(url) or host_of(original_url)
    host, original = find_host(domain), find_host(host_of(original_url))
    province = (host.province if host else None) or (original.province if original else None)
    return Source(domain, host.name if host else None, province)


def _images(pictures: tuple[Picture, ...], lines: Lines, url: str | None) -> tuple[Image, ...]:
    images = {}
    for picture in pictures:
        address = normalise_url(picture.url, url)
        if address and address not in images:
            captions = (lines.captions.get(picture.at), lines.captions.get(picture.at + 1))
            images[address] = Image(address, next((c for c in captions if c), None))
    return tuple(images.values())


def _is_no_article(parts: Parts, title: str | None, texts: list[str]) -> bool:
    size, longest = sum(map(len, texts)), max(map(len, texts), default=0)
    if parts.adapter not in ("general", "trafilatura"):  # what a family's selectors find is what the page calls its body
        return size < _PROSE
    if size < _SHORT or longest < _PROSE:
        return True
    if size < 4 * _SHORT and any(word in fold(title or "") for word in _ERRORS):
        return True
    return _is_list(parts)


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
    return _warned(article, "not_an_article", "a list, an error page or a page without text: no facts are read from it")


def _checked(article: Article, page: Page, metadata: Metadata) -> Article:
    if not metadata.free:
        article = _warned(
            article, "paywalled", "the page says that it is not free: the text may be a part of the article"
        )
    is_whole = b"</body" in page.content[-4096:].lower() or b"</html" in page.content[-4096:].lower()
    if not is_whole and article.text[-1:] not in _STOPS and b"<body" in page.content.lower():
        article = _warned(article, "truncated", "the page ends in the middle of a sentence")
    return article


def _dated(article: Article, moment: Moment | None) -> Article:
    """The article with its date; without one, the latest full date of its text, said to be guessed."""
    if moment is None:
        moment = find_latest_date(article.text)
        if moment is None:
            return article
        article = _warned(article, "date_guessed", "no date of publication was given: the latest full date in the text")
    return replace(article, published_at=moment[0], published_precision=moment[1])


def _warned(article: Article, code: str, message: str) -> Article:
    return replace(article, warnings=(*article.warnings, Warning_(code, message)))


def read_text(text: str, *, url: str | None = None, title: str | None = None, published: str | None = None) -> Article:
    """The article of a plain text, its wording kept, less lines that are boilerplate. The first line is the title.

    `published`: an ISO date or date-time, in Vietnam's zone where it names none; else the latest full date in the
    text stands, with the warning `date_guessed`. Raises ValueError where `published` is no date.
    """
    moment = read_given_date(published) if published else None
    lines, original, author = _text_lines(normalise(text).split("\n"))
    given = _one_line(title)
    if given and (not lines or fold(lines[0]) != fold(given)):
        lines.insert(0, given)
    heading = lines[0] if len(lines) > 1 else given
    article = Article(
        text="\n".join(lines),
        title=heading,
        author=author,
        url=url,
        canonical_url=normalise_url(url),
        original_url=original,
        source=_source(url, original),
        body_start=len(heading) + (len(lines) > 1) if heading else 0,
    )
    return _dated(article, moment)


def _text_lines(given: list[str]) -> tuple[list[str], str | None, str | None]:
    """The lines that stay, the original's address and the author."""
    lines: list[str] = []
    original = author = None
    for line in given:
        if lines and is_end(line):
            break
        source = read_source_line(line)
        if source:
            original = original or source[1]
            author = author or read_byline(source[0])
            line = source[0] if source[0] != author else ""
        if line and not (is_boilerplate(line) or is_credit(line)):
            lines.append(line)
    return lines, original, author or (read_byline(lines[-1]) if len(lines) > 2 else None)
