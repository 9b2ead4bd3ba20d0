"""Units of the office: members, followers, and the obligations given to them.

Columns added to older tables are plain: SQLite adds a column in place, a constraint only by writing the table anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MEMBERS = ("users", "obligations")


def upgrade() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("short", sa.String(64), nullable=True),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["head_id"], ["users.id"], name=op.f("fk_units_head_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("name_fold", name=op.f("uq_units_name_fold")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unit_followers",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_followers_unit_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_unit_followers_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("unit_id", "user_id", name=op.f("pk_unit_followers")),
    )
    op.create_index(op.f("ix_unit_followers_user_id"), "unit_followers", ["user_id"])
    op.create_table(
        "cooperations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligations.id"],
            name=op.f("fk_cooperations_obligation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cooperations_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_cooperations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperations")),
        sqlite_autoincrement=True,
    )
    for column in ("obligation_id", "unit_id", "user_id"):
        op.create_index(op.f(f"ix_cooperations_{column}"), "cooperations", [column])
    for table in (*MEMBERS, "events"):
        op.add_column(table, sa.Column("unit_id", sa.Integer(), nullable=True))
    for table in MEMBERS:
        op.create_index(op.f(f"ix_{table}_unit_id"), table, ["unit_id"])
    op.add_column("events", sa.Column("cooperating", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("events", "cooperating")
    for table in MEMBERS:
        op.drop_index(op.f(f"ix_{table}_unit_id"), table)
    for table in (*MEMBERS, "events"):
        op.drop_column(table, "unit_id")
    for table in ("cooperations", "unit_followers", "units"):
        op.drop_table(table)
