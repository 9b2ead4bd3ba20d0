"""The index by day of completion holds all that reports count."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = "ix_obligations_open"
OLD, NEW = ["done_on", "due_on"], ["done_on", "due_on", "role", "body_fold", "letter_id", "standing"]


def upgrade() -> None:
    op.drop_index(op.f(NAME), "obligations")
    op.create_index(op.f(NAME), "obligations", NEW)


def downgrade() -> None:
    op.drop_index(op.f(NAME), "obligations")
    op.create_index(op.f(NAME), "obligations", OLD)
