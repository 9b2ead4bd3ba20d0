"""What a cell holds: bodies, a time, a number, or words; and cells that were printed one behind the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from nlp.bodies import is_body
from nlp.folding import UPPER, fold
from nlp.tables.values import Entry, Role, Span

_TIME = re.compile(
    r"\W*(?:(?:hoan thanh|xong|thuc hien|truoc|den het|den|het|trong|cham nhat|tu|ngay|vao|dau|giua|cuoi|dinh ky|hang|moi|som nhat|du kien|giai doan|la)\s+){0,4}"
    r"(?:\d{1,2}\s*[/.-]\s*\d{1,4}(?!\d)|\d{1,2} (?:hang )?thang|thang (?:\d|[a-z]+ nam)|quy (?:[ivx]+|\d)(?![a-z])|nam (?:\d{4}|hoc)|20\d\d(?!\d)|(?:nam|thang|tuan|quy|ngay)\W*$"
    r"|(?:nam|thang|tuan|quy|ngay)(?:,| va| hoac)|thuong xuyen|lien tuc|theo (?:ke hoach|quy dinh|tien do|yeu cau|dinh ky|lich)|khi co|sau khi|ngay sau|dinh ky|hang (?:nam|thang|quy|tuan|ngay))"
)
_LONGEST_TIME = 90
_MOST_CELLS = 60
"""Lines or sentences of one row; more are no row."""
LABEL = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-HĐ])\s*[.)/]?(?=\s|$)")
"""The number of a row, or of a section of rows."""
_CAPITAL_WORD = re.compile(rf"(?<![\w&/-])(?:các\s+)?(?=[{UPPER}])")
_END = re.compile(r"(?<=[.;])\s+(?=\S)")
_LONGEST_BODIES = 260
_HELD = re.compile(r"(?:^|\s)(?:của|tại|thuộc|về|cho|với|do|ở|và|bởi|từ|đến|các|theo|trên|trong)\s+$|[,(/-]\s*$", re.IGNORECASE)
"""What stands before a body that belongs to the words of the work: "trang thông tin của Sở"."""


def is_time(text: str) -> bool:
    """Whether a cell says when ("Quý II/2024", "Trước 30/6", "Thường xuyên").

    >>> is_time("Trước ngày 30/6/2024"), is_time("Hằng năm"), is_time("Sở Tài chính")
    (True, True, False)
    """
    return len(text) <= _LONGEST_TIME and _TIME.match(fold(text)) is not None


def names_bodies(text: str) -> bool:
    """Whether a cell names bodies, also those that stand one below the other without a mark between them."""
    return len(text) <= _LONGEST_BODIES and body_parts(text) is not None


@lru_cache(maxsize=512)
def body_parts(text: str) -> tuple[Span, ...] | None:
    """The lists of bodies that make up a cell, as places in it; None where something else stands there.

    >>> [("Sở Y tế Sở Tài chính")[start:end] for start, end in body_parts("Sở Y tế Sở Tài chính") or ()]
    ['Sở Y tế', 'Sở Tài chính']
    """
    begin = len(text) - len(text.lstrip(" -–+•*.;,"))
    text = text.rstrip(" .;,")
    if begin >= len(text) or len(text) > _LONGEST_BODIES:
        return None
    if is_body(text[begin:]):
        return ((begin, len(text)),)
    heads = [match.start() for match in _CAPITAL_WORD.finditer(text, begin + 1)][:14]
    for cut in reversed(heads):
        before = text[begin:cut].rstrip(" -–+•;,.")
        if before and is_body(text[cut:]) and (rest := body_parts(text[:cut].rstrip(" -–+•;,."))) is not None:
            return (*rest, (cut, len(text)))
    return None


def typed(text: str, number: str, spans: Sequence[Span], columns: Sequence[Role]) -> Entry | None:
    """A row whose cells follow one another, some of them empty or parted over several lines; None without a doer.

    What is to be done comes first; the doer is the first cell that names bodies.
    """
    if len(spans) > _MOST_CELLS:
        return None
    wanted: list[Role] = [column for column in columns if column != "number"]
    words = [text[start:end] for start, end in spans]
    if len(spans) == len(wanted) and _fits(words, wanted):
        return Entry(number, _gathered(list(zip(wanted, spans, strict=True))))
    lead = next((index for index in range(1, len(spans)) if names_bodies(words[index]) and not is_time(words[index])), None)
    if lead is None:
        return None
    placed: list[tuple[Role, Span]] = [("content", span) for span in spans[:lead]] + [("lead", spans[lead])]
    behind = wanted[wanted.index("lead") + 1 :]
    for word, span in zip(words[lead + 1 :], spans[lead + 1 :], strict=True):
        role = _next_role(word, behind)
        if role is None:
            placed.append((placed[-1][0], span))
            continue
        behind = behind[behind.index(role) + 1 :]
        placed.append((role, span))
    return Entry(number, _gathered(placed))


def _fits(words: Sequence[str], wanted: Sequence[Role]) -> bool:
    for word, role in zip(words, wanted, strict=True):
        if role == "lead" and not names_bodies(word) and (is_time(word) or len(word) > 80):
            return False
        if role in ("lead", "with") and is_time(word):
            return False
        if role == "when" and names_bodies(word):
            return False
    return True


def _next_role(word: str, behind: Sequence[Role]) -> Role | None:
    if is_time(word) and "when" in behind:
        return "when"
    if names_bodies(word):
        return "with" if "with" in behind else None
    return next((role for role in behind if role in ("product", "other")), None)


def _gathered(placed: Sequence[tuple[Role, Span]]) -> dict[Role, tuple[Span, ...]]:
    cells: dict[Role, tuple[Span, ...]] = {}
    for role, span in placed:
        cells[role] = (*cells.get(role, ()), span)
    return cells


def run_on(text: str, number: str, start: int, end: int, columns: Sequence[Role]) -> Entry | None:
    """A row printed as one run of words, its cells parted by full stops or by nothing; None without a doer."""
    cuts = [start, *(match.end() for match in _END.finditer(text, start, end)), end]
    pieces = [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(cuts) if text[a:b].strip()]
    stopped = [(a, b) for a, b in pieces if not text[a:b].endswith(";")]
    if len(stopped) == len(pieces) and len(pieces) > 2 and (found := typed(text, number, pieces, columns)) is not None:
        return found
    pieces = _joined(text, pieces)
    if len(pieces) > 2 and (found := typed(text, number, pieces, columns)) is not None:
        return found
    return _from_behind(text, number, start, end, columns)


def _joined(text: str, pieces: Sequence[Span]) -> list[Span]:
    """The pieces, those that end with a semicolon joined to what follows: a list within one cell."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and text[joined[-1][0] : joined[-1][1]].endswith(";"):
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def _from_behind(text: str, number: str, start: int, end: int, columns: Sequence[Role]) -> Entry | None:
    """A row without marks between its cells: the time at its end, bodies before it, the work before them."""
    words = text[start:end]
    last = range(max(1, len(words) - _LONGEST_TIME), len(words))
    times = (at for at in last if words[at - 1].isspace() and not words[at].isspace() and is_time(words[at:]))
    time = next(times, None) if "when" in columns else None
    stop = len(words) if time is None else time
    begins = [
        match.start()
        for match in _CAPITAL_WORD.finditer(words, max(1, stop - _LONGEST_BODIES), stop)
        if not _HELD.search(words, max(0, match.start() - 16), match.start())
    ]
    for begin in begins[-24:]:
        parts = body_parts(words[begin:stop].rstrip())
        if parts is None:
            continue
        spans = [(start + begin + a, start + begin + b) for a, b in parts]
        placed: list[tuple[Role, Span]] = [("content", (start, start + len(words[:begin].rstrip()))), ("lead", spans[0])]
        rest: Role = "with" if "with" in columns else "lead"
        placed += [(rest, span) for span in spans[1:]]
        if time is not None:
            placed.append(("when", (start + time, end)))
        return Entry(number, _gathered(placed))
    return None
