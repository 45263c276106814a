"""Bytes of a page -> a document: the charset from byte order mark, content, header and meta, parsed once with lxml."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from extractors.types import Page

__all__ = ["decode_page", "holders", "length", "parse_markup", "parse_page", "spaced_text_of", "text_of"]

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_META_WITHIN = 4096  # browsers look at 1,024 bytes; some old pages declare it below a licence comment
_VIETNAMESE = re.compile(rb"""lang\s*=\s*["']?vi\b|\.vn[/"'<\s]""", re.IGNORECASE)
# windows-1258 writes a tone as a byte of its own behind the vowel, which no other charset has in five kinds.
_TONES = re.compile(rb"[aeiouyAEIOUY\xc2\xca\xd4\xd5\xdd\xc3\xe2\xea\xf4\xf5\xfd\xe3]([\xcc\xd2\xde\xec\xf2])")
_TONE_KINDS, _TONE_SAMPLE = 4, 100_000  # of five kinds; bytes that are looked at
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FEW_ERRORS = 0.02  # UTF-8 cut in the middle of letters stays under it, another charset read as UTF-8 does not
_MOST_HOLDERS = 10_000  # elements; libxml2 takes quadratic time for the parents of many attributes
_TEXTS = etree.XPath(
    "descendant::text()[not(parent::script or parent::style or parent::noscript or parent::template)]",
    smart_strings=False,
)


def decode_page(content: bytes, charset: str | None = None) -> str:
    """The page as text. `charset` is what the HTTP header said; valid UTF-8 wins over a wrong declaration.

    Never raises: bytes that the charset does not know become U+FFFD.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if (zeros := content[:200].count(0)) > 40:  # UTF-16 without a mark: every second byte of ASCII markup is zero
        return content.decode("utf-16-le" if content[1:200:2].count(0) * 2 > zeros else "utf-16-be", "replace")
    declared = [name for name in (charset, _declared(content)) if name and _is_known(name)]
    if not any(name.lower().startswith(("iso-2022", "hz")) for name in declared):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    text = content.decode("utf-8", "replace")
    if text.count("\ufffd") <= _FEW_ERRORS * (len(text) - len(text.encode("ascii", "ignore"))):
        return text
    if len(set(_TONES.findall(content, 0, _TONE_SAMPLE))) >= _TONE_KINDS:
        return content.decode("cp1258", "replace")
    guess = "cp1258" if _VIETNAMESE.search(content[:20_000]) else "cp1252"
    name = next((name for name in declared if codecs.lookup(name).name != "utf-8"), guess)
    return content.decode(name, "replace")


def _declared(content: bytes) -> str | None:
    match = _META_CHARSET.search(content, 0, _META_WITHIN)
    return match[1].decode("ascii", "ignore") if match else None


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def parse_page(page: Page) -> etree._Element | None:
    """The root of the page's document without comments; None where there is no markup at all."""
    text = decode_page(page.content, page.charset).replace("\0", "")
    root, whole = parse_markup(text.encode("utf-8", "replace"))
    return root if whole else parse_markup(_flattened(text).encode("utf-8", "replace"))[0]


def parse_markup(markup: bytes) -> tuple[etree._Element | None, bool]:
    """The root of what UTF-8 markup holds, and whether all of it was read: the parser stops where elements are nested
    too deep."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    root = etree.fromstring(markup, parser)
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


_BOX = re.compile(
    r"<(/?)(?:div|section|article|main|center|blockquote|form|ul|ol|li|dl|dt|dd|table|tbody|tr|td|th)\b[^<>]*>", re.I
)
_DRESS = re.compile(r"</?(?:font|b|i|u|em|strong|span|big|small|ins|a)\b[^<>]*>", re.I)


def _flattened(text: str) -> str:
    """Markup of paragraphs alone: where hundreds of elements are never closed, how they are nested says nothing."""
    return _BOX.sub(r"<\1p>", _DRESS.sub("", text))


def holders(attributes: str) -> str:
    """The XPath of the elements with these attributes: quicker than asking every element for them."""
    return f"({attributes})[position() <= {_MOST_HOLDERS}]/.."


def text_of(element: etree._Element) -> str:
    """The text below an element on one line, without scripts."""
    return " ".join("".join(_TEXTS(element)).split())


def spaced_text_of(element: etree._Element) -> str:
    """The same with a space between the texts of any two elements: a name and a date stand in boxes side by side."""
    return _BEFORE_STOP.sub("", " ".join(" ".join(_TEXTS(element)).split()))


_BEFORE_STOP = re.compile(r"\s(?=[,;:.)])")
_DENSE = re.compile(r"[\u0e01-\u0e5b\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DENSE_SIZE = 2  # Chinese, Japanese, Korean and Thai say in one character what others say in two and more


def length(text: str) -> int:
    """How much a text says, in characters of an alphabet.

    >>> length("考芒乡硬化村道48.2公里"), length("Tin mới")
    (22, 7)
    """
    return len(text) if text.isascii() else len(text) + (_DENSE_SIZE - 1) * len(_DENSE.findall(text))
