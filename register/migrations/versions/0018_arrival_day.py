"""The day of arrival where the office stands: migration 0010 took that in UTC, which before 7 o'clock is the day before."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    letters = sa.table(
        "letters",
        sa.column("id", sa.Integer()),
        sa.column("file_id", sa.Integer()),
        sa.column("received_on", sa.Date()),
        sa.column("arrived_on", sa.Date()),
    )
    files = sa.table("files", sa.column("id", sa.Integer()), sa.column("received_at", sa.DateTime(timezone=True)))
    rows = op.get_bind().execute(
        sa.select(letters.c.id, letters.c.arrived_on, files.c.received_at)
        .join_from(letters, files, files.c.id == letters.c.file_id)
        .where(letters.c.received_on.is_(None))
    )
    wrong = [{"number": id, "day": day} for id, old, at in rows if (day := _local(at)) != old]
    if wrong:
        put = letters.update().where(letters.c.id == sa.bindparam("number")).values(arrived_on=sa.bindparam("day"))
        op.get_bind().execute(put, wrong)


def _local(at: datetime) -> date:
    """SQLite keeps UTC without its zone."""
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at).astimezone().date()


def downgrade() -> None:
    pass
