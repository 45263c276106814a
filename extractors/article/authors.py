"""Who wrote an article, as its page shows it: a link, an element or a line near the title that names the author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from extractors.article.boilerplate import is_line, is_name, phrases
from extractors.article.bylines import before_author, is_label, is_office
from extractors.article.dates import read_moment, without_date
from extractors.article.html import holders, spaced_text_of, text_of
from extractors.article.markup import Marks, is_named
from extractors.article.metadata import Metadata
from extractors.article.title_words import is_part
from extractors.text import fold

__all__ = ["choose_author", "declared_author", "read_by", "read_name"]

_LINKED = etree.XPath(
    f"""{holders("//@rel[.='author']")} | //a[contains(@href,'/aut') or contains(@href,'/tac-gia/')] | $more"""
)
_SAID = etree.XPath(holders("//@itemprop[.='author']"))
_AUTHOR_PATH = re.compile(r"(?<!/)/(?:authors?|autor(?:e[ns]?|i)?|auteurs?|tac-gia)/", re.IGNORECASE)
_FOLLOWING = etree.XPath("following::text()[normalize-space()][not(parent::script or parent::style)][position() <= 24]")
_MARKED = etree.XPath("boolean(descendant-or-self::*[@rel='author'])")
_SHARED = 2  # elements above one that names an author within which others do
_NAMES = etree.XPath("""descendant::*[@rel='author' or @itemprop='name' or contains(@class,'author-name')
    or contains(@class,'author__name') or contains(concat(' ',@class,' '),' fn ')]""")
_LINKS = etree.XPath("descendant::a[@href]")
_PROFILE = re.compile(
    r"aut[eh]?[ou]r|profil|user|member|staff|person|redak|redac|journalist|writer|contribut|team|people", re.I
)
_HOST = re.compile(r"^(?:https?:)?//[^/]*")
_SKIPPED = frozenset(
    {"input", "img", "body", "article", "textarea", "button", "form", "time", "label", "figure", "nav"}
)
_INLINE = frozenset("a abbr b bdi cite em font i mark small span strong u".split())  # noqa: SIM905
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "td"})
_PROSE = 100  # characters of a paragraph that is more than a byline
_LEADS = 1  # long texts that a name may follow
_SENTENCE = 60  # of one that ends as a sentence
_SHARE = 0.5  # of a byline's text: less in a name is a sentence with the name in it
_SITE, _SITE_SHARE = 4, 0.5  # letters of a name that the host has too, and their share of the host's
_MOST = 8  # elements looked at on each side of the title
_AROUND = 5  # elements above one in which comments or other articles are looked for
_LONGEST = 200  # characters; an element with more is a whole biography
_NAME_SIZE, _NAME_WORDS, _BY_WORDS = 80, 9, 5
_CUT = re.compile(
    r"""\s*(?:[|·•»►]|\s[-–—]+(?:\s|$)|,?\s\(|,?\s*(?<!\w)\d|,\s(?=[a-zß-ÿ])|\s기자(?=$|\s)|\b(?:am|on|le|el|il|um|vom|den|in)\s+(?=\d)|\b\w+:|\b(?:Published|Updated
    |Veröffentlicht|Aktualisiert|Kategorien?|Posted|am|on)(?=\s*$|\s\d)).*""",
    re.VERBOSE | re.DOTALL,
)
_PARTED = re.compile(r"\s*[|·•/]\s*|\s[-–—]\s")
_FEWEST = 2  # words of a name that nothing else tells
_MORE = re.compile(  # what a link to an author's other articles says
    r"""(?<!\w)(?:all|more|view|read|search|see|alle|mehr|weitere|tous|toutes|plus|voir|xem|tất\scả|các|todos|más|tutti)
    \s(?:\w+\s){0,3}?(?:posts?|articles?|papers?|stories|artikel|beiträge|texte|bài\sviết|bài|artículos|articoli)(?!\w).*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_DAYS = re.compile(r"^(?:[^\W\d_]+,\s)?\d[\d\s.:/,-]*(?:Uhr)?\s*")
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}=*?!©[\]]|\w\.(?:com|de|at|ch|fr|net|org|vn|info|it|es|pl)\b")
_LABELS = frozenset(
    "author authors autor autorin autoren auteur autore name admin administrator redazione website homepage".split()  # noqa: SIM905
)


def choose_author(
    document: etree._Element,
    heading: etree._Element | None,
    marks: Marks,
    metadata: Metadata,
    host: str | None,
    properties: frozenset[str],
) -> str | None:
    """The persons that the page declares, else whom it shows near its title, else whom its `meta` names, unless that
    is the site itself. `properties`: those that any element of the page has."""
    people = _of_person(metadata.people, metadata, None)
    declared = people or _of_person(metadata.author, metadata, host)
    shown, sure = _shown(document, heading, marks, properties)
    if not declared or not shown:
        return declared or shown or declared_author(metadata, host)
    one, other = fold(declared), fold(shown)
    if one in other or other in one:  # with or without the site, or other authors
        return shown
    own = sure or is_part(declared, metadata.title)  # `meta` may name the site's owner, or the maker of its layout
    return shown if own and not people else declared


def declared_author(metadata: Metadata, host: str | None) -> str | None:
    """The persons, or else the office or company, that the page declares to have written the article, unless it is the
    site. A person may have a site of their own."""
    names = ((metadata.people, None), (metadata.author, host), (metadata.company, host))
    return next((name for one, site in names if (name := _without_site(one, metadata, site))), None)


def _of_person(author: str | None, metadata: Metadata, host: str | None) -> str | None:
    name = _without_site(author, metadata, host)
    return None if name and is_office(name) else name


def _without_site(author: str | None, metadata: Metadata, host: str | None) -> str | None:
    if not author or _NO_NAME.search(author):
        return None
    if fold(author) in _LABELS or fold(author) == fold(metadata.site or "") or _names_host(author, host):
        return None
    return before_author().sub("", author, count=1) if before_author().match(author) else author


def _names_host(author: str, host: str | None) -> bool:
    """Whether the letters of a name are most of a part of a host."""
    key = "".join(re.findall(r"\w+", fold(author)))
    labels = (host or "").replace("-", "").split(".")
    return len(key) >= _SITE and any(key in label and len(key) >= _SITE_SHARE * len(label) for label in labels)


def _shown(
    document: etree._Element, heading: etree._Element | None, marks: Marks, properties: frozenset[str]
) -> tuple[str | None, bool]:
    """Whom the elements nearest to the title name: those that their names say to, then links to an author; and whether
    an element is marked as the article's author, not named so."""
    said = _SAID(document) if "author" in properties else []
    linked = _LINKED(document, more=said if heading is None else [heading, *said])
    named = [e for e, groups in marks.items() if e is heading or "author" in groups or "about" in groups]
    near = [*_around(named, heading), *_around(linked, heading)]
    for element in near:
        if _is_author(element, marks) and _is_own(element) and (names := list(_names_in(element))):
            names += (name for other in _beside(element, near) for name in _names_in(other))
            return ", ".join(dict.fromkeys(names)), _MARKED(element)
    return read_by(t for e in near if len(t := spaced_text_of(e)) <= _LONGEST) or _after_label(heading), False


def _beside(element: etree._Element, near: list[etree._Element]) -> list[etree._Element]:
    """The elements of the same kind that share a short text with one that names an author: each names another."""
    kind = element.tag, element.get("class"), element.get("rel")
    alike = [e for e in near if e is not element and (e.tag, e.get("class"), e.get("rel")) == kind]
    if not alike:
        return []
    block = element
    for above, _ in zip(element.iterancestors(), range(_SHARED), strict=False):
        if len(spaced_text_of(above)) > _LONGEST:
            break
        block = above
    return [e for e in alike if block in e.iterancestors() and element not in e.iterancestors()]


def _is_author(element: etree._Element, marks: Marks) -> bool:
    says = element.get("rel") == "author" or "author" in (element.get("itemprop"), *marks.get(element, ()))
    return says or (element.tag == "a" and _AUTHOR_PATH.search(element.get("href", "")) is not None)


def _after_label(heading: etree._Element | None) -> str | None:
    """The name after a text that is only a word like "by", or in one with a date and such a word, after the title or
    the lead."""
    label, prose = None, 0
    for found in _FOLLOWING(heading) if heading is not None else ():
        text = found.strip(" \t\r\n\u00a0|·•–—-")
        prose += len(text) >= _PROSE
        if prose > _LEADS:
            return None
        if label is not None and (name := _by_name(text)):
            return _by_name(_line_of(label)) or name
        if len(text) < _PROSE and read_moment(text) and (name := read_by((text,)) or _name_beside_date(text)):
            return name
        label = found if is_label(text) else None
    return None


def _name_beside_date(line: str) -> str | None:
    """The name that a line has beside its date and other figures, parted from them, and nothing else."""
    words = [part for part in _PARTED.split(line) if part and not any(c.isdigit() for c in part)]
    name = words[0] if len(words) == 1 else ""
    if not _FEWEST <= len(name.split()) <= _BY_WORDS or name.isupper() or not is_name(name):
        return None
    is_day = all(word in phrases()["date_words"] for word in fold(name).split())
    return None if is_day or is_office(name) or is_line("sections", name) else name


def _by_name(text: str) -> str | None:
    name = read_name(text)
    return name if name and name[0].isupper() and len(name.split()) <= _BY_WORDS else None


def _line_of(text: etree._ElementUnicodeResult) -> str:
    """The short line that begins with a text; nothing where it is longer."""
    block = next((e for e in (text.getparent(), *text.getparent().iterancestors()) if e.tag not in _INLINE), None)
    line = spaced_text_of(block) if block is not None and not text.is_tail else ""
    return line if len(line) < _PROSE and line.startswith(text.strip()) else ""


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
        a for a in _LINKS(element) if _PROFILE.search(_HOST.sub("", a.get("href")))
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
    name = _CUT.sub("", _MORE.sub("", text)).strip(" ,;:–—-|/")
    if not 2 <= len(name) <= _NAME_SIZE or len(name.split()) > _NAME_WORDS or _NO_NAME.search(name):
        return None
    return None if fold(name) in _LABELS or not any(c.isalpha() for c in name) else name


def read_by(lines: Iterable[str]) -> str | None:
    """The author whom one of some short lines names after a word like "by", at its start or after a date."""
    for line in lines:
        for match in before_author().finditer(line):
            begins = not (before := line[: match.start()].rstrip()) or not before[-1].isalpha()
            if begins and (name := _by_name(line[match.end() :])):
                return name
    return None
