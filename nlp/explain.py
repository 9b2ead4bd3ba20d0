"""Which rule gave what: every value of a dispatch with the rule, the place and the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from nlp.lexicon import toml
from nlp.types import Deadline, Dispatch, Evidence, Named, Reference, Task
from nlp.values import HEADER_FIELDS

_KINDS = {"fixed": "ngày", "recurring": "định kỳ", "relative": "trong hạn", "immediate": "ngay"}

WORDS = 160
"""Characters of the words shown; the middle of a longer place is left out."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One value and where it comes from.

    `part` is "header", "task", "reference" or "correction", `of` the number of
    the task, reference or correction (from 1; 0 in the header), `name` the JSON
    key, `line` the printed line on the page. `words` are those at the place;
    None where the value was inferred from something that is not there.
    """

    part: str
    of: int
    name: str
    value: str
    rule: str
    meaning: str
    confidence: float
    page: int | None
    line: int | None
    words: str | None

    def to_json(self) -> dict[str, Any]:
        """The value as a JSON-ready dict."""
        return asdict(self)


@cache
def _names() -> dict[str, str]:
    return dict(toml("rule_names.toml")["names"])


def meaning(rule: str) -> str:
    """What a rule is called in words; "" for one that has no such name.

    >>> meaning("report-gửi")
    'nơi nhận báo cáo, sau động từ'
    """
    name = rule
    while name:
        if name in _names():
            return _names()[name]
        name = re.sub(r"[.-]?[^.-]*$", "", name)
    return ""


def explain(dispatch: Dispatch) -> tuple[Explained, ...]:
    """Every value in the order of the letter's JSON form."""
    return (*_header(dispatch), *_tasks(dispatch), *_references(dispatch), *_corrections(dispatch))


def _header(dispatch: Dispatch) -> Iterator[Explained]:
    for name in HEADER_FIELDS:
        field = getattr(dispatch.header, name)
        if field is not None:
            yield _explained(dispatch, "header", 0, name, field.value, field.evidence)
    for name in ("addressees", "recipients"):
        for item in getattr(dispatch, name):
            yield _explained(dispatch, "header", 0, name, item.text, item.evidence)
    if signer := dispatch.signer:
        value = " / ".join(filter(None, (signer.authority, signer.position, signer.name)))
        yield _explained(dispatch, "header", 0, "signer", value, signer.evidence)
    if stamp := dispatch.incoming:
        value = " / ".join(filter(None, (stamp.body, stamp.number, _day(stamp.date))))
        yield _explained(dispatch, "header", 0, "incoming", value, stamp.evidence)


def _tasks(dispatch: Dispatch) -> Iterator[Explained]:
    for number, task in enumerate(dispatch.tasks, 1):
        yield _explained(dispatch, "task", number, "task", _task_value(task), task.evidence)
        for name in ("responsible", "coordinating", "deadlines", "report_to", "channel", "conditions", "exceptions", "products"):
            found: Named | tuple[Named | Deadline, ...] | None = getattr(task, name)
            for each in found if isinstance(found, tuple) else filter(None, (found,)):
                value = each.text if isinstance(each, Named) else _deadline_value(each)
                yield _explained(dispatch, "task", number, name, value, each.evidence)


def _task_value(task: Task) -> str:
    return f"{task.label} {task.text}" if task.label else task.text


def _deadline_value(deadline: Deadline) -> str:
    return " ".join(filter(None, (_KINDS[deadline.kind], _day(deadline.date), deadline.rule)))


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _references(dispatch: Dispatch) -> Iterator[Explained]:
    for number, reference in enumerate(dispatch.references, 1):
        for mention in reference.mentions:
            yield _explained(dispatch, "reference", number, "references", _reference_value(reference), mention)


def _reference_value(reference: Reference) -> str:
    return " ".join(filter(None, (reference.type, reference.code or reference.number, reference.title, *reference.provisions)))


def _corrections(dispatch: Dispatch) -> Iterator[Explained]:
    for number, each in enumerate(dispatch.corrections, 1):
        value = f"{each.read} → {each.proposed}: {each.reason}"
        yield _explained(dispatch, "correction", number, "corrections", value, each.evidence)


def _explained(dispatch: Dispatch, part: str, of: int, name: str, value: str, evidence: Evidence) -> Explained:
    read = dispatch.text[evidence.start : evidence.end]
    words = " ".join(read.split())
    if len(words) > WORDS:
        words = f"{words[: WORDS // 2].rstrip()} … {words[-WORDS // 3 :].lstrip()}"
    return Explained(
        part,
        of,
        name,
        value,
        evidence.rule,
        meaning(evidence.rule),
        round(evidence.confidence, 2),
        evidence.page,
        _line(dispatch, evidence.start + len(read) - len(read.lstrip())) if words else None,
        words or None,
    )


def _line(dispatch: Dispatch, start: int) -> int:
    """The printed line of an offset, counted on its page from 1; blank lines and page numbers do not count."""
    begin = max((each for each in dispatch.page_starts if each <= start), default=0)
    return sum(bool(line.strip()) for line in dispatch.text[begin : start + 1].split("\n")) or 1
