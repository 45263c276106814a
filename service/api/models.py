"""What goes in and comes out over HTTP, as pydantic models; `/openapi.json` is written from them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, field_validator, model_validator

from extractors import render
from extractors.article.dates import read_given_date
from extractors.types import Basis, Direction, Gender, Kind, Record, RoleStatus, UnitClass
from service.store import Filters, Paging

_LANGUAGE = "^[a-z]{2,3}$"
_MAX_PAGE = 1000  # rows of one answer: some 500 KB of JSON
_MOST_MINUTES = 40_320  # four weeks between two looks at a feed
_MAX_URL = 4000  # longer than any news page's; browsers and servers stop at 2,000 to 8,000
_MAX_WORDS = 200  # characters of a search; each word is a condition, and databases take some hundreds
_PLACE = r"^(\d{4}-\d\d-\d\d)?_[0-9A-Za-z]{1,40}_\d{1,9}$"


class Strict(BaseModel):
    """Unknown fields are errors, so that a misspelt one is not passed over."""

    model_config = ConfigDict(extra="forbid")


def _can_render(language: str) -> str:
    if language not in render.languages():
        raise ValueError(f"facts are said in {', '.join(render.languages())}, not in {language!r}")
    return language


Lang = Annotated[
    Annotated[str, AfterValidator(_can_render)] | None,
    Field(description="Language of labels, statements and digest"),
]


def _web_address(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https"):
        raise ValueError("only http and https URLs are taken")
    return value


_Url = Annotated[str, Field(max_length=_MAX_URL), AfterValidator(_web_address)]


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError("no time that there is in UTC") from error


_Moment = Annotated[datetime, AfterValidator(_in_utc)]


class ArticleBody(Strict):
    """An article to process: `url`, or `html` or `text` with the `url` that it was taken from."""

    url: Annotated[_Url | None, Field(examples=["https://baotuyenquang.com.vn/a-1.html"])] = None
    html: Annotated[str | None, Field(min_length=1)] = None
    text: Annotated[str | None, Field(min_length=1)] = None
    title: Annotated[str | None, Field(max_length=1000)] = None
    published_at: Annotated[str | None, Field(description="ISO date or time", examples=["2024-07-11"])] = None
    language: Annotated[str | None, Field(pattern=_LANGUAGE, description="ISO 639; identified where left out")] = None
    to: Annotated[
        str | None, Field(pattern=_LANGUAGE + "|^none$", description="Language to translate to and to say the facts in")
    ] = None

    @field_validator("published_at")
    @classmethod
    def _is_time(cls, value: str | None) -> str | None:
        if value is not None:
            read_given_date(value)
        return value

    @model_validator(mode="after")
    def _is_one(self) -> ArticleBody:
        if self.html is not None and self.text is not None:
            raise ValueError("give html or text, not both")
        if self.url is None and self.html is None and self.text is None:
            raise ValueError("give url, html or text")
        return self


class TranslateBody(Strict):
    """What translation of an article is wanted."""

    to: Annotated[
        str | None,
        Field(pattern=_LANGUAGE, description="Target language; the one that was asked for first where left out"),
    ] = None
    again: Annotated[bool, Field(description="Also where there is a complete translation to it")] = False


class _SourceBody(Strict):
    since: Annotated[date | None, Field(description="Leave out what is known to be older")] = None
    language: Annotated[str | None, Field(pattern=_LANGUAGE, description="ISO 639; identified where left out")] = None
    to: Annotated[str | None, Field(pattern=_LANGUAGE + "|^none$", description="Language to translate to")] = None


class BatchBody(_SourceBody):
    """Articles to process: their addresses, or the `url` of a feed, sitemap, section page or site that names them."""

    urls: Annotated[list[_Url] | None, Field(min_length=1)] = None
    url: _Url | None = None

    @model_validator(mode="after")
    def _is_one(self) -> BatchBody:
        if (self.url is None) == (self.urls is None):
            raise ValueError("give urls or url")
        return self


class SubscriptionBody(_SourceBody):
    """A feed (or a sitemap, a section page, a site) that is read again and again; what is new is processed, once."""

    url: _Url
    every_minutes: Annotated[int, Field(ge=1, le=_MOST_MINUTES)] = 60


class BatchAccepted(BaseModel):
    """The id of the batch, and how many addresses were queued where that is known."""

    batch: str
    queued: int | None = None


class BatchState(BaseModel):
    """A batch. `starting`: its source is being read and its addresses queued; `failed`: the source cannot be read.

    The numbers count addresses; `failed_in` tells how many failed in which stage, `failures` are the first of them.
    """

    id: str
    state: Literal["starting", "running", "done", "failed"]
    reason: str | None
    url: str | None
    since: str | None
    language: str | None
    to: str | None
    every_minutes: int | None
    next_at: str | None
    read_at: str | None
    created_at: str
    total: int
    queued: int
    done: int
    failed: int
    failed_in: dict[str, int] = {}
    failures: list[dict[str, Any]] = []


class ItemsQuery(Strict):
    """Which addresses of a batch."""

    state: Literal["queued", "done", "failed"] | None = None
    limit: Annotated[int, Field(ge=1, le=_MAX_PAGE)] = 100
    offset: Annotated[int, Field(ge=0, le=2**31)] = 0


class RetryQuery(Strict):
    """What is tried again."""

    stage: Annotated[
        str | None, Field(max_length=20, description="Only what failed in this stage, such as `fetch`")
    ] = None


class PostQuery(Strict):
    """How the call answers."""

    wait: Annotated[bool, Field(description="Answer with the record, made at once")] = False


class JobAccepted(BaseModel):
    """The id of the job."""

    job: str


class JobBody(BaseModel):
    """What became of a job; `article` when done, `stage` and `reason` when failed."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    stage: str | None
    article: str | None
    reason: str | None
    created_at: str | None
    updated_at: str | None


class RecordBody(RootModel[Record]):
    """The record; `docs/record.schema.json` is its schema."""


class IdPath(BaseModel):
    """The id in the path."""

    id: str


class _Page(Strict):
    q: Annotated[
        str | None,
        Field(
            max_length=_MAX_WORDS,
            description='Words, with or without diacritics; "words in their order"; word* for how one begins',
        ),
    ] = None
    language: Annotated[str | None, Field(pattern=_LANGUAGE)] = None
    province: Annotated[str | None, Field(pattern="^VN-[A-Z0-9]{2}$", description="ISO 3166-2:VN")] = None
    domain: str | None = None
    from_: Annotated[date | None, Field(alias="from", description="First day of publication")] = None
    to: Annotated[date | None, Field(description="Last day of publication")] = None
    stored_from: Annotated[_Moment | None, Field(description="Stored or changed at this time or later")] = None
    limit: Annotated[int | None, Field(ge=1, le=_MAX_PAGE)] = None
    offset: Annotated[int, Field(ge=0, le=2**31)] = 0
    after: Annotated[
        str | None, Field(pattern=_PLACE, description="`next` of the page before; new rows move nothing behind it")
    ] = None

    def filters(self) -> Filters:
        """What the store is asked."""
        said = self.model_dump(exclude={"from_", "to", "stored_from", "limit", "offset", "after", "format", "lang"})
        said |= {"first_day": self.from_, "last_day": self.to}
        days = {name: value.isoformat() for name, value in said.items() if isinstance(value, date)}
        stored = self.stored_from.isoformat(timespec="milliseconds") if self.stored_from else None
        return Filters(**said | days, stored_from=stored)

    def paging(self, default: int | None = Paging().limit) -> Paging:
        """Which part of the rows is wanted."""
        return Paging(self.limit or default, self.offset, self.after)


class ArticleQuery(Strict):
    """How the record is read."""

    lang: Lang = None


class ArticlesQuery(_Page):
    """Which articles."""


class _FactsQuery(_Page):
    article: Annotated[str | None, Field(description="Id of an article")] = None
    unit: Annotated[str | None, Field(max_length=_MAX_WORDS, description="Words of a unit's name, or its code")] = None
    lang: Lang = None
    confidence: Annotated[float | None, Field(ge=0, le=1, description="Leave out facts that are less sure")] = None
    format: Literal["json", "csv", "parquet"] = "json"


class PeopleQuery(_FactsQuery):
    """Which people; a row a role."""

    role: str | None = None
    status: RoleStatus | None = None
    gender: Gender | None = None


class UnitsQuery(_FactsQuery):
    """Which units."""

    class_: Annotated[UnitClass | None, Field(alias="class")] = None
    type: str | None = None


class IndicatorsQuery(_FactsQuery):
    """Which indicators."""

    topic: str | None = None
    kind: Kind | None = None
    basis: Basis | None = None
    direction: Direction | None = None
    period_from: Annotated[date | None, Field(description="The figure's period ends on this day or later")] = None
    period_to: Annotated[date | None, Field(description="The figure's period begins on this day or earlier")] = None


class SeriesQuery(IndicatorsQuery):
    """Which figures; those of one topic make series."""

    topic: str
    limit: None = None
    offset: Literal[0] = 0
    after: None = None
    format: Literal["json"] = "json"


class SeriesBody(BaseModel):
    """Series of figures that may stand in one chart. `truncated`: there were more figures than are read at once."""

    items: list[dict[str, Any]]
    truncated: bool


class Rows(BaseModel):
    """A part of the rows, how many there are in all, and what `after` of the next part is, if there is one."""

    items: list[dict[str, Any]]
    total: int
    limit: int
    offset: int
    next: str | None = None
