"""Offices with a letter that comes in: what the walks walk through."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from corpus.render import render_pdf
from corpus.scan import MILD, scan
from corpus.source import Paragraph, Source
from corpus.specimen import Specimen, letter
from tests.e2e.people import Case


def reply(
    code: str, issued: date, issuer: str, on: date, *, who: str, parent: str, printed: tuple[str, ...], short: str, place: str
) -> bytes:  # fmt: skip
    """An office's answer to a letter, as it left the office."""
    source = Source(
        name="reply", kind="công văn", number="1215", symbol=f"{short}-KHTH", place=place, date=on.isoformat(),
        issuer=who, issuer_print=printed, parent=parent, parent_print=(parent.upper(),),
        subject="báo cáo kết quả thực hiện", addressees=(issuer,), recipients=("Như trên", "Lưu: VT, KHTH"),
        position="GIÁM ĐỐC", signer="Đinh Văn Mẫu",
        body=(Paragraph(f"Thực hiện Công văn số {code} ngày {issued:%d/%m/%Y} của {issuer}, {who} báo cáo kết quả như sau:"),
              Paragraph("Số liệu của 18 đơn vị đã được tổng hợp, đối chiếu và gửi kèm văn bản này."),
              Paragraph("Trên đây là báo cáo kết quả thực hiện, kính gửi quý cơ quan tổng hợp./.")),
    )  # fmt: skip
    return render_pdf(Specimen(source.name, "", {}, source))


def of_the_corpus(folder: Path) -> Case:
    """A damaged scan of a specimen, with others that came by the same post."""
    scanned = folder / "scan-0610.pdf"
    scanned.write_bytes(scan(render_pdf(letter("hdnd_giam_sat_2016")), MILD[0]))
    others = []
    for name in ("bnv_bien_che_2016", "tandtc_2016"):
        others.append(folder / f"{name}.pdf")
        others[-1].write_bytes(render_pdf(letter(name)))
    return Case(
        home="Bảo hiểm xã hội tỉnh Đông Phước", owes="Bảo hiểm xã hội tỉnh", ours=True, letter=scanned, also=tuple(others),
        reply=partial(reply, who="Bảo hiểm xã hội tỉnh Đông Phước", parent="Bảo hiểm xã hội Việt Nam", printed=("BẢO HIỂM XÃ HỘI", "TỈNH ĐÔNG PHƯỚC"), short="BHXH", place="Đông Phước"),
        find="giam sat bao hiem y te hoc sinh",
        arrives=date(2016, 10, 6), due=date(2016, 10, 21), reminds=date(2016, 10, 18), extended=date(2016, 10, 28),
        answers=date(2016, 10, 26), reports=date(2016, 10, 31),
    )  # fmt: skip


def really_scanned(folder: Path) -> Case:
    """A scan as an office published it: colour, a seal, the number by hand. Its day is set by the clerk."""
    scanned = Path(__file__).resolve().parents[3] / "shared" / "scans" / "qn_575_2025.pdf"
    if not scanned.is_file():
        pytest.skip("no ../shared beside the project")
    return Case(
        home="Sở Tài chính tỉnh Quảng Ngãi", owes="Sở Tài chính", ours=False, letter=scanned, also=(),
        reply=partial(reply, who="Sở Tài chính", parent="UBND tỉnh Quảng Ngãi", printed=("SỞ TÀI CHÍNH",), short="STC", place="Quảng Ngãi"),
        find="gop y du thao nghi dinh",
        arrives=date(2025, 2, 5), due=date(2025, 2, 14), reminds=date(2025, 2, 11), extended=date(2025, 2, 21),
        answers=date(2025, 2, 19), reports=date(2025, 2, 28),
    )  # fmt: skip
