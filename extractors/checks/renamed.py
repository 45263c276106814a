"""Names of several words of which a translation kept some and put others into its language (Hope Bias)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extractors.checks.losses import Loss
from extractors.text import bare

__all__ = ["NAME", "NOUNS_HAVE_CAPITALS", "find_renamed"]

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]*[^\W\d_A-ZÀ-ÖØ-Þ](?:-[^\W\d_]+)?"
# Two capitalised words or more.
NAME = re.compile(rf"(?<![\w-]){_CAPITAL}(?: {_CAPITAL})+(?![\w-])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?:;…“\"«(])\s*$")
NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})


@cache
def _titles() -> frozenset[str]:
    """What is translated before a name though it has a capital: forms of address, offices, kinds of places."""
    return frozenset(Path(__file__).with_name("titles.txt").read_text(encoding="ascii").split())


def find_renamed(source: str, translation: str, languages: tuple[str, str]) -> Iterator[Loss]:
    """Names whose words are in the translation, but for one in whose place another capitalised word stands.

    None from languages that write every noun with a capital, nor from or to Vietnamese, which has names of several
    words for everything.
    """
    if "vi" in languages or languages[0] in NOUNS_HAVE_CAPITALS:
        return
    said = [(word, bare(word.group())) for word in _WORD.finditer(translation)]
    there = {plain for _, plain in said}
    for run in NAME.finditer(source):
        words = [bare(word) for word in run.group().split(" ")]
        for i, word in enumerate(words):
            if word in there or word.lower() in _titles():
                continue
            if any(_replaced(translation, said, words, n, i - n) for n in (i - 1, i + 1) if 0 <= n < len(words)):
                yield Loss("name_lost", run.start(), run.end(), run.group())
                break


def _replaced(
    translation: str, said: list[tuple[re.Match[str], str]], words: list[str], neighbour: int, side: int
) -> bool:
    """Whether a foreign capitalised word stands on that side of the neighbour."""
    for i, (_, plain) in enumerate(said):
        if plain != words[neighbour] or not 0 <= i + side < len(said):
            continue
        other, spelled = said[i + side]
        first, second = sorted((said[i][0], other), key=re.Match.start)
        apart = translation[first.end() : second.start()]
        opens = _OPENS.search(translation[: other.start()]) is not None
        if apart == " " and other.group()[0].isupper() and spelled not in words and not opens:
            return True
    return False
