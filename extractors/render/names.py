"""Names of places and bodies in a language: alone, and after "of"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.render.source import Body, Source, official_bare_name
from extractors.render.words import UnitType, Words, capitalise
from extractors.text import fold
from extractors.types import Unit

__all__ = ["Names", "Phrase", "unit_label"]

_DEPTH = 6  # a party cell of a village of a commune of a district of a province is the deepest chain there is
# Classes whose names take "the" in English as they stand (the Department of Health); companies and schools do without.
_WITH_ARTICLE = frozenset({"party", "government", "mass_organization", "security", "association"})


# English names whose head is a common noun, so that they take it too: the International Fund for Rural Roads.
_COMMON = re.compile(
    r"\b(?:Fund|Cooperative|Bank|Agency|Organi[sz]ation|Foundation|Institute|Commission|Authority|Federation|Alliance"
    r"|Museum|Corporation|Programme|Program|Initiative|Cent(?:re|er))(?=\Z| for | of )"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name as the subject, and in the genitive with its article; `of` is empty where none is certain."""

    name: str
    of: str


def unit_type(unit: Unit, words: Words) -> UnitType:
    """What the unit is called by its type, else by its class."""
    return words.units.get(unit.type or "") or words.units[unit.class_]


def unit_label(unit: Unit, words: Words) -> str:
    """The unit's type in the language, or its class where no type is known."""
    return unit_type(unit, words).label


class Names:
    """The units of one record, named in the words of a language; `source` is the language they are written in."""

    def __init__(self, units: Sequence[Unit], words: Words, source: Source) -> None:
        self._units = {unit.id: unit for unit in units}
        self.words, self.source = words, source
        self._same = words.language == source.language
        self._said: dict[str, Phrase] = {}

    def get(self, unit_id: str | None) -> Unit | None:
        """The unit with this id."""
        return self._units.get(unit_id or "")

    def phrase(self, unit_id: str) -> Phrase:
        """The unit's name in the language. Raises KeyError for an id that the record does not have."""
        if unit_id not in self._said:
            self._said[unit_id] = self._say(self._units[unit_id])
        return self._said[unit_id]

    def _say(self, unit: Unit) -> Phrase:
        if unit.class_ == "administrative":
            return self._say_place(unit)
        chain = list(self._chain(unit))
        parent = chain[0] if chain else None
        places = [text for above in chain for text in (above.name, above.official_name or "")]
        body = self.source.read_body(unit.type, unit.name, places)
        if self._same and self.words.language == "vi":  # no articles, no cases: the text's own words fit anywhere
            name = self._with_place(unit.name, unit.type, parent) if body and parent else unit.name
            return Phrase(name, name)
        if body is not None and (said := self._say_body(unit, body, parent)) is not None:
            return said
        return self._say_as_written(unit) if self._same else self._say_quoted(unit)

    def _with_place(self, name: str, type_: str | None, parent: Unit) -> str:
        """The name of a body, with its place where it names the level alone: UBND huyện -> UBND huyện Ba Bể."""
        if parent.class_ != "administrative" or fold(self._bare(parent)) in fold(name):
            return name
        if "{name}" in self.words.tables["bodies"].get(f"{type_}/{parent.type}", ""):  # the level is in it: Huyện ủy
            return f"{name} {self._bare(parent)}"
        kind = self.words.units.get(parent.type or "")
        return f"{name.removesuffix(kind.label).rstrip() if kind else name} {self.phrase(parent.id).name}"

    def _chain(self, unit: Unit) -> Iterator[Unit]:
        """The units that this one belongs to, the nearest first."""
        for _ in range(_DEPTH):
            above = self._units.get(unit.parent or "")
            if above is None:
                return
            yield above
            unit = above

    # --- places ---

    def _say_place(self, unit: Unit) -> Phrase:
        words = self.words
        if self._same and words.language == "vi":
            return Phrase(unit.name, unit.name)
        if own := words.tables["places"].get(unit.official_name or ""):
            return Phrase(own, words.fill(words.texts["of_name"], own))
        bare = self._bare(unit)
        kind = words.units.get(unit.type or "")
        if kind is None:
            return Phrase(bare, words.fill(words.texts["of_name"], bare))
        pattern = words.texts["place_numbered" if bare.isdigit() else "place"]
        name = words.fill(pattern, name=bare, label=kind.label, capital=capitalise(kind.label))
        if words.texts["of_place"]:
            return Phrase(name, words.texts["of_place"].format(name))
        genitive = words.fill(pattern, name=bare, label=kind.genitive)
        return Phrase(name, words.of(kind.gender, genitive))

    def _bare(self, unit: Unit) -> str:
        if unit.official_name:
            return official_bare_name(unit.official_name)
        return self.source.bare_name(unit.name, unit.type)

    # --- bodies ---

    def _say_body(self, unit: Unit, body: Body, parent: Unit | None) -> Phrase | None:
        """A body by its type, field or number, and the unit that it belongs to; None where that is too little."""
        words = self.words
        kind = unit_type(unit, words)
        if own := self._own_form(unit, body, parent):
            return Phrase(own, words.of(kind.gender, own))
        name, genitive = kind.label, kind.genitive
        if pattern := words.tables["fields"].get(unit.type or ""):
            if not body.field:
                return None
            field = words.fields[body.field]
            cells = pattern.split("|")
            name, genitive = cells[0].format(field), cells[-1].format(field)
        if body.number:
            name, genitive = (
                words.texts["numbered"].format(label=head, number=body.number) for head in (name, genitive)
            )
        if belongs := self._belongs(body, parent):
            name, genitive = (words.texts["body"].format(head=head, place=belongs) for head in (name, genitive))
        if body.number and words.texts["of_place"]:  # no article before a number: of Party Cell 20
            return Phrase(name, words.texts["of_place"].format(name))
        return Phrase(name, words.of(kind.gender, genitive))

    def _belongs(self, body: Body, parent: Unit | None) -> str:
        if parent is not None:
            return self.phrase(parent.id).of
        level = self.words.units.get(body.level)
        return self.words.of(level.gender, level.genitive) if level else ""

    def _own_form(self, unit: Unit, body: Body, parent: Unit | None) -> str:
        """The form that a type has at a level: Huyện ủy Quỳnh Nhai, Sở Tài chính tỉnh Lào Cai."""
        level = parent.type if parent is not None and parent.class_ == "administrative" else body.level
        pattern = self.words.tables["bodies"].get(f"{unit.type}/{level}", "")
        if not pattern or ("{field}" in pattern and not body.field):
            return ""
        field = self.words.fields.get(body.field, "")
        if parent is None:
            return str(pattern).format(name="", place="", field=field).strip()
        return str(pattern).format(name=self._bare(parent), place=self.phrase(parent.id).name, field=field)

    # --- names that are kept ---

    def _say_quoted(self, unit: Unit) -> Phrase:
        """The type in the language and the name in that of the text: the department “Sở Tài chính”."""
        kind, quoted = unit_type(unit, self.words), self.words.quote(unit.name)
        label, genitive = kind.label, kind.genitive
        if self.words.language == "en":  # no name, but what it is: the trade union “…”
            label, genitive = label.lower(), genitive.lower()
        return Phrase(f"{label} {quoted}", self.words.of(kind.gender, f"{genitive} {quoted}"))

    def _say_as_written(self, unit: Unit) -> Phrase:
        """The name of a text in the same language, with the genitive where its noun is one that a type is called by."""
        words, name = self.words, unit.name
        if words.language == "en":
            bare = name[4:] if name.lower().startswith("the ") else name
            article = unit.class_ in _WITH_ARTICLE or bare != name or _COMMON.search(bare) is not None
            return Phrase(bare, words.of("", bare) if article else words.texts["of_name"].format(bare))
        first, _, rest = name.partition(" ")
        for kind in words.nouns:
            label = kind.label.lower()
            if name.lower() == label or name.lower().startswith(f"{label} "):
                genitive = capitalise(kind.genitive) if name[0].isupper() else kind.genitive
                return Phrase(name, words.of(kind.gender, genitive + name[len(label) :]))
            if words.language == "de" and " " not in label and first.lower().endswith(label):  # the last part rules
                genitive = first[: -len(label)] + kind.genitive.lower()  # Grund|schule
                return Phrase(name, words.of(kind.gender, f"{genitive} {rest}".strip()))
        return Phrase(name, "")
