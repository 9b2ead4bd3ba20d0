"""Errors of the register: what is asked for is not there, or has changed meanwhile."""

from __future__ import annotations

from ingest.errors import BadRequest, DondocError

_NAMES = {
    "file": ("tệp", "file"),
    "letter": ("văn bản", "letter"),
    "task": ("nhiệm vụ", "task"),
    "obligation": ("nhiệm vụ của cơ quan", "obligation"),
    "user": ("người dùng", "user"),
    "view": ("cách xem", "saved view"),
    "unit": ("đơn vị", "unit"),
    "extension": ("đề nghị gia hạn", "extension request"),
    "event": ("mục diễn biến", "entry of the history"),
    "attachment": ("tệp đính kèm", "attached file"),
    "feed": ("địa chỉ lịch", "calendar address"),
    "saved-search": ("câu tìm đã lưu", "saved search"),
    "occurrence": ("kỳ hạn", "occurrence"),
    "document": ("văn bản được viện dẫn", "cited document"),
    "pair": ("cặp văn bản", "pair of documents"),
    "agency-name": ("tên cơ quan đã thêm", "added agency name"),
    "book": ("sổ văn bản", "book"),
    "token": ("mã API", "API token"),
    "session": ("phiên đăng nhập", "session"),
    "job": ("việc của máy", "job"),
    "respelling": ("chỗ đã sửa chữ", "respelling"),
    "reply": ("đề xuất văn bản trả lời", "offered reply"),
}


class LeaseLost(DondocError):
    """The job was taken from this worker (its lease ran out); its work must not be recorded."""


def unknown(what: str, number: int) -> BadRequest:
    """There is no such row; the code is "file-unknown", "letter-unknown" and so on."""
    name, english = _NAMES[what]
    return BadRequest(
        f"{what}-unknown",
        f"Không có {name} số {number} trong sổ.",
        f"There is no {english} {number} in the register.",
        advice="Hãy mở lại danh sách.",
        advice_en="Open the list again.",
    )


def refused(code: str, message: str, message_en: str, advice: str = "", advice_en: str = "") -> BadRequest:
    """What was asked cannot be done as things are."""
    return BadRequest(code, message, message_en, advice=advice, advice_en=advice_en)


def changed_meanwhile() -> BadRequest:
    """Somebody else has changed the letter since it was opened."""
    return refused(
        "changed-meanwhile",
        "Văn bản vừa được người khác sửa.",
        "Somebody else has just changed this letter.",
        "Hãy tải lại trang để xem bản mới rồi sửa tiếp.",
        "Reload the page and make your change again.",
    )
