"""The article's own part of a page -> its paragraphs, captions, rows of tables and pictures, with BeautifulSoup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PreformattedString, Tag
from lxml import etree

__all__ = ["LONGEST_CAPTION", "Block", "Picture", "read_blocks"]

Kind = Literal["paragraph", "heading", "item", "row", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `linked` is the share of its characters in links, `href` the address of its first link."""

    text: str
    kind: Kind
    linked: float = 0.0
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """`at` is the number of the block that follows the picture."""

    url: str
    at: int


_BLOCKS = frozenset(
    """
    address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption
    """.split()  # noqa: SIM905 (a list of single words is read more easily so)
)
_UNWRAPPED = _BLOCKS | {"x-layout"}
_LAYOUT = ("div", "section", "article", "main", "header", "figure")
_EMPTY = ("div", "p", "section", "header", "hr")  # say nothing without a text; a cell does in its row
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SILENT = frozenset({"script", "style", "head"})
_DRESS = tuple(
    """
    b strong span font u ins mark nobr wbr big small sub sup o:p bdi time label abbr code q picture source meta link
    """.split()  # noqa: SIM905
)
_KEPT = frozenset({"href", "align", "src", "data-src", "data-original", "data-lazy-src"})
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_CAPTION = re.compile(
    r"\b(?:img|image|photo|pic|picture|media)?[_-]?(?:caption|img[_-]?desc|image[_-]desc|pic[_-]?desc)\b", re.I
)
_CENTRE = re.compile(r"text-align:\s*center", re.IGNORECASE)
_WHITE = re.compile(r"[^\S\u00a0\u202f]+")
_BREAK = "\ufdd0"  # a line break while text is gathered: no character, no page holds it
_EDGE = " \u00a0\u202f" + _BREAK
_WRAPPED = re.compile(
    r"(?<=[^\W_]) ?\ufdd0 ?(?=[a-zà-öø-ÿăđĩũơưạ-ỹ])|(?<=,) ?\ufdd0 ?(?=\w)"
    r"|(?<=[a-zà-öø-ÿăđĩũơưạ-ỹ]) ?\ufdd0 ?(?=\d)(?!\d{1,2}(?:[.)/]\s|[./-]\d{1,2}[./-]\d))"
)  # a break inside a sentence
LONGEST_CAPTION = 400
_LONGEST_CELL = 120  # characters; a longer cell is layout


def read_blocks(element: etree._Element) -> tuple[list[Block], list[Picture]]:
    """The paragraphs below an element in their order, white space joined, and its pictures."""
    _simplify(element)
    markup = etree.tostring(element, encoding="unicode", method="html", with_tail=False).replace("<br>", _BREAK)
    walker = _Walker()
    walker.walk(BeautifulSoup(markup, builder=_Builder()), "paragraph", linked=False)
    walker.flush(None, "paragraph")
    return walker.blocks, walker.pictures


def _simplify(element: etree._Element) -> None:
    """Leaves only the tags and attributes that say something: BeautifulSoup's time goes with their number."""
    etree.strip_tags(element, *_DRESS)
    for one in element.iter(etree.Element):
        if not (given := dict(one.items())):
            continue
        if _CAPTION.search(given.get("class", "")):
            one.tag = "figcaption"
        if _CENTRE.search(given.get("style", "")):
            given["align"] = "center"
        one.attrib.clear()  # at once: a broken page has names that cannot be deleted one by one
        if kept := {name: value for name, value in given.items() if name in _KEPT}:
            one.attrib.update(kept)
    _unwrap(element)


def _unwrap(root: etree._Element) -> None:
    """Takes out white space between blocks, and layout around blocks that adds nothing to them."""
    for one in root.iter(*_BLOCKS):
        if one.text and not one.text.strip():
            one.text = None
        if one.tail and not one.tail.strip():
            one.tail = None
    for one in root.iter(*_EMPTY):
        if not (len(one) or one.text or one.tail) and one is not root and _is_between_blocks(one):
            one.tag = "x-layout"
    for one in root.iter(*_LAYOUT):
        if not one.text and one is not root and all(below.tag in _UNWRAPPED and not below.tail for below in one):
            one.tag = "x-layout" if len(one) else one.tag
    etree.strip_tags(root, "x-layout")


def _is_between_blocks(element: etree._Element) -> bool:
    """Whether nothing but a block, or the beginning of one, stands before an element: it parts no text from another."""
    before = element.getprevious()
    if before is not None:
        return before.tag in _BLOCKS and not before.tail
    parent = element.getparent()
    return parent.tag in _BLOCKS and not parent.text


class _Builder(LXMLTreeBuilder):
    """BeautifulSoup's own without namespaces, which no article has: lxml gives them to who takes them alone."""

    def start(self, tag: str, attrib: dict[str, str]) -> None:  # type: ignore[override]
        assert self.soup is not None  # while it is fed
        self.soup.handle_starttag(tag, None, None, dict(attrib))

    def end(self, tag: str) -> None:  # type: ignore[override]
        assert self.soup is not None
        self.soup.handle_endtag(tag)


class _Walker:
    """Gathers text until a block begins or ends, then makes a `Block` of it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._href: str | None = None

    def walk(self, tag: Tag, kind: Kind, *, linked: bool) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):  # comments, doctype
                    self._add(child, linked)
            elif isinstance(child, Tag):
                self._enter(child, kind, linked)

    def _add(self, text: str, linked: bool) -> None:
        self._pieces.append(text)
        if linked:
            self._linked += sum(len(line.strip()) for line in text.split(_BREAK))

    def _enter(self, tag: Tag, kind: Kind, linked: bool) -> None:
        name = tag.name
        if name == "br":
            self._pieces.append(_BREAK)
        elif name == "img":
            self._picture(tag)
        elif name == "table" and (rows := _data_rows(tag)):
            self.flush(None, kind)
            self.blocks += [Block(row, "row") for row in rows]
        elif name in _BLOCKS:
            own = _kind_of(tag, kind)
            self.flush(None, kind)
            self.walk(tag, own, linked=linked)
            self.flush(tag, own)
        elif name not in _SILENT:
            if name == "a" and self._href is None:
                self._href = _attribute(tag, "href")
            self.walk(tag, kind, linked=linked or name == "a")

    def _picture(self, tag: Tag) -> None:
        address = next((a for key in _SOURCES if (a := _attribute(tag, key)) and not a.startswith("data:")), None)
        if address:
            self.pictures.append(Picture(address, len(self.blocks) + any(piece.strip() for piece in self._pieces)))

    def flush(self, tag: Tag | None, kind: Kind) -> None:
        if not self._pieces:
            self._href = None
            return
        text = _WHITE.sub(" ", "".join(self._pieces))
        if text.strip(_EDGE):
            size = max(1, len(text.strip()) - text.count(" ") // 2)
            self._block(text, kind, tag, min(1.0, self._linked / size))
        self._pieces, self._linked, self._href = [], 0, None

    def _block(self, text: str, kind: Kind, tag: Tag | None, linked: float) -> None:
        if kind == "paragraph" and tag is not None and self._follows_picture() and _looks_like_caption(tag):
            kind = "caption"
        for line in _WRAPPED.sub(" ", text).split(_BREAK) if _BREAK in text else (text,):
            if line := line.strip():
                self.blocks.append(Block(line, kind, linked, self._href))

    def _follows_picture(self) -> bool:
        return bool(self.pictures) and self.pictures[-1].at == len(self.blocks)


def _attribute(tag: Tag, name: str) -> str | None:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value


def _kind_of(tag: Tag, kind: Kind) -> Kind:
    if kind == "caption":
        return kind
    if tag.name == "figcaption":
        return "caption"
    if tag.name in _HEADINGS:
        return "heading"
    if tag.name == "li":
        return "item"
    return kind if kind == "item" else "paragraph"


def _looks_like_caption(tag: Tag) -> bool:
    """A centred line, or one in italics from end to end, right after a picture."""
    text = tag.get_text().replace(_BREAK, "")
    if len(text) > LONGEST_CAPTION:
        return False
    centred = tag.get("align") == "center"
    italics = "".join(i.get_text() for i in tag.find_all(["em", "i"])).replace(_BREAK, "")
    return centred or (bool(text.strip()) and len(italics.strip()) >= len(text.strip()))


def _data_rows(table: Tag) -> list[str]:
    """The rows of a table that holds data, cells parted by ` | `; none where the table only lays out a page."""
    if table.find(["table", "img", "figure"]):
        return []
    rows = [_cells(row) for row in table.find_all("tr")]
    rows = [row for row in rows if any(row)]
    widths = {len(row) for row in rows}
    if len(rows) < 2 or max(widths, default=0) < 2 or any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return []
    return [" | ".join(cell for cell in row if cell) for row in rows]


def _cells(row: Tag) -> list[str]:
    return [_WHITE.sub(" ", cell.get_text(" ").replace(_BREAK, " ")).strip() for cell in row.find_all(["td", "th"])]
