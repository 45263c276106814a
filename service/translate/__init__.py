"""Translation: sentences in, the same sentences in another language out, with their names and figures checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.checks.figures import find_figures, write
from extractors.checks.losses import Loss
from extractors.types import Check, TranslatedSentence, Translation, TranslationStatus
from service.translate.engines.base import Engine, base
from service.translate.glossary import Glossary
from service.translate.guard import Guard
from service.translate.names import Names
from service.translate.review import Review
from service.translate.spotted import spot_names

if TYPE_CHECKING:
    from service.config import Settings
    from service.translate.memory import Memory

__all__ = ["Translator", "build_translator"]


def build_translator(
    settings: Settings, *, memory: Memory | None = None, glossary: Glossary | None = None
) -> Translator:
    """The translator with the engines that the settings name, in their order.

    Nothing is loaded or connected yet. ValueError where a name is unknown, or an address or a key is missing.
    """
    from service.translate.engines.by_name import build_engine

    engines: list[Engine] = [build_engine(name, settings) for name in settings.translation_engines]
    if memory is not None:
        from service.translate.memory import Remembering  # the database is not loaded where no memory is kept

        engines = [Remembering(engine, memory) for engine in engines]
    return Translator(engines, glossary=glossary, folded=not settings.translation_diacritics)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence's translation on its way."""

    review: Review
    engine: str


class Translator:
    """A chain of engines in order of preference: what the first does not translate, the next is asked for.

    `folded`: names lose their diacritics in every language but Vietnamese.
    """

    def __init__(self, engines: Sequence[Engine], *, glossary: Glossary | None = None, folded: bool = False) -> None:
        self._engines = tuple(engines)
        self._glossary = glossary or Glossary()
        self._folded = folded

    def translate(
        self, text: str, sentences: Sequence[tuple[int, int]], *, source: str, target: str, keep: Sequence[str] = ()
    ) -> Translation:
        """The translation of the `sentences` of a text, one for one, each with its offsets in the text.

        `keep`: proper names that must come through, beside the Vietnamese ones that their letters tell. What is still
        lost or added after repair is in `checks`.
        What goes wrong with the engines is in `status` and `reason`, never raised.
        """
        if base(source) == base(target):
            return Translation(target=target, status="not_needed")
        if not sentences:
            return Translation(target=target, status="done")
        pair = (base(source), base(target))
        spoken = {(start, end): _one_line(text[start:end]) for start, end in sentences}
        drafts, reason = self._draft(list(dict.fromkeys(spoken.values())), pair, self._names(text, keep, pair))
        translated, checks = [], []
        for (start, end), sentence in spoken.items():
            draft = drafts.get(sentence)
            translated.append(TranslatedSentence(start, end, draft.review.text if draft else None))
            checks += [_place(loss, (start, end), text) for loss in draft.review.losses] if draft else []
        return _result(target, translated, checks, (drafts, reason))

    def _draft(self, texts: list[str], pair: tuple[str, str], names: Names) -> tuple[dict[str, _Draft], str | None]:
        """The best translation of each text, and why some have none."""
        drafts = {t: _Draft(Review(_copy(t, pair), ()), "") for t in texts if not any(c.isalpha() for c in t)}
        reasons = [] if self._engines else ["no translation engine is configured"]
        for engine in self._engines:
            left = [text for text in texts if text not in drafts]
            if not left:
                break
            guard = Guard(engine, pair, names)
            drafts |= {text: _Draft(made, engine.name) for text, made in guard.translate(left).items()}
            if guard.reason:
                reasons.append(f"{engine.name}: {guard.reason}")
        return drafts, "; ".join(reasons) or None

    def _names(self, text: str, keep: Sequence[str], pair: tuple[str, str]) -> Names:
        folded = self._folded and pair[1] != "vi"
        return Names((*keep, *spot_names(text, pair[0])), self._glossary.terms(*pair), folded=folded)

    def close(self) -> None:
        """Ends the engines' processes and connections."""
        for engine in self._engines:
            engine.close()


_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


def _one_line(sentence: str) -> str:
    return _SPACE.sub(" ", sentence).strip()


def _copy(sentence: str, pair: tuple[str, str]) -> str:
    """A sentence without a word, its figures in the target's format."""
    for figure in reversed(find_figures(sentence, pair[0])):
        if len(figure.readings[0]) == 1:
            written = write(figure.readings[0][0], pair[1])
            sentence = sentence[: figure.start] + written + sentence[figure.end :]
    return sentence


def _place(loss: Loss, span: tuple[int, int], text: str) -> Check:
    """The loss with its offsets in the text. A sentence over a line end is not of one piece: all of it is meant."""
    start, end = span
    if _one_line(text[start:end]) != text[start:end]:
        return Check(loss.code, start, end, loss.detail)
    return Check(loss.code, start + loss.start, start + loss.end, loss.detail)


def _result(
    target: str,
    translated: list[TranslatedSentence],
    checks: list[Check],
    how: tuple[dict[str, _Draft], str | None],
) -> Translation:
    drafts, reason = how
    engines = "+".join(dict.fromkeys(draft.engine for draft in drafts.values() if draft.engine)) or None
    result = Translation(target, engines, "done", None, tuple(translated), tuple(checks))
    missing = sum(sentence.text is None for sentence in translated)
    if not missing:
        return result
    # A text of figures alone needs no engine: what there is of words decides.
    status: TranslationStatus = "partial" if engines else "unavailable"
    return replace(result, status=status, reason=reason or f"{missing} sentences came back empty")
