"""Who wrote an article, as its page shows it: a link, an element or a line near the title that names the author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from extractors.article.bylines import before_author
from extractors.article.dates import without_date
from extractors.article.html import holders, spaced_text_of, text_of
from extractors.article.markup import Marks, is_named
from extractors.article.metadata import Metadata
from extractors.text import fold

__all__ = ["choose_author", "read_by", "read_name"]

_LINKED = etree.XPath(
    f"""{holders("//@rel[.='author']")} | {holders("//@itemprop[.='author']")}
    | //a[contains(@href,'/aut')] | $heading"""
)
_AUTHOR_PATHS = ("/author/", "/autor/", "/auteur/")
_FOLLOWING = etree.XPath(
    "following::text()[normalize-space()][not(parent::script or parent::style)][position() <= 24]", smart_strings=False
)
_NAMES = etree.XPath("""descendant::*[@rel='author' or @itemprop='name' or contains(@class,'author-name')
    or contains(@class,'author__name') or contains(concat(' ',@class,' '),' fn ')]""")
_LINKS = etree.XPath("descendant::a[@href]")
_PROFILE = re.compile(
    r"aut[eh]?[ou]r|profil|user|member|staff|person|redak|redac|journalist|writer|contribut|team|people", re.I
)
_SKIPPED = frozenset(
    {"input", "img", "body", "article", "textarea", "button", "form", "time", "label", "figure", "nav"}
)
_INLINE = frozenset("a abbr b bdi cite em font i mark small span strong u".split())  # noqa: SIM905
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "td"})
_PROSE = 100  # characters of a paragraph that is more than a byline
_LEADS = 1  # long texts that a name may follow
_SENTENCE = 60  # of one that ends as a sentence
_SHARE = 0.5  # of a byline's text: less in a name is a sentence with the name in it
_SITE = 4  # letters of a name that the host has too
_MOST = 8  # elements looked at on each side of the title
_AROUND = 5  # elements above one in which comments or other articles are looked for
_LONGEST = 200  # characters; an element with more is a whole biography
_NAME_SIZE, _NAME_WORDS, _BY_WORDS = 80, 9, 5
_CUT = re.compile(
    r"""\s*(?:[|·•»►]|\s[-–—]+(?:\s|$)|,?\s\(|,?\s*(?<!\w)\d|,\s(?=[a-zß-ÿ])|\s기자(?=$|\s)|\b(?:am|on|le|el|il|um|vom|den|in)\s+(?=\d)|\b\w+:|\b(?:Published|Updated
    |Veröffentlicht|Aktualisiert|Kategorien?|Posted|am|on)(?=\s*$|\s\d)).*""",
    re.VERBOSE | re.DOTALL,
)
_DAYS = re.compile(r"^(?:[^\W\d_]+,\s)?\d[\d\s.:/,-]*(?:Uhr)?\s*")
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}=*?!©[\]]|\w\.(?:com|de|at|ch|fr|net|org|vn|info|it|es|pl)\b")
_LABELS = frozenset(
    "author authors autor autorin autoren auteur autore name admin administrator redazione website homepage".split()  # noqa: SIM905
)


def choose_author(
    document: etree._Element, heading: etree._Element | None, marks: Marks, metadata: Metadata, host: str | None
) -> str | None:
    """The persons that the page declares, else whom it shows near its title, else whom its `meta` names, unless that
    is the site itself."""
    declared = _without_site(metadata.people, metadata, host) or _without_site(metadata.author, metadata, host)
    shown = _shown(document, heading, marks)
    if not declared or not shown:
        return declared or shown or _without_site(metadata.company, metadata, host)
    one, other = fold(declared), fold(shown)
    return shown if one in other or other in one else declared  # with or without the site, or other authors


def _without_site(author: str | None, metadata: Metadata, host: str | None) -> str | None:
    if not author or _NO_NAME.search(author):
        return None
    key = "".join(re.findall(r"\w+", fold(author)))
    own = (host or "").replace("-", "")
    if fold(author) in _LABELS or fold(author) == fold(metadata.site or "") or (len(key) >= _SITE and key in own):
        return None
    return before_author().sub("", author, count=1) if before_author().match(author) else author


def _shown(document: etree._Element, heading: etree._Element | None, marks: Marks) -> str | None:
    """Whom the elements nearest to the title name: those that their names say to, then links to an author."""
    linked = _LINKED(document, heading=[] if heading is None else [heading])
    named = [e for e, groups in marks.items() if e is heading or "author" in groups or "about" in groups]
    near = [*_around(named, heading), *_around(linked, heading)]
    for element in near:
        if _is_author(element, marks) and _is_own(element) and (names := list(dict.fromkeys(_names_in(element)))):
            return ", ".join(names)
    return read_by(t for e in near if len(t := spaced_text_of(e)) <= _LONGEST) or _after_label(heading)


def _is_author(element: etree._Element, marks: Marks) -> bool:
    says = element.get("rel") == "author" or "author" in (element.get("itemprop"), *marks.get(element, ()))
    return says or (element.tag == "a" and any(path in element.get("href", "") for path in _AUTHOR_PATHS))


def _after_label(heading: etree._Element | None) -> str | None:
    """The name after a text that is only a word like "by", after the title or the lead."""
    label, prose = False, 0
    for text in _FOLLOWING(heading) if heading is not None else ():
        text = text.strip(" \t\r\n\u00a0|·•–—-")
        prose += len(text) >= _PROSE
        if prose > _LEADS:
            return None
        if label and (name := read_name(text)) and name[0].isupper() and len(name.split()) <= _BY_WORDS:
            return name
        label = before_author().fullmatch(f"{text} ") is not None
    return None


def _around(elements: list[etree._Element], heading: etree._Element | None) -> list[etree._Element]:
    """The elements after the title, the nearest first, then those before it."""
    if heading is None:
        return elements[:_MOST]
    at = elements.index(heading) if heading in elements else 0
    return elements[at + 1 : at + 1 + _MOST] + elements[max(0, at - _MOST) : at][::-1]


def _is_own(element: etree._Element) -> bool:
    """Whether an element that names an author is neither one of comments nor of menus."""
    if element.tag in _SKIPPED:
        return False
    if _is_in_sentence(element):
        return False
    above = [element, *(e for e, _ in zip(element.iterancestors(), range(_AROUND), strict=False))]
    return not any(e.tag in ("nav", "footer") or is_named(e, "other") for e in above if e.tag not in ("body", "html"))


def _is_in_sentence(element: etree._Element) -> bool:
    """Whether an element is a few words of a long paragraph, which may be about anyone who writes."""
    block = next((e for e in element.iterancestors() if e.tag not in _INLINE), None)
    if block is None or block.tag not in _PARAGRAPHS or element.tag not in _INLINE:
        return False
    text = text_of(block)
    before = before_author().match(text)
    long = len(text) >= (_SENTENCE if text.endswith((".", "!", "?", "…")) else _PROSE)
    return long and len(text_of(element)) < _SHARE * len(text) and before is None


def _names_in(element: etree._Element) -> Iterator[str]:
    """The names in an element: those that it marks, those of its links, else its own text."""
    inner = [e for e in _NAMES(element) if not _NAMES(e)] or [
        a for a in _LINKS(element) if _PROFILE.search(a.get("href"))
    ]
    named = [name for e in inner if (name := read_name(spaced_text_of(e)))]
    if named:
        yield from named
    elif len(text := spaced_text_of(element)) <= _LONGEST and (name := read_name(text)):
        yield name


def read_name(text: str) -> str | None:
    """The author in the text of an element that names one, without what stands around; None where it is no name.

    >>> read_name("Von Ruth Amsel | 3. Mai 2024"), read_name("3.5.2024, 14:10 Uhr von Ruth Amsel"), read_name("Autor")
    ('Ruth Amsel', 'Ruth Amsel', None)
    """
    text = _DAYS.sub("", without_date(text).strip(" ,–—-|·•"))
    while match := before_author().match(text):
        text = text[match.end() :]
    name = _CUT.sub("", text).strip(" ,;:–—-|/")
    if not 2 <= len(name) <= _NAME_SIZE or len(name.split()) > _NAME_WORDS or _NO_NAME.search(name):
        return None
    return None if fold(name) in _LABELS or not any(c.isalpha() for c in name) else name


def read_by(lines: Iterable[str]) -> str | None:
    """The author whom one of some short lines names after a word like "by", at its start or after a date."""
    for line in lines:
        for match in before_author().finditer(line):
            name = read_name(line[match.end() :])
            begins = not (before := line[: match.start()].rstrip()) or not before[-1].isalpha()
            if begins and name and name[0].isupper() and len(name.split()) <= _BY_WORDS:
                return name
    return None
