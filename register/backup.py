"""Backup and restore: one zip with the database, the originals and a manifest of SHA-256 sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from register.database import Database
from register.originals import OriginalStore


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds: rows by table, originals, bytes; `missing` are originals not found in the store."""

    path: Path
    rows: dict[str, int]
    originals: int
    bytes: int
    missing: tuple[str, ...] = ()


def backup(database: Database, store: OriginalStore, target: Path, *, at: datetime) -> BackupReport:
    """Write a consistent snapshot to a new zip; an existing file is never overwritten (BadRequest)."""
    raise NotImplementedError


def restore(source: Path, database: Database, store: OriginalStore) -> BackupReport:
    """Bring a backup back into an empty database and store, of either kind of database.

    Every file is checked against the manifest before anything is written.
    BadRequest when the place is not empty, BadFile when the backup is damaged.
    """
    raise NotImplementedError
