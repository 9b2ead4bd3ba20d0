"""Registers for tests: copies of an empty one that was migrated once, which is much quicker than to migrate each."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from register.database import Database, upgrade


@cache
def _empty() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "empty.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


def new_register(path: Path) -> Database:
    """An SQLite register at `path` with all tables and no rows, as after `Database.upgrade`."""
    shutil.copyfile(_empty(), path)
    return Database(f"sqlite:///{path}")
