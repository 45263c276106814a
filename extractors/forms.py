"""Finds every one of many forms of some words in a list of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["Forms"]

T = TypeVar("T")


@dataclass(slots=True)
class _Step(Generic[T]):
    """The forms that begin with the words so far, by their next word; what they mean where one ends here."""

    meaning: T | None = None
    following: dict[str, _Step[T]] = field(default_factory=dict)


class Forms(Generic[T]):
    """Words and what they mean together, as a tree of their words."""

    def __init__(self, meanings: Mapping[tuple[str, ...], T]) -> None:
        self._root: _Step[T] = _Step()
        for words, meaning in meanings.items():
            step = self._root
            for word in words:
                step = step.following.setdefault(word, _Step())
            step.meaning = meaning

    def find(self, words: Sequence[str]) -> list[tuple[T, int, int]]:
        """Every form among the words: its meaning, its first word, the one behind its last; shorter ones first.

        >>> Forms({("sub", "branch"): 1, ("branch",): 2}).find(["the", "sub", "branch"])
        [(1, 1, 3), (2, 2, 3)]
        """
        found: list[tuple[T, int, int]] = []
        firsts = self._root.following
        for start, word in enumerate(words):
            step = firsts.get(word)
            end = start + 1
            while step is not None:
                if step.meaning is not None:
                    found.append((step.meaning, start, end))
                step = step.following.get(words[end]) if end < len(words) else None
                end += 1
        return found
