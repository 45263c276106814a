"""Questions across articles, as SQLAlchemy statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from extractors.text import fold
from service.store.tables import articles, indicators, people, units

FACTS: dict[str, Table] = {"people": people, "units": units, "indicators": indicators}
_INNER = frozenset({"search", "unit_search", "position"})
_ARTICLE = ("id", "url", "canonical_url", "domain", "province", "language", "title", "published_at", "stored_at")
_COUNTS = ("people", "units", "indicators")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What rows are wanted; None leaves a column open. Days are ISO dates of publication, both included."""

    q: str | None = None
    language: str | None = None
    province: str | None = None
    domain: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    article: str | None = None
    unit: str | None = None
    topic: str | None = None
    kind: str | None = None
    basis: str | None = None
    role: str | None = None
    gender: str | None = None
    class_: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of the rows; `limit` None is all of them."""

    limit: int | None = 50
    offset: int = 0


def select_articles(filters: Filters) -> Select[Any]:
    """The articles that fit, newest first, without their records."""
    columns = [articles.c[name] for name in (*_ARTICLE, *_COUNTS)]
    found = select(*columns).where(*_about_article(filters), *_words(articles.c.search, filters.q))
    return found.order_by(articles.c.published_on.desc().nulls_last(), articles.c.id)


def select_facts(name: str, filters: Filters) -> Select[Any]:
    """The rows of `people`, `units` or `indicators` that fit, newest article first, in the order of the text."""
    table = FACTS[name]
    found = select(*_columns(table)).join(articles, articles.c.id == table.c.article_id)
    found = found.where(*_about_article(filters), *_about_fact(table, filters), *_words(table.c.search, filters.q))
    return found.order_by(articles.c.published_on.desc().nulls_last(), table.c.article_id, table.c.position)


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
    return conditions


def _about_fact(table: Table, filters: Filters) -> list[ColumnElement[bool]]:
    wanted = {
        "topic": filters.topic,
        "kind": filters.kind,
        "basis": filters.basis,
        "role": filters.role,
        "gender": filters.gender,
        "class": filters.class_,
        "type": filters.type,
    }
    conditions = [table.c[name] == value for name, value in wanted.items() if value is not None]
    if filters.unit is not None:
        named = _contains(table.c.unit_search, filters.unit)
        conditions.append((table.c.code == filters.unit) | named if "code" in table.c else named)
    return conditions


def _words(column: Any, q: str | None) -> list[ColumnElement[bool]]:
    return [_contains(column, word) for word in (q or "").split()]


def _contains(column: Any, words: str) -> ColumnElement[bool]:
    return column.contains(fold(words), autoescape=True)
