"""Cited documents as a graph: identities, which are the same, what changes what, replies to tasks.

The rows are made by `register.graph.backfill` after the migrations.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LINKS = (("letters", "document_id"), ("citations", "document_id"), ("events", "letter_id"))


def upgrade() -> None:
    op.create_table(
        "cited_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("root_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("number_key", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("year_in_code", sa.Boolean(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("symbol_key", sa.Text(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("title_key", sa.Text(), nullable=True),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cited_documents")),
        sa.UniqueConstraint("key", name=op.f("uq_cited_documents_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cited_documents_series"), "cited_documents", ["series"])
    op.create_index(op.f("ix_cited_documents_root_id"), "cited_documents", ["root_id"])
    op.create_index(op.f("ix_cited_documents_year"), "cited_documents", ["year"])
    op.create_index(op.f("ix_cited_documents_symbol_key"), "cited_documents", ["symbol_key"])
    op.create_index("ix_cited_documents_number", "cited_documents", ["number_key", "symbol_key"])
    op.create_index("ix_cited_documents_title", "cited_documents", ["title_key"])
    op.create_index("ix_cited_documents_unread", "cited_documents", ["unread", "symbol_key"])
    op.create_table(
        "same_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_same_documents_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_documents")),
        sa.UniqueConstraint("left", "right", name=op.f("uq_same_documents_left_right")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_same_documents_right"), "same_documents", ["right"])
    op.create_index(op.f("ix_same_documents_state"), "same_documents", ["state"])
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(64), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("snippet", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_changes_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["citations.id"], name=op.f("fk_changes_actor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["citations.id"], name=op.f("fk_changes_target_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_letter_id"), "changes", ["letter_id"])
    op.create_index(op.f("ix_changes_actor_id"), "changes", ["actor_id"])
    op.create_index(op.f("ix_changes_target_id"), "changes", ["target_id"])
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("reports", sa.Boolean(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("snippet", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_replies_obligation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_replies_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_replies_event_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_replies_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("obligation_id", "letter_id", name=op.f("uq_replies_obligation_id_letter_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_replies_letter_id"), "replies", ["letter_id"])
    op.create_index(op.f("ix_replies_state"), "replies", ["state"])
    # Plain columns: SQLite adds a column in place, a constraint only by writing the table anew.
    for table, column in LINKS:
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in LINKS:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)
    for table in ("replies", "changes", "same_documents", "cited_documents"):
        op.drop_table(table)
