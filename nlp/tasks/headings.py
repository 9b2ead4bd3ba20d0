"""Headings of a list: whose tasks stand below, and whether any do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from nlp.bearers import names_bearers
from nlp.bodies import begins_body, body_phrase_at, is_body, split_bodies
from nlp.collapsed import Collapsed
from nlp.directives import (
    directing_clauses,
    folded,
    follows_subject,
    leading_subject,
    lexicon,
    opens_imperative,
    subject_after_prefix,
)
from nlp.folding import UPPER
from nlp.lexicon import any_of, toml
from nlp.outline import Item
from nlp.tasks.in_case import binds_in_case
from nlp.tasks.setting import has_any
from nlp.types import Evidence, Named


@dataclass(frozen=True, slots=True)
class Heading:
    """What the items above say about a unit: whom they name, and whether they only inform."""

    bodies: tuple[Named, ...] = ()
    coordinating: tuple[Named, ...] = ()
    informing: bool = False
    aims: bool = False
    contents: bool = False


def placed(text: Collapsed, bodies: Sequence[Named]) -> tuple[Named, ...]:
    """The bodies with their places in the letter's body instead of in `text`."""
    return tuple(replace(body, evidence=text.evidence(body.evidence)) for body in bodies)


_ROLE_TAIL = re.compile(
    r"\s*(?:,?\s*(?:chu tri|phoi hop thuc hien|chu tri,? phoi hop thuc hien|co trach nhiem|thuc hien|chu dong thuc hien"
    r"|thuc hien cac (?:noi dung|nhiem vu) sau|co trach nhiem thuc hien))?\s*[:.;]?\s*$"
)


_HEAD_END = re.compile(
    r"\s*(?:\([^)]{0,160}\)\s*)?,?\s*(?:(?:chu tri(?:,? phoi hop)?|co trach nhiem|thuc hien|phoi hop thuc hien)\s*)?:(?:\s+|$)"
)


_BRACKET_END = re.compile(r"\s*\([^()]{3,200}\)\s*$")
""" "Đối với các Sở quản lý chuyên ngành (theo quy định tại khoản 5 Điều 3 Nghị định số …)": which bodies are meant, or where it is laid down."""


_WITH = re.compile(r"\s*(?:\(chu tri\)\s*)?,?\s*(?:chu tri,?\s*)?(?:phoi hop|cung)(?: voi| cung)?\s+")


_NOTHING_MORE = re.compile(r"\s*[.;]?\s*$")
""" "1. Bộ A chủ trì, phối hợp với các bộ liên quan" alone: a heading without its colon."""


_LEADS = re.compile(r"\s*,?\s*chu tri(?: thuc hien)?\s*[,;]\s*(?:va\s+)?")
_HELP_TOO = re.compile(r"\s*(?:cung\s+)?phoi hop(?: thuc hien)?\s*(?:[.;]?\s*$|:\s*)")
""" "2. Phòng A chủ trì, Phòng B phối hợp thực hiện": a heading that says who leads and who helps."""


_DIRECT_HEAD = re.compile(
    r"^(?:giao nhiem vu cho|giao cho|giao|yeu cau|de nghi|trach nhiem cua|nhiem vu cua|doi voi|ve phia|phia|dong chi|cac dong chi)\s+(?:cac dong chi\s+|dong chi\s+)?"
)


def strip_heading(text: Collapsed) -> tuple[Heading, Collapsed]:
    """Part "Sở Y tế: Chỉ đạo …" into the bodies of the heading and the task's own text.

    "An agency name closed by a colon directly after the label is heading,
    not task text"; the same for a unit that is nothing but names of bodies.
    """
    words = folded(text.text)
    head = _DIRECT_HEAD.match(words)
    begin = head.end() if head else 0
    tail = _ROLE_TAIL.search(words, begin)
    whole_end = tail.start() if tail else len(words)
    if len(words) < 420 and (bracket := _BRACKET_END.search(words, begin, whole_end)):
        whole_end = bracket.start()
    if len(words) < 420 and is_body(text.text[begin:whole_end]):
        return Heading(_heading_named(text, begin, whole_end)), Collapsed("", ())
    group = _GROUP_HEAD.match(text.text, begin)
    if group and names_bearers(group["name"]) and not opens_imperative(text.text, begin):
        name = Named(group["name"], text.evidence(Evidence(*group.span("name"), "heading", 0.75)))
        return Heading((name,)), Collapsed("", ())
    person = body_phrase_at(text.text, 0) if begin and words.startswith(("dong chi ", "cac dong chi ")) else None
    if person is not None and (closing := _HEAD_END.match(words, person[1])):
        return Heading(_heading_named(text, *person)), text.cut(closing.end())
    posted = _PERSON_HEAD.match(text.text)
    if person is None and posted and opens_imperative(text.text, posted.end()):
        name = Named(posted["name"], text.evidence(Evidence(*posted.span("name"), "heading", 0.8)))
        return Heading((name,)), text.cut(posted.end())
    span = body_phrase_at(text.text, begin)
    if span is not None and span[1] < 420:
        closing = _HEAD_END.match(words, span[1])
        if closing:
            return Heading(_heading_named(text, begin, span[1])), text.cut(closing.end())
        shared = _WITH.match(words, span[1])
        helpers = body_phrase_at(text.text, shared.end()) if shared else None
        closing = _HEAD_END.match(words, helpers[1]) or _NOTHING_MORE.match(words, helpers[1]) if helpers else None
        if helpers and closing:
            return Heading(
                _heading_named(text, begin, span[1]), _heading_named(text, *helpers, rule="coordinating")
            ), text.cut(closing.end())
        leads = _LEADS.match(words, span[1])
        helpers = body_phrase_at(text.text, leads.end()) if leads else None
        closing = _HELP_TOO.match(words, helpers[1]) if helpers else None
        if helpers and closing:
            return Heading(
                _heading_named(text, begin, span[1]), _heading_named(text, *helpers, rule="coordinating")
            ), text.cut(closing.end())
        if (head or _stands_alone(text.text)) and _NARROWED.fullmatch(words, span[1]):
            named = _heading_named(text, begin, span[1])
            return Heading((*named[:-1], _longer(text, named[-1], begin, len(text.text.rstrip(" .:;"))))), Collapsed("", ())
        if head and (which := _WHICH_OF_THEM.match(words, span[1])):
            named = _heading_named(text, begin, span[1])
            return Heading((*named[:-1], _longer(text, named[-1], begin, which.start("colon")))), text.cut(which.end())
        if follows_subject(text.text, span[1]):
            return Heading(), text
    for colon in re.finditer(r":", text.text[:420]):
        if span is not None and colon.start() < span[1]:
            continue  # "Các Sở: Tài chính, Nội vụ": inside the list
        left_words = folded(text.text[begin : colon.start()])
        role = _ROLE_TAIL.search(left_words)
        end = begin + (role.start() if role else len(left_words))
        if is_body(text.text[begin:end]):
            return Heading(_heading_named(text, begin, end)), text.cut(colon.end())
    return Heading(), text


_GROUP_HEAD = re.compile(r"(?P<name>[^:.;()]{8,140}?)\s*(?:\([^()]{3,80}\)\s*)?:\s*$")
""" "Chủ đầu tư có tỷ lệ giải ngân dưới 30% (danh sách kèm theo):": those meant by what they are, alone before their duties."""


_PERSON_HEAD = re.compile(
    rf"(?P<name>(?:Ông|Bà|Đ/c|Đồng chí|Anh|Chị)\s+[{UPPER}]\w*(?:\s[{UPPER}]\w*){{1,4}}(?:\s*[-–,]\s*[^:;.,]{{3,80}}?)?)\s*:\s+(?=\S)"
)
""" "Bà Lê Thị Hoa, công chức Văn hóa - Xã hội: lập danh sách …": a person with whatever post, and what the person does."""


_NARROWED = re.compile(
    r"\s+(?:co(?! (?:trach nhiem|nhiem vu|ke hoach|bien phap|van ban|y kien|bao cao|phuong an|giai phap))"
    r"|chua|khong|dang|da|duoc|bi|thuoc|trong|tren|o|tai|nam)\s[^.;:,]{2,120}?\s*[.:]?\s*"
)
""" "Đối với các bệnh viện có điều trị sốt xuất huyết": the clause belongs to the heading's group."""


_WHICH_OF_THEM = re.compile(r"\s+(?:co|chua|khong|dang|da|duoc|bi|thuoc|trong|tren|o|tai)\s[^.;:,]{2,100}?(?P<colon>\s*:)\s+")
""" "Đối với các trường có hồ bơi: rà soát …": the clause belongs to the heading's group, the duty stands on the same line."""
_CHUNK = re.compile(r"[^,;:.()]{2,60}?(?=\s*(?:[,;:.]|$)|\s+và\s)")
_NEXT = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+")


def listed_alone(text: Collapsed) -> tuple[Named, ...]:
    """The bodies of a heading that is a list of them, some in words of no registry: "Các Ban Quản lý rừng phòng hộ, đặc dụng và chủ rừng khác"."""
    words = text.text.rstrip(" :")
    if body_phrase_at(words, 0) is None or not _stands_alone(words) or directing_clauses(words):
        return ()
    named: list[Named] = []
    at = 0
    while True:
        if (span := body_phrase_at(words, at)) is not None:
            named += split_bodies(words, span)
            at = span[1]
        else:
            chunk = _CHUNK.match(words, at)
            if chunk is None or opens_imperative(words, at):
                return ()
            at = chunk.end()
            begin = chunk.start() if begins_body(words, chunk.start()) else named.pop().evidence.start
            named.append(Named(words[begin:at], Evidence(begin, at, "heading", 0.75)))
        joint = _NEXT.match(words, at)
        if joint is None or joint.end() == len(words):
            break
        at = joint.end()
    return placed(text, [replace(each, evidence=replace(each.evidence, rule="heading")) for each in named]) if at == len(words) else ()


def _stands_alone(text: str) -> bool:
    """Whether a unit is no sentence but a heading of its own: short, open at its end ("Các xã, phường bị ngập:", "Các tổ chức có hoạt động thẻ")."""
    return len(text) < 160 and not text.rstrip().endswith((".", ";", ","))


def _longer(text: Collapsed, name: Named, begin: int, end: int) -> Named:
    """The name with the clause that narrows it, up to `end`."""
    start = text.text.index(name.text, begin) if name.text in text.text[begin:] else begin
    return Named(text.text[start:end], text.evidence(Evidence(start, end, "heading", name.evidence.confidence)))


def _heading_named(text: Collapsed, start: int, end: int, rule: str = "heading") -> tuple[Named, ...]:
    bodies = split_bodies(text.text[start:end])
    return tuple(
        Named(
            b.text,
            text.evidence(
                Evidence(start + b.evidence.start, start + b.evidence.end, rule, b.evidence.confidence)
            ),
        )
        for b in bodies
    )


_FOUND_OUT = re.compile(
    r"(?:ve )?(?:ket qua (?:thanh tra|kiem tra|xac minh|giam sat|kiem toan|khao sat|dat duoc)"
    r"|dac diem tinh hinh|khai quat chung|noi dung (?:to cao|khieu nai))(?![a-z])"
)
""" "I. KẾT QUẢ THANH TRA": what stands below was found; "Công khai kết quả thanh tra" is work to do."""


def heading_kind(text: str, heading: Heading) -> Heading:
    """The heading with what its words say of all below: only information, or aims."""
    words = folded(text)[:120]
    duty = opens_imperative(text) and text.rstrip().endswith((".", ";"))
    if (has_any(words, lexicon().informing_heading) or _FOUND_OUT.match(words)) and not duty and not directing_clauses(text):
        return replace(heading, informing=True)
    if any(words.strip(" .:") == aim for aim in lexicon().aims_heading):
        return replace(heading, aims=True)
    return heading


def is_title(text: str, item: Item) -> bool:
    """A heading names a theme: short, no full stop, no doer with a verb."""
    if directing_clauses(text) or leading_subject(text) or (announces_duties(text) and subject_after_prefix(text)):
        return False
    if gives_address(text) and opens_imperative(text):
        return False  # "Gửi báo cáo về Sở trước ngày … theo địa chỉ:" is a duty; what stands below says where to
    if opens_imperative(text) and text.rstrip().endswith(".") and _SENTENCE_BEGINS.search(text[:-1]):
        return False  # "Tăng cường thu hồi nợ. Theo đó, mỗi đoàn phải …": two sentences are no heading
    bare = text.rstrip(" :.;")
    if text.rstrip().endswith(":") and len(text) < 200:
        return True
    if bare.upper() == bare:
        return True
    apart = len(item.paragraphs) > 1 and text.rstrip().endswith((".", ";"))  # what is listed belongs to a later paragraph
    return (bool(item.children) and len(bare) < 260 and not apart) or (
        len(bare) < 140 and not text.rstrip().endswith((".", ";"))
    )


_SENTENCE_BEGINS = re.compile(rf"[^\W\d_]{{2}}\.\s+[{UPPER}]\w*\s")


@cache
def _wrongs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = toml("duty_words.toml")["found_wrong"]
    return re.compile(rf"(?<![a-z]){any_of(data['words'])}(?![a-z])[^.;:]{{0,180}}:\s*$"), re.compile(rf"(?<![a-z]){any_of(data['mended'])}(?![a-z])")


def lists_wrongs(text: str) -> bool:
    """Whether the lines below are what was found wrong: "Qua kiểm tra, còn một số vi phạm như sau:"; wrongs to be mended are duties."""
    if not text.rstrip().endswith(":"):
        return False
    words = folded(text)[-320:]
    found, mended = _wrongs()
    return found.search(words) is not None and mended.search(words) is None and not directing_clauses(text) and not leading_subject(text)


_OBJECTS = re.compile(
    r"(?:ve )?(?:cac|nhung|mot so) (?:nganh|linh vuc|doanh nghiep|truong hop|doi tuong|nhom|mat hang|dia ban|khu vuc|ho so|co so|cong trinh|ho)(?:,? [a-z]+){0,12}? "
    r"(?:can|phai|duoc) (?:tap trung |uu tien |chu trong |dua vao )?(?:thanh tra|kiem tra|giam sat|ra soat|lua chon|kiem toan|theo doi|quan ly)(?![a-z])"
)


def lists_objects(body: str, text: str, children: Sequence[Item]) -> bool:
    """Whether the lines below name what work is to be done on: "Các cơ sở cần tập trung kiểm tra:" / "- Các doanh nghiệp nợ thuế …"; lines that open with a deed are duties."""
    if not _OBJECTS.match(folded(text)) or directing_clauses(text):
        return False
    said = [Collapsed.of(body, paragraph.start, paragraph.end).text for child in children for paragraph in child.paragraphs[:1]]
    return not any(opens_imperative(words) or directing_clauses(words) for words in said)


_CONTENTS = re.compile(
    r"(?:(?:bao cao|noi dung|gom|van de|theo mau|thong tin|so lieu|tai lieu|ho so|(?:theo|doi voi|o|tai)(?: cac| mot so| nhung)? (?:hinh thuc|phuong thuc|truong hop|doi tuong|nguyen tac|tieu chi|dieu kien|dia diem))\s*(?:cu the|chinh|chu yeu|sau|nhu sau|sau day)?"
    r"|(?:neu|lam|ghi|danh gia)\s+(?:ro|cu the|chi tiet))\s*:?\s*$"
)


def asks_for_contents(text: str) -> bool:
    """Whether the lines below are what a report or paper must hold, not duties of their own."""
    end = folded(text)[-80:]
    return bool(_CONTENTS.search(end)) and not _TO_DO.search(end[-45:])


_BY_FORM = re.compile(r"(?<![a-z])theo (?:cac )?(?:mau|bieu|bieu mau|mau bieu|bang|bang bieu|mau bang)(?: (?:so lieu|tong hop))?(?: sau| sau day| duoi day)*\s*:\s*$")


def fills_a_form(text: str) -> bool:
    """Whether a duty ends with the form that is printed below it: "Tổng hợp tình hình theo mẫu sau:"; the form's words are no duties."""
    return opens_imperative(text) and _BY_FORM.search(folded(text)) is not None


_DUTIES_BELOW = re.compile(
    r"(?<![a-z])(?:(?:nhiem vu|noi dung|cong viec|cac viec|giai phap|bien phap|cong tac)(?:,? [a-z]+){0,6}"
    r"|(?:viec|trach nhiem|yeu cau|chi dao|giao|de nghi|thuc hien|trien khai|tap trung|chu y|luu y)(?:,? (?:cu the|nhu|sau|day))*)\s*:\s*$"
)


def announces_duties(text: str) -> bool:
    """Whether the lines below are what is to be done: "Sở A thực hiện các nhiệm vụ sau:"; "Sở A công bố danh mục dịch vụ sau:" lists things.

    Where the line ends with its doer or helper ("Sở A phối hợp với Sở B:", "Sở A chủ trì:"), what they do stands below.
    """
    words = text.rstrip(" :")
    return _DUTIES_BELOW.search(folded(text)[-100:]) is not None or _ROLE_ENDS.search(folded(words)) is not None or any(body.evidence.end >= len(words) for body in split_bodies(words))


_ROLE_ENDS = re.compile(r"(?<![a-z])(?:chu tri|phoi hop|chu dong|khan truong|phai|can|chiu trach nhiem|thuong xuyen|truc tiep|tham muu)$")


_DATA_ASKED = re.compile(r"(?:cung cap|bao cao|thong ke|tong hop|gui)(?: kem)? (?:cac )?(?:so lieu|thong tin|tai lieu|ho so|danh sach)(?:,? [a-z]+){0,5}\s*$")


def asks_for_data(body: str, text: str, children: Sequence[Item]) -> bool:
    """Whether the lines below name the data that are asked for, above which the colon was left out: "Cục A cung cấp số liệu dân số" / "+ Số hộ …"."""
    return _DATA_ASKED.search(folded(text)[-90:]) is not None and names_things(body, children)


_TO_DO = re.compile(r"thuc hien|chu y|luu y|tap trung")
"""What announces duties, not contents: "chú ý một số nội dung sau"."""


_ADDRESS = re.compile(
    r"(?<![a-z])(?:dia chi|so dien thoai|dien thoai|thong tin lien he|dau moi lien he|hop thu(?: dien tu)?|thu dien tu|so tai khoan|tai khoan)"
    r"(?: (?:sau|sau day|nhu sau))?\s*:\s*$"
)


def gives_address(text: str) -> bool:
    """Whether the lines below say where to send or whom to call: "… chuyển về Sở A theo địa chỉ:"."""
    return _ADDRESS.search(folded(text)[-60:]) is not None


def names_things(body: str, children: Sequence[Item]) -> bool:
    """Whether the lines below name things, cases or dates: none of them says what to do or who does it."""
    return all(not child.children and _names_a_thing(body, child) for child in children)


def _names_a_thing(body: str, item: Item) -> bool:
    if not item.paragraphs:
        return False
    text = Collapsed.of(body, item.paragraphs[0].start, item.paragraphs[0].end).text
    return not (opens_imperative(text) or directing_clauses(text) or leading_subject(text) or binds_in_case(text))


_MAKES_KNOWN = re.compile(r"(?:to chuc |tiep tuc |khan truong )?(?:pho bien|quan triet|tuyen truyen|truyen dat|gioi thieu)(?![a-z])")
_WHAT_IT_SAYS = re.compile(r"(?<![a-z])(?:noi dung|quy dinh|diem moi|van de|chinh sach)(?: [a-z]+){0,4}\s*:\s*$")


def makes_known(body: str, text: str, children: Sequence[Item]) -> bool:
    """Whether the lines below are what is to be made known: "Phổ biến Nghị quyết …, trong đó lưu ý một số nội dung:" and what the resolution says.

    What is to be done for it ("- Phối hợp với Đài A phát sóng") is a duty.
    """
    words = folded(text)
    if not _MAKES_KNOWN.match(words) or not _WHAT_IT_SAYS.search(words, max(0, len(words) - 60)):
        return False
    return all(_names_a_thing(body, each) for child in children for each in child.walk())


@cache
def _told_people() -> re.Pattern[str]:
    people = any_of(toml("duty_words.toml")["told"]["people"])
    return re.compile(rf"(?<![a-z])(?:huong dan|van dong|tuyen truyen|thong bao|khuyen cao|nhac nho|pho bien)(?: (?:den|toi|cho))?(?: cac| nhung)? {people}(?![a-z])(?:(?! (?:va (?:thuc hien|trien khai|tap trung|to chuc|chu dong)|yeu cau|giao|de nghi|chi dao)(?![a-z]))[^.;:]){{0,80}}:\s*$")


def tells_people(text: str) -> bool:
    """Whether the lines below are what people are to be told, theirs to do: "Yêu cầu Chi cục Thuế hướng dẫn người nộp thuế:"."""
    return text.rstrip().endswith(":") and _told_people().search(folded(text)[-180:]) is not None
