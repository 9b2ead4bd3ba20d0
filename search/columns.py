"""Columns of the embedded index: what documents are filtered, sorted and counted by, many rows in one blob.

A question over a hundred thousand letters looks at a few figures of each of
them. Row by row that costs tenths of a second; as arrays it costs
milliseconds. Texts (kinds, states, names of agencies) stand as codes of a table of values, days
as ordinals, 0 for what is missing. The blobs lie in the index file and change
in the same transactions as the rest, so readers of any process see what fits together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.types import Document

ROWS = 2048
"""Documents of one block."""

PLAIN = np.dtype(
    [
        ("doc_type", "<u4"),
        ("direction", "<u4"),
        ("state", "<u4"),
        ("issued_on", "<i4"),
        ("due_on", "<i4"),
        ("length", "<u4"),
        ("year", "<u2"),
        ("live", "<u2"),
    ]
)
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Columns:
    """All documents of a kind: `plain` by row, `agencies` as pairs of row and code in any order."""

    plain: NDArray[np.void]
    agencies: NDArray[np.uint32]

    @cached_property
    def live(self) -> int:
        """How many documents there are."""
        return int(np.count_nonzero(self.plain["live"]))

    @cached_property
    def tokens(self) -> int:
        """How many tokens their titles and bodies have in all."""
        return int(self.plain["length"].sum(dtype=np.int64))

    @classmethod
    def read(cls, connection: sqlite3.Connection, columns: str) -> Columns:
        """As the connection's transaction sees them."""
        rows = connection.execute(f"SELECT block, plain, agencies FROM {columns} ORDER BY block").fetchall()
        empty = bytes(PLAIN.itemsize * ROWS)
        blocks = {block: plain for block, plain, _ in rows}
        plain = b"".join(blocks.get(block, empty) for block in range(rows[-1][0] + 1 if rows else 0))
        return cls(np.frombuffer(plain, PLAIN), _pairs(b"".join(agencies for _, _, agencies in rows)))


def codes_of(connection: sqlite3.Connection, values: str, field: str, wanted: Iterable[str]) -> list[int]:
    """The codes of those of the values that the index has."""
    found = (
        connection.execute(f"SELECT code FROM {values} WHERE field = ? AND value = ?", (field, value))
        for value in dict.fromkeys(wanted)
    )
    return [row[0] for rows in found for row in rows]


def values_of(connection: sqlite3.Connection, values: str, codes: Iterable[int]) -> dict[int, str]:
    """The texts of codes."""
    select = f"SELECT value FROM {values} WHERE code = ?"
    return {code: connection.execute(select, (code,)).fetchone()[0] for code in codes}


class ColumnWriter:
    """Gathers what changes in one transaction; `flush` writes every block that is touched once."""

    def __init__(self, connection: sqlite3.Connection, columns: str, values: str) -> None:
        self._connection, self._columns, self._values = connection, columns, values
        self._codes: dict[tuple[str, str], int] = {}
        self._pending: dict[int, tuple[tuple[int, ...], list[int]] | None] = {}

    def put(self, row: int, document: Document, length: int) -> None:
        """What a row is from now on; its title and body have `length` tokens."""
        issued, due = document.issued_on, document.due_on
        plain = (
            self._code("doc_type", document.doc_type),
            self._code("direction", document.direction),
            self._code("state", document.state),
            issued.toordinal() if issued else 0,
            due.toordinal() if due else 0,
            length,
            issued.year if issued else 0,
            1,
        )
        self._pending[row] = plain, [self._code("agency", name) for name in document.agencies]

    def remove(self, row: int) -> None:
        """There is no such row any more."""
        self._pending[row] = None

    def _code(self, field: str, value: str | None) -> int:
        if value is None:
            return 0
        key = field, value
        if key not in self._codes:
            found = self._connection.execute(
                f"SELECT code FROM {self._values} WHERE field = ? AND value = ?", key
            ).fetchone()
            if found is None:
                made = self._connection.execute(
                    f"INSERT INTO {self._values} (field, value) VALUES (?, ?)", key
                )
                found = (made.lastrowid,)
            self._codes[key] = found[0]
        return self._codes[key]

    def flush(self) -> None:
        """Write what was gathered."""
        blocks: dict[int, list[int]] = {}
        for row in self._pending:
            blocks.setdefault(row // ROWS, []).append(row)
        for block, rows in blocks.items():
            self._write(block, rows)
        self._pending.clear()

    def _write(self, block: int, rows: list[int]) -> None:
        found = self._connection.execute(
            f"SELECT plain, agencies FROM {self._columns} WHERE block = ?", (block,)
        ).fetchone()
        plain = np.frombuffer(found[0], PLAIN).copy() if found else np.zeros(ROWS, PLAIN)
        agencies = _pairs(found[1] if found else b"")
        added: list[tuple[int, int]] = []
        for row in rows:
            values = self._pending[row]
            plain[row % ROWS] = values[0] if values else 0
            added += [(row, code) for code in (values[1] if values else ())]
        kept = agencies[~np.isin(agencies[:, 0], rows)]
        both = np.concatenate((kept, np.array(added, "<u4").reshape(-1, 2)))
        self._connection.execute(
            f"INSERT OR REPLACE INTO {self._columns} VALUES (?, ?, ?)", (block, plain.tobytes(), both.tobytes())
        )


def _pairs(blob: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(blob, "<u4").reshape(-1, 2)


def most_frequent(codes: NDArray[np.uint32], most: int, name: Callable[[Iterable[int]], dict[int, str]]) -> dict[str, int]:
    """The `most` most frequent codes (not 0) by their names with their counts; of equally frequent ones the first by name."""
    counts = np.bincount(codes) if len(codes) else np.zeros(1, np.int64)
    counts[0] = 0
    present = np.flatnonzero(counts)
    if len(present) > most:
        least = np.partition(counts[present], len(present) - most)[len(present) - most]
        present = present[counts[present] >= least]
    names = name(map(int, present))
    ordered = sorted(((names[code], int(counts[code])) for code in names), key=lambda one: (-one[1], one[0]))
    return dict(ordered[:most])
