"""The tables: the record as it is, and rows of its facts for questions across articles.

Columns named `search` hold words as `words.py` takes them apart, so that a name is found however it is typed.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("url", Text),
    Column("canonical_url", Text, index=True),
    Column("domain", String(255), index=True),
    Column("province", String(5), index=True),
    Column("language", String(3), nullable=False, index=True),
    Column("title", Text),
    Column("published_at", String(40)),
    Column("published_on", String(10), index=True),  # the day in the paper's own time zone
    Column("stored_at", String(40), nullable=False, index=True),
    Column("people", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("indicators", Integer, nullable=False),
    Column("translation_target", String(3)),
    Column("translation_status", String(20), nullable=False, index=True),
    Column("record", Text, nullable=False),
    Column("origin", Text),  # JSON: what was given, its page by the hash that it is kept under
)


# What an article is found by: the words of its text and its translation, and what its facts are called. Migrations make
# its full-text index: `article_index` is a table of FTS5 on SQLite, an index of tsvectors on PostgreSQL.
article_words = Table(
    "article_words",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article_id", String(40), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("words", Text, nullable=False),
)


def _fact_table(name: str, *columns: Column) -> Table:
    return Table(
        name,
        metadata,
        Column("article_id", String(40), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("text", Text, nullable=False),
        Column("sentence_start", Integer, nullable=False),
        Column("sentence_end", Integer, nullable=False),
        Column("sentence", Text, nullable=False),
        Column("sentence_translation", Text),
        Column("confidence", Float, nullable=False),
        Column("rule", String(80), nullable=False),
        Column("search", Text, nullable=False),
    )


# One row a role, and one for a person without any.
people = _fact_table(
    "people",
    Column("person", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("honorific", Text),
    Column("gender", String(10), nullable=False),
    Column("role", String(80), index=True),
    Column("title", Text),
    Column("status", String(10)),
    Column("unit", Text),
    Column("unit_code", String(10), index=True),  # of the unit or the nearest one above that has a code
    Column("unit_search", Text),
)

units = _fact_table(
    "units",
    Column("unit", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("class", String(20), nullable=False, index=True),
    Column("type", String(40), index=True),
    Column("parent", Text),
    Column("code", String(10), index=True),
    Column("code_version", String(20)),
    Column("official_name", Text),
    Column("mentions", Integer, nullable=False),
    Column("unit_search", Text),
)

indicators = _fact_table(
    "indicators",
    Column("indicator", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("value", Float, nullable=False),
    Column("value_max", Float),
    Column("unit", String(80), nullable=False),
    Column("comparator", String(10), nullable=False),
    Column("direction", String(10), nullable=False),
    Column("subject", Text),
    Column("topic", String(80), index=True),
    Column("basis", String(40)),
    Column("period_from", String(10)),
    Column("period_to", String(10)),
    Column("about", Text),
    Column("about_code", String(10), index=True),
    Column("unit_search", Text),
    Column("target", Float),
    Column("percent", Float),
    Column("derived", Boolean, nullable=False),
)

# What engines have said. `service.translate.memory` reads and writes these two.
translation_memory = Table(
    "translation_memory",
    metadata,
    Column("key", String(64), primary_key=True),  # SHA-256 of the other columns but the translation
    Column("source", String(16), nullable=False),
    Column("target", String(16), nullable=False),
    Column("engine", String(32), nullable=False),
    Column("version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("translation", Text, nullable=False),
)

# How many sentences were found in it and how many were not, since the store was made.
translation_memory_use = Table(
    "translation_memory_use",
    metadata,
    Column("source", String(16), primary_key=True),
    Column("target", String(16), primary_key=True),
    Column("engine", String(32), primary_key=True),
    Column("hits", BigInteger, nullable=False),
    Column("misses", BigInteger, nullable=False),
)

# What tells which articles are one story: hashed addresses (its own, its original's), and names and figures.
stories = Table(
    "stories",
    metadata,
    Column("article_id", String(40), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(20), primary_key=True, index=True),
)

# Addresses that are processed together. A subscription is a batch that grows: `every_minutes` its `url` is read again.
batches = Table(
    "batches",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("url", Text),
    Column("since", String(10)),
    Column("language", String(3)),
    Column("target", String(3)),
    Column("every_minutes", Integer),
    Column("next_at", String(40), index=True),
    Column("read_at", String(40)),
    Column("state", String(10), nullable=False),  # starting, started; failed where `url` could not be read
    Column("reason", Text),
    Column("created_at", String(40), nullable=False),
)

# `key` is a hash of the normalised address, so that an address is once in a batch, however often a feed names it.
batch_items = Table(
    "batch_items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", String(40), ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
    Column("key", String(64), nullable=False),
    Column("url", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("state", String(10), nullable=False),  # queued, done, failed
    Column("article", String(40)),
    Column("stage", String(20)),
    Column("reason", Text),
    UniqueConstraint("batch_id", "key"),
)

# Who may use the service, where there are any. `hash` is SHA-256 of the secret.
api_keys = Table(
    "api_keys",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True, index=True),
    Column("per_minute", Integer),
    Column("per_day", Integer),
    Column("read_only", Boolean, nullable=False),
    Column("created_at", String(40), nullable=False),
)

# What keys with limits have asked in this minute and on this day (`2024-07-11T09:07`, `2024-07-11`, UTC).
key_use = Table(
    "key_use",
    metadata,
    Column("name", String(100), ForeignKey("api_keys.name", ondelete="CASCADE"), primary_key=True),
    Column("window", String(16), primary_key=True),
    Column("used", Integer, nullable=False),
)

Index("batch_items_by_state", batch_items.c.batch_id, batch_items.c.state)
Index("articles_by_day", articles.c.published_on.desc(), articles.c.id)
