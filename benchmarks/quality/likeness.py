"""How alike two names, titles or facts are, and which found fact answers which annotated one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Fact = dict[str, Any]
Pair = tuple[Fact | None, Fact | None]  # annotated, found

_TOKEN = re.compile(r"[^\W_]+")
# Articles and prepositions say nothing about which unit is meant; with a capital they are part of a name (An, De).
_SMALL_WORDS = frozenset(
    (
        *("der", "die", "das", "des", "dem", "den", "und", "von", "vom", "zu", "zur", "zum", "im", "in", "am", "an"),
        *("the", "of", "a", "an", "and", "for", "at"),
        *("le", "la", "les", "l", "de", "du", "des", "d", "et", "à", "au", "aux"),
        *("của", "và", "tại"),
    )
)
_INFLECTIONS = ("es", "en", "s", "n", "e")  # of German and English, the longest first
_SHORTEST_INFLECTED = 5
# A deputy or a former officer holds another office than the one whose title stands in theirs.
_SHIFTS = (
    re.compile(r"\b(?:phó|deputy|vice|vize\w*|stellvertretend\w*|stv|adjointe?s?)\b"),
    re.compile(r"\b(?:nguyên|cựu|former|ex|ehemalig\w*|ancien\w*|früher\w*)\b"),
    re.compile(r"\b(?:quyền|acting|kommissarisch\w*|intérim\w*)\b"),
)
# From which overlap two names mean one unit, two titles one office, two phrases one subject: the contract's figures.
SAME_UNIT, SAME_ROLE, SAME_ROLE_WITHOUT_UNIT, UNIT_OF_ROLE, SAME_SUBJECT = 0.75, 0.6, 0.9, 0.6, 0.5
_WORDIER = 3  # a subject may have this many times the words of the annotated one that it contains


def tokens(text: str | None) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text or ""))


def words(text: str | None) -> list[str]:
    """The words that count, in small letters.

    >>> words("Parteikomitee der Gemeinde An Hoa"), words("Ủy ban của xã")
    (['parteikomitee', 'gemeinde', 'an', 'hoa'], ['ủy', 'ban', 'xã'])
    """
    return [token.casefold() for token in tokens(text) if token not in _SMALL_WORDS]


def stems(text: str | None) -> list[str]:
    return [_stem(word) for word in words(text)]


def _stem(word: str) -> str:
    if len(word) >= _SHORTEST_INFLECTED and word.isascii():
        ending = next((e for e in _INFLECTIONS if word.endswith(e)), "")
        return word.removesuffix(ending)
    return word


def overlap(a: str | None, b: str | None) -> float:
    """The F1 of the stems of two strings, from 0 to 1."""
    left, right = Counter(stems(a)), Counter(stems(b))
    if not left or not right:
        return 0.0
    return 2 * (left & right).total() / (left.total() + right.total())


def same_name(a: str, b: str) -> bool:
    return bool(stems(a)) and stems(a) == stems(b)


def same_person(a: str, b: str) -> bool:
    """A person's name is compared word for word: nothing in it is inflected or left out."""
    left, right = ([token.casefold() for token in tokens(name)] for name in (a, b))
    return bool(left) and left == right


def same_subject(gold: str | None, found: str | None) -> bool:
    """Whether a subject is the annotated one, or holds all its words and not many more."""
    if gold is None or overlap(gold, found) >= SAME_SUBJECT:
        return True
    wanted, given = words(gold), words(found)
    return bool(found) and set(wanted) <= set(given) and len(given) <= _WORDIER * len(wanted)


def shifts(title: str | None) -> list[bool]:
    """Whether the title is a deputy's, a former one and an acting one."""
    return [bool(pattern.search((title or "").casefold())) for pattern in _SHIFTS]


def names(fact: Fact) -> list[str]:
    return [fact["name"], *fact.get("variants", ())]


def likeness_of_people(gold: Fact, found: Fact) -> float:
    if same_person(gold["name"], found["name"]):
        return 3
    if any(same_person(name, found["name"]) for name in gold.get("variants", ())):
        return 2
    return float(any(same_person(gold["name"], name) for name in found.get("variants", ())))


def likeness_of_units(gold: Fact, found: Fact) -> float:
    if any(same_name(name, found["name"]) for name in names(gold)):
        return 2
    best = max(overlap(name, found["name"]) for name in names(gold))
    return best if best >= SAME_UNIT else 0


def likeness_of_indicators(gold: Fact, found: Fact) -> float:
    if gold["kind"] != found["kind"] or abs(gold["value"] - found["value"]) > 1e-6:
        return 0
    if gold["kind"] == "percentage":
        same = gold.get("unit", "%") == found["unit"] and (gold.get("value_max") or 0) == (found.get("value_max") or 0)
    else:
        same = gold.get("target") == found.get("target")
    return 1 + overlap(gold.get("subject"), found.get("subject")) if same else 0


def pair_up(gold: Sequence[Fact], found: Sequence[Fact], alike: Callable[[Fact, Fact], float]) -> Iterator[Pair]:
    """Each annotated fact with the found one that is most like it, the most alike first; then those left alone."""
    scored = [(alike(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    scored.sort(key=lambda row: (-row[0], row[1], row[2]))
    answered: set[int] = set()
    used: set[int] = set()
    for likeness, i, j in scored:
        if likeness > 0 and i not in answered and j not in used:
            answered.add(i)
            used.add(j)
            yield gold[i], found[j]
    yield from ((None, f) for j, f in enumerate(found) if j not in used)
    yield from ((g, None) for i, g in enumerate(gold) if i not in answered)
