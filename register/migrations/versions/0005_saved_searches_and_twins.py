"""Saved searches with their matches, near-duplicates, and which outbox entries saved searches have heard of."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNHEARD = sa.text("watched_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "letter_bands",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_bands_letter_id_letters"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", "band", name=op.f("pk_letter_bands")),
    )
    op.create_index(op.f("ix_letter_bands_value"), "letter_bands", ["value"])
    op.create_table(
        "twins",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_twins_letter_id_letters"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["twin_id"], ["letters.id"], name=op.f("fk_twins_twin_id_letters"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", "twin_id", name=op.f("pk_twins")),
    )
    op.create_index(op.f("ix_twins_twin_id"), "twins", ["twin_id"])
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("too_wide", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_searches_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_searches_user_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_saved_searches_user_id"), "saved_searches", ["user_id"])
    op.create_table(
        "search_matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("doc_id", sa.String(64), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["saved_searches.id"],
            name=op.f("fk_search_matches_search_id_saved_searches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_search_matches_letter_id_letters"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_matches")),
        sa.UniqueConstraint("search_id", "doc_id", name=op.f("uq_search_matches_search_id_doc_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_search_matches_letter_id"), "search_matches", ["letter_id"])
    op.create_index("ix_search_matches_state", "search_matches", ["search_id", "state"])
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("watched_at", sa.DateTime(timezone=True), nullable=True))
    # Nobody has saved a search yet: what is in the index is news to none.
    op.execute("UPDATE outbox SET watched_at = done_at WHERE done_at IS NOT NULL")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_unheard", ["id"], sqlite_where=UNHEARD, postgresql_where=UNHEARD
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_unheard", sqlite_where=UNHEARD, postgresql_where=UNHEARD)
        batch_op.drop_column("watched_at")
    for table in ("search_matches", "saved_searches", "twins", "letter_bands"):
        op.drop_table(table)
