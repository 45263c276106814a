"""Photo credits, alone and at the end of captions."""

from __future__ import annotations

import re
from functools import cache

from extractors.article.boilerplate import UPPER, any_of, is_line, is_name, phrases

__all__ = ["is_credit", "strip_credit"]


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(
        rf"""(?:^|(?<=[.!?…"”])|\s*[(\[]|\s[-–—|]|\s)\s*(?:{any_of("credits")})\s?[:/]\s?(?P<name>(?:[^.:;]|(?<=\b[{UPPER}])\.){{1,60}}?)[)\]]?\s*\.?$""",
        re.VERBOSE,
    )


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"""(?:(?<=[.!?…"”])\s*|\s*[(\[]|\s[-–—|]\s)(?:{any_of("notes")})[)\]]?\s*\.?$""", re.IGNORECASE)


@cache
def _note_ends() -> tuple[str, ...]:
    return tuple({note.split()[-1].casefold() for note in phrases()["notes"]})


def is_credit(line: str) -> bool:
    """Whether a line is a photo credit alone. A caption that begins with `Photo:` is none.

    >>> is_credit("Ảnh: Quốc Việt"), is_credit("Photo: Ms. Mai (left) and members sort berries.")
    (True, False)
    """
    match = _credit().match(line)
    return is_line("credits", line) or (match is not None and is_name(match["name"]))


def strip_credit(caption: str) -> str:
    """A caption without the photographer at its end, or the word that it is a file photo.

    >>> strip_credit("Lãnh đạo xã thăm mô hình trồng chè. Ảnh: Thu Hà"), strip_credit("Chè xuân (Ảnh tư liệu)")
    ('Lãnh đạo xã thăm mô hình trồng chè.', 'Chè xuân')
    """
    start = max(0, len(caption) - _CREDIT_SIZE)
    if caption.rstrip(" )].").casefold().endswith(_note_ends()):
        note = _note().search(caption, start)
        if note and note.start():
            return caption[: note.start()]
    if ":" not in caption[start:] and "/" not in caption[start:]:
        return caption
    match = _credit().search(caption, start)
    if match is None or not match.start() or not is_name(match["name"]):
        return caption
    return caption[: match.start()].rstrip(" -–—|([")


_CREDIT_SIZE = 100  # characters at the end of a caption within which its credit stands
