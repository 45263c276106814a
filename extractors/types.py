"""The values that move through the pipeline. All are frozen; offsets count code points of `Article.text`.

`Record` and what it holds are the public contract: `record.py` writes the JSON Schema from these classes.
Fields whose JSON name is a Python keyword end in an underscore here (`class_`, `from_`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

Comparator = Literal["eq", "gt", "gte", "lt", "lte", "approx", "range"]
Direction = Literal["level", "increase", "decrease"]
Gender = Literal["female", "male", "unknown"]
Kind = Literal["percentage", "count", "money", "measure"]
Basis = Literal["annual_plan", "plan", "same_period_last_year", "previous_period", "total", "other_unit"]
Precision = Literal["minute", "day"]
RoleStatus = Literal["current", "former", "acting"]
TranslationStatus = Literal["done", "partial", "unavailable", "not_needed"]
CheckCode = Literal["number_lost", "percentage_lost", "name_lost", "number_added"]
UnitClass = Literal[
    "administrative",
    "party",
    "government",
    "mass_organization",
    "enterprise",
    "cooperative",
    "education",
    "health",
    "security",
    "association",
    "media",
    "other",
]

Offset = Annotated[int, Field(ge=0)]
Confidence = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the article: `text == article.text[start:end]` (a rendered text in `Record.digest`)."""

    start: Offset
    end: Offset
    text: str


Mentions = Annotated[tuple[Span, ...], Field(min_length=1)]


# --- facts ---------------------------------------------------------------------------------------
# `label` and `statement` say a fact in the language of `Record.rendered_in`; None where it was not rendered.


@dataclass(frozen=True, slots=True)
class Role:
    """An office that the text gives to a person. `unit` is the id of a `Unit` or None."""

    title: str
    role: str | None
    unit: str | None
    status: RoleStatus
    evidence: Span
    rule: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: Annotated[str, Field(min_length=1)]
    variants: tuple[str, ...]
    honorific: str | None
    gender: Gender
    roles: tuple[Role, ...]
    mentions: Mentions
    confidence: Confidence
    rule: str
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that took the place of another on 1 July 2025."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative place or a body. `parent` is the id of another `Unit` of the same article."""

    id: str
    name: Annotated[str, Field(min_length=1)]
    class_: Annotated[UnitClass, Field(alias="class")]
    type: str | None
    parent: str | None
    code: str | None
    code_version: str | None
    official_name: str | None
    successors: tuple[Successor, ...]
    mentions: Mentions
    confidence: Confidence
    rule: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure is about: the words, first and last day (ISO dates), each None where not certain."""

    text: str
    from_: Annotated[str | None, Field(alias="from", json_schema_extra={"format": "date"})]
    to: Annotated[str | None, Field(json_schema_extra={"format": "date"})]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure. `unit` is `"%"`, `"pp"` or what is counted or measured; `about` the id of a `Unit`."""

    id: str
    kind: Kind
    value: float
    value_max: float | None
    unit: str
    comparator: Comparator
    direction: Direction
    subject: str | None
    topic: str | None
    basis: Basis | None
    period: Period | None
    about: str | None
    target: float | None
    parts: tuple[float, ...] | None
    percent: float | None
    evidence: Span
    derived: bool
    confidence: Confidence
    rule: str
    label: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Warning_:
    """What a careful reader should check; `refs` are ids of facts."""

    code: str
    message: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    people: tuple[Person, ...] = ()
    units: tuple[Unit, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    warnings: tuple[Warning_, ...] = ()


# --- page and article ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched or given. `content` is bytes of HTML; `charset` what the HTTP header said."""

    content: bytes
    url: str | None = None
    charset: str | None = None
    fetched_at: str | None = None
    input: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    domain: str | None
    name: str | None
    province: Annotated[str | None, Field(json_schema_extra={"pattern": "^VN-[A-Z0-9]{2}$"})]


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    caption: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """What the page says, cleaned. `text` is title, lead and body, a paragraph a line, NFC."""

    text: str
    title: str | None
    lead: str | None = None
    author: str | None = None
    published_at: str | None = None
    published_precision: Precision | None = None
    url: str | None = None
    canonical_url: str | None = None
    original_url: str | None = None
    source: Source = Source(None, None, None)
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    body_start: int = 0
    adapter: str = "text"
    warnings: tuple[Warning_, ...] = ()


# --- translation and record ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """The translation of `article.text[start:end]`; None where no engine gave one."""

    start: Offset
    end: Offset
    text: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """What the translation of a sentence lost or added."""

    code: CheckCode
    start: Offset
    end: Offset
    detail: str


@dataclass(frozen=True, slots=True)
class Translation:
    target: str | None = None
    engine: str | None = None
    status: TranslationStatus = "not_needed"
    reason: str | None = None
    sentences: tuple[TranslatedSentence, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Processing:
    """How the record was made. `milliseconds` holds a figure a stage."""

    input: str | None
    body_start: Offset
    fetched_at: Annotated[str | None, Field(json_schema_extra={"format": "date-time"})]
    versions: dict[str, str] = field(default_factory=dict)
    milliseconds: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One article and the facts found in it.

    `rendered_in` is the language of labels, statements and `digest`, whose spans hold the offsets of a sentence of
    `text` and what it says in that language.
    """

    schema: Literal["1.0"]
    id: Annotated[str, Field(min_length=8)]
    url: str | None
    canonical_url: str | None
    original_url: str | None
    source: Source
    title: str | None
    lead: str | None
    author: str | None
    published_at: Annotated[str | None, Field(json_schema_extra={"format": "date-time"})]
    published_precision: Precision | None
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")]
    language_confidence: Confidence
    text: str
    translation: Translation
    people: tuple[Person, ...]
    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    warnings: tuple[Warning_, ...]
    processing: Processing
    rendered_in: Annotated[str | None, Field(pattern="^[a-z]{2,3}$")] = None
    digest: tuple[Span, ...] = ()
