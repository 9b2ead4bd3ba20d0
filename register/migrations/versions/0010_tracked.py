"""Whether an obligation counts, kept beside it: lists and figures over hundreds of thousands need no join.

Triggers keep the column, so no way of writing can forget it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNTS = """({0}.cancelled_on IS NULL AND EXISTS (
  SELECT 1 FROM tasks t JOIN letters l ON l.id = t.letter_id
  WHERE t.id = {0}.task_id AND t.state = 'active' AND NOT t.optional AND l.state <> 'withdrawn'))"""
"""Of a row of obligations: neither cancelled, nor dropped, nor merely announced, nor of a withdrawn letter."""

INDEXES = {
    "ix_obligations_due": ["tracked", "due_on", "letter_id", "id"],
    "ix_obligations_state": ["tracked", "done_on", "due_on", "body_fold", "role"],
    "ix_obligations_body": ["tracked", "body_fold", "due_on", "done_on", "role"],
}

SET = f"UPDATE obligations SET tracked = {COUNTS.format('obligations')}"
SQLITE = {
    "obligations_tracked_new": f"AFTER INSERT ON obligations BEGIN {SET} WHERE id = NEW.id; END",
    "obligations_tracked": f"AFTER UPDATE OF cancelled_on, task_id ON obligations BEGIN {SET} WHERE id = NEW.id; END",
    "tasks_tracked": f"AFTER UPDATE OF state, optional ON tasks BEGIN {SET} WHERE task_id = NEW.id; END",
    "letters_tracked": f"AFTER UPDATE OF state ON letters BEGIN {SET} WHERE letter_id = NEW.id; END",
}
POSTGRES = (
    f"""CREATE FUNCTION obligations_tracked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.tracked := {COUNTS.format("NEW")}; RETURN NEW; END $$""",
    f"""CREATE FUNCTION tasks_tracked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {SET} WHERE task_id = NEW.id; RETURN NULL; END $$""",
    f"""CREATE FUNCTION letters_tracked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {SET} WHERE letter_id = NEW.id; RETURN NULL; END $$""",
    "CREATE TRIGGER obligations_tracked BEFORE INSERT OR UPDATE OF cancelled_on, task_id ON obligations "
    "FOR EACH ROW EXECUTE FUNCTION obligations_tracked()",
    "CREATE TRIGGER tasks_tracked AFTER UPDATE OF state, optional ON tasks "
    "FOR EACH ROW EXECUTE FUNCTION tasks_tracked()",
    "CREATE TRIGGER letters_tracked AFTER UPDATE OF state ON letters "
    "FOR EACH ROW EXECUTE FUNCTION letters_tracked()",
)


def upgrade() -> None:
    op.add_column("obligations", sa.Column("tracked", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(SET)
    for name, columns in INDEXES.items():
        op.create_index(op.f(name), "obligations", columns)
    if op.get_bind().dialect.name == "sqlite":
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        for statement in POSTGRES:
            op.execute(statement)


def downgrade() -> None:
    for name, table in (
        ("obligations_tracked", "obligations"),
        ("tasks_tracked", "tasks"),
        ("letters_tracked", "letters"),
    ):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER obligations_tracked_new")
    for name in INDEXES:
        op.drop_index(op.f(name), "obligations")
    op.drop_column("obligations", "tracked")
