"""Gathers the mentions of people into characters, one for each person: full names, short forms, misspellings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.names import is_highland, is_surname, is_syllable
from extractors.people.mentions import PersonMention
from extractors.text import fold
from extractors.tokens import Tokens
from extractors.units.groups import UnitGroups

_LONGEST_JOINT = 4  # tokens between two names of a list: "und ihr Bruder"


@dataclass(slots=True, eq=False)
class Character:
    """A person while the mentions are gathered."""

    mentions: list[PersonMention]
    words: tuple[str, ...]
    shorts: list[PersonMention] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)


class Cast:
    """The people of one article."""

    def __init__(self, tokens: Tokens, mentions: Sequence[PersonMention], units: UnitGroups) -> None:
        self.t = tokens
        self.units = units
        self.characters: list[Character] = []
        full = [m for m in mentions if len(m.name.split()) > 1 and m.rule != "person.short"]
        for mention in full:
            self._add_full(mention)
        for mention in mentions:
            if mention not in full:
                self._add_short(mention)
        if not tokens.pack.diacritics:
            self._add_bare(mentions)
        self.characters.sort(key=lambda c: min(m.start for m in c.mentions))

    # --- gathering ---

    def _words(self, name: str) -> tuple[str, ...]:
        text = name.lower() if self.t.pack.diacritics else fold(name)
        return tuple(text.replace("’", "'").split())

    def _add_full(self, mention: PersonMention) -> None:
        words = self._words(mention.name)
        for character in reversed(self.characters):
            if character.words == words or self._part(words, character.words) or self._part(character.words, words):
                character.mentions.append(mention)
                if len(words) > len(character.words):
                    character.words = words
                return
        for character in reversed(self.characters):
            if self._misspelt(character, words, mention):
                character.mentions.append(mention)
                return
        self.characters.append(Character([mention], words))

    @staticmethod
    def _part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
        return 1 < len(short) < len(long) and (long[-len(short) :] == short)

    def _misspelt(self, character: Character, words: tuple[str, ...], mention: PersonMention) -> bool:
        """Whether the two names are one, spelt in two ways: one word differs little, all others are the same."""
        if len(words) != len(character.words) or len(words) < 3:
            return False
        if any(self._coordinated(other, mention) for other in character.mentions):
            return False
        unlike = [(a, b) for a, b in zip(words, character.words, strict=True) if a != b]
        if len(unlike) != 1:
            return False
        a, b = unlike[0]
        if self.t.pack.diacritics:
            return fold(a) == fold(b)
        return is_near(a, b) and (
            words[-1] == character.words[-1] or not mention.offices or self._same_office(character, mention)
        )

    def _coordinated(self, first: PersonMention, second: PersonMention) -> bool:
        """Whether two names stand in one list: Kim Ra Thi und ihr Bruder Kim Ra Tha are two."""
        between = range(first.end, second.start)
        return len(between) <= _LONGEST_JOINT and any(
            self.t.kind(i) in ",;" or self.t.is_word(i, "and") for i in between
        )

    def _same_office(self, character: Character, mention: PersonMention) -> bool:
        mine = {(o.entry.key, o.deputy) for o, _ in mention.offices}
        return any((o.entry.key, o.deputy) in mine for m in character.mentions for o, _ in m.offices)

    def _add_short(self, mention: PersonMention) -> None:
        words = self._words(mention.name)
        character = self._named_before(words, mention.start)
        if character is not None:
            character.shorts.append(mention)
        elif self._stands_alone(mention):
            self.characters.append(Character([mention], words))

    def _stands_alone(self, mention: PersonMention) -> bool:
        """Whether one word is enough: a highland name with its prefix; in an edition a form of address and a syllable.

        Not the latter in Vietnamese, where kin terms stand before much else.
        """
        if is_highland(mention.name) or self.t.pack.diacritics or not mention.honorifics:
            return is_highland(mention.name)
        address = mention.honorifics[-1].entry
        return address.key == "title" and bool(address.gender) and is_syllable(mention.name)

    def _named_before(self, words: tuple[str, ...], start: int) -> Character | None:
        """The person of this given name (or, for foreigners, family name) named last before; else the first after."""
        fitting = [c for c in self.characters if self._answers_to(c, words)]
        before = [c for c in fitting if min(m.start for m in c.mentions) <= start]
        if before:
            return max(before, key=lambda c: max(m.start for m in (*c.mentions, *c.shorts) if m.start <= start))
        return fitting[0] if fitting else None

    def _answers_to(self, character: Character, words: tuple[str, ...]) -> bool:
        if len(words) >= len(character.words):
            return words == character.words
        if character.words[-len(words) :] == words:
            return True
        first = character.mentions[0].name.split()[0]
        foreign = not is_surname(first, exact=self.t.pack.diacritics) or "-" in character.mentions[0].name
        return foreign and words[0] in (character.words[0], character.words[-1])

    def _add_bare(self, mentions: Sequence[PersonMention]) -> None:
        """Given names that stand alone in an edition: sagt Thanh; the captain's … H'Phik closed the book."""
        given = {c.words[-1]: c for c in self.characters if len(c.words) > 1}
        if not given:
            return
        taken = {i for m in mentions for i in range(m.start, m.end)} | {
            i for m in self.units.mentions for i in range(m.start, m.end)
        }
        for index in self.t.capitals:
            if self.t.kinds[index] == "U" or index in taken:
                continue
            word = self.t.words[index]
            character = given.get(fold(word))
            if character is None or self.t.kind(index - 1) in "CU" or self.t.kind(index + 1) in "CU":
                continue
            if self.t.is_common(index) or not self._open_before(index, character):
                continue
            character.shorts.append(PersonMention(index, index + 1, word, (), "person.short"))

    def _open_before(self, index: int, character: Character) -> bool:
        return any(m.start < index for m in character.mentions)


def is_near(a: str, b: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed, or one ends in the other."""
    if abs(len(a) - len(b)) > 2:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) == 1:
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    return long.endswith(short) and len(short) >= 3
