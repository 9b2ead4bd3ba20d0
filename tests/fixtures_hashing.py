"""The same hash of passwords with less work: it is slow on purpose, and tests make users by the hundred."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def quick_hashes() -> Iterator[None]:
    """Argon2 at its least cost for the rest of the session; rooms that make users use it for all their tests."""
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    from register import users

    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=1024, parallelism=1),))
    nobody = quick.hash("nobody")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "_hasher", lambda: quick)
        patch.setattr(users, "_nobody", lambda: nobody)
        yield
