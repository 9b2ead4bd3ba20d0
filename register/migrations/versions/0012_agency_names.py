"""Names of bodies that the office adds to the registry of agencies."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.String(64), nullable=False),
        sa.Column("meant", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_names")),
        sa.UniqueConstraint("name_key", name=op.f("uq_agency_names_name_key")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("agency_names")
