"""Opens the database, brings its tables up to date, writes and reads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from extractors.types import Record
from service.config import ConfigError, Settings
from service.store.migrate import migrate
from service.store.queries import (
    FACTS,
    Filters,
    Paging,
    behind,
    count,
    place_of,
    select_articles,
    select_facts,
    select_records,
    select_untranslated,
)
from service.store.rows import Row, article_row, article_words, fact_rows
from service.store.tables import article_words as words_table
from service.store.tables import articles, batch_items, stories

if TYPE_CHECKING:
    from service.translate.memory import Memory

# How long a writer waits for another: above the slowest write of a burst, below a client's patience.
_BUSY_SECONDS = 30
_STREAMED_ROWS = 500  # rows fetched at a time: a few hundred KB


def open_store(settings: Settings) -> Store:
    """The store at `settings.store_url`, its tables made or brought up to date. Raises ConfigError."""
    with opening(settings.store_url):
        if settings.store_url.startswith("sqlite"):
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        engine = make_engine(settings.store_url, settings.web_threads + settings.worker_threads)
        migrate(engine)
    return Store(engine)


@contextmanager
def opening(url: str) -> Iterator[None]:
    """Turns what goes wrong while a database is opened into ConfigError, without the password."""
    try:
        yield
    except ArgumentError as error:
        raise ConfigError(f"not the URL of a database: {url!r}") from error
    except (OSError, SQLAlchemyError) as error:
        shown = make_url(url).render_as_string(hide_password=True)
        raise ConfigError(f"{shown} cannot be opened: {getattr(error, 'orig', None) or error}") from error


def make_engine(url: str, pool_size: int) -> Engine:
    """An engine; on SQLite in WAL mode, with writers that wait for each other. No text of an article gets into logs."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)
    options: dict[str, Any] = {"max_overflow": pool_size, "connect_args": {"timeout": _BUSY_SECONDS}}
    engine = create_engine(url, pool_size=pool_size, hide_parameters=True, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={_BUSY_SECONDS}000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that reads first and then writes would fail instead of waiting."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Found(NamedTuple):
    """A part of the rows, how many there are in all, and the place where the next part begins, if there is one."""

    rows: list[Row]
    total: int
    next: str | None


class Store:
    """The records. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._dialect = engine.dialect.name
        is_sqlite = self._dialect == "sqlite"
        self.upsert = sqlite.insert if is_sqlite else postgresql.insert
        # SQLite has one writer at a time, and one that waits for it sleeps in growing steps: threads queue here instead
        self._turn: AbstractContextManager[Any] = threading.Lock() if is_sqlite else nullcontext()

    @property
    def memory(self) -> Memory:
        """The translation memory that is kept beside the records."""
        from service.translate.memory import Memory

        return Memory(self._engine, turn=self._turn)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction to write in: all of it is kept at the end, or nothing."""
        with self._turn, self._writer.begin() as connection:
            yield connection

    def insert_new(self, connection: Connection, table: Table, rows: list[Row]) -> None:
        """Adds rows; those that are there already stay as they are."""
        if rows:
            connection.execute(self.upsert(table).on_conflict_do_nothing(), rows)

    def save(
        self,
        record: Record,
        keys: Iterable[str] | None = None,
        *,
        origin: str | None = None,
        replaces: str | None = None,
    ) -> None:
        """Keeps a record with its facts, in place of an earlier one with the same id.

        `keys` are what tells articles of one story, `origin` is what it was made of, in JSON; those kept before stay
        where they are None. `replaces` is the id of an article that it takes the place of.
        """
        with self.writing() as connection:
            self._write(connection, record, keys, origin)
            if replaces and replaces != record.id:
                named = update(batch_items).where(batch_items.c.article == replaces)
                connection.execute(named.values(article=record.id))
                connection.execute(delete(articles).where(articles.c.id == replaces))

    def replace(self, kept: str, record: Record, keys: Iterable[str] | None = None) -> bool:
        """The same, but only where the JSON `kept`, which `get` gave, is still what is kept; whether it was."""
        lock = select(articles.c.record).where(articles.c.id == record.id).with_for_update()
        with self.writing() as connection:
            if connection.scalar(lock) != kept:
                return False
            self._write(connection, record, keys)
            return True

    def _write(
        self, connection: Connection, record: Record, keys: Iterable[str] | None, origin: str | None = None
    ) -> None:
        row, facts = article_row(record), fact_rows(record)
        if origin is not None:
            row["origin"] = origin
        changed = {name: value for name, value in row.items() if name != "id"}
        connection.execute(self.upsert(articles).values(row).on_conflict_do_update(index_elements=["id"], set_=changed))
        words = {"article_id": record.id, "words": article_words(record, facts)}
        told = self.upsert(words_table).values(words)
        connection.execute(told.on_conflict_do_update(index_elements=["article_id"], set_={"words": words["words"]}))
        for table, rows in zip(FACTS.values(), facts, strict=True):
            connection.execute(delete(table).where(table.c.article_id == record.id))
            if rows:
                connection.execute(insert(table), rows)
        if keys is not None:
            connection.execute(delete(stories).where(stories.c.article_id == record.id))
            if rows := [{"article_id": record.id, "key": key} for key in keys]:
                connection.execute(insert(stories), rows)

    def find_stories(self, keys: Iterable[str], *, least: int = 1, most: int = 100) -> list[str]:
        """The ids of the articles that have at least `least` of the keys, those with the most of them first."""
        shared = func.count()
        found = select(stories.c.article_id).where(stories.c.key.in_(list(keys))).group_by(stories.c.article_id)
        found = found.having(shared >= least).order_by(shared.desc(), stories.c.article_id).limit(most)
        with self._engine.connect() as connection:
            return list(connection.scalars(found))

    def get(self, article_id: str) -> str | None:
        """The JSON of a record, or None where there is none with this id."""
        with self._engine.connect() as connection:
            return connection.scalar(select(articles.c.record).where(articles.c.id == article_id))

    def find_untranslated(self, target: str | None = None, *, again: bool = False) -> Iterator[str]:
        """The ids of the articles that `service.retranslate` has work with; the arguments mean what they mean there."""
        last: str | None = ""
        while last is not None:
            with self._engine.connect() as connection:
                ids = connection.scalars(select_untranslated(target, again, last).limit(_STREAMED_ROWS)).all()
            yield from ids
            last = ids[-1] if ids else None

    def get_origin(self, article_id: str) -> str | None:
        """What an article was made of, in JSON; None where there is no such article or nothing is known of it."""
        with self._engine.connect() as connection:
            return connection.scalar(select(articles.c.origin).where(articles.c.id == article_id))

    def origins(self) -> Iterator[str]:
        """What each article was made of, in JSON, in constant memory."""
        known = select(articles.c.origin).where(articles.c.origin.is_not(None))
        with self._engine.connect().execution_options(yield_per=_STREAMED_ROWS) as connection:
            yield from connection.scalars(known)

    def find_articles(self, filters: Filters, paging: Paging) -> Found:
        """The articles that fit."""
        return self._find("articles", select_articles(filters, self._dialect), paging)

    def find_facts(self, name: str, filters: Filters, paging: Paging) -> Found:
        """The rows of `people`, `units` or `indicators` that fit."""
        return self._find(name, select_facts(name, filters, self._dialect), paging)

    def stream_facts(self, name: str, filters: Filters, paging: Paging) -> Iterator[Row]:
        """The same rows one after the other, in constant memory."""
        statement = _part(select_facts(name, filters, self._dialect), name, paging)
        with self._engine.connect().execution_options(yield_per=_STREAMED_ROWS) as connection:
            for row in connection.execute(statement).mappings():
                yield {column: value for column, value in row.items() if column != "position"}

    def records(self, filters: Filters) -> Iterator[str]:
        """The JSON of the records that fit, in constant memory."""
        with self._engine.connect().execution_options(yield_per=_STREAMED_ROWS) as connection:
            yield from connection.scalars(select_records(filters))

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self._engine.connect() as connection:
            tables = {"articles": articles, **FACTS}
            return {
                name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()
            }

    def check(self) -> None:
        """Raises sqlalchemy.exc.SQLAlchemyError where the database does not answer."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    def _find(self, name: str, statement: Any, paging: Paging) -> Found:
        part = _part(statement, name, replace(paging, limit=paging.limit and paging.limit + 1))
        with self._engine.connect() as connection:
            total = connection.scalar(count(statement)) or 0
            rows = [dict(row) for row in connection.execute(part).mappings()]
        there_is_more = paging.limit is not None and len(rows) > paging.limit
        following = place_of(rows[paging.limit - 1]) if paging.limit and there_is_more else None
        for row in rows:
            row.pop("position", None)
        return Found(rows[: paging.limit], total, following)


def _part(statement: Any, name: str, paging: Paging) -> Any:
    statement = behind(statement, name, paging.after) if paging.after else statement
    return statement.limit(paging.limit).offset(paging.offset)
