"""One engine, made to keep names and figures: tokens in, tokens out, check, and once more where it failed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.checks.figures import find_figures, write
from service.translate.engines.base import Engine
from service.translate.names import Names
from service.translate.protect import SCHEMES, protect, restore
from service.translate.review import Review, review

__all__ = ["Guard"]

_Which = Literal["none", "lost", "all"]
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What goes behind tokens: names, figures. Sentences that are right already are left out."""

    names: _Which
    figures: _Which
    scheme: str


# Small models mangle Vietnamese names and bear tokens well: names are never shown to them (docs/translation.md).
# Figures are, since the words around them depend on them; those that came out wrong are then replaced.
_HIDDEN_NAMES = (
    _Attempt("all", "none", SCHEMES[0]),
    _Attempt("all", "lost", SCHEMES[1]),
    _Attempt("all", "all", SCHEMES[2]),
    _Attempt("none", "none", SCHEMES[0]),  # for what lost its tokens each time
)
_PLAIN = (
    _Attempt("none", "none", SCHEMES[0]),
    _Attempt("lost", "lost", SCHEMES[0]),
    _Attempt("all", "all", SCHEMES[1]),
)


class Guard:
    """Translates one text's sentences with one engine. `reason` says why some have no translation."""

    def __init__(self, engine: Engine, pair: _Pair, names: Names) -> None:
        self._engine, self._pair, self._names = engine, pair, names
        self.reason: str | None = None

    def translate(self, texts: Sequence[str]) -> dict[str, Review]:
        """The best translation of each text that the engine gave; none for those that it did not translate."""
        best: dict[str, Review] = {}
        left = list(texts)
        for attempt in _HIDDEN_NAMES if self._engine.hide_names else _PLAIN:
            left = [text for text in left if text not in best or best[text].losses]
            left = self._try(left, attempt, best)
        return best

    def _try(self, texts: list[str], attempt: _Attempt, best: dict[str, Review]) -> list[str]:
        """Puts what is better than before into `best`; returns the texts that are worth another attempt."""
        masked = {text: self._mask(text, attempt, best.get(text)) for text in texts}
        asked = {text: made for text, made in masked.items() if made}
        if not asked:
            return texts
        source, target = self._pair
        batch = self._engine.translate([made[0] for made in asked.values()], source=source, target=target)
        self.reason = self.reason or batch.reason
        texts_said = [
            None if said and _is_echo(text, said) else said for text, said in zip(asked, batch.texts, strict=True)
        ]
        if texts_said != list(batch.texts):
            self.reason = self.reason or "a sentence came back untranslated"
        for (text, (_, tokens)), said in zip(asked.items(), texts_said, strict=True):
            restored = restore(said, tokens) if said and said.strip() else None
            if said and restored:
                if said[0].isupper():  # a term that opens the sentence
                    restored = restored[0].upper() + restored[1:]
                self._keep_better(text, restored, best)
        refused = {text for text, said in zip(asked, texts_said, strict=True) if said is None}
        return [text for text in texts if text not in refused]

    def _keep_better(self, text: str, translation: str, best: dict[str, Review]) -> None:
        made = review(text, translation, languages=self._pair, names=self._names)
        if text not in best or len(made.losses) < len(best[text].losses):
            best[text] = made

    def _mask(self, text: str, attempt: _Attempt, before: Review | None) -> tuple[str, dict[str, str]] | None:
        """The text with its tokens; None where an attempt would say nothing new."""
        losses = before.losses if before else ()
        lost = {(loss.start, loss.end) for loss in losses}
        names = self._names.find(text)
        spans = [
            (start, end, said)
            for start, end, said in names
            if attempt.names == "all" or (attempt.names == "lost" and (start, end) in lost)
        ]
        if attempt.names != "none":  # what only the translation showed to be a name
            known = {(start, end) for start, end, _ in names}
            spans += [
                (loss.start, loss.end, text[loss.start : loss.end])
                for loss in losses
                if loss.code == "name_lost" and (loss.start, loss.end) not in known
            ]
        taken = [(start, end) for start, end, _ in spans]
        spans += [
            (figure.start, figure.end, write(figure.readings[0][0], self._pair[1]))
            for figure in (find_figures(text, self._pair[0]) if attempt.figures != "none" else ())
            if len(figure.readings[0]) == 1
            and (attempt.figures == "all" or (figure.start, figure.end) in lost)
            and not any(start < figure.end and figure.start < end for start, end in taken)
        ]
        if not spans or attempt.scheme.partition("{")[0] in text:
            return (text, {}) if before is None else None
        return protect(text, sorted(spans), attempt.scheme)


_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")
_ECHOED = 4  # words in small letters: a line of names and figures is the same in both languages


def _is_echo(text: str, said: str) -> bool:
    """Whether the engine gave the sentence back as it was."""
    return said.strip() == text.strip() and sum(word.islower() for word in _WORD.findall(text)) >= _ECHOED
