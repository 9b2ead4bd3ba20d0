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

_CLAUSE_END = re.compile(r"(?<![Tt][PpXx])[.;:•](?=\s)|\n\s*(?=[-–+•*]|\d+[.)]|[a-zđ][.)])|\n\s*\n")
_QUOTE = re.compile(r"“[^”]{1,900}”|\"[^\"]{1,900}\"|«[^»]{1,900}»")
_REACH = 320
_SPANS = frozenset({"giai doan", "nhiem ky"})
"""Names of a span of years say nothing of what stands behind the next comma."""
_HANDED = frozenset({"so lieu"})
"""Story words that may be what is handed over."""


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of data/deadline_words.toml as compiled patterns."""

    finish: re.Pattern[str]
    goals: re.Pattern[str]
    hand_over: re.Pattern[str]
    content: re.Pattern[str]
    story: re.Pattern[str]
    compounds: re.Pattern[str]
    bans: re.Pattern[str]
    not_bans: re.Pattern[str]
    corrections: re.Pattern[str]
    events: re.Pattern[str]
    occasions: re.Pattern[str]
    standing: re.Pattern[str]
    recurs: re.Pattern[str]
    tells: re.Pattern[str]
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
        for match in pattern.finditer(lower_case(self.before if text is None else text)):
            hit = (match.end(), match[0])
        return hit


def _data() -> dict[str, object]:
    return tomllib.loads(files("nlp").joinpath("data/deadline_words.toml").read_text(encoding="utf-8"))


def lower_case(text: str) -> str:
    """The text in small letters with one place for its tone marks, as long as it was."""
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
        compounds=listed("compounds"),
        bans=listed("bans"),
        not_bans=listed("not_bans"),
        corrections=re.compile(rf"(?:{listed('corrections').pattern})\s*:?\s*$"),
        events=listed("events"),
        occasions=listed("occasions"),
        standing=listed("standing"),
        recurs=listed("recurs"),
        tells=listed("tells"),
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


def led_in(text: str, here: Around, start: int) -> Around:
    """The surroundings of what opens a list behind a colon: "Báo cáo sĩ số: lần 1 …" is of reporting."""
    lead = text[:start].rstrip()
    if here.before.strip() or not lead.endswith(":"):
        return here
    return Around(around(text, len(lead) - 1, len(lead)).before, here.after)


def reported(here: Around, hit: tuple[int, str]) -> bool:
    """True where the verb found tells of something done or allowed: "đã ký", "được giao", "chưa nộp"."""
    lead = here.before[: hit[0] - len(hit[1])].lower().rstrip()
    if lead.endswith(("phải được", "cần được")):
        return False
    return lead.endswith((" đã", " được", " chưa", " vừa", " mới")) or lead in {"đã", "được"}


def _condition(here: Around) -> bool:
    """True where the clause only says to whom a rule applies: "đối với hồ sơ nộp trước ngày …"."""
    return segment(here).lstrip(" -–+(").startswith("đối với")


def segment(here: Around) -> str:
    """The words since the last comma or "thì": what is ordered, its condition left out."""
    return re.split(r",|(?<!\w)thì(?!\w)", here.before.lower())[-1]


def _no_story(here: Around, hit: tuple[int, str]) -> bool:
    """Of a story word: part of another word, a span of years before a comma, or what is handed over ("gửi số liệu")."""
    begin = hit[0] - len(hit[1])
    if hit[1].startswith("tỉnh"):
        return True  # "quà của tỉnh đến tay người dân" is not "tính đến"
    if any(match.start() <= begin and hit[0] <= match.end() for match in words().compounds.finditer(lower_case(here.before))):
        return True
    if fold(hit[1]) in _SPANS:
        return "," in here.before[hit[0] :]
    lead = here.before[: hit[0] - len(hit[1])]
    if fold(hit[1]) == "keo dai" and _LONGER.search(lead):
        return True
    verb = here.last(words().hand_over, lead) if fold(hit[1]) in _HANDED else None
    return verb is not None and len(lead[verb[0] :].split()) <= 2 and not reported(here, verb)


_LONGER = re.compile(r"(?<!\w)(?:đường|tuyến|phố|kênh|đê|kè|mương|hầm)(?!\w)[^,;]{0,40}$", re.IGNORECASE)
""" "tuyến đường A kéo dài": which road, no story."""


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
    if name == "hand" and (reported(here, best) or _condition(here)):
        return "story"
    return name


def story_apart(here: Around) -> bool:
    """Whether the last word of a story stands apart from the time: "kiểm tra việc cho phép khai thác cát trước ngày …".

    Right before the time, or with what was done ("đã cấp trước ngày …"), it says what the time is of.
    """
    hit = here.last(words().story)
    while hit and _no_story(here, hit):
        hit = here.last(words().story, here.before[: hit[0] - len(hit[1])])
    between = here.before[hit[0] :] if hit else ""
    return bool(between.strip(" (")) and not _JUST_DONE.search(here.before.lower())


_JUST_DONE = re.compile(r"(?<!\w)(?:đã|được|chưa|đang|phát sinh|hình thành)(?:\s+[^\s,;]+){0,2}\s*\(?$")


def banned(here: Around) -> bool:
    """True where the clause forbids or puts off what the period names ("tạm dừng … trong quý III").

    A verb of doing behind a comma ends the ban: "không cắt điện, hoàn thành trong tháng 6".
    """
    lists = words()
    opening = re.match(r"[\s\-–+*(]*(?:không|chưa)\s+(?!quá|muộn|chậm|trễ|sau|để|chỉ)", here.before.lower())
    hit = here.last(lists.bans, lists.not_bans.sub(lambda held: " " * len(held[0]), lower_case(here.before)))
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
        if lists.corrections.search(lower_case(text[max(0, quote.start() - 30) : quote.start()]))
    ]
