"""A glossary from the language packs: bodies in the spellings of the papers, and offices."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.render.words import Words, languages, load_words
from service.translate.glossary import Glossary

__all__ = ["PackGlossary"]

_LONG = 10  # letters of a single word that surely is a body's: Volkskomitee


class PackGlossary(Glossary):
    """Terms of several words, long ones and abbreviations: a short word (Ban, Sở) is as often a common noun.

    Vietnamese has no articles: before a body the English ones come with the term.

    >>> terms = PackGlossary().terms("vi", "en")
    >>> terms["UBND"], terms["Bí thư Đảng ủy"]
    ("the People's Committee", 'Party Secretary')
    """

    def terms(self, source: str, target: str) -> dict[str, str]:
        if not {source, target} <= set(languages()):
            return {}
        ours, theirs = load_words(source), load_words(target)
        article = "the " if (source, target) == ("vi", "en") else ""
        bodies = {spelled: article + said for spelled, said in _bodies(ours, theirs) if _is_telling(spelled)}
        return {spelled: said for spelled, said in _offices(ours, theirs) if _is_telling(spelled)} | bodies


def _bodies(ours: Words, theirs: Words) -> Iterator[tuple[str, str]]:
    for key, spellings in ours.tables["heads"].items():
        for spelled in (*spellings, ours.units[key].label):
            yield spelled, theirs.units[key].label


def _offices(ours: Words, theirs: Words) -> Iterator[tuple[str, str]]:
    """By gender, where both languages tell it."""
    for key, office in ours.offices.items():
        said = theirs.offices[key].forms if key in theirs.offices else ()
        for number, spelled in enumerate(office.forms):
            if said:
                yield spelled, said[number if len(said) == len(office.forms) else 0]


def _is_telling(spelled: str) -> bool:
    if "{" in spelled or not spelled[:1].isupper():
        return False
    return " " in spelled or len(spelled) >= _LONG or (spelled.isupper() and len(spelled) > 2)
