"""Characters -> the people of the record, each with name, gender and roles; several spellings as warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.people.coreference import Character
from extractors.people.gender import GenderReader
from extractors.people.mentions import PersonMention
from extractors.people.tenure import Tenure
from extractors.tokens import Tokens
from extractors.types import Person, Role, Span, Warning_
from extractors.units.groups import UnitGroups

# How often a rule was right on annotated articles (docs/quality.md), with an office given to the person and without.
_CONFIDENCE = {
    "person.honorific": (0.98, 0.96),
    "person.office": (0.96, 0.5),
    "person.apposition": (0.96, 0.9),
    "person.list": (0.92, 0.88),
    "person.surname": (0.95, 0.94),
    "person.highland": (0.92, 0.85),
    "person.short": (0.6, 0.6),
}


def write_people(
    tokens: Tokens, mentions: Sequence[PersonMention], characters: Sequence[Character], units: UnitGroups
) -> tuple[tuple[Person, ...], list[Warning_]]:
    """The people of one article in the order of their first mention, and what was doubtful about their names."""
    writer = _Writer(tokens, mentions, units)
    people = tuple(writer.person(number, character) for number, character in enumerate(characters, 1))
    return people, writer.warnings


class _Writer:
    def __init__(self, tokens: Tokens, mentions: Sequence[PersonMention], units: UnitGroups) -> None:
        self.t = tokens
        self.gender = GenderReader(tokens, mentions)
        self.tenure = Tenure(tokens, units)
        self.warnings: list[Warning_] = []

    def person(self, number: int, character: Character) -> Person:
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
            gender=self.gender.of(character.words, mentions),
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

    def _roles(self, mentions: Sequence[PersonMention]) -> tuple[Role, ...]:
        roles: dict[tuple[object, ...], Role] = {}
        for mention in mentions:
            for office, rule in mention.offices:
                role = self.tenure.role(office, rule)
                key = (role.role, role.unit, role.status)
                if key not in roles and not (
                    role.unit is None and any(k[0] == role.role or _office(k[0]) == _office(role.role) for k in roles)
                ):
                    roles[key] = role
        return tuple(roles.values())


def _confidence(mention: PersonMention) -> float:
    return _CONFIDENCE[mention.rule][0 if mention.offices else 1]


def _office(key: object) -> str:
    """The word of an office's key, a deputy's apart from the chief's."""
    deputy = "deputy_" if str(key).startswith("deputy_") else ""
    return deputy + str(key).rsplit("_", 1)[-1]


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
