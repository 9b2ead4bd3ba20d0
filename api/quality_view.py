"""What people are told of poor page images: one line per fault, with the pages it is on and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from api.i18n import Words
from ingest.faults import LEAST_DPI, Complaint


def fault_lines(t: Words, complaints: Sequence[Complaint]) -> list[str]:
    """A sentence per fault: "Trang 2, 5: ảnh chỉ 100 dpi …", the worst first."""
    faults = list(dict.fromkeys(each.fault for each in sorted(complaints, key=_weight)))
    lines = []
    for fault in faults:
        alike = [each for each in complaints if each.fault == fault]
        pages = ", ".join(str(each.page) for each in alike)
        figures = [each.figure for each in alike if each.figure is not None]
        worst = min(figures) if fault in ("low-resolution", "faint", "cut-off") else max(figures, key=abs) if figures else 0
        figure = f"{worst:.0%}" if fault in ("many-doubtful", "faint") else f"{worst:.0f}" if figures else ""
        lines.append(t(f"quality.{fault}", pages=pages, figure=figure, least=LEAST_DPI))
    return lines


def _weight(complaint: Complaint) -> int:
    order = ("page-damaged", "page-too-large", "unreadable", "cut-off", "one-reader", "low-resolution", "many-doubtful", "faint", "skewed", "speckled")
    return order.index(complaint.fault)
