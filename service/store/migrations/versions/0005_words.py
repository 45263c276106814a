"""Full-text search; the official codes of the units that people and figures belong to"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from service.store.words import padded, words_of

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT_ONCE = 200  # articles read at a time: a few MB
_FACTS = ("people", "units", "indicators")
_CODES = {"people": "unit_code", "indicators": "about_code"}
# External content, as https://www.sqlite.org/fts5.html#external_content_tables has it.
_FTS5 = (
    "CREATE VIRTUAL TABLE article_index USING fts5(words, content='article_words', content_rowid='number',"
    " tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER article_words_added AFTER INSERT ON article_words BEGIN"
    " INSERT INTO article_index(rowid, words) VALUES (new.number, new.words); END",
    "CREATE TRIGGER article_words_deleted AFTER DELETE ON article_words BEGIN"
    " INSERT INTO article_index(article_index, rowid, words) VALUES ('delete', old.number, old.words); END",
    "CREATE TRIGGER article_words_changed AFTER UPDATE ON article_words BEGIN"
    " INSERT INTO article_index(article_index, rowid, words) VALUES ('delete', old.number, old.words);"
    " INSERT INTO article_index(rowid, words) VALUES (new.number, new.words); END",
)


def upgrade() -> None:
    op.create_table(
        "article_words",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("article_id"),
    )
    for table, column in _CODES.items():
        op.add_column(table, sa.Column(column, sa.String(length=10), nullable=True))
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in _FTS5:
            op.execute(statement)
    else:
        op.execute("CREATE INDEX article_index ON article_words USING gin (to_tsvector('simple', words))")
    _fill_in(connection)
    op.drop_column("articles", "search")


def _fill_in(connection: sa.Connection) -> None:
    last = ""
    query = sa.text("SELECT id, record FROM articles WHERE id > :last ORDER BY id LIMIT :limit")
    while rows := connection.execute(query, {"last": last, "limit": _AT_ONCE}).all():
        for article_id, record in rows:
            _fill_in_article(connection, article_id, json.loads(record))
        last = rows[-1][0]


def _fill_in_article(connection: sa.Connection, article_id: str, record: dict) -> None:
    names = [words for table in _FACTS for words in _pad(connection, table, article_id)]
    said = [sentence["text"] or "" for sentence in record["translation"]["sentences"]]
    words = words_of("\n".join((record["title"] or "", *dict.fromkeys(names), record["text"], *said)))
    connection.execute(
        sa.text("INSERT INTO article_words (article_id, words) VALUES (:id, :words)"),
        {"id": article_id, "words": words},
    )
    codes = _codes(record["units"])
    roles = [role for person in record["people"] for role in person["roles"] or (None,)]
    _set(connection, "people", "unit_code", article_id, [role and codes.get(role["unit"]) for role in roles])
    about = [codes.get(indicator["about"]) for indicator in record["indicators"]]
    _set(connection, "indicators", "about_code", article_id, about)


def _pad(connection: sa.Connection, table: str, article_id: str) -> list[str]:
    """Takes the texts that a table is searched by apart into words, and gives them."""
    query = f"SELECT position, search, unit_search FROM {table} WHERE article_id = :id"
    rows = [
        {
            "id": article_id,
            "position": row.position,
            "search": padded(row.search),
            "unit": padded(row.unit_search or ""),
        }
        for row in connection.execute(sa.text(query), {"id": article_id})
    ]
    update = f"UPDATE {table} SET search = :search, unit_search = :unit WHERE article_id = :id AND position = :position"
    if rows:
        connection.execute(sa.text(update), rows)
    return [row[name] for row in rows for name in ("search", "unit")]


def _set(connection: sa.Connection, table: str, column: str, article_id: str, values: list[str | None]) -> None:
    rows = [{"id": article_id, "position": at, "value": value} for at, value in enumerate(values) if value]
    update = f"UPDATE {table} SET {column} = :value WHERE article_id = :id AND position = :position"
    if rows:
        connection.execute(sa.text(update), rows)


def _codes(units: list[dict]) -> dict[str, str]:
    """The code of each unit, or of the nearest one above it that has one."""
    by_id = {unit["id"]: unit for unit in units}
    codes = {}
    for unit in units:
        above: dict | None = unit
        seen: set[str] = set()
        while above and not above["code"] and above["id"] not in seen:
            seen.add(above["id"])
            above = by_id.get(above["parent"])
        if above and above["code"]:
            codes[unit["id"]] = above["code"]
    return codes


def downgrade() -> None:
    op.add_column("articles", sa.Column("search", sa.Text(), nullable=False, server_default=""))
    words = "SELECT words FROM article_words WHERE article_words.article_id = articles.id"
    op.execute(f"UPDATE articles SET search = COALESCE(({words}), '')")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE article_index")
    op.drop_table("article_words")
    for table, column in _CODES.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_column(table, column)
