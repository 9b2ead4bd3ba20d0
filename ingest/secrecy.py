"""Whether a letter is marked as a state secret, so that it must not be kept here.

Nghị định 30/2020/NĐ-CP, Phụ lục I (ô số 10a) puts the stamp MẬT, TỐI MẬT or
TUYỆT MẬT on the first page under the number; Luật Bảo vệ bí mật nhà nước 2018
keeps such letters out of ordinary systems. The word in running text ("bảo mật",
"bí mật nhà nước") is no mark.
"""

from __future__ import annotations

import re

from ingest.errors import Confined
from ingest.fragments import fold
from ingest.types import Line, Reading

_DEGREES = {"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}
_EXACT = {"MẬT": "MẬT", "TỐI MẬT": "TỐI MẬT", "TUYỆT MẬT": "TUYỆT MẬT"}
_FIELD = re.compile(r"^(?:độ|mức độ|cấp độ)\s+mật\s*[:：]\s*(tuyệt\s+mật|tối\s+mật|mật)\b", re.IGNORECASE)
_TRIM = " \t.,:;|[](){}*-–—_~'\"“”"
_HEAD_SHARE = 0.45
"""Share of the first page's height in which the stamp stands."""
_HEAD_LINES = 25
"""Lines that count as the head where a file has no pages."""


def marked_confined(reading: Reading) -> str | None:
    """The degree a letter is marked with (MẬT, TỐI MẬT, TUYỆT MẬT), None where it bears no mark.

    A mark is a line of its own in capitals in the head of the first page, a
    line "Độ mật: …" there, or a red stamp with that word alone, on any page's head.
    """
    for page in reading.pages:
        for mark in page.marks:
            degree = _DEGREES.get(_bare(mark.text)) if mark.kind in ("stamp", "seal") else None
            if degree and (mark.box is None or mark.box.y0 < page.height * _HEAD_SHARE):
                return degree
    if not reading.pages:
        return None
    first = reading.pages[0]
    for index, line in enumerate(first.lines):
        if not _in_head(line, index, first.height):
            continue
        degree = _of_line(line)
        if degree:
            return degree
    return None


def confined(name: str, mark: str | None = None) -> Confined:
    """What is said of a file that bears such a mark; `mark` is the degree where it is known."""
    seen, seen_en = (f"dấu “{mark}”", f"is marked “{mark}”") if mark else ("dấu mật", "carries a secrecy mark")
    return Confined(
        "confined",
        f"“{name}” có {seen}: văn bản chứa bí mật nhà nước không được xử lý trên hệ thống này.",
        f"“{name}” {seen_en}: state secrets must not be handled on this system.",
        advice="Tệp không được lưu lại. Hãy xử lý theo quy định về bảo vệ bí mật nhà nước.",
        advice_en="The file was not kept. Handle it under the rules on state secrets.",
    )


def _in_head(line: Line, index: int, height: float) -> bool:
    box = line.box
    return index < _HEAD_LINES if box is None else box.y0 < height * _HEAD_SHARE


def _of_line(line: Line) -> str | None:
    text = re.sub(r"\s+", " ", line.text).strip(_TRIM)
    if text in _EXACT:
        return _EXACT[text]
    field = _FIELD.match(line.text.strip(_TRIM))
    if field:
        return _DEGREES[_bare(field.group(1))]
    # Stamps are widely spaced ("M Ậ T"), and OCR loses a mark of the longer ones ("TỒI MẬT").
    folded = _bare(text)
    if folded in ("toi mat", "tuyet mat") and text.isupper():
        return _DEGREES[folded]
    spaced = text.replace(" ", "")
    if (
        text.isupper()
        and len(line.words) > 1
        and spaced == "MẬT"
        and all(len(part) == 1 for part in text.split())
    ):
        return "MẬT"
    return None


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[\W\d_]+", " ", fold(text))).strip()
