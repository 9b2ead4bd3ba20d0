"""The periodic report as a document: in the form of a Báo cáo (DOCX), and its numbers as a workbook (XLSX)."""

from __future__ import annotations

import io
from typing import Any

from api.formats import number
from api.printed import Cell, Sheet, blank, paragraph, table, xlsx
from register.office_settings import Heading
from register.period import Line, PeriodReport

COLUMNS = (
    ("TT", 0.04), ("Cơ quan, đơn vị", 0.26), ("Tổng số", 0.07), ("Kỳ trước chuyển sang", 0.09), ("Giao trong kỳ", 0.08), ("Hoàn thành đúng hạn", 0.09),
    ("Hoàn thành quá hạn", 0.09), ("Đang thực hiện, trong hạn", 0.09), ("Đang thực hiện, quá hạn", 0.09), ("Thôi theo dõi", 0.07), ("Tỷ lệ đúng hạn (%)", 0.08),
)  # fmt: skip
LATE = (
    ("TT", 0.04), ("Nhiệm vụ", 0.3), ("Văn bản giao", 0.12), ("Cơ quan, đơn vị", 0.16), ("Thời hạn", 0.08), ("Hoàn thành", 0.08), ("Số ngày quá hạn", 0.06),
    ("Nguyên nhân", 0.16),
)  # fmt: skip


def spoken(report: PeriodReport) -> str:
    """The period in words."""
    return f"Từ ngày {report.first:%d/%m/%Y} đến ngày {report.as_of:%d/%m/%Y}"


def sheets(report: PeriodReport) -> tuple[Sheet, Sheet]:
    """The table by body with its sum, and the list of what is late."""
    rows = [_cells(None, "Tổng cộng", report.total)]
    rows += [_cells(at, line.body or "Chưa rõ cơ quan", line) for at, line in enumerate(report.lines, 1)]
    late: list[tuple[Cell, ...]] = [
        (
            at, each.text, _source(each.letter_code, each.letter_issued_on), each.body, each.due_on, each.done_on,
            each.days, each.reason or "",
        )
        for at, each in enumerate(report.late, 1)
    ]  # fmt: skip
    if report.late_more:
        late.append((None, f"Còn {number(report.late_more)} nhiệm vụ quá hạn khác.", *[None] * 6))
    return (
        Sheet("Tổng hợp", "TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", (spoken(report),), COLUMNS, tuple(rows), strong=frozenset({0})),
        Sheet("Quá hạn", "DANH SÁCH NHIỆM VỤ QUÁ HẠN", (spoken(report),), LATE, tuple(late)),
    )  # fmt: skip


def _cells(at: int | None, name: str, line: Line) -> tuple[Cell, ...]:
    rate = None if line.rate is None else round(line.rate, 1)
    return (
        at, name, line.total, line.carried, line.given, line.done_in_time, line.done_late, line.open_in_time, line.open_late,
        line.stopped, rate,
    )  # fmt: skip


def _source(code: str | None, issued_on: Any) -> str:
    return " ".join(filter(None, (code, f"ngày {issued_on:%d/%m/%Y}" if issued_on else "")))


def sentences(report: PeriodReport) -> tuple[str, ...]:
    """What the numbers say, as a report says it."""
    total, n = report.total, number
    done, rest = total.done_in_time + total.done_late, total.open_in_time + total.open_late
    rate = "" if total.rate is None else f"; tỷ lệ đúng hạn {number(round(total.rate, 1))}%"
    found = [
        f"Tổng số nhiệm vụ phải thực hiện trong kỳ: {n(total.total)} (kỳ trước chuyển sang {n(total.carried)}, giao trong kỳ {n(total.given)}).",
        f"Đã hoàn thành: {n(done)} (đúng hạn {n(total.done_in_time)}, quá hạn {n(total.done_late)}){rate}.",
        f"Đang thực hiện: {n(rest)} (trong hạn {n(total.open_in_time)}, quá hạn {n(total.open_late)}).",
        f"Thôi theo dõi: {n(total.stopped)}.",
    ]
    periods = report.recurring_in_time + report.recurring_late
    if periods:
        found.append(
            f"Kỳ của nhiệm vụ định kỳ đã hoàn thành: {n(periods)} (đúng hạn {n(report.recurring_in_time)}, quá hạn {n(report.recurring_late)})."
        )
    return tuple(found)


def as_xlsx(report: PeriodReport, head: Heading) -> bytes:
    """Both tables as worksheets."""
    return xlsx(sheets(report), head)


def as_docx(report: PeriodReport, head: Heading) -> bytes:
    """A report ready for number, date and signature (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    document = blank(across=False)
    top = document.add_table(rows=1, cols=2)
    left, right = top.rows[0].cells
    left.width, right.width = Mm(70), Mm(95)
    above = ((head.above.upper(), False, False),) if head.above else ()
    for cell, lines in (
        (left, (*above, (head.organ.upper(), True, False), ("Số: …/BC-…", False, False))),
        (right, (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False), ("Độc lập - Tự do - Hạnh phúc", True, False), (f"{head.place or '…'}, ngày … tháng … năm …", False, True))),
    ):  # fmt: skip
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        for text, bold, italic in lines:
            paragraph(cell, text, bold=bold, italic=italic, centre=True, size=12)
    paragraph(document, "BÁO CÁO", bold=True, centre=True, size=14)
    paragraph(document, "Tình hình thực hiện nhiệm vụ được giao", bold=True, centre=True)
    paragraph(document, f"({spoken(report)})", italic=True, centre=True)
    paragraph(document, "I. KẾT QUẢ CHUNG", bold=True)
    for at, sentence in enumerate(sentences(report), 1):
        paragraph(document, f"{at}. {sentence}").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    section = document.add_section()
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    by_body, late = sheets(report)
    paragraph(document, "II. KẾT QUẢ THEO CƠ QUAN, ĐƠN VỊ", bold=True)
    table(document, by_body)
    paragraph(document, "")
    paragraph(document, "III. NHIỆM VỤ QUÁ HẠN VÀ NGUYÊN NHÂN", bold=True)
    if late.rows:
        table(document, late)
    else:
        paragraph(document, "Không có.")
    foot = document.add_table(rows=1, cols=2)
    paragraph(foot.rows[0].cells[0], "Nơi nhận:", bold=True, italic=True, size=12)
    paragraph(foot.rows[0].cells[0], "- …;\n- Lưu: VT, ….", size=11)
    paragraph(foot.rows[0].cells[1], (head.signer or "Thủ trưởng cơ quan").upper(), bold=True, centre=True)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
