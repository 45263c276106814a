"""Bodies and villages that nothing but an office names: chief executive of [the Dương Đông water utility]."""

from __future__ import annotations

from extractors.names import capital_run, is_country, is_surname, is_syllable
from extractors.packs import Entry
from extractors.text import fold
from extractors.tokens import Tokens
from extractors.units.mentions import UnitMention

_SMALL = 2  # small words of a name before or behind its capitals: [water utility], [mont-de-piété]
_LONGEST = 6  # words of a name
# Words that names of villages begin with, which other languages keep.
_VILLAGES = frozenset({"ban", "lang", "thon", "xom", "ap", "buon", "bon", "plei", "soc", "phum", "khom"})
_PERSON = 3  # syllables of a person's name
# The class and type of what an office is held in, where its name does not tell them.
_COMPANY, _SOCIETY = ("enterprise", "company"), ("association", "association")
_KINDS = {
    "director": _COMPANY,
    "general_director": _COMPANY,
    "manager": _COMPANY,
    "owner": _COMPANY,
    "chair": _SOCIETY,
    "commander": ("security", "army_unit"),
    "principal": ("education", "school"),
    "editor_in_chief": ("media", "newspaper"),
    "head": ("other", ""),
    "chief_accountant": _COMPANY,
    "treasurer": _SOCIETY,
}


def named_by(tokens: Tokens, office: Entry, index: int, taken: set[int]) -> UnitMention | None:
    """The body or village that the words behind an office, from the token on, name; `taken` are tokens of units."""
    key = office.key.removeprefix("deputy_")
    start = tokens.skip(index, "of", "article")
    if (
        tokens.pack.diacritics
        or start == index
        or office.class_ not in ("", "school")
        or tokens.find(start, "honorific")
    ):
        return None
    small = start
    while small - start < _SMALL and _is_noun(tokens, small):
        small += 1
    end = capital_run(tokens, small, small + _LONGEST)
    if end == small or any(i in taken for i in range(start, end + 1)) or is_country(tokens.words[small:end]):
        return None
    if key == "village_head" or fold(tokens.words[start]) in _VILLAGES:
        first = start if fold(tokens.words[start]) in _VILLAGES else small
        return _mention(tokens, first, end, Entry("place", "village", "", "village", "administrative"))
    if key not in _KINDS or not _is_name(tokens, key, start, small, end):
        return None
    class_, type_ = _KINDS[key]
    return _mention(tokens, start, _past_nouns(tokens, end), Entry("body", type_, tokens.word(start), "", class_))


def _is_noun(tokens: Tokens, index: int) -> bool:
    closed = tokens.is_word(index, "of", "article", "and", "copula", "its", "speech", "body_of", "this")
    return tokens.kind(index) == "w" and not closed


def _is_name(tokens: Tokens, key: str, start: int, small: int, end: int) -> bool:
    """Whether the capitals are a body's name, not a person's or one noun."""
    words = tokens.words[small:end]
    if len(words) >= _PERSON and is_surname(words[0], exact=False) and all(map(is_syllable, words)) and start == small:
        return False
    if tokens.pack.compounds:
        return len(words) > 1
    return len(words) > 1 or small > start or _KINDS[key] == _COMPANY


def _past_nouns(tokens: Tokens, end: int) -> int:
    """Past the small nouns that close a name: Dương Đông [water utility], …; Mỹ Khê Beach's [rescue team]."""
    if not tokens.pack.names_first or tokens.pack.compounds:
        return end
    owned = tokens.word(end) in ("'s", "’s")
    nouns = end + owned
    while nouns - end < _SMALL and _is_noun(tokens, nouns):
        nouns += 1
    return nouns if owned or tokens.kind(nouns) in ",;)" or tokens.word(nouns) == "." else end


def _mention(tokens: Tokens, start: int, end: int, entry: Entry) -> UnitMention:
    name = tokens.slice(start, end)
    if tokens.pack.compounds and tokens.is_word(start - 1, "article") and tokens.words[start].endswith("en"):
        masculine = tokens.is_word(start - 1, "genitive")  # des Patriotischen Vereins, der Alten Garde
        name = tokens.words[start][:-1] + "r" * masculine + name[len(tokens.words[start]) :]
    if tokens.is_word(start - 1, "genitive"):
        name = name.removesuffix("s")
    return UnitMention(start, end, entry, name, core=fold(name), proper=name, rule="unit.office")
