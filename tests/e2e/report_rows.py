"""The rows of the periodic report, as a page, a workbook and a document tell them."""

from __future__ import annotations

import io
from collections.abc import Sequence

Figures = tuple[str, tuple[float | None, ...]]
"""A row of the report: whose it is, and its numbers; None where there is none."""


def figures(cells: Sequence[object]) -> Figures:
    """A row as a page, a document or a workbook writes it."""
    name, *numbers = (str("" if each is None else each).strip() for each in cells)
    return name, tuple(
        None if each in ("", "–") else float(each.removesuffix("%").replace(",", ".")) for each in numbers
    )


def rows_of_xlsx(content: bytes) -> list[Figures]:
    from openpyxl import load_workbook

    rows = list(load_workbook(io.BytesIO(content))["Tổng hợp"].iter_rows(values_only=True))
    first = next(at for at, row in enumerate(rows) if row[1] == "Tổng cộng")
    return [figures(row[1:11]) for row in rows[first:] if row[1]]


def rows_of_docx(content: bytes) -> list[Figures]:
    from docx import Document

    table = next(each for each in Document(io.BytesIO(content)).tables if each.rows[0].cells[0].text == "TT")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    first = next(at for at, row in enumerate(rows) if row[1] == "Tổng cộng")
    return [figures(row[1:11]) for row in rows[first:]]
