"""A glossary from the language packs: bodies in the spellings of the papers, and offices."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.render.words import Words, languages, load_words
from service.translate.glossary import Glossary

__all__ = ["PackGlossary"]

_ABBREVIATION = 4  # letters of one that is surely a body's: UBND; shorter ones have many meanings
_LONG = 10  # letters of a single word that surely is a body's: Volkskomitee


class PackGlossary(Glossary):
    """Terms of several words, long ones and abbreviations: a short word (Ban, Sở) is as often a common noun.

    No bare offices, no bodies without a name of their own, nothing that has to go on (Board of).

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
    """Bodies with a name of their own, with a capital; others (a tax office, cơ quan thuế) are called many things."""
    labels = [load_words(language).units for language in ("en", "vi")]
    for key, spellings in ours.tables["heads"].items():
        if all(units[key].label[:1].isupper() for units in labels):
            for spelled in (*spellings, ours.units[key].label):
                yield spelled, theirs.units[key].label


def _offices(ours: Words, theirs: Words) -> Iterator[tuple[str, str]]:
    """By gender, where both languages tell it. A bare office (chairman, director) has as many words as bodies."""
    for key, office in ours.offices.items():
        said = theirs.offices[key].forms if key in theirs.offices and _is_telling_office(key) else ()
        for number, spelled in enumerate(office.forms):
            if said:
                yield spelled, said[number if len(said) == len(office.forms) else 0]


def _is_telling_office(key: str) -> bool:
    """Whether an office says what it is of: Party Secretary, not secretary."""
    english, vietnamese = (load_words(language).offices.get(key) for language in ("en", "vi"))
    if not english or not vietnamese or not english.forms or not vietnamese.forms:
        return False
    words, syllables = english.forms[0].split(), vietnamese.forms[0].split()
    return len(words) > 1 and words[0][0].isupper() and len(syllables) > 2 and syllables[0][0].isupper()


_OPEN = frozenset("of for on and für der des vom zum de du des d' pour".split())  # noqa: SIM905
# Vietnamese words of two syllables that are common nouns as well.
_COMMON = frozenset({"Thống kê", "Thư ký", "Thanh tra", "Thường vụ", "Công an", "Công đoàn", "Chi cục"})


def _is_telling(spelled: str) -> bool:
    if "{" in spelled or not spelled[:1].isupper() or spelled in _COMMON or spelled.split()[-1] in _OPEN:
        return False
    return " " in spelled or len(spelled) >= _LONG or (spelled.isupper() and len(spelled) >= _ABBREVIATION)
