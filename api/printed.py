"""Tables as offices print them: a register or report as XLSX, DOCX or PDF on A4 across."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

from api.exports import ILLEGAL, MEDIA, harmless

PrintedForm = Literal["xlsx", "docx", "pdf"]
FACE: Final = "Times New Roman"
"""The typeface that Nghị định 30/2020/NĐ-CP asks for; the PDF takes one of its measures (`ingest.fonts`)."""
PRINTED_MEDIA: Final[dict[PrintedForm, str]] = {
    "xlsx": MEDIA["xlsx"],
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
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


def written(form: PrintedForm, sheets: Sequence[Sheet], organ: str) -> bytes:
    """The tables as a file; `organ` is the office that keeps them."""
    return {"xlsx": xlsx, "docx": docx, "pdf": pdf}[form](sheets, organ)


def xlsx(sheets: Sequence[Sheet], organ: str) -> bytes:
    """One worksheet per table, A4 across, its titles repeated on every page; no cell is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    side = Side(style="thin")
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        count = len(sheet.columns)

        def put(
            row: int, column: int, value: Cell, *, bold: bool = False, centre: bool = False, page: Any = page
        ) -> Any:
            cell = page.cell(row, column)
            if isinstance(value, str):
                cell.value, cell.data_type = harmless(value), "s"
            elif value is not None:
                cell.value = value
            if isinstance(value, date):
                cell.number_format = "DD/MM/YYYY"
            elif isinstance(value, float):
                cell.number_format = "0.0"
            cell.font = Font(name=FACE, size=11, bold=bold)
            cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if centre else None)
            return cell

        heading = (organ, sheet.title, *sheet.lines)
        for row, text in enumerate(heading, 1):
            put(row, 1, text, bold=row <= 2, centre=row > 1)
            page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=count)
        first = len(heading) + 2
        head = [tuple(title for title, _ in sheet.columns)]
        if sheet.numbered:
            head.append(tuple(f"({number})" for number in range(1, count + 1)))
        for row, cells in enumerate((*head, *sheet.rows), first):
            titles = row < first + len(head)
            strong = titles or row - first - len(head) in sheet.strong
            for column, value in enumerate(cells, 1):
                put(row, column, value, bold=strong, centre=titles).border = Border(side, side, side, side)
        for column, (_, width) in enumerate(sheet.columns, 1):
            page.column_dimensions[get_column_letter(column)].width = max(6, width * 130)
        page.freeze_panes = page.cell(first + len(head), 1)
        page.print_title_rows = f"{first}:{first + len(head) - 1}"
        page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def docx(sheets: Sequence[Sheet], organ: str) -> bytes:
    """All tables one after another on A4 across."""
    document = blank(across=True)
    for index, sheet in enumerate(sheets):
        if index:
            document.add_page_break()
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
    """The table with its titles repeated on every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    whole = sum(width for _, width in sheet.columns)
    head: list[tuple[Cell, ...]] = [tuple(title for title, _ in sheet.columns)]
    if sheet.numbered:
        head.append(tuple(f"({number})" for number in range(1, len(sheet.columns) + 1)))
    made = document.add_table(rows=len(head) + len(sheet.rows), cols=len(sheet.columns), style="Table Grid")
    made.autofit = False
    for index, (row, cells) in enumerate(zip(made.rows, (*head, *sheet.rows), strict=True)):
        titles = index < len(head)
        if titles:
            repeat = OxmlElement("w:tblHeader")
            repeat.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(repeat)
        for cell, value, (_, width) in zip(row.cells, cells, sheet.columns, strict=True):
            cell.width = int(room * width / whole)
            own = cell.paragraphs[0]
            own.paragraph_format.space_after = Pt(0)
            run = own.add_run(_plain(words(value)))
            run.font.size, run.bold = Pt(size), titles or index - len(head) in sheet.strong
            if titles or isinstance(value, int | float):
                own.alignment = WD_ALIGN_PARAGRAPH.CENTER


def pdf(sheets: Sequence[Sheet], organ: str) -> bytes:
    """The same on paper, with page numbers."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, TableStyle

    from ingest.fonts import register_fonts

    register_fonts()
    base = ParagraphStyle("base", fontName="Serif-Regular", fontSize=9, leading=11)
    strong = ParagraphStyle("strong", base, fontName="Serif-Bold")
    titles = ParagraphStyle("titles", strong, alignment=TA_CENTER)
    title = ParagraphStyle("title", titles, fontSize=13, leading=16, spaceBefore=4)
    under = ParagraphStyle("under", base, fontName="Serif-Italic", fontSize=10.5, leading=13, alignment=TA_CENTER)
    held = io.BytesIO()
    width = landscape(A4)[0] - 30 * mm
    story: list[Any] = []
    for index, sheet in enumerate(sheets):
        if index:
            story.append(PageBreak())
        story += [Paragraph(escape(organ), strong), Paragraph(escape(sheet.title), title)]
        story += [Paragraph(escape(line), under) for line in sheet.lines]
        story.append(Spacer(1, 8))
        head = [[Paragraph(escape(name), titles) for name, _ in sheet.columns]]
        if sheet.numbered:
            head.append([Paragraph(f"({number})", titles) for number in range(1, len(sheet.columns) + 1)])
        body = [
            [Paragraph(escape(_plain(words(cell))), strong if at in sheet.strong else base) for cell in row]
            for at, row in enumerate(sheet.rows)
        ]
        whole = sum(share for _, share in sheet.columns)
        made = LongTable(
            head + body, colWidths=[width * share / whole for _, share in sheet.columns], repeatRows=len(head)
        )
        made.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "#000000"), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]))  # fmt: skip
        story.append(made)

    def footer(canvas: Any, document: Any) -> None:
        canvas.setFont("Serif-Regular", 9)
        canvas.drawCentredString(landscape(A4)[0] / 2, 9 * mm, str(document.page))

    template = SimpleDocTemplate(
        held, pagesize=landscape(A4), leftMargin=15 * mm, rightMargin=15 * mm, topMargin=15 * mm, bottomMargin=15 * mm,
        title=sheets[0].title if sheets else "", author=organ,
    )  # fmt: skip
    template.build(story, onFirstPage=footer, onLaterPages=footer)
    return held.getvalue()


def _plain(text: str) -> str:
    """Without characters that XML may not hold."""
    return ILLEGAL.sub("", text)
