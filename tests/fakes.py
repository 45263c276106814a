"""Hand-written stand-ins, so that the service is tested without the quality of what it calls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.record import build_record
from extractors.text import normalise, split_sentences
from extractors.types import (
    Article,
    Facts,
    Indicator,
    Person,
    Processing,
    Record,
    Role,
    Source,
    Span,
    TranslatedSentence,
    Translation,
    Unit,
)
from service.pipeline import StageError, Submission
from service.runtime import Runtime
from service.translate import Translator
from service.translate.engines.base import Batch

_PERSON = re.compile(r"(?:Ông|Bà) ([A-ZĐ]\w+(?: [A-ZĐ]\w+)+)")
_UNIT = re.compile(r"xã [A-ZĐ]\w+(?: [A-ZĐ]\w+)*")
_PERCENTAGE = re.compile(r"(\d+)(?:,(\d+))?\s?%")


def span(match: re.Match[str], group: int = 0) -> Span:
    return Span(match.start(group), match.end(group), match[group])


def find_facts(text: str) -> Facts:
    """Every "Ông/Bà Name" secretary of the first "xã Name", every percentage about it."""
    units = tuple(
        Unit(f"u{i}", m[0], "administrative", "commune", None, None, None, None, (), (span(m),), 0.9, "fake")
        for i, m in enumerate(_UNIT.finditer(text))
    )
    first = units[0].id if units else None
    people = tuple(
        Person(
            f"p{i}",
            m[1],
            (),
            None,
            "unknown",
            (Role("Bí thư", "party_secretary", first, "current", span(m), "fake"),),
            (span(m, 1),),
            0.9,
            "fake",
        )
        for i, m in enumerate(_PERSON.finditer(text))
    )
    return Facts(people, units, tuple(_indicator(i, m, first) for i, m in enumerate(_PERCENTAGE.finditer(text))))


def _indicator(number: int, match: re.Match[str], about: str | None) -> Indicator:
    return Indicator(
        id=f"i{number}",
        kind="percentage",
        value=float(f"{match[1]}.{match[2] or 0}"),
        value_max=None,
        unit="%",
        comparator="eq",
        direction="level",
        subject="thu ngân sách",
        topic="budget_revenue",
        basis="annual_plan",
        period=None,
        about=about,
        target=None,
        parts=None,
        percent=None,
        evidence=span(match),
        derived=False,
        confidence=0.8,
        rule="fake",
    )


def make_record(given: Submission) -> Record:
    """A record of a text, or of a page whose tags are taken out."""
    text = normalise(given.text or re.sub(r"<[^>]+>", "\n", (given.html or b"").decode()) or f"Trang {given.url}")
    article = Article(
        text=text,
        title=given.title or text.split("\n")[0],
        published_at=f"{given.published_at}T00:00:00+07:00" if given.published_at else None,
        published_precision="day" if given.published_at else None,
        url=given.url,
        canonical_url=given.url,
        source=Source("baomau.vn", "Báo Mẫu", "VN-07") if given.url else Source(None, None, None),
    )
    processing = Processing(input=given.input or given.url, body_start=0, fetched_at=None)
    language = (given.language or "vi", 1.0)
    return build_record(article, language, find_facts(text), translation=Translation(given.to), processing=processing)


class FakeRuntime(Runtime):
    """Makes records without reading, identifying or translating; `HỎNG` and `LỖI` in a text are failing stages."""

    @property
    def translator(self):
        return FakeTranslator()

    def process(self, given: Submission, *, tell=None) -> Record:
        if "HỎNG" in (given.text or ""):
            raise StageError("read", "no text found")
        if "LỖI" in (given.text or ""):
            raise StageError("extract", "internal error (KeyError)", user=False)
        return make_record(given)


class FakeTranslator:
    """Translates a sentence by putting `[target]` before it, or not at all."""

    def __init__(self, reason: str | None = None) -> None:
        self.reason = reason
        self.calls: list[tuple[str, str, list[str]]] = []

    def translate(self, text, sentences, *, source, target, keep) -> Translation:
        self.calls.append((source, target, list(keep)))
        if self.reason:
            return Translation(target, None, "unavailable", self.reason)
        done = tuple(TranslatedSentence(a, b, self.say(text[a:b], target)) for a, b in sentences)
        return Translation(target, "fake", "done", None, done)

    def say(self, sentence: str, target: str) -> str:
        return f"[{target}] {sentence}"


@dataclass
class FakeEngine:
    """An engine that says what it is told, sentence by sentence; what it is not told it does not know."""

    answers: dict[str, str]
    name: str = "fake"
    hide_names: bool = False
    reason: str | None = None
    asked: list[list[str]] = field(default_factory=list)

    def version(self, source, target):
        return f"{self.name} 1"

    def translate(self, texts, *, source, target):
        self.asked.append(list(texts))
        found = tuple(self.answers.get(text) for text in texts)
        return Batch(found, self.reason or ("not known" if None in found else None))

    def close(self):
        pass


def translate(translator: Translator, text: str, source="vi", target="en", keep=()):
    return translator.translate(text, split_sentences(text), source=source, target=target, keep=keep)
