"""A fact as a part of a sentence: what is measured, how much, of what, when; who holds which office."""

from __future__ import annotations

import re

from extractors.render.names import Names
from extractors.render.numbers import format_number, is_fraction, say_figure, say_percent
from extractors.render.offices import is_bare, say_role
from extractors.render.periods import say_period
from extractors.render.words import Words, capitalise
from extractors.types import Indicator, Person

__all__ = ["join", "say_indicator", "say_offices", "say_person", "say_subject", "say_value", "topic_label"]


def say_person(person: Person, names: Names) -> str:
    """The name, then the offices: Lê Thanh Quân, Secretary of the Party Committee of Lang Quán commune."""
    words = names.words
    offices = say_offices(person, names)
    return words.texts["comma"].join((person.name, join(offices, words))) if offices else person.name


def say_offices(person: Person, names: Names) -> list[str]:
    """Every office of the person that has a key, with its unit, in the order of the record."""
    placed = any(names.get(role.unit) for role in person.roles)
    roles = [role for role in person.roles if not (placed and is_bare(role, names))]
    said = (say_role(role, person.gender, names) for role in roles)
    return list(dict.fromkeys(office for office in said if office))


def join(parts: list[str], words: Words) -> str:
    """A, B and C."""
    if len(parts) < 2:
        return "".join(parts)
    return words.texts["comma"].join(parts[:-1]) + words.texts["and"] + parts[-1]


def say_indicator(figure: Indicator, names: Names) -> str:
    """What is measured and the figure: Budget revenue: over 64 % of the annual plan, first half of 2024."""
    subject, said = say_subject(figure, names), say_value(figure, names.words)
    return capitalise(f"{subject}{names.words.texts['colon']}{said}" if subject else said)


def say_subject(figure: Indicator, names: Names) -> str:
    """What is measured: in the words of the text, or by topic, with them in quotes where they say more."""
    words, subject, label = names.words, figure.subject, topic_label(figure, names.words)
    if label and subject and words.language == "de" and _INFLECTED.match(subject):
        return label
    if words.language == names.source.language and subject:
        return _nominative(subject, figure.topic, words)
    if subject is None or (label and names.source.is_topic(subject, figure.topic or "")):
        return label or ""
    quoted = words.quote(subject)
    return f"{label} ({quoted})" if label else quoted


# A German subject that begins with an adjective that no nominative without article has: neuen Mitgliedern.
_INFLECTED = re.compile(r"[a-zäöüß]{3,}e[nm]\s[A-ZÄÖÜ]")


def topic_label(figure: Indicator, words: Words) -> str | None:
    """The topic in the language."""
    return words.topics[figure.topic][0] if figure.topic and figure.topic in words.topics else None


def _nominative(subject: str, topic: str | None, words: Words) -> str:
    """A German subject without the ending of its case, where that gives a form of its topic: Mitgliedern, Exports."""
    if words.language == "de" and subject[-1:] in "ns" and subject[:-1] in words.topics.get(topic or "", ()):
        return subject[:-1]
    return subject


def say_value(figure: Indicator, words: Words) -> str:
    """All but the subject: over 64 % of the annual plan, first half of 2024."""
    said = _say_comparison(figure, words)
    if figure.parts:
        said += f" ({' + '.join(format_number(part, words) for part in figure.parts)})"
    elif _has_goal(figure) and figure.percent is not None:
        said += f" ({say_percent(figure.percent, words)})"
    period = say_period(figure.period, words) if figure.period else ""
    return words.texts["comma"].join((said, period)) if period else said


def _has_goal(figure: Indicator) -> bool:
    return figure.kind != "percentage" and figure.target is not None


def _say_comparison(figure: Indicator, words: Words) -> str:
    said = say_figure(figure, words)
    if figure.target is not None and _has_goal(figure):
        if figure.basis == "total":  # said with the figure: 52 of 60
            return said
        return words.texts["goal"].format(figure=said, target=format_number(figure.target, words))
    return words.fill(str(words.tables["statements"][_statement_key(figure, words)]), figure=said)


def _statement_key(figure: Indicator, words: Words) -> str:
    """Direction and basis; points and counts that are levels are of nothing."""
    if figure.basis is None or (figure.direction == "level" and figure.unit != "%"):
        return figure.direction
    key = f"{figure.direction}_{figure.basis}"
    return f"{key}_fraction" if key == "level_total" and is_fraction(figure, words) else key
