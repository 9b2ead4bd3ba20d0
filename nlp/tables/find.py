"""All tables of a text that give out work, those whose cells are known first."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.tables.flattened import flattened_tables
from nlp.tables.marked import Cells, marked_tables
from nlp.tables.values import Table


def find_tables(text: str, cells: Sequence[Cells] = ()) -> tuple[Table, ...]:
    """The tables of a text that give out work, in printed order.

    `cells` are the rows whose cells the reading tells apart, as places in `text`.
    """
    found = marked_tables(text, cells) if cells else []
    found += [
        table
        for table in flattened_tables(text)
        if not any(table.start < other.end and other.start < table.end for other in found)
    ]
    return tuple(sorted(found, key=lambda table: table.start))
