"""Doers named behind what is to be done: "… do Sở A chủ trì", "… (Sở A chủ trì)", "Giao Sở này …"."""

from __future__ import annotations

import re

from nlp.bodies import body_phrase_at, find_bodies, is_body, territories_at
from nlp.directives import folded, follows_subject, opens_imperative
from nlp.duties.listed import by_rule
from nlp.types import Named

_WORK_OF = re.compile(r"(?:rieng )?(?:viec|cong tac|phan viec|noi dung nay|viec nay)(?![a-z])")
_DONE_BEFORE = re.compile(r"(?<![a-z])(?:da|dang|tung|vua|neu|theo quy dinh|duoc thuc hien khi)(?![a-z])")
_ACTS = re.compile(
    r"\s+(?:chu dong |truc tiep |chiu trach nhiem )?(?:chu tri|thuc hien|xem xet|to chuc|dam nhiem|dam nhan|phu trach|chuan bi|lo|bao dam|dam bao"
    r"|huong dan|trien khai|xu ly|giai quyet|lam|bo tri|can doi|tham muu|kiem tra|lam dau moi)(?![a-z])"
)


def assigned_by_do(text: str) -> tuple[int, int] | None:
    """Who does a work that is the subject of its sentence: "Việc di dời đường dây do Công ty A thực hiện, xong trước 30/9"."""
    body = folded(text)
    if not _WORK_OF.match(body):
        return _will_be_done_by(text, body)
    by = re.compile(r"(?<![a-z])do\s+").search(body, 0, 260)
    if by is None or re.search(r"[.;:]\s", body[: by.start()]) or _DONE_BEFORE.search(body[: by.start()]):
        return None
    span = body_phrase_at(text, by.end())
    return span if span is not None and _ACTS.match(body, span[1]) else None


_WILL = re.compile(r"(?P<what>[^.;:,]{4,120}?)(?<![a-z])se do\s+")
_CASE_OR_MEETING = re.compile(r"(?<![a-z])(?:neu|truong hop|khi|hoi nghi|cuoc hop|buoi|phien|le|ho so|don|tranh chap|kinh phi|chi phi|khoan)(?![a-z])")
_PROCEDURE = re.compile(
    r"\s+(?:chu dong |truc tiep )?"
    r"(?:tiep nhan|giai quyet|tham dinh|phe duyet|xem xet|quyet dinh|quan ly|cap|chi tra|chiu trach nhiem|xu ly|chu tri)(?![a-z])"
)
""" "Hồ sơ sẽ do Sở A tiếp nhận": how things go, nobody's work now."""


def _will_be_done_by(text: str, body: str) -> tuple[int, int] | None:
    """ "Kỳ kế toán tháng 13 sẽ do Kho bạc tỉnh mở": a work given out by telling who will do it."""
    told = _WILL.match(body)
    if told is None or _CASE_OR_MEETING.search(told["what"]):
        return None
    span = body_phrase_at(text, told.end())
    return span if span is not None and opens_imperative(text, span[1] + 1) and not _PROCEDURE.match(body, span[1]) else None


_BY = re.compile(r"\s+(?:se )?do\s+")
_KEEPS = re.compile(r"\s+(?:truc tiep |chiu trach nhiem )?(?:quan ly|van hanh|cap nhat|khai thac|duy tri|bao quan)(?:,| va)\s+(?:quan ly|van hanh|cap nhat|khai thac|duy tri|bao quan|bao tri)(?![a-z])")


def kept_by(text: str) -> tuple[int, int] | None:
    """ "Ngân hàng dữ liệu do Viện A quản lý, cập nhật": a thing named as bodies are, and who keeps it."""
    body = folded(text)
    thing = body_phrase_at(text, 0)
    by = _BY.match(body, thing[1]) if thing is not None else None
    span = body_phrase_at(text, by.end()) if by else None
    return span if span is not None and _KEEPS.match(body, span[1]) else None


_DOING = re.compile(r"\s+(?:chu tri|lam dau moi|phu trach|dam nhiem|chiu trach nhiem|(?:truc tiep )?thuc hien|bien soan|tong hop)(?![a-z])")


def done_by(text: str) -> tuple[int, int] | None:
    """ "… do Sở A chủ trì", "… (Sở A chủ trì, Sở B phối hợp)": the doer behind what is to be done."""
    body = folded(text)
    for match in re.finditer(r"(?:(?<![a-z])do\s+|\()", body):
        span = body_phrase_at(text, match.end())
        if span is not None and _DOING.match(body, span[1]) and not re.search(r"(?:da|dang)\s+$", body[: match.start()]):
            return span
    for match in re.finditer(r",\s+", body):
        span = body_phrase_at(text, match.end())
        if span is not None and _LEADS.match(body, span[1]):
            return span
    return None


_LEADS = re.compile(r"\s+chu tri\s*(?:[,;.]|$)")
""" "Xây dựng Đề án, Sở A chủ trì, Sở B phối hợp." """


_THIS = re.compile(
    r"(?:^|[.;]\s+)(?:giao|yeu cau|de nghi)\s+(?P<head>bo|so|cuc|chi cuc|vu|ban|phong|cong ty|vien|truong|hoi"
    r"|don vi|co quan|dia phuong|ubnd huyen|ubnd xa)\s+nay(?![a-z])"
)


def this_body(text: str) -> Named | None:
    """ "Thống nhất đề xuất của Sở A. Giao Sở này hoàn chỉnh …": the body named last before, of that kind."""
    said = _THIS.search(folded(text))
    if said is None or not opens_imperative(text, said.end() + 1):
        return None
    head = said["head"]
    general = head in ("don vi", "co quan", "dia phuong")
    before = [each for each in find_bodies(text[: said.start("head")]) if general or folded(each.text).startswith(f"{head} ")]
    return by_rule(before[-1], "directing-verb") if before else None


_LAST_BRACKET = re.compile(r"\((?P<inside>[^()]{3,160})\)\s*[.;]?\s*$")


def in_brackets(text: str) -> tuple[int, int] | None:
    """Who does what is said, in brackets behind it: "Rà soát chương trình, báo cáo trong tháng 5/2024 (Phòng Đào tạo)."; not a part of the body before it."""
    bracket = _LAST_BRACKET.search(text, max(0, len(text) - 170))
    if bracket is None:
        return None
    if not is_body(bracket["inside"]):
        return _leads_in(text, *bracket.span("inside"))
    before = text[: bracket.start()].rstrip()
    if any(len(before) - named.evidence.end <= 1 for named in find_bodies(before)):
        return None  # "gửi về Sở Y tế (Phòng Nghiệp vụ Y)": the unit that gets it
    return None if territories_at(bracket["inside"], 0) else bracket.span("inside")


def _leads_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Who leads by a bracket that says more: "(giao Sở A, phối hợp với Sở B; xong trong quý II)", "(Sở A chủ trì; Sở B phối hợp)"; None for another bracket."""
    plain = folded(text)
    order = _GIVEN.match(plain, start)
    first = text.find(";", start, end)
    span = body_phrase_at(text[: first if first > 0 else end], order.end() if order else start)
    if span is None or (order is None and territories_at(text, span[0])):
        return None
    return span if _WITH_ROLES.fullmatch(plain, span[1], end) else None


_GIVEN = re.compile(r"(?:giao|de nghi|yeu cau)(?: cho)?\s+")
_WITH_ROLES = re.compile(
    r"\s*(?:chu tri(?: thuc hien)?)?\s*(?:[;,]\s*(?:(?:phoi hop|hoan thanh|xong|truoc|trong|cham nhat|thoi (?:gian|han)|bao cao)(?![a-z]).*|.*\sphoi hop(?: thuc hien)?\s*(?:[;,].*)?))?"
)
_BOUND_THING = re.compile(r"[^.;:]*?(?<![a-z])(?:phai|can|khong duoc|duoc|con|chua)(?![a-z])[^.;:]*;\s+(?:rieng\s+|con\s+)?")


def behind_semicolon(text: str) -> tuple[int, int] | None:
    """Who must act where the first clause only says what is to become of a thing: "Số dư phải thu hồi, nộp ngân sách; Sở A đôn đốc …"."""
    thing = _BOUND_THING.match(folded(text)) if not opens_imperative(text) else None
    span = body_phrase_at(text, thing.end()) if thing else None
    return span if span is not None and follows_subject(text, span[1]) else None
