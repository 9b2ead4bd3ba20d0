"""Whether an obligation has an open due day on a given day is looked up for the bell of every page."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEX = "ix_occurrences_day"


def upgrade() -> None:
    op.create_index(INDEX, "occurrences", ["obligation_id", "due_on"])


def downgrade() -> None:
    op.drop_index(INDEX, "occurrences")
