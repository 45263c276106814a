"""What a Vietnamese name looks like, with and without diacritics."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from extractors.text import fold
from extractors.tokens import Tokens

# Onset and rime of a Vietnamese syllable without diacritics (after Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977).
_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx]"
_RIME = (
    "a[cimnopt]?|a[cn]h|ang|au|ay|e[cmnopt]?|eng|[eu]ch|enh|eu|i[mnptu]?|i[cn]h|ia|ie[cmnptu]|ieng|o[aecimnpt]?|o[ae][ceimnopty]"
    "|oach|oanh|oang|ong|oo[cn]|oong|u[aceimnptuy]?|ua[nty]|uang|uanh|uech|uenh|ue|ung|uo[cimnptu]|uong|uy[ant]?|uye[nt]|uych|uynh|uyu|y[nptu]?|y[cn]h|ye[mntu]"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_RIME})")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether the word can be one Vietnamese syllable, diacritics or not."""
    return _SYLLABLE.fullmatch(fold(word)) is not None


@lru_cache(maxsize=65_536)
def has_diacritics(word: str) -> bool:
    return fold(word) != word.lower()


# Ends that no Vietnamese or highland word has in Latin script: two consonants other than ng, nh, ch, nk, rk.
_FOREIGN_END = re.compile(r"[bcdfghjklmnpqrstvwxz]{2}$")
_LOCAL_END = ("ng", "nh", "ch", "nk", "rk", "rh", "kh", "th")
_GIVEN = 2  # words of a given name, behind a family name
_LONGEST_WORD = 7  # letters of the longest syllable, "nghiêng"; highland words in one piece are hardly longer


@lru_cache(maxsize=65_536)
def looks_local(word: str) -> bool:
    """Whether the word can be part of a Vietnamese or highland place name, diacritics or not (Brah, Pleiku, Đắk)."""
    plain = fold(word)
    if is_syllable(word) or has_diacritics(word) or "'" in plain:
        return True
    return len(plain) <= _LONGEST_WORD and (not _FOREIGN_END.search(plain) or plain.endswith(_LOCAL_END))


@cache
def _data() -> dict[str, Any]:
    with (Path(__file__).parent / "names.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _folded(key: str) -> frozenset[str]:
    """The names of one list, without diacritics."""
    return frozenset(fold(name) for name in _data()[key])


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Family names in small letters, the same without diacritics, and the prefixes of highland names."""
    names = _data()["surnames"].split()
    prefixes = tuple(prefix.lower() for prefix in _data()["prefixes"])
    return frozenset(name.lower() for name in names), frozenset(map(fold, names)), prefixes


@lru_cache(maxsize=65_536)
def is_surname(word: str, *, exact: bool) -> bool:
    """Whether the word is a family name of Vietnam, or begins a name of the highland peoples (H'Luin, K'Bin).

    `exact` asks for the right diacritics; without it they are folded.
    """
    exactly, folded, prefixes = _surnames()
    normal = word.replace("’", "'").lower()
    if any(normal.startswith(prefix) and len(normal) > len(prefix) for prefix in prefixes):
        return True
    return normal in exactly if exact else fold(normal) in folded


def is_highland(word: str) -> bool:
    """Whether the word is a whole name of the highlands with its prefix: H'Bong, K'Brểu; not M'gar, H'Mông."""
    head, _, rest = word.replace("’", "'").partition("'")
    return head in ("H", "K", "Y") and rest[:1].isupper() and fold(rest) not in ("mong", "re", "ho", "nong")


def is_ethnic_group(words: Sequence[str]) -> bool:
    """Whether the words name one of Vietnam's peoples (Ba Na, Cơ Tu), diacritics or not."""
    return fold(" ".join(words)) in _folded("peoples")


def is_country(words: Sequence[str]) -> bool:
    """Whether the words name a country (Việt Nam, Lào), diacritics or not."""
    return fold(" ".join(words)) in _folded("countries")


def is_initial(word: str) -> bool:
    """Whether the word is a sex or rank particle that begins highland names: Y Thoa, A Páo, Ka Brểu."""
    return word in _data()["initials"]


@lru_cache(maxsize=65_536)
def is_middle(word: str) -> bool:
    """Whether the word is the middle name of women, diacritics or not: Lò Thị Mai."""
    return fold(word) in _folded("middle")


def gender_of_name(words: Sequence[str]) -> Literal["female", "male", ""]:
    """The gender that a name alone tells: Lò Thị Mai, Tôn Nữ Hạnh, H'Bia Ksor, Ama H'Bia; empty for most."""
    folded = [fold(word.replace("’", "'")) for word in words]
    if folded[0] in _folded("fathers"):
        return "male"
    women = not _folded("women").isdisjoint(folded[:-1])
    return "female" if women or any(word.startswith(tuple(_data()["women_prefixes"])) for word in folded) else ""


def is_particle(word: str) -> bool:
    """Whether the small word can stand inside a foreigner's name: Jan van Dijk."""
    return word in _data()["particles"]


@lru_cache(maxsize=65_536)
def is_village_word(word: str) -> bool:
    """Whether names of villages begin with the word, in other languages, too: Ban Pa Not, Buôn Ma."""
    return fold(word) in _folded("villages")


@lru_cache(maxsize=65_536)
def is_highland_word(word: str) -> bool:
    """Whether names of places in the highlands begin with the word: Đắk, Ia, Kon."""
    return fold(word) in _folded("highland_words")


def capital_run(tokens: Tokens, start: int, limit: int) -> int:
    """Where the run of capitalised words that starts here ends; hyphens without blanks belong to it (Jun-ho)."""
    kinds = tokens.kinds
    end = min(limit, len(kinds))
    index = start
    while index < end:
        kind = kinds[index]
        if kind in "CU":
            index += 1
        elif kind == "-" and index > start and tokens.glued(index) and tokens.glued(index + 1):
            index += 2
        else:
            break
    return min(index, end)


def opens_name(tokens: Tokens, start: int, end: int) -> bool:
    """Whether one word is the family name of a person of three names, and not what it else means: [Đoàn] Hữu Chất."""
    if not tokens.pack.diacritics or end - start > 1:
        return False
    return is_surname(tokens.words[start], exact=True) and capital_run(tokens, end, end + _GIVEN + 1) - end == _GIVEN
