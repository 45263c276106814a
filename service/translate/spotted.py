"""Names that a text has, told by their letters and syllables alone: for languages whose names no pack finds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from extractors.checks.renamed import NAME, NOUNS_HAVE_CAPITALS
from extractors.names import is_surname, is_syllable
from extractors.packs import languages

__all__ = ["spot_names"]

# The letters that a language has besides a to z and shares with Vietnamese: in it they tell nothing.
_OWN = {
    "de": "",
    "en": "éèêàáíóô",
    "es": "áéíóúñ",
    "fr": "àâèéêôùîû",
    "it": "àèéìíòóùú",
    "nl": "éèêáíóúàô",
    "pt": "áâãàéêíóôõú",
}
_NOWHERE_ELSE = "ơưđ"  # beside U+1EA0 to U+1EF9, in the languages whose letters are not listed
_VIETNAMESE = "àáâãèéêìíòóôõùúýăđĩũơư"
_HIGHLAND = ("H'", "H’", "K'", "K’")  # what the names of women of the highlands begin with
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STOP = re.compile(r"[.!?:;…\n]\W*$|^\W*$")


def spot_names(text: str, language: str) -> tuple[str, ...]:
    """Words with Vietnamese letters, with the capitalised syllables beside them, and several such syllables in a row;
    surnames without the names before them. None in Vietnamese, where every word looks so.

    >>> spot_names("A vila de Mường Thanh e o Decreto 178/2024/NĐ-CP. Em Mau Son faz frio.", "pt")
    ('Mường Thanh', 'NĐ-CP', 'Mau Son')
    """
    if language == "vi":
        return ()
    text = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys([*_spot(text, language), *_surnames(text, language)]))


def _surnames(text: str, language: str) -> Iterator[str]:
    """The last word of a name, where it stands alone elsewhere and is no common word of the text (João Leite: Leite).

    A language pack finds these by itself.
    """
    if language in NOUNS_HAVE_CAPITALS or language in languages():
        return
    words = list(_WORD.finditer(text))
    common = {word.group() for word in words}
    runs = [match.span() for match in NAME.finditer(text)]
    lasts = {text[start:end].rpartition(" ")[2] for start, end in runs}
    inside = {end for start, end in runs if not _opens_run(text, start, end)}
    for word in words:
        if word.group() in lasts and word.end() not in inside and word.group().lower() not in common:
            yield word.group()


def _opens_run(text: str, start: int, end: int) -> bool:
    """Whether the run is a sentence's first word and one more, of which only that may be a name (Segundo Leite)."""
    return text[start:end].count(" ") == 1 and _opens(text, start) and text.count(text[start:end]) == 1


def _spot(text: str, language: str) -> Iterator[str]:
    strange = _strange_letters(language)
    for run in _runs(text, strange):
        sure = [_has(strange, word.group()) or word.group()[:2] in _HIGHLAND for word in run]
        first = 0
        if _opens(text, run[0].start()) and not is_surname(run[0].group(), exact=False):
            first = sure.index(True) if any(sure) else 1
        if any(sure) or (len(run) - first > 1 and language not in NOUNS_HAVE_CAPITALS):
            yield text[run[first].start() : run[-1].end()]


def _strange_letters(language: str) -> re.Pattern[str]:
    own = _OWN.get(language)
    letters = _NOWHERE_ELSE if own is None else "".join(c for c in _VIETNAMESE if c not in own)
    return re.compile(f"[{letters}\u1ea0-\u1ef9]")


def _has(strange: re.Pattern[str], word: str) -> bool:
    return strange.search(word.lower()) is not None


def _runs(text: str, strange: re.Pattern[str]) -> Iterator[list[re.Match[str]]]:
    """Words that may be parts of one name, with a space between each two."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        fits = _may_be_name(word.group()) or _has(strange, word.group())
        if run and not (fits and text[run[-1].end() : word.start()] == " "):
            yield run
            run = []
        if fits:
            run.append(word)
    if run:
        yield run


def _may_be_name(word: str) -> bool:
    """A capitalised Vietnamese syllable (Thanh), or a word cut as highland names are (H'Yam)."""
    return word[0].isupper() and (is_syllable(word) or word[1:2] in ("'", "’"))


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins with the word there, whose capital then says nothing."""
    return _STOP.search(text, max(0, at - 4), at) is not None
