"""Rows of the embedded index: the documents that stand in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable


def ids_of(connection: sqlite3.Connection, docs: str, rows: Iterable[int]) -> dict[int, str]:
    """The ids of the documents in some rows."""
    wanted = json.dumps([int(row) for row in rows])
    found = connection.execute(f"SELECT rowid, id FROM {docs} WHERE rowid IN (SELECT value FROM json_each(?))", (wanted,))
    return dict(found.fetchall())
