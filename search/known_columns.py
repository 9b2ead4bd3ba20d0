"""The columns of the embedded index as they were last read: a search reads them anew only when the index has changed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from search.types import Kind

if TYPE_CHECKING:
    from search.columns import Columns


class KnownColumns:
    """Shared by the threads of a process; what stands in memory is one set of columns for each kind, however often the index is rebuilt."""

    def __init__(self) -> None:
        self._known: dict[Kind, tuple[str, Columns]] = {}

    def read(self, connection: sqlite3.Connection, kind: Kind, columns: str) -> Columns:
        """Those of a kind, which lie in the table `columns`, as the connection's transaction sees them."""
        from search.columns import Columns  # numpy, only where something is asked

        (change,) = connection.execute("SELECT value FROM meta WHERE key = 'change'").fetchone()
        known = self._known.get(kind)
        if known is None or known[0] != change:
            known = self._known[kind] = change, Columns.read(connection, columns)
        return known[1]
