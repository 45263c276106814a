"""The translation memory: what an engine said once is not asked again. A table beside the store's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import Column, MetaData, String, Table, Text, create_engine, select
from sqlalchemy import Engine as Database
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import StaticPool

from service.translate.checks import review
from service.translate.engine import Batch, Engine
from service.translate.names import Names
from service.translate.protect import SCHEMES

__all__ = ["METADATA", "Key", "Memory", "Remembering"]

METADATA = MetaData()
_TABLE = Table(
    "translation_memory",
    METADATA,
    Column("key", String(64), primary_key=True),  # SHA-256 of the other columns but the translation
    Column("source", String(16), nullable=False),
    Column("target", String(16), nullable=False),
    Column("engine", String(32), nullable=False),
    Column("version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("translation", Text, nullable=False),
)
_AT_ONCE = 500  # keys a query: SQLite's oldest limit on parameters is 999


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


class Memory:
    """Kept in a database, or without one as long as the process lives. `hits` and `misses` count sentences."""

    def __init__(self, database: Database | None = None) -> None:
        self._database = database or create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        METADATA.create_all(self._database)
        self.hits = 0
        self.misses = 0

    def find(self, key: Key, texts: Sequence[str]) -> dict[str, str]:
        """The translations that are known, by text."""
        texts_by_key = {key.of(text): text for text in texts}
        keys = list(texts_by_key)
        found: dict[str, str] = {}
        with self._database.connect() as connection:
            for start in range(0, len(keys), _AT_ONCE):
                wanted = _TABLE.c.key.in_(keys[start : start + _AT_ONCE])
                for row in connection.execute(select(_TABLE.c.key, _TABLE.c.translation).where(wanted)):
                    found[texts_by_key[row.key]] = row.translation
        self.hits += len(found)
        self.misses += len(texts_by_key) - len(found)
        return found

    def add(self, key: Key, translations: Mapping[str, str]) -> None:
        """Keeps translations, by text. What another process has added meanwhile stays."""
        rows: list[dict[str, Any]] = [
            {
                "key": key.of(text),
                "source": key.source,
                "target": key.target,
                "engine": key.engine,
                "version": key.version,
                "text": text,
                "translation": translation,
            }
            for text, translation in translations.items()
        ]
        if rows:
            dialect = postgresql if self._database.dialect.name == "postgresql" else sqlite
            with self._database.begin() as connection:
                connection.execute(dialect.insert(_TABLE).on_conflict_do_nothing(), rows)

    def write_tmx(self, source: str, target: str) -> Iterator[str]:
        """The memory of a pair of languages as a TMX 1.4 file, line by line, figures put right."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        yield (
            '<header creationtool="chitieu" creationtoolversion="1" segtype="sentence" o-tmf="chitieu" '
            f'adminlang="en" srclang={quoteattr(source)} datatype="plaintext"/>\n<body>\n'
        )
        for text, translation in self._pairs(source, target):
            sides = ((source, text), (target, translation))
            variants = "".join(
                f"<tuv xml:lang={quoteattr(lang)}><seg>{escape(said)}</seg></tuv>" for lang, said in sides
            )
            yield f"<tu>{variants}</tu>\n"
        yield "</body>\n</tmx>\n"

    def _pairs(self, source: str, target: str) -> Iterator[tuple[str, str]]:
        nobody = Names(())
        tokens = [scheme.partition("{")[0] for scheme in SCHEMES]
        query = select(_TABLE.c.text, _TABLE.c.translation).where(_TABLE.c.source == source, _TABLE.c.target == target)
        with self._database.connect() as connection:
            for text, translation in connection.execute(query.order_by(_TABLE.c.key)):
                if not any(token in text for token in tokens):
                    yield text, review(text, translation, languages=(source, target), names=nobody).text


class Remembering:
    """An engine with a memory."""

    def __init__(self, engine: Engine, memory: Memory) -> None:
        self.name, self.hide_names = engine.name, engine.hide_names
        self._engine, self._memory = engine, memory

    def version(self, source: str, target: str) -> str:
        return self._engine.version(source, target)

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> Batch:
        key = Key(source, target, self.name, self.version(source, target))
        known = self._memory.find(key, texts)
        left = [text for text in texts if text not in known]
        if not left:
            return Batch(tuple(known[text] for text in texts))
        batch = self._engine.translate(left, source=source, target=target)
        fresh = {text: said for text, said in zip(left, batch.texts, strict=True) if said is not None}
        self._memory.add(key, fresh)
        known |= fresh
        return Batch(tuple(map(known.get, texts)), batch.reason)

    def close(self) -> None:
        self._engine.close()
