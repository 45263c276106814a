"""A page, or the text of an article -> `Article`. The adapter of the site's family first, general extraction second."""

from __future__ import annotations

from extractors.article.bylines import read_byline
from extractors.article.clean import is_boilerplate, is_end, read_source_line
from extractors.article.credits import is_credit
from extractors.article.dates import read_given_date
from extractors.article.provenance import dated, source_of
from extractors.text import fold, normalise, one_line
from extractors.types import Article, Page
from extractors.urls import normalise_url

__all__ = ["read_article", "read_text"]


def read_article(page: Page) -> Article:
    """The article of a page. A page without one gives its title alone and the warning `not_an_article`.

    Never raises on what a page holds. What sites look like is data: `families/`, `boilerplate.toml`.
    """
    from extractors.article.page import read_page  # BeautifulSoup takes 0.15 s to import, and a text does not need it

    return read_page(page)


def read_text(text: str, *, url: str | None = None, title: str | None = None, published: str | None = None) -> Article:
    """The article of a plain text, its wording kept, less lines that are boilerplate. The first line is the title.

    `published`: an ISO date or date-time, in Vietnam's zone where it names none; else the latest full date in the
    text stands, with the warning `date_guessed`. Raises ValueError where `published` is no date.
    """
    moment = read_given_date(published) if published else None
    lines, original, author = _text_lines(normalise(text).split("\n"))
    given = one_line(title)
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
        source=source_of(url, original),
        body_start=len(heading) + (len(lines) > 1) if heading else 0,
    )
    return dated(article, moment)


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
