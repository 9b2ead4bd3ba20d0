"""The contract suite of the register runs on both databases."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from register.database import Database
from register.originals import OriginalStore
from tests.registers import new_register


@pytest.fixture(params=["sqlite", "postgres"])
def new_database(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], Database]]:
    """Gives databases with all tables and no rows."""
    opened: list[Database] = []
    # In memory where there is room: the disk's own syncs are not what is tested here.
    folder = Path(
        tempfile.mkdtemp(prefix="dondoc-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else tmp_path)
    )
    postgres = request.getfixturevalue("new_postgres") if request.param == "postgres" else None

    def create() -> Database:
        if request.param == "sqlite":
            opened.append(new_register(folder / f"dondoc{len(opened)}.db"))
        else:
            assert postgres is not None
            opened.append(Database(postgres()))
        return opened[-1]

    yield create
    for each in opened:
        each.close()
    shutil.rmtree(folder)


@pytest.fixture
def database(new_database: Callable[[], Database]) -> Database:
    return new_database()


@pytest.fixture
def store(tmp_path: Path) -> OriginalStore:
    return OriginalStore(tmp_path / "originals")
