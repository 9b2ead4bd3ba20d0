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
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-"))
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


@pytest.fixture(scope="session")
def new_postgres(postgres_url: str) -> Iterator[Callable[[], str]]:
    """Gives the URL of a fresh database with all tables, each time it is called."""
    import psycopg

    from register.database import upgrade

    numbers = count(1)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty_register")
        upgrade(postgres_url.replace("/postgres?", "/empty_register?"))

        def create() -> str:
            name = f"register_{next(numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE empty_register STRATEGY file_copy")
            return postgres_url.replace("/postgres?", f"/{name}?")

        yield create
