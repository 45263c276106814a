"""Gathers the mentions of people into people: one each, with spellings, gender and offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.names import is_surname, is_syllable
from extractors.people.mentions import PersonMention
from extractors.people.offices import Office
from extractors.text import fold
from extractors.tokens import Tokens
from extractors.types import Gender, Person, Role, Span, Warning_
from extractors.units.groups import UnitGroup, UnitGroups

# How often a rule was right on annotated articles (docs/quality.md), with an office given to the person and without.
_CONFIDENCE = {
    "person.honorific": (0.97, 0.9),
    "person.office": (0.96, 0.5),
    "person.apposition": (0.96, 0.9),
    "person.list": (0.92, 0.88),
    "person.surname": (0.92, 0.86),
    "person.short": (0.6, 0.6),
}
# Units that an office without a stated unit is held in, in the order in which they are looked for.
_HOME_TYPES = {
    "secretary": ("party_committee", "party_organization", "party_executive_committee", "party_cell"),
    "party_secretary": ("party_committee", "party_organization", "party_executive_committee", "party_cell"),
    "principal": ("school", "college"),
    "deputy_principal": ("school", "college"),
    "editor_in_chief": ("newspaper",),
    "commander": ("military_command", "army_unit", "border_guard_command"),
    "political_commissar": ("border_guard_post", "military_command", "army_unit"),
    "abbot": ("venue",),
}


_PRONOUN_REACH = 60  # tokens behind a name in which a pronoun still means it: about two sentences


@dataclass(slots=True, eq=False)
class _Character:
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
        self.warnings: list[Warning_] = []
        self.characters: list[_Character] = []
        self.starts = {m.start for m in mentions}
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
        self.characters.append(_Character([mention], words))

    @staticmethod
    def _part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
        return 1 < len(short) < len(long) and (long[-len(short) :] == short)

    def _misspelt(self, character: _Character, words: tuple[str, ...], mention: PersonMention) -> bool:
        """Whether the two names are one, spelt in two ways: one word differs little, all others are the same."""
        if len(words) != len(character.words) or len(words) < 3:
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

    def _same_office(self, character: _Character, mention: PersonMention) -> bool:
        mine = {(o.entry.key, o.deputy) for o, _ in mention.offices}
        return any((o.entry.key, o.deputy) in mine for m in character.mentions for o, _ in m.offices)

    def _add_short(self, mention: PersonMention) -> None:
        words = self._words(mention.name)
        character = self._named_before(words, mention.start)
        if character is not None:
            character.shorts.append(mention)
        elif mention.honorifics and mention.honorifics[-1].entry.key == "title" and self._stands_alone(mention):
            self.characters.append(_Character([mention], words))

    def _stands_alone(self, mention: PersonMention) -> bool:
        """Whether an honorific and one word are enough: not in Vietnamese, where kin terms stand before much else."""
        return not self.t.pack.diacritics and is_syllable(mention.name) and bool(mention.honorifics[-1].entry.gender)

    def _named_before(self, words: tuple[str, ...], start: int) -> _Character | None:
        """The person of this given name (or, for foreigners, family name) named last before; else the first after."""
        fitting = [c for c in self.characters if self._answers_to(c, words)]
        before = [c for c in fitting if min(m.start for m in c.mentions) <= start]
        if before:
            return max(before, key=lambda c: max(m.start for m in (*c.mentions, *c.shorts) if m.start <= start))
        return fitting[0] if fitting else None

    def _answers_to(self, character: _Character, words: tuple[str, ...]) -> bool:
        if len(words) >= len(character.words):
            return False
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
        for index, word in enumerate(self.t.words):
            if self.t.kinds[index] != "C" or index in taken:
                continue
            character = given.get(fold(word))
            if character is None or self.t.kind(index - 1) in "CU" or self.t.kind(index + 1) in "CU":
                continue
            if self.t.is_common(index) or not self._open_before(index, character):
                continue
            character.shorts.append(PersonMention(index, index + 1, word, (), "person.short"))

    def _open_before(self, index: int, character: _Character) -> bool:
        return any(m.start < index for m in character.mentions)

    # --- output ---

    def people(self) -> tuple[Person, ...]:
        """The people in the order of their first mention."""
        return tuple(self._person(number, character) for number, character in enumerate(self.characters, 1))

    def _person(self, number: int, character: _Character) -> Person:
        mentions = sorted((*character.mentions, *character.shorts), key=lambda m: m.start)
        name = max((m.name for m in character.mentions), key=lambda n: len(n.split()))
        full = _distinct(m.name for m in character.mentions if _spelling(m.name) != _spelling(name))
        variants = _distinct((*full, *(m.name for m in character.shorts if _spelling(m.name) != _spelling(name))))
        id_ = f"p{number}"
        if any(len(v.split()) == len(name.split()) for v in full):
            spelt = ", ".join([name, *full])
            self.warnings.append(Warning_("name_variants", f"one person in several spellings: {spelt}", (id_,)))
        spans = sorted({(self.t.starts[m.start], self.t.ends[m.end - 1]) for m in mentions})
        first = next((m for m in mentions if m.honorifics), mentions[0])
        best = max(map(_confidence, character.mentions))
        return Person(
            id=id_,
            name=_proper(name),
            variants=tuple(_proper(v) for v in variants),
            honorific=self._honorific(first),
            gender=self._gender(character, mentions),
            roles=self._roles(mentions),
            mentions=tuple(Span(start, end, self.t.text[start:end]) for start, end in spans),
            confidence=min(0.99, round(best + 0.01 * (len(mentions) > 1), 2)),
            rule=max(character.mentions, key=_confidence).rule,
        )

    def _honorific(self, mention: PersonMention) -> str | None:
        if not mention.honorifics:
            return None
        first, last = mention.honorifics[0], mention.honorifics[-1]
        return self.t.slice(first.start, last.end)

    def _gender(self, character: _Character, mentions: Sequence[PersonMention]) -> Gender:
        evidence = [found.entry.gender for m in mentions for found in m.honorifics if found.entry.gender]
        if "thi" in [fold(word) for word in character.words[1:-1]]:
            evidence.append("female")
        evidence += [
            office.entry.gender
            for m in mentions
            for office, rule in m.offices
            if office.entry.gender and rule != "role.list"
        ]
        if not evidence:
            evidence = [found for m in mentions if (found := self._pronoun_after(m))][:1]
        female, male = evidence.count("female"), evidence.count("male")
        if female and female >= male:
            return "female"
        return "male" if male else "unknown"

    def _pronoun_after(self, mention: PersonMention) -> str:
        """The gender that the first he or she behind the name gives, before another person and outside quotations."""
        pack, quoted = self.t.pack, False
        for index in range(mention.end, min(mention.end + _PRONOUN_REACH, len(self.t))):
            word = self.t.words[index]
            if word == "\n" or (index != mention.start and index in self.starts):
                return ""
            quoted = self._quoted(word, quoted)
            if quoted or self.t.kinds[index] != "w" or self.t.kind(index + 1) == "C":
                continue
            if not (pack.pronouns_are_people or self.t.is_word(index - 1, "speech") or self.t.kind(index - 1) == "-"):
                continue
            if self.t.is_word(index, "she"):
                return "female"
            if self.t.is_word(index, "he"):
                return "male"
        return ""

    @staticmethod
    def _quoted(word: str, quoted: bool) -> bool:
        """Whether the text behind this token stands in quotation marks; “ opens in English and closes in German."""
        if word in ('"', "“"):
            return not quoted
        return word in "„«" or (quoted and word not in "”»")

    def _roles(self, mentions: Sequence[PersonMention]) -> tuple[Role, ...]:
        roles: dict[tuple[object, ...], Role] = {}
        for mention in mentions:
            for office, rule in mention.offices:
                role = self._role(office, rule)
                key = (role.role, role.unit, role.status)
                if key not in roles and not (
                    role.unit is None and any(k[0] == role.role or _office(k[0]) == _office(role.role) for k in roles)
                ):
                    roles[key] = role
        return tuple(roles.values())

    def _role(self, office: Office, rule: str) -> Role:
        unit, type_ = self._unit(office)
        start, end = self.t.starts[office.start], self.t.ends[max(office.end, office.title_end) - 1]
        return Role(
            title=self.t.slice(office.start, office.title_end),
            role=role_key(office, type_),
            unit=unit,
            status=office.status,
            evidence=Span(start, end, self.t.text[start:end]),
            rule=rule,
        )

    def _unit(self, office: Office) -> tuple[str | None, str | None]:
        """The id and type of the unit in which an office is held."""
        group = None
        if office.unit is not None:
            group = self.units.group_of[office.unit]
        elif office.back is not None:
            group = self.units.last_of(office.start, groups=(office.back.group,))
        elif office.level:
            group = self.units.meant_by(office.start, office.level)
        elif not office.elsewhere:
            group = self._home(office)
        return (group.id, group.head.entry.key) if group is not None else (None, office.entry.class_ or None)

    def _home(self, office: Office) -> UnitGroup | None:
        types = (office.entry.class_,) if office.entry.class_ else _HOME_TYPES.get(office.entry.key, ())
        if office.entry.key == "village_head":
            return self.units.near_place(office.start, "village", since=self.t.paragraph_start(office.start))
        if self.t.is_word(office.start - 1, "its"):
            return self.units.last_of(office.start, since=self.t.paragraph_start(office.start))
        if types:
            last = self.units.last_of(office.start, types=types, since=self.t.paragraph_start(office.start))
            last = last or self.units.only_of(types)
            return self.units.sibling(last, types[0]) if last is not None else None
        body, _, rank = office.entry.form.lower().rpartition(" ")
        held = self.units.last_of(office.start, groups=(body,)) if body and rank in ("trưởng", "phó") else None
        if held is not None:
            return held  # Tổ trưởng of the Tổ công nghệ số named before
        return self.units.last_of(office.start, since=self.t.paragraph_start(office.start))


def _confidence(mention: PersonMention) -> float:
    return _CONFIDENCE[mention.rule][0 if mention.offices else 1]


# Offices whose key names the kind of unit that they are held in.
_HELD_IN = frozenset({"secretary", "chair", "director", "head", "member", "commander", "standing_member"})
# Offices of some units that have a key of their own.
_FIXED_KEYS = {
    ("court", "chair"): "chief_judge",
    ("court", "head"): "chief_judge",
    ("procuracy", "head"): "chief_procurator",
    ("procuracy", "director"): "chief_procurator",
    ("procuracy", "chair"): "chief_procurator",
    ("school", "director"): "principal",
    ("school", "head"): "principal",
    ("school", "chair"): "principal",
    ("village", "head"): "village_head",
    ("residential_group", "head"): "village_head",
    ("newspaper", "head"): "editor_in_chief",
    ("inspectorate", "head"): "chief_inspector",
}


def role_key(office: Office, unit_type: str | None) -> str:
    """The language-independent key of an office: deputy or not, the kind of unit where that matters, its word."""
    word = office.entry.key.removeprefix("deputy_")
    deputy = office.deputy or word != office.entry.key
    key = _FIXED_KEYS.get((unit_type or "", word), word)
    if unit_type and key in _HELD_IN:
        if key == "secretary" and unit_type in ("party_committee", "party_organization", "party_executive_committee"):
            unit_type = "party"
        key = f"{unit_type}_{key}"
    return f"deputy_{key}" if deputy else key


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


def _office(key: object) -> str:
    return str(key).rsplit("_", 1)[-1]


def _spelling(name: str) -> str:
    return name.casefold()


def _proper(name: str) -> str:
    """A name in capitals as it is written in running text."""
    return name.title() if name.isupper() and len(name) > 3 else name


def _distinct(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(_spelling(name), name)
    return list(found.values())
