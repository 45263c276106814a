"""Bodies and villages that nothing but an office names: CEO of [Brikko], chief of [the Dương Đông water utility].

A company is read with the other units; what else has no word that says what it is only once nothing known is held.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from extractors.names import capital_run, is_country, is_ethnic_group, is_surname, is_syllable, is_village_word
from extractors.packs import Entry
from extractors.text import fold
from extractors.tokens import Match, Tokens
from extractors.units.mentions import UnitMention
from extractors.units.names import UnitNames

_SMALL = 2  # small words of a name before or behind its capitals: [water utility], [mont-de-piété]
_LONGEST = 6  # words of a name
_LONGEST_COMPANY = 5  # words
_SHORTEST_PHRASE = 2  # words of what a noun with a capital begins
_LONGEST_PHRASE = 14  # tokens of it
_PERSON = 3  # syllables of a person's name
# Offices that companies have; what they are held in needs no word for a company.
_TRADE = frozenset({"general_director", "director", "owner", "manager", "founder"})
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


def company_at(tokens: Tokens, names: UnitNames, index: int, office: Match) -> UnitMention | None:
    """A run of capitals that a director is of and no list knows: Generaldirektor von Yamato Textiles."""
    if office.entry.key.removeprefix("deputy_") not in _TRADE:
        return None
    end = index
    while end - index < _LONGEST_COMPANY and _names_company(tokens, names, end):
        end += 1
    words = tokens.words[index:end]
    if not words or is_country(words) or is_ethnic_group(words):
        return None
    if names.place_words(index) or (len(words) == 1 and tokens.is_common(index)):
        return None
    name = tokens.slice(index, end)
    entry = Entry("body", "company", name, group="company", class_="enterprise")
    return UnitMention(index, end, entry, name, core=name.lower())


def _names_company(tokens: Tokens, names: UnitNames, index: int) -> bool:
    if tokens.kind(index) not in "CU" or tokens.head_at(index) or tokens.find(index, "office"):
        return False
    return not names.honorific_at(index)


def named_by(
    tokens: Tokens, office: Entry, index: int, taken: Container[int], unit_at: Mapping[int, UnitMention]
) -> UnitMention | None:
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
    if key in _KINDS and (whole := _phrase(tokens, start, _KINDS[key], taken, unit_at)) is not None:
        return whole
    small = start
    while small - start < _SMALL and _is_noun(tokens, small):
        small += 1
    end = capital_run(tokens, small, small + _LONGEST)
    if end == small or any(i in taken for i in range(start, end + 1)) or is_country(tokens.words[small:end]):
        return None
    if key == "village_head" or is_village_word(tokens.words[start]):
        first = start if is_village_word(tokens.words[start]) else small
        return _mention(tokens, first, end, Entry("place", "village", "", "village", "administrative"))
    if key not in _KINDS or not _is_name(tokens, key, start, small, end):
        return None
    class_, type_ = _KINDS[key]
    return _mention(tokens, start, _past_nouns(tokens, end), Entry("body", type_, tokens.word(start), "", class_))


def _phrase(
    tokens: Tokens, start: int, kind: tuple[str, str], taken: Container[int], unit_at: Mapping[int, UnitMention]
) -> UnitMention | None:
    """The noun with a capital right behind an office's preposition, with all that belongs to it, where nouns are
    small: Ligue des femmes de la commune de Na Pan."""
    pack = tokens.pack
    if pack.compounds or tokens.kind(start) != "C" or is_syllable(tokens.words[start]) or start in taken:
        return None
    end, inner = start + 1, None
    while end - start < _LONGEST_PHRASE and _continues(tokens, end):
        if end in unit_at:
            inner = unit_at[end]
            end = inner.end
            break
        if end in taken:
            return None
        end += 1
    while end > start and inner is None and tokens.is_word(end - 1, "of", "article", "and", "body_of"):
        end -= 1
    closed = (
        inner is not None or tokens.kind(end) in ",;:.)\n" or tokens.word(end) in ".»" or not _continues(tokens, end)
    )
    if end - start < _SHORTEST_PHRASE or not closed:
        return None
    class_, type_ = kind
    mention = _mention(tokens, start, end, Entry("body", type_, tokens.word(start), "", class_))
    mention.inner = inner
    return mention


def _continues(tokens: Tokens, index: int) -> bool:
    """Whether a word of a name goes on there: any but a verb or a pronoun that is known; behind capitals a link."""
    kind = tokens.kind(index)
    if kind in "CU-n":
        return kind != "-" or (tokens.glued(index) and tokens.glued(index + 1))
    linked = tokens.is_word(index, "of", "article", "and", "body_of")
    if kind != "w" or (tokens.kind(index - 1) in "CU" and is_syllable(tokens.words[index - 1]) and not linked):
        return False
    return linked or not tokens.is_word(index, "copula", "speech", "he", "she", "its", "joint", "once", "this")


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
