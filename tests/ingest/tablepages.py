"""Pages with tables, drawn on the spot: words invented, borders as word processors draw them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from tests.ingest.conftest import new_canvas

TASKS = (
    ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"),
    ("1", "Rà soát, bổ sung quy hoạch chi tiết xây dựng các xã trên địa bàn huyện", "Phòng Kinh tế và Hạ tầng",
     "Ủy ban nhân dân các xã", "30/9/2024"),
    ("2", "Lập kế hoạch vốn đầu tư công năm 2025", "Phòng Tài chính - Kế hoạch", "Các cơ quan, đơn vị", "20/10/2024"),
    ("3", "Kiểm tra công tác phòng cháy, chữa cháy rừng mùa khô; báo cáo kết quả về Ủy ban nhân dân huyện",
     "Hạt Kiểm lâm", "", "15/12/2024"),
    ("4", "Hoàn thành cấp giấy chứng nhận", "Phòng Tài nguyên và Môi trường", "Chi cục Thuế", "25 hằng tháng"),
    ("5", "Tổ chức hội nghị", "Văn phòng", "", "10/01/2025"),
)  # fmt: skip
BEFORE = "Các cơ quan, đơn vị thực hiện các nhiệm vụ theo bảng sau đây, báo cáo kết quả đúng thời hạn:"
AFTER = ("Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện.", "1. Phòng Nội vụ theo dõi, đôn đốc.",
         "2. Văn phòng tổng hợp, báo cáo.")  # fmt: skip
WIDTHS = (38.0, 162.0, 110.0, 90.0, 75.0)


def table_pdf(
    rows: Sequence[Sequence[str]] = TASKS, *, widths: Sequence[float] = WIDTHS, rules: Sequence[Any] | None = None,
    before: str = BEFORE, after: Sequence[str] = AFTER, size: float = 12,
) -> bytes:  # fmt: skip
    """A born-digital PDF with text, a table and text; `rules` are reportlab's commands (all borders if not given)."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    new_canvas(io.BytesIO())  # registers the font
    body = ParagraphStyle(
        "body", fontName="Specimen", fontSize=14, leading=18, firstLineIndent=28, spaceAfter=6
    )
    cell = ParagraphStyle("cell", fontName="Specimen", fontSize=size, leading=1.2 * size)
    table = Table([[Paragraph(text, cell) for text in row] for row in rows], colWidths=list(widths))
    borders = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if rules is None else list(rules)
    table.setStyle(TableStyle([*borders, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    buffer = io.BytesIO()
    SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=80, rightMargin=38, topMargin=55, bottomMargin=55
    ).build(
        [
            Paragraph(before, body),
            Spacer(1, 6),
            table,
            Spacer(1, 8),
            *(Paragraph(line, body) for line in after),
        ]
    )
    return buffer.getvalue()
