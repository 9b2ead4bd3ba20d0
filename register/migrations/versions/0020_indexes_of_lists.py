"""Indexes for long lists: what is open by body and by letter, what recurs, how the obligations of tasks stand, issuers."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OLD = {"ix_obligations_task_id": ("obligations", ["task_id"]), "ix_letters_issuer_fold": ("letters", ["issuer_fold"])}
NEW = {
    "ix_obligations_owing": ("obligations", ["body_fold", "due_on", "letter_id", "role"], "standing = 1"),
    "ix_obligations_owed": ("obligations", ["letter_id", "due_on", "body_fold", "role"], "standing = 1"),
    "ix_obligations_task": ("obligations", ["task_id", "standing", "due_on", "letter_id"], None),
    "ix_deadlines_recurring": ("deadlines", ["task_id"], "kind = 'recurring'"),
    "ix_letters_issuer": ("letters", ["issuer_fold", "state"], None),
}


def upgrade() -> None:
    for name, (table, columns, where) in NEW.items():
        part = sa.text(where) if where else None
        op.create_index(op.f(name), table, columns, sqlite_where=part, postgresql_where=part)
    for name, (table, _) in OLD.items():
        op.drop_index(op.f(name), table)


def downgrade() -> None:
    for name, (table, columns) in OLD.items():
        op.create_index(op.f(name), table, columns)
    for name, (table, _, _) in NEW.items():
        op.drop_index(op.f(name), table)
