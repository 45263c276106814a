"""Figures that lost their minus on the way, or got one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.checks.figures import Figure
from extractors.checks.side import Side

__all__ = ["find_changed_signs"]

# Before a figure behind a space or a bracket: no hyphen of a word, no dash of a range.
_MINUS = re.compile(r"(?:(?<=[\s(\u00a0\u202f:])|\A)[-−–]\Z")
_SPOKEN = re.compile(
    r"\b(?:minus|âm|negativ\w*|négati\w*|moins|menos|déficit|deficit|defizit|thâm hụt|loss|lost|perd\w*"
    r"|verlor\w*|verlust)\b",
    re.IGNORECASE,
)
_DASH = re.compile(r"\d\w*%?\s?[-−–]\Z")
_REACH = 5  # characters before a figure


def find_changed_signs(
    pairs: Sequence[tuple[Figure, Figure]], source: Side, target: Side
) -> Iterator[tuple[Figure, str]]:
    """The negative figures of which the other side says nothing negative, in signs or in words."""
    for a, b in pairs:
        ours, theirs = _is_negative(source, a), _is_negative(target, b)
        if ours and not theirs and not _says(target):
            yield a, "the minus is lost"
        elif theirs and not ours and not _says(source):
            yield a, "a minus is added"


def _is_negative(side: Side, figure: Figure) -> bool:
    before = max(0, figure.start - _REACH)
    return bool(_MINUS.search(side.text, before, figure.start)) and not _DASH.search(side.text, before, figure.start)


def _says(side: Side) -> bool:
    """Whether anything in a sentence can say it: a word for a fall or a loss, or a minus elsewhere."""
    return bool(_SPOKEN.search(side.text) or side.landmarks.get(">down"))
