"""Translation: sentences in, the same sentences in another language out, with their names and figures checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from extractors.types import Check, TranslatedSentence, Translation, TranslationStatus
from service.translate.checks import Loss, Names, Review, review
from service.translate.engine import Engine
from service.translate.figures import find_figures, write
from service.translate.protect import SCHEMES, protect, restore

if TYPE_CHECKING:
    from service.translate.memory import Memory

__all__ = ["Settings", "Translator", "build_translator"]


class Settings(Protocol):
    """What `build_translator` reads. `translation_timeout` is in seconds, for an article with one engine."""

    @property
    def translation_engines(self) -> tuple[str, ...]: ...
    @property
    def models_dir(self) -> Path: ...
    @property
    def models_url(self) -> str | None: ...
    @property
    def translation_timeout(self) -> float: ...


def build_translator(
    settings: Settings, *, memory: Memory | None = None, environment: Mapping[str, str] | None = None
) -> Translator:
    """The translator with the engines that the settings name, in their order.

    Keys and addresses of hosted engines come from the environment (docs/translation.md). Nothing is loaded or
    connected yet. ValueError where a name is unknown or a key is missing.
    """
    from service.translate.engines import build_engine

    engines: list[Engine] = [build_engine(name, settings, environment) for name in settings.translation_engines]
    if memory is not None:
        from service.translate.memory import Remembering  # the database is not loaded where no memory is kept

        engines = [Remembering(engine, memory) for engine in engines]
    return Translator(engines)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence's translation on its way."""

    review: Review
    engine: str


class Translator:
    """A chain of engines in order of preference: what the first does not translate, the next is asked for."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = tuple(engines)

    def translate(
        self, text: str, sentences: Sequence[tuple[int, int]], *, source: str, target: str, keep: Sequence[str] = ()
    ) -> Translation:
        """The translation of the `sentences` of a text, one for one, each with its offsets in the text.

        `keep`: proper names that must come through. What is still lost or added after repair is in `checks`.
        What goes wrong with the engines is in `status` and `reason`, never raised.
        """
        if _base(source) == _base(target):
            return Translation(target=target, status="not_needed")
        if not sentences:
            return Translation(target=target, status="done")
        pair = (_base(source), _base(target))
        spoken = {(start, end): _one_line(text[start:end]) for start, end in sentences}
        drafts, reason = self._draft(list(dict.fromkeys(spoken.values())), pair, Names(keep))
        translated, checks = [], []
        for (start, end), sentence in spoken.items():
            draft = drafts.get(sentence)
            translated.append(TranslatedSentence(start, end, draft.review.text if draft else None))
            checks += [_place(loss, (start, end), text) for loss in draft.review.losses] if draft else []
        return _result(target, translated, checks, (drafts, reason))

    def _draft(self, texts: list[str], pair: tuple[str, str], names: Names) -> tuple[dict[str, _Draft], str | None]:
        wordless = [t for t in texts if not any(c.isalpha() for c in t)]
        drafts = {t: _Draft(Review(_copy(t, pair), ()), "") for t in wordless}
        found, reason = self._ask([t for t in texts if t not in drafts], pair)
        for text, (translation, engine) in found.items():
            drafts[text] = _Draft(review(text, translation, languages=pair, names=names), engine)
        for scheme in SCHEMES:
            broken = [t for t, draft in drafts.items() if draft.review.losses]
            if not broken:
                break
            self._redo(broken, drafts, scheme, (pair, names))
        return drafts, reason

    def _ask(self, texts: list[str], pair: tuple[str, str]) -> tuple[dict[str, tuple[str, str]], str | None]:
        """Each text's translation and the engine that gave it; why some have none."""
        done: dict[str, tuple[str, str]] = {}
        reasons = []
        for engine in self._engines:
            left = [text for text in texts if text not in done]
            if not left:
                break
            batch = engine.translate(left, source=pair[0], target=pair[1])
            done |= {t: (tr, engine.name) for t, tr in zip(left, batch.texts, strict=True) if tr and tr.strip()}
            if batch.reason:
                reasons.append(f"{engine.name}: {batch.reason}")
        if not self._engines:
            reasons.append("no translation engine is configured")
        return done, "; ".join(reasons) or None

    def _redo(
        self, broken: list[str], drafts: dict[str, _Draft], scheme: str, how: tuple[tuple[str, str], Names]
    ) -> None:
        """Sentences that lost something once more, with what they lost behind tokens; kept where it is better."""
        pair, names = how
        guarded = {text: guarded for text in broken if (guarded := _guard(text, drafts[text].review, scheme, how))}
        found, _ = self._ask([masked for masked, _ in guarded.values()], pair)
        for text, (masked, tokens) in guarded.items():
            translation, engine = found.get(masked, ("", ""))
            restored = restore(translation, tokens)
            if restored is None:
                continue
            again = review(text, restored, languages=pair, names=names)
            if len(again.losses) < len(drafts[text].review.losses):
                drafts[text] = _Draft(again, engine)

    def close(self) -> None:
        """Ends the engines' processes and connections."""
        for engine in self._engines:
            engine.close()


def _base(language: str) -> str:
    """The language without its region: pt-BR is pt."""
    return re.split("[-_]", language.lower())[0]


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


def _guard(
    text: str, drafted: Review, scheme: str, how: tuple[tuple[str, str], Names]
) -> tuple[str, dict[str, str]] | None:
    """The sentence with tokens for the names and figures that were lost; None where no token can help."""
    pair, names = how
    stem = scheme.partition("{")[0]
    if stem in text:
        return None
    lost = {(loss.start, loss.end) for loss in drafted.losses if loss.code != "number_added"}
    spans = [(start, end, text[start:end]) for start, end in names.find(text) if (start, end) in lost]
    spans += [
        (figure.start, figure.end, write(figure.readings[0][0], pair[1]))
        for figure in find_figures(text, pair[0])
        if (figure.start, figure.end) in lost and len(figure.readings[0]) == 1
    ]
    return protect(text, sorted(spans), scheme) if spans else None


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
