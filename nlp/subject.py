"""The subject of a letter (trích yếu, ô số 5a and 5b).

Under the type name for named types, after "V/v" under the number for a công
văn. It ends before the body; where no gap shows that, the words do: a body
opens with "Căn cứ", "Thực hiện", "Ngày …".
"""

from __future__ import annotations

import re

from nlp.addressees import is_opening
from nlp.dateline import DateMark
from nlp.landmarks import Mark, find_about, find_address, is_country, is_signature_box, motto_start
from nlp.normalise import fold
from nlp.rows import Row, is_upper, rows

_BOUND = re.compile(
    r"(?:[,(–-]|\b(?:của|về|và|các|những|trong|theo|cho|với|thực hiện|triển khai|thi hành|quán triệt|hướng dẫn|góp ý|ban hành|dự thảo|đính chính"
    r"|sửa đổi|bổ sung|tổ chức))$"
)
_CONNECTED = re.compile(
    r"(?:[,(–-]|\b(?:của|về|và|các|những|tại|trong|theo|cho|với|đối|từ|đến|do|trên|việc|một|số|năm|tháng|ngày|kết|thực"
    r"|quy|xây|Nghị|Quyết|Thông|Chỉ))$"
)
_ENDS = re.compile(r"(?:[.:]|\./\.?)\s*$")
_ITEM = re.compile(
    r"^(?:(?:Điều|ĐIỀU|Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+[IVX\d]|[IVX]+\s*[.)]|\d{1,2}\s*[.)/]\s|[-–+•]\s)"
)
_SENDS = re.compile(r"\bdien\s*:\s*(?:$|[a-z])")
"""A công điện names its receivers after "… điện:"."""
_SENDS_FIRST = re.compile(r"\W*dien\s*:")
_PAGE_LABEL = re.compile(
    r"(?:nguoi ky|ngay ban hanh|co quan ban hanh|loai van ban|noi dung|so hieu|so ky hieu)\b"
)
_RULE = re.compile(r"^\W{2,}$")
_STAMPED = re.compile(
    r"(?:thuong khan|hoa toc|khan(?: cap)?|mat)?\W*(?:ngay \d{1,2}\W\d{1,2}\W\d{4}|ngay \d{1,2} thang \d{1,2} nam \d{4})?"
)
"""Urgency and day behind a type name are no subject: "Thông báo khẩn ngày 18/10/2020"."""
_AUTHORITY = re.compile(
    r"^(?:chu tich|uy ban nhan dan|ubnd|bo truong|hoi dong nhan dan|hdnd|thu tuong|giam doc|chinh phu|tong cuc truong"
    r"|cuc truong|truong ban|ban thuong vu|ban chap hanh|uy ban thuong vu quoc hoi|quoc hoi nuoc)\b"
)
_AUTHORITY_BEHIND = re.compile(
    r"(?<=\s)(?:BỘ TRƯỞNG BỘ|THỦ TƯỚNG CHÍNH PHỦ$|CHÍNH PHỦ$|CHỦ TỊCH (?:ỦY|UỶ) BAN NHÂN DÂN|(?:ỦY|UỶ) BAN NHÂN DÂN TỈNH"
    r"|(?:ỦY|UỶ) BAN NHÂN DÂN THÀNH PHỐ|HỘI ĐỒNG NHÂN DÂN|TỔNG CỤC TRƯỞNG TỔNG|HỘI ĐỒNG THẨM PHÁN|GIÁM ĐỐC SỞ"
    r"|CHỦ TỊCH UBND|CỤC TRƯỞNG CỤC)[^,;]{0,60}$"
)
_OF_ISSUER = re.compile(
    r"^(?:lien (?:so|bo|nganh|tich)\W*)?(?:cua (?:(?! so:? ?\d| ngay \d| ve |\bv/v\b| huong dan | quy dinh | thuc hien | trien khai ).)+)?(?: so:? ?\d\S*)?(?:,? ?ngay \d{1,2}[-/.]\d{1,2}[-/.]\d{4})?"
    r"\W*"
)
"""What may stand between type name and subject: "CỦA BỘ X SỐ 25-TC/TCT NGÀY 12-6-1989"."""
_ABOUT_FIRST = re.compile(r"[(“\"']?\s*(?:ve ?viec|v/v|ve)\b\s*[:.]?\s*")
_DAY_ALONE = re.compile(r"[Nn]gày \d{1,2}[./-]\d{1,2}[./-]\d{4}")
_JOINS = re.compile(r"(?:[,–-]|\b(?:CỦA|VÀ|DO|CHO|VỚI|TẠI|LÀ|GIỮA|THUỘC|CÁC|TRÌNH|BỞI|TRƯỚC|VỀ))$")
LONGEST = 700
"""Characters; the decree's register gives the subject 500."""


def after_about(text: str, about: Mark, lines: tuple[Row, ...], date: DateMark | None, limit: int) -> Mark:
    """The subject that begins after "V/v"."""
    return _block(text, about.end, lines, date, limit, titled=False)


def after_title(
    text: str, title: Mark, lines: tuple[Row, ...], date: DateMark | None, limit: int
) -> Mark | None:
    """The subject under (or after) a type name, None where the body follows at once."""
    at = title.end
    following = [row for row in lines if row.end > at]
    at = max(at, _behind_issuer(text, at, following))
    for row in following:
        if row.end <= at:
            continue
        start = max(row.start, at)
        rest = text[start : row.end].strip(" :.-–_*|")
        if not any(char.isalpha() for char in rest):
            continue
        folded = fold(rest)
        if _STAMPED.fullmatch(folded) or (rest.startswith("(") and not _ABOUT_FIRST.match(folded)):
            continue
        if find_address(row) or _ITEM.match(rest) or (title.value == "công điện" and _SENDS.search(folded)):
            return None
        if _AUTHORITY.match(folded) and is_upper(rest):
            return None
        if title.value == "công điện" and is_upper(rest) and _sends_below(following, row):
            return None
        if re.match(r"can cu|thi hanh", folded) or (
            is_opening(rest) and not is_upper(rest) and (len(rest) > 160 or _first_date(rest))
        ):
            return None
        if len(rest) > LONGEST:
            return None
        about = find_about(row)
        noise = _noise_before(text[start : row.end])
        near = about is not None and about.start - start <= max(3, noise)
        begin = about.end if about and near else start + noise
        return _block(text, begin, lines, date, limit, titled=True)
    return None


def _sends_below(following: list[Row], row: Row) -> bool:
    """Whether "điện: …" stands right under a line or two in capitals: they name who sends."""
    below = [each for each in following if each.start > row.start][:3]
    for each in below:
        if _SENDS_FIRST.match(each.folded):
            return True
        if not is_upper(each.text):
            return False
    return False


def _noise_before(line: str) -> int:
    """Length of reading noise at a line's start, with a leading "Về"."""
    at = 0
    for match in re.finditer(r"\S+\s*", line):
        word = match.group().strip()
        if any(char.isalpha() for char in word) and not any(char.isdecimal() for char in word):
            break
        at = match.end()
    if not re.search(r"[^\W\d_]{2}", line[at:]):
        return 0
    about = re.match(r"[“\"(]?(?:[Vv]ề|VỀ)\s+", line[at:])
    return at + (about.end() if about else 0)


def _behind_issuer(text: str, at: int, following: list[Row]) -> int:
    """Where the subject may begin if the issuer is named behind the type: "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH …"."""
    for index, row in enumerate(following):
        start = max(row.start, at)
        lead = len(text[start : row.end]) - len(text[start : row.end].lstrip(" :.-–_*|"))
        start += lead
        if start >= row.end:
            continue
        folded = row.folded[start - row.start :]
        match = _OF_ISSUER.match(folded)
        if match is None or not re.match(r"cua|lien", folded):
            return at
        end = start + match.end()
        if end < row.end:
            return end
        for wrapped in following[index + 1 : index + 3]:
            if _ABOUT_FIRST.match(wrapped.folded):
                return wrapped.start
        return end if is_upper(row.text) else at
    return at


def _first_date(rest: str) -> bool:
    return bool(re.match(r"Ngày\s+\d", rest))


def _own_day(before: str, piece: str) -> bool:
    """Whether a line is no more than the day that a subject speaks of ("nghỉ học" / "ngày 26/11/2018")."""
    return bool(_DAY_ALONE.fullmatch(piece)) and not _ENDS.search(before)


def _block(
    text: str, begin: int, lines: tuple[Row, ...], date: DateMark | None, limit: int, *, titled: bool
) -> Mark:
    """Lines of the subject from `begin`; lines of other columns in between are passed over."""
    parts: list[str] = []
    end = begin
    capitals = False
    closing = _closing_quote(text, begin, limit)
    for row in lines:
        if row.end <= begin or row.start >= limit:
            continue
        if closing > begin and row.start > closing:
            break
        start = max(row.start, begin)
        piece = _without_date(text, start, row.end, date)
        stop = find_address(row)
        if stop and stop.start >= start:
            piece = _without_date(text, start, max(start, stop.start), date)
            if piece and (not parts or piece[:1].islower()):
                parts.append(piece)
                end = stop.start
            break
        if not piece:
            if parts and start >= row.start and _outside(row, date):
                continue
            if _RULE.match(row.text) and parts:
                break
            continue
        if parts and (is_signature_box(row) or is_country(row) or motto_start(row) is not None):
            break
        if parts and not _JOINS.search(parts[-1]) and _over_grounds(lines, row):
            break
        if parts and not (begin < row.start < closing) and not _goes_on(parts[-1], piece, row, capitals=capitals):
            break
        body = piece[:1].isupper() and not (capitals and is_upper(piece))  # no body is printed in capitals
        if parts and body and not _BOUND.search(parts[-1]) and _full_width(parts, piece):
            break
        if not parts:
            capitals = is_upper(piece) and len(piece) > 12
        parts.append(piece)
        end = _end_of(text, start, row.end, piece)
        if (
            _ENDS.search(piece)
            and not piece.endswith("TP.")
            and len(parts)
            and (not titled or len(piece) < 200)
        ):
            break
    value = " ".join(" ".join(parts).split())
    if titled and is_upper(value):
        value = _without_authority(value)
    return Mark(begin, max(begin, end), value)


_QUOTED = re.compile(r"[“\"]\s*(?:V/v|Về việc)\W*$", re.IGNORECASE)


def _closing_quote(text: str, begin: int, limit: int) -> int:
    """Where the quotation ends in which the whole subject stands ("“V/v …”", a few short lines), or `begin`."""
    if not _QUOTED.search(text[max(0, begin - 14) : begin]):
        return begin
    end = min(limit, begin + LONGEST)
    close = next((at for at in range(begin, end) if text[at] in "”\""), begin)
    return close if "\n\n" not in text[begin:close] else begin


def _over_grounds(lines: tuple[Row, ...], row: Row) -> bool:
    """Whether a line in capitals is the authority right over "Căn cứ"."""
    below = next((each for each in lines if each.start > row.start), None)
    named = is_upper(row.text) and bool(_AUTHORITY.match(row.folded))
    return named and below is not None and below.folded.startswith("can cu")


def _without_authority(value: str) -> str:
    """A subject in capitals without the issuing authority that a flattened text leaves behind it."""
    for match in _AUTHORITY_BEHIND.finditer(value):
        if match.start() > 15 and not _JOINS.search(value[: match.start()].rstrip()):
            return value[: match.start()].rstrip()
    return value


def _full_width(parts: list[str], piece: str) -> bool:
    """Whether a line is clearly longer than the subject's: bodies fill the page, subjects are set narrower."""
    return len(piece) >= 60 and len(piece) > 1.12 * max(map(len, parts))


def _outside(row: Row, date: DateMark | None) -> bool:
    return date is not None and row.start <= date.start < row.end


def _without_date(text: str, start: int, end: int, date: DateMark | None) -> str:
    """A line without the place and date of the other column."""
    if date is not None and start <= date.start < end:
        return (text[start : date.start] + " " + text[min(end, date.end) : end]).strip(" ,\n")
    return text[start:end].strip()


def _end_of(text: str, start: int, end: int, piece: str) -> int:
    at = text.rfind(piece[-1], start, end)
    return at + 1 if at >= 0 else end


def _goes_on(before: str, piece: str, row: Row, *, capitals: bool) -> bool:
    """Whether a line continues the subject."""
    if _RULE.match(piece) or _ITEM.match(piece):
        return False
    if piece.endswith(":") and (row.gap or _PAGE_LABEL.match(row.folded)) and len(piece) < 40:
        return False  # a label of the page: "Người ký văn bản:"
    if _own_day(before, piece):
        return True
    if is_opening(piece) and (row.gap or not _BOUND.search(before)):
        return False
    if piece[:1].islower() or _CONNECTED.search(before):
        return len(piece) < 200
    if row.gap or (piece.startswith("(") and piece.endswith(")")):
        return False
    if capitals:
        return is_upper(piece)
    if is_upper(piece) and len(piece) > 8 and " " in piece and not is_upper(before):
        return False
    return len(piece) < 110


def subject_rows(text: str, start: int, limit: int) -> tuple[Row, ...]:
    """Lines from `start` in which a subject may stand."""
    return rows(text, start, limit)
