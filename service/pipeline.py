"""READ THIS FIRST: the whole way of an article, from what was given to its record."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Protocol

from extractors.article.dates import read_given_date
from extractors.article.read import read_article, read_text
from extractors.language import identify_language
from extractors.packs import languages
from extractors.record import build_record
from extractors.types import Article, Facts, Page, Processing, Record, Translation, Warning_
from service.errors import UserError
from service.facts import extract_facts, extract_from_english
from service.sentences import find_sentences
from service.translate.names import names_to_keep

if TYPE_CHECKING:
    from service.fetch import Fetch

log = logging.getLogger(__name__)
Tell = Callable[[str], None]

_LANGUAGE = re.compile(r"[a-z]{2,3}")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL, and halves of characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An article as it was given: one of `url`, `html` and `text`, and what the caller knows of it.

    `html` and `text` may come with the URL that they were taken from; `charset` is what HTTP said of `html`.
    `to` is the language to translate to and to say the facts in. `input` is how the caller calls it, else the URL.
    `replaces` is the id of the article that was made of the same before.
    """

    url: str | None = None
    html: bytes | None = None
    charset: str | None = None
    fetched_at: str | None = None
    text: str | None = None
    title: str | None = None
    published_at: str | None = None
    language: str | None = None
    to: str | None = None
    input: str | None = None
    replaces: str | None = None


class Translator(Protocol):
    """Translates the sentences of a text, never raises: what goes wrong is in the status. See `service.translate`."""

    def translate(
        self, text: str, sentences: Sequence[tuple[int, int]], *, source: str, target: str, keep: Sequence[str]
    ) -> Translation: ...


class StageError(Exception):
    """A stage failed. `user` is whether what was given is the cause, and not a defect of the service."""

    def __init__(self, stage: str, reason: str, *, user: bool = True) -> None:
        super().__init__(f"{stage}: {reason}")
        self.stage, self.reason, self.user = stage, reason, user


def process(
    given: Submission, *, translator: Translator, fetch: Fetch, max_chars: int, tell: Tell | None = None
) -> Record:
    """The record of an article. Raises StageError with the stage and the reason.

    Facts are found in the source text where its language has a pack, else in its English translation.
    `tell` hears the name of each stage as it begins.
    """
    clock = Clock(tell)
    with clock.stage("fetch"):
        page = _get_page(given, fetch)
    with clock.stage("read"):
        article = _read(given, page, max_chars)
    with clock.stage("identify"):
        language, confidence = (given.language, 1.0) if given.language else identify_language(article.text)
        has_pack = language in languages() and language != "und"
    if has_pack or not _is_article(article):
        with clock.stage("extract"):
            facts = extract_facts(article, language) if _is_article(article) else Facts()
        with clock.stage("translate"):
            translation = translate(article, facts, translator, source=language, target=given.to)
    else:
        with clock.stage("translate"):
            names = extract_facts(article, "und")  # people are told by their form in any language
            english = translate(article, names, translator, source=language, target="en")
        with clock.stage("extract"):
            facts = extract_from_english(article, english)
        with clock.stage("translate"):
            translation = english
            if given.to != "en":
                translation = translate(article, facts, translator, source=language, target=given.to)
    with clock.stage("record"):
        processing = Processing(
            input=UNSTORABLE.sub("\ufffd", given.input or given.url or "") or None,
            body_start=article.body_start,
            fetched_at=page.fetched_at if page else given.fetched_at,
            versions={"chitieu": _version(), "adapter": article.adapter},
            milliseconds=clock.milliseconds,
        )
        record = build_record(article, (language, confidence), facts, translation=translation, processing=processing)
    if given.to is None:
        return record
    with clock.stage("render"):
        return render_facts(record, given.to)


def _get_page(given: Submission, fetch: Fetch) -> Page | None:
    if given.html is not None:
        return Page(given.html, url=given.url, charset=given.charset, fetched_at=given.fetched_at)
    if given.text is None and given.url is not None:
        return fetch(given.url)
    return None


def _read(given: Submission, page: Page | None, max_chars: int) -> Article:
    _check(given)
    if page is None:
        article = read_text(given.text or "", url=given.url, title=given.title, published=given.published_at)
    else:
        article = _with_what_is_known(read_article(page), given)
    article = _storable(article)
    if not article.text.strip("\ufffd\n ") and _is_article(article):
        raise UserError("no text found")
    if len(article.text) > max_chars:
        raise UserError(f"the text is longer than {max_chars} characters")
    return article


def _check(given: Submission) -> None:
    check_language(given.language)
    check_language(given.to)
    try:
        read_given_date(given.published_at or "2024-07-11")
    except ValueError as error:
        raise UserError(str(error)) from error


def check_language(code: str | None) -> None:
    """Raises UserError for what is given and no language code."""
    if code is not None and not _LANGUAGE.fullmatch(code):
        raise UserError(f"not a language code (ISO 639): {code!r}")


def _storable(article: Article) -> Article:
    """The article with U+FFFD for what neither UTF-8 nor PostgreSQL can hold; every offset stays."""
    given = {item.name: getattr(article, item.name) for item in fields(article)}
    mended: dict[str, Any] = {
        name: UNSTORABLE.sub("\ufffd", value) for name, value in given.items() if isinstance(value, str)
    }
    return replace(article, **mended)


def _with_what_is_known(article: Article, given: Submission) -> Article:
    """The article of a page, with the title and the date that the caller gave in place of what the page says."""
    if given.published_at:
        moment, precision = read_given_date(given.published_at)
        warnings = tuple(warning for warning in article.warnings if warning.code != "date_guessed")
        article = replace(article, published_at=moment, published_precision=precision, warnings=warnings)
    return replace(article, title=given.title or article.title)


def _is_article(article: Article) -> bool:
    return all(warning.code != "not_an_article" for warning in article.warnings)


def translate(
    article: Article, facts: Facts, translator: Translator, *, source: str, target: str | None
) -> Translation:
    """The translation of an article with the names of its facts kept; `not_needed` without a target of its own."""
    if target is None or target == source:
        return Translation(target=target)
    sentences = find_sentences(article.text, source)
    return translator.translate(article.text, sentences, source=source, target=target, keep=names_to_keep(facts))


def render_facts(record: Record, language: str) -> Record:
    """The record with its facts said in a language; in none, with a warning, where no pack can say them in it."""
    from extractors import render  # only where a language is asked for

    if language in render.languages():
        return render.render(record, language)
    warning = Warning_(render.NOT_RENDERED, f"facts are said in {', '.join(render.languages())}, not in {language!r}")
    record = render.unrendered(record)
    return replace(record, warnings=(*record.warnings, warning))


@dataclass(slots=True)
class Clock:
    """Times the stages into `milliseconds` and names the one that failed."""

    tell: Tell | None = None
    milliseconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Runs a stage. A UserError in it is the user's to mend, anything else is logged as a defect."""
        if self.tell:
            self.tell(name)
        start = time.perf_counter()
        try:
            yield
        except UserError as error:
            raise StageError(name, str(error)) from error
        except Exception as error:
            log.exception("stage %s failed", name)
            raise StageError(name, f"internal error ({type(error).__name__})", user=False) from error
        finally:
            spent = 1000 * (time.perf_counter() - start)
            self.milliseconds[name] = round(self.milliseconds.get(name, 0.0) + spent, 3)


@cache
def _version() -> str:
    try:
        return version("chitieu")
    except PackageNotFoundError:
        return "0.1.0"
