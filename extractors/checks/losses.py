"""What checking a translated sentence gives: losses, and edits that put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.types import CheckCode

__all__ = ["Edit", "Loss", "apply_edits"]


@dataclass(frozen=True, slots=True)
class Loss:
    """What a translation lost or added; `start:end` is its place in the source sentence (all of it where added)."""

    code: CheckCode
    start: int
    end: int
    detail: str


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` is to stand at `start:end` of the translation."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits, which are apart from each other, made."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
