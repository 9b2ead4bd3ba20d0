"""The contexts that the rules name: whether the words around a time expression make it a deadline."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.deadlines.bare import bare_term
from nlp.deadlines.context import Around, governor, lower_case, reported, segment, story_apart, words
from nlp.directives import leading_subject, opens_imperative
from nlp.folding import fold

_RESULTS = frozenset({"ket qua", "tinh hinh", "tien do"})
_GROWS = re.compile(r"\s*(?:có(?! (?:báo cáo|văn bản))|đạt|tăng|giảm|phát sinh|xảy ra|bình quân|khoảng|thêm|ghi nhận)(?!\w)")
_SENDING = frozenset({"bao cao", "gửi", "trình", "nộp"})


def _open(here: Around, kind: str, past: bool) -> bool:
    found = governor(here)
    if found == "story":
        return not past and story_apart(here) and _ordered(here)
    if not past and _RULED.match(here.after.lower()) and not _ordered(here):
        return False
    return not past or (found in {"finish", "hand"} and not re.search(r"(?<!\w)đã(?!\w)", segment(here)))


_RULED = re.compile(r"[\s,]*(?:thì|được|vẫn|không phải)(?!\w)")
""" "Hồ sơ nộp trước ngày 20/5 được giải quyết theo …": a rule for what came before that day."""


_MARK = re.compile(r"^[\s\-–+*•(]*(?:(?:Riêng|Ngoài ra|Đồng thời|Trước mắt),?\s+)?")


def _ordered(here: Around) -> bool:
    """Whether the clause opens with an order: with what is to be done, or with who does it."""
    clause = _MARK.sub("", here.before)
    return opens_imperative(clause) or opens_imperative(segment(here).lstrip()) or leading_subject(clause) is not None


_YEARS_ONLY = re.compile(r"(?<!\w)giai đoạn\s+(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\s*$")
""" "phương án giai đoạn 2021 - 2025 trong quý I": the span is that of the paper."""
_OF_THIS_PAPER = re.compile(r"\s*(?:tổ chức )?(?:thực hiện|triển khai)(?: thực hiện)?\s+[^,;.]{3,30}\s+này\s*")


def _content(here: Around, kind: str, past: bool) -> bool:
    here = replace(here, before=_YEARS_ONLY.sub("", lower_case(here.before))) if kind in {"month", "quarter"} else here
    if re.search(r"(?<!\w)đã(?!\w)", here.after.lower()) and not here.before.strip(" ,-–+("):
        return False
    lists = words()
    finish = here.last(lists.finish)
    content = here.last(lists.content)
    if finish and not (content and content[0] <= finish[0] and finish[0] - content[0] < 20):
        return not past or governor(here) != "story"
    if content:
        between = here.before[content[0] :]
        near = len(between.split()) <= 6 and not re.search(
            r"[,;]|(?<!\w)(?:về|gửi|cho|tới|trình|báo cáo|nộp)(?!\w)", between.lower()
        )
        lead = here.last(lists.hand_over, here.before[: content[0] - len(content[1])])
        told = (
            fold(content[1]) in _RESULTS
            and kind in {"month", "quarter", "week"}
            and not past
            and lead is not None
            and (lead[1] in _SENDING or fold(lead[1]) in _SENDING)
        )
        if near and not told and not (kind in {"month", "quarter"} and not past and _completes(here, content)):
            return False
    return not past or governor(here) in {"finish", "hand"}


_COMPLETING = frozenset({
    "phe duyet", "ban hanh", "trinh", "giai ngan", "cong bo", "ban giao", "khac phuc", "xu ly", "giai quyet", "gui", "nop", "thu hoi",
})  # fmt: skip
_MAKING = frozenset({"lap", "xay dung"})


def _completes(here: Around, content: tuple[int, str]) -> bool:
    """Whether a verb right before the noun finishes what it names: "ban hành kế hoạch trong tháng 5", not "kế hoạch tuyển dụng trong …"."""
    lists = words()
    lead_words = here.before[: content[0] - len(content[1])]
    lead = here.last(lists.hand_over, lead_words)
    between = 0 if _OF_THIS_PAPER.fullmatch(here.before[content[0] :]) else len(here.before[content[0] :].split())
    if lead is None or len(lead_words[lead[0] :].split()) > 2 or reported(here, lead):
        return False
    if here.last(lists.content, lead_words[: lead[0]].rsplit(",", 1)[-1]):
        return False  # "báo cáo kết quả giải ngân vốn trong tháng 6"
    verb = fold(lead[1])
    return (verb in _COMPLETING and between <= 1) or (verb in _MAKING and between == 0)


def _of_all(here: Around) -> bool:
    """True where all of something is to be done: "ký cam kết với 100% cơ sở" (in the year that follows)."""
    quota = re.search(r"(?<!\d)100\s?%[^,;]{0,80}$", here.before)
    if quota is None or here.last(words().content, here.before[quota.start() :]):
        return False
    lead = here.before[: quota.start()].rsplit(",", 1)[-1]
    hit = here.last(words().hand_over, lead)
    return hit is not None and not reported(here, hit) and "được" not in lead.lower().split()


def _finish(here: Around, kind: str, past: bool) -> bool:
    hit = here.last(words().finish)
    if hit is None and not here.before.strip(" -–+("):
        return not past and here.last(words().finish, here.after[:50]) is not None
    if hit is None and not past and _of_all(here):
        return True
    return not past and hit is not None and not reported(here, hit)


def _finish_near(here: Around, kind: str, past: bool) -> bool:
    if past or governor(here) == "story":
        return False
    if re.search(r"(?<!\w)đã(?!\w)", here.after.lower()[:70]):
        return False
    if kind == "year":
        return not here.before.strip(" -–+(,") and here.last(words().finish, here.after[:30]) is not None
    if here.last(words().finish) or here.last(words().finish, here.after[:70]):
        return True
    return here.last(words().goals, here.after[:30]) is not None


_REACHED = re.compile(r"(?<!\w)(?:đã|mới|chưa|chỉ|còn)(?!\w)")
_QUOTA = re.compile(r"(?:(?:đã|mới|chưa|chỉ)\s+)?(?:giải ngân|đạt|thu|hoàn thành)\D{0,24}\d+(?:,\d+)?\s?%(?: [^\s,;]+){0,5}\s*$")
""" "phấn đấu giải ngân đạt 30% kế hoạch vốn đến hết quý I": so much is to be done by then."""


def _validity(here: Around, kind: str, past: bool) -> bool:
    tail = here.before.rsplit(",", 1)[-1]
    if re.search(r"(?:dưới|chưa|mới)\D{0,20}\d+\s*%\s*$", tail.lower()):
        return False
    quota = _QUOTA.search(tail.lower())
    if quota and not past and not _REACHED.search(quota[0]):
        return True
    return not past and not here.last(words().story, tail) and not here.last(words().content, tail[-24:])


def _range(here: Around, kind: str, past: bool) -> bool:
    if past or here.last(words().content, here.before[-30:]) or governor(here) == "story":
        return False
    occasion = here.last(words().occasions)
    if (
        occasion
        and all(word[0].isupper() or word[0].isdecimal() for word in here.before[occasion[0] :].strip(" (:,").split())
        and not here.last(words().hand_over, here.after[:40])
    ):
        return False
    if kind == "day":
        return True
    return governor(here) in {"finish", "hand"} or bool(here.last(words().hand_over, here.after[:40]))


def _opening(here: Around, kind: str, past: bool) -> bool:
    told = re.search(r"(?<!\w)(?:đã|được)(?!\w)", here.after.lower()[:60])
    return not past and not here.before.strip(" -–+(\n") and not told


def _listed(here: Around, kind: str, past: bool) -> bool:
    """Of "lần 1 …, lần 2 …": when something is handed over so often, not when it is held."""
    return not past and here.last(words().tells, here.before) is not None and not _of_meeting(here)


def _event(here: Around, kind: str, past: bool) -> bool:
    if re.match(
        r"[\s\-–+(]*(?:hội nghị|hội thảo|cuộc họp|buổi|lễ|kỳ họp|đại hội)(?!\w)", here.before.lower()
    ):
        return False
    return not past and governor(here) in {"finish", "hand"} and not _of_meeting(here)


def _of_meeting(here: Around) -> bool:
    """Whether a word of meetings stands before, not only as a part of another word ("vệ sinh")."""
    lists = words()
    before = lower_case(here.before)
    held = [match.span() for match in lists.compounds.finditer(before)]
    return any(not any(start <= each.start() and each.end() <= end for start, end in held) for each in lists.events.finditer(before))


_CHANNEL = re.compile(r"\s*\(qua [^()]*\)\s*$")
""" "báo cáo Giám đốc (qua Văn phòng) hằng ngày": the channel stands between."""
_CLOCK_BEFORE = re.compile(r"(?<!\d)\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{1,2}\s*(?:phút|['’′]|p)?)?\s*\(?$")


def _periodic(here: Around, kind: str, past: bool) -> bool:
    """Of "định kỳ hằng tuần": what is done so often, not a noun that it describes ("kế hoạch kiểm tra định kỳ hằng năm")."""
    clause = " ".join(here.before.rsplit(",", 1)[-1].split()[-12:])
    return _standing(here, kind, past) or (here.last(words().standing, clause) is None and here.last(words().content, clause) is None)


_TOLD = re.compile(r"(?<!\w)(?<!dự )(?<!cảnh )(?<!thông )báo (?:về|cho|ngay|lại)(?!\w)")
""" "báo về Trạm Y tế xã hằng ngày", with its marks: no "bảo vệ"."""


_MUST_BE = re.compile(r"(?<!\w)(?:phải|cần) được(?!\w)")


def _standing(here: Around, kind: str, past: bool) -> bool:
    lists = words()
    here = replace(here, before=_CHANNEL.sub(" ", here.before))
    lead = lower_case(here.before).split()
    if lead and lead[-1] in lists.not_before_interval:
        return False
    if _CLOCK_BEFORE.search(here.before.lower()):
        return True  # "trước 17 giờ 00 hằng ngày"
    segments = here.before.rsplit(",", 1)
    if not segments[-1].strip() and len(segments) > 1 and not re.match(r"\s*\w", here.after):
        segments = segments[0].rsplit(",", 1)  # "kế hoạch trung hạn, hàng năm.": says what kind of plan
    tail = " ".join(segments[-1].split()[-12:])
    standing, recurs = here.last(lists.standing, tail), here.last(lists.recurs, tail)
    if standing and (not recurs or standing[0] >= recurs[0]):
        return False
    if recurs or _TOLD.search(tail.lower()) or lists.recurs.match(lower_case(here.before).lstrip(" -–+*(")) or len(tail.split()) <= 3 or _MUST_BE.search(tail.lower()):
        return True
    if opens_imperative(here.after.lstrip(" ,()")):
        return True  # "giao Sở A hàng quý báo cáo …"
    return bool(here.last(lists.hand_over, tail)) and not re.match(r"\s*của\b", here.after.lower())


def _each(here: Around, kind: str, past: bool) -> bool:
    """Of "mỗi tháng": an order that recurs, not a rate ("500.000 đồng mỗi tháng") nor a course of things."""
    lists = words()
    clause = re.split(r"[,;]", here.before)[-1]
    tail = " ".join(clause.split()[-8:])
    if re.search(r"(?:đồng|%|/)\s*$|(?<!\w)(?:đã|nếu|cứ)(?!\w)", clause.lower()) or _GROWS.match(
        here.after.lower()
    ):
        return False
    standing, recurs = here.last(lists.standing, tail), here.last(lists.recurs, tail)
    if standing and (not recurs or standing[0] > recurs[0]):
        return False
    return len(tail.split()) <= 3 or bool(recurs or here.last(lists.hand_over, clause)) or _done_each(here, kind, past)


_LAST_WORDS = re.compile(r"\s*(?:[,;.(]|$|và\s|(?:vào|lúc)\s+(?:lúc\s+)?\d)")
_SO_MUCH = re.compile(r"(?:\d[\d.,]*%?(?:\s+[^\W\d]\S*){1,2}|(?<!\w)(?<!% )số (?:ca|lượt|người|vụ|tiền|giờ|tiết|khách)(?!\w)[^,;]*|(?<!\w)(?:tăng|giảm|lên|theo))\s*$")
""" "4 tiết mỗi tuần", "số ca mắc mỗi ngày": a rate."""


def _done_each(here: Around, kind: str, past: bool) -> bool:
    """Of "mỗi ngày" that ends a clause: an order done so often ("Quan trắc độ mặn mỗi ngày"), not a rate nor a course of things."""
    clause = re.split(r"[,;]", here.before)[-1].strip()
    if not clause:
        return _opening_each(here, kind, past)
    told = re.search(r"(?<!\w)(?:đã|nếu|cứ|đang|được|sẽ|có|khi)(?!\w)", clause.lower())
    return not told and _LAST_WORDS.match(here.after) is not None and opens_imperative(clause.lstrip("-–+*• ")) and _SO_MUCH.search(clause) is None


_SO_OFTEN = re.compile(r"^\s*(?:(?:hai|ba|bốn|\d{1,2}) (?:lần|lượt)\s*(?:\([^()]{0,40}\))?,?\s*)?")
""" "mỗi ngày hai lần (6 giờ và 18 giờ) báo …": what stands between the day and the deed."""


def _opening_each(here: Around, kind: str, past: bool) -> bool:
    """Of "từng giờ", "mỗi ngày" at the head of what is to be done: "…, từng giờ báo cáo mực nước"."""
    return not re.split(r"[,;]", here.before)[-1].strip(" -–+*•") and opens_imperative(_SO_OFTEN.sub("", here.after))


def _owed(here: Around, kind: str, past: bool) -> bool:
    """Of a period: owed by someone, not granted by a rule ("được hoàn phí trong thời hạn …")."""
    clause = re.split(r",|(?<!\w)thì(?!\w)", here.before)[-1].lower()  # "Nếu hồ sơ được bổ sung thì trong 05 ngày …": the case is told before
    if re.search(r"(?<!\w)đã\s*$", clause):
        return False
    if re.search(r"hiệu lực(?:\s+thi hành)?(?:\s+(?:là|trong))?\s*$", clause):
        return False
    granted = re.search(r"(?<!phải )(?<!cần )(?<!\w)được(?! (?:giao|phân công|ủy quyền|cử|chỉ định))(?!\w)", clause)
    return granted is None or here.last(words().finish, here.before) is not None


def _owed_days(here: Around, kind: str, past: bool) -> bool:
    told = re.search(r"(?<!\w)(?:nếu|trường hợp|khi|mà|đã|chưa|không)(?!\w)", here.before.lower())
    return told is None and _owed(here, kind, past) and governor(here) in {"finish", "hand"}


def _owed_next(here: Around, kind: str, past: bool) -> bool:
    """Of a period behind a feast or a meeting: handed over by then, whether the verb stands before it or after it."""
    told = re.search(r"(?<!\w)(?:nếu|trường hợp|khi|mà|đã|chưa|không)(?!\w)", f"{here.before} {here.after[:60]}".lower())
    return told is None and (governor(here) in {"finish", "hand"} or here.last(words().hand_over, here.after[:40]) is not None)


def _owed_bare(here: Around, kind: str, past: bool) -> bool:
    """Of a period without its beginning: no limit of what a rule lets last ("gia hạn không quá 12 tháng")."""
    limit = re.search(
        r"(?<!\w)(?:gia hạn|kéo dài|tạm giữ|tạm đình chỉ|vay|nghỉ|thêm|nhưng|có thể|mỗi|từng|thời lượng)(?!\w)",
        here.before.rsplit(",", 1)[-1].lower(),
    )
    return limit is None and _owed(here, kind, past)


def _rate(here: Around, kind: str, past: bool) -> bool:
    """Of "một lần trong năm": a duty, not the most that is allowed."""
    return re.search(r"(?<!\w)(?:(?:không quá|chỉ(?! (?:huy|đạo|thị|tiêu|số)\b)|tối đa|được)\b[^,;]{0,30}|(?:tăng|giảm)\s*)$", here.before.lower()) is None


_OF_SCHOOL = re.compile(r"(?<!\w)(?:dạy|học|giảng|trường|lớp|bán trú|nghỉ|được|hưởng|(?<!thời )lượng|bình quân|tần suất)(?!\w)")


def _sessions(here: Around, kind: str, past: bool) -> bool:
    """Of "2 buổi/ngày": what is broadcast or held so often, not how school is kept ("dạy học 2 buổi/ngày") or what is allowed."""
    return _rate(here, kind, past) and _OF_SCHOOL.search(here.before.lower()) is None


def _stated(here: Around, kind: str, past: bool) -> bool:
    """Of "Thời gian: …": a term, not when something takes place."""
    place = re.match(r"[\s,;.)]*(?:địa điểm|tại)(?!\w)", here.after.lower())
    return not past and place is None and here.last(words().events) is None


def _same_day(here: Around, kind: str, past: bool) -> bool:
    return governor(here) in {"finish", "hand"} and here.last(words().content, here.before[-30:]) is None


def _always(here: Around, kind: str, past: bool) -> bool:
    return not past


def _told_when(here: Around, kind: str, past: bool) -> bool:
    """Of "ngay khi …": when something is to be told, or the opening of an order; "lập hồ sơ ngay khi có khối lượng" only urges."""
    if not here.before.strip(" -–+*("):
        return re.search(r"(?<!\w)đã(?!\w)", here.after.lower()[:70]) is None
    told = here.last(words().tells, segment(here))
    return told is not None and not reported(here, told)


def _bare(here: Around, kind: str, past: bool) -> bool:
    return bare_term(here, past)


CONTEXTS = {
    "bare": _bare,
    "open": _open,
    "content": _content,
    "finish": _finish,
    "finish-near": _finish_near,
    "validity": _validity,
    "range": _range,
    "standing": _standing,
    "opening": _opening,
    "event": _event,
    "listed": _listed,
    "each": _each,
    "done-each": _done_each,
    "opening-each": _opening_each,
    "owed": _owed,
    "owed-bare": _owed_bare,
    "rate": _rate,
    "sessions": _sessions,
    "stated": _stated,
    "same-day": _same_day,
    "owed-days": _owed_days,
    "owed-next": _owed_next,
    "periodic": _periodic,
    "told-when": _told_when,
    "none": _always,
}
