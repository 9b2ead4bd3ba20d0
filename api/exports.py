"""Results of a search as a table for a spreadsheet: CSV or XLSX, every cell harmless."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import IO, Final, Literal

from api.i18n import Words
from search.statuses import STATUSES
from search.types import Hit, Kind

Form = Literal["csv", "xlsx"]
MOST: Final = 10_000
"""Rows of one export; what is beyond is told in the last row."""

MEDIA: Final[dict[Form, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COLUMNS: Final[dict[Kind, tuple[str, ...]]] = {
    "letters": ("code", "issued_on", "doc_type", "issuer", "subject", "direction", "state", "tasks", "snippet", "page", "file", "link"),
    "tasks": ("task", "lead", "due_on", "status", "letter", "issued_on", "snippet", "page", "file", "link"),
    "references": ("cited", "provisions", "relation", "code", "issued_on", "subject", "snippet", "page", "file", "link"),
}  # fmt: skip
WIDTHS: Final = {
    "subject": 60,
    "task": 60,
    "snippet": 60,
    "lead": 32,
    "issuer": 32,
    "cited": 32,
    "file": 28,
    "link": 24,
}
CELL: Final = 32_000
"""Characters of one cell; a spreadsheet takes 32,767."""

_FORMULA = re.compile(r"^\s*[=+\-@|%]|^[\t\r\n]")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no file of an office program may hold."""

Cell = str | int | date | None


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what could begin one gets an apostrophe in front.

    >>> harmless("=HYPERLINK(1)"), harmless("Sở Y tế")
    ("'=HYPERLINK(1)", 'Sở Y tế')
    """
    clean = ILLEGAL.sub("", text)[:CELL]
    return f"'{clean}" if _FORMULA.match(clean) else clean


def header(kind: Kind, t: Words) -> list[str]:
    """The titles of the columns."""
    return [t(f"export.{name}") for name in COLUMNS[kind]]


def row(hit: Hit, t: Words, link: Callable[[Hit], str], status_of: Callable[[Hit], str | None]) -> list[Cell]:
    """The cells of a hit. `link` gives its address, `status_of` the status of a task."""
    fields = hit.fields
    provisions = fields.get("provisions")
    values: dict[str, object] = {
        "code": fields.get("code"),
        "issued_on": hit.issued_on,
        "due_on": hit.due_on,
        "doc_type": hit.doc_type,
        "issuer": fields.get("issuer"),
        "subject": fields.get("subject"),
        "direction": hit.direction,
        "state": t.get(f"letters.{hit.state}", hit.state or ""),
        "tasks": fields.get("task_count"),
        "task": hit.title.text,
        "lead": fields.get("body") or "; ".join(hit.agencies),
        "status": status_of(hit),
        "letter": " ".join(
            str(fields[name]) for name in ("letter_code", "letter_subject") if fields.get(name)
        ),
        "cited": fields.get("cited") or hit.title.text,
        "provisions": "; ".join(map(str, provisions)) if isinstance(provisions, list) else None,
        "relation": fields.get("relation"),
        "snippet": hit.snippet.text,
        "page": hit.page,
        "file": fields.get("file"),
        "link": link(hit),
    }
    return [_cell(values[name]) for name in COLUMNS[hit.kind]]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, int):
        return value
    return harmless(str(value))


def task_status(hit: Hit, today: date, t: Words) -> str | None:
    """The words for a task's status on a day."""
    state = {"done": "done-in-time", "done-late": "done-late"}.get(hit.state or "")
    if state is None:
        state = "no-term" if hit.due_on is None else "overdue" if hit.due_on < today else "in-time"
    return t.get(f"status.{state}", STATUSES[state])


def written(form: Form, kind: Kind, rows: Iterable[Sequence[Cell]], t: Words) -> IO[bytes]:
    """The table as a file, to be read from its beginning; on disk where it is large."""
    held: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115 - the caller closes it
    if form == "csv":
        for piece in _csv(kind, rows, t):
            held.write(piece)
    else:
        _xlsx(held, kind, rows, t)
    held.seek(0)
    return held


def _csv(kind: Kind, rows: Iterable[Sequence[Cell]], t: Words) -> Iterator[bytes]:
    # With a byte order mark, else Excel takes the text for the machine's old code page.
    yield b"\xef\xbb\xbf"
    line = io.StringIO()
    writer = csv.writer(line)
    for cells in chain([header(kind, t)], rows):
        writer.writerow([_day(cell) if isinstance(cell, date) else cell for cell in cells])
        yield line.getvalue().encode("utf-8", "replace")
        line.seek(0)
        line.truncate()


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def _xlsx(target: IO[bytes], kind: Kind, rows: Iterable[Sequence[Cell]], t: Words) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(t(f"search.kind_{kind}"))
    sheet.freeze_panes = "A2"
    for index, name in enumerate(COLUMNS[kind], 1):
        sheet.column_dimensions[get_column_letter(index)].width = WIDTHS.get(name, 16)

    def cell(value: Cell, *, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"  # never a formula, whatever it begins with
        elif isinstance(value, date):
            made.number_format = "DD/MM/YYYY"
        made.alignment = Alignment(vertical="top", wrap_text=True)
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(title, bold=True) for title in header(kind, t)])
    for cells in rows:
        sheet.append([cell(value) for value in cells])
    book.save(target)
