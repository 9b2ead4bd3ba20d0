"""What the office sets on its own pages; and the identity by which the sign-in provider knows a user."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_settings",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name=op.f("fk_office_settings_changed_by_users")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_office_settings")),
    )
    op.add_column("users", sa.Column("provider_subject", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("users", "provider_subject")
    op.drop_table("office_settings")
