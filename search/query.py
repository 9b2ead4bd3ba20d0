"""The language of the search box. Whatever is typed is a valid query.

Words are all required. "Quoted words" must stand together, -word is excluded.
A field is narrowed by a prefix, with or without diacritics:
`số:1617/BCT-CNĐP`, `cơ quan:Sở Công Thương`, `hạn:<20/5/2020`,
`trạng thái:quá hạn`, `trích dẫn:Nghị định 45/2012`. A document number in any
spelling is understood without a prefix as well.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from nlp.numbers import DocumentNumber, NumberQuery, fold, parse_query
from nlp.references.law_numbers import law_asked
from search.analysis import tidy, tokens
from search.notes import Note
from search.statuses import STATUSES, status_named
from search.types import Number

HELP = (
    "Gõ từ ngữ có dấu hoặc không dấu; mọi từ đều phải có mặt. "
    "“cụm từ” trong ngoặc kép phải đứng liền nhau; -từ để loại bỏ. "
    "số: số ký hiệu của văn bản; cơ quan: tên cơ quan (đến dấu ; hoặc hết câu); "
    "hạn: ngày, tháng hoặc năm, có thể đặt sau < hoặc > (hạn:<20/5/2020); "
    f"trạng thái: {', '.join(STATUSES.values())}; "
    "trích dẫn: văn bản được viện dẫn (trích dẫn:Nghị định 45/2012)."
)
"""Help text for people, in Vietnamese."""

MAX_CHARACTERS = 1000
MAX_CLAUSES = 24
MAX_PHRASE = 40


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens that must stand one after the other; a word is a phrase of one token."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class NumberClause:
    """A document number with the words as typed, which may also stand in the text."""

    number: Number
    words: Words


Clause = Words | NumberClause


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the user's text asks for. `diacritics` is true where any were typed."""

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    numbers: tuple[Number, ...] = ()
    cited: tuple[Number, ...] = ()
    agencies: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    diacritics: bool = False
    notes: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether the text asks for anything at all."""
        words = self.required or self.excluded or self.numbers or self.cited
        return bool(words or self.agencies or self.statuses or self.due_from or self.due_to)


_FIELD = re.compile(r"(?<![\w-])(so|co quan|han|trang thai|trich dan)\s*:\s*")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"\S+")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"\d{4}")
_PLAIN_NUMBER = re.compile(r"so\s*:?\s*(\d{1,6})")
_DATE_WORDS = frozenset({"ngay", "thang", "quy", "nam"})
_NUMBER_WORDS = 5
"""At most so many words in front of a code may name its type ("thông tư liên tịch số")."""
_LAW_WORDS = 16
"""The same where a law's name stands there ("Luật Ban hành văn bản quy phạm pháp luật số")."""


def known_number(text: str) -> Number | None:
    """The document number that the words mean, in any spelling, or None."""
    try:
        asked: NumberQuery | None = parse_query(text)
    except ValueError:  # a number of absurd length
        return None
    if asked is None or asked.number is None:
        plain = _PLAIN_NUMBER.fullmatch(fold(text).strip())  # "số 1900" is a number, not a year
        return Number(plain[1]) if plain else None
    return Number(asked.number, asked.type, asked.year, asked.symbol)


def loose_number(text: str) -> Number | None:
    """Like `known_number`, for a place where only a number can be meant: "1617" alone is one, "Luật Đất đai năm 2013" another."""
    return known_number(text) or known_law(text) or known_number(f"số {text}")


def known_law(text: str) -> Number | None:
    """The number of a law named with its year or number, or None."""
    law = DocumentNumber.parse(law_asked(text) or "")
    return Number(law.number, None, law.year, law.symbol) if law else None


def parse(text: str) -> Parsed:
    """What a user's text asks for. Never raises; what is not understood is noted or sought as words."""
    notes: list[str] = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        notes.append(Note("too-long", most=MAX_CHARACTERS))
    text = tidy(text).translate(_QUOTES)
    builder = _Builder(notes)
    free: list[str] = []
    folded = _fold_same_length(text)
    marks = list(_FIELD.finditer(folded))
    free.append(text[: marks[0].start()] if marks else text)
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        free.append(builder.field(mark[1], text[mark.end() : end], text[mark.start() : end]))
    builder.free(" ".join(free))
    return builder.parsed()


def _fold_same_length(text: str) -> str:
    folded = fold(text)
    return folded if len(folded) == len(text) else text


def words_of(text: str, *, quoted: bool = False) -> Words | None:
    """The tokens of a piece of the query; None where it holds none."""
    found = tokens(text)[:MAX_PHRASE]
    if not found:
        return None
    return Words(tuple(t.exact for t in found), tuple(t.folded for t in found), quoted)


def due_range(text: str) -> tuple[date | None, date | None] | None:
    """Days that "20/5/2020", "5/2020", "2020", "<20/5/2020", ">=…" or "a..b" mean; None if none."""
    value = text.strip()
    if ".." in value:
        first, last = (due_range(part) for part in value.split("..", 1))
        return (first[0], last[1]) if first and last else None
    sign = re.match(r"(<=|>=|<|>)?\s*", value)
    assert sign is not None
    period = _period(value[sign.end() :])
    if period is None:
        return None
    start, end = period
    match sign[1]:
        case "<":
            return None, _shift(start, -1)
        case "<=":
            return None, end
        case ">":
            return _shift(end, 1), None
        case ">=":
            return start, None
    return start, end


def _shift(day: date, days: int) -> date:
    try:
        return date.fromordinal(day.toordinal() + days)
    except (ValueError, OverflowError):
        return day


def _period(text: str) -> tuple[date, date] | None:
    try:
        if found := _DAY.fullmatch(text):
            day = date(int(found[3]), int(found[2]), int(found[1]))
            return day, day
        if found := _ISO.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return day, day
        if found := _MONTH.fullmatch(text):
            year, month = int(found[2]), int(found[1])
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        if _YEAR.fullmatch(text):
            return date(int(text), 1, 1), date(int(text), 12, 31)
    except ValueError:  # the 31st of February, month 13, year 0
        return None
    return None


class _Builder:
    """Gathers clauses while the text is read from left to right."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes
        self.required: list[Clause] = []
        self.excluded: list[Clause] = []
        self.numbers: list[Number] = []
        self.cited: list[Number] = []
        self.agencies: list[str] = []
        self.statuses: list[str] = []
        self.due: tuple[date | None, date | None] = (None, None)
        self.typed: list[str] = []

    def field(self, name: str, value: str, whole: str) -> str:
        """Take one field; gives back what belongs to the free words."""
        quoted = re.match(r'"([^"]*)"?', value)
        if quoted:
            if self._take(name, quoted[1].strip()):
                return value[quoted.end() :]
        elif name == "co quan":
            content, _, rest = value.partition(";")
            if self._take(name, content.strip()):
                return rest
        else:
            words = list(_WORD.finditer(value))[: _LAW_WORDS + 1]
            for count in range(len(words), 0, -1):
                end = words[count - 1].end()
                if self._take(name, value[:end].strip(" ;,")):
                    return value[end:]
        if value.strip(" ;"):
            self.notes.append(Note("field-unclear", text=whole.strip()[:60]))
            return whole.replace(":", " ")
        return ""

    def _take(self, name: str, value: str) -> bool:
        if name in ("so", "trich dan"):
            number = loose_number(value)
            if number is None:
                return False
            (self.numbers if name == "so" else self.cited).append(number)
            return True
        if name == "co quan":
            if not tokens(value):
                return False
            self.agencies.append(value)
            return True
        if name == "trang thai":
            status = status_named(value)
            if status is None:
                return False
            self.statuses.append(status)
            return True
        due = due_range(value)
        if due is None:
            return False
        self.due = due
        return True

    def free(self, text: str) -> None:
        """Take the words outside fields."""
        whole = text.strip()
        number = known_number(whole) if whole[:1] != "-" and '"' not in whole else None
        words = words_of(whole)
        if number is not None and words is not None:
            self.required.append(NumberClause(number, words))
            return
        plain: list[str] = []
        for part in _PART.finditer(text):
            piece = part["quoted"] if part["quoted"] is not None else part["word"]
            if not part["minus"] and part["quoted"] is None:
                plain.append(piece)
                continue
            clause = self._clause(piece, quoted=part["quoted"] is not None)
            if clause is not None:
                (self.excluded if part["minus"] else self.required).append(clause)
                if not part["minus"]:
                    self.typed.append(piece)
        self._plain(plain)

    def _clause(self, piece: str, *, quoted: bool) -> Clause | None:
        words = words_of(piece, quoted=quoted)
        number = known_number(piece) if words is not None else None
        return NumberClause(number, words) if number is not None and words is not None else words

    def _plain(self, pieces: list[str]) -> None:
        index = 0
        pending: list[str] = []
        while index < len(pieces):
            piece = pieces[index]
            if any(map(str.isdigit, piece)) and ("/" in piece or "-" in piece):
                after_date_word = bool(pending) and fold(pending[-1].lower()) in _DATE_WORDS
                start, number = (0, None) if after_date_word else _typed_number(pending, piece)
                words = words_of(" ".join([*pending[start:], piece]))
                if number is not None and words is not None:
                    del pending[start:]
                    self.required.append(NumberClause(number, words))
                    index += 1
                    continue
            pending.append(piece)
            index += 1
        for piece in pending:
            words = words_of(piece)
            if words is None:
                continue
            self.typed.append(piece)
            self.required.append(words)  # of "2,8%" or "quy-định" the parts must stand together

    def parsed(self) -> Parsed:
        if len(self.required) > MAX_CLAUSES or len(self.excluded) > MAX_CLAUSES:
            self.notes.append(Note("too-many-words", most=MAX_CLAUSES))
        joined = "".join(self.typed)
        return Parsed(
            required=tuple(dict.fromkeys(self.required[:MAX_CLAUSES])),
            excluded=tuple(dict.fromkeys(self.excluded[:MAX_CLAUSES])),
            numbers=tuple(self.numbers),
            cited=tuple(self.cited),
            agencies=tuple(self.agencies),
            statuses=tuple(self.statuses),
            due_from=self.due[0],
            due_to=self.due[1],
            diacritics=fold(joined).lower() != joined.lower(),
            notes=tuple(self.notes),
        )


def _typed_number(before: list[str], code: str) -> tuple[int, Number | None]:
    """The number that a code means with as many words before it as name its type, or the law."""
    for start in range(max(0, len(before) - _LAW_WORDS), len(before)):
        if fold(before[start]) in ("luat", "bo") and (law := known_law(" ".join([*before[start:], code]))):
            return start, law
    for start in range(max(0, len(before) - _NUMBER_WORDS), len(before) + 1):
        number = known_number(" ".join([*before[start:], code]))
        if number is not None:
            return start, number
    return len(before), None
