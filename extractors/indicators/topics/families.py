"""The topic of a bare word of measure ("receipts", "cases"): the one of its family that the text around names."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.contexts import Article
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import previous_figure
from extractors.indicators.topics.keys import FAMILIES, NEAR, named_outside_units
from extractors.indicators.words.matching import words_of

__all__ = ["topic_of_family"]

_SMALL = frozenset({"det", "total", "whole", "skip", "reference"})


def topic_of_family(
    article: Article, pieces: Sequence[Piece], at: int, span: tuple[int, int], last: str | None
) -> str | None:
    """The topic of a figure whose subject is a bare word of measure: what its sentence up to the figure names of the
    family, or the figure before (`last`), its paragraph, the title and the lead, in this order; None where the first of
    these that names any names two."""
    families = _families_of(article, span)
    keys = {key: given for family in families for key, given in FAMILIES[family].items()}
    if not keys:
        return None
    start, discourse = pieces[at].start, article.discourse
    sentence = named_outside_units(article, pieces[previous_figure(pieces, at) + 1 : at])
    far = () if families <= NEAR else (discourse.named_before(start), discourse.named_first())
    for named in (sentence, [last], *([key for _, key in row] for row in far)):
        if found := {keys[key] for key in named if key in keys}:
            return found.pop() if len(found) == 1 else None
    return None


def _families_of(article: Article, span: tuple[int, int]) -> frozenset[str]:
    """The families of a subject that says nothing else."""
    words = words_of(article.text[slice(*span)])
    lexicon = article.lexicon
    families: frozenset[str] = frozenset()
    at = 0
    while at < len(words):
        hit = None if families else lexicon.measures.match(words, at)
        families = hit[1] if hit else families
        cue = lexicon.cues.match(words, at)
        if hit is None and cue and cue[1] & _SMALL:
            hit = cue
        if hit is None:
            return frozenset()
        at += hit[0]
    return families
