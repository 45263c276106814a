"""How words are compared: small letters, tone marks in one place, endings taken off, cut at apostrophes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from extractors.text import fold

__all__ = ["make_norm", "make_splitter", "place_tone"]

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


_MOST_ENDINGS = 2  # Posten|s and Post|en are one stem


def make_norm(*, diacritics: bool, endings: list[str], shortest: int) -> Callable[[str], str]:
    """A function that gives the form under which a word is looked up.

    Small letters; without diacritics unless they count; the longest of the `endings` taken off, twice,
    where at least `shortest` letters stay.
    """
    ordered = tuple(sorted(endings, key=len, reverse=True))

    @lru_cache(maxsize=65_536)
    def norm(word: str) -> str:
        word = place_tone(word.lower().replace("’", "'").replace("ʼ", "'")) if diacritics else fold(word)
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
