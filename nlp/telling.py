"""What only tells: answers to questions, notices, programmes, acts that settle something by themselves, courtesy.

A letter that explains a rule of law says "phải" and "trong thời hạn …" in
every line and yet orders nothing; what it is shows in its opening, and in
single units and sentences by their form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.bodies import body_phrase_at
from nlp.directives import directing_clauses, folded, lexicon
from nlp.types import Named

_ANSWERS = re.compile(r"(?:^|[.;]\s+)(?:tra loi|phuc dap)(?![a-z])|(?<![a-z])(?:neu|hoi|de cap) tai (?:cac )?(?:cong van|van ban|phieu|don|thu)(?![a-z])|(?<![a-z])nhan (?:duoc )?(?:cac )?(?:cong van|van ban|don|thu|cau hoi|kien nghi|phieu hoi|to trinh)(?![a-z])")
_ASKED = re.compile(r"(?<![a-z])(?:hoi (?:ve|vi sao|cach|y kien)|cau hoi|(?:mot so )?vuong mac|de nghi (?:duoc )?(?:giai dap|giai thich|huong dan|tra loi))(?![a-z])")
_PRIVATE = re.compile(r"(?:quy )?(?:cong ty|doanh nghiep|hop tac xa|htx|hiep hoi|ong|ba|cong dan|van phong luat su|chi nhanh cong ty|cong ty tnhh)(?![a-z])")
_OPINION = re.compile(r"(?:y kien|trao doi)[^:.;]{0,60}$")


def answers_a_question(opening: str, addressees: Sequence[Named]) -> bool:
    """Whether the letter answers: a company, a person, or whoever asked how a rule is to be read.

    `opening` is all that stands before the list. What such a letter wants of
    somebody it says with a verb of its own ("đề nghị Công ty …").
    """
    words = folded(opening).rstrip(" :.;")
    said = re.sub(r"\s*(?:cu the\s+)?nhu sau$", "", words)
    if said == words or not _OPINION.search(said) or not _ANSWERS.search(words):
        return False
    private = bool(addressees) and all(_PRIVATE.match(folded(body.text)) for body in addressees)
    return private or bool(_ASKED.search(words))


_NOTICE = re.compile(r"(?<![a-z])thong bao(?! (?:so|ket luan|y kien|noi dung ket luan))(?! den [^:]{3,120} (?:thuc hien|trien khai))(?P<what>[^:.;]{0,110}?)(?:nhu sau)?\s*:?\s*$")
_WORK = re.compile(r"(?<![a-z])(?:thuc hien|trien khai|yeu cau|de nghi|giao|phan cong|chi dao)(?![a-z])")


def announces_notice(opening: str) -> bool:
    """Whether the opening gives notice of something ("Công ty thông báo:", "thông báo kết quả như sau:"), not of work to be done."""
    words = folded(opening)
    if _RECEIVED.search(words):
        return True
    found = _NOTICE.search(words)
    return _DISCLOSES.search(words) is not None or (found is not None and not _WORK.search(found.group("what")))


_RECEIVED = re.compile(r"(?<![a-z])da (?:nhan duoc|tiep nhan|thu duoc)(?![a-z])[^.;:]{0,200}:?\s*$")
""" "… đã nhận được 01 hồ sơ của Công ty A đề nghị làm chủ đầu tư, cụ thể như sau:": told of what came in."""
_DISCLOSES = re.compile(
    r"(?<![a-z])(?:cong khai|cong bo|niem yet)\s+(?:cac\s+)?(?:thong tin|ket qua|danh sach|danh muc|so lieu|noi dung|du toan|quyet toan)[^:;]{0,220}:?\s*$"
)
""" "… công khai thông tin kết quả tiếp nhận hồ sơ của đơn vị đề nghị làm chủ đầu tư …, như sau:": told, not ordered."""


_OBLIGED = re.compile(r"(?<![a-z])(?<!da )(?<!dang )(?<!duoc )(?:phai|can|co trach nhiem|chiu trach nhiem|yeu cau|de nghi|giao|khan truong|truoc ngay|cham nhat|hoan thanh|bao cao|nop|gui)(?![a-z])")


def obliges(text: str) -> bool:
    """Whether a unit says in words that its subject is bound: "phải", "có trách nhiệm", "gửi … trước ngày"; "Phòng A trực …" does not."""
    return bool(_OBLIGED.search(folded(text)))


_BY_LAW = re.compile(
    r"(?:(?:ve [^:;.]{3,60}:\s*)|(?:thu [a-z]+,\s*))?(?:theo|tai|can cu)\s+(?:(?:cac )?quy dinh (?:tai|cua) )?(?:cac )?(?:diem|khoan|dieu|luat|bo luat|nghi dinh|thong tu)(?![a-z])"
)


_APPLIED = re.compile(r"(?:can cu|theo) (?:cac )?(?:quy dinh|huong dan|can cu) (?:tren|neu tren|da neu|nay|vien dan)[^,;.]{0,40}, (?:truong hop|doi voi truong hop|neu)\s[^;.]{5,400}? thi (?!phai |can |de nghi |yeu cau )")
""" "Căn cứ các quy định trên, trường hợp Công ty A ký hợp đồng … thì doanh thu … áp dụng thuế suất 5%": an answer, no duty."""


_CONCLUDES = re.compile(r"(?:can cu|theo) (?:cac )?(?:quy dinh|can cu) (?:tren|neu tren|da neu|vien dan)(?: tren)?, (?!de nghi |yeu cau |giao )(?![^.;]* thi (?:phai|can) )")
""" "Căn cứ quy định nêu trên, người đại diện của Công ty ký hoặc ủy quyền …": what the quoted law says to the question."""


def states_law(text: str) -> bool:
    """Whether a unit opens by the provision it recounts ("Theo khoản 2 Điều 12 Nghị định …, người nộp thuế phải …"), or says what follows from it for a case."""
    words = folded(text)
    return bool(_BY_LAW.match(words) or _APPLIED.match(words) or (_CONCLUDES.match(words) and not directing_clauses(text)))


_ANYBODY = re.compile(
    r"(?:cac )?(?:to chuc|ca nhan|nguoi nop|nguoi khai|nguoi su dung|nguoi lao dong|nguoi yeu cau|nguoi de nghi|nguoi mua|nguoi ban|nguoi tham gia|doanh nghiep|co so kinh doanh|ho kinh doanh|nha dau tu|nha thau)(?![a-z])"
)
_PERIOD = re.compile(r"(?:trong (?:thoi han|vong)|khong qua|cham nhat)\s[^,;.]{1,40}(?:ngay|gio|thang)[^,;.]{0,20}(?:ke )?tu (?!ngay nhan duoc (?:cong van|van ban|thong bao) nay)")


def rules_for_anybody(text: str) -> bool:
    """Whether a unit gives the term that a procedure sets for anybody: "Tổ chức, cá nhân phải nộp hồ sơ trong thời hạn 10 ngày kể từ …"."""
    words = folded(text)
    return bool(_ANYBODY.match(words) and _PERIOD.search(words))


_APPLICANTS = re.compile(
    r"(?:cac |moi )?(?:thi sinh|nguoi (?:du tuyen|dang ky|tham gia dau gia|trung dau gia|mua ho so)|ung vien"
    r"|nha thau|nha dau tu|to chuc,? (?:va )?ca nhan|khach hang)(?![a-z])"
)


def speaks_of_applicants(text: str) -> bool:
    """Whether a unit of a notice says what those do who want something: "Thí sinh nộp hồ sơ tại Phòng A"."""
    return _APPLICANTS.match(folded(text)) is not None


_ORDINAL = re.compile(r"(?:thứ [^\W\d_]+|một là|hai là|ba là|bốn là|trong đó|tuy nhiên|ngoài ra)\s*,\s*", re.IGNORECASE)
_HAS = re.compile(r"\s*,?\s*(?:đã|đang|cũng chưa|chưa|cũng đã|còn|cơ bản)\s")


def tells_of_bodies(text: str) -> bool:
    """Whether a unit begins with what a body has done or left undone: "Thứ nhất, Cục A đã có văn bản …"."""
    opening = _ORDINAL.match(text)
    start = opening.end() if opening else 0
    span = body_phrase_at(text, start)
    return span is not None and _HAS.match(text, span[1]) is not None


_CLOCK = re.compile(r"(?:tu |luc |khoang |vao )*\d{1,2}\s*(?:gio|h|g|:)\s*(?:\d{2})?(?:\s*phut)?(?![a-z])(?:\s*(?:-|–|den)\s*\d{1,2}\s*(?:gio|h|g|:)\s*(?:\d{2})?(?:\s*phut)?)?\s*[:,;–-]")


def is_scheduled(text: str, *, meeting: bool = False) -> bool:
    """Whether a unit is a line of a programme ("08 giờ 15: Giám đốc Sở phát biểu") or says who attends, where, and how somebody is reached.

    Of a letter that calls a `meeting` the line that says what is dealt with is one as well.
    """
    words = folded(text)
    return bool(_CLOCK.match(words) or _MEETING.match(words) or _CONTACT.match(words) or (meeting and _AGENDA.match(words)))


def holds_meeting(body: str) -> bool:
    """Whether a letter's body lists when and where people meet: a line for the time and one for the place."""
    words = folded(body)
    return all(re.search(rf"(?m)^\W*(?:\d{{1,2}}[.)]\s*)?{label}[^\n:]{{0,30}}:", words) for label in ("thoi gian", "dia diem"))


_PART_OF = r"(?:diem|khoan|dieu|muc|phan|doan|trang|dong|cau|tiet|cong van|thong bao|quyet dinh|ke hoach|huong dan|van ban|noi dung)(?![a-z])"
_CHANGES = r"(?:sua doi|bo sung|dinh chinh|sua lai|viet lai|doc lai|thay the|dieu chinh)(?![a-z])"
_NEW_WORDING = re.compile(
    rf"(?:(?<![a-z]){_PART_OF}[^.;:]{{0,240}}?(?<![a-z]){_CHANGES}|(?<![a-z]){_CHANGES}[^.;:]{{0,60}}?(?<![a-z]){_PART_OF})"
    r"(?:(?!y kien|chi dao|ket luan|thong nhat|huong dan)[^.;:]){0,160}?(?<![a-z])(?:nhu sau|thanh|la)\s*:\s*$"
)
""" "Về việc điều chỉnh …, Bộ trưởng có ý kiến như sau:" has an opinion below it and no wording."""


def gives_new_wording(text: str) -> bool:
    """Whether the words below are how another paper now reads: "Điểm 2 Công văn số 12/… được sửa đổi, bổ sung như sau:"; they order nothing here."""
    return _NEW_WORDING.search(folded(text)[-600:]) is not None and not directing_clauses(text)


_CONTACT = re.compile(
    r"(?:(?:dau moi|can bo|bo phan|lien he)(?: [a-z]+){1,6}\s*:\s*)?(?:so )?(?:dien thoai|di dong|dt|sdt|fax|e-?mail|thu dien tu|hop thu(?: dien tu)?|website"
    r"|dia chi(?: (?:lien he|nhan|gui|email|thu dien tu))*)(?: [a-z]+){0,3}\s*(?::|\(?\d)"
)
""" "Điện thoại: 0211 …; Email: …", "Đầu mối kỹ thuật: số điện thoại 0211 …": where somebody is reached."""
_AGENDA = re.compile(r"(?:noi dung|chuong trinh|chu tri|chu de)(?: (?:hop|cuoc hop|hoi nghi|lam viec|buoi lam viec|chinh))?\s*:")


_MEETING = re.compile(
    r"(?:thanh phan|dia diem|dai bieu|khach moi|nguoi (?:chu tri|du)|chu tri (?:cuoc hop|hoi nghi)|thoi gian(?:,| va) dia diem)"
    r"(?: (?:tham du|tham gia|du hop|du|moi|to chuc|hoi nghi|cuoc hop|kinh moi))*\s*(?:\([^)]{1,60}\)\s*)?:"
)


def settles(text: str, kind: str) -> bool:
    """Whether a unit of a decision does by itself what it says: "Bổ nhiệm ông … giữ chức …"."""
    words = folded(text)
    return kind in ("quyết định", "nghị quyết") and bool(_starts_with(words, lexicon().acts) or _HOW_A_BOARD_WORKS.match(words))


_HOW_A_BOARD_WORKS = re.compile(
    r"(?:cac )?(?:thanh vien )?(?:to cong tac|to giup viec|to tham dinh|hoi dong|ban chi dao|ban to chuc|ban quan ly|doan (?:cong tac|kiem tra|thanh tra))(?: [a-z]+){0,10}? (?:tu giai the|cham dut hoat dong|het nhiem vu|lam viec theo (?:che do|nguyen tac)|hoat dong theo (?:che do|nguyen tac|quy che)|duoc (?:su dung|huong|thanh lap))(?![a-z])"
)
""" "Tổ công tác tự giải thể sau khi hoàn thành nhiệm vụ": how a board works, nobody's duty."""


_LETS_KNOW = re.compile(
    r"(?<![a-z])(?:tra loi|thong bao|thong tin|giai dap|giai thich|co y kien|trao doi|bao tin|sao gui|gui)(?![a-z])[^.;:]{0,160}?"
    r"(?<![a-z])de\s[^.;:]{0,160}?(?<![a-z])(?:biet|ro|tham khao|nam duoc)[\s./]*$"
)


def is_courtesy(text: str) -> bool:
    """Whether a sentence only lets somebody know, thanks or congratulates: "… trả lời để Công ty được biết"."""
    words = folded(text)
    return bool(_LETS_KNOW.search(words)) or any(
        re.search(rf"(?<![a-z]){re.escape(phrase)}(?![a-z])", words) for phrase in lexicon().courtesy
    )


def _starts_with(words: str, phrases: Sequence[str]) -> bool:
    return any(re.match(re.escape(phrase) + r"(?![a-z])", words) for phrase in phrases)
