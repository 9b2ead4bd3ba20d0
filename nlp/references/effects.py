"""What a letter says of changes among documents: one amends, replaces or repeals another.

More careful than the relation of a citation: "đề nghị sửa đổi Nghị định số …"
changes nothing, and in "Nghị định số 2 sửa đổi Nghị định số 1" it is not the
letter that amends. The forms are those of Luật Ban hành văn bản quy phạm pháp
luật (sửa đổi, bổ sung, thay thế, bãi bỏ; hiệu lực) and of Nghị định
30/2020/NĐ-CP for individual documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nlp.numbers import fold
from nlp.references.dates import ANY_DATE, read_date

_VERBS: tuple[tuple[str, str], ...] = (
    ("thay thế", r"thay the(?: cho)?"),
    ("bãi bỏ", r"bai bo|huy bo"),
    ("sửa đổi", r"sua doi(?:,? bo sung)?|dinh chinh|dieu chinh, bo sung"),
)
_VERB = "|".join(rf"(?P<v{i}>{words})" for i, (_, words) in enumerate(_VERBS))
_PART = r"(?:,? (?:bo sung|mot so|mot phan|toan bo|noi dung|cac|va|tai|cua|dieu|khoan|diem|muc|phu luc|quy dinh|so|kem theo|ban hanh|\d+[a-z]?|[a-z]|[ivx]+)\b,?)*"
_TYPES = r"(?:nghi dinh|nghi quyet|quyet dinh|thong tu|thong tu lien tich|luat|bo luat|phap lenh|chi thi|quy che|quy dinh|ke hoach|cong van|van ban|huong dan|thong bao|chuong trinh)"
_OWN = re.compile(
    rf"\b(?P<self>{_TYPES}) nay(?: co hieu luc[^.;]{{0,80}}?(?:va|,))? ?(?:{_VERB}){_PART}[ :]*$"
)
"""The letter itself, or the document of that type named before: "Quyết định này (có hiệu lực … và) thay thế …"."""
_AND = re.compile(r"^\s*(?:nam \d{4})?\s*(?:,|;|va|, va|; va)\s*(?:cac )?$")
"""Between two documents that are changed alike."""
_ITEM = re.compile(
    rf"(?:^|[.:;\n] ?|\n)(?:dieu \d+[a-z]?[.:]? ?|\d+[.)] ?|[a-z]\) ?|- ?)?(?:{_VERB}){_PART}[ :]*$"
)
"""An article or an item that begins so: "Điều 2. Bãi bỏ Quyết định số …". """
_LIST = re.compile(
    rf"(?:^|\n|[.;] )\s*(?:dieu \d+[a-z]?[.:]?|\d+[.)]|[a-z]\)|-)?\s*(?:{_VERB}) (?:toan bo )?(?:cac|nhung) [^:\n]{{0,80}}? sau(?: day)?\s*:"
)
"""An article that announces a list: "Bãi bỏ các văn bản sau:"; the list goes on to the next article."""
_ENTRY = re.compile(rf"\n\s*(?:\d+[.)]|[a-z]\)|-|\+)?\s*(?:{_TYPES}|luat|cac|so|\s)*$")
_ARTICLE = re.compile(r"\n\s*dieu \d")
_OTHER = re.compile(rf"^[^.;:]{{0,120}}?(?<!duoc )(?<!bi )\b(?:{_VERB}){_PART}[ :]*$")
"""Between the changing document and the changed one."""
_PASSIVE = re.compile(
    rf"^[^.;:]{{0,60}}?\b(?:da )?(?:duoc|bi) (?:{_VERB}){_PART}\s?(?:boi|theo|tai|bang)\b[^.;:]{{0,20}}$"
)
"""Between the changed document and the changing one: "… đã được sửa đổi, bổ sung bởi …"."""
_ENDS = re.compile(rf"^[^.;:]{{0,60}}?\b(?:het hieu luc|bi bai bo|duoc thay the)\b[^.;]{{0,60}}\b{_TYPES} nay\b")
"""Behind the changed document: "… hết hiệu lực kể từ ngày Quyết định này có hiệu lực"."""
_PLANNED = re.compile(
    r"\b(?:đề nghị|kiến nghị|đề xuất|dự thảo|nghiên cứu|xem xét|rà soát|tham mưu|dự kiến|trường hợp|xây dựng (?:dự thảo|văn bản)|"
    r"(?<!chương )(?<!công )(?<!quy )(?<!lộ )trình|sẽ|cần|phải|nếu|chưa|không|đang)\b"
)
"""Before the verb: nothing is changed yet, or it is only spoken of."""
_FROM = re.compile(
    rf"co hieu luc(?: thi hanh)? (?:ke )?tu (?:(?P<signing>ngay ky)|(?:ngay )?(?P<date>{ANY_DATE}))"
)
_NORMATIVE = frozenset(
    {"nghị định", "nghị quyết", "quyết định", "thông tư", "luật", "pháp lệnh", "chỉ thị", "quy định", "quy chế"}
)
_WITH_DECISION = frozenset({"quy dinh", "quy che", "ke hoach", "chuong trinh", "van ban"})
"""What a decision may call its own contents."""
_REACH = 200
_BACK = 500
"""Characters before "Luật này …" in which the law it means is looked for."""
_CUT = re.compile(r"[.;]\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Cited:
    """A place where a document is cited: offsets in the text, and which document (the caller's own number)."""

    start: int
    end: int
    document: int


@dataclass(frozen=True, slots=True)
class Effect:
    """`actor` (None: the letter itself) changes `target`; `kind` is sửa đổi, thay thế or bãi bỏ.

    `start` and `end` span the words that say so; `from_day` is the day of effect
    where the text names one.
    """

    actor: int | None
    target: int
    kind: str
    start: int
    end: int
    from_day: date | None = None


def find_effects(
    text: str, cited: Sequence[Cited], *, kind: str | None, issued_on: date | None = None, subject: str | None = None
) -> tuple[Effect, ...]:
    """The changes that a letter of type `kind` makes or tells of, one for each pair of documents.

    `subject` is its trích yếu: "Sửa đổi, bổ sung Quyết định số …" says what a
    decision does. Only documents that make law or decide may change others
    without saying "… này".
    """
    places = sorted(cited, key=lambda each: (each.start, each.end))
    folded = fold(text)
    flat = re.sub(r"\s", " ", folded)  # as long as the text
    from_day = _effective(folded, issued_on)
    lists = _lists(folded) if kind in _NORMATIVE else ()
    title = " ".join(fold(subject or "").split())
    found: dict[tuple[int | None, int], Effect] = {}
    last: tuple[int, int, int | None, str, date | None] | None = None

    def put(
        actor: int | None, target: int, verb: str, start: int, end: int, day: date | None = None
    ) -> None:
        nonlocal last
        if actor != target:
            day = from_day if actor is None else day
            found.setdefault((actor, target), Effect(actor, target, verb, start, end, day))
            last = (start, end, actor, verb, day)

    for index, place in enumerate(places):
        before = places[index - 1] if index else None
        after = places[index + 1] if index + 1 < len(places) else None
        floor = max(before.end if before else 0, place.start - _REACH)
        lead = flat[floor : place.start]
        if (own := _OWN.search(lead)) and not _PLANNED.search(text[floor + own.start() : floor + _at(own)].lower()):
            known, actor = _this(own["self"], fold(kind or ""), places[:index], folded, place.start)
            if known:
                day = _effective(folded[max(0, place.start - _BACK) : place.start], None)
                put(actor, place.document, _verb(own), floor + own.start(), place.end, day)
            continue
        if before and last and last[1] == before.end and _AND.search(flat[before.end : place.start]):
            put(last[2], place.document, last[3], last[0], place.end, last[4])
            continue
        told = _OTHER.search(lead) if before and place.start - before.end <= _REACH else None
        planned = told and _PLANNED.search(text[floor : floor + _at(told)].lower())
        if before and told and not planned and not _CUT.search(folded[before.end : place.start]):
            put(before.document, place.document, _verb(told), before.start, place.end)
            continue
        if after and after.start - place.end <= _REACH:
            between = flat[place.end : after.start]
            if passive := _PASSIVE.search(between):
                put(after.document, place.document, _verb(passive), place.start, after.end)
                continue
        behind = flat[place.end : place.end + _REACH]
        if kind in _NORMATIVE and (ends := _ENDS.search(behind)):
            put(None, place.document, "bãi bỏ", place.start, place.end + ends.end())
            continue
        listed = next((verb for start, end, verb in lists if start <= place.start < end), None)
        if listed and _ENTRY.search(folded, floor, place.start):
            put(None, place.document, listed, place.start, place.end)
            continue
        line = _line(folded, floor, place.start)
        if kind in _NORMATIVE and (item := _ITEM.search(line)):
            put(None, place.document, _verb(item), place.start - (len(line) - item.start()), place.end)
            continue
        if kind in _NORMATIVE and title and (head := re.match(rf"(?:ve )?(?:viec )?(?:{_VERB}){_PART}", title)):
            printed = " ".join(flat[place.start : place.end].split())
            code = re.search(r"\d+[a-z]?[/-][\w/&.-]+", printed)
            if code and code[0] in title[head.end() :][:120]:
                put(None, place.document, _verb(head), place.start, place.end)
    return tuple(found.values())


def _this(
    word: str, kind: str, places: Sequence[Cited], folded: str, position: int
) -> tuple[bool, int | None]:
    """Whom "Luật này" means: the letter (None) where it is one, else the last document of that type cited before."""
    if word == kind or word == "van ban" or (kind == "quyet dinh" and word in _WITH_DECISION):
        return True, None
    for each in reversed(places):
        if position - each.end > _BACK:
            break
        if folded[each.start : each.end].startswith(word):
            return True, each.document
    return False, None


def _lists(folded: str) -> tuple[tuple[int, int, str], ...]:
    """The lists of documents that the letter changes: from, to, how."""
    found = []
    for match in _LIST.finditer(folded):
        end = _ARTICLE.search(folded, match.end())
        found.append((match.end() - 1, end.start() if end else len(folded), _verb(match)))
    return tuple(found)


def _verb(match: re.Match[str]) -> str:
    return next(name for i, (name, _) in enumerate(_VERBS) if match[f"v{i}"])


def _at(match: re.Match[str]) -> int:
    return next(match.start(f"v{i}") for i in range(len(_VERBS)) if match[f"v{i}"])


def _line(folded: str, floor: int, position: int) -> str:
    """What stands before a citation, with line breaks that end nothing made spaces."""
    window = folded[floor:position]
    begun = "\n" + window if floor == 0 or folded[floor - 1] == "\n" else window
    return re.sub(r"(?<![.:;])[ \t]*\n(?!\s*(?:dieu \d|\d+[.)]|[a-z]\)|-|bai bo|thay the|sua doi))", " ", begun)


def _effective(folded: str, issued_on: date | None) -> date | None:
    told = _FROM.search(folded)
    if told is None:
        return None
    if told["signing"]:
        return issued_on
    day = read_date(told["date"])
    return day.value if day else None
