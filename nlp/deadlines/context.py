"""Whether the words around a time expression make it a deadline.

A clause reaches from the last full stop, semicolon, colon or line end to the
time expression. Words of one syllable are looked for with their diacritics
("tính" is not "tỉnh"), longer ones folded.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.folding import fold
from nlp.normalise import plain_tone

_CLAUSE_END = re.compile(r"[.;:•](?=\s)|\n\s*(?=[-–+•*]|\d+[.)]|[a-zđ][.)])|\n\s*\n")
_QUOTE = re.compile(r"“[^”]{1,900}”|\"[^\"]{1,900}\"|«[^»]{1,900}»")
_REACH = 320
_RESULTS = frozenset({"ket qua", "tinh hinh", "tien do"})
_SPANS = frozenset({"giai doan", "nhiem ky"})
"""Names of a span of years say nothing of what stands behind the next comma."""
_HANDED = frozenset({"so lieu"})
"""Story words that may be what is handed over."""
_GROWS = re.compile(r"\s*(?:có|đạt|tăng|giảm|phát sinh|xảy ra|bình quân|khoảng|thêm|ghi nhận)(?!\w)")
_SENDING = frozenset({"bao cao", "gửi", "trình", "nộp"})


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of data/deadline_words.toml as compiled patterns."""

    finish: re.Pattern[str]
    goals: re.Pattern[str]
    hand_over: re.Pattern[str]
    content: re.Pattern[str]
    story: re.Pattern[str]
    bans: re.Pattern[str]
    corrections: re.Pattern[str]
    events: re.Pattern[str]
    standing: re.Pattern[str]
    recurs: re.Pattern[str]
    anchors: tuple[tuple[re.Pattern[str], str], ...]
    not_before_interval: frozenset[str]


@dataclass(frozen=True, slots=True)
class Around:
    """The clause before a time expression, and what follows it."""

    before: str
    after: str

    def last(self, pattern: re.Pattern[str], text: str | None = None) -> tuple[int, str] | None:
        """End offset and word of the last hit of a word list in the clause before."""
        hit = None
        for match in pattern.finditer(_lower(self.before if text is None else text)):
            hit = (match.end(), match[0])
        return hit


def _data() -> dict[str, object]:
    return tomllib.loads(files("nlp").joinpath("data/deadline_words.toml").read_text(encoding="utf-8"))


def _lower(text: str) -> str:
    lowered = plain_tone(text).lower()
    return lowered if len(lowered) == len(text) else text


def _pattern(words: list[str]) -> re.Pattern[str]:
    alternatives = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){_loose(word)}(?!\w)" for word in alternatives))


@cache
def _variants(char: str) -> str:
    base = fold(char)
    if base == "d":
        return "[dđ]"
    marks = {"a": "aàáảãạăằắẳẵặâầấẩẫậ", "e": "eèéẻẽẹêềếểễệ", "i": "iìíỉĩị", "o": "oòóỏõọôồốổỗộơờớởỡợ",
             "u": "uùúủũụưừứửữự", "y": "yỳýỷỹỵ"}  # fmt: skip
    return f"[{marks[base]}]" if base in marks else re.escape(char)


def _loose(word: str) -> str:
    """A word as a pattern; web texts glue syllables ("báocáo")."""
    word = plain_tone(word).lower()
    if " " not in word:
        return re.escape(word)
    return "".join(r"\s*" if char == " " else _variants(char) for char in word)


@cache
def words() -> Words:
    """Load the word lists once."""
    data = _data()

    def listed(name: str) -> re.Pattern[str]:
        value = data[name]
        assert isinstance(value, list)
        return _pattern(value)

    anchors, before = data["anchors"], data["not_before_interval"]
    assert isinstance(anchors, dict)
    assert isinstance(before, list)
    return Words(
        finish=listed("finish"),
        goals=listed("goals"),
        hand_over=listed("hand_over"),
        content=listed("content"),
        story=listed("story"),
        bans=listed("bans"),
        corrections=re.compile(rf"(?:{listed('corrections').pattern})\s*:?\s*$"),
        events=listed("events"),
        standing=listed("standing"),
        recurs=listed("recurs"),
        anchors=tuple(
            (re.compile(rf"(?:\S+ ){{0,2}}{_loose(word)}(?!\w)"), anchor) for word, anchor in anchors.items()
        ),
        not_before_interval=frozenset(before),
    )


def around(text: str, start: int, end: int) -> Around:
    """The clause before `start` and up to 120 characters of it after `end`."""
    window = text[max(0, start - _REACH) : start]
    cut = 0
    for match in _CLAUSE_END.finditer(window):
        cut = match.end()
    after = text[end : end + 120]
    stop = _CLAUSE_END.search(after)
    return Around(window[cut:], after[: stop.start()] if stop else after)


def _reported(here: Around, hit: tuple[int, str]) -> bool:
    """True where the verb found tells of something done or allowed: "đã ký", "được giao", "chưa nộp"."""
    lead = here.before[: hit[0] - len(hit[1])].lower().rstrip()
    if lead.endswith(("phải được", "cần được")):
        return False
    return lead.endswith((" đã", " được", " chưa", " vừa", " mới")) or lead in {"đã", "được"}


def _condition(here: Around) -> bool:
    """True where the clause only says to whom a rule applies: "đối với hồ sơ nộp trước ngày …"."""
    return _segment(here).lstrip(" -–+(").startswith("đối với")


def _segment(here: Around) -> str:
    """The words since the last comma or "thì": what is ordered, its condition left out."""
    return re.split(r",|(?<!\w)thì(?!\w)", here.before.lower())[-1]


def _no_story(here: Around, hit: tuple[int, str]) -> bool:
    """Of a story word: a span of years before a comma, or what is handed over ("gửi số liệu")."""
    if fold(hit[1]) in _SPANS:
        return "," in here.before[hit[0] :]
    lead = here.before[: hit[0] - len(hit[1])]
    verb = here.last(words().hand_over, lead) if fold(hit[1]) in _HANDED else None
    return verb is not None and len(lead[verb[0] :].split()) <= 2 and not _reported(here, verb)


def governor(here: Around) -> str:
    """Read "finish", "hand", "story" or "": the class of the nearest governing word before."""
    lists = words()
    best, name = (-1, ""), ""
    for candidate, pattern in (("finish", lists.finish), ("hand", lists.hand_over), ("story", lists.story)):
        hit = here.last(pattern)
        while hit and candidate == "story" and _no_story(here, hit):
            hit = here.last(pattern, here.before[: hit[0] - len(hit[1])])
        if hit and (hit[0] > best[0] or (hit[0] == best[0] and len(hit[1]) > len(best[1]))):
            best, name = hit, candidate
    if name == "hand" and (_reported(here, best) or _condition(here)):
        return "story"
    return name


def _open(here: Around, kind: str, past: bool) -> bool:
    found = governor(here)
    if found == "story":
        return False
    return not past or (
        found in {"finish", "hand"} and not re.search(r"(?<!\w)đã(?!\w)", _segment(here))
    )


def _content(here: Around, kind: str, past: bool) -> bool:
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
        if near and not told:
            return False
    return not past or governor(here) in {"finish", "hand"}


def banned(here: Around) -> bool:
    """True where the clause forbids or puts off what the period names ("tạm dừng … trong quý III").

    A verb of doing behind a comma ends the ban: "không cắt điện, hoàn thành trong tháng 6".
    """
    lists = words()
    opening = re.match(r"[\s\-–+*(]*(?:không|chưa)\s+(?!quá|muộn|chậm|trễ|sau|để|chỉ)", here.before.lower())
    hit = here.last(lists.bans)
    start = max(opening.end() if opening else -1, hit[0] if hit else -1)
    if start < 0:
        return False
    later = here.before[start:].partition(",")[2]
    return not (
        here.last(lists.finish, here.before[start:])
        or (later and here.last(lists.hand_over, later))
        or re.search(r"(?<!\w)(?:phải|thì|nhưng|mà)(?!\w)", here.before[start:].lower())
    )


def corrected(text: str) -> list[tuple[int, int]]:
    """Spans of quotations that give the old or new wording of another text ("bỏ cụm từ “…”")."""
    lists = words()
    return [
        quote.span()
        for quote in _QUOTE.finditer(text)
        if lists.corrections.search(_lower(text[max(0, quote.start() - 30) : quote.start()]))
    ]


def _of_all(here: Around) -> bool:
    """True where all of something is to be done: "ký cam kết với 100% cơ sở" (in the year that follows)."""
    quota = re.search(r"(?<!\d)100\s?%[^,;]{0,80}$", here.before)
    if quota is None or here.last(words().content, here.before[quota.start() :]):
        return False
    lead = here.before[: quota.start()].rsplit(",", 1)[-1]
    hit = here.last(words().hand_over, lead)
    return hit is not None and not _reported(here, hit) and "được" not in lead.lower().split()


def _finish(here: Around, kind: str, past: bool) -> bool:
    hit = here.last(words().finish)
    if hit is None and not here.before.strip(" -–+("):
        return not past and here.last(words().finish, here.after[:50]) is not None
    if hit is None and not past and _of_all(here):
        return True
    return not past and hit is not None and not _reported(here, hit)


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


def _validity(here: Around, kind: str, past: bool) -> bool:
    tail = here.before.rsplit(",", 1)[-1]
    if re.search(r"(?:dưới|chưa|mới)\D{0,20}\d+\s*%\s*$", tail.lower()):
        return False
    return not past and not here.last(words().story, tail) and not here.last(words().content, tail[-24:])


def _range(here: Around, kind: str, past: bool) -> bool:
    if past or here.last(words().content, here.before[-30:]) or governor(here) == "story":
        return False
    if kind == "day":
        return True
    return governor(here) in {"finish", "hand"} or bool(here.last(words().hand_over, here.after[:40]))


def _opening(here: Around, kind: str, past: bool) -> bool:
    told = re.search(r"(?<!\w)(?:đã|được)(?!\w)", here.after.lower()[:60])
    return not past and not here.before.strip(" -–+(\n") and not told


def _event(here: Around, kind: str, past: bool) -> bool:
    if re.match(
        r"[\s\-–+(]*(?:hội nghị|hội thảo|cuộc họp|buổi|lễ|kỳ họp|đại hội)(?!\w)", here.before.lower()
    ):
        return False
    return not past and governor(here) in {"finish", "hand"} and here.last(words().events) is None


def _standing(here: Around, kind: str, past: bool) -> bool:
    lists = words()
    lead = _lower(here.before).split()
    if lead and lead[-1] in lists.not_before_interval:
        return False
    if lead and lead[-1] == "giờ":
        return True
    segments = here.before.rsplit(",", 1)
    if not segments[-1].strip() and len(segments) > 1 and not re.match(r"\s*\w", here.after):
        segments = segments[0].rsplit(",", 1)  # "kế hoạch trung hạn, hàng năm.": says what kind of plan
    tail = " ".join(segments[-1].split()[-8:])
    standing, recurs = here.last(lists.standing, tail), here.last(lists.recurs, tail)
    if standing and (not recurs or standing[0] > recurs[0]):
        return False
    if recurs or len(tail.split()) <= 3:
        return True
    return bool(here.last(lists.hand_over, tail)) and not re.match(r"\s*của\b", here.after.lower())


def _each(here: Around, kind: str, past: bool) -> bool:
    """Of "mỗi tháng": an order that recurs, not a rate ("500.000 đồng mỗi tháng") nor a course of things."""
    lists = words()
    segment = re.split(r"[,;]", here.before)[-1]
    tail = " ".join(segment.split()[-8:])
    if re.search(r"(?:đồng|%|/)\s*$|(?<!\w)(?:đã|nếu|cứ)(?!\w)", segment.lower()) or _GROWS.match(
        here.after.lower()
    ):
        return False
    standing, recurs = here.last(lists.standing, tail), here.last(lists.recurs, tail)
    if standing and (not recurs or standing[0] > recurs[0]):
        return False
    return len(tail.split()) <= 3 or bool(recurs or here.last(lists.hand_over, segment))


def _owed(here: Around, kind: str, past: bool) -> bool:
    """Of a period: owed by someone, not granted by a rule ("được hoàn phí trong thời hạn …")."""
    segment = here.before.rsplit(",", 1)[-1].lower()
    if re.search(r"(?<!\w)đã\s*$", segment):
        return False
    if re.search(r"hiệu lực(?:\s+thi hành)?(?:\s+(?:là|trong))?\s*$", segment):
        return False
    granted = re.search(r"(?<!phải )(?<!cần )(?<!\w)được(?!\w)", segment)
    return granted is None or here.last(words().finish, here.before) is not None


def _owed_days(here: Around, kind: str, past: bool) -> bool:
    told = re.search(r"(?<!\w)(?:nếu|trường hợp|khi|mà|đã|chưa|không)(?!\w)", here.before.lower())
    return told is None and _owed(here, kind, past) and governor(here) in {"finish", "hand"}


def _stated(here: Around, kind: str, past: bool) -> bool:
    """Of "Thời gian: …": a term, not when something takes place."""
    place = re.match(r"[\s,;.)]*(?:địa điểm|tại)(?!\w)", here.after.lower())
    return not past and place is None and here.last(words().events) is None


def _same_day(here: Around, kind: str, past: bool) -> bool:
    return governor(here) in {"finish", "hand"} and here.last(words().content, here.before[-30:]) is None


def _always(here: Around, kind: str, past: bool) -> bool:
    return not past


CONTEXTS = {
    "open": _open,
    "content": _content,
    "finish": _finish,
    "finish-near": _finish_near,
    "validity": _validity,
    "range": _range,
    "standing": _standing,
    "opening": _opening,
    "event": _event,
    "each": _each,
    "owed": _owed,
    "stated": _stated,
    "same-day": _same_day,
    "owed-days": _owed_days,
    "none": _always,
}
