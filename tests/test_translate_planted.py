"""Sentences with translations that are right, freely worded, and with translations in which one thing is wrong.

`tests/translations/planted/vi-en.txt`: `=` a source, `+` a right translation of it, `- kind:` a wrong one, `? kind:` a
wrong one that is not noticed yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from service.translate.names import Names
from service.translate.review import review

FOLDER = Path(__file__).parent / "translations" / "planted"


class Case(NamedTuple):
    pair: tuple[str, str]
    source: str
    kind: str  # "" where the translation is right
    said: str
    missed: bool = False


def read(path: Path) -> Iterator[Case]:
    source, target = path.stem.split("-")
    original = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, text = line[:1], line[2:]
        if mark == "=":
            original = text
        elif mark == "+":
            yield Case((source, target), original, "", text)
        elif mark in ("-", "?"):
            kind, _, said = text.partition(": ")
            yield Case((source, target), original, kind, said, mark == "?")


CASES = [case for path in sorted(FOLDER.glob("*.txt")) for case in read(path)]
WRONG, RIGHT = [case for case in CASES if case.kind], [case for case in CASES if not case.kind]


def letters(text: str) -> str:
    return re.sub(r"[^\w%‰]", "", text)


def is_noticed(case: Case) -> bool:
    """Whether the error is flagged or repaired."""
    found = review(case.source, case.said, languages=case.pair, names=Names(()))
    return bool(found.losses) or found.text != case.said


def test_the_corpus_is_large():
    assert len(WRONG) >= 550
    assert sum(case.missed for case in WRONG) <= 3
    assert len(RIGHT) >= 390
    assert {case.pair for case in CASES} >= {("vi", "en"), ("vi", "de"), ("vi", "fr"), ("en", "vi"), ("de", "en")}


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{'-'.join(case.pair)} {case.kind}: {case.said[:60]}")
def test_a_planted_error_is_noticed(case):
    assert is_noticed(case) is not case.missed, "noticed now: take its mark away" if case.missed else "not noticed"


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: f"{'-'.join(case.pair)}: {case.said[:60]}")
def test_a_right_translation_is_left_alone(case):
    found = review(case.source, case.said, languages=case.pair, names=Names(()))
    assert (found.losses, letters(found.text)) == ((), letters(case.said))
