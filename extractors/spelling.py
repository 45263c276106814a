"""How words are compared: small letters, tone marks in one place, endings taken off, cut at apostrophes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from extractors.text import fold

__all__ = ["Look", "make_look", "make_norm", "make_splitter", "place_tone"]

_KINDS = {"\n": "\n", ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "-": "-", "–": "-", "—": "-", "/": "/"}


class Look(NamedTuple):
    """What is seen of a word at once: its kind, the forms under which it is looked up, the lists that it stands in."""

    kind: str
    norm: str
    plain: str
    lists: frozenset[str]


def word_kind(word: str) -> str:
    """C capitalised, U capitals (two letters or more), w small, n number, a mark of _KINDS itself, else a full stop."""
    if word in _KINDS:
        return _KINDS[word]
    first = word[0]
    if first.isdecimal():
        return "n"
    if not first.isalpha():
        return "."
    if not first.isupper():
        return "w"
    return "U" if len(word) > 1 and word.isupper() else "C"


def make_look(
    norm: Callable[[str], str], plain: Callable[[str], str], lists: Callable[[str, str], frozenset[str]]
) -> Callable[[str], Look]:
    """A function that gives all of a word that its language makes of it, remembered together; `lists` gives those of a
    word by its two forms."""

    @lru_cache(maxsize=65_536)
    def look(word: str) -> Look:
        normal, bare = norm(word), plain(word)
        return Look(word_kind(word), normal, bare, lists(normal, bare))

    return look


_TONES_MOVED = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)


def place_tone(word: str) -> str:
    """A Vietnamese syllable in small letters with its tone mark where most papers put it (hoà -> hòa, uỷ -> ủy)."""
    moved = _TONES_MOVED.get(word[-2:])
    return word[:-2] + moved if moved and word[-3:-2] != "q" else word


_PLACED = {placed: moved for moved, placed in _TONES_MOVED.items()}
_PLACED_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_PLACED)})(?!\w)")


def tone_spellings(phrase: str) -> tuple[str, ...]:
    """A Vietnamese phrase in both ways of placing tone marks: "hóa" and "hoá", "thủy" and "thuỷ"."""
    other = _PLACED_TONE.sub(lambda rhyme: _PLACED[rhyme[0]], phrase)
    return (phrase,) if other == phrase else (phrase, other)


@lru_cache(maxsize=65_536)
def _spelled(word: str) -> str:
    """The word in small letters, the tone mark and the apostrophe as most write them."""
    return place_tone(word.lower().replace("’", "'").replace("ʼ", "'"))


_MOST_ENDINGS = 2  # Posten|s and Post|en are one stem


def make_norm(*, diacritics: bool, endings: list[str], shortest: int) -> Callable[[str], str]:
    """A function that gives the form under which a word is looked up.

    Small letters; without diacritics unless they count; the longest of the `endings` taken off, twice,
    where at least `shortest` letters stay.
    """
    ordered = tuple(sorted(endings, key=len, reverse=True))
    bare = _spelled if diacritics else fold
    if not endings:
        return bare

    @lru_cache(maxsize=65_536)
    def norm(word: str) -> str:
        word = bare(word)
        for _ in range(_MOST_ENDINGS):
            if not word.endswith(ordered):
                return word
            fitting = (e for e in ordered if word.endswith(e) and len(word) - len(e) >= shortest)
            ending = next(fitting, None)
            if ending is None or word.endswith("ss"):
                return word
            word = word[: -len(ending)]
        return word

    return norm


def make_splitter(elisions: tuple[str, ...], *, possessive: bool) -> Callable[[str], int]:
    """A function that gives where an apostrophe cuts a word in two, or 0 where it belongs to a name (H'Luin)."""
    heads = frozenset(elisions)

    def split_word(word: str) -> int:
        normal = word.replace("’", "'")
        if possessive and normal[-2:] in ("'s", "'S"):
            return len(word) - 2
        cut = normal.find("'") + 1
        head = normal[: cut - 1]
        if cut and head.lower() in heads and not (head in ("M", "T", "S") and word[cut : cut + 1].isupper()):
            return cut
        return 0

    return split_word
