"""Translations of records that are kept already: what failed is filled in, another language takes the place of one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.packs import languages
from extractors.types import Article, Facts, Record, Translation, Warning_
from service.errors import UserError
from service.facts import extract_facts, extract_from_english
from service.pipeline import Translator, render_facts, translate

__all__ = ["Retranslation", "lacks_translation", "losing_nothing", "retranslate"]


@dataclass(frozen=True, slots=True)
class Retranslation:
    """What is wanted of a kept article.

    `to` is the target language, the one that was asked for first where left out; `again`: also where there is a
    complete translation to it.
    """

    article: str
    to: str | None = None
    again: bool = False


def lacks_translation(record: Record, target: str, *, again: bool = False) -> bool:
    """Whether there is work: no translation to the target, an incomplete one, or one that is wanted `again`."""
    if target == record.language:
        return False
    kept = record.translation
    return again or kept.target != target or kept.status in ("unavailable", "partial")


def retranslate(record: Record, translator: Translator, *, target: str) -> Record:
    """The record with a translation to the target and its facts said in it; all else, the id too, as it was.

    The facts of a language without a pack are read in English: where that was incomplete, they are read now. A
    translation is not replaced by one to the same language with fewer sentences. To its own language an article is not
    translated, but its facts are said in it. Raises UserError with the engines'
    reason where there is none.
    """
    if target == record.language:
        return render_facts(record, target)
    article = Article(text=record.text, title=record.title, published_at=record.published_at, source=record.source)
    if _lacks_facts(record):
        record = _with_facts(record, article, translator)
    facts = Facts(record.people, record.units, record.indicators)
    made = translate(article, facts, translator, source=record.language, target=target)
    if not _done(made):
        raise UserError(made.reason or "no translation")
    return render_facts(_with_better(replace(record, translation=made), record.translation), target)


def losing_nothing(record: Record, earlier: Record) -> Record:
    """The record that takes the place of an earlier one, with that one's translation where it has more sentences.

    Raises UserError where the earlier one's facts were read in a translation that there is none of now.
    """
    if _lacks_facts(record) and not _lacks_facts(earlier):
        raise UserError(record.translation.reason or "the facts are read in a translation, and there is none now")
    return _with_better(record, earlier.translation) if record.text == earlier.text else record


def _with_better(record: Record, kept: Translation) -> Record:
    made = record.translation
    return replace(record, translation=kept) if kept.target == made.target and _done(kept) > _done(made) else record


def _done(translation: Translation) -> int:
    return sum(sentence.text is not None for sentence in translation.sentences)


def _lacks_facts(record: Record) -> bool:
    if record.language in languages():
        return False
    incomplete = record.translation.target == "en" and record.translation.status == "partial"
    return incomplete or any(warning.code == "not_translated" for warning in record.warnings)


def _with_facts(record: Record, article: Article, translator: Translator) -> Record:
    """The record with what its English translation says, or as it was without one."""
    plain = extract_facts(article, "und")
    english = translate(article, plain, translator, source=record.language, target="en")
    if not _done(english):
        return record
    facts = extract_from_english(article, english)
    warnings = (*_about_article(record.warnings, plain), *facts.warnings)
    found = replace(record, people=facts.people, units=facts.units, indicators=facts.indicators)
    return replace(found, warnings=tuple(dict.fromkeys(warnings)))


def _about_article(warnings: tuple[Warning_, ...], plain: Facts) -> tuple[Warning_, ...]:
    """The warnings that are not about the facts that could be told without a translation."""
    return tuple(w for w in warnings if w.code != "not_translated" and w not in plain.warnings)
