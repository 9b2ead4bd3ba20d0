"""Rows of the embedded index: what is looked up for a few of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any


def few(connection: sqlite3.Connection, select: str, rows: Iterable[int]) -> list[Any]:
    """What `SELECT … FROM some d` gives for some rows, in no particular order."""
    wanted = json.dumps([int(row) for row in rows])
    return connection.execute(
        f"{select} WHERE d.rowid IN (SELECT value FROM json_each(?))", (wanted,)
    ).fetchall()
