"""Rows of the embedded index as arrays: what FTS5 finds, and what is looked up for a few of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

import numpy as np

from search.columns import Mask


def matching(connection: sqlite3.Connection, fts: str, match: str, size: int) -> Mask:
    """Of `size` rows those that match an FTS5 expression."""
    # One long string is handed over much more quickly than many small rows.
    text = connection.execute(
        f"SELECT group_concat(rowid, ' ') FROM {fts} WHERE {fts} MATCH ?", (match,)
    ).fetchone()[0]
    held = np.zeros(size, bool)
    if text:
        held[np.fromstring(text, np.int64, sep=" ")] = True
    return held


def few(connection: sqlite3.Connection, select: str, rows: Iterable[int]) -> list[Any]:
    """What `SELECT … FROM some d` gives for some rows, in no particular order."""
    wanted = json.dumps([int(row) for row in rows])
    return connection.execute(
        f"{select} WHERE d.rowid IN (SELECT value FROM json_each(?))", (wanted,)
    ).fetchall()
