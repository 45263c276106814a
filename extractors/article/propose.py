"""A page of an unknown site -> a proposal for its family file: selectors for each part, with how sure each is.

What the article is, general extraction says; what its parts are called, the page's own markup. A person reads the
proposal, keeps what is right and tries it on other pages of the site: one page cannot show what is the same on all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from extractors.article.dates import read_moment
from extractors.article.general import find_article, measure_prose
from extractors.article.headings import find_heading
from extractors.article.html import parse_page, text_of
from extractors.article.layout import between
from extractors.article.markup import is_noise
from extractors.article.metadata import Metadata, read_metadata
from extractors.article.read import read_article
from extractors.article.selectors import compile_selector
from extractors.text import fold
from extractors.types import Page

__all__ = ["Candidate", "propose_family", "write_family"]

_KEYS = ("recognise", "title", "lead", "body", "date", "author", "caption", "section", "tags", "remove")
_MOST = 3  # selectors a part; more only blur what the layout is
_LINE = 120  # characters: a date, a name, a section stand in short lines
_BODY_SHARE = 0.35  # of the prose: what has less below the heading is a paragraph or the lead
_WIDE_SHARE = 0.6  # of the prose, in an element that holds the heading too
_LEAD = 60  # characters: a lead is a sentence at least
_NUMBERED = re.compile(r"\d{4,}|[0-9a-f]{8,}")  # names that hold an id are of one article
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_GENERIC = frozenset(
    {"#content", "#main", ".content", ".main", ".container", ".col", ".row", ".text", ".body", ".detail"}
)
_AUTHOR = re.compile(r"author|byline|pseudonym|tac-?gia|nguoi-?viet|writer", re.IGNORECASE)
_CAPTION = re.compile(r"caption|image[_-]?desc|desc[_-]?image|photo[_-]?desc|chu-?thich", re.IGNORECASE)
_SECTION = re.compile(r"breadcrumb|bread-crumb|duong-?dan", re.IGNORECASE)
_TAGS = re.compile(r"(?:^|[\s_-])tags?(?:$|[\s_-])|keyword|tu-?khoa", re.IGNORECASE)
_NAMED = etree.XPath("descendant::*[@class or @id or @rel or @itemprop]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A selector for a part, how sure it is (0 to 1), and the start of what it finds."""

    selector: str
    sure: float
    sample: str


def propose_family(page: Page) -> dict[str, list[Candidate]]:
    """Candidates for every part of a family file, the surest first. Raises ValueError where there is no article."""
    document, pruned = parse_page(page), parse_page(page)
    if any(warning.code == "not_an_article" for warning in read_article(page).warnings):
        raise ValueError("the page is a list or an error page: give that of an article")
    if document is None or pruned is None:
        raise ValueError("no article is found on this page")
    metadata = read_metadata(document)
    heading = find_heading(document, metadata)
    main, sure = _find_body(pruned, metadata)
    bodies = list(_selectors(document, main)) if main.tag != "body" else []
    if not bodies:
        raise ValueError("the article's part of this page has no name that a selector could use")
    body = compile_selector(bodies[0])(document)[0]
    near = between(heading, body) if heading is not None else []
    proposal: dict[str, list[Candidate]] = {
        "title": _rank(document, [(heading, _title_sure(heading, metadata))] if heading is not None else []),
        "body": _rank(document, [(body, sure)]),
        "lead": _rank(document, _leads(near, metadata)),
        "date": _rank(document, _dates(document, near, metadata)),
        "author": _rank(document, _named(document, _AUTHOR, _author_sure(metadata))),
        "caption": _rank(body, _captions(body)),
        "section": _links(_rank(document, _named(document, _SECTION, lambda _: 0.8)), document),
        "tags": _links(_rank(document, _named(document, _TAGS, lambda _: 0.6)), document),
        "remove": _rank(body, ((e, 0.6) for e in body.iterdescendants(etree.Element) if is_noise(e)), most=10),
    }
    own = (c for part in ("body", "title", "date", "lead") for c in proposal[part])
    proposal["recognise"] = [c for c in own if c.selector not in _GENERIC and re.search(r"[.#]", c.selector)][:_MOST]
    return {key: proposal[key] for key in _KEYS}


def write_family(proposal: dict[str, list[Candidate]], *, url: str | None, lead_in_body: bool = False) -> str:
    """The proposal as the text of a family file, with how sure each selector is in comments."""
    address = _address(url)
    lines = [
        f"note = {_quoted('Proposed from ' + (url or 'a file') + '. How do addresses look, what is odd?')}",
        f"addresses = [{_literal(address) if address else ''}]",
        "paging = []",
        'valid_until = ""',
        f"options = [{_quoted('lead_in_body') if lead_in_body or not proposal['lead'] else ''}]",
    ]
    for key, candidates in proposal.items():
        lines += [f"# {key} {c.sure:.2f} {c.selector}: {c.sample}" for c in candidates]
        lines.append(f"{key} = [{', '.join(_quoted(c.selector) for c in candidates)}]")
    return "\n".join(lines) + "\n"


# --- what each part is -----------------------------------------------------------------------------

Weighed = tuple[etree._Element, float]


def _find_body(pruned: etree._Element, metadata: Metadata) -> tuple[etree._Element, float]:
    """The element with the body and its share of the page's prose. Raises ValueError.

    The heading is not in it, unless the paragraphs stand beside the heading, without an element of their own.
    """
    found, heading = find_article(pruned), find_heading(pruned, metadata)
    if found is None:
        raise ValueError("no article is found on this page")
    prose, best = measure_prose(found.element), found.element
    if heading is not None and heading in prose:
        above = [element for element in heading.iterancestors() if element in prose]
        order = list(prose)
        after = [e for e in order[order.index(heading) :] if list(_names(e)) and not _is_inside_noise(e)]
        wide = [element for element in above if list(_names(element)) and prose[element] >= _WIDE_SHARE * prose[best]]
        narrow = max(reversed(after), key=prose.__getitem__, default=best)  # of equals the innermost
        if prose[narrow] >= _BODY_SHARE * prose[best]:
            best = narrow
        elif wide:
            best = wide[0]
    return best, round(min(0.95, prose[best] / (found.page_prose or 1)), 2)


def _is_inside_noise(element: etree._Element) -> bool:
    return is_noise(element) or any(is_noise(above) for above in element.iterancestors())


def _title_sure(heading: etree._Element, metadata: Metadata) -> float:
    shown = fold(text_of(heading))
    return 0.98 if any(shown in fold(said) for said in (metadata.headline, metadata.title) if said) else 0.6


def _leads(near: Iterable[etree._Element], metadata: Metadata) -> Iterator[Weighed]:
    """The paragraphs between title and body, surer where the page gives the same as its description."""
    start = fold(metadata.description or "")[:_LEAD]
    for outer in near:
        for element in outer.iter(etree.Element):
            text = text_of(element)
            if len(text) >= _LEAD and len(element) <= 2 and not _is_inside_noise(element):
                yield element, 0.95 if len(start) == _LEAD and start in fold(text) else 0.5


def _dates(document: etree._Element, near: list[etree._Element], metadata: Metadata) -> Iterator[Weighed]:
    """Short lines with a date, surer between title and body and where the page declares the same day."""
    declared = read_moment(metadata.date) if metadata.date else None
    inside = {below for element in near for below in element.iter(etree.Element)}
    for element in document.iter("time", "span", "div", "p", "li", "em", "i", "small"):
        text = element.get("datetime") or text_of(element)
        moment = read_moment(text) if 0 < len(text) < _LINE and len(element) <= 2 else None
        if moment is None:
            continue
        agrees = declared is not None and declared[0][:10] == moment[0][:10]
        timed = 0.1 * (moment[1] == "minute")
        sure = 0.2 + 0.4 * (element in inside) + 0.25 * agrees + timed
        if sure > 0.4:
            yield element, sure


def _author_sure(metadata: Metadata) -> Callable[[etree._Element], float]:
    said = fold(metadata.author or "")
    return lambda element: 0.9 if said and said in fold(text_of(element)) else 0.5


def _named(
    document: etree._Element, pattern: re.Pattern[str], sure: Callable[[etree._Element], float]
) -> Iterator[Weighed]:
    """Elements whose class, id, rel or itemprop says what they are, with a short text."""
    for element in _NAMED(document):
        names = " ".join(filter(None, map(element.get, ("class", "id", "rel", "itemprop"))))
        if pattern.search(names) and 0 < len(text_of(element)) < _LINE:
            yield element, sure(element)


def _captions(body: etree._Element) -> Iterator[Weighed]:
    for element in body.iter("figcaption"):
        yield element, 0.9
    yield from _named(body, _CAPTION, lambda _: 0.8)


def _links(candidates: list[Candidate], document: etree._Element) -> list[Candidate]:
    """The links below what was found, or the found elements that are links themselves."""
    found = []
    for one in candidates:
        css = one.selector if re.match(r"a\b", one.selector) else f"{one.selector} a"
        if compile_selector(css)(document):
            found.append(Candidate(css, one.sure, one.sample))
    return found


# --- how it is called ------------------------------------------------------------------------------


def _rank(document: etree._Element, weighed: Iterable[Weighed], most: int = _MOST) -> list[Candidate]:
    """The surest selectors for these elements: those that find nothing else, or nothing else before."""
    best: dict[str, Candidate] = {}
    for element, weight in weighed:
        for css in list(_selectors(document, element))[:2]:
            found = compile_selector(css)(document)
            sure = round(weight * (0.6 if found[0] is not element else 0.9 if len(found) > 1 else 1.0), 2)
            if css not in best or best[css].sure < sure:
                best[css] = Candidate(css, sure, text_of(element)[:60])
    return sorted(best.values(), key=lambda candidate: -candidate.sure)[:most]


def _selectors(document: etree._Element, element: etree._Element) -> Iterator[str]:
    """Selectors that find an element like this one, the most telling first."""
    own, parent = list(_names(element)), element.getparent()
    above = list(_names(parent)) if parent is not None else []
    bare = [element.tag] if element.tag in ("h1", "figcaption") else []
    counted = [(len(compile_selector(css)(document)), css) for css in (*own, *bare)]
    yield from (css for count, css in counted if count == 1)
    inner = [f"{outer} > {element.tag}" for outer in above[:2]]
    yield from (css for css in inner if len(compile_selector(css)(document)) == 1)
    yield from (css for count, css in counted if count > 1)


def _names(element: etree._Element) -> Iterator[str]:
    """`[itemprop=…]`, `#id`, `tag.class.class`, `.class`, without names that hold an article's id."""
    if (item := element.get("itemprop")) and _NAME.fullmatch(item):
        yield f"[itemprop={item}]"
    if _is_name(element.get("id")):
        yield f"#{element.get('id')}"
    classes = [name for name in (element.get("class") or "").split() if _is_name(name)]
    if len(classes) > 1:
        yield "".join(f".{name}" for name in classes[:2])
    yield from (f"{element.tag}.{name}" for name in classes[:2])


def _is_name(name: str | None) -> bool:
    return bool(name and _NAME.fullmatch(name) and not _NUMBERED.search(name))


def _address(url: str | None) -> str | None:
    """How the path of an article looks: its slug and its number left open."""
    last = urlsplit(url or "").path.rstrip("/").rpartition("/")[2]
    match = re.search(r"^(.*?)([-_]?)([a-z]*)(\d{4,})(\.\w{2,5})?$", last)
    if match is None:
        return None
    return rf"/[^/]+{re.escape(match[2])}{match[3]}\d+{re.escape(match[5] or '')}/?$"


def _quoted(text: str) -> str:
    return '"' + re.sub(r'[\x00-\x1f"\\]', " ", text) + '"'


def _literal(text: str) -> str:
    return f"'{text}'"
