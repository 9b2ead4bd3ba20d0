"""Misread values that people put right, to be offered elsewhere; filled from the corrections there are."""

import sqlalchemy as sa
from alembic import op

from register.respelling import KINDS, respellings

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "respellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_respellings_letter_id_letters"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_respellings_task_id_tasks"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respellings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_respellings_key", "respellings", ["kind", "key"])
    op.create_index(op.f("ix_respellings_letter_id"), "respellings", ["letter_id"])
    op.create_index(op.f("ix_respellings_task_id"), "respellings", ["task_id"])
    op.create_table(
        "respelling_refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_respelling_refusals_letter_id_letters"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_respelling_refusals_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respelling_refusals")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_respelling_refusals_letter_id"), "respelling_refusals", ["letter_id"])
    _fill(table)


def _fill(table: sa.Table) -> None:
    """The first and the newest value of each corrected field, as `register.respellings.note` does from now on."""
    made = sa.table(
        "corrections",
        sa.column("id", sa.Integer()),
        sa.column("letter_id", sa.Integer()),
        sa.column("task_id", sa.Integer()),
        sa.column("field", sa.String()),
        sa.column("old", sa.JSON()),
        sa.column("new", sa.JSON()),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    first: dict[tuple[int, int | None, str], object] = {}
    last: dict[tuple[int, int | None, str], tuple[object, object]] = {}
    for row in op.get_bind().execute(sa.select(made).where(made.c.field.in_(KINDS)).order_by(made.c.id)):
        place = (row.letter_id, row.task_id, row.field)
        first.setdefault(place, row.old)
        last[place] = (row.new, row.at)
    rows = [
        {"letter_id": place[0], "task_id": place[1], "field": place[2], "at": at}
        | {name: getattr(each, name) for name in ("kind", "key", "wrong", "right")}
        for place, (new, at) in last.items()
        for each in respellings(place[2], first[place], new)
    ]
    if rows:
        op.get_bind().execute(table.insert(), rows)


def downgrade() -> None:
    op.drop_table("respelling_refusals")
    op.drop_table("respellings")
