"""When two spellings of a place name are the same name.

Two keys: `folded_key` for text without diacritics, `exact_key` for text that has them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..text import fold

__all__ = ["exact_key", "folded_key", "has_diacritics", "key_of_number", "key_of_word"]

_DASHES = re.compile(r"[\s\-‐‑–—]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
# Final consonants that no Vietnamese syllable has: the word is from another language of the country, and papers
# write its vowels with and without marks (Đắk, Đăk, Đak; Păh, Pah).
_FOREIGN_END = re.compile(r"(?:[bdfjklrsvwxz]|(?<!n)g|(?<![cn])h)$")
_FINAL_Y = re.compile(r"(?<=[hklmst])y$|(?<=^v)y$|(?<=^qu)y$")


@lru_cache(maxsize=65_536)
def folded_key(name: str) -> str:
    """The name in lower case without diacritics, spaces, hyphens and apostrophes, y and i, ac and ak made equal.

    >>> folded_key("Phan Rang - Tháp Chàm"), folded_key("Ea H’leo"), folded_key("Ha Noi"), folded_key("03")
    ('phanrangthapcham', 'eahleo', 'hanoi', '3')
    """
    return key_of_number("".join(map(key_of_word, name.split(" "))))


@lru_cache(maxsize=65_536)
def key_of_word(word: str) -> str:
    """The part of a name's key that one of its words is."""
    return "".join(map(_plain_end, _DASHES.split(fold(word).translate(_APOSTROPHES))))


def key_of_number(key: str) -> str:
    """The key of a name put together from those of its words: of a number without zeros before it."""
    return (key.lstrip("0") or "0") if key.isdecimal() else key


@lru_cache(maxsize=65_536)
def exact_key(name: str) -> str:
    """The name in lower case with its diacritics, its spelling variants made equal.

    Where the tone stands (hoà, hòa), i and y (Quí, Quý), names of the Central Highlands (Đắk, Đăk, Đắc).

    >>> exact_key("Khánh Hoà") == exact_key("Khánh Hòa"), exact_key("Krông Pắc") == exact_key("Krông Păk")
    (True, True)
    >>> exact_key("Hòa Bình") == exact_key("Hoa Bình")
    False
    """
    name = unicodedata.normalize("NFD", name.lower().translate(_APOSTROPHES))
    return " ".join(_syllable(s) for s in _DASHES.split(name) if s)


def has_diacritics(name: str) -> bool:
    """Whether a letter of the name is written with a diacritic."""
    return fold(name) != name.lower().replace("’", "'").replace("‘", "'").replace("ʼ", "'")


def _plain_end(syllable: str) -> str:
    if syllable.endswith("y"):
        return _FINAL_Y.sub("i", syllable)
    return syllable[:-1] + "k" if syllable.endswith("ac") else syllable


def _syllable(syllable: str) -> str:
    plain = syllable.translate(_TONES)
    base = fold(plain)
    if _FOREIGN_END.search(base):
        return base
    if plain.endswith("a\u0306c") and "\u0301" in syllable:
        return base[:-1] + "k"  # Đắc Lắc is Đắk Lắk
    tone = _TONE.search(syllable)
    return _FINAL_Y.sub("i", plain) + (tone.group() if tone else "")
