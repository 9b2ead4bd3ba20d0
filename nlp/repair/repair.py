"""The text that finders work on: misread words put right, every offset as it was.

`repair` gives the corrections and a text as long as the reading. What the
letter is quoted with (a task's words, a deadline's, a citation's) is taken from
the reading again by `as_read`; names and header values keep what was put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.language.tokens import tokens
from nlp.collapsed import Collapsed
from nlp.repair.language import Trust, misread
from nlp.repair.phrases import known_letters, known_names
from nlp.types import Correction, Deadline, Named, Reference, Task

if TYPE_CHECKING:
    from nlp.reading import Text


@dataclass(frozen=True, slots=True)
class Repaired:
    """`text` is as long as what was read; only applied corrections differ in it."""

    text: str
    corrections: tuple[Correction, ...] = ()


def repair(text: Text) -> Repaired:
    """The corrections of a reading text; pages born digital are not misread and are left alone."""
    sources = {page.source for page in text.pages}
    if not sources - {"text-layer"}:
        return Repaired(text.text)
    return repair_string(text.text, None if sources == {"text"} else _trust(text))


def repair_string(text: str, trust: Trust | None = None) -> Repaired:
    """The corrections of a plain string (in NFC), and the string with them.

    >>> repair_string("V/v đơn độc thực hiện kế hoạch khuyến công").text
    'V/v đôn đốc thực hiện kế hoạch khuyến công'
    """
    found = tokens(text)
    by_language = misread(text, trust, found)
    taken = {correction.start for correction in by_language}
    by_name = [
        correction
        for correction in (*known_names(text, found), *known_letters(text))
        if correction.start not in taken and (trust is None or trust(correction.start, correction.end) is not None)
    ]
    every = sorted({each.start: each for each in (*by_language, *by_name)}.values(), key=lambda correction: correction.start)
    marked = tuple(replace(c, applied=len(c.proposed) == len(c.read)) for c in every)
    return Repaired(put(text, marked), marked)


def put(text: str, corrections: Sequence[Correction]) -> str:
    """The text with the applied corrections in it; its length stays."""
    parts: list[str] = []
    at = 0
    for correction in corrections:
        if correction.applied and len(correction.proposed) == len(correction.read):
            parts += [text[at : correction.start], correction.proposed]
            at = correction.end
    return "".join(parts) + text[at:]


def tasks_as_read(tasks: Sequence[Task], read: str, repaired: str) -> tuple[Task, ...]:
    """The tasks with their own words, and those of their deadlines and conditions, as they were read."""

    def deadline(each: Deadline) -> Deadline:
        return replace(each, raw=as_read(each.raw, each.evidence.start, each.evidence.end, read, repaired))

    def quoted(each: Named) -> Named:
        return replace(each, text=as_read(each.text, each.evidence.start, each.evidence.end, read, repaired))

    return tuple(
        replace(
            task,
            text=as_read(task.text, task.evidence.start, task.evidence.end, read, repaired),
            deadlines=tuple(map(deadline, task.deadlines)),
            conditions=tuple(map(quoted, task.conditions)),
            exceptions=tuple(map(quoted, task.exceptions)),
        )
        for task in tasks
    )


def references_as_read(references: Sequence[Reference], read: str, repaired: str) -> tuple[Reference, ...]:
    """The citations with their exact words as they were read."""
    return tuple(
        replace(each, raw=as_read(each.raw, each.evidence.start, each.evidence.end, read, repaired))
        for each in references
    )


def as_read(value: str, start: int, end: int, read: str, repaired: str) -> str:
    """The words of the reading for a value that was quoted from `repaired[start:end]`."""
    if read[start:end] == repaired[start:end]:
        return value
    at = Collapsed.of(repaired, start, end).text.find(value)
    return value if at < 0 else Collapsed.of(read, start, end).text[at : at + len(value)]


def _trust(text: Text) -> Trust:
    def trust(start: int, end: int) -> float | None:
        return None if text.source_at(start) == "text-layer" else text.confidence(start, end)

    return trust
