"""The annotated articles, and the records that the service makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from benchmarks.quality.likeness import Fact
from extractors.record import to_json
from extractors.types import Translation
from service.pipeline import Submission, process

GOLD = Path(__file__).parents[2] / "tests" / "gold"
# The first series (below 200), the second, the third (from 300 on), and four series of passages, each cut in two by
# odd and even numbers. Articles that are `held-out` only measure; rules may be made from the others.
SETS = (
    "development", "held-out", "later", "development-3", "held-out-3",
    "passages", "passages-even", "passages-2", "passages-2-even", "passages-3", "passages-3-even",
    "passages-4", "held-out-passages-4",
)  # fmt: skip
TRAINING = "training"  # passages whose figures alone are annotated: trained from, never scored
HELD_OUT = "held-out"  # how the names of the sets begin whose differences are never shown
_EVEN = "-even"
LANGUAGES = ("vi", "de", "en", "fr")
# Whole articles, so that none is cut; the longest annotated one has 9,000 characters.
_MAX_CHARS = 1_000_000


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article and its annotation. `published` is the day that its newspaper gives, None where it gives none."""

    id: str
    language: str
    published: str | None
    text: str
    gold: Fact


def read_set(name: str) -> list[Annotated]:
    """The articles of one of the SETS or of TRAINING, or those of a folder.

    Raises FileNotFoundError where the folder holds no annotated article.
    """
    if name == TRAINING:
        return [*_read_passages(name, even=False), *_read_passages(name, even=True)]
    if name not in SETS:
        return list(_read(sorted(Path(name).glob("*.gold.json")), name))
    if "passages" in name:
        even = name.startswith(HELD_OUT) or name.endswith(_EVEN)
        return list(_read_passages(name.removeprefix(f"{HELD_OUT}-").removesuffix(_EVEN), even=even))
    return list(_read([path for path in sorted(GOLD.glob("*.gold.json")) if _set_of(_number(path)) == name], str(GOLD)))


def _set_of(number: int) -> str:
    if 200 <= number < 300:
        return "later"
    name = "development" if number % 2 else HELD_OUT
    return name if number < 200 else f"{name}-3"


def _number(path: Path) -> int:
    return int(path.name.removesuffix(".gold.json").split("-")[1])


def _read(paths: Sequence[Path], folder: str) -> Iterator[Annotated]:
    if not paths:
        raise FileNotFoundError(f"no *.gold.json in {folder}")
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        stem = path.name.removesuffix(".gold.json")
        text = path.with_name(f"{stem}.txt").read_text(encoding="utf-8")
        yield Annotated(stem, gold["language"], gold.get("published_at"), text, gold)


def _read_passages(series: str, *, even: bool) -> Iterator[Annotated]:
    """The passages of a series with odd numbers, or with even ones: a line each, the annotation beside its text."""
    for path in sorted((GOLD / series).glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if even == (number % 2 == 0):
                    gold = {"people": (), "units": (), **json.loads(line)}
                    yield Annotated(gold["id"], gold["language"], gold.get("published_at"), gold["text"], gold)


def make_record(article: Annotated) -> Fact:
    """The record that the service makes of the text, told only its date; which language it is in it finds itself."""
    made: Fact = json.loads(_process(Submission(text=article.text, published_at=article.published)))
    return made


def make_page_record(content: bytes, url: str) -> bytes:
    """The record of a page as JSON, untranslated."""
    return _process(Submission(html=content, url=url))


def _process(given: Submission) -> bytes:
    return to_json(process(given, translator=_NoTranslator(), fetch=_no_fetch, max_chars=_MAX_CHARS))


class _NoTranslator:
    """Says that it is not there: a text taken for one in a language without a pack is then measured as such."""

    def translate(
        self, text: str, sentences: Sequence[tuple[int, int]], *, source: str, target: str, keep: Sequence[str]
    ) -> Translation:
        del text, sentences, source, keep
        return Translation(target=target, status="unavailable", reason="measured without translation")


def _no_fetch(url: str) -> NoReturn:
    raise AssertionError(f"a text is measured, no page is fetched: {url}")


__all__ = ["GOLD", "LANGUAGES", "TRAINING", "Annotated", "make_page_record", "make_record", "read_set"]
