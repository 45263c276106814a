"""Article text as a spaCy `Doc` with the lexicon of its language matched on it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import get_args

from extractors.packs import Category, Entry, Pack, load_pack, plural_of
from extractors.text import fold, split_sentences, split_tokens

_CATEGORIES: tuple[Category, ...] = get_args(Category)
_ORDINAL = re.compile(r"\d{1,4}(?:e|è|ème|er|re|ère|st|nd|rd|th)")


@dataclass(slots=True)  # no tuple: its fields are read too often
class Match:
    """A form of the lexicon at tokens `start:end`."""

    start: int
    end: int
    entry: Entry


class Tokens:
    """The tokens of an article as parallel lists, and the longest match of each category of the lexicon at a token."""

    def __init__(self, text: str, pack: Pack) -> None:
        self.text = text
        self.pack = pack
        self.words, self.starts = split_tokens(text, pack.split_word)
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]
        looks = map(pack.look, self.words)
        self.kinds: Sequence[str]
        self.norms: Sequence[str]
        self.plain: Sequence[str]  # in small letters, without diacritics unless they count
        self.lists: Sequence[frozenset[str]]  # of the pack's `[words]`
        self.kinds, self.norms, self.plain, self.lists = zip(*looks, strict=True) if self.words else ((), (), (), ())
        self.matches: dict[str, dict[int, Match]] = {category: {} for category in _CATEGORIES}
        self.small_heads: dict[int, Match] = {}  # heads of bodies in small letters that name none: giám đốc nhà máy
        self.trades: dict[int, Match] = {}  # words of trade, which close a company's name: Steppe Travel
        self.exact: dict[str, set[int]] = {category: set() for category in _CATEGORIES}
        self._match()

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Offsets of the sentences."""
        return split_sentences(self.text, self.pack.abbreviations)

    def is_word(self, index: int, *kinds: str) -> bool:
        """Whether the word is of one of these kinds in the pack's `[words]`."""
        return 0 <= index < len(self.lists) and not self.lists[index].isdisjoint(kinds)

    def kind(self, index: int) -> str:
        """The kind of a token; a line end outside the text."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else "\n"

    def paragraph_start(self, index: int) -> int:
        """The first token of the paragraph that the token stands in."""
        place = bisect_right(self._lines, index) - 1
        return self._lines[place] if place >= 0 else index

    @cached_property
    def _lines(self) -> list[int]:
        """The first token of each paragraph; an empty one begins with its own line end."""
        return [0, *(index for index, kind in enumerate(self.kinds, 1) if kind == "\n")]

    @cached_property
    def capitals(self) -> list[int]:
        """The words with a capital."""
        return [index for index, kind in enumerate(self.kinds) if kind in "CU"]

    @cached_property
    def _openings(self) -> list[int]:
        """The first token of each sentence."""
        return [bisect_left(self.starts, start) for start, _ in self.sentences]

    def sentence_start(self, index: int) -> int:
        """The first token of the sentence that the token stands in."""
        place = bisect_right(self._openings, index) - 1
        return self._openings[place] if place >= 0 else 0

    def sentence_end(self, index: int) -> int:
        """The first token of the sentence behind the one that the token stands in."""
        place = bisect_right(self._openings, index)
        return self._openings[place] if place < len(self._openings) else len(self.words)

    def word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def norm(self, index: int) -> str:
        return self.norms[index] if 0 <= index < len(self.words) else ""

    def glued(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < index < len(self.words) and self.ends[index - 1] == self.starts[index]

    def ordinal_before(self, index: int) -> int | None:
        """Where the ordinal right before the token begins (15. Armeekorps, 15e corps d'armée, 968th Division)."""
        if self.kind(index - 1) == "n" and _ORDINAL.fullmatch(self.words[index - 1]):
            return index - 1
        dotted = self.word(index - 1) == "." and self.glued(index - 1) and self.word(index - 2).isdigit()
        return index - 2 if dotted and self.pack.compounds else None

    def is_common(self, index: int) -> bool:
        """Whether the word is one of the language's own, not a Vietnamese name; never where it bears diacritics.

        Small words count only where a sentence begins, since elsewhere their capital makes them a name.
        """
        norm, words = self.norms[index], self.pack.words
        if not self.words[index].isascii():
            return self.words[index].lower() in self.pack.accented and self.begins_sentence(index)
        return norm in words["noun"] or (self.plain[index] in words["common"] and self.begins_sentence(index))

    def is_small(self, index: int) -> bool:
        """Whether the word is in small letters, or only a sentence's beginning gives it its capital."""
        return self.kind(index) == "w" or (0 <= index < len(self.words) and self.begins_sentence(index))

    def begins_sentence(self, index: int) -> bool:
        if index == 0 or self.kinds[index - 1] in ".:;\n(":
            return True
        previous = self.words[index - 1]
        return previous == "—" or (
            previous in "-–*+•" and self.kind(index - 2) == "\n"
        )  # a dateline, an item of a list

    def head_at(self, index: int) -> Match | None:
        """The longer of the body and the place whose head begins at the token."""
        body, place = self.matches["body"].get(index), self.matches["place"].get(index)
        if body and place:
            return place if place.end > body.end else body
        return body or place

    def skip(self, index: int, *kinds: str) -> int:
        """Past the small words of these kinds."""
        while self.is_small(index) and self.is_word(index, *kinds):
            index += 1
        return index

    def is_plural(self, head: Match) -> bool:
        """Whether a head is in the plural, by the endings that the pack names: Genossenschaften."""
        if not self.pack.plural_endings:
            return False
        form = head.entry.form.lower().replace("-", " ").split(" ")
        pairs = [(self.words[head.end - 1].lower(), form[-1])]
        if head.end - head.start == len(form) and not self.pack.compounds:
            pairs.append((self.words[head.start].lower(), form[0]))
        endings = self.pack.plural_endings
        return any(_is_plural_of(word, noun, endings, added=not self.pack.endings) for word, noun in pairs)

    def slice(self, start: int, end: int) -> str:
        """The text of tokens `start:end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def find(self, index: int, category: Category) -> Match | None:
        """The longest match of the category that starts at the token."""
        return self.matches[category].get(index)

    def _match(self) -> None:
        inflected = bool(self.pack.endings)
        for entries, start, end in self.pack.find(self.norms):
            surface = tuple(word.lower() for word in self.words[start:end]) if inflected else ()
            for entry in entries:
                if "t" in entry.tail:
                    if self.slice(start, end) == entry.form:
                        self.trades[start] = Match(start, end, entry)
                    continue
                if entry.capital and not self._has_capitals(entry, start, end):
                    self._keep_small(Match(start, end, entry))
                    continue
                if self.pack.diacritics and self._goes_over_capital(entry, start, end):
                    continue
                if not inflected or surface == entry.words:
                    self._keep(Match(start, end, entry), exact=True)
                elif entry.category == "place" or all(map(can_be_form, surface, entry.words)):
                    self._keep(Match(start, end, entry), exact=False)
        if self.pack.compounds:
            self._match_compounds()

    def _has_capitals(self, entry: Entry, start: int, end: int) -> bool:
        """Whether a form with a capital has one here; a form all in capitals (TƯ, WHO) must be so here too."""
        if self.kinds[start] == "w":  # trưởng [ban Kinh tế - Ngân sách]
            words = entry.form.split()
            capital = len(words) > 1 and self.kind(start + 1) == "C" and words[1][0].isupper()
            return capital and entry.category == "body" and self.pack.diacritics
        return not (entry.form.isupper() and end - start == 1 and len(entry.form) > 1) or self.kinds[start] == "U"

    def _goes_over_capital(self, entry: Entry, start: int, end: int) -> bool:
        """Whether words in small letters take in a name: [thôn Bản] Muồng, chức [vụ Trưởng] Phòng."""
        if self.kinds[start] != "w" or end - start == 1 or entry.category not in ("place", "office"):
            return False
        words = entry.form.split()
        return len(words) == end - start and any(
            self.kinds[i] == "C" and words[i - start].islower() for i in range(start + 1, end)
        )

    def _keep_small(self, match: Match) -> None:
        other = self.small_heads.get(match.start)
        if match.entry.category == "body" and (other is None or other.end < match.end):
            self.small_heads[match.start] = match

    def _keep(self, match: Match, *, exact: bool) -> None:
        """Keeps the longest match of a category at a token; of several as long an exact one, else the first."""
        longest = self.matches[match.entry.category]
        found_exact = self.exact[match.entry.category]
        other = longest.get(match.start)
        better = exact and match.start not in found_exact
        if other is None or other.end < match.end or (better and other.end == match.end):
            longest[match.start] = match
            (found_exact.add if exact else found_exact.discard)(match.start)

    def _match_compounds(self) -> None:
        """Words that end in a body's head: Zimt|genossenschaft. A hyphen and "und" before it belong to the name."""
        known = [self.matches[category] for category in ("body", "office", "place", "honorific")]
        for index, kind in enumerate(self.kinds):
            if kind != "C" or any(index in matches for matches in known):
                continue
            entry = compound_entry(self.pack, self.words[index])
            if entry is not None:
                start = self._compound_start(index) if entry.category == "body" else index
                before = self.text[self.starts[start] : self.starts[index]]
                self._keep(Match(start, index + 1, replace(entry, form=before + entry.form)), exact=False)

    def _compound_start(self, index: int) -> int:
        """Where the compound begins: three tokens before in "Zimt- und Sternanisgenossenschaft"."""
        hyphen = index >= 3 and self.words[index - 2] == "-" and self.kinds[index - 3] == "C"
        return index - 3 if hyphen and self.is_word(index - 1, "and") else index


@lru_cache(maxsize=4_096)
def _is_plural_of(word: str, noun: str, endings: tuple[str, ...], *, added: bool) -> bool:
    """Whether the word is the noun with one of the endings, or the plural that a language makes by adding them."""
    plurals = [fold(noun) + ending for ending in endings]
    return fold(word) in plurals or (added and word == plural_of(noun, endings))


_LONGEST_ENDING = 2  # letters in which two forms of one word differ


@lru_cache(maxsize=16_384)
def can_be_form(word: str, form: str) -> bool:
    """Whether the word can be an inflection of the form, both in small letters and of one stem.

    Not without the form's -er or -en, by which Weil would be a Weiler and Bau a Bauer, and not with an umlaut more or
    less, which makes Volksräte many of Volksrat and Schule a Schüler.
    """
    shortest = min(len(word), len(form))
    pairs = zip(fold(word), fold(form), strict=False)  # a text without accents has the same words
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), shortest)
    if form in (word + "er", word + "en") or same < shortest - _LONGEST_ENDING:
        return False
    return not any((a in "äöü") != (b in "äöü") for a, b in zip(word, form, strict=False))


def is_same_noun(word: str, form: str) -> bool:
    """Whether a person's noun stands here in one of its cases, not the thing that has its stem: Zeugen, not Zeug."""
    return word.startswith(form) or (form.endswith("er") and word[:-1] == form[:-1])


# Types of bodies whose field is in the compound, so that it needs no more: Gästehaus|verband, Waldschutz|fonds.
_ALONE = frozenset({"department", "ministry", "association", "fund"})


@lru_cache(maxsize=16_384)
def _compound(language: str, norm: str) -> int:
    """Where the head of a compound begins in its normal form, or 0."""
    heads = load_pack(language).compounds
    return next((cut for cut in range(3, len(norm) - 3) if norm[cut:] in heads), 0)


def compound_entry(pack: Pack, word: str) -> Entry | None:
    """What a compound means by its head; a department's field is in it, so that it stands alone."""
    norm = pack.norm(word)
    cut = _compound(pack.language, norm)
    if not cut:
        return None
    entry = pack.compounds[norm[cut:]]
    head = word[cut:].lower()
    if entry.category != "body" and not is_same_noun(head, entry.form.lower()):
        return None
    if any(head == entry.form.lower() + ending for ending in pack.plural_endings) or not can_be_form(
        head, entry.form.lower()
    ):
        return None
    alone = "!" if entry.key in _ALONE and "!" not in entry.tail else ""
    return replace(entry, form=word[:cut] + entry.form.lower(), tail=entry.tail + alone, group=norm, capital=True)
