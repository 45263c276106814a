"""Translations: the memory, an article's target and status, a fact's sentence in translation"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FACTS = ("people", "units", "indicators")
_AT_ONCE = 200  # records read at a time: a few MB


def upgrade() -> None:
    op.create_table(
        "translation_memory",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("translation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "translation_memory_use",
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("hits", sa.BigInteger(), nullable=False),
        sa.Column("misses", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "target", "engine"),
    )
    op.add_column("articles", sa.Column("translation_target", sa.String(length=3), nullable=True))
    op.add_column(
        "articles",
        sa.Column("translation_status", sa.String(length=20), nullable=False, server_default="not_needed"),
    )
    op.create_index(op.f("ix_articles_translation_status"), "articles", ["translation_status"], unique=False)
    for table in _FACTS:
        op.add_column(table, sa.Column("sentence_translation", sa.Text(), nullable=True))
    _fill_in(op.get_bind())


def _fill_in(connection: sa.Connection) -> None:
    """Gives the rows that are there already what their records say."""
    last = ""
    query = sa.text("SELECT id, record FROM articles WHERE id > :last ORDER BY id LIMIT :limit")
    while rows := connection.execute(query, {"last": last, "limit": _AT_ONCE}).all():
        for article_id, record in rows:
            _fill_in_article(connection, article_id, json.loads(record)["translation"])
        last = rows[-1][0]


def _fill_in_article(connection: sa.Connection, article_id: str, translation: dict) -> None:
    known = {"id": article_id, "target": translation["target"], "status": translation["status"]}
    connection.execute(
        sa.text("UPDATE articles SET translation_target = :target, translation_status = :status WHERE id = :id"), known
    )
    said = [
        {"id": article_id, "start": sentence["start"], "said": sentence["text"]}
        for sentence in translation["sentences"]
        if sentence["text"]
    ]
    for table in _FACTS if said else ():
        update = f"UPDATE {table} SET sentence_translation = :said WHERE article_id = :id AND sentence_start = :start"
        connection.execute(sa.text(update), said)


def downgrade() -> None:
    for table in _FACTS:
        op.drop_column(table, "sentence_translation")
    op.drop_index(op.f("ix_articles_translation_status"), table_name="articles")
    op.drop_column("articles", "translation_status")
    op.drop_column("articles", "translation_target")
    op.drop_table("translation_memory_use")
    op.drop_table("translation_memory")
