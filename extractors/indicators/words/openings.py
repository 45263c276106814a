"""How a match of a pattern can begin, so that a search passes over the places where none can."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from typing import Any

__all__ = ["openings"]

op: Any = None
parser: Any = None
# The parts of a pattern have no public name; a Python without these searches everywhere, with the same result.
with suppress(ImportError):
    op, parser = import_module("re._constants"), import_module("re._parser")
_LONGEST = 8  # characters: longer openings make the search hardly faster, and the pattern slow to compile
_Opening = tuple[str, ...]  # patterns of one character each


def openings(pattern: str) -> str:
    r"""A pattern for the first characters of whatever the given one matches; it looks at every digit alike. Empty where
    nothing can be told. A dot in the pattern stands for any character here too.

    >>> openings("(?:in )?(?:19|20)[0-9]{2}|this")
    '(?:\\d(?:\\d)|i(?:n(?:\\ (?:\\d(?:\\d))))|t(?:h(?:i(?:s))))'
    """
    if parser is None:
        return ""
    cut: set[_Opening] = set()
    return _one_of(_grow({()}, parser.parse(pattern), cut) | cut)


def _grow(found: set[_Opening], parts: Iterable[Any], cut: set[_Opening]) -> set[_Opening]:
    """The openings with what the parts add to them; those that end here, whatever follows, go to `cut`."""
    for kind, value in parts:
        if kind is op.SUBPATTERN:
            found = _grow(found, value[-1], cut)
        elif kind is op.BRANCH:
            found = {one for branch in value[1] for one in _grow(found, branch, cut)}
        elif kind is op.MAX_REPEAT and value[1] == 1:
            found = found | _grow(found, value[2], cut)
        elif kind not in (op.ASSERT, op.ASSERT_NOT, op.AT):  # they take no character
            characters = _characters(kind, value)
            cut |= found if not characters else set()
            found = {(*one, character) for one in found for character in characters}
        cut |= {one for one in found if len(one) >= _LONGEST}
        found = {one for one in found if len(one) < _LONGEST}
    return found


def _characters(kind: Any, value: Any) -> set[str]:
    """Patterns of the characters that a part stands for; none where these are many."""
    members = value if kind is op.IN else [(kind, value)]
    found = set()
    for member, what in members:
        if member is op.LITERAL:
            found.add(r"\d" if chr(what).isdecimal() else re.escape(chr(what)))
        elif member is op.ANY:
            found.add(".")
        elif (
            member is op.RANGE and chr(what[0]).isdecimal() and chr(what[1]).isdecimal()
        ) or what is op.CATEGORY_DIGIT:
            found.add(r"\d")
        else:
            return set()
    return found


def _one_of(found: set[_Opening]) -> str:
    """A pattern for one of the openings, character by character."""
    if () in found:
        return ""
    following: dict[str, set[_Opening]] = {}
    for one in sorted(found):
        following.setdefault(one[0], set()).add(one[1:])
    return f"(?:{'|'.join(first + _one_of(rest) for first, rest in following.items())})"
