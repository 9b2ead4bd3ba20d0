"""Who in the office looks after an obligation, and whom an event named for it.

Plain columns: SQLite adds a column in place, a constraint only by writing the table anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEX = "ix_obligations_assignee_id"


def upgrade() -> None:
    for table in ("obligations", "events"):
        op.add_column(table, sa.Column("assignee_id", sa.Integer(), nullable=True))
    op.create_index(op.f(INDEX), "obligations", ["assignee_id"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), "obligations")
    for table in ("events", "obligations"):
        op.drop_column(table, "assignee_id")
