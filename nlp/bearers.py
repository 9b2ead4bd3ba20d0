"""Bearers of a duty that are no agency by name: "Giáo viên …", "Các chủ hồ chứa …", "Người đứng đầu cơ sở giáo dục …"."""

from __future__ import annotations

import re
from functools import cache

from nlp.directives import folded, follows_subject, lexicon, opens_imperative, verb_end
from nlp.lexicon import any_of, toml
from nlp.normalise import plain_tone

_REACH = 140
"""Characters within which the verb of the duty must stand."""
_TOLD = re.compile(r"(?:đã|đang|sẽ|là|không còn|chưa|nào)(?!\w)")
"""Words behind a subject that tell of it and bind it to nothing."""
_ORDERS = re.compile(r"(?:tran trong |kinh )?(?:yeu cau|de nghi) (?=(?:quy|cac|cong ty|so|phong|ubnd|uy ban|don vi) )")
""" "Chi cục yêu cầu Quý Công ty nộp …": who orders is no bearer."""
_DAY = re.compile(r"\d/\d")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _opening() -> re.Pattern[str]:
    data = toml("bearers.toml")
    noun = rf"(?:(?P<whole>{_words(data['whole'])})|(?P<open>{_words(data['open'])}))(?!\w)"
    more = _words([*data["whole"], *data["open"]])
    any_noun = rf"(?:các|những|toàn thể|từng)\s+(?!{_words(data['things'])}(?!\w))\w+"
    return re.compile(rf"(?:(?:{_words(data['before'])}\s+)?{noun}|(?P<any>{any_noun}))(?:(?:\s*,\s*|\s+và\s+|\s+hoặc\s+)(?:các\s+)?{more}(?!\w))*")


def _words(words: list[str]) -> str:
    """A pattern for one of some words with their marks: "đội" is not "đối"."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@cache
def _named_by() -> re.Pattern[str]:
    return re.compile(rf"{any_of(toml('bearers.toml')['named_by'])}(?![a-z])")


def duty_bearers(text: str) -> tuple[int, int] | None:
    """Where the bearers stand that begin a unit and are bound to something, or None.

    >>> text = "Các chủ hồ chứa trên địa bàn vận hành hồ đúng quy trình."
    >>> text[slice(*duty_bearers(text))]
    'Các chủ hồ chứa trên địa bàn'
    """
    if opens_imperative(text):
        return None
    begin = _behind_case(text) if _CASE.match(folded(text[:20])) else 0
    end = _end_of_bearers(text[begin:]) if begin is not None else None
    return (begin, begin + end) if begin is not None and end is not None else None


_WHICH = re.compile(r"(?:có|chưa|không|đang|đã|được|thuộc|trên|trong|tại|quản lý|sử dụng|kinh doanh|sản xuất|hoạt động|tham gia|nuôi|khai thác|nợ|còn)(?!\w)")


def names_bearers(text: str) -> bool:
    """Whether a heading names bearers with a clause that says which: "Các doanh nghiệp có vốn nhà nước", "Chủ rừng trên địa bàn".

    What bears nothing by itself ("Cơ sở vật chất") has no such clause.
    """
    noun = _opening().match(plain_tone(text[:_REACH]).lower())
    if noun is None or noun["any"]:
        return False
    which = _WHICH.match(text, noun.end() + 1)
    return which is not None and text[noun.end() : noun.end() + 1] == " " and not _BOUND_TO.search(folded(text), which.end())


_BOUND_TO = re.compile(r"(?<![a-z])(?:thuc hien|to chuc|khan truong|phai|can|bao cao|trien khai|chu dong|tap trung|nghiem tuc|co trach nhiem|gui|nop|sau)(?![a-z])")
"""What they must do: then the line announces a list, it is no heading."""


_CASE = re.compile(r"(?:truoc ngay|cham nhat|trong (?:thang|quy|nam|vong|thoi han)|doi voi|ve|khi|ngay sau khi|sau khi|sau moi|truoc khi|trong qua trinh|trong thoi gian|truong hop|hang nam|dinh ky|can cu|rieng doi voi)(?![a-z])")
""" "Sau mỗi đợt đồng bộ, cơ sở đào tạo …", "Đối với học phí: sinh viên …": the case stands before the bearers."""


def _behind_case(text: str) -> int | None:
    """Where the first clause behind the opening case names bearers; None where another clause comes first."""
    for match in re.finditer(r"[,:]\s+", text[:260]):
        if opens_imperative(text, match.end()):
            return None
        if _opening().match(plain_tone(text[match.end() : match.end() + _REACH]).lower()):
            return match.end()
    return None


def _end_of_bearers(text: str) -> int | None:
    """Where the bearers end that begin a text and are bound to something, or None."""
    plain = folded(text[: _REACH + 40])
    noun = _opening().match(plain_tone(text[:_REACH]).lower())
    if not noun:
        return None
    least = noun.end()
    if not noun["whole"]:
        least = _next_word(text, least)  # the first word behind "cơ sở" is of its name, verb or not
    skip = 0
    for space in re.finditer(r"[\s,]+", plain[:_REACH]):
        at = space.end()
        if space.start() < noun.end() or at < skip:
            continue
        if plain[space.start() - 1] in ".;:" or _DAY.search(plain[: space.start()]):
            return None
        if _TOLD.match(text, at) or (_ORDERS.match(plain, at) and not _GOVERNS.search(plain[: space.start()])):
            return None
        passive = re.match(r"(?:được|bị)\s+", text[at:])
        if passive:
            named = _named_by().match(plain, at + passive.end())
            if not named:
                return None
            skip = named.end()
            continue
        if space.start() >= least and _binds(text, plain, at):
            return space.start()
    return None


def _next_word(text: str, at: int) -> int:
    """End of the next word, or of the verb of several syllables that begins there."""
    word = _WORD.search(text, at)
    return max(word.end(), verb_end(text, word.start())) if word else at


def _binds(text: str, plain: str, at: int) -> bool:
    """Whether the words at an offset are what the bearers must do, not what says which they are."""
    verb = _WORD.match(text, at)
    if verb is None or not text[at].islower() or _GOVERNS.search(plain[:at].rstrip()):
        return False
    alone = plain_tone(verb[0].lower()) in lexicon().short_verbs and plain_tone(verb[0].lower()) not in _SURE
    return not (alone and _next_word(text, at) == verb.end()) and follows_subject(text, at)


_SURE = frozenset({"gửi", "nộp", "cử", "lập", "phải", "cần", "kê", "mua", "đăng"})
"""Verbs of one syllable that are no syllable of a noun: "công trình", "học tập trực tuyến" are."""


_GOVERNS = re.compile(
    r"(?<![a-z])(?:de|khi|do|cua|ve|va|co|trong|viec|cong tac|theo|boi|tai|hoac|tu|lam|von|nganh|linh vuc|du an|hoat dong|ke hoach"
    r"|chuong trinh|de an|tien do|nhiem vu|nghiep vu|thu tuc|dich vu|phap luat|tap the|nang luc|nhu cau|chinh sach|che do|trach nhiem)$"
)
""" "vốn đầu tư", "công tác kiểm tra": the verb behind belongs to a name or to another word."""
