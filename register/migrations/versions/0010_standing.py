"""How an obligation stands and when a letter arrived, kept beside them: long lists and figures need no join, comparison or sort.

Triggers keep the columns, so no way of writing can forget it. The codes are those of `register.status`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STANDING = """CASE WHEN {0}.cancelled_on IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM tasks t JOIN letters l ON l.id = t.letter_id
  WHERE t.id = {0}.task_id AND t.state = 'active' AND NOT t.optional AND l.state <> 'withdrawn') THEN 0
  WHEN {0}.done_on IS NULL THEN 1 WHEN {0}.due_on IS NULL OR {0}.done_on <= {0}.due_on THEN 2 ELSE 3 END"""
"""0: does not count (cancelled, dropped, merely announced, of a withdrawn letter); 1 open; 2 done in time; 3 done late."""

OLD = {"ix_obligations_body_fold": ("obligations", ["body_fold"])}
INDEXES = {
    "ix_obligations_standing": ("obligations", ["standing", "due_on", "letter_id", "id", "body_fold", "role"]),
    "ix_obligations_due": ("obligations", ["due_on", "letter_id", "id", "standing"]),
    "ix_obligations_body": ("obligations", ["body_fold", "standing", "due_on", "role"]),
    "ix_tasks_text_fold": ("tasks", ["text_fold"]),
    "ix_events_kind": ("events", ["kind", "obligation_id"]),
    "ix_events_answers": ("events", ["answers"]),
    "ix_letters_arrived_on": ("letters", ["arrived_on", "id", "state"]),
}

SET = f"UPDATE obligations SET standing = {STANDING.format('obligations')}"
ARRIVED = "UPDATE letters SET arrived_on = COALESCE(received_on, date(created_at))"
OWN = "cancelled_on, task_id, done_on, due_on"
SQLITE = {
    "obligations_standing_new": f"AFTER INSERT ON obligations BEGIN {SET} WHERE id = NEW.id; END",
    "obligations_standing": f"AFTER UPDATE OF {OWN} ON obligations BEGIN {SET} WHERE id = NEW.id; END",
    "tasks_standing": f"AFTER UPDATE OF state, optional ON tasks BEGIN {SET} WHERE task_id = NEW.id; END",
    "letters_standing": f"AFTER UPDATE OF state ON letters BEGIN {SET} WHERE letter_id = NEW.id; END",
    "letters_arrived_new": f"AFTER INSERT ON letters BEGIN {ARRIVED} WHERE id = NEW.id; END",
    "letters_arrived": f"AFTER UPDATE OF received_on, created_at ON letters BEGIN {ARRIVED} WHERE id = NEW.id; END",
}
POSTGRES = (
    f"""CREATE FUNCTION obligations_standing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.standing := {STANDING.format("NEW")}; RETURN NEW; END $$""",
    f"""CREATE FUNCTION tasks_standing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {SET} WHERE task_id = NEW.id; RETURN NULL; END $$""",
    f"""CREATE FUNCTION letters_standing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {SET} WHERE letter_id = NEW.id; RETURN NULL; END $$""",
    f"CREATE TRIGGER obligations_standing BEFORE INSERT OR UPDATE OF {OWN} ON obligations "
    "FOR EACH ROW EXECUTE FUNCTION obligations_standing()",
    "CREATE TRIGGER tasks_standing AFTER UPDATE OF state, optional ON tasks "
    "FOR EACH ROW EXECUTE FUNCTION tasks_standing()",
    "CREATE TRIGGER letters_standing AFTER UPDATE OF state ON letters "
    "FOR EACH ROW EXECUTE FUNCTION letters_standing()",
    """CREATE FUNCTION letters_arrived() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.arrived_on := COALESCE(NEW.received_on, (NEW.created_at AT TIME ZONE 'UTC')::date); RETURN NEW; END $$""",
    "CREATE TRIGGER letters_arrived BEFORE INSERT OR UPDATE OF received_on, created_at ON letters "
    "FOR EACH ROW EXECUTE FUNCTION letters_arrived()",
)


def upgrade() -> None:
    op.add_column("obligations", sa.Column("standing", sa.SmallInteger(), nullable=False, server_default="1"))
    op.add_column("letters", sa.Column("arrived_on", sa.Date(), nullable=True))
    op.execute(SET)
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(ARRIVED if sqlite else ARRIVED.replace("date(created_at)", "(created_at AT TIME ZONE 'UTC')::date"))
    for name, (table, _) in OLD.items():
        op.drop_index(op.f(name), table)
    for name, (table, columns) in INDEXES.items():
        op.create_index(op.f(name), table, columns)
    if sqlite:
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        for statement in POSTGRES:
            op.execute(statement)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("obligations_standing", "tasks_standing", "letters_standing", "letters_arrived"):
        table = name.partition("_")[0]
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    if sqlite:
        op.execute("DROP TRIGGER obligations_standing_new")
        op.execute("DROP TRIGGER letters_arrived_new")
    for name, (table, _) in INDEXES.items():
        op.drop_index(op.f(name), table)
    for name, (table, columns) in OLD.items():
        op.create_index(op.f(name), table, columns)
    op.drop_column("obligations", "standing")
    op.drop_column("letters", "arrived_on")
