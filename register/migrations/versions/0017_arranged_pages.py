"""How a person put the pages of a received file: order, turns, where letters begin, files read as one."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("files", sa.Column("arrangement", sa.JSON(), nullable=True))
    op.add_column("files", sa.Column("read_sha256", sa.String(64), nullable=True))
    op.add_column("files", sa.Column("merged_into", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("files", "merged_into")
    op.drop_column("files", "read_sha256")
    op.drop_column("files", "arrangement")
