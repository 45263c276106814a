"""A translated sentence checked against its source: its figures and its names. What is certain is put right."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.checks.check import check_figures
from extractors.checks.dates import rewrite_dates
from extractors.checks.losses import Loss, apply_edits
from extractors.checks.renamed import find_renamed
from service.translate.names import Names

__all__ = ["Review", "review"]


@dataclass(frozen=True, slots=True)
class Review:
    """The translation with what could be repaired, and what is still wrong with it."""

    text: str
    losses: tuple[Loss, ...]


def review(source: str, translation: str, *, languages: tuple[str, str], names: Names) -> Review:
    """Checks a translated sentence against its source and repairs what has one certain place.

    A figure counts as kept where the translation has its value in digits or as a word (3: three, 7: July),
    its percent sign, its scale, and the word that bounds it (over, at most, nearly).
    """
    text, name_losses = names.check(source, rewrite_dates(source, translation, languages))
    losses, edits = check_figures(source, text, languages)
    if edits:
        text = apply_edits(text, edits)
        losses, _ = check_figures(source, text, languages)
    kept = [(start, end) for start, end, _ in names.find(source)]
    renamed = [
        loss
        for loss in find_renamed(source, text, languages)
        if not any(start < loss.end and loss.start < end for start, end in kept)
    ]
    return Review(text, (*losses, *name_losses, *renamed))
