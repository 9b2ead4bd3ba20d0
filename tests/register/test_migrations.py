"""Migrations give exactly the tables that the models describe, and the guards that models cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from ingest.errors import BadRequest, Unavailable
from register import audit
from register.database import Database, upgrade
from register.migrations.run import config
from register.models import Base
from tests.register.letters import AT


def test_migrations_make_what_the_models_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_is_harmless_and_down_leaves_nothing(database: Database) -> None:
    database.upgrade()
    database.check()
    with database.engine.begin() as connection:
        command.downgrade(config(connection), "base")
    with database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    with pytest.raises(BadRequest, match="chưa được cập nhật") as caught:
        database.check()
    assert caught.value.code == "database-outdated"
    database.upgrade()
    database.check()


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_audit_trail_cannot_be_changed(database: Database, statement: str) -> None:
    with database.transaction() as s:
        audit.write(s, "tested", "file", 1, at=AT, actor="an")
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as s:
        s.execute(text(statement))
    with database.reading() as s:
        assert [each.actor for each in audit.listing(s)] == ["an"]


def test_a_server_that_is_away_is_said_so(tmp_path: Path) -> None:
    away = Database(f"postgresql://nobody@/x?host={tmp_path}")
    with pytest.raises(Unavailable) as caught:
        away.check()
    assert caught.value.retry
    with pytest.raises(Unavailable), away.transaction() as s:
        s.execute(text("SELECT 1"))


def test_a_damaged_file_names_the_backup_as_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"this is no database, but long enough to be looked at" * 50)
    with pytest.raises(Unavailable, match="dondoc restore") as caught:
        upgrade(f"sqlite:///{tmp_path / 'x.db'}")
    assert caught.value.code == "database-damaged"


def test_other_databases_are_refused() -> None:
    with pytest.raises(BadRequest, match="mysql"):
        Database("mysql://localhost/x")
