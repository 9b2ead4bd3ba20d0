"""A day without a preposition that is a term all the same: right behind who gets it, for others than before, or at the head of a duty."""

from __future__ import annotations

import re

from nlp.bodies import body_phrase_at
from nlp.deadlines.context import Around, governor, lower_case
from nlp.directives import leading_subject
from nlp.folding import fold

_TO = re.compile(r"(?<!\w)(?:(?:gui|nop|trinh|bao cao|chuyen|ban giao|phan hoi)(?:\s+(?:ve|cho|den|toi|len))?|ve|cho|den|toi|len)\s+(?=\w)")
_CHANNEL = re.compile(r"\s*\((?:thong )?qua [^()]*\)\s*$")
_HELD = re.compile(
    r"(?<!\w)(?:hội (?:nghị|thảo|thi|diễn|chợ|đàm)|(?:cuộc|phiên|giao ban|dự) họp|họp|kỳ (?:họp|thi)"
    r"|buổi|lễ(?! phí)|(?:giấy |kính |được )mời|mời|(?:tham )?dự (?:họp|lễ|hội)"
    r"|tham dự|đại hội|tọa đàm|cuộc thi|triển lãm|khai mạc|gặp mặt)(?!\w)"
)
"""What takes place on its day: that day is no term."""
_GOES_ON = re.compile(r"\s*(?:cua|ve viec|hop|to chuc|khai mac|den|toi|bat dau|tro di)(?!\w)")
_FOR_OTHERS = re.compile(r"(?<!\w)(?:tru|rieng(?: doi voi)?|con)\s+(?=\w)")
_DO = re.compile(r"(?:\s+(?:thuc hien|gui|nop|bao cao|hoan thanh|trinh|lam|hoan tat))?(?:\s+(?:xong|vao|truoc))?\s*$")
_FOR_ONE = re.compile(r"\d\s+doi voi\s+[^,;:]{3,80},\s*$")
_FOR_ANOTHER = re.compile(r"\s+doi voi\s+(?=\w)")


def bare_term(here: Around, past: bool) -> bool:
    """Whether a day that no word makes a term is one by what stands around it."""
    if past:
        return False
    before = _CHANNEL.sub(" ", fold(here.before)).rstrip()
    if not before.strip(" -–+*("):
        return _heads_a_duty(here)
    return _right_behind_receiver(here, before) or _of_others(here, before)


def _right_behind_receiver(here: Around, before: str) -> bool:
    """ "nộp về UBND xã ngày 20/9": the day stands behind who gets it; "gửi giấy mời dự họp ngày 20/9" is of the meeting."""
    if governor(here) != "hand" or _HELD.search(lower_case(here.before)) or _GOES_ON.match(fold(here.after)):
        return False
    spans = (body_phrase_at(here.before[: len(before)], to.end()) for to in list(_TO.finditer(before))[-4:])
    return any(span is not None and span[1] == len(before) for span in spans)


def _of_others(here: Around, before: str) -> bool:
    """A second day, for others: "… vào ngày 24/01, trừ Sở A thực hiện ngày 25/01", "… 15/4 đối với Sở A, 25/4 đối với Sở B"."""
    if _HELD.search(lower_case(here.before)):
        return False
    apart = list(_FOR_OTHERS.finditer(before))
    if apart and re.search(r"\d/\d", before[: apart[-1].start()]):
        span = body_phrase_at(here.before, apart[-1].end())
        if span is not None and _DO.match(before, span[1]):
            return True
    another = _FOR_ANOTHER.match(fold(here.after))
    return another is not None and _FOR_ONE.search(before + " ") is not None and body_phrase_at(here.after, another.end()) is not None


def _heads_a_duty(here: Around) -> bool:
    """ "Ngày 31/12/2024, Kho bạc các huyện khóa sổ …": who does what on the day that opens the clause; no meeting, nothing told."""
    after = re.sub(r"^\s*,\s+", "", here.after)
    if after == here.after or re.search(r"(?<!\w)(?:đã|sẽ|đang)(?!\w)", after.lower()) or _HELD.search(lower_case(after)):
        return False
    return leading_subject(after) is not None
