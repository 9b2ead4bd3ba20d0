"""How a letter announces its list of tasks, and whom it commands there."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from nlp.collapsed import Collapsed
from nlp.directives import (
    Directing,
    directing_clauses,
    folded,
    leading_subject,
    lexicon,
    subject_after_prefix,
)
from nlp.duties import named_bodies, same_body
from nlp.lexicon import toml
from nlp.outline import Outline
from nlp.outline.values import BULLETS
from nlp.sentences import sentences
from nlp.tasks.headings import asks_for_contents, lists_wrongs, placed
from nlp.tasks.setting import Mode, Setting, has_any, is_issuer, standing_for
from nlp.telling import announces_notice, answers_a_question
from nlp.types import Evidence, Named

TAIL_NOISE = " ˆ^`'~.|_-*"


SHORT_NAME = re.compile(
    r"sau day (?:goi|viet) (?:(?:tat|chung) ){0,2}la:?\s*[“\"]?(?P<name>[^()”\"]{3,160}?)[”\"]?\s*\)"
)
""" "(sau đây gọi chung là các địa phương)", in folded text."""


ANNOUNCES = re.compile(
    r"(?:\bsau(?: day)?|duoi day|nhu sau|noi dung|nhiem vu|cong viec|viec|bien phap|giai phap|van de)\s*[:.;]?\s*$|:\s*$"
)


_BRACKET = re.compile(r"\s*\([^()]{20,400}\)")
""" "hướng dẫn chế độ trực (trừ các trạm thực hiện chế độ riêng) như sau:": a long bracket stands between the verb and its end."""


_DECIDES = re.compile(r"(?<![a-z])(?:quyet dinh|quyet nghi)\s*:?$")
""" "QUYẾT ĐỊNH:" opens the articles of a decision: each says by itself what it is."""


def with_announcement(body: str, tree: Outline, setting: Setting) -> Setting:
    """The setting with how the letter announces its list, and whom it commands there."""
    if not tree.items:
        return setting
    candidates = [Collapsed.of(body, p.start, p.end) for p in tree.preamble]
    above_list = candidates[-1] if candidates else None
    first = tree.items[0]
    if first.style in BULLETS and first.paragraphs:
        dashed = Collapsed.of(body, first.paragraphs[0].start, first.paragraphs[0].end)
        candidates += [dashed] if _ANSWER_OPENS.match(folded(dashed.text)) else []
    for item in tree.items:
        candidates.extend(Collapsed.of(body, p.start, p.end) for p in item.paragraphs[1:])
    mode: Mode = "open"
    commanded: tuple[Named, ...] = ()
    announced_at = 0
    wrongs = False
    for candidate in candidates:
        opening = _announcement(candidate)
        last = opening.text
        words = folded(last)
        if not ANNOUNCES.search(words.rstrip(TAIL_NOISE)) or _DECIDES.search(words.rstrip(TAIL_NOISE)):
            continue
        said = _BRACKET.sub("", words)
        clauses = directing_clauses(last)
        short = SHORT_NAME.search(words)
        if short and not commanded:
            name = Evidence(*short.span("name"), "short-name-in-opening", 0.9)
            commanded = (Named(last[name.start : name.end], opening.evidence(name)),)
        if candidate is above_list and lists_wrongs(last):
            wrongs = True
        elif not clauses and announces_notice(last):
            mode = "notice" if mode == "open" else mode
        elif clauses or (has_any(_WANTED_GUIDANCE.sub("", said[-150:]), lexicon().announce_directive) and not _informs(said)):
            mode = "directive"
        elif _informs(said) or answers_a_question(candidate.text, setting.addressees):
            mode = "informing" if mode == "open" else mode
            setting = replace(setting, reports=_informs(said) and bool(_OWN_REPORT.search(said[-120:])))
            setting = replace(setting, guides=_guides(candidate.text, setting))
        doer = _told_to_do(last, setting) if not clauses else ()
        if doer and (not _informs(said) or all(standing_for(each, setting) != (each,) or _is_addressee(each, setting) for each in doer)):
            mode = "directive"
            commanded = commanded or placed(opening, doer)
        if mode == "directive" and not announced_at and _begins_a_list(tree, opening.offsets[0]):
            announced_at = opening.offsets[0]
        if clauses and not commanded:
            outermost = clauses[-1] if clauses[-1].verb != "chi dao" else clauses[0]
            commanded = placed(
                opening,
                named_bodies(last, (outermost.bodies_start, outermost.bodies_end), "commanded-in-opening"),
            )
            if setting.kind == "công văn" and (asks_for_report(last, outermost.bodies_end) or _tells_ways(body, tree)):
                setting = replace(setting, contents=True)
            activity = _ACTIVITY.match(words, outermost.bodies_end)
            setting = replace(setting, activity=activity is not None and _gathers().search(last, activity.start()) is None)
            if _assigns(last, outermost) and len(commanded) == 1:
                setting = replace(setting, addressees=commanded)
    if wrongs:
        end = _end_of_first_list(tree)
        mode = "informing" if mode == "open" and not end else mode
        announced_at = max(announced_at, end)
    return replace(setting, mode=mode, announced_at=announced_at, commanded=commanded)


_ANSWER_OPENS = re.compile(r"\W*(?:tra loi|phuc dap)(?![a-z])[^;]*(?:nhu sau|sau day)\s*:\s*$")
""" "- Trả lời công văn số … của Công ty A, Cục có ý kiến như sau:": an opening that the reading gave a dash."""


def _end_of_first_list(tree: Outline) -> int:
    """Where the item stands behind the first one that has a paragraph of its own, which leads on; 0 where none does."""
    leads_on = (index for index, item in enumerate(tree.items[:-1]) if any(len(each.paragraphs) > 1 for each in item.walk()))
    first = next(leads_on, None)
    return 0 if first is None else tree.items[first + 1].start


def _begins_a_list(tree: Outline, at: int) -> bool:
    """Whether an announcement closes one list and opens another, whose first item stands right behind it."""
    behind = next((index for index, item in enumerate(tree.items) if item.start > at), 0)
    return behind > 0 and (tree.items[behind].path[-1:] in (("1",), ("I",), ("a",)) or _FIRST.fullmatch(folded(tree.items[behind].label)) is not None)


_FIRST = re.compile(r"(?:mot la|thu nhat)\W*")


def _assigns(text: str, clause: Directing) -> bool:
    """Whether the list is given to one body by name: "…, UBND tỉnh giao Sở Xây dựng:"; the other addressees only learn of it."""
    return clause.verb.startswith("giao") and text[clause.bodies_end :].strip() == ":"


_ACTIVITY = re.compile(
    r"(?: (?:trong|tren|thuoc) (?:toan|dia ban) (?:[a-z]+ ){1,4}?)?\s*(?:dong loat |phoi hop |tich cuc )?"
    r"(?:trien khai|to chuc|phat dong|huong ung|ra quan)(?![a-z])"
)
""" "đề nghị các chi đoàn tổ chức Ngày thứ bảy tình nguyện, cụ thể như sau:": time, place and contents follow, the contents are work."""


@cache
def _gathers() -> re.Pattern[str]:
    """What is no activity: a meeting, a course or a contest has a programme for contents; "Tuần lễ", "giải pháp" are none."""
    nouns = "|".join(map(re.escape, toml("duty_words.toml")["gatherings"]["nouns"]))
    return re.compile(rf"(?<!\w)(?<!tuần )(?:{nouns})(?!\w)(?! pháp| quyết| phóng| ngân)", re.IGNORECASE)


_BARE_ANNOUNCEMENT = re.compile(
    r"(?:cac )?(?:noi dung |nhiem vu )?(?:cu the|chi tiet|trong do|noi dung|nhiem vu)?\s*(?:la |nhu )?(?:sau|sau day)?\s*:?\s*$"
)


def _announcement(text: Collapsed) -> Collapsed:
    """The sentence that announces the list; a bare "Cụ thể như sau:" with the sentence before it."""
    cuts = sentences(text.text)
    if not cuts:
        return text.cut(0, 0)
    start = cuts[-1][0]
    if len(cuts) > 1 and _BARE_ANNOUNCEMENT.match(folded(text.text[start:]).rstrip(TAIL_NOISE)):
        start = cuts[-2][0]
    return text.cut(start)


_OWN_REPORT = re.compile(r"(?<![a-z])(?:bao cao|giai trinh)(?![a-z])(?!.*(?<![a-z])(?:y kien|huong dan|tra loi|thong bao|kien nghi|de xuat)(?![a-z]))")
_REPORTS_FIRST = re.compile(
    r"\s*,?\s*(?:(?:khan truong|chu dong|nghiem tuc|nghien cuu|ra soat|tong hop|thong ke|gui|co van ban|xay dung|lap|va|,)\s*,?\s*)*(?:bao cao|cung cap|danh gia|tham gia y kien|gop y|cho y kien)(?![a-z])"
)
_BY_CONTENTS = re.compile(r"(?:theo|gom|ve|bao gom|tap trung vao)\s(?:cac |mot so |nhung |de cuong )*(?:noi dung|van de|thong tin|so lieu|chi tieu)?(?: [a-z]+){0,3}\s*:?\s*$")


def asks_for_report(text: str, at: int) -> bool:
    """Whether those asked are first of all to report, by the points that follow: "đề nghị các đơn vị báo cáo … theo các nội dung sau:"."""
    words = folded(text).rstrip(TAIL_NOISE)
    if not _REPORTS_FIRST.match(words, at):
        return False
    return _BY_CONTENTS.search(words, at) is not None or asks_for_contents(words)


_WAY = re.compile(r"(?:cach|buoc)\s*(?:thu\s+[a-z]+|\d{1,2})\s*[:.]")


def _tells_ways(body: str, tree: Outline) -> bool:
    """Whether what is listed are the ways or steps of one work ("Cách 1: …", "Bước 2: …"), which whoever is told to teach or do it follows."""
    return len(tree.items) > 1 and all(_WAY.match(folded(Collapsed.of(body, p.start, p.end).text)) for item in tree.items for p in item.paragraphs[:1])


_MUST = re.compile(
    r"\s*,?\s*(?:can|phai|co trach nhiem|tap trung|trien khai|thuc hien|khan truong|chu dong|to chuc|nghiem tuc|quan tam)(?![a-z])"
)


def _told_to_do(text: str, setting: Setting) -> tuple[Named, ...]:
    """Who is told to do what follows, without a verb of ordering: "…, các trường cần làm tốt những việc sau:"."""
    span = leading_subject(text) or subject_after_prefix(text, len(text))
    if span is None or not _MUST.match(folded(text), span[1]):
        return ()
    bodies = named_bodies(text, span, "commanded-in-opening")
    return () if is_issuer(bodies, setting) else bodies


def _is_addressee(body: Named, setting: Setting) -> bool:
    return any(same_body(body.text, each.text) for each in setting.addressees)


_WANTED_GUIDANCE = re.compile(r"(?<![a-z])de nghi (?:duoc )?(?:giai dap|giai thich|huong dan|tra loi|cho y kien)(?![a-z])")
""" "Trả lời công văn … của Cục Thuế đề nghị hướng dẫn …": what the other letter wanted orders nothing here."""
_GUIDANCE = re.compile(r"(?<![a-z])huong dan(?![a-z])[^:]{0,160}:?\s*$")


def _guides(opening: str, setting: Setting) -> bool:
    """Whether a letter to offices guides them in work that they have to do, and answers nobody: "KBNN hướng dẫn một số nội dung như sau"."""
    words = _BRACKET.sub("", folded(opening)).rstrip(TAIL_NOISE)
    return bool(setting.addressees) and _GUIDANCE.search(words[-220:]) is not None and not answers_a_question(opening, setting.addressees) and not _ANSWERS_SOMEBODY.search(words)


_ANSWERS_SOMEBODY = re.compile(r"(?<![a-z])(?:tra loi|phuc dap|nhan duoc|co cong van|de nghi huong dan|vuong mac)(?![a-z])")


_INSTRUCTS = re.compile(
    r"huong dan (?!(?:tiep theo |bo sung |them )?(?:thuc hien|trien khai|cu the|chi tiet|mot so|noi dung|ve))[a-z ,]{3,110} (?:thuc hien|trien khai)(?![a-z])"
)
""" "hướng dẫn các cấp Hội thực hiện …" directs somebody; "hướng dẫn thực hiện …" explains."""


_WORK_GUIDED = re.compile(r"huong dan (?:thuc hien |trien khai )?(?:mot so|cac|nhung) (?:cong viec|viec|nhiem vu)(?! [^:]*(?:nguoi|doanh nghiep))[^:.;]{0,100}:?\s*$")
""" "Phòng hướng dẫn một số công việc chuẩn bị năm học như sau": what stands below is to be done."""


_INSTRUCTS_WHOM = re.compile(
    r"huong dan (?:cac |quy )?(?:truong|don vi|dia phuong|phong|so|ubnd|uy ban|xa|phuong|co quan|co so|chi bo|cong doan|hoi|chi nhanh|trung tam|nganh)(?![a-z])"
    r"[a-z ,-]{0,90} (?:to chuc|lap|xay dung|bao cao|chuan bi|tien hanh)(?![a-z])"
)
""" "hướng dẫn các trường tổ chức hội thi như sau": what stands below is theirs to do, where it says so."""


_WORK_NAMED = re.compile(r"(?<![a-z])(?:viec|cong tac|hoat dong) (?:dang ky|huong dan|bao cao|thong tin|lam ro)(?![a-z])")
""" "triển khai việc đăng ký danh hiệu như sau": a work to be done, nothing the sender itself registers."""


def _informs(words: str) -> bool:
    """Whether the announcing verb, the one nearest to the end, only informs ("trả lời như sau")."""
    if _WORK_GUIDED.search(words[-190:]) or _INSTRUCTS.search(words[-190:]) or _INSTRUCTS_WHOM.search(words[-190:]):
        return False
    last = words[-120:]
    directs = [
        m.end()
        for m in re.finditer(r"(?<![a-z])(?:ket luan|yeu cau|de nghi|giao|chi dao|chi thi)(?![a-z])", last)
    ]
    last = _WORK_NAMED.sub(lambda named: " " * len(named[0]), last)
    informs = [last.rfind(word) for word in lexicon().announce_informing]
    return max(informs, default=-1) > max(directs, default=-1)
