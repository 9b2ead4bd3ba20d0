"""The tasks of the items of a list, from their headings downwards."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from nlp.bodies import body_phrase_at, is_body, split_bodies
from nlp.collapsed import Collapsed
from nlp.deadlines import find_deadlines
from nlp.directives import directing_clauses, folded, is_narrative, leading_subject, lexicon, opens_imperative
from nlp.duties import read_coordinating, read_responsible, same_body
from nlp.lexicon import toml
from nlp.outline import Item, Paragraph
from nlp.outline.lines import TERMINAL, UNFINISHED
from nlp.references import find_references, mask
from nlp.sentences import sentences
from nlp.tasks.building import make_task
from nlp.tasks.from_tables import row_leads, row_task
from nlp.tasks.headings import (
    Heading,
    asks_for_contents,
    gives_address,
    heading_kind,
    is_title,
    lists_wrongs,
    names_things,
    placed,
    strip_heading,
)
from nlp.tasks.owed import OWED, owes
from nlp.tasks.role_lines import as_row
from nlp.tasks.setting import Setting, is_issuer, stand_for_all
from nlp.tasks.urging import only_difficulties, only_urges
from nlp.telling import (
    is_scheduled,
    obliges,
    rules_for_anybody,
    settles,
    speaks_of_applicants,
    states_law,
    tells_of_bodies,
)
from nlp.types import Deadline, Evidence, Named, Task


def item_tasks(body: str, item: Item, above: Heading, setting: Setting) -> Iterator[Task]:
    """The tasks of an item and of those below it, with what the headings above say."""
    row = None if above.informing or above.contents else as_row(body, item)
    if row is not None and not row[1]:
        task = row_task(body, row[0], item.path, setting)
        if task is not None:
            yield task
            return
    elif row is not None:
        leads, helpers = row_leads(body, row[0], setting)
        above, item = replace(above, bodies=leads, coordinating=helpers), replace(item, children=row[1])
    first = item.paragraphs[0] if item.paragraphs else Paragraph(item.start, item.start)
    text = Collapsed.of(body, first.start, first.end)
    head, text = strip_heading(text)
    if not head.bodies and (alone := _bodies_alone(body, text, setting)):
        head, text = Heading(alone[0]), alone[1]
    text = _below_theme(body, text, setting) or text
    below = above
    holds_more = bool(item.children) or len(item.paragraphs) > 1
    if head.bodies:
        below = replace(above, bodies=stand_for_all(head.bodies, setting), coordinating=head.coordinating)
    if text.text:
        lists_contents = (
            bool(item.children)
            and text.text.rstrip().endswith(":")
            and (gives_address(text.text) or (opens_imperative(text.text) and (asks_for_contents(text.text) or names_things(body, item.children))))
        )
        if holds_more and not lists_contents:
            below = heading_kind(text.text, below)
        if item.children and lists_wrongs(text.text):
            below = replace(below, informing=True)
        if not (holds_more and not lists_contents and is_title(text.text, item)):
            unit = list(
                _unit(
                    text, item.label, below, setting, has_children=bool(item.children) and not lists_contents
                )
            )
            if unit and lists_contents and not unit[-1].deadlines:
                unit[-1] = replace(unit[-1], deadlines=_terms_below(body, item, setting))
            yield from unit
            if unit and lists_contents:
                below = replace(below, contents=True)
            elif item.children and unit and text.text.rstrip().endswith(":"):
                below = replace(
                    below, contents=asks_for_contents(text.text), bodies=unit[0].responsible or below.bodies
                )
            elif item.children:
                named = read_responsible(text.text)
                if named is not None and not below.bodies:
                    below = replace(
                        below,
                        bodies=placed(text, named[0]),
                        coordinating=placed(text, read_coordinating(text.text)),
                    )
    doers: tuple[Named, ...] = ()
    for paragraph in item.paragraphs[1:]:
        more = Collapsed.of(body, paragraph.start, paragraph.end)
        head, rest = strip_heading(more)
        if head.bodies:
            below = replace(below, bodies=stand_for_all(head.bodies, setting), coordinating=head.coordinating)
        if not rest.text:
            continue
        announces = (
            bool(item.children) and paragraph is item.paragraphs[-1] and rest.text.rstrip().endswith(":")
        )
        going_on = below
        if doers and not below.bodies and opens_imperative(rest.text) and not announces:
            going_on = replace(below, bodies=doers)
        unit = list(_unit(rest, item.label, going_on, setting, has_children=announces, continued=True))
        yield from unit
        doers = unit[-1].responsible if unit and unit[-1].evidence.rule == "task-subject" else doers
        if announces:
            ordered = _ORDERS_BELOW.search(folded(rest.text.rstrip())) is not None
            named = read_responsible(rest.text, issuer=setting.issuer)
            if named is not None and ordered and named[1] != "directing-verb":
                named = None  # "Viện trưởng VKSND tỉnh yêu cầu:": who orders
            below = replace(
                below,
                informing=below.informing and not directing_clauses(rest.text) and not ordered,
                contents=bool(unit) and asks_for_contents(rest.text),
                bodies=placed(rest, named[0]) if named else below.bodies,
                coordinating=placed(rest, read_coordinating(rest.text)) if named else below.coordinating,
            )
    if item.children and setting.mode != "directive":
        setting = _for_what_follows(body, item, below, setting)
    for child in item.children:
        yield from item_tasks(body, child, below, setting)


_LONGEST_LINE = 200


def _bodies_alone(body: str, text: Collapsed, setting: Setting) -> tuple[tuple[Named, ...], Collapsed] | None:
    """The bodies that fill the first line of a unit, and the duty that begins on the next: a heading without its colon."""
    if not text.offsets or "\n" not in body[text.offsets[0] : text.offsets[0] + _LONGEST_LINE]:
        return None
    if (named := _first_line_alone(body, text, setting)) is not None:
        return named
    span = body_phrase_at(text.text, 0)
    if span is None or span[1] + 1 >= len(text.text) or not text.text[span[1] + 1].isupper():
        return None
    between = body[text.offsets[span[1] - 1] + 1 : text.offsets[span[1] + 1]]
    if "\n" not in between or between.strip() or not opens_imperative(text.text, span[1] + 1):
        return None
    return placed(text, split_bodies(text.text[: span[1]])), text.cut(span[1])


_ASKED = re.compile(r"(?:de nghi|yeu cau|giao|doi voi|trach nhiem cua|nhiem vu cua)\s+")


def _parted(body: str, text: Collapsed, setting: Setting) -> tuple[Collapsed, Collapsed] | None:
    """The first printed line of a unit and what stands below, where the break was meant: the first word below would have fitted behind it."""
    first = body.find("\n", text.offsets[0], text.offsets[0] + _LONGEST_LINE) if text.offsets else -1
    if first < 0:
        return None
    cut = bisect_left(text.offsets, first)
    line, rest = text.cut(0, cut), text.cut(cut)
    used = first - body.rfind("\n", 0, text.offsets[0])
    meant = not setting.width or used + len(rest.text.split(" ", 1)[0]) <= _FITS * setting.width
    return (line, rest) if meant and rest.text[:1].isupper() and not TERMINAL.search(line.text) else None


_FITS = 0.93
"""A word that would have ended before this part of the usual width would have fitted into the line."""


def _first_line_alone(body: str, text: Collapsed, setting: Setting) -> tuple[tuple[Named, ...], Collapsed] | None:
    """The bodies that are all of the first line ("4. Đề nghị Mặt trận Tổ quốc huyện"), and the duty that begins on the next ("Phối hợp …")."""
    parts = _parted(body, text, setting)
    if parts is None:
        return None
    line, rest = parts
    asked = _ASKED.match(folded(line.text))
    begin = asked.end() if asked else 0
    if not is_body(line.text[begin:]) or not (opens_imperative(rest.text) or opens_imperative_after_prefix(rest.text)):
        return None
    return placed(text, split_bodies(line.text, (begin, len(line.text)))), rest


_THEME = re.compile(r"(?:ve|cong tac|doi voi (?:cong tac|viec)|linh vuc)\s")


def _below_theme(body: str, text: Collapsed, setting: Setting) -> Collapsed | None:
    """The duty that begins on the line below a theme printed without a colon: "2. Về thi tốt nghiệp" / "Thủ trưởng các trường có trách nhiệm …"."""
    if not _THEME.match(folded(text.text[:24])):
        return None
    parts = _parted(body, text, setting)
    if parts is None or UNFINISHED.search(parts[0].text):
        return None
    bound = leading_subject(parts[1].text)
    return parts[1] if bound is not None and _IS_BOUND.match(folded(parts[1].text), bound[1]) else None


_IS_BOUND = re.compile(r"\s+(?:co trach nhiem|chiu trach nhiem|phai|can|chu tri|phoi hop|chi dao|khan truong|tiep tuc|tang cuong|to chuc|chu dong)(?![a-z])")


def _terms_below(body: str, item: Item, setting: Setting) -> tuple[Deadline, ...]:
    """The terms that the lines below a duty set for some of those who owe it: "- Các trường: chậm nhất ngày 06/10"."""
    lines = [Collapsed.of(body, part.start, part.end) for child in item.children for part in child.paragraphs[:1]]
    return tuple(
        replace(deadline, evidence=replace(line.evidence(deadline.evidence), rule="deadline.below", confidence=0.8))
        for line in lines
        for deadline in find_deadlines(line.text, issued_on=setting.issued_on)
        if _SHARE.fullmatch(line.text[: deadline.evidence.start])
    )


_SHARE = re.compile(r"(?:[^:]{3,120}:)?\s*(?:gửi |nộp |báo cáo |hoàn thành )?$", re.IGNORECASE)


@cache
def _parcels_out() -> re.Pattern[str]:
    """ "III. TỔ CHỨC THỰC HIỆN", "5. Phân công chuẩn bị:": what stands below is somebody's, also in a letter that explains."""
    return re.compile(rf"(?:{'|'.join(toml('duty_words.toml')['parcels_out']['headings'])})\s*[:.]?\s*$")


_ORDERS_BELOW = re.compile(
    r"(?<![a-z])(?:yeu cau|giao|de nghi|chi dao)(?: (?:thuc hien|trien khai))?(?: (?:cac |mot so )?(?:noi dung|nhiem vu|viec|cong viec))?(?: nhu)?(?: sau)?(?: day)?\s*:$"
)
""" "Điều 2. Căn cứ kết quả kiểm tra, Chủ tịch UBND huyện yêu cầu:"."""


def _for_what_follows(body: str, item: Item, above: Heading, setting: Setting) -> Setting:
    """The setting for what is listed below an item whose last words parcel out work or order it, in a letter that explains.

    "Đề nghị Sở A phối hợp với Sở B:" orders too, where its heading names who is meant.
    """
    last = item.paragraphs[-1] if item.paragraphs else None
    words = Collapsed.of(body, last.start, last.end).text.rstrip() if last else ""
    plain = folded(words)
    ordered = words.endswith(":") and above.bodies and any(clause.start <= 3 for clause in directing_clauses(words))
    if ordered or _ORDERS_BELOW.search(plain):
        return replace(setting, mode="directive")
    return replace(setting, mode="open") if _parcels_out().fullmatch(plain) else setting


def _unit(
    text: Collapsed,
    label: str,
    heading: Heading,
    setting: Setting,
    *,
    has_children: bool,
    continued: bool = False,
) -> Iterator[Task]:
    words = text.text
    if heading.informing or heading.contents or len(words) < 12:
        return
    named = read_responsible(words, issuer=setting.issuer, labelled=bool(label))
    if named is None or named[1] == "duty-bearers":
        named = _addressee_named(words, setting) or named
    if named is not None and named[1] == "directing-verb" and _OWN_STAFF.match(folded(words)) and (heading.bodies or setting.default_bodies):
        named = None  # "Phân công Kiểm sát viên có kinh nghiệm …": who must act parcels out his own people
    if named is not None and heading.bodies and words.startswith("Lãnh đạo ") and all(_PARTY_BODY.match(folded(body.text)) for body in heading.bodies):
        named = None  # "Lãnh đạo Ủy ban nhân dân tỉnh bảo đảm …" below a party body: here it is a verb
    if named is not None and heading.bodies and _WITHIN.match(folded(words)):
        named = None  # "Phân công Kiểm lâm địa bàn bám sát cơ sở": the heading's body parcels out its own people
    if (
        has_children
        and words.rstrip().endswith((":", "sau", "sau."))
        and not _is_duty_with_contents(words, named)
        and not _orders_first(words, named)
    ):
        return
    if setting.contents and named is None and not heading.bodies and not owes(words, setting):
        return
    why = _why(words, named, heading, setting)
    executes = label.startswith("Điều") and why != "directing-verb"  # the article on who executes the decision
    if why is None or ((continued or executes) and only_urges(words)):
        return
    yield make_task(
        text,
        label or None,
        named[0] if named else (),
        heading.bodies,
        setting,
        f"task-{why}",
        heading.coordinating,
    )


def _addressee_named(words: str, setting: Setting) -> tuple[tuple[Named, ...], str] | None:
    """One of those the letter is sent to, ordered by the words it is addressed with, though they name no agency: "Giao công chức phụ trách giảm nghèo …"."""
    plain = folded(words)
    order = _ORDER.match(plain)
    if order is None or len(setting.addressees) < 2:
        return None
    for each in setting.addressees:
        name = folded(re.sub(r"\s*\([^()]*\)", "", each.text)).strip(" .;,")
        if len(name) > 5 and re.compile(rf"{re.escape(name)}(?![a-z])").match(plain, order.end()):
            end = order.end() + len(name)
            return (Named(words[order.end() : end], Evidence(order.end(), end, "addressee", 0.85)),), "directing-verb"
    return None


_ORDER = re.compile(r"(?:giao|yeu cau|de nghi)(?: cho)?\s+(?:cac )?")
_OWN_STAFF = re.compile(
    r"phan cong(?: cho)? (?:cac |ro |cu the |mot |01 |tung )*(?:lanh dao|can bo|cong chuc|vien chuc|nhan vien|giao vien|giang vien|kiem sat vien|tham phan|chap hanh vien|dieu tra vien|bac si|chuyen vien|dang vien|thanh vien|nguoi)(?![a-z])"
)
_PARTY_BODY = re.compile(r"(?:cac )?(?:ban can su|dang doan|dang uy|tinh uy|huyen uy|thanh uy|quan uy|thi uy|cap uy|chi bo|dang bo|ban thuong vu)(?![a-z])")
_WITHIN = re.compile(r"(?:phan cong|bo tri|cu|huy dong|dieu dong|cat cu)\s")


def _is_duty_with_contents(text: str, named: object) -> bool:
    if opens_imperative(text) and asks_for_contents(text):
        return True
    return named is not None and bool(re.search(r"bao cao|tong hop|cung cap|gui ", folded(text)))


def _orders_first(text: str, named: object) -> bool:
    """Whether an order stands before the sentence that only announces the list ("… trước ngày 20/10. Trong đó chú ý:")."""
    spans = list(sentences(text))
    return named is not None and len(spans) > 1 and spans[-1][1] - spans[-1][0] < 120 and spans[-1][0] > 40


def _why(
    text: str, named: tuple[tuple[Named, ...], str] | None, heading: Heading, setting: Setting
) -> str | None:
    """Why a unit is a directive, as the name of the rule; None where it is none."""
    if named is not None and named[1] == "directing-verb":
        return None if setting.reports and not _ASKS.match(folded(text)) else "directing-verb"
    if _AGREES.match(folded(text)) or only_difficulties(text):
        return None
    if setting.mode == "informing" and setting.guides and _owed_by_a_day(text, named, setting):
        return "guided"
    if setting.mode == "informing" or is_scheduled(text, meeting=setting.meeting) or settles(text, setting.kind):
        return None
    if setting.mode != "directive" and states_law(text):
        return None
    if named is not None and setting.mode == "notice" and not obliges(text) and not _sent_to(named[0], setting):
        return None
    if setting.mode == "notice" and speaks_of_applicants(text):
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
    if named is not None:
        return named[1] if setting.mode == "directive" or not is_issuer(named[0], setting) else None
    if is_narrative(text) and not (setting.mode == "directive" and (_in_case(text) or owes(text, setting))):
        return None
    if tells_of_bodies(text):
        return None
    if text.startswith("Đã ") or _POST.fullmatch(folded(text)):
        return None
    if heading.bodies:
        return "under-heading"
    if heading.aims or setting.kind in lexicon().naming_bodies_only:
        return None
    if setting.mode == "directive":
        bound = _opens_duty(text) or _BINDS.search(folded(text)) or owes(text, setting)
        return "announced-list" if bound else None
    if not setting.default_bodies:
        return None
    if _opens_duty(text):
        return "imperative"
    return OWED if owes(text, setting) else None


_ROLE_ALONE = re.compile(r"(?:(?:don vi|co quan|bo phan|nguoi|phan cong)\s)?(?:[a-z]+ ){1,3}[a-z]+\s*:[^:.;]{3,120}[.;]?\s*")
_POST = re.compile(r"(?:lam )?(?:pho )?(?:truong|chu tich|to truong|thanh vien|uy vien|thu ky|giam sat|giam doc)(?: [a-z]+){0,7}\s*[.;]?")
""" "Đ/c Lê Văn B - Trưởng phòng Nội vụ: Phó Trưởng ban": which post he holds there."""
_GIVES_OUT_WORK = frozenset({"thông báo", "công điện", "chỉ thị"})


def _owed_by_a_day(text: str, named: tuple[tuple[Named, ...], str] | None, setting: Setting) -> bool:
    """Whether a unit of a letter that guides says what somebody under the sender owes by a day to come.

    What holds for anybody ("Người nộp thuế nộp hồ sơ chậm nhất ngày 31/3") is a rule.
    """
    if is_narrative(text) or states_law(text) or rules_for_anybody(text) or tells_of_bodies(text) or _FOR_ANYBODY.match(folded(text)):
        return False
    if named is not None and is_issuer(named[0], setting):
        return False
    if named is None and not _opens_duty(text):
        return False
    masked = mask(text, find_references(text))
    case = _OF_CASES.match(folded(text))  # "Đối với hồ sơ tiếp nhận trước ngày 01/7, …": the day tells of the case
    return any(
        deadline.kind == "fixed" and deadline.date is not None and deadline.evidence.start >= (case.end() if case else 0) and (setting.issued_on is None or deadline.date >= setting.issued_on)
        for deadline in find_deadlines(text, issued_on=setting.issued_on, masked=masked)
    )


_OF_CASES = re.compile(r"(?:rieng )?(?:doi voi|truong hop|neu|cac ho so|nhung ho so)\s[^,;:]{3,160}[,;:]\s")
_FOR_ANYBODY = re.compile(
    r"(?:cac )?(?:to chuc|ca nhan|nguoi [a-z]+|doanh nghiep|co so kinh doanh|ho |nha dau tu|nha thau|cong ty|chu dau tu|don vi su dung ngan sach|thi sinh|hoc sinh|sinh vien)(?![a-z])"
)


def _sent_to(bodies: Sequence[Named], setting: Setting) -> bool:
    """Whether the letter is sent to those a unit names: what a notice says they do, they are told to do."""
    return bool(bodies) and all(any(same_body(body.text, each.text) for each in setting.addressees) for body in bodies)


def _opens_duty(text: str) -> bool:
    return opens_imperative(text) or opens_imperative_after_prefix(text)


_AGREES = re.compile(
    r"(?:co ban )?(?:thong nhat|dong y|chap thuan|nhat tri|tan thanh)(?: ve)? (?:voi|theo|chu truong|de nghi|de xuat|noi dung|ket qua|bao cao|y kien|phuong an|du thao|cho)(?![a-z])"
)
""" "Thống nhất với đề xuất của Sở A": the sender agrees; "Thống nhất số liệu với Sở A" is work to do."""


def _in_case(text: str) -> bool:
    """ "Trường hợp phát hiện vi phạm, xử phạt theo quy định": what is to be done in a case that is told in few words."""
    case = _CASE.match(folded(text))
    return case is not None and opens_imperative(text, case.end())


_CASE = re.compile(r"truong hop (?!(?:nguoi|ca nhan|to chuc|doanh nghiep|ho) )(?:[a-z]+ ){0,9}[a-z]+,\s+")


_ASKS = re.compile(r"(?:[^,;:]{0,60}\s)?(?:kinh |tran trong )?(?:de nghi|kien nghi|mong)(?![a-z])")
""" What a letter that reports still asks for: "Đề nghị Bộ Tài chính bố trí …"."""


_BINDS = re.compile(
    r"^(?:khong|cam)(?![a-z])|(?<![a-z])(?:phai|can|yeu cau|de nghi|tap trung|cham nhat|chi dao)(?![a-z])|,\s(?:chu dong|kip thoi|khan truong|tang cuong)(?![a-z])"
    r"|(?<![a-z])(?<!da )(?<!duoc )(?<!dang )(?:gui|chuyen|nop) (?:ve|den)"
    r" (?:so|bo|phong|ubnd|uy ban|cuc|chi cuc|ban|van phong|thanh tra|to cong tac|hoi|trung tam|cong an)(?![a-z])"
)
"""Signs of a duty in a unit of a letter that directs, though the unit opens with none."""


def opens_imperative_after_prefix(text: str) -> bool:
    """ "Căn cứ tình hình thực tế, quyết định …", "Đối với …, đề nghị …": a verb of doing after an opening phrase."""
    if not re.match(
        r"(?:can cu|tren co so|doi voi|ve|de|nham|theo|trong|tu|khi|rieng|truong hop|hang|hang nam|dinh ky|ngay|sau|truoc|ngoai|hien tai|cac)\b",
        folded(text),
    ):
        return False
    return any(opens_imperative(text, match.end()) for match in re.finditer(r"[,:;]\s+", text[:400]))
