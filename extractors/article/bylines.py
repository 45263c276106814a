"""Lines and words that name an author."""

from __future__ import annotations

import re
from functools import cache

from extractors.article.boilerplate import LONGEST, UPPER, any_of, is_name, pattern, phrases
from extractors.article.dates import read_moment

__all__ = ["before_author", "is_label", "is_office", "is_stamp", "read_byline"]


@cache
def _byline() -> re.Pattern[str]:
    several = "|".join(pattern(p) for p in phrases()["bylines"] if len(p.split()) > 1)  # "Bài, ảnh Thu Hà"
    return re.compile(rf"(?:(?:{any_of('bylines')})\s?[:\uff1a]\s?|(?:{several})\s)(?P<name>.{{2,80}})", re.IGNORECASE)


_NOTED = re.compile(
    r"(?P<name>.{2,60}?)\s?\((?:tổng hợp|thực hiện|ghi|lược ghi|biên tập|theo [^)]*|t/h|st)\)", re.IGNORECASE
)
_AFTER = re.compile(r"\(?(?:Theo|Laut|Selon|According to)\s(?P<name>[^.:()]{2,40})\)?")
_HOLDER = re.compile(r"(?P<name>[^\s,–—-]+(?:\s[^\s,–—-]+){1,4})\s?[,–—-]\s(?P<office>[^.!?:]+)")  # with the office
_INITIALS = re.compile(rf"[{UPPER}]{{1,3}}(?:\.\s?[{UPPER}]{{1,3}})*\.?|[Pp]hóng viên|CTV|P\.V")


def read_byline(line: str) -> str | None:
    """The author whom a line of its own names; None where it is no byline.

    >>> read_byline("Bài, ảnh: Thu Hà – Văn Nam"), read_byline("MAI LAN"), read_byline("Cả xã vui.")
    ('Thu Hà – Văn Nam', 'MAI LAN', None)
    """
    line = line.strip().removesuffix("./.").strip()
    if line.startswith("(") and line.endswith(")") and "(" not in line[1:]:
        line = line[1:-1].strip()
    if len(line) > LONGEST // 2 or not line:
        return None
    for form in (_byline(), _NOTED, _AFTER):
        if (match := form.fullmatch(line)) and is_name(match["name"]):
            return match["name"].strip(" .")
    if _INITIALS.fullmatch(line):
        return line
    if (held := _HOLDER.fullmatch(line)) and is_office(held["office"]) and is_name(held["name"]):
        return held["name"]
    return line if len(line.split()) > 1 and is_name(line) else None


def is_office(name: str) -> bool:
    """Whether a name is that of an office, a paper or its editors.

    >>> is_office("Ban Biên tập"), is_office("Bảo Châu")
    (True, False)
    """
    return _office().match(name) is not None


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('offices')})(?!\w)", re.IGNORECASE)


_PARTED = re.compile(r"\s[|·•]\s")  # no sentence has such signs between its words
_STAMP, _STAMP_WORDS = 160, 28  # characters, and words without the date, of a line with date and author


def is_stamp(line: str) -> bool:
    """Whether a line is the date of publication, or the author after a word like "by", with other notes perhaps.

    >>> is_stamp("Von Ruth Amsel | 3. Mai 2024 | 12 Kommentare"), is_stamp("Am 3. Mai 2024 kam Ruth.")
    (True, False)
    """
    if len(line) > _STAMP:
        return False
    if _PARTED.search(line) and len(line.split()) <= _STAMP_WORDS and read_moment(line):
        return True
    if line[-1:] in ".!?…:;,":
        return False
    author = before_author().match(line)
    if author and len(line) <= _STAMP // 2 and is_name(line[author.end() :]):
        return True
    if not (author or _stamp_start().match(line)) or read_moment(line) is None:
        return False
    return len(line.split()) <= _STAMP_WORDS


@cache
def _stamp_start() -> re.Pattern[str]:
    return re.compile(
        rf"[\W_]*(?:\d{{1,4}}[./:-]\s?\d|\d{{1,2}}\s\w+\.?,?\s\d{{4}}|(?:{any_of('announced')}|{any_of('changed')})\b)",
        re.IGNORECASE,
    )


def is_label(text: str) -> bool:
    """Whether a text is only a word like "by", that a name follows."""
    return before_author().fullmatch(f"{text} ") is not None


@cache
def before_author() -> re.Pattern[str]:
    """The words before an author's name, to be looked for before a name that follows with or without a colon."""
    return re.compile(rf"(?:{any_of('by')})(?:\s*[:\uff1a]\s*|\s+)", re.IGNORECASE)
