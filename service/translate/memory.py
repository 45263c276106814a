"""The translation memory: what an engine said once is not asked again. Two of the store's tables."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import Engine as Database
from sqlalchemy import bindparam, create_engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from service.store.tables import translation_memory as _TABLE
from service.store.tables import translation_memory_use as _USE
from service.translate.engines.base import Batch, Engine
from service.translate.names import Names
from service.translate.protect import SCHEMES
from service.translate.review import review

log = logging.getLogger(__name__)

__all__ = ["Key", "Memory", "Remembering", "Use"]

_AT_ONCE = 500  # keys a query: SQLite's oldest limit on parameters is 999
_FIND = select(_TABLE.c.key, _TABLE.c.translation).where(_TABLE.c.key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Key:
    """What a translation depends on besides its text."""

    source: str
    target: str
    engine: str
    version: str

    def of(self, text: str) -> str:
        parts = (self.source, self.target, self.engine, self.version, text)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Use:
    """How many sentences of a pair of languages were found in the memory of an engine, and how many were not."""

    source: str
    target: str
    engine: str
    hits: int
    misses: int


class Memory:
    """Kept in the store's database, or without one as long as the process lives.

    `hits` and `misses` count this process's sentences, `use()` those of all. `turn` is taken to write, for a database
    that has one writer at a time.
    """

    def __init__(self, database: Database | None = None, *, turn: AbstractContextManager[Any] | None = None) -> None:
        self._database = database or _in_process()
        self._writer = self._database.execution_options(writes=True)  # see service.store.database
        self._turn = turn or nullcontext()
        is_postgresql = self._database.dialect.name == "postgresql"
        insert = postgresql.insert if is_postgresql else sqlite.insert
        self._insert = insert(_TABLE).on_conflict_do_nothing()
        counted = insert(_USE)
        sums = {name: _USE.c[name] + counted.excluded[name] for name in ("hits", "misses")}
        self._count = counted.on_conflict_do_update(index_elements=list(_USE.primary_key), set_=sums)
        self._counting = threading.Lock()
        self.hits = 0
        self.misses = 0

    def find(self, key: Key, texts: Sequence[str]) -> dict[str, str]:
        """The translations that are known, by text."""
        texts_by_key = {key.of(text): text for text in texts}
        keys = list(texts_by_key)
        found: dict[str, str] = {}
        with self._database.connect() as connection:
            for start in range(0, len(keys), _AT_ONCE):
                for row in connection.execute(_FIND, {"keys": keys[start : start + _AT_ONCE]}):
                    found[texts_by_key[row.key]] = row.translation
        return found

    def add(self, key: Key, translations: Mapping[str, str], *, hits: int = 0, misses: int = 0) -> None:
        """Keeps translations, by text, and counts. What another process has added meanwhile stays."""
        pair = {"source": key.source, "target": key.target, "engine": key.engine}
        rows: list[dict[str, Any]] = [
            pair | {"key": key.of(text), "version": key.version, "text": text, "translation": translation}
            for text, translation in translations.items()
        ]
        rows.sort(key=lambda row: row["key"])  # in one order, so that two writers never wait for each other
        with self._turn, self._writer.begin() as connection:
            if rows:
                connection.execute(self._insert, rows)
            if hits or misses:
                connection.execute(self._count, pair | {"hits": hits, "misses": misses})
        with self._counting:
            self.hits += hits
            self.misses += misses

    def use(self) -> list[Use]:
        """What the memory saved since it was made, by pair of languages and engine, in all processes."""
        query = select(_USE).order_by(*_USE.primary_key)
        with self._database.connect() as connection:
            return [Use(**row) for row in connection.execute(query).mappings()]

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of languages of which something is kept."""
        query = select(_TABLE.c.source, _TABLE.c.target).distinct().order_by(_TABLE.c.source, _TABLE.c.target)
        with self._database.connect() as connection:
            return [(row.source, row.target) for row in connection.execute(query)]

    def write_tmx(self, source: str | None = None, target: str | None = None) -> Iterator[str]:
        """The memory of these languages, or of all, as a TMX 1.4 file, line by line, figures put right."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        yield (
            '<header creationtool="chitieu" creationtoolversion="1" segtype="sentence" o-tmf="chitieu" '
            f'adminlang="en" srclang={quoteattr(source or "*all*")} datatype="plaintext"/>\n<body>\n'
        )
        for pair in self.pairs():
            if source in (None, pair[0]) and target in (None, pair[1]):
                for sides in self._said(*pair):
                    yield f"<tu srclang={quoteattr(pair[0])}>{''.join(map(_variant, pair, sides))}</tu>\n"
        yield "</body>\n</tmx>\n"

    def _said(self, source: str, target: str) -> Iterator[tuple[str, str]]:
        """Sentences and their translations; not those in which a token stands for a name or a figure."""
        nobody = Names(())
        tokens = [scheme.partition("{")[0] for scheme in SCHEMES]
        query = select(_TABLE.c.text, _TABLE.c.translation).where(_TABLE.c.source == source, _TABLE.c.target == target)
        with self._database.connect().execution_options(yield_per=_AT_ONCE) as connection:
            for text, translation in connection.execute(query.order_by(_TABLE.c.key)):
                if not any(token in text for token in tokens):
                    yield text, review(text, translation, languages=(source, target), names=nobody).text


def _in_process() -> Database:
    database = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    for table in (_TABLE, _USE):
        table.create(database)
    return database


def _variant(language: str, text: str) -> str:
    return f"<tuv xml:lang={quoteattr(language)}><seg>{escape(text)}</seg></tuv>"


class Remembering:
    """An engine with a memory. Where the memory's database does not answer, the engine is asked."""

    def __init__(self, engine: Engine, memory: Memory) -> None:
        self.name, self.hide_names = engine.name, engine.hide_names
        self._engine, self._memory = engine, memory

    def version(self, source: str, target: str) -> str:
        return self._engine.version(source, target)

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> Batch:
        key = Key(source, target, self.name, self.version(source, target))
        known = self._find(key, texts)
        left = [text for text in texts if text not in known]
        batch = self._engine.translate(left, source=source, target=target) if left else Batch(())
        fresh = {text: said for text, said in zip(left, batch.texts, strict=True) if said is not None}
        self._add(key, fresh, hits=len(texts) - len(left), misses=len(left))
        known |= fresh
        return Batch(tuple(map(known.get, texts)), batch.reason)

    def _find(self, key: Key, texts: Sequence[str]) -> dict[str, str]:
        try:
            return self._memory.find(key, texts)
        except SQLAlchemyError:
            log.warning("the translation memory cannot be read", exc_info=True)
            return {}

    def _add(self, key: Key, fresh: Mapping[str, str], *, hits: int, misses: int) -> None:
        try:
            self._memory.add(key, fresh, hits=hits, misses=misses)
        except SQLAlchemyError:
            log.warning("the translation memory cannot be written", exc_info=True)

    def close(self) -> None:
        self._engine.close()
