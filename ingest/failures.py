"""Ready-made failures of ingest: each names the file and says what to do.

One place for the wording, so that the command line, the register and the web
pages tell a clerk the same thing about the same file.
"""

from __future__ import annotations

from ingest.errors import BadFile, LimitExceeded


def empty(name: str) -> BadFile:
    """The file has no bytes."""
    return BadFile(
        "file-empty",
        f"Tệp “{name}” rỗng (0 byte).",
        f"The file “{name}” is empty (0 bytes).",
        advice="Hãy quét hoặc tải lại văn bản rồi nộp lại.",
        advice_en="Scan or download the document again, then submit it again.",
    )


def unreadable(name: str, reason: str) -> BadFile:
    """The operating system would not give us the file."""
    return BadFile(
        "file-missing",
        f"Không mở được tệp “{name}” ({reason}).",
        f"The file “{name}” cannot be opened ({reason}).",
        advice="Hãy kiểm tra tệp còn ở đó và được phép đọc.",
        advice_en="Check that the file is there and may be read.",
    )


def unknown_type(name: str, seen: str = "") -> BadFile:
    """The content is of a type we do not read; `seen` names it where it is known."""
    kind = f" ({seen})" if seen else ""
    return BadFile(
        "file-type",
        f"Tệp “{name}” không thuộc loại đọc được{kind}.",
        f"The file “{name}” is of a type that cannot be read{kind}.",
        advice="Hãy lưu thành PDF, DOCX, TXT hoặc ảnh PNG, JPEG, TIFF, HEIC rồi nộp lại.",
        advice_en="Save it as PDF, DOCX, TXT or a PNG, JPEG, TIFF or HEIC image and submit it again.",
    )


def no_language(name: str) -> BadFile:
    """A text file without letters of any language, or not decodable."""
    return BadFile(
        "text-no-language",
        f"Tệp “{name}” không chứa chữ của ngôn ngữ nào (dữ liệu nhị phân hoặc hỏng bảng mã).",
        f"The file “{name}” holds text in no language (binary data or a damaged encoding).",
        advice="Hãy lưu lại văn bản với bảng mã Unicode (UTF-8) rồi nộp lại.",
        advice_en="Save the document again as Unicode (UTF-8) and submit it again.",
    )


def damaged(name: str, kind: str, reason: str = "") -> BadFile:
    """The content begins like `kind` but cannot be opened."""
    why = f": {reason}" if reason else ""
    return BadFile(
        "file-damaged",
        f"Tệp {kind} “{name}” bị hỏng, không mở được{why}.",
        f"The {kind} file “{name}” is damaged and cannot be opened{why}.",
        advice="Hãy quét hoặc xuất lại tệp từ bản gốc rồi nộp lại.",
        advice_en="Scan or export the file again from the original and submit it again.",
    )


def truncated(name: str, kind: str) -> BadFile:
    """The end of the file is missing."""
    return BadFile(
        "file-truncated",
        f"Tệp {kind} “{name}” bị cụt, thiếu phần cuối (tải về hoặc chép chưa xong).",
        f"The {kind} file “{name}” is cut off, its end is missing (unfinished download or copy).",
        advice="Hãy tải hoặc chép lại trọn tệp rồi nộp lại.",
        advice_en="Download or copy the whole file again and submit it again.",
    )


def encrypted(name: str, kind: str = "PDF") -> BadFile:
    """A password is asked for."""
    return BadFile(
        "file-encrypted",
        f"Tệp {kind} “{name}” có mật khẩu, không đọc được.",
        f"The {kind} file “{name}” is protected by a password and cannot be read.",
        advice="Hãy gỡ mật khẩu (in ra PDF khác) rồi nộp lại.",
        advice_en="Remove the password (print it to another PDF) and submit it again.",
    )


def too_large(name: str, size: int, limit: int) -> LimitExceeded:
    """More bytes than allowed."""
    return LimitExceeded(
        "limit-bytes",
        f"Tệp “{name}” nặng {size / 2**20:.1f} MB, quá giới hạn {limit / 2**20:.1f} MB.",
        f"The file “{name}” has {size / 2**20:.1f} MB, more than the limit of {limit / 2**20:.1f} MB.",
        advice="Hãy tách tệp hoặc quét ở độ phân giải thấp hơn (200–300 dpi).",
        advice_en="Split the file or scan at a lower resolution (200–300 dpi).",
    )


def too_many_pages(name: str, pages: int, limit: int) -> LimitExceeded:
    """More pages than allowed."""
    return LimitExceeded(
        "limit-pages",
        f"Tệp “{name}” có {pages} trang, quá giới hạn {limit} trang.",
        f"The file “{name}” has {pages} pages, more than the limit of {limit}.",
        advice="Hãy tách thành từng văn bản rồi nộp lại.",
        advice_en="Split it into single documents and submit them again.",
    )


def too_many_pixels(name: str, width: int, height: int, limit: int, page: int | None = None) -> LimitExceeded:
    """An image larger than allowed; it was not decoded."""
    where, where_en = (f" (trang {page})", f" (page {page})") if page else ("", "")
    return LimitExceeded(
        "limit-pixels",
        f"Ảnh trong tệp “{name}”{where} có {width} × {height} điểm ảnh, quá giới hạn {limit:,}.".replace(
            ",", "."
        ),
        f"An image in the file “{name}”{where_en} has {width} × {height} pixels, more than the limit of {limit:,}.",
        advice="Hãy quét lại trang A4 ở 300 dpi (khoảng 2.480 × 3.508 điểm ảnh).",
        advice_en="Scan again at 300 dpi (about 2,480 × 3,508 pixels for an A4 page).",
    )


def too_slow(name: str, page: int | None, seconds: float) -> LimitExceeded:
    """A page took longer than allowed; its reader was stopped."""
    where, where_en = (f" ở trang {page}", f" at page {page}") if page else ("", "")
    return LimitExceeded(
        "limit-time",
        f"Đọc tệp “{name}” bị dừng{where}: quá {seconds:g} giây cho một trang.",
        f"Reading the file “{name}” was stopped{where_en}: more than {seconds:g} seconds for one page.",
        advice="Hãy quét lại sạch hơn, hoặc tăng giới hạn thời gian nếu máy chậm.",
        advice_en="Scan it again more cleanly, or raise the time limit where the machine is slow.",
    )


def too_hungry(name: str, limit: int) -> LimitExceeded:
    """The reader needed more memory than allowed and was stopped."""
    return LimitExceeded(
        "limit-memory",
        f"Đọc tệp “{name}” bị dừng: cần quá {limit / 2**20:.0f} MB bộ nhớ.",
        f"Reading the file “{name}” was stopped: it needs more than {limit / 2**20:.0f} MB of memory.",
        advice="Hãy quét hoặc xuất lại tệp ở dạng đơn giản hơn (PDF ảnh 300 dpi).",
        advice_en="Scan or export the file again in a simpler form (PDF of 300 dpi images).",
    )


def crashed(name: str, reason: str) -> BadFile:
    """The reader process died over this file."""
    return BadFile(
        "reader-crashed",
        f"Trình đọc bị ngắt đột ngột khi đọc tệp “{name}” ({reason}).",
        f"The reader stopped abruptly while reading the file “{name}” ({reason}).",
        advice="Hãy thử lại; nếu vẫn vậy, quét hoặc xuất lại tệp.",
        advice_en="Try again; if it happens again, scan or export the file again.",
        retry=True,
    )


def no_pages(name: str, kind: str) -> BadFile:
    """It opens, but there is no page in it."""
    return BadFile(
        "file-no-pages",
        f"Tệp {kind} “{name}” không có trang nào.",
        f"The {kind} file “{name}” has no pages.",
        advice="Hãy xuất lại tệp từ bản gốc.",
        advice_en="Export the file again from the original.",
    )
