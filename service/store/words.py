"""Words to search for: texts and questions taken apart alike, so that both databases find the same.

A text is kept as its folded words (lower case, no diacritics) with a space between them; FTS5 and tsvector index those.
Scripts that put no spaces between words have each letter for a word, and a word asked for is a phrase of its letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.text import fold

_fold_once = fold.__wrapped__  # it remembers what it folded, which is for names that come again, not for whole texts
_UNSPACED = "\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_PART = re.compile(r'"([^"]*)"?|(\S+)')


def words_of(text: str) -> str:
    """The words of a text, folded.

    >>> words_of("Lê Thanh Quân: 64,5%"), words_of("budget_revenue"), words_of("财政收入")
    ('le thanh quan 64 5', 'budget revenue', '财 政 收 入')
    """
    return " ".join(_WORD.findall(_fold_once(text)))


def padded(text: str) -> str:
    """The same with a space at both ends, so that `LIKE '% word %'` finds whole words."""
    return f" {words_of(text)} "


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that have to follow one another; with `begins` the last one may go on."""

    words: tuple[str, ...]
    begins: bool = False

    @property
    def like(self) -> str:
        """What `LIKE` finds it by in a padded text."""
        return f"% {' '.join(self.words)}{'' if self.begins else ' '}%"


def read_query(q: str) -> list[Phrase]:
    """What is asked for: each word, `"words in their order"`, `word*` for how a word begins.

    >>> [(phrase.words, phrase.begins) for phrase in read_query('Quân "xã Sơn Vĩ" 64,5% ngan*')]
    [(('quan',), False), (('xa', 'son', 'vi'), False), (('64', '5'), False), (('ngan',), True)]
    """
    parts = [(match[1] if match[2] is None else match[2]) for match in _PART.finditer(q)]
    read = [Phrase(tuple(words_of(part).split()), part.endswith("*")) for part in parts]
    return [phrase for phrase in read if phrase.words]


def to_fts5(phrases: list[Phrase]) -> str:
    """The question in the language of SQLite's FTS5. Words hold letters and digits alone, so nothing needs escaping."""
    return " AND ".join(f'"{" ".join(each.words)}"{" *" if each.begins else ""}' for each in phrases)


def to_tsquery(phrases: list[Phrase]) -> str:
    """The question in the language of PostgreSQL's `to_tsquery`."""
    return " & ".join(f"({' <-> '.join(each.words)}{':*' if each.begins else ''})" for each in phrases)
