"""Tables as offices print them: a register or report as XLSX, DOCX or PDF on A4 across."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

from api.exports import ILLEGAL, MEDIA, harmless
from register.office_settings import Heading

PrintedForm = Literal["xlsx", "docx", "pdf"]
FACE: Final = "Times New Roman"
"""The typeface that Nghị định 30/2020/NĐ-CP asks for; the PDF takes one of its measures (`ingest.fonts`)."""
PRINTED_MEDIA: Final[dict[PrintedForm, str]] = {
    "xlsx": MEDIA["xlsx"],
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_ONE: Final = threading.Lock()
"""One file is made at a time: ten thousand rows keep a processor busy for seconds, and the pages need theirs."""
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading. `columns` are titles with widths in parts of the line; `lines` stand under the title.

    `numbered` puts the decree's row (1) (2) … under the titles; `strong` are indexes of rows set in bold.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbered: bool = False
    strong: frozenset[int] = frozenset()


def words(value: Cell) -> str:
    """A cell as people write it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return str(value)


def written(form: PrintedForm, sheets: Sequence[Sheet], top: Heading) -> bytes:
    """The tables as a file, under the names of the office that keeps them."""
    from api.printed_pdf import pdf

    with _ONE:
        return {"xlsx": xlsx, "docx": docx, "pdf": pdf}[form](sheets, top)


def names_of(top: Heading) -> tuple[str, ...]:
    """The lines in the top left; the last one, the office itself, is set in bold."""
    return top.lines or ("",)


def head_of(sheet: Sheet) -> list[tuple[Cell, ...]]:
    """The rows of titles."""
    head: list[tuple[Cell, ...]] = [tuple(title for title, _ in sheet.columns)]
    if sheet.numbered:
        head.append(tuple(f"({number})" for number in range(1, len(sheet.columns) + 1)))
    return head


def xlsx(sheets: Sequence[Sheet], top: Heading) -> bytes:
    """One worksheet per table, A4 across, its titles repeated on every page; no cell is a formula."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        names = names_of(top)
        heading, head = (*names, sheet.title, *sheet.lines), head_of(sheet)
        first, count = len(heading) + 2, len(sheet.columns)
        for column, (_, width) in enumerate(sheet.columns, 1):
            page.column_dimensions[get_column_letter(column)].width = max(6, width * 130)
        page.freeze_panes = f"A{first + len(head)}"
        page.print_title_rows = f"{first}:{first + len(head) - 1}"
        page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        put = _writer(page)
        for row, text in enumerate(heading, 1):
            put([text], bold=0 <= row - len(names) <= 1, centre=row > len(names), framed=False)
            page.merged_cells.add(f"A{row}:{get_column_letter(count)}{row}")
        page.append([])
        for titles in head:
            put(titles, bold=True, centre=True)
        for at, cells in enumerate(sheet.rows):
            put(cells, bold=at in sheet.strong)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _writer(page: Any) -> Callable[..., None]:
    """Writes rows into a worksheet. A row is written at once, so each column has one cell per style, used again and again."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side(style="thin")
    made: dict[tuple[object, ...], Any] = {}

    def cell(*key: object) -> Any:
        if key not in made:
            _, kind, bold, centre, framed = key
            own = made[key] = WriteOnlyCell(page)
            own.number_format = {date: "DD/MM/YYYY", float: "0.0"}.get(kind, "General")  # type: ignore[call-overload]
            own.font = Font(name=FACE, size=11, bold=bool(bold))
            own.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if centre else None)
            own.border = Border(side, side, side, side) if framed else Border()
        return made[key]

    def put(values: Sequence[Cell], *, bold: bool = False, centre: bool = False, framed: bool = True) -> None:
        row = []
        for column, value in enumerate(values):
            own = cell(column, type(value), bold, centre, framed)
            own.value = harmless(value) if isinstance(value, str) else value
            if isinstance(value, str):
                own.data_type = "s"
            row.append(own)
        page.append(row)

    return put


def docx(sheets: Sequence[Sheet], top: Heading) -> bytes:
    """All tables one after another on A4 across."""
    document = blank(across=True)
    for index, sheet in enumerate(sheets):
        if index:
            document.add_page_break()
        *above, organ = names_of(top)
        for name in above:
            paragraph(document, name)
        paragraph(document, organ, bold=True)
        paragraph(document, sheet.title, bold=True, centre=True, size=14)
        for line in sheet.lines:
            paragraph(document, line, centre=True, italic=True)
        table(document, sheet)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def blank(*, across: bool) -> Any:
    """An empty A4 document with the margins and the typeface of the decree (Phụ lục I)."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    style.paragraph_format.space_after = Pt(6)
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        (Mm(15), Mm(15), Mm(20), Mm(15)) if across else (Mm(30), Mm(15), Mm(20), Mm(20))
    )
    return document


def paragraph(
    holder: Any, text: str, *, bold: bool = False, italic: bool = False, centre: bool = False, size: float = 13
) -> Any:
    """A paragraph of one run."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = holder.add_paragraph()
    run = made.add_run(_plain(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if centre:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return made


def table(document: Any, sheet: Sheet, size: float = 10.5) -> None:
    """The table with its titles repeated on every page; its rows are written as they stand in the file, not cell by cell."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    whole = sum(width for _, width in sheet.columns)
    widths = [int(room * width / whole) for _, width in sheet.columns]
    made = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    head = head_of(sheet)
    for index, cells in enumerate((*head, *sheet.rows)):
        titles = index < len(head)
        bold = titles or index - len(head) in sheet.strong
        drawn = "".join(
            _docx_cell(value, width, size, bold, titles or isinstance(value, int | float))
            for value, width in zip(cells, widths, strict=True)
        )
        repeat = "<w:trPr><w:tblHeader/></w:trPr>" if titles else ""
        made._tbl.append(parse_xml(f"<w:tr {nsdecls('w')}>{repeat}{drawn}</w:tr>"))


_TWIP: Final = 635
"""English metric units (those of python-docx) in a twentieth of a point."""


def _docx_cell(value: Cell, width: int, size: float, bold: bool, centre: bool) -> str:
    lines = escape(_plain(words(value))).replace("\t", " ").split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    middle, strong = '<w:jc w:val="center"/>' if centre else "", "<w:b/>" if bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width // _TWIP}"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/>{middle}</w:pPr>'
        f'<w:r><w:rPr>{strong}<w:sz w:val="{round(size * 2)}"/></w:rPr>{text}</w:r></w:p></w:tc>'
    )


def _plain(text: str) -> str:
    """Without characters that XML may not hold."""
    return ILLEGAL.sub("", text)
