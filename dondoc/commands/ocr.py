"""`dondoc ocr`: a searchable PDF or plain text from a scan."""

from __future__ import annotations

import sys
from pathlib import Path

from dondoc.extracting import refuse_confined
from dondoc.progress import steps
from dondoc.running import limits
from dondoc.settings import Settings
from ingest.errors import BadRequest
from ingest.searchable import Written
from ingest.types import Reading


def run(file: Path, out: Path, *, pdfa: bool) -> int:
    """Read one file and write OUT.pdf (invisible text layer) or OUT.txt (pages parted by a form feed)."""
    from ingest.pool import ReaderPool

    if out.suffix.lower() not in (".pdf", ".txt"):
        raise BadRequest(
            "bad-output", f"“{out.name}”: kết quả phải là .pdf hoặc .txt.", f"“{out.name}”: the result must be .pdf or .txt."
        )
    if out.resolve() == file.resolve():
        raise BadRequest(
            "same-file", f"“{out.name}” là chính tệp gốc; hãy đặt tên khác.", f"“{out.name}” is the original itself; choose another name."
        )
    with ReaderPool(workers=1, limits=limits(Settings())) as pool:
        with steps("Đọc trang", None) as advance:
            reading = pool.read(file, name=file.name, progress=lambda page, total: advance(f"trang {page}/{total}"))
        refuse_confined(reading)
        _tell_faults(reading)
        if out.suffix.lower() == ".pdf":
            _tell_copy(pool.write_searchable(file, reading, out, pdfa=pdfa))
            return 0
    from ingest.searchable import write_text

    out.write_text(write_text(reading), encoding="utf-8")
    return 0


def _tell_copy(written: Written) -> None:
    """A digital signature covers the original's bytes: it stays valid there, and is left out of the copy."""
    if written.signatures:
        print("Bản gốc có chữ ký số: chữ ký vẫn nguyên trong bản gốc; bản ghi ra là bản sao, không mang chữ ký.", file=sys.stderr)
    if written.missing_fonts:
        fonts = ", ".join(written.missing_fonts)
        print(f"Không ghi nhận PDF/A: bản gốc không nhúng phông chữ {fonts}. Tệp vẫn tìm và chép chữ được.", file=sys.stderr)


def _tell_faults(reading: Reading) -> None:
    """Pages whose image is poor, one line per fault, with what to do."""
    from api.i18n import Words
    from api.quality_view import fault_lines
    from ingest.faults import complaints

    found = [each for page in reading.pages for each in complaints(page.number, page.notes, page.quality)]
    for line in fault_lines(Words("vi"), found):
        print(line, file=sys.stderr)
