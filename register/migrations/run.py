"""Running the migrations from the program: no alembic.ini is needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection

LOCK = 0x646F6E646F63
"""Advisory lock on PostgreSQL: two processes that start together do not migrate at once."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for this package's migrations."""
    result = Config()
    result.set_main_option("script_location", str(Path(__file__).parent))
    result.set_main_option("path_separator", "os")
    result.attributes["connection"] = connection
    return result


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to a revision, in one transaction."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        command.upgrade(config(connection), revision)


@cache
def head() -> str | None:
    """The newest revision that the program knows."""
    return ScriptDirectory.from_config(config()).get_current_head()


@cache
def revisions() -> frozenset[str]:
    """All revisions that the program knows."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def current(connection: Connection) -> str | None:
    """The revision that the database is at, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()
