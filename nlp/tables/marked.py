"""Tables whose cells the reading tells apart: ruled tables of a page, tables of a Word file, rows typed with tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.tables.cells import LABEL, is_time, typed
from nlp.tables.columns import LONGEST_HEAD, read_heads, role_of
from nlp.tables.values import Entry, Role, Span, Table

Cells = Sequence[Span]
"""The cells of one row, from left to right; an empty one has no length."""

_FIGURES = re.compile(r"[\s()\[\]\d=x+-]*")
_LONGEST_TITLE = 160
"""Characters of a line between two rows that parts a table into sections."""


def marked_tables(text: str, cells: Sequence[Cells]) -> list[Table]:
    """The tables among rows whose cells are known (places in `text`); those that give out no work have no columns and no rows."""
    found: list[Table] = []
    index = 0
    while index < len(cells):
        columns, behind = _heads(text, cells, index)
        if columns is None:
            last = _end_of_data(text, cells, index)
            if last > index + 1:
                found.append(Table(cells[index][0][0], cells[last - 1][-1][1], (), ()))
            index = max(last, index + 1)
            continue
        entries, last = _entries(text, cells, behind, columns)
        if entries:
            found.append(Table(cells[index][0][0], cells[last - 1][-1][1], columns, tuple(entries)))
        index = max(last, behind)
    return found


def _end_of_data(text: str, cells: Sequence[Cells], index: int) -> int:
    """The row behind a table of figures or names that begins at `index`: below "TT", "STT" and other heads; `index` where none does."""
    if role_of(text[slice(*cells[index][0])]) != "number" or any(end - start > LONGEST_HEAD for start, end in cells[index]):
        return index
    index += 1
    while index < len(cells) and not text[cells[index - 1][-1][1] : cells[index][0][0]].strip():
        index += 1
    return index


def _words(text: str, row: Cells) -> list[str]:
    return [text[start:end] for start, end in row]


def _heads(text: str, cells: Sequence[Cells], index: int) -> tuple[tuple[Role, ...] | None, int]:
    """The columns that the row at `index` heads, and the row behind the heads.

    Below "Phân công thực hiện" the next row may part the column: "Chủ trì", "Phối hợp".
    """
    columns = read_heads(_words(text, cells[index]))
    if columns is None or index + 1 >= len(cells):
        return columns, index + 1
    below = [role_of(word) for word in _words(text, cells[index + 1]) if word.strip()]
    if not below or any(role not in ("lead", "with") for role in below):
        return columns, index + 1
    at = columns.index("lead")
    parted = tuple(role for role in below if role is not None)
    return (*columns[:at], *parted, *columns[at + 1 :]), index + 2


def _entries(text: str, cells: Sequence[Cells], index: int, columns: Sequence[Role]) -> tuple[list[Entry], int]:
    entries: list[Entry] = []
    end = cells[index - 1][-1][1]
    while index < len(cells):
        row = cells[index]
        between = text[end : row[0][0]].strip()
        if len(between) > _LONGEST_TITLE or between.endswith((".", ";", ":")):
            break
        if between:
            first = end + text[end : row[0][0]].index(between)
            entries.append(Entry("", {"content": ((first, first + len(between)),)}, section=True))
        words = _words(text, row)
        again = read_heads(words) is not None
        if again and entries and read_heads(words) != tuple(columns):
            break
        if not again and not _FIGURES.fullmatch(" ".join(words)):
            entry = _entry(text, row, columns)
            if entry is not None and entries and _goes_on(text, entry):
                entries[-1] = _with(entries[-1], entry)
            elif entry is not None:
                entries.append(entry)
        end = row[-1][1]
        index += 1
    return entries, index


def _entry(text: str, row: Cells, columns: Sequence[Role]) -> Entry | None:
    filled = [span for span in row if text[span[0] : span[1]].strip()]
    number = LABEL.fullmatch(text[filled[0][0] : filled[0][1]].strip()) if filled else None
    if not filled:
        return None
    if len(filled) <= (2 if number else 1) and (len(row) < len(columns) or _only_titled(text, row, columns)):
        title = filled[-1]
        return Entry(number["label"] if number else "", {"content": (title,)}, section=True)
    if len(row) < len(columns) and _led(text, row, columns):
        row = (*row, *[(row[-1][1], row[-1][1])] * (len(columns) - len(row)))
    if len(row) != len(columns):
        rest = filled[1:] if number else filled
        return typed(text, number["label"] if number else "", rest, columns)
    placed: dict[Role, tuple[Span, ...]] = {}
    said = ""
    for role, span in zip(columns, row, strict=True):
        word = text[span[0] : span[1]].strip()
        if role == "number":
            said = word.rstrip(".)/ ")
        elif word:
            placed[role] = (*placed.get(role, ()), span)
    return Entry(said, placed) if placed else None


def _only_titled(text: str, row: Cells, columns: Sequence[Role]) -> bool:
    """Whether all a row says stands below the heads of number and work."""
    return all(role in ("number", "content") or not text[start:end].strip() for role, (start, end) in zip(columns, row, strict=False))


def _led(text: str, row: Cells, columns: Sequence[Role]) -> bool:
    """Whether a row that only lacks its last cells, which are empty, has its doer in the column for it."""
    at = list(columns).index("lead")
    doer = text[slice(*row[at])] if at < len(row) else ""
    return bool(doer.strip()) and not is_time(doer) and bool(text[slice(*row[list(columns).index("content")])].strip())


def _goes_on(text: str, entry: Entry) -> bool:
    """Whether a row without a number goes on with the one before it, which a page broke: its words begin in the middle of a sentence."""
    if entry.number or (entry.section and len(entry.cells) > 1):
        return False
    work = entry.cells.get("content", ())
    return not work or text[work[0][0]].islower()


def _with(entry: Entry, more: Entry) -> Entry:
    cells = dict(entry.cells)
    for role, spans in more.cells.items():
        cells[role] = (*cells.get(role, ()), *spans)
    return Entry(entry.number, cells, entry.section)
