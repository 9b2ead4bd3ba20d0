"""Directive sentences of paragraphs without a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.bearers import duty_bearers
from nlp.bodies import body_phrase_at, find_bodies
from nlp.collapsed import Collapsed
from nlp.directives import (
    Directing,
    addressed_noun,
    directing_clauses,
    folded,
    is_narrative,
    leading_subject,
    opens_imperative,
    subject_after_prefix,
)
from nlp.duties import (
    assigned_by_do,
    bodies_spoken_of,
    named_bodies,
    read_responsible,
    singled_out,
    those_spoken_of,
)
from nlp.sentences import sentences
from nlp.tasks.announcement import ANNOUNCES, TAIL_NOISE
from nlp.tasks.building import make_task
from nlp.tasks.owed import OWED, owes
from nlp.tasks.setting import Setting, having_asked, is_issuer, standing_for
from nlp.tasks.urging import REPORTS, carries_out_another, only_urges, watches_over_it
from nlp.telling import is_courtesy
from nlp.types import Evidence, Named, Task

_BASIS = re.compile(
    r"^(?:theo|can cu|thuc hien|xet|tiep theo|trien khai|phuc dap|tra loi|sau khi|qua|ngay|tren co so|de nghi cua)\b"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A directive in a sentence: where it begins, whom it names (places counted from there), and by which rule."""

    start: int
    bodies: Sequence[Named]
    rule: str
    goes_on: bool = False
    """Without a doer of its own behind another order: the same must do it."""


def paragraph_tasks(
    body: str, text: Collapsed, setting: Setting, announces_list: bool, *, closing: bool = False
) -> Iterator[Task]:
    """Directive sentences of an unlabelled paragraph, each with those that only go on with it ("Hoàn thành trong tháng 8.")."""
    going: _Found | None = None
    last = 0
    for begin, end in sentences(text.text):
        words = text.text[begin:end]
        opens_line = begin == 0 or "\n" in body[text.offsets[begin] - 1 : text.offsets[begin]]
        found = _free_sentence(words, setting, announces_list, closing=closing, continues=going is not None)
        if going is not None and _goes_on(words, opens_line=opens_line) and not (found and _owed_apart(words, text.text[going.start : last])):
            last = end
            continue
        if going is not None:
            task = _sentence_task(text.cut(going.start, last), going, setting)
            setting = having_asked(setting, [task])
            yield task
        going = replace(found, start=begin + found.start) if found else None
        last = end
    if going is not None:
        yield _sentence_task(text.cut(going.start, last), going, setting)


def _sentence_task(own: Collapsed, found: _Found, setting: Setting) -> Task:
    inherited = setting.asked if found.rule == OWED or found.goes_on else ()
    return make_task(own, None, found.bodies, inherited, setting, f"task-sentence-{found.rule}")


def _goes_on(words: str, *, opens_line: bool) -> bool:
    """Whether a sentence after a directive one belongs to the same duty.

    It names nobody and says by when or what else; a report asked for is a duty of
    its own. Where it opens a line, it may be a paragraph of its own that the reading
    joined, so only a term goes on.
    """
    if directing_clauses(words) or leading_subject(words) or subject_after_prefix(words) or only_urges(words) or those_spoken_of(words) or _people_ordered(words):
        return False
    plain = folded(words)
    if _SANCTION.match(plain) or _whichever_still(words):
        return False
    if _PAPER_SENT.match(plain) and len(words) < 260:
        return True
    if not opens_line and not is_courtesy(words) and not ANNOUNCES.search(plain.rstrip(TAIL_NOISE)):
        reports = opens_imperative(words) and REPORTS.search(plain[:60]) and not _IN_THE_SAME_GO.match(plain)
        return not reports and (opens_imperative(words) or len(words) < 160)
    return len(words) < 260 and bool(_TERM.match(plain) or _PAPER_SENT.match(plain))


def _owed_apart(words: str, before: str) -> bool:
    """Whether a sentence behind an order wants a paper by a day, or a report that comes again: a duty of its own.

    Where the order itself asks for a report, "Báo cáo gửi về … trước ngày …" only says by when.
    """
    plain = folded(words)
    if _SAME_REPORT.match(plain) and _SAME_REPORT.search(folded(before)):
        return False
    return bool((_PAPER_SENT.match(plain) and _ASKS_BY_A_DAY.search(plain)) or _AGAIN_AND_AGAIN.match(plain))


_SAME_REPORT = re.compile(r"(?<![a-z])bao cao(?![a-z])")
_ASKS_BY_A_DAY = re.compile(r"(?<![a-z])(?:gui|nop|bao cao|chuyen)(?![a-z])[^.;]*?(?<![a-z])(?:truoc|cham nhat|han cuoi|trong (?:ngay|thang|vong|thoi han))(?![a-z])[^.;]*\d")


_AGAIN_AND_AGAIN = re.compile(r"(?:dinh ky|hang (?:ngay|tuan|thang|quy|nam))(?![a-z])[^.;]*?(?<![a-z])(?:bao cao|gui)(?![a-z])[^.;]*?(?<![a-z])(?:ve|den|gui|cho)(?![a-z])")
""" "… Định kỳ hàng tháng báo cáo về Sở": a report that comes again is a duty of its own."""
_IN_THE_SAME_GO = re.compile(r"dong thoi,? (?:kip thoi |chu dong )?(?:bao cao|tong hop|de xuat|thong bao|gui)(?![a-z])(?!.*\d)")
""" "… Đồng thời, báo cáo đề xuất UBND huyện …": a paragraph's second half, said of the same work; a report by a day is a duty of its own."""


_SANCTION = re.compile(
    r"(?:sau|qua)\s+(?:thoi (?:han|gian|diem)|ngay|han)(?![a-z])|(?:cac )?(?:don vi|co quan|dia phuong|ca nhan|truong hop|noi)\s(?:nao|[^,.;]{0,40}(?:khong|chua|cham(?! nhat))\s)|neu\s[^,.;]{0,60}(?:khong|chua|cham)\s"
    r"|(?:cac )?(?:bao cao|van ban|ho so|danh sach|y kien) (?:gui|nop)(?: [a-z]+){0,3} (?:cham|muon|sau|qua han|khong)\s"
)
""" "Quá thời hạn trên, đơn vị nào không gửi …": what follows from not doing it."""


_WHICHEVER_STILL = re.compile(r"(?:cac )?(?:truong|don vi|dia phuong|co quan|xa|phuong|phong|so|co so|thon|noi)\s+nao\s[^,.;]{2,60}?,?\s+thi\s+")


def _whichever_still(words: str) -> bool:
    """Whether a sentence says what those do who are late: "Trường nào còn sót thì khẩn trương lập danh sách …"."""
    still = _WHICHEVER_STILL.match(folded(words))
    return still is not None and opens_imperative(words, still.end())


_TERM = re.compile(
    r"(?:thoi han|thoi gian|han)\s+(?:hoan thanh|thuc hien|bao cao|gui|nop)|(?:viec|ket qua|noi dung) (?:nay|tren|thuc hien) [^.]{0,60}(?:hoan thanh|bao cao|gui)|(?:hoan thanh|xong|cham nhat|truoc ngay)(?![a-z])"
)


_OFFICE = (
    "(?:bo|so(?! lieu)|ubnd|uy ban|chu tich|cuc|tong cuc|chi cuc|phong|ban|lanh dao|vien|van phong|vksnd|thanh tra|hoi|lien doan|thu tuong|giam doc|tinh uy|huyen uy|thanh uy"
    "|cong ty|tong cong ty|tap doan|truong|trung tam|bao hiem xa hoi|bhxh|kho bac|toa an|cong an|ngan hang|benh vien|hoc vien)(?![a-z])"
)
"""Offices and persons to whom papers go, by the first word of their names."""
_PAPER_SENT = re.compile(
    r"(?:cac )?(?:bao cao|van ban|y kien|ket qua|danh sach|so lieu|thong tin|cong van|ban dang ky|file|phieu|de an|du an|de xuat|du thao|tai lieu|ho so|bieu mau|ban gop y|kien nghi|noi dung gop y)(?![a-z])[^.;:]{0,120}?(?:(?:xin |de nghi |yeu cau |phai |can )?(?:duoc )?(?:gui|nop))(?![a-z])"
    rf"|(?:cac )?(?:danh sach|so lieu|ket qua|bieu)(?![a-z])(?:[^.;:]|\.(?=\d)){{0,90}}? (?:xin|de nghi|yeu cau) (?:duoc )?bao cao (?=(?:ve|len|cho) {_OFFICE})"
    rf"|(?:cac )?ket qua(?: [a-z,]+){{0,12}}? bao cao (?=(?:ve |len )?{_OFFICE})"
)
""" "Báo cáo (xin) gửi về Sở …": the paper is the subject, who sends it are those the letter speaks to."""


_PAPER_ASKED = re.compile(
    r"(?:cac )?(?:bao cao|van ban|y kien|ket qua|danh sach|so lieu|thong tin|cong van|ban dang ky|phieu)(?![a-z])(?:(?!vuong mac|kho khan)[^.;:]){0,80}?"
    r"(?<![a-z])(?:xin|de nghi|yeu cau|phai|can|vui long) (?:duoc )?(?:gui|nop|chuyen)(?: bang van ban)? (?:ve|den|toi|cho) "
)


def _asks_for_paper(words: str) -> bool:
    """Whether a paper is asked for without a day: "Ý kiến góp ý xin gửi về Sở A để tổng hợp"; "Văn bản xin gửi kèm" is told."""
    asked = _PAPER_ASKED.match(folded(words))
    return asked is not None and body_phrase_at(words, asked.end()) is not None


_FOR_OPINION = re.compile(
    r"(?<![a-z])gui [^.;:]{3,160}? (?:den|toi|cho) [^.;:]{3,100}? (?:de|va) (?:xin |nghien cuu|co |tham gia |gop |cho )[^.;:]{0,40}?y kien"
)
""" "… xin gửi bản chụp văn bản đến quý cơ quan để nghiên cứu và có ý kiến, … trước ngày …": asked without a verb of asking."""


_ORDER_TO_ALL = re.compile(r"(?:yeu cau|kinh de nghi|de nghi)\s+")
""" "Yêu cầu gửi lịch Đại hội trước ngày 18/3": an order to those the letter speaks to."""


def _people_ordered(words: str) -> tuple[Named, ...] | None:
    """People of an office whom a sentence orders by their post: "Giao công chức Địa chính chủ trì …", "Giao bộ phận Tổng hợp theo dõi …"."""
    verb = _GIVES_TO_PEOPLE.match(folded(words))
    bearers = duty_bearers(words[verb.end() :]) if verb else None
    if verb is None or bearers is None or bearers[0]:
        return None
    start, end = verb.end(), verb.end() + bearers[1]
    return (Named(words[start:end], Evidence(start, end, "directing-verb", 0.75)),)


_GIVES_TO_PEOPLE = re.compile(r"giao (?:cho )?(?=(?:cac )?(?:can bo|cong chuc|vien chuc|nhan vien|bo phan|ke toan|chuyen vien)(?![a-z]))")


_FORWARDS = re.compile(r"(?<![a-z])chuyen (?:[a-z]+ ){0,12}?(?:den|toi|cho|ve) ")
_TO_HANDLE = re.compile(r"\s*,? de (?:kiem tra|xem xet|thu ly|giai quyet|xu ly|tra loi|chi dao)(?![a-z])")
""" "Ban A chuyển đơn của bà B đến Chủ tịch UBND huyện để xem xét, giải quyết": who gets it must handle it."""
_ASKED_BEHIND = re.compile(r"[,;]\s+(?P<verb>(?:kinh |tran trong )?(?:de nghi|yeu cau)\s+)(?!cua |tai |so )")
""" "Ban A chuyển đơn đến Chủ tịch UBND huyện để xem xét, đề nghị cung cấp hồ sơ …": asked of those the letter speaks to."""
_PETITION = re.compile(r"[^,;.]{2,90}? nhan duoc (?:cac )?(?:don|kien nghi|phan anh|cong van|van ban|to trinh|ho so)(?! nay)(?![a-z])[^.;]*?, (?:de nghi|yeu cau|kien nghi) ")
""" "Tòa án nhận được đơn của ông A, đề nghị xem xét lại …": what the petition wants."""
_GIVEN_OPINION = re.compile(r"(?<![a-z])(?:y kien|ket luan|chi dao)(?: chi dao| ket luan| giai quyet)? nhu sau\s*:\s+(?=[a-z])")
""" "…, Phó Thủ tướng có ý kiến như sau: UBND tỉnh A chủ động …; phần còn lại giao Bộ B …": the first told is the doer."""


def _free_sentence(
    words: str, setting: Setting, announces_list: bool, *, closing: bool, continues: bool
) -> _Found | None:
    """The directive in a sentence; None where the sentence directs nobody."""
    plain = folded(words)
    if len(words) < 25 or (
        plain.startswith(("tren day la", "luu y:", "can cu", "noi nhan"))
        and not directing_clauses(words)
        and not (plain.startswith("can cu") and _bound_behind(words, setting))
    ):
        return None
    if (setting.default_bodies or setting.asked) and _PAPER_SENT.match(plain) and (owes(words, setting) or ((closing or setting.ordered) and _asks_for_paper(words))):
        return _Found(0, (), OWED)
    if setting.default_bodies and _whichever_still(words):
        return _Found(0, (), OWED if owes(words, setting) else "imperative")
    announces = bool(ANNOUNCES.search(plain.rstrip(TAIL_NOISE)))
    if announces and (announces_list or re.search(r"(?:nhu sau|sau day|sau)\s*:\s*$", plain)) and not setting.contents:
        return None
    if (setting.addressees or setting.mode != "open") and (named_apart := singled_out(words)):
        return _Found(0, named_apart, "singled-out")
    clauses = directing_clauses(words)
    if _SANCTION.match(plain) and not clauses:
        return None
    if (opinion := _GIVEN_OPINION.search(plain)) and not announces and not closing:
        own = words[opinion.end() :]
        subject = leading_subject(own)
        if subject is not None and (bodies := named_bodies(own, subject, "subject")) and not is_issuer(bodies, setting):
            return _Found(opinion.end(), bodies, "subject")
    if clauses:
        clause = clauses[0]
        start = _clause_begin(words, clause.start)
        own = words[start:]
        conveyed = setting.alone and not setting.ordered and carries_out_another(own)
        if not conveyed and (only_urges(own) or ((closing or plain.startswith("tren day la")) and only_urges(words))):
            return None
        named = read_responsible(own, issuer=setting.issuer)
        if named is None or not named[0]:
            span = (clause.bodies_start - start, clause.bodies_end - start)
            named = named_bodies(own, span, "directing-verb"), "directing-verb"
        if _asked_by_another(words, clause, setting):
            return None
        if is_issuer(named[0], setting) and not announces_list and not closing:
            return None  # what somebody else has ordered the sender to do
        return _Found(start, named[0], "directing-verb")
    if not clauses and _PETITION.match(plain) and not _FORWARDS.search(plain):
        return None
    if setting.default_bodies and _FOR_OPINION.search(plain) and owes(words, setting):
        return _Found(0, (), OWED)
    if not clauses and not announces and (people := _people_ordered(words)) is not None and not only_urges(words):
        return _Found(0, people, "directing-verb")
    ordered = _ORDER_TO_ALL.match(plain)
    asked = _ASKED_BEHIND.search(plain) if setting.addressees and not ordered and not announces and not announces_list else None
    if asked and (spoken_of := those_spoken_of(words)) is not None and not only_urges(words[asked.start("verb") :]):
        return _Found(0, bodies_spoken_of(words, spoken_of), "subject")
    if asked and opens_imperative(words, asked.end()) and not only_urges(words[asked.start("verb") :]) and not is_courtesy(words):
        return _Found(asked.start("verb"), (), "imperative")
    if (forwarded := _FORWARDS.search(plain)) and setting.addressees and not announces:
        receiver = body_phrase_at(words, forwarded.end())
        if receiver and _TO_HANDLE.match(plain, receiver[1]):
            return _Found(0, named_bodies(words, receiver, "directing-verb"), "directing-verb")
    if ordered and setting.default_bodies and opens_imperative(words, ordered.end()) and not only_urges(words) and not announces_list:
        return _Found(0, (), "imperative")
    if only_urges(words) or is_courtesy(words) or announces_list:
        return None  # before the list only an express order counts; the rest tells how it came about
    if setting.ordered and _opinion(setting) and (work := assigned_by_do(words)) is not None:
        bodies = named_bodies(words, work, "work-of")
        return None if is_issuer(bodies, setting) else _Found(0, bodies, "work-of")
    based = _BASIS.match(plain) is not None
    behind = _bound_behind(words, setting) if based else subject_after_prefix(words)
    subject = leading_subject(words) or (behind if not is_narrative(words) else None)
    if subject is not None:
        if setting.kind == "kế hoạch":
            return None
        bodies = named_bodies(words, subject, "subject")
        told = continues or closing or setting.mode != "open" or _opinion(setting)
        conveyed = closing and setting.kind == "thông báo" and watches_over_it(words)  # an office that passes on a conclusion may have to see to it
        if not told or (is_issuer(bodies, setting) and not conveyed):
            return None
        start = subject[0] if based and subject is behind else 0
        return _Found(start, named_bodies(words[start:], (subject[0] - start, subject[1] - start), "subject"), "subject")
    if closing and setting.mode == "directive" and _ANSWERS_AND_REPORTS.search(plain) and owes(words, setting) and (bound := body_phrase_at(words, 0)):
        return _Found(0, named_bodies(words, bound, "subject"), "subject")
    if setting.ordered and not setting.meeting and setting.default_bodies and _REPORT_DUE.match(plain) and owes(words, setting):
        return _Found(0, (), OWED)
    if (
        (continues or (closing and setting.mode == "directive"))
        and opens_imperative(words)
        and setting.default_bodies
    ):
        return _Found(0, (), "imperative", goes_on=continues)
    return None


_ANSWERS_AND_REPORTS = re.compile(r"(?<![a-z])chiu trach nhiem (?:thi hanh|thuc hien|to chuc thuc hien)(?![a-z])[^.;]*?(?<![a-z])(?:bao cao|gui)(?![a-z])")
""" "Giám đốc các Sở … chịu trách nhiệm thi hành Chỉ thị này và báo cáo kết quả trước ngày …": a report is owed besides."""
_REPORT_DUE = re.compile(rf"(?:tong hop,? )?(?:bao cao|gui (?:bao cao|ket qua))(?: [a-z]+){{0,6}} (?:ve|cho|len) {_OFFICE}")
""" "Báo cáo kết quả về Sở chậm nhất ngày 20/10": a paragraph of its own behind the one that ordered the work."""


def _asked_by_another(words: str, clause: Directing, setting: Setting) -> bool:
    """Whether somebody else asks the one the letter is sent to: "Tòa án yêu cầu công ty bồi thường …" tells it."""
    spoken_to = words[clause.bodies_start :].lower().startswith("quý ")
    if spoken_to or addressed_noun(words, clause.bodies_start) != (clause.bodies_start, clause.bodies_end):
        return False
    before = find_bodies(words[: clause.start])
    return bool(before) and clause.start - before[-1].evidence.end <= 1 and not is_issuer(before[-1:], setting)


_IN_VIEW_OF = re.compile(r"(?:can cu|tren co so|truoc|xet|do) (?:tinh hinh|thuc trang|dien bien|yeu cau|nhu cau|thuc te|du bao|ket qua)(?![a-z])")
_ON_THIS = re.compile(r"can cu (?:vao )?(?:cac )?(?:noi dung |yeu cau |huong dan )?(?:(?:tai|cua) )?(?:cong van|van ban|chi thi|thong bao|huong dan|ke hoach) (?:nay|tren)(?![a-z])")
""" "Căn cứ nội dung Công văn này, các Chi cục có văn bản chỉ đạo …": an order of this letter, whatever its verb."""
_BOUND = re.compile(r"\s*(?:phai|can|co trach nhiem)(?! (?:duoc|bi))(?![a-z])")


def _bound_behind(words: str, setting: Setting) -> tuple[int, int] | None:
    """Those the letter speaks to where they are bound to something behind a basis: "Căn cứ tình hình …, các địa phương cần …"."""
    if _ON_THIS.match(folded(words)):
        return subject_after_prefix(words)
    subject = subject_after_prefix(words) if _IN_VIEW_OF.match(folded(words)) else None
    if subject is None or not setting.addressees or not _BOUND.match(folded(words), subject[1]):
        return None
    bodies = named_bodies(words, subject, "subject")
    return subject if any(standing_for(body, setting) == setting.addressees for body in bodies) else None


def _opinion(setting: Setting) -> bool:
    return setting.kind in ("công văn", "thông báo", "công điện", "chỉ thị")


_ISSUER_TAIL = re.compile(
    r"(?:^|[,;:.]\s+|\bvà\s+)(?P<subject>(?:(?:Phó\s+)?(?:Thủ tướng|Chủ tịch|Bộ trưởng|Giám đốc|Cục trưởng|Tổng cục trưởng|Chánh Văn phòng|Trưởng ban)"
    r"|Bộ|Sở|UBND|Ủy ban|Uỷ ban|Ban|Cục|Tổng cục|Văn phòng|Chi cục|Lãnh đạo|Chính phủ|Thường trực|Hội đồng|Tỉnh ủy|Huyện ủy)[^,;:.]{0,110}?\s(?:(?:kính|trân trọng|tiếp tục|cũng|đã|có)\s+)?)$"
)  # fmt: skip


_FROM_THEN_ON = re.compile(r"(?:(?:bat dau |ke )?tu|truoc|cham nhat(?: vao| la)?) (?:nam|thang|quy|ngay|tuan|ky) [^,;:.]{1,40},\s")
""" "Từ năm 2025, đề nghị các xã báo cáo …", "Trước ngày 30/6, đề nghị …": since when or by when, a part of what is asked."""
_PURPOSE = re.compile(r"[;.]\s+(?=(?:Để|Nhằm)\s)")
""" "Thực hiện Thông báo …; Để chuẩn bị …, Bộ đề nghị": the basis goes, the purpose stays."""


_TIME_BEFORE = re.compile(r"(?:trong|truoc|cham nhat|muon nhat|den)(?: het| cuoi)?(?: ngay| thang| quy| tuan)* \d[\d/.-]*(?: (?:thang|nam|quy) \d+)*,\s+(?:kinh |tran trong )?")
""" "Trước ngày 5/6/2022, đề nghị các đơn vị …": the time stays."""


def _clause_begin(text: str, verb: int) -> int:
    """Where the directive begins: its subject, if the sender is named before the verb; a purpose clause stays."""
    plain = folded(text)
    if re.match(r"(?:de|nham)\b", plain):
        return 0
    if _FROM_THEN_ON.match(plain) and "," not in text[text.find(",") + 1 : verb]:
        return 0
    purposes = [match.end() for match in _PURPOSE.finditer(text, 0, verb)]
    if purposes:
        return purposes[-1]
    match = _ISSUER_TAIL.search(text[:verb])
    start = match.start("subject") if match else verb
    if _TIME_BEFORE.fullmatch(plain, 0, start):
        return 0
    if not _BASIS.match(plain) and "," not in text[:start] and ";" not in text[:start] and start < 60:
        return 0 if match is None and start < 30 else start
    return start
