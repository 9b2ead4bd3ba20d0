"""Why a unit is a directive, or why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nlp.deadlines import find_deadlines
from nlp.directives import folded, is_narrative, lexicon, opens_imperative
from nlp.duties import same_body
from nlp.duties.agreeing import agrees, behind_agreement
from nlp.duties.commanding import commands
from nlp.lexicon import any_of, toml
from nlp.references import find_references, mask
from nlp.tasks.headings import Heading
from nlp.tasks.openings import opens_duty
from nlp.tasks.owed import OWED, owes
from nlp.tasks.quoted import only_quotes
from nlp.tasks.setting import Setting, is_issuer
from nlp.tasks.urging import only_difficulties
from nlp.telling import (
    is_scheduled,
    obliges,
    rules_for_anybody,
    settles,
    speaks_of_applicants,
    states_law,
    tells_of_bodies,
)
from nlp.types import Named


def why_directive(
    text: str, named: tuple[tuple[Named, ...], str] | None, heading: Heading, setting: Setting
) -> str | None:
    """Why a unit is a directive, as the name of the rule; None where it is none."""
    if named is not None and named[1] == "directing-verb":
        return None if setting.reports and not _ASKS.match(folded(text)) else "directing-verb"
    if (agrees(text) and not (named is not None and behind_agreement(text))) or only_difficulties(text):
        return None
    if setting.mode == "informing" and setting.guides and (_owed_by_a_day(text, named, setting) or _told_who_will(text, named, setting)):
        return "guided"
    if _WHOEVER.match(folded(text)) or _MAY.match(folded(text)) or _REWARDED.match(folded(text)):
        return None
    if _IN_FORCE.match(folded(text)) or only_quotes(text):
        return None
    if setting.mode == "informing" or is_scheduled(text, meeting=setting.meeting) or settles(text, setting.kind):
        return None
    if setting.mode != "directive" and states_law(text):
        return None
    if named is not None and setting.mode == "notice" and not obliges(text) and not _sent_to(named[0], setting) and not _told_to_all(text, named, setting):
        return None
    if setting.mode == "notice" and speaks_of_applicants(text):
        return None
    if setting.mode in ("notice", "open") and (named is None or named[1] in _BY_RULE) and (_AS_LAID_DOWN.match(folded(text)) or _binds_anybody(text)) and not owes(text, setting):
        return None
    if named is not None and named[1] == "duty-bearers" and setting.mode != "directive" and (not obliges(text) or rules_for_anybody(text)):
        return None
    if (
        named is not None
        and named[1] == "done-by"
        and setting.mode in ("open", "notice")
        and setting.kind not in lexicon().naming_bodies_only
    ):
        return None  # "Đề tài … do Khoa Vật lý chủ trì" tells of work; it orders none
    if named is not None and named[1] == "work-of" and setting.mode != "directive" and setting.kind not in _GIVES_OUT_WORK and not owes(text, setting):
        return None  # "Việc quản lý quỹ do Hội đồng thực hiện": how things are, not what is to be done now
    if named is not None and named[1] == "role" and _ROLE_ALONE.fullmatch(folded(text)):
        return None  # "Cơ quan thực hiện: Sở Tư pháp": who, without what
    if named is not None and named[1] == "subject" and _praises(text, named[0], setting):
        return None
    if named is not None:
        return named[1] if setting.mode == "directive" or not is_issuer(named[0], setting) else None
    if is_narrative(text) and not (setting.mode == "directive" and (_in_case(text) or _THEREFORE.search(folded(text)) or owes(text, setting))):
        return None
    if tells_of_bodies(text):
        return None
    if (note := _NOTE.match(folded(text))) and not _binds(text[note.end() :], setting):
        return None  # "Lưu ý: Danh mục gồm tên, số lượng": what is explained; "Lưu ý: phải đối chiếu bản gốc" binds
    if not opens_imperative(text) and _sender_will(text, setting) and not owes(text, setting):
        return None
    if text.startswith("Đã ") or _POST.fullmatch(folded(text)):
        return None
    if heading.bodies:
        return "under-heading"
    if heading.aims or setting.kind in lexicon().naming_bodies_only:
        return None
    if setting.mode == "directive":
        return "announced-list" if _binds(text, setting) else None
    if opens_duty(text) and (setting.default_bodies or owes(text, setting)):
        return "imperative"
    if not setting.default_bodies:
        return None
    return OWED if owes(text, setting) else None


_WHOEVER = re.compile(r"(?!bat ky )(?:(?:nguoi|thu truong|giam doc|truong|chu tich|hieu truong) )?(?:[a-z]+ ){1,4}nao (?:de|khong|chua|cham|vi pham|con|thieu|lam|buong long)(?![a-z])(?![^.;]*(?<![a-z])(?:thi |(?:phai|can) (?!chiu|bi)))")
""" "Giám đốc đơn vị nào để xảy ra tai nạn sẽ bị xem xét trách nhiệm": what follows, no duty."""


_MAY = re.compile(r"(?:[^.;:,]{3,90}?\s)?(?:co quyen|duoc quyen)(?![a-z])")
""" "Người lao động có quyền lựa chọn …": what somebody may do."""
_REWARDED = re.compile(r"(?:cac |nhung |moi )?(?:don vi|ca nhan|tap the|co quan|dia phuong|to chuc)(?: [a-z]+|, [a-z]+){2,14}? (?:duoc|se duoc) (?:xem xet,? |de nghi |bieu duong,? )*(?:khen thuong|bieu duong|tuyen duong|cong diem)(?![a-z])")
""" "Tập thể, cá nhân có thành tích được xem xét khen thưởng": what follows from doing it."""
_IN_FORCE = re.compile(
    r"(?:cong van|van ban|thong bao|huong dan|ke hoach|chi thi|quy dinh|quyet dinh) nay (?:thay the|bai bo|co hieu luc|het hieu luc|khong ap dung|duoc ap dung)(?![a-z])"
    r"|khong ap dung (?:(?:cac )?(?:quy dinh|noi dung|huong dan) )?(?:(?:tai|cua|neu tai) )?(?:cong van|van ban|thong bao|huong dan|ke hoach|chi thi|quy dinh) nay(?![a-z])"
)
""" "Công văn này thay thế Công văn số …", "Không áp dụng Công văn này đối với …": what holds, nobody's duty."""
_AS_LAID_DOWN = re.compile(
    r"(?!(?:to chuc|chi dao|huong dan|don doc|yeu cau|ket qua|bao cao|giam sat|kiem tra|theo doi|tiep tuc|khan truong|nghiem tuc)(?![a-z]))"
    r"(?:(?!(?:de|va|hoac|viec|cac don vi|nguoi|phai|can) )[^.;:]){8,110}? (?:duoc )?thuc hien theo (?:dung )?quy dinh (?:cua|tai) [^;]{5,240}$"
)
""" "Khiếu nại về phạt hành chính thực hiện theo quy định của Luật …": which law holds; the verb in front names a matter."""


def _binds_anybody(text: str) -> bool:
    """Whether a unit says what a rule lays on firms or people in a case: "Đối với hàng tồn kho, doanh nghiệp phải kê khai …"."""
    return _some_case().match(folded(text)) is not None


_BY_RULE = frozenset({"duty-bearers", "subject-after-prefix"})
_THEREFORE = re.compile(r"\.\s+(?:do do|do vay|vi vay|vi the)(?!i),? [^.]*?(?<![a-z])(?:phai|can|yeu cau|de nghi)(?! (?:duoc|thiet)(?![a-z]))(?![a-z])")
""" "Qua kiểm tra, một số xã chưa … . Do đó, cán bộ phải …": what is told is the ground of a duty."""
_MEASURES = re.compile(r"\s+(?:lay|coi|xem) [^.;:]{5,120}? (?:la|lam) (?:mot )?(?:trong nhung )?(?:tieu chi|can cu|co so|thuoc do)(?![a-z])")
""" "Chủ tịch UBND tỉnh lấy kết quả … là tiêu chí đánh giá": how the one who orders will judge."""


def _binds(text: str, setting: Setting) -> bool:
    return opens_duty(text) or _BINDS.search(folded(text)) is not None or owes(text, setting)


_NOTE = re.compile(r"(?:luu y|chu y|ghi chu|chu thich)(?: them)?\s*:\s*")
@cache
def _some_case() -> re.Pattern[str]:
    words = any_of(toml("duty_words.toml")["anybody"]["words"])
    return re.compile(rf"(?:doi voi|khi|truong hop|neu|can cu|trong) [^.;:]{{5,240}}?, (?:cac )?(?:{words}|nguoi (?!dung dau|duoc giao|phu trach)[a-z]+)(?: [a-z]+){{0,3}}? (?:phai|co trach nhiem|da|thuc hien|duoc|khong phai|ke khai|nop)(?![a-z])")


@cache
def _praise() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:(?:nhiet liet|tran trong|xin|cung) )*{any_of(lexicon().praise)}(?![a-z])")


def _praises(text: str, bodies: Sequence[Named], setting: Setting) -> bool:
    """Whether somebody who gives orders only says what is thought of others: "Phó Thủ tướng ghi nhận, biểu dương các bộ"; or how they will be judged."""
    last = bodies[-1]
    said = _praise().match(folded(text), last.evidence.end) or _MEASURES.match(folded(text), last.evidence.end)
    return said is not None and all(commands(each.text, setting.issuer) for each in bodies)


def _sender_will(text: str, setting: Setting) -> bool:
    """Whether the sender says what it will do itself: "Căn cứ kết quả thí điểm, Bộ sẽ tổng kết, đánh giá …"."""
    kind = _KIND_OF_BODY.match(folded(setting.issuer))
    return kind is not None and re.search(rf"(?:^|,\s|nam \d{{4}} ){kind[0]}(?: [a-z&-]+){{0,6}} se (?!phai|bi|chiu)", folded(text)) is not None


_KIND_OF_BODY = re.compile(r"(?:bo|so|tong cuc|cuc|chi cuc|ubnd|uy ban nhan dan|phong|ban|vien|truong|cong ty|tong cong ty|bao hiem xa hoi|kho bac nha nuoc|ngan hang nha nuoc|trung tam)(?![a-z])")
_ROLE_ALONE = re.compile(r"(?:(?:don vi|co quan|bo phan|nguoi|phan cong)\s)?(?:[a-z]+ ){1,3}[a-z]+\s*:[^:.;]{3,120}[.;]?\s*")
_POST = re.compile(r"(?:lam )?(?:pho )?(?:truong|chu tich|to truong|thanh vien|uy vien|thu ky|giam sat|giam doc)(?: [a-z]+){0,7}\s*[.;]?")
""" "Đ/c Lê Văn B - Trưởng phòng Nội vụ: Phó Trưởng ban": which post he holds there."""
_GIVES_OUT_WORK = frozenset({"thông báo", "công điện", "chỉ thị"})


def _owed_by_a_day(text: str, named: tuple[tuple[Named, ...], str] | None, setting: Setting) -> bool:
    """Whether a unit of a letter that guides says what somebody under the sender owes by a day to come.

    What holds for anybody ("Người nộp thuế nộp hồ sơ chậm nhất ngày 31/3") is a rule.
    """
    if is_narrative(text) or states_law(text) or rules_for_anybody(text) or tells_of_bodies(text) or _for_anybody().match(folded(text)):
        return False
    if named is not None and is_issuer(named[0], setting):
        return False
    if named is None and not opens_duty(text):
        return False
    masked = mask(text, find_references(text))
    case = _OF_CASES.match(folded(text))  # "Đối với hồ sơ tiếp nhận trước ngày 01/7, …": the day tells of the case
    return any(
        deadline.kind == "fixed"
        and deadline.date is not None
        and deadline.evidence.start >= (case.end() if case else 0)
        and (setting.issued_on is None or deadline.date >= setting.issued_on)
        for deadline in find_deadlines(text, issued_on=setting.issued_on, masked=masked)
    )


@cache
def _for_anybody() -> re.Pattern[str]:
    return re.compile(rf"(?:cac )?(?:{any_of(toml('duty_words.toml')['anybody']['words'])}|nguoi [a-z]+)(?![a-z])")


def _told_who_will(text: str, named: tuple[tuple[Named, ...], str] | None, setting: Setting) -> bool:
    """Whether a letter that guides says which body will do a work: "Kỳ tháng 13 sẽ do Cục Kế toán mở"."""
    if named is None or named[1] != "work-of" or is_issuer(named[0], setting):
        return False
    return folded(text[: named[0][0].evidence.start]).endswith("se do ")


_OF_CASES = re.compile(r"(?:rieng )?(?:doi voi|truong hop|neu|cac ho so|nhung ho so)\s[^,;:]{3,160}[,;:]\s")


def _sent_to(bodies: Sequence[Named], setting: Setting) -> bool:
    """Whether the letter is sent to those a unit names: what a notice says they do, they are told to do."""
    return bool(bodies) and all(any(same_body(body.text, each.text) for each in setting.addressees) for body in bodies)


def _told_to_all(text: str, named: tuple[tuple[Named, ...], str], setting: Setting) -> bool:
    """Whether a notice says what everybody under the sender does: "Các cơ quan, đơn vị treo cờ Tổ quốc từ ngày …"; "được nghỉ" tells what they get."""
    bodies, rule = named
    others = [each for each in bodies if not same_body(each.text, setting.issuer)]
    everybody = bool(others) and all(_EVERYBODY.match(folded(each.text)) for each in others)
    return rule == "subject" and everybody and opens_imperative(text, bodies[-1].evidence.end + 1)


_EVERYBODY = re.compile(r"(?:tat ca |toan the )?(?:cac|moi) (?:co quan|don vi|so|ban|nganh|truong|phong|dia phuong|doanh nghiep|ho gia dinh|xa|phuong|to dan pho|thon)(?![a-z])")


def _in_case(text: str) -> bool:
    """ "Trường hợp phát hiện vi phạm, xử phạt theo quy định": what is to be done in a case that is told in few words."""
    case = _CASE.match(folded(text))
    return case is not None and opens_imperative(text, case.end())


_CASE = re.compile(r"truong hop (?!(?:nguoi|ca nhan|to chuc|doanh nghiep|ho) )(?:[a-z]+ ){0,9}[a-z]+,\s+")


_ASKS = re.compile(r"(?:[^,;:]{0,60}\s)?(?:kinh |tran trong )?(?:de nghi|kien nghi|mong)(?![a-z])")
""" What a letter that reports still asks for: "Đề nghị Bộ Tài chính bố trí …"."""


_BINDS = re.compile(
    r"^(?:khong|cam)(?![a-z])|(?<![a-z])(?:phai|can|yeu cau|de nghi|tap trung|cham nhat|chi dao)(?![a-z])"
    r"|,\s(?:chu dong|kip thoi|khan truong|tang cuong)(?![a-z])"
    r"|(?<![a-z])(?<!da )(?<!duoc )(?<!dang )(?:gui|chuyen|nop) (?:ve|den)"
    r" (?:so|bo|phong|ubnd|uy ban|cuc|tong cuc|chi cuc|ban|van phong|thanh tra|to cong tac|hoi|trung tam|cong an|vien|kho bac|bao hiem xa hoi|lien doan|dang uy|tinh uy|thanh uy|huyen uy)(?![a-z])"
)
"""Signs of a duty in a unit of a letter that directs, though the unit opens with none."""
