"""What the names of an element say that it is: its class and id, taken apart into words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from lxml import etree

from extractors.packs import read_settings

__all__ = ["is_named", "is_noise", "names_of"]

Group = Literal["noise", "other", "noise_alone", "teaser", "body", "author", "caption"]

_FILE = Path(__file__).parent / "markup.toml"
_GROUPS = frozenset({"noise", "other", "noise_alone", "teaser", "body", "author", "caption"})
# `field--label-hidden` says how a thing looks, `tag-kommentar` what an article is about, not what the element is.
_MODIFIER = re.compile(r"--[\w-]+|(?<!\S)(?:category|tag|topic)-(?!list|cloud)[\w-]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LINKED_HEADING = etree.XPath(
    "boolean(descendant::*[self::h2 or self::h3 or self::h4 or self::h5][ancestor::a or descendant::a])"
)
_KEPT = frozenset({"body", "html", "article", "main"})


@cache
def _pattern(group: Group) -> re.Pattern[str]:
    """Names in small letters are matched: patterns that ignore case take three times as long."""
    words = (
        re.escape(w).replace(r"\-", "[_-]?").replace(r"\*", r"\w*")
        for w in read_settings(_FILE, _GROUPS)[group].split()
    )
    start, end = (r"(?<!\S)", r"(?!\S)") if group == "noise_alone" else (r"(?:^|[\s_-])", r"(?=$|[\s_-])")
    return re.compile(f"{start}(?:{'|'.join(words)}){end}")


def names_of(element: etree._Element) -> str:
    """The class and id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


@lru_cache(maxsize=16384)  # the same names stand on every page of a site
def is_named(names: str, group: Group) -> bool:
    """Whether class and id have a word of the group.

    >>> is_named("post-relatedBox ", "other"), is_named("field--related-none ", "other")
    (True, False)
    """
    return len(names) > 1 and _pattern(group).search(_HUMP.sub("-", _MODIFIER.sub("", names)).lower()) is not None


def is_noise(element: etree._Element) -> bool:
    """Whether the element's class or id names a menu, a share bar, comments, advertising or the like."""
    if element.tag in ("aside", "form"):
        return True
    names = names_of(element)
    if element.tag not in _KEPT and any(is_named(names, group) for group in ("noise", "other", "noise_alone")):
        return True
    if is_named(names, "teaser") and _LINKED_HEADING(element):
        return True
    style = element.get("style")
    return bool(style and "display:none" in style.replace(" ", "")) or element.get("aria-hidden") == "true"
