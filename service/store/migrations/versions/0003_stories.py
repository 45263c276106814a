"""Stories: which articles are editions of one another"""

import hashlib
import json
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT_ONCE = 200  # records read at a time: a few MB


def upgrade() -> None:
    table = op.create_table(
        "stories",
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "key"),
    )
    op.create_index(op.f("ix_stories_key"), "stories", ["key"], unique=False)
    last = ""
    while rows := _records_after(last):
        keys = [{"article_id": id_, "key": key} for id_, record in rows for key in _addresses(json.loads(record))]
        if keys:
            op.bulk_insert(table, keys)
        last = rows[-1][0]


def downgrade() -> None:
    op.drop_index(op.f("ix_stories_key"), table_name="stories")
    op.drop_table("stories")


def _records_after(last: str) -> list[tuple[str, str]]:
    found = op.get_bind().execute(
        sa.text("SELECT id, record FROM articles WHERE id > :last ORDER BY id LIMIT :n"), {"last": last, "n": _AT_ONCE}
    )
    return [(row[0], row[1]) for row in found]


def _addresses(record: dict) -> set[str]:
    """The keys of the addresses; an older record gets those of its names and figures when it is made again."""
    urls = (record.get("canonical_url") or record.get("url"), record.get("original_url"))
    return {key for url in urls if url and (key := _key(url))}


def _key(url: str) -> str | None:
    parts = urlsplit(url)
    if not parts.hostname:
        return None
    host = parts.hostname.removeprefix("www.")
    address = f"{host}{parts.path.rstrip('/')}?{parts.query}"
    return "a" + hashlib.sha256(address.encode()).hexdigest()[:19]
