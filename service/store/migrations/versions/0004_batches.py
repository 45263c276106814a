"""Batches and subscriptions; what an article was made of"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("origin", sa.Text(), nullable=True))
    op.create_table(
        "batches",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("target", sa.String(length=3), nullable=True),
        sa.Column("every_minutes", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.String(length=40), nullable=True),
        sa.Column("read_at", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_batches_next_at"), "batches", ["next_at"], unique=False)
    op.create_table(
        "batch_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("article", sa.String(length=40), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("batch_id", "key"),
    )
    op.create_index("batch_items_by_state", "batch_items", ["batch_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_index("batch_items_by_state", table_name="batch_items")
    op.drop_table("batch_items")
    op.drop_index(op.f("ix_batches_next_at"), table_name="batches")
    op.drop_table("batches")
    op.drop_column("articles", "origin")
