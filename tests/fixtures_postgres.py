"""A PostgreSQL server of the test session's own, in a temporary folder, on a unix socket.

It runs as the user "postgres" (or "nobody") where the tests run as root, which
PostgreSQL refuses. Without an installed PostgreSQL the tests that need it are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "autovacuum": "off",
    "timezone": "'Asia/Ho_Chi_Minh'",  # not UTC: a moment must not depend on the server's zone
}


def _binary(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(found[-1]) if found else shutil.which(name)


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as, None for ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("no user for PostgreSQL to run as")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of the server's own database "postgres"."""
    initdb, pg_ctl = _binary("initdb"), _binary("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("PostgreSQL is not installed")
    owner = _owner()
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-", dir=memory if roomy else None))
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(*command: str) -> None:
        done = subprocess.run(
            command,
            cwd=folder,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            stdout=subprocess.DEVNULL,  # not a pipe: the server inherits it and would keep it open
            stderr=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        if done.returncode:
            log = folder / "log"
            pytest.fail(f"{command[0]} failed: {log.read_text() if log.exists() else done.returncode}")

    data = str(folder / "data")
    try:
        run(
            initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        options = " ".join(f"-c {key}={value}" for key, value in _SETTINGS.items()) + f" -k {folder}"
        run(pg_ctl, "-D", data, "-w", "-t", "60", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_EMPTY = """
DO $$
DECLARE each record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', each.tablename);
  END LOOP;
  FOR each IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', each.sequencename);
  END LOOP;
END $$
"""


@pytest.fixture(scope="session")
def _postgres_pool() -> tuple[list[str], Iterator[int]]:
    """URLs of databases that are free, and numbers for new ones."""
    return [], count(1)


@pytest.fixture
def new_postgres(
    postgres_url: str, _postgres_pool: tuple[list[str], Iterator[int]]
) -> Iterator[Callable[[], str]]:
    """Gives the URL of a database with all tables and no rows, another one each time it is called.

    After the test its databases are emptied and used again: that is much quicker than new ones.
    """
    import psycopg

    from register.database import upgrade

    free, numbers = _postgres_pool
    used: list[str] = []

    def create() -> str:
        if free:
            url = free.pop()
        else:
            name = f"register_{next(numbers)}"
            with psycopg.connect(postgres_url, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            url = postgres_url.replace("/postgres?", f"/{name}?")
            upgrade(url)
        used.append(url)
        return url

    yield create
    for url in used:
        with psycopg.connect(url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(_EMPTY)
        free.append(url)
