"""Text as the extractors see it: normalised, cut into sentences and tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import filterfalse

__all__ = ["bare", "fold", "normalise", "one_line", "split_sentences", "split_tokens"]

# Invisible characters go; debris of TCVN3 becomes the letter that it looks like: ƣ -> ư, Ð -> Đ.
_ODD = {"\u01a3": "\u01b0", "\u01a2": "\u01af", "\u00d0": "\u0110"} | dict.fromkeys(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad", ""
)
_ODD_ONE = re.compile(f"[{''.join(_ODD)}]")
_SPACES = re.compile(r"(?! \S)[^\S\n\u00a0\u202f]+")  # a plain space between words, most of it all, stays as it is
# Every other white space, written out so that the search for one is quick.
_ODD_SPACE = re.compile("[\t\v\f\r\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]")
_LINES = re.compile(r"\s*\n\s*")
_FOLD = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "’": "'", "‘": "'", "ʼ": "'"})


def normalise(text: str) -> str:
    """The text in NFC, a paragraph a line, without invisible characters and look-alike letters.

    No-break spaces stay, since they are part of how a figure was printed.
    """
    text = _ODD_ONE.sub(lambda odd: _ODD[odd[0]], unicodedata.normalize("NFC", text))
    if "  " in text or _ODD_SPACE.search(text):
        text = _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return (_LINES.sub("\n", text) if "\n" in text else text).strip()


def one_line(text: str | None) -> str | None:
    """The text normalised, its lines joined; None where nothing is left."""
    return normalise(text or "").replace("\n", " ") or None


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text in lower case without diacritics, for comparing names across editions.

    >>> fold("Lê Thanh Quân, Đắk Lắk")
    'le thanh quan, dak lak'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFD", text.translate(_FOLD).lower())
    return "".join(filterfalse(unicodedata.combining, text))


def bare(text: str) -> str:
    """The text without diacritics, in its own case.

    >>> bare("Lê Thanh Quân, Đắk Lắk")
    'Le Thanh Quan, Dak Lak'
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n")
_OPENERS = "\"'“‘«„([-–—•*+"


def split_sentences(text: str, abbreviations: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Where each sentence starts and ends, white space around it left out.

    A line end ends a sentence. A full stop does not after one of the `abbreviations` (with their
    stop, in any case), a single capital or a number, nor where a small letter follows.
    """
    known = {a.casefold() for a in abbreviations}
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match.group() != "\n" and not _ends(text, start, match, known):
            continue
        _add(spans, text, start, end)
        start = end
    _add(spans, text, start, len(text))
    return spans


def _ends(text: str, start: int, match: re.Match[str], known: set[str]) -> bool:
    following = text[match.end() :].lstrip(" \u00a0\u202f")[:2].lstrip(_OPENERS)
    if following[:1].islower():
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    word = text[max(start, match.start() - 20) : match.start()].split(" ")[-1].split("\n")[-1].lstrip(_OPENERS)
    if word.casefold() + "." in known or (len(word) == 1 and word.isupper()):
        return False
    return not (word.isdigit() and len(word) <= 2 and following[:1].isalpha() and start < match.start() - len(word))


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        spans.append((start + left, start + right))


_TOKEN = re.compile(r"https?://\S+|[nN]°|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|\d+(?:[.,/]\d+)*[^\W\d_]?(?![^\W_])|\d+|\n|\S")


def split_tokens(text: str, split_word: Callable[[str], int]) -> tuple[list[str], list[int]]:
    """The words, numbers and marks of the text and where each starts; white space but line ends left out.

    `split_word` gives where a word is cut in two (French l'|agriculture, English Huong|'s), or 0.
    """
    words: list[str] = []
    starts: list[int] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        words.append(word)
        starts.append(match.start())
        if ("'" in word or "’" in word) and (cut := split_word(word)):
            words[-1:] = word[:cut], word[cut:]
            starts.append(starts[-1] + cut)
    return words, starts
