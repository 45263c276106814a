"""What the names of an element say that it is: its class and id, taken apart into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from lxml import etree

from extractors.packs import read_settings

__all__ = ["Marks", "Names", "groups_in", "is_named", "is_noise", "mark", "read_names"]

Group = Literal["noise", "other", "noise_alone", "teaser", "body", "author", "caption", "date", "kicker", "about"]

Marks = dict[etree._Element, frozenset[str]]

_FILE = Path(__file__).parent / "markup.toml"
_GROUPS = frozenset({"noise", "other", "noise_alone", "teaser", "body", "author", "caption", "date", "kicker", "about"})
# `field--label-hidden` says how a thing looks, `tag-kommentar` what an article is about, not what the element is.
_MODIFIER = re.compile(r"--[\w-]+|(?<!\S)(?:category|tag|topic)-(?!list|cloud)[\w-]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LINKED_HEADING = etree.XPath(
    "boolean(descendant::*[self::h2 or self::h3 or self::h4 or self::h5][ancestor::a or descendant::a])"
)
_NONE: frozenset[str] = frozenset()
_NOISE = frozenset({"noise", "other", "noise_alone"})
_DIGITS = "0123456789"  # banner2 is a banner, post-1234 a post
_TITLES = ("h1", "h2")
_START = 3  # letters
_JOINED = 3  # parts of a name that make one word
_KEPT = frozenset({"body", "html", "article", "main"})


@cache
def _words() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], tuple[str, ...], frozenset[str]]:
    """Groups by word and by whole name, all without `-`; the beginnings of words that end in `*`; the first letters of
    the parts of a name that can begin a word."""
    words: dict[str, frozenset[str]] = {}
    alone: dict[str, frozenset[str]] = {}
    for group, text in read_settings(_FILE, _GROUPS).items():
        table = alone if group == "noise_alone" else words
        for word in text.replace("-", "").split():
            table[word] = table.get(word, frozenset()) | {group}
    beginnings = tuple(word[:-1] for word in words if word.endswith("*"))
    return words, alone, beginnings, frozenset(word[:end] for word in words for end in range(1, _START + 1))


def groups_of(element: etree._Element) -> frozenset[str]:
    """The groups of words that the class and id of an element have a word of."""
    name, key = element.get("class"), element.get("id")
    groups = groups_in(name) if name else _NONE
    return groups | groups_in(key) if key else groups


@lru_cache(maxsize=32768)  # the same names stand on every page of a site
def groups_in(names: str) -> frozenset[str]:
    """The groups of words that a class or id has a word of.

    >>> sorted(groups_in("post-relatedBox")), sorted(groups_in("field--related-none"))
    (['other'], [])
    """
    found = _NONE
    for name in names.split():
        if groups := _groups_in_name(name.rstrip(_DIGITS)):
            found |= groups
    return found


@lru_cache(maxsize=32768)  # and many of them on those of all sites
def _groups_in_name(name: str) -> frozenset[str]:
    words, alone, beginnings, starts = _words()
    if "-" in name:
        name = _MODIFIER.sub("", name)
    if not name.islower():
        name = _HUMP.sub("-", name).lower()
    name = name.replace("_", "-")
    found = alone.get(name, _NONE)
    parts = [part for part in name.split("-") if part]
    for at, part in enumerate(parts):
        if part[:_START] not in starts:
            continue
        for end in range(at + 1, min(at + _JOINED, len(parts)) + 1):
            found |= words.get("".join(parts[at:end]), _NONE)
        if part.startswith(beginnings):
            found = found.union(*(words[f"{start}*"] for start in beginnings if part.startswith(start)))
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """What a page calls its elements: those with a class or id, and headings, in document order; all classes, ids and
    properties."""

    elements: list[tuple[etree._Element, str | None, str | None]]
    classes: frozenset[str]
    ids: frozenset[str]
    properties: frozenset[str]


def read_names(document: etree._Element) -> Names:
    """The names of a page, by one look at each element: asking for them takes most of the time."""
    elements, classes, ids, properties = [], set(), set(), set()
    for element in document.iter(etree.Element):
        name, key, said = element.get("class"), element.get("id"), element.get("itemprop")
        if name or key:
            elements.append((element, name, key))
            classes.add(name)
            ids.add(key)
        elif element.tag in _TITLES:
            elements.append((element, None, None))
        if said:
            properties.add(said)
    return Names(elements, _words_of(classes), _words_of(ids), _words_of(properties))


def _words_of(names: set[str | None]) -> frozenset[str]:
    return frozenset(" ".join(filter(None, names)).split())


def mark(names: Names) -> Marks:
    """The groups of all elements that a group knows, in document order, headings among them with none."""
    marks: Marks = {}
    for element, name, key in names.elements:
        groups = groups_in(name) if name else _NONE
        if key:
            groups |= groups_in(key)
        if groups or element.tag in _TITLES:
            marks[element] = groups
    return marks


def is_named(element: etree._Element, group: Group) -> bool:
    """Whether class or id have a word of the group."""
    return group in groups_of(element)


def is_noise(element: etree._Element) -> bool:
    """Whether the element's class or id names a menu, a share bar, comments, advertising or the like."""
    if element.tag in ("aside", "form"):
        return True
    groups = groups_of(element)
    if groups and element.tag not in _KEPT and not groups.isdisjoint(_NOISE):
        return True
    if "teaser" in groups and _LINKED_HEADING(element):
        return True
    style = element.get("style")
    return bool(style and "display:none" in style.replace(" ", "")) or element.get("aria-hidden") == "true"
