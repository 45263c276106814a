"""Who wrote and who photographed: bylines and photo credits."""

from __future__ import annotations

import re
from functools import cache

from extractors.article.phrases import LONGEST, any_of, is_line, pattern, phrases

__all__ = ["is_credit", "read_byline", "strip_credit"]

_UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ"


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(
        rf"""(?:^|(?<=[.!?…"”])|\s*[(\[]|\s[-–|]|\s)\s*(?:{any_of("credits")})\s?[:/]\s?(?P<name>(?:[^.:;]|(?<=\b[{_UPPER}])\.){{1,60}}?)[)\]]?\s*\.?$""",
        re.VERBOSE,
    )


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"""(?:(?<=[.!?…"”])\s*|\s*[(\[]|\s[-–|]\s)(?:{any_of("notes")})[)\]]?\s*\.?$""", re.IGNORECASE)


def is_credit(line: str) -> bool:
    """Whether a line is a photo credit alone. A caption that begins with `Photo:` is none.

    >>> is_credit("Ảnh: Quốc Việt"), is_credit("Photo: Ms. Mai (left) and members sort berries.")
    (True, False)
    """
    match = _credit().match(line)
    return is_line("credits", line) or (match is not None and _is_name(match["name"]))


def strip_credit(caption: str) -> str:
    """A caption without the photographer at its end, or the word that it is a file photo.

    >>> strip_credit("Lãnh đạo xã thăm mô hình trồng chè. Ảnh: Thu Hà"), strip_credit("Chè xuân (Ảnh tư liệu)")
    ('Lãnh đạo xã thăm mô hình trồng chè.', 'Chè xuân')
    """
    if (note := _note().search(caption, max(0, len(caption) - _CREDIT_SIZE))) and note.start():
        return caption[: note.start()]
    match = _credit().search(caption, max(0, len(caption) - _CREDIT_SIZE))
    if match is None or not match.start() or not _is_name(match["name"]):
        return caption
    return caption[: match.start()].rstrip(" -–|([")


_CREDIT_SIZE = 100  # characters at the end of a caption within which its credit stands
_NAME_WORD = re.compile(
    rf"[{_UPPER}][\w.’'-]*|[-–&/+,|]|tư|liệu|minh|họa|hoạ|internet|via|và|und|and|et|cung|cấp|phát|báo|do|dpa|st"
)
_MOST_WORDS = 7  # "Thanh Thủy, Hoàng Ngọc - CTV"; a caption's sentence has more, or small letters


def _is_name(text: str) -> bool:
    words = text.replace("/", " / ").split()
    return 0 < len(words) <= _MOST_WORDS and all(
        _NAME_WORD.fullmatch(word.strip(",()")) for word in words if word != ","
    )


@cache
def _byline() -> re.Pattern[str]:
    several = "|".join(pattern(p) for p in phrases()["bylines"] if len(p.split()) > 1)  # "Bài, ảnh Thu Hà"
    return re.compile(rf"(?:(?:{any_of('bylines')})\s?[::]\s?|(?:{several})\s)(?P<name>.{{2,80}})", re.IGNORECASE)


_NOTED = re.compile(
    r"(?P<name>.{2,60}?)\s?\((?:tổng hợp|thực hiện|ghi|lược ghi|biên tập|theo [^)]*|t/h|st)\)", re.IGNORECASE
)
_AFTER = re.compile(r"\(?(?:Theo|Laut|Selon|According to)\s(?P<name>[^.:()]{2,40})\)?")
_INITIALS = re.compile(rf"[{_UPPER}]{{1,3}}(?:\.\s?[{_UPPER}]{{1,3}})*\.?|[Pp]hóng viên|CTV|P\.V")


def read_byline(line: str) -> str | None:
    """The author whom a line of its own names; None where it is no byline.

    >>> read_byline("Bài, ảnh: Thu Hà – Văn Nam"), read_byline("MAI LAN"), read_byline("Cả xã vui.")
    ('Thu Hà – Văn Nam', 'MAI LAN', None)
    """
    line = line.strip().removesuffix("./.").strip()
    if len(line) > LONGEST // 2 or not line:
        return None
    for form in (_byline(), _NOTED, _AFTER):
        if (match := form.fullmatch(line)) and _is_name(match["name"]):
            return match["name"].strip(" .")
    if _INITIALS.fullmatch(line):
        return line
    return line if len(line.split()) > 1 and _is_name(line) else None
