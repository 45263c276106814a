"""Questions across articles, as SQLAlchemy statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, false, func, or_, select, text

from service.store.tables import article_words, articles, indicators, people, units
from service.store.words import Phrase, read_query, to_fts5, to_tsquery

FACTS: dict[str, Table] = {"people": people, "units": units, "indicators": indicators}
_INNER = frozenset({"search", "unit_search", "position"})
_ARTICLE = ("id", "url", "canonical_url", "domain", "province", "language", "title", "published_at", "stored_at")
_COUNTS = ("people", "units", "indicators")
_CODE = re.compile(r"\d{2,5}")  # of a province or a commune
_CODES = {"people": "unit_code", "units": "code", "indicators": "about_code"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What rows are wanted; None leaves a column open. Days are ISO dates of publication, both included.

    `confidence` is the least that is wanted. A period is wanted that ends on `period_from` or later and begins on
    `period_to` or earlier. `stored_from` is a time: what was stored or changed then or later.
    """

    q: str | None = None
    language: str | None = None
    province: str | None = None
    domain: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    stored_from: str | None = None
    article: str | None = None
    unit: str | None = None
    topic: str | None = None
    kind: str | None = None
    basis: str | None = None
    direction: str | None = None
    period_from: str | None = None
    period_to: str | None = None
    role: str | None = None
    status: str | None = None
    gender: str | None = None
    class_: str | None = None
    type: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of the rows; `limit` None is all of them. `after` is a place that `place_of` told."""

    limit: int | None = 50
    offset: int = 0
    after: str | None = None


def select_articles(filters: Filters, dialect: str) -> Select[Any]:
    """The articles that fit, newest first, without their records."""
    columns = [articles.c[name] for name in (*_ARTICLE, *_COUNTS)]
    phrases = None if filters.q is None else read_query(filters.q)
    found = select(*columns).where(*_about_article(filters), *_words(phrases, dialect))
    return found.order_by(articles.c.published_on.desc().nulls_last(), articles.c.id)


def select_records(filters: Filters) -> Select[Any]:
    """The JSON of the articles that fit, those that were stored first first."""
    found = select(articles.c.record).where(*_about_article(filters))
    return found.order_by(articles.c.stored_at, articles.c.id)


def select_facts(name: str, filters: Filters, dialect: str) -> Select[Any]:
    """The rows of `people`, `units` or `indicators` that fit, newest article first, in the order of the text."""
    table = FACTS[name]
    found = select(*_columns(table), table.c.position).join(articles, articles.c.id == table.c.article_id)
    found = found.where(*_about_article(filters), *_about_fact(table, filters), *_called(table, filters, dialect))
    return found.order_by(articles.c.published_on.desc().nulls_last(), table.c.article_id, table.c.position)


def place_of(row: dict[str, Any]) -> str:
    """Where a row stands in the order of its table: what is added before it later moves nothing behind it."""
    id_, position = row.get("article_id") or row["id"], row.get("position", 0)
    return f"{(row['published_at'] or '')[:10]}_{id_}_{position}"


def behind(statement: Select[Any], name: str, place: str) -> Select[Any]:
    """The part of a statement behind a place. Raises ValueError for what is no place."""
    day, id_, position = place.split("_")
    on, id_column = articles.c.published_on, articles.c.id
    later = [id_column > id_]
    if name in FACTS:
        later.append(and_(id_column == id_, FACTS[name].c.position > int(position)))
    if not day:
        return statement.where(on.is_(None), or_(*later))
    return statement.where(or_(on < day, on.is_(None), and_(on == day, or_(*later))))


def select_untranslated(target: str | None, again: bool, after: str) -> Select[Any]:
    """The ids, from the one after `after` on, of the articles that lack their translation: see service.retranslate."""
    known, status = articles.c.translation_target, articles.c.translation_status
    found = select(articles.c.id).where(articles.c.id > after).order_by(articles.c.id)
    found = found.where(known.is_not(None) if target is None else articles.c.language != target)
    if again:
        return found
    unfinished = status.in_(("unavailable", "partial"))
    return found.where(unfinished if target is None else unfinished | known.is_(None) | (known != target))


_CONTEXT = (
    ("url", "url"),
    ("title", "article_title"),
    ("published_at", "published_at"),
    ("language", "language"),
    ("province", "province"),
    ("domain", "domain"),
)


def columns_of(name: str) -> list[str]:
    """The names of the columns that `select_facts` gives, in their order."""
    return [column.name for column in _columns(FACTS[name])]


def types_of(name: str) -> dict[str, type]:
    """The same with the type of each."""
    return {column.name: column.type.python_type for column in _columns(FACTS[name])}


def _columns(table: Table) -> list[Any]:
    own = [column for column in table.c if column.name not in _INNER]
    return own + [articles.c[name].label(label) for name, label in _CONTEXT]


def count(statement: Select[Any]) -> Select[Any]:
    """How many rows a statement finds."""
    return select(func.count()).select_from(statement.order_by(None).subquery())


def _about_article(filters: Filters) -> list[ColumnElement[bool]]:
    wanted = {
        articles.c.language: filters.language,
        articles.c.province: filters.province,
        articles.c.domain: filters.domain,
        articles.c.id: filters.article,
    }
    conditions = [column == value for column, value in wanted.items() if value is not None]
    if filters.first_day is not None:
        conditions.append(articles.c.published_on >= filters.first_day)
    if filters.last_day is not None:
        conditions.append(articles.c.published_on <= filters.last_day)
    if filters.stored_from is not None:
        conditions.append(articles.c.stored_at >= filters.stored_from)
    return conditions


def _about_fact(table: Table, filters: Filters) -> list[ColumnElement[bool]]:
    wanted = {
        "topic": filters.topic,
        "kind": filters.kind,
        "basis": filters.basis,
        "direction": filters.direction,
        "role": filters.role,
        "status": filters.status,
        "gender": filters.gender,
        "class": filters.class_,
        "type": filters.type,
    }
    conditions = [table.c[name] == value for name, value in wanted.items() if value is not None]
    if filters.confidence is not None:
        conditions.append(table.c.confidence >= filters.confidence)
    if filters.period_from is not None:
        conditions.append(table.c.period_to >= filters.period_from)
    if filters.period_to is not None:
        conditions.append(table.c.period_from <= filters.period_to)
    return conditions


def _called(table: Table, filters: Filters, dialect: str) -> list[ColumnElement[bool]]:
    """What facts and their units are called: the full-text index tells the articles, the rows' own words the facts."""
    conditions: list[ColumnElement[bool]] = []
    if filters.q is not None:
        phrases = read_query(filters.q)
        conditions += _words(phrases, dialect) + [table.c.search.like(phrase.like) for phrase in phrases]
    if filters.unit is not None and _CODE.fullmatch(filters.unit):
        conditions.append(table.c[_CODES[table.name]] == filters.unit)
    elif filters.unit is not None:
        phrases = read_query(f'"{filters.unit}"')
        conditions += _words(phrases, dialect) + [table.c.unit_search.like(phrase.like) for phrase in phrases]
    return conditions


def _words(phrases: list[Phrase] | None, dialect: str) -> list[ColumnElement[bool]]:
    """That an article holds all phrases; none does where there is no word in what is asked for."""
    if phrases is None:
        return []
    if not phrases:
        return [false()]
    found = select(article_words.c.article_id)
    if dialect == "sqlite":
        fits = text("number IN (SELECT rowid FROM article_index WHERE article_index MATCH :asked)")
        fits = fits.bindparams(bindparam("asked", to_fts5(phrases), unique=True))
    else:
        fits = text("to_tsvector('simple', words) @@ to_tsquery('simple', :asked)")
        fits = fits.bindparams(bindparam("asked", to_tsquery(phrases), unique=True))
    return [articles.c.id.in_(found.where(fits))]
