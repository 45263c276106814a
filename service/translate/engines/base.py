"""What every engine is: sentences in, their translations out, and the reason where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Batch", "Engine", "base", "bundles", "cut", "is_whole", "nothing"]


@dataclass(frozen=True, slots=True)
class Batch:
    """The translations of a batch, in its order: None where there is none, for the `reason`."""

    texts: tuple[str | None, ...]
    reason: str | None = None


class Engine(Protocol):
    """`name` goes into the record, `version` into the key of the translation memory.

    `hide_names`: names are replaced by tokens from the start, since the engine mangles them.
    """

    name: str
    hide_names: bool

    def version(self, source: str, target: str) -> str: ...

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> Batch:
        """What can go wrong outside (no model, no network, a refusal) is in the batch's reason, never raised."""
        ...

    def close(self) -> None: ...


def base(language: str) -> str:
    """The language without its region or script: pt-BR is pt."""
    return re.split("[-_]", language.lower())[0]


def nothing(texts: Sequence[str], reason: str) -> Batch:
    """A batch in which nothing was translated."""
    return Batch((None,) * len(texts), reason)


def bundles(
    texts: Sequence[str], limit: int, *, size: Callable[[str], int] = len, most: int | None = None
) -> Iterator[list[str]]:
    """The texts in their order, in groups whose sizes make up `limit` at most, and of `most` texts; one at least."""
    group: list[str] = []
    total = 0
    for text in texts:
        more = size(text)
        if group and (total + more > limit or len(group) == most):
            yield group
            group, total = [], 0
        group.append(text)
        total += more
    if group:
        yield group


_SHORT = 60  # characters below which the length of a translation says nothing
_STOP = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")


def is_whole(text: str, said: str) -> bool:
    """Whether a translation can be all of its sentence.

    No language pair makes a long one three times shorter, but for Chinese and its like, whose letters say more; one
    that has lost its stop and half of its length ends in the middle.
    """
    if not said or len(text) < _SHORT:
        return bool(said)
    size = len(said) + 3 * sum(c > "\u2e80" for c in said)
    broken_off = _STOP.search(text.rstrip()) and not _STOP.search(said.rstrip())
    return size * 3 > len(text) and not (broken_off and size * 2 < len(text))


# Where a long sentence is cut first: the strongest pause that leaves a piece within the limit.
_PAUSES = tuple(re.compile(p) for p in (r"(?<=[;:])\s+", r"(?<=,)\s+", r"\s+"))


def cut(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` characters, cut at semicolons, else commas, else spaces.

    >>> cut("Eins und zwei; drei, vier", 16)
    ['Eins und zwei;', 'drei, vier']
    """
    if len(text) <= limit:
        return [text]
    for pause in _PAUSES:
        places = [m for m in pause.finditer(text) if m.start() <= limit]
        if places:
            return [text[: places[-1].start()], *cut(text[places[-1].end() :], limit)]
    return [text[:limit], *cut(text[limit:], limit)]
