"""Says the facts of a record in a language, from the language packs alone: no translation engine is needed."""

from __future__ import annotations

from dataclasses import replace

from extractors.packs import languages as packs
from extractors.render.digest import build_digest
from extractors.render.names import Names, unit_label
from extractors.render.offices import role_label
from extractors.render.source import load_source
from extractors.render.statements import say_indicator, say_person, topic_label
from extractors.render.words import Words, languages, load_words
from extractors.types import Indicator, Person, Record, Unit, Warning_

__all__ = ["NOT_RENDERED", "languages", "render", "unrendered"]

NOT_RENDERED = "not_rendered"  # code of the warning that facts cannot be said in the language that was asked for


def render(record: Record, language: str) -> Record:
    """The record with labels, statements and digest in a language, in place of those that it has.

    Raises KeyError for a language that is not one of `languages()`.
    """
    words = load_words(language)
    names = Names(record.units, words, load_source(_language_of_facts(record)))
    return replace(
        record,
        people=tuple(_render_person(person, names) for person in record.people),
        units=tuple(_render_unit(unit, words) for unit in record.units),
        indicators=tuple(_render_indicator(figure, names) for figure in record.indicators),
        warnings=_without_warning(record),
        rendered_in=language,
        digest=build_digest(record, names),
    )


def unrendered(record: Record) -> Record:
    """The record without labels, statements, digest and the warning that there are none."""
    return replace(
        record,
        people=tuple(
            replace(person, roles=tuple(replace(role, label=None) for role in person.roles), statement=None)
            for person in record.people
        ),
        units=tuple(replace(unit, label=None) for unit in record.units),
        indicators=tuple(replace(figure, label=None, statement=None) for figure in record.indicators),
        warnings=_without_warning(record),
        rendered_in=None,
        digest=(),
    )


def _without_warning(record: Record) -> tuple[Warning_, ...]:
    return tuple(warning for warning in record.warnings if warning.code != NOT_RENDERED)


def _language_of_facts(record: Record) -> str:
    """The language that names, titles and subjects are in: English where the text's own has no pack."""
    return record.language if record.language in packs() else "en"


def _render_person(person: Person, names: Names) -> Person:
    roles = tuple(replace(role, label=role_label(role, person.gender, names)) for role in person.roles)
    return replace(person, roles=roles, statement=say_person(person, names))


def _render_unit(unit: Unit, words: Words) -> Unit:
    return replace(unit, label=unit_label(unit, words))


def _render_indicator(figure: Indicator, names: Names) -> Indicator:
    return replace(figure, label=topic_label(figure, names.words), statement=say_indicator(figure, names))
