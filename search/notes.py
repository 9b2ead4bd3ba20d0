"""What of a query was not understood: Vietnamese words that also know what they say, for other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "too-long": "Câu tìm quá dài, chỉ dùng {most} ký tự đầu.",
    "too-many-words": "Câu tìm có quá nhiều từ, chỉ dùng {most} từ đầu.",
    "nothing": "Câu tìm không có từ ngữ nào để tìm.",
    "field-unclear": "Không hiểu “{text}”: tìm như từ ngữ thường.",
    "no-number": "“{text}” không phải số ký hiệu văn bản: bỏ qua.",
    "status-needs-day": "Trạng thái “{text}” cần biết hôm nay là ngày nào: bỏ qua.",
    "no-status": "Không có trạng thái “{text}”: bỏ qua.",
}


class Note(str):
    """The note in Vietnamese; `code` and `values` say the same for a catalogue of another language."""

    __slots__ = ("code", "values")
    code: str
    values: Mapping[str, object]

    def __new__(cls, code: str, **values: object) -> Note:
        """The note of a code of `WORDS`."""
        note = super().__new__(cls, WORDS[code].format(**values))
        note.code, note.values = code, values
        return note
