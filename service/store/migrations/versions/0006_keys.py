"""API keys"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(op.f("ix_api_keys_hash"), "api_keys", ["hash"], unique=True)
    op.create_table(
        "key_use",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["name"], ["api_keys.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name", "window"),
    )


def downgrade() -> None:
    op.drop_table("key_use")
    op.drop_index(op.f("ix_api_keys_hash"), table_name="api_keys")
    op.drop_table("api_keys")
