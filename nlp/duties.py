"""Who must do a task and with whom: read from the task's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.bearers import duty_bearers
from nlp.bodies import body_phrase_at, find_bodies, is_body, split_bodies, territories_at
from nlp.directives import (
    Directing,
    clause_start,
    directing_clauses,
    folded,
    follows_subject,
    leading_bodies,
    leading_subject,
    opens_imperative,
    subject_after_prefix,
)
from nlp.lexicon import any_of, toml
from nlp.types import Evidence, Named

_COOPERATE = re.compile(
    r"(?<![a-z])(?:phoi hop(?!\s+(?:thuc hien|giua))|cung)"
    r"(?:\s*,?\s+(?:chat che|tot|kip thoi|hieu qua|dong bo|thuong xuyen|chi dao|thong nhat|cung|ho tro)){0,3}"
    r"\s*,?\s*(?P<with>voi)?\s*:?\s+"
)


def read_responsible(text: str, *, issuer: str = "", labelled: bool = False) -> tuple[tuple[Named, ...], str] | None:
    """The lead bodies the text itself names, and the rule that found them; None where it names none.

    A text that opens with a verb of doing ("Rà soát …", "Tham mưu UBND huyện
    giao …") names no doer: bodies in it are objects. `issuer` is never the
    doer of its own letter; a `labelled` unit that begins with bodies names
    them whatever its verb.
    """
    spoken_of = those_spoken_of(text)
    if spoken_of is not None:
        return bodies_spoken_of(text, spoken_of), "subject-after-prefix"
    leading = leading_subject(text)
    clauses = [
        clause
        for clause in directing_clauses(text)
        if clause.start <= 3
        or clause_start(text, clause.start)
        or (leading and clause.start <= leading[1] + 2)
        or _behind_sender(text, clause.start)
        or _gives_topic(text, clause)
    ]
    clauses = [clause for clause in clauses if not _objects_only(text, clause)]
    if labelled and leading is None and (behind := _behind_topic(text)) is not None:
        return named_bodies(text, behind, "subject"), "subject"
    if leading is not None and issuer and not _commands(text[slice(*leading)], issuer):
        clauses = [clause for clause in clauses if not (clause.start <= leading[1] + 2 and _PRIVATE.match(folded(text), clause.bodies_start))]
    if leading is None and not (clauses and clauses[0].start <= 3) and (meant := _this_body(text)) is not None:
        return (meant,), "directing-verb"
    themed = [clause for clause in clauses if text[: clause.start].rstrip().endswith(":")]
    if themed:
        clause = themed[0]
        return named_bodies(text, (clause.bodies_start, clause.bodies_end), "directing-verb"), "directing-verb"
    role = _role(text, _LEAD_ROLE)
    if role is not None:
        return named_bodies(text, role, "role"), "role"
    if (work := assigned_by_do(text)) is not None:
        return named_bodies(text, work, "work-of"), "work-of"
    opening = _PREFIX.match(folded(text))
    if opens_imperative(text) and leading is None and not opening and not (clauses and clauses[0].start <= 3):
        if (by := _done_by(text)) is not None:
            return named_bodies(text, by, "done-by"), "done-by"
        behind = _in_brackets(text)
        return (named_bodies(text, behind, "in-brackets"), "in-brackets") if behind is not None else None
    if leading is not None and not (clauses and clauses[0].start <= leading[1] + 2):
        return named_bodies(text, _lead_only(text, leading), "subject"), "subject"
    if labelled and leading is None and (bodies := leading_bodies(text)) is not None:
        return named_bodies(text, bodies, "subject"), "subject"
    prefixed = subject_after_prefix(text)
    if prefixed is not None and issuer and same_body(text[prefixed[0] : prefixed[1]], issuer):
        prefixed = None
    if clauses and (prefixed is None or clauses[0].start < prefixed[0] or _orders(text, prefixed, clauses[0])):
        clause = clauses[0]
        return named_bodies(text, (clause.bodies_start, clause.bodies_end), "directing-verb"), "directing-verb"
    if prefixed is not None:
        return named_bodies(text, prefixed, "subject-after-prefix"), "subject-after-prefix"
    by = _done_by(text)
    if by is not None:
        return named_bodies(text, by, "done-by"), "done-by"
    bearers = duty_bearers(text)
    if bearers is not None:
        name = text[bearers[0] : bearers[1]].rstrip(" ,")
        return (Named(name, Evidence(*bearers, "duty-bearers", 0.7)),), "duty-bearers"
    return None


_PRIVATE = re.compile(r"(?:cac )?(?:nha thau|don vi thi cong|don vi tu van|tu van|doanh nghiep|nha dau tu|chu dau tu|ho dan|ho gia dinh|nguoi dan|chu co so|chu phuong tien)(?![a-z])")
""" "Sở Giao thông vận tải yêu cầu nhà thầu tăng ca": the duty is that of the body which must ask it of somebody private."""
_TOPIC_BEFORE = re.compile(r"(?:^|[.;:]\s+)(?P<topic>(?:[a-z0-9/-]+ ){1,8})$")
_NO_TOPIC = re.compile(
    r"(?<![a-z])(?:duoc|da|dang|chua|se|khi|neu|theo|do|tai|cua|voi|cho|de|va|hoac|khong)(?![a-z])|(?:chi tieu|ke hoach|du toan|von|nhiem vu|viec|bien che|quyen|dat|rung|ban|khoan|nguon|so tien) $"
)
""" "dự toán giao Sở A": the budget that was given, no order."""


def _gives_topic(text: str, clause: Directing) -> bool:
    """Whether what is given out stands before the verb: "Kinh phí thực hiện giao Sở Tài chính tham mưu bố trí", "phần còn lại giao Phòng B xử lý"."""
    if clause.verb != "giao" or not follows_subject(text, clause.bodies_end):
        return False
    before = _TOPIC_BEFORE.search(folded(text), max(0, clause.start - 80), clause.start)
    return before is not None and _NO_TOPIC.search(before["topic"]) is None


_LEADER = re.compile(
    r"(?:dong chi |d/c )?(?:thu tuong|pho thu tuong|chu tich|pho chu tich|bo truong|thu truong|bi thu|pho bi thu|giam doc|pho giam doc|cuc truong|tong giam doc"
    r"|hieu truong|vien truong|chanh an|truong ban|thuong truc|ban thuong vu|lanh dao|chinh phu)(?![a-z])"
)


def _commands(name: str, issuer: str) -> bool:
    """Whether a subject gives the letter's orders: the sender, or somebody by his rank ("Chủ tịch UBND tỉnh yêu cầu các chủ đầu tư …")."""
    return same_body(name, issuer) or _LEADER.match(folded(name)) is not None or " " not in name.strip()


_TOPIC = re.compile(r"[^\W\d_a-z](?:[^:.;()]|\.(?=\d)){2,90}:\s+(?=[^\W\d_a-z])")
_FOR = re.compile(r"(?:(?:rieng |con )?doi voi|rieng)\s+")
_MANY = re.compile(r"(?:cac|nhung)\s")
_WHICH_OF_THEM = re.compile(r"\s+(?:da|chua|dang|con|co|khong|thuoc|duoc|bi)\s(?!trach nhiem|nhiem vu)[^,.;:]{3,110}(?=,\s)")
_ARE_TO = re.compile(r"\s*,?\s*(?:(?:kinh |thi )?(?:de nghi|yeu cau)|phai|can)\s+(?:(?:khan truong|nghiem tuc|chu dong|tiep tuc|som|phai|kip thoi)\s*,?\s*)*")


@cache
def _own_deed() -> re.Pattern[str]:
    return re.compile(rf"{any_of(toml('duty_words.toml')['own_deeds']['verbs'])}(?![a-z])")


def those_spoken_of(text: str) -> tuple[int, int] | None:
    """A group told by a clause to do something: "Đối với các Sở có tên trong danh sách, đề nghị nộp …"; None for what is done to it."""
    plain = folded(text)
    opening = _FOR.match(plain)
    span = body_phrase_at(text, opening.end()) if opening else None
    if span and (which := _WHICH_OF_THEM.match(plain, span[1])) and _MANY.match(plain, span[0]):
        span = span[0], which.end()
    told = _ARE_TO.match(plain, span[1]) if span else None
    return span if told and _own_deed().match(plain, told.end()) and body_phrase_at(text, told.end()) is None else None


def bodies_spoken_of(text: str, span: tuple[int, int]) -> tuple[Named, ...]:
    """The bodies of such a group, the last with the clause that narrows it."""
    whole = body_phrase_at(text, span[0])
    if whole is None or whole[1] >= span[1]:
        return named_bodies(text, span, "subject-after-prefix")
    return (Named(text[slice(*span)], Evidence(*span, "subject-after-prefix", 0.8)),)




def _behind_topic(text: str) -> tuple[int, int] | None:
    """The bodies that do what the topic before them names: "Tuyên truyền: Phòng Văn hóa - Xã hội đăng tải …"."""
    topic = _TOPIC.match(text)
    if topic is None or body_phrase_at(text, 0) is not None:
        return None
    rest = text[topic.end() :]
    subject = leading_subject(rest)
    if subject is None:
        return None
    start, end = _lead_only(rest, subject)
    return topic.end() + start, topic.end() + end


def _orders(text: str, subject: tuple[int, int], clause: Directing) -> bool:
    """Whether the subject behind an opening phrase is the one who orders: "Để …, Sở A trân trọng đề nghị Sở B …"."""
    between = folded(text[subject[1] : clause.start]).strip()
    return clause.start >= subject[1] and between in ("", "kinh", "tran trong", "xin", "tiep tuc", "cung")


_LEAD_ROLE = re.compile(
    r"(?:(?:don vi|co quan|cap|phong|nguoi)\s+)?chu tri(?:\s+thuc hien)?\s*:\s*"
    r"|(?:don vi|co quan|bo phan|nguoi|phan cong)(?:\s+(?:duoc giao|to chuc))?\s+(?:thuc hien|phu trach|chiu trach nhiem|dam nhiem)\s*:\s*"
)
_WITH_ROLE = re.compile(r"(?:(?:don vi|co quan)\s+)?phoi hop(?:\s+thuc hien)?\s*:\s*")
_WORK_OF = re.compile(r"(?:rieng )?(?:viec|cong tac|phan viec|noi dung nay|viec nay)(?![a-z])")
_DONE_BEFORE = re.compile(r"(?<![a-z])(?:da|dang|tung|vua|neu|theo quy dinh|duoc thuc hien khi)(?![a-z])")
_ACTS = re.compile(
    r"\s+(?:chu dong |truc tiep |chiu trach nhiem )?(?:chu tri|thuc hien|xem xet|to chuc|dam nhiem|phu trach|chuan bi|lo|bao dam|dam bao|huong dan|trien khai|xu ly|giai quyet|lam|bo tri|can doi|tham muu|kiem tra|lam dau moi)(?![a-z])"
)


def assigned_by_do(text: str) -> tuple[int, int] | None:
    """Who does a work that is the subject of its sentence: "Việc di dời đường dây do Công ty A thực hiện, xong trước 30/9"."""
    body = folded(text)
    if not _WORK_OF.match(body):
        return None
    by = re.compile(r"(?<![a-z])do\s+").search(body, 0, 260)
    if by is None or re.search(r"[.;:]\s", body[: by.start()]) or _DONE_BEFORE.search(body[: by.start()]):
        return None
    span = body_phrase_at(text, by.end())
    return span if span is not None and _ACTS.match(body, span[1]) else None


_DOING = re.compile(r"\s+(?:chu tri|lam dau moi|phu trach|dam nhiem|chiu trach nhiem|(?:truc tiep )?thuc hien|bien soan|tong hop)(?![a-z])")


def _role(text: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """The bodies behind a role and a colon: "Chủ trì: Sở A. Phối hợp: Sở B."."""
    body = folded(text)
    for match in pattern.finditer(body):
        span = body_phrase_at(text, match.end())
        if span is not None:
            return span
    return None


def _done_by(text: str) -> tuple[int, int] | None:
    """ "… do Sở A chủ trì", "… (Sở A chủ trì, Sở B phối hợp)": the doer behind what is to be done."""
    body = folded(text)
    for match in re.finditer(r"(?:(?<![a-z])do\s+|\()", body):
        span = body_phrase_at(text, match.end())
        if span is not None and _DOING.match(body, span[1]) and not re.search(r"(?:da|dang)\s+$", body[: match.start()]):
            return span
    return None


_THIS = re.compile(r"(?:^|[.;]\s+)(?:giao|yeu cau|de nghi)\s+(?P<head>bo|so|cuc|chi cuc|vu|ban|phong|cong ty|vien|truong|hoi|don vi|co quan|dia phuong|ubnd huyen|ubnd xa)\s+nay(?![a-z])")


def _this_body(text: str) -> Named | None:
    """ "Thống nhất đề xuất của Sở A. Giao Sở này hoàn chỉnh …": the body named last before, of that kind."""
    said = _THIS.search(folded(text))
    if said is None or not opens_imperative(text, said.end() + 1):
        return None
    head = said["head"]
    general = head in ("don vi", "co quan", "dia phuong")
    before = [each for each in find_bodies(text[: said.start("head")]) if general or folded(each.text).startswith(f"{head} ")]
    return _by_rule(before[-1], "directing-verb") if before else None


_LAST_BRACKET = re.compile(r"\((?P<inside>[^()]{3,160})\)\s*[.;]?\s*$")


def _in_brackets(text: str) -> tuple[int, int] | None:
    """Who does what is said, in brackets behind it: "Rà soát chương trình, báo cáo trong tháng 5/2024 (Phòng Đào tạo)."; not a part of the body before it."""
    bracket = _LAST_BRACKET.search(text, max(0, len(text) - 170))
    if bracket is None or not is_body(bracket["inside"]):
        return None
    before = text[: bracket.start()].rstrip()
    if any(len(before) - named.evidence.end <= 1 for named in find_bodies(before)):
        return None  # "gửi về Sở Y tế (Phòng Nghiệp vụ Y)": the unit that gets it
    return None if territories_at(bracket["inside"], 0) else bracket.span("inside")


def same_body(one: str, other: str) -> bool:
    """Whether two printed names are of one body, by their words without diacritics; a shorter form counts.

    The bodies of all provinces ("Bảo hiểm xã hội các tỉnh"), or of a lower level ("Ủy ban Kiểm tra Đảng ủy xã"), are
    none of the body whose name theirs begins with.
    """
    left, right = sorted((folded(name).replace("uy ban nhan dan", "ubnd").strip() for name in (one, other)), key=len)
    more = right[len(left) :]
    return bool(left) and (left == right or (right.startswith(left + " ") and not _ELSEWHERE.search(more)))


_ELSEWHERE = re.compile(r" cac | (?:dang uy|huyen uy|thi uy|cap) (?:xa|phuong|huyen|co so|duoi)(?![a-z])")


_PREFIX = re.compile(r"(?:ket thuc(?= [^,.;]{3,80}, (?:de nghi|yeu cau|giao) )|can cu|tren co so|dinh ky|moi (?:ngay|tuan|thang|quy|nam)|hang (?:ngay|tuan|thang|quy|nam)|theo(?! doi)|doi voi|ve|de|nham|trong|tu|khi|rieng|truong hop|sau khi|ngoai ra|hien nay)\b")


_ADVERB_BEFORE = re.compile(r"\s+(?:xin|kinh|tran trong|tiep tuc|cung|nay)$")


def _behind_sender(text: str, verb: int) -> bool:
    """Whether only a body stands between the clause's beginning and its verb: "…, Ban A trân trọng đề nghị …"."""
    begin = max((match.end() for match in re.finditer(r"(?:[,;:.]\s+|^(?:Nay|Vậy)[,]?\s+)", text[:verb])), default=0)
    sender = _ADVERB_BEFORE.sub("", folded(text[begin:verb]).rstrip())
    return bool(sender) and is_body(text[begin : begin + len(sender)])


def _lead_only(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """ "Sở A cùng với Sở B …": those after "cùng với" co-operate."""
    shared = re.search(r"\s+cung\s+(?:voi\s+)?", folded(text[span[0] : span[1]]))
    return (span[0], span[0] + shared.start()) if shared else span


def _objects_only(text: str, clause: Directing) -> bool:
    """"đề nghị Bộ X xem xét" directs; "theo đề nghị Bộ X tại Công văn …" does not."""
    return "de nghi" in clause.verb and bool(re.match(r"\s*(?:tai|so)\s", folded(text[clause.bodies_end : clause.bodies_end + 12])))


_HELPS = re.compile(r"\s*\(\s*(?:(?:co quan|don vi)\s+)?phoi hop[^()]{0,40}\)")


def named_bodies(text: str, span: tuple[int, int], rule: str) -> tuple[Named, ...]:
    """The bodies of a list that stands at `span`, each with its place in `text`, without those that only help."""
    places = territories_at(text, span[0])
    bodies = places if places and places[-1].evidence.end == span[1] else split_bodies(text, span)
    helpers = _helpers(text, bodies)
    leading = [body for body in bodies if body not in helpers] or bodies
    return tuple(_by_rule(body, rule) for body in leading)


_TOGETHER = re.compile(r"(?<![a-z])cung voi\s")
""" "Giao Sở A cùng với Sở B": the second co-operates."""
_LEADS = re.compile(r"\s*\(\s*(?:(?:co quan|don vi)\s+)?chu tri\s*\)")


def _helpers(text: str, bodies: Sequence[Named]) -> list[Named]:
    """Those of a list that co-operate: so marked, or between the one marked "(chủ trì)" and the last marked "(phối hợp)"."""
    marked = [place for place, body in enumerate(bodies) if _helps(text, body)]
    if bodies and (joint := _TOGETHER.search(folded(text), bodies[0].evidence.end, bodies[-1].evidence.end)) and not marked:
        return [body for body in bodies if body.evidence.start >= joint.end()]
    leads = [place for place, body in enumerate(bodies) if _LEADS.match(folded(text), body.evidence.end)]
    if not marked or not leads:
        return [bodies[place] for place in marked]
    return [body for place, body in enumerate(bodies) if place not in leads and leads[0] < place <= marked[-1]]


def _helps(text: str, body: Named) -> bool:
    """Whether a bracket behind a body of a list says that it co-operates: "Sở Tài chính (chủ trì), Sở Nội vụ (phối hợp)"."""
    return _HELPS.match(folded(text), body.evidence.end) is not None


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of data/duty_words.toml as patterns."""

    offices: re.Pattern[str]
    one_office: re.Pattern[str]
    helpers: re.Pattern[str]


@cache
def _words() -> _Words:
    data = toml("duty_words.toml")
    office = rf"{any_of(data['offices']['fields'])}(?: dan su)?"
    nouns = "|".join(map(re.escape, sorted(data["helpers"]["nouns"], key=len, reverse=True)))
    return _Words(
        offices=re.compile(rf"co quan {office}(?:(?:, | va )(?:co quan )?{office})*(?P<level> cung cap| cac cap)?(?![a-z])"),
        one_office=re.compile(rf"(?:co quan )?(?P<field>{office})"),
        helpers=re.compile(rf"(?:các\s+)?(?:{nouns})(?=[\s,])"),
    )


def _offices(text: str, at: int) -> tuple[Named, ...]:
    """ "cơ quan tài chính, cơ quan thuế, hải quan (cùng cấp)": offices named by their field alone; as helpers only, for rules speak of them, too."""
    listed = _words().offices.match(folded(text), at)
    if listed is None:
        return ()
    end = listed.start("level") if listed["level"] else listed.end()
    level = text[end : listed.end()]
    return tuple(
        Named(f"cơ quan {text[slice(*one.span('field'))]}{level}", Evidence(*one.span(), "coordinating", 0.8))
        for one in _words().one_office.finditer(folded(text), at, end)
    )


def _people(text: str, at: int) -> tuple[Named, ...]:
    """Those who co-operate without being an agency, up to the verb of what is done: "phối hợp với cán bộ phụ trách thôn kiểm tra"."""
    noun = _words().helpers.match(text, at)
    for space in re.finditer(r"\s+", text[noun.end() : noun.end() + 60]) if noun else ():
        end = noun.end() + space.start() if noun else at
        if re.search(r"[.;:()]", text[at:end]):
            break
        if opens_imperative(text, end + len(space.group())) and not _IN_CHARGE.match(folded(text), end):
            return tuple(_each_of_people(text, at, end))
    return ()


_IN_CHARGE = re.compile(r"\s+(?:phu trach|chuyen trach|quan ly|theo doi)(?= (?!viec |cac |va )[a-z]+ [a-z]+)")
""" "cán bộ phụ trách thôn": which of them, no duty."""


def _each_of_people(text: str, start: int, end: int) -> Iterator[Named]:
    """The helpers of a list ("kiểm lâm, chính quyền cơ sở"), parted where another noun of theirs begins."""
    begin = start
    for joint in re.finditer(r"\s*,\s+|\s+và\s+", text[start:end]):
        if _words().helpers.match(text, start + joint.end()):
            yield Named(text[begin : start + joint.start()], Evidence(begin, start + joint.start(), "coordinating", 0.7))
            begin = start + joint.end()
    name = text[begin:end].rstrip(" ,")
    yield Named(name, Evidence(begin, begin + len(name), "coordinating", 0.7))


_LEADS_OTHERS = re.compile(r"(?<![a-z])(?:chi dao|huong dan|don doc)\s+(?=(?P<whom>[^.;:]{3,160})$)")


def _of_others(text: str, at: int) -> bool:
    """Whether those who co-operate do so with somebody who is only led: "Chỉ đạo Chi cục A phối hợp với Sở B".

    A doer that leads its own branches ("Công an tỉnh chỉ đạo Công an các huyện phối hợp …") acts itself.
    """
    plain = folded(text)
    led = _LEADS_OTHERS.search(plain, max(0, at - 170), at)
    if led is None:
        return False
    start = led.start("whom")
    whom = body_phrase_at(text, start)
    end = whom[1] if whom is not None and whom[1] <= at else plain.find("phoi hop", start) if _SUBORDINATE.match(plain, start) else -1
    if end < 0 or plain[start : start + 7] == plain[:7]:
        return False
    return not re.sub(r"chu dong|tich cuc|tiep tuc|thuong xuyen|va|cap duoi", "", plain[end:at]).strip()


_SUBORDINATE = re.compile(r"(?:he thong|luc luong|to chuc|can bo|doan vien|hoi vien|cac cap)(?: [a-z]+){1,7} phoi hop")


def _by_rule(body: Named, rule: str) -> Named:
    return Named(body.text, Evidence(body.evidence.start, body.evidence.end, rule, body.evidence.confidence))


_LED_WITH = re.compile(r"(?<![a-z])chu tri\s*,?\s*$")
""" "Sở A chủ trì, cùng Sở B …": behind the lead a bare "cùng" says who helps."""


def _beside(text: str, match: re.Match[str]) -> bool:
    """Whether "cùng" without "với" names who does the work with the doer: "chủ trì, cùng Sở A kiểm tra", "cùng Hội B tổ chức"."""
    before = folded(text[max(0, match.start() - 12) : match.start()]).rstrip()
    if before and not before.endswith((",", ";", ":", ".", " thi", " va", "chu tri")):
        return False
    span = body_phrase_at(text, match.end())
    return span is not None and follows_subject(text, span[1]) and text[match.start() : match.start() + 4].lower() == "cùng"


def read_coordinating(text: str) -> tuple[Named, ...]:
    """Bodies named as "phối hợp (với)" or "cùng với"; "làm việc với" and "liên hệ với" do not count."""
    found: list[Named] = []
    body = folded(text)
    for match in _COOPERATE.finditer(body):
        if match.group().startswith("cung") and not match.group("with") and not (_LED_WITH.search(body, max(0, match.start() - 12), match.start()) or _beside(text, match)):
            continue
        if _of_others(text, match.start()):
            continue
        span = body_phrase_at(text, match.end())
        found.extend(named_bodies(text, span, "coordinating") if span else _offices(text, match.end()) or _people(text, match.end()))
    role = _role(text, _WITH_ROLE)
    if role is not None:
        found.extend(named_bodies(text, role, "role"))
    if _HELPS.search(body):
        found.extend(_by_rule(each, "role") for each in _helpers(text, split_bodies(text)))
    unique: dict[str, Named] = {}
    for named in found:
        unique.setdefault(folded(named.text), named)
    return tuple(unique.values())
