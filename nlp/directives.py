"""What makes a clause a directive: verbs, their places, and what only looks like one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from nlp.bodies import body_phrase_at, territories_at
from nlp.normalise import plain_tone


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of data/directives.toml, folded."""

    directing: tuple[str, ...]
    addressed: frozenset[str]
    kinds_of_addressed: frozenset[str]
    imperative: frozenset[str]
    short_verbs: frozenset[str]
    subject_verb: frozenset[str]
    narrative: tuple[str, ...]
    informing_heading: tuple[str, ...]
    aims_heading: tuple[str, ...]
    announce_directive: tuple[str, ...]
    announce_informing: tuple[str, ...]
    without_tasks: frozenset[str]
    only_parcelled: frozenset[str]
    naming_bodies_only: frozenset[str]
    urging: tuple[str, ...]
    difficulties: tuple[str, ...]
    acts: tuple[str, ...]
    courtesy: tuple[str, ...]
    praise: tuple[str, ...]
    done_how: dict[str, list[str]]


class _Folds(dict[int, str]):
    """Each character's base letter in lower case, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        self[code] = "d" if base in "đð" else base[:1] or char
        return self[code]


_FOLDS = _Folds()


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """Lower case without diacritics; the length is kept, so offsets stay valid."""
    return text.translate(_FOLDS)


@cache
def lexicon() -> Lexicon:
    """Load the word lists once."""
    data = tomllib.loads(files("nlp").joinpath("data/directives.toml").read_text(encoding="utf-8"))

    def fold_all(words: list[str]) -> tuple[str, ...]:
        return tuple(sorted({folded(word) for word in words}, key=len, reverse=True))

    return Lexicon(
        directing=fold_all(data["directing"]),
        addressed=frozenset(fold_all(data["addressed"])),
        kinds_of_addressed=frozenset(fold_all(data["kinds_of_addressed"])),
        imperative=frozenset(fold_all(data["imperative"])),
        short_verbs=frozenset(plain_tone(word) for word in data["imperative"] if " " not in word),
        subject_verb=frozenset(fold_all(data["subject_verb"])),
        narrative=fold_all(data["narrative"]),
        informing_heading=fold_all(data["informing_heading"]),
        aims_heading=fold_all(data["aims_heading"]),
        announce_directive=fold_all(data["announce"]["directive"]),
        announce_informing=fold_all(data["announce"]["informing"]),
        without_tasks=frozenset(data["kinds"]["without_tasks"]),
        only_parcelled=frozenset(data["kinds"]["only_parcelled"]),
        naming_bodies_only=frozenset(data["kinds"]["naming_bodies_only"]),
        urging=fold_all(data["closing"]["urging"]),
        difficulties=fold_all(data["closing"]["difficulties"]),
        acts=fold_all(data["telling"]["acts"]),
        courtesy=fold_all(data["telling"]["courtesy"]),
        praise=fold_all(data["telling"]["praise"]),
        done_how=data["done_how"],
    )


@cache
def _starts(words: frozenset[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(re.escape(word) for word in ordered) + r")(?![a-z0-9])")


_ADVERBS = re.compile(
    r"(?:dong thoi|ngoai ra|ben canh do|truoc mat|rieng|mat khac|tren co so do|theo do|qua do|trong do|dac biet|nhat la|va|thi"
    r"|tiep tuc|khan truong|chu dong|chi(?! tiet)|thuong xuyen|kip thoi|nghiem tuc|truc tiep|som|cung|phai|can|luon|hoan toan"
    r"|theo [a-z ,]{3,60}?|can cu [a-z ,]{3,60}?)[,:]?\s+"
)  # fmt: skip


def _exact(word: str) -> bool:
    """Whether a verb of one syllable is that verb with its marks: "cử" and not "cứ", "dành" and not "danh"."""
    return plain_tone(word.lower()) in lexicon().short_verbs


_ORGANISATIONS = re.compile(r"to chuc(?:,| va| hoac|, hoac|/)\s*(?:cac )?(?:ca nhan|co quan|don vi|doanh nghiep|ho )")
""" "Tổ chức, cá nhân phải …" begins with a noun."""


def opens_imperative(text: str, start: int = 0) -> bool:
    """Whether the text from `start` begins with a verb that tells its doer what to do."""
    if not text[start : start + 1].islower() and _done_how().match(text, start):
        return True
    body = folded(text)
    pattern = _starts(lexicon().imperative)
    position = start
    for _ in range(4):
        found = pattern.match(body, position)
        if found and (" " in found.group() or _exact(text[position : found.end()])):
            return not _ORGANISATIONS.match(body, position)
        skip = _ADVERBS.match(body, position)
        if not skip:
            return False
        position = skip.end()
    return False


@cache
def _done_how() -> re.Pattern[str]:
    """ "Kê lại bàn ghế", "Chỉnh lý xong tài liệu": what says how a deed ends shows the word before it to be a verb."""
    words = lexicon().done_how
    not_deeds, with_extent, extents = ("|".join(words[key]) for key in ("not_deeds", "with_extent", "extents"))
    return re.compile(
        rf"(?!(?:{not_deeds})\s)[A-ZĐÀ-Ỹ][a-zà-ỹđ]{{0,5}}(?:\s+(?!còn\s|chưa\s|đã\s|đang\s|hiện\s)[a-zà-ỹđ]{{2,6}})?\s+(?:lại|xong|hết)\s+(?=[a-zà-ỹđ])"
        rf"|(?:{with_extent})\s+(?:{extents})\s+(?=[a-zà-ỹđ])"
    )


def verb_end(text: str, at: int) -> int:
    """End of the verb of doing that begins at `at`, or `at` where none does."""
    verb = _starts(lexicon().imperative).match(folded(text), at)
    return verb.end() if verb else at


def follows_subject(text: str, start: int) -> bool:
    """Whether a verb of doing stands at `start`, just after a body as subject."""
    body = folded(text)
    gap = re.compile(r"[\s,:;\-–—]*(?:\([^)]{0,120}\)\s*)?[,:]?\s*").match(body, start)
    position = gap.end() if gap else start
    bound = _starts(lexicon().subject_verb).match(body, position) and text[position : position + 3].lower() != "cán"
    if bound or _BOUND_IN_A_CASE.match(body, position) or _again().match(text, position):
        return True
    grounds = _ON_GROUNDS.match(body, position)
    if grounds and opens_imperative(text, grounds.end()):
        return True
    return opens_imperative(text, position)


@cache
def _again() -> re.Pattern[str]:
    """ "Ban Quản lý chợ kẻ lại vạch sơn": what is done again is a deed, whatever the verb."""
    return re.compile(rf"(?!(?:{'|'.join(lexicon().done_how['not_again'])})\s)[a-zà-ỹđ]{{1,6}}\s+lại\s+(?=[a-zà-ỹđ\d])")


_BOUND_IN_A_CASE = re.compile(r"(?:khi|truoc khi|sau khi|neu|trong qua trinh|trong thoi han|trong vong|cham nhat)\s[^.;:]{3,140}?\s(?:phai|can|co trach nhiem)(?![a-z])")
""" "Sở X khi giải quyết hồ sơ phải …": the case stands between the body and its duty."""


_ON_GROUNDS = re.compile(r"(?:tren co so|can cu)\s[^.;:]{3,200}?,\s+")
""" "Sở X trên cơ sở đề nghị của các huyện, hoàn thành …": grounds stand between the body and its duty."""


def is_narrative(text: str) -> bool:
    """Whether the text opens like a report, a rule or an explanation."""
    body = folded(text)
    return any(re.match(re.escape(word) + r"(?![a-z0-9])", body) for word in lexicon().narrative)


@dataclass(frozen=True, slots=True)
class Directing:
    """"Giao Sở Y tế …": where the verb and the bodies after it stand (offsets into the text)."""

    verb: str
    start: int
    bodies_start: int
    bodies_end: int


@cache
def _directing_pattern() -> re.Pattern[str]:
    # "giao" is the word most often damaged by reading: ø1ao, glao, 9iao.
    verbs = "|".join(re.escape(verb).replace(r"\ ", r"\s+").replace("giao", "[gøq9][i1l]ao") for verb in lexicon().directing)
    return re.compile(rf"(?<![a-z])(?:{verbs})(?![a-z])(?:\s+(?:cho|doi voi|ca))?[\s:]+")


_NOT_DIRECTING = re.compile(r"(?:duoc|ban|chuyen|do|nhiem vu|da|ke hoach|chu truong|nhu|noi dung|theo|cac|nhung|su|viec|khi|neu|co|ho so)\s+$")


_MEETS = re.compile(r"(?:hop|hoi nghi|buoi|cuoc|phien|lich|che do|noi dung|du|ket luan)\s+$")
_IN_SESSION = re.compile(
    r"giao\s+ban(?:\s+(?:dau|cuoi|dinh ky|thuong ky|truc tuyen|noi bo|chuyen mon|chuyen de|bao chi|hieu truong|truong phong|khoi|cum"
    r"|cong tac (?:thang|tuan|quy|dau|cuoi)|(?:hang )?(?:ngay|thang|tuan|quy|nam))(?![a-z])|\s*(?:[,.;:()]|$)|\s+\d"
    r"|\s+(?:voi|cua|tai|vao|va|de|do|theo|trong|ve|nham|giua|sau|truoc|duoc)(?![a-z]))"
)
""" "giao ban đầu tuần", "giao ban công tác tháng 9", in folded text: people meet, nobody is ordered."""


def _in_session(body: str, at: int) -> bool:
    """Whether "giao ban" at an offset of folded text is a meeting: "họp giao ban", "giao ban tuần"; "giao ban quản lý dự án …" is an order."""
    return _MEETS.search(body, max(0, at - 12), at) is not None or _IN_SESSION.match(body, at) is not None


def unquoted(text: str) -> str:
    """The text with long quotations blanked: what is quoted directs nobody. The length is kept."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


_QUOTED = re.compile(r"[“\"][^”\"]{25,}[”\"]")


def directing_clauses(text: str) -> list[Directing]:
    """All places where a directing verb is followed by the bodies it directs."""
    text = unquoted(text)
    body = folded(text)
    result: list[Directing] = []
    for match in _directing_pattern().finditer(body):
        if _NOT_DIRECTING.search(body[max(0, match.start() - 14) : match.start()]):
            continue
        if match.group().startswith("chi thi") and not text[match.start()].islower():
            continue  # "thực hiện Chỉ thị …": the paper, not the deed
        if match.group().startswith(("giao", "mong")) and _marked(text[match.start() : match.start() + 4]):
            continue  # "Ban Tuyên giáo", "mỏng": other words once their marks are off
        if match.group().startswith("giao") and text.startswith("ban", match.end()) and _in_session(body, match.start()):
            continue  # "hội nghị giao ban tháng 9": a meeting; "giao Ban Quản lý …" is an order
        if match.group().startswith("kien nghi") and match.start():
            continue  # "Kiến nghị UBND huyện chỉ đạo …" asks; inside a sentence it tells what somebody has asked
        if _CITED_SUBJECT.search(body[max(0, match.start() - 160) : match.start()]) or _of_another(body, match.start()):
            continue
        if _told_at(body, match.start()) or _in_vain(body, match.start()):
            continue  # "Công văn số 12/… yêu cầu các địa phương …": what another letter asked
        position = match.end()
        for skip in ("dong chi ", "cac dong chi ", "ong ", "ba ", "lanh dao "):
            if body.startswith(skip, position):
                found = body_phrase_at(text, position)
                if found is None:
                    position += len(skip)
                break
        span = _territories(text, position) or body_phrase_at(text, position) or addressed_noun(text, position)
        agreed = match.group().startswith("dong y")
        if span is not None and match.group().startswith("chuyen") and not follows_subject(text, span[1]):
            continue  # "chuyển Sở Y tế 05 tỷ đồng": "chuyển Sở Y tế xem xét, giải quyết" directs
        if span is not None and agreed and (" cho " in match.group() or not follows_subject(text, span[1])):
            continue  # "đồng ý đề nghị của Bộ X", "đồng ý cho Sở Y …": agreed or allowed, nobody is directed
        if span is not None:
            result.append(Directing(match.group().strip(), match.start(), span[0], span[1]))
    return result


def addressed_noun(text: str, start: int) -> tuple[int, int] | None:
    """A common noun for the one the letter is sent to, before what it is told to do: "đề nghị đơn vị kiểm tra, xác nhận …"."""
    courtesy = _QUY.match(text, start)
    noun = _starts(lexicon().addressed).match(folded(text), courtesy.end() if courtesy else start)
    if noun is None or not (courtesy or noun.group() != "uy ban") or not (courtesy or text[start : noun.end()].islower()) or not follows_subject(text, noun.end()):
        return None
    if _starts(lexicon().kinds_of_addressed).match(folded(text), noun.end() + 1):
        return None
    return start, noun.end()


_QUY = re.compile(r"[Qq]uý\s+")


_CITED_SUBJECT = re.compile(r"(?:cong van|van ban|chi thi|ke hoach|quyet dinh|nghi quyet|thong bao|cong dien)\s[^,;:.]*\d+/[^,;:]*\s(?:da\s+)?$")


_TOLD_AT = re.compile(
    r"(?:truoc (?:do|day)|nam \d{4}),?\s[^;:]*|(?:(?:sang |chieu )?ngay [^,;:]{6,40},\s+)?tai (?:cac )?(?:cong van|van ban|chi thi|ke hoach|quyet dinh|nghi quyet|thong bao|cong dien|to trinh|cuoc hop|hoi nghi|buoi)(?! nay)(?![a-z])"
    r"[^;:]*?,\s[^,;:]*$"
)


_ISSUED_WITH = re.compile(
    r"(?:sang |chieu )?ngay \d[^,;:]{3,30},\s+[^,;:]*\sda (?:ban hanh|co|ky|ky ban hanh|gui)\s(?:cong van|van ban|chi thi|ke hoach|quyet dinh|thong bao|cong dien)(?! nay)(?![a-z])[^,;:]*,\s+$"
    r"|(?:sang |chieu )?ngay \d[^,;:]{3,30},\s+[^,;:]{3,90}? (?:da )?(?:ban hanh|ky ban hanh|ky) (?:cong van|van ban|chi thi|ke hoach|quyet dinh|nghi quyet|thong bao|cong dien)(?! nay)(?![a-z])[^;:]*,\s+(?:theo do|trong do),?\s+$"
)
""" "Ngày 14/6/2018, Chánh án … đã ban hành Chỉ thị số 02/CT-TA, yêu cầu …": the order is that paper's, as is "Ngày 14/6/2018, Thủ tướng ban hành Chỉ thị số 5/CT-TTg về …, theo đó, giao …"; one with a subject of its own ("…, UBND tỉnh yêu cầu") is not."""


_CLAUSE_END = re.compile(r"[.;:]\s+")


def _clause_begin(body: str, at: int) -> int:
    """Where the clause begins that holds `at`: behind the last stop, semicolon or colon; no clause is longer than `_LONGEST_CLAUSE`."""
    reach = max(0, at - _LONGEST_CLAUSE)
    return max((match.end() for match in _CLAUSE_END.finditer(body, reach, at)), default=reach)


_LONGEST_CLAUSE = 1200


def _told_at(body: str, verb: int) -> bool:
    """ "Tại Thông báo số 45/…, Chủ tịch UBND tỉnh giao Sở A …": the sentence tells what was ordered there."""
    sentence = body[_clause_begin(body, verb) : verb]
    if _ISSUED_WITH.fullmatch(sentence):
        return True
    return _TOLD_AT.fullmatch(sentence) is not None and _directing_pattern().search(sentence.partition(",")[2]) is None


_HAS_ORDERED = re.compile(r"[^.;:]*\sda (?:[a-z]+ ){0,3}?(?:nhac nho|chi dao|yeu cau|de nghi|don doc|giao|phan cong|nhac)(?![a-z])[^.;:]*,\s")
_IN_VAIN = re.compile(r"[^.;]*(?<![a-z])(?:nhung|song|tuy nhien|den nay)(?![a-z])[^.;]*(?<![a-z])(?:chua|khong|van)(?![a-z])")


def _in_vain(body: str, verb: int) -> bool:
    """ "UBND tỉnh đã nhiều lần nhắc nhở, đề nghị Sở A báo cáo nhưng chưa nhận được": told."""
    return _HAS_ORDERED.fullmatch(body, _clause_begin(body, verb), verb) is not None and _IN_VAIN.match(body, verb) is not None


def tells_orders(text: str) -> bool:
    """Whether a text tells of an order given elsewhere: "Tại Thông báo số 45/…, Chủ tịch UBND tỉnh giao Sở A …"."""
    body = folded(text)
    return any(_told_at(body, match.start()) for match in _directing_pattern().finditer(body))


_OTHER = re.compile(r"(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|ke hoach|cong dien|luat)(?! nay)(?![a-z])[^,;:]{0,120}?\s(?:va|da|cung)\s$")


def _of_another(body: str, verb: int) -> bool:
    """ "Quyết định có hiệu lực kể từ ngày ký và giao …": the sentence's subject is another document, no body stands before the verb."""
    return _OTHER.fullmatch(body, _clause_begin(body, verb), verb) is not None


def _marked(word: str) -> bool:
    return unicodedata.normalize("NFD", word) != unicodedata.normalize("NFC", word)


_CLAUSE_BREAK = re.compile(r"[,;:.]\s+")


def clause_start(text: str, position: int) -> bool:
    """Whether a clause begins at `position`: the text's start, after punctuation, or after "và"."""
    before = text[:position].rstrip()
    return not before or before[-1] in ",;:.!?–—-)”\"" or f" {folded(before[-12:])}".endswith((" va", " thi", " dong thoi", " nay"))


def leading_subject(text: str) -> tuple[int, int] | None:
    """The bodies that begin the text as its subject and are followed by a verb of doing."""
    span = _territories(text, 0) or body_phrase_at(text, 0)
    if span is None or not follows_subject(text, span[1]) or _whoever(text, span):
        return None
    words = folded(text)
    return None if _MEETING.match(words, span[1]) or _RECEIVED.match(words, span[1]) or _HAS_WRITTEN.match(words, span[1]) else span


_RECEIVED = re.compile(r"\s+(?:co )?nhan duoc\s+(?:cac |nhieu )?(?:don|cong van|van ban|bao cao|de nghi|thong bao|y kien|phan anh|to trinh|ho so|thong tin|kien nghi)(?![a-z])")
""" "UBND tỉnh nhận được đơn của ông A": told, nobody's duty."""


_HAS_WRITTEN = re.compile(
    r"\s+co\s+(?:cac )?(?:cong van|van ban|bao cao|to trinh|thong bao|cong dien|ke hoach|giay moi)\s+"
    r"(?:(?:hoa toc|khan|mat)\s+)?(?:so\s*:?\s*\d|ngay \d|\d+\s*[/-])"
)
""" "Sở A có Công văn số 12/SYT-NV ngày … báo cáo …": a paper that is there already, told."""


def _territories(text: str, start: int) -> tuple[int, int] | None:
    """Territories that stand for their authorities, before a verb of doing ("Xã Thanh Hải khẩn trương …")."""
    named = territories_at(text, start)
    end = named[-1].evidence.end if named else start
    return (start, end) if named and follows_subject(text, end) else None


_MEETING = re.compile(r"\s*(?:phat bieu|khai mac|be mac)(?![a-z])|\s*(?:da |dong )?(?:chu tri|du|tham du|to chuc|tien hanh)\s+(?:va ket luan |va chi dao )?(?:cuoc hop|buoi hop|hoi nghi|buoi lam viec|phien hop|hop|lam viec)(?![a-z])")
_NO_DUTY = re.compile(r"\s*(?:phat bieu|khai mac|be mac|chua|co ban|co (?:nhu cau|ten|du an|su dung|tru so)|da|dang|se|la|cua|va|ve|tai|thuoc|trong|voi|duoc|bi|thi|nhung|co y kien|nhan duoc|khi|hoac|hay|cho biet|gom|bao gom|nhu|so|ngay)(?![a-z])")


def leading_bodies(text: str) -> tuple[int, int] | None:
    """The bodies that begin a unit and are followed by what may be any verb ("Sở X lấy mẫu …"), not by "đã", "là", "của"."""
    span = body_phrase_at(text, 0)
    if span is None or not re.match(r"\s+[^\W\d_]", text[span[1] :]):
        return None
    return None if _NO_DUTY.match(folded(text), span[1]) or _whoever(text, span) else span


def _whoever(text: str, span: tuple[int, int]) -> bool:
    """Whether the subject is whoever it may be and the rest what follows: "Giám đốc đơn vị nào để xảy ra tai nạn sẽ bị xem xét"; "… phải nộp" binds."""
    return _WHICHEVER.search(text, *span) is not None and _MUST_DO.search(text, span[0]) is None


_WHICHEVER = re.compile(r"\snào(?!\w)")
_MUST_DO = re.compile(r"\s(?:phải|cần)\s(?!chịu|bị)")


_WHAT_THEY_ARE = re.compile(r"\s*,?\s+la (?:cac )?(?:don vi|dia phuong|co quan|noi|truong|xa|huyen)\s[^.;:]{3,90}?\s(?:bao cao|gui|nop|phai|can|co trach nhiem)\s")
""" "Riêng xã A là đơn vị làm điểm báo cáo thêm …": what they are stands between the bodies and what they owe."""
_GOVERNED = re.compile(r"(?<![a-z])(?:duoc|bi|phoi hop(?: voi)?|voi|cung|cua|cho|tai|gui|bao cao|do|giua|doi voi|boi)\s+")


_WHEN = re.compile(r"(?:dinh ky|hang (?:ngay|tuan|thang|quy|nam))\s[^,;.]{0,60},\s")
""" "Định kỳ trước ngày 25 hằng tháng, các đơn vị …": a time before the subject."""
_TIME_FIRST = re.compile(
    r"(?:dinh ky|truoc|cham nhat|vao|hang (?:ngay|tuan|thang|quy|nam))\s[^,;:.]{0,70}?(?:ngay|tuan|thang|quy|nam|gio|\d)\s+"
    r"(?=(?:cac(?! (?:doanh nghiep|to chuc|ca nhan|ho|nha thau|cong ty)(?![a-z]))|so|phong|ubnd|uy ban|ban|truong|thu truong|cong an|don vi|hieu truong)\s)"
)
""" "Định kỳ vào thứ Sáu hằng tuần các thôn báo cáo …": a time before the subject without a comma."""
_ABOUT = re.compile(r"(?:rieng )?(?:doi voi|ve|tai)\s+")


def _last_of(text: str, start: int, list_: tuple[int, int]) -> bool:
    """Whether what stands behind a comma is the last of a list, and does something: "Đối với các xã ven biển, UBND huyện A có trách nhiệm …"."""
    span = body_phrase_at(text, start)
    return span is not None and span[1] == list_[1] and follows_subject(text, span[1])


def subject_after_prefix(text: str, limit: int = 320) -> tuple[int, int] | None:
    """The bodies that follow an opening phrase: "Về trồng rừng, phòng Nông nghiệp phối hợp …".

    The search ends where a clause opens with a verb of doing: from there on
    bodies are objects. Commas inside a list of bodies part no clauses.
    """
    if tells_orders(text):
        return None
    body = folded(text)
    alone = re.match(r"(?:rieng|dong thoi,?|ngoai ra,?|truoc mat,?)\s+", body) or _TIME_FIRST.match(body)
    if alone and (first := body_phrase_at(text, alone.end())) is not None and (follows_subject(text, first[1]) or _WHAT_THEY_ARE.match(body, first[1])):
        return first
    governed = [span for m in _GOVERNED.finditer(body, 0, limit) if (span := body_phrase_at(text, m.end())) is not None]
    about = governed[0] if governed and _ABOUT.match(body) else None
    aims = False
    for match in _CLAUSE_BREAK.finditer(text, 0, limit):
        inside = [span for span in governed if span[0] <= match.start() < span[1]]
        if inside and not (about and inside == [about] and text[match.start()] == "," and _last_of(text, match.end(), about)):
            continue
        span = _territories(text, match.end()) or body_phrase_at(text, match.end())
        if span is not None and follows_subject(text, span[1]) and (not aims or _BOUND.match(body, span[1])):
            return None if _MEETING.match(body, span[1]) or _HAS_WRITTEN.match(body, span[1]) else span
        if match.group().startswith((".", ";")):
            return None
        if opens_imperative(text, match.end()) and not _WHEN.match(body, match.end()):
            if not _AIM.match(body):
                return None
            aims = True
    return None


_AIM = re.compile(r"(?:de|nham)(?= (?!nghi(?![a-z]))[a-z])")
_BOUND = re.compile(r"\s+(?:phai|can|co trach nhiem|chiu trach nhiem)(?![a-z])")
""" "Để thúc đẩy kết nối, chia sẻ dữ liệu, … các bộ, ngành cần …": the verbs of an aim order nothing; who is bound does."""
