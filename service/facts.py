"""The facts of an article: from its source text, or from its English translation where its language has no pack."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from extractors import extract
from extractors.types import Article, Facts, Indicator, Person, Span, Translation, Unit, Warning_


def extract_facts(article: Article, language: str, *, text: str | None = None) -> Facts:
    """The facts of the article's text, or of another `text` for it, as of its date and its paper's province."""
    published = date.fromisoformat(article.published_at[:10]) if article.published_at else None
    wanted = article.text if text is None else text
    return extract(wanted, language, published=published, province=article.source.province)


def extract_from_english(article: Article, english: Translation) -> Facts:
    """The facts of a text in its English translation, every mention and evidence a whole sentence of the source.

    Without a translation they are what can be told in any language, and a warning says so.
    """
    done = [sentence for sentence in english.sentences if sentence.text]
    if not done:
        facts = extract_facts(article, "und")
        return replace(facts, warnings=(*facts.warnings, _not_translated(english)))
    starts, text = _join([sentence.text or "" for sentence in done])
    facts = extract_facts(article, "en", text=text)
    sources = [Span(s.start, s.end, article.text[s.start : s.end]) for s in done]

    def source_of(span: Span) -> Span:
        return sources[bisect_right(starts, span.start) - 1]

    return Facts(
        people=tuple(_move_person(person, source_of) for person in facts.people),
        units=tuple(_move_unit(unit, source_of) for unit in facts.units),
        indicators=tuple(_move_indicator(indicator, source_of) for indicator in facts.indicators),
        warnings=facts.warnings,
    )


def _not_translated(english: Translation) -> Warning_:
    reason = english.reason or "no translation"
    return Warning_("not_translated", f"names and figures alone were read: no pack for the language, and {reason}")


def _join(sentences: list[str]) -> tuple[list[int], str]:
    """Where each sentence starts, and the text of them all, a sentence a line."""
    starts, at = [], 0
    for sentence in sentences:
        starts.append(at)
        at += len(sentence) + 1
    return starts, "\n".join(sentences)


SourceOf = Callable[[Span], Span]


def _move_person(person: Person, source_of: SourceOf) -> Person:
    roles = tuple(replace(role, evidence=source_of(role.evidence)) for role in person.roles)
    return replace(person, roles=roles, mentions=_move(person.mentions, source_of))


def _move_unit(unit: Unit, source_of: SourceOf) -> Unit:
    return replace(unit, mentions=_move(unit.mentions, source_of))


def _move_indicator(indicator: Indicator, source_of: SourceOf) -> Indicator:
    return replace(indicator, evidence=source_of(indicator.evidence))


def _move(mentions: tuple[Span, ...], source_of: SourceOf) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(source_of(mention) for mention in mentions))
