"""What a table that gives out work is made of: its columns, and rows of which each cell is a place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["number", "content", "lead", "with", "when", "product", "other"]
"""What stands in a column: the number, what is to be done, who leads, who co-operates, by when, what comes out, anything else."""

Span = tuple[int, int]
"""A place in the text: [start, end)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its number as printed ("" where it has none) and what stands in each column.

    A column of the same role twice, or a row that a page breaks, gives several
    spans. A `section` parts the rows: it has a title (its content) and no doer.
    """

    number: str
    cells: Mapping[Role, tuple[Span, ...]]
    section: bool = False

    @property
    def span(self) -> Span:
        """From the first to the last word of the row, without its number."""
        spans = [span for each in self.cells.values() for span in each]
        return min(start for start, _ in spans), max(end for _, end in spans)


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a text: [start, end) with its head, the roles of its columns, its rows in printed order."""

    start: int
    end: int
    columns: tuple[Role, ...]
    entries: tuple[Entry, ...]
