"""Saved views of the list of letters beside those of tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

COLUMNS = "id, user_id, name, query, created_at"


def _create(table: str, *more: sa.Column[str], unique: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        *more,
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")),
        sqlite_autoincrement=True,
    )


def _numbers_go_on(table: str) -> None:
    """New rows get numbers behind those that were copied."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def upgrade() -> None:
    _create("list_views", sa.Column("shown", sa.String(64), nullable=False), unique=("user_id", "shown", "name"))
    op.execute(f"INSERT INTO list_views ({COLUMNS}, shown) SELECT {COLUMNS}, 'tasks' FROM task_views")
    _numbers_go_on("list_views")
    op.drop_table("task_views")


def downgrade() -> None:
    _create("task_views", unique=("user_id", "name"))
    op.execute(f"INSERT INTO task_views ({COLUMNS}) SELECT {COLUMNS} FROM list_views WHERE shown = 'tasks'")
    _numbers_go_on("task_views")
    op.drop_table("list_views")
