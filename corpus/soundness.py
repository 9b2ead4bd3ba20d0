"""What must hold of any result, whatever the letter says: evidence inside the text, values that read and print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta

from nlp.calendar import occurrences, period_end, safe_day
from nlp.deadlines.relative import parse_relative
from nlp.types import Deadline, Dispatch, Evidence, Field, Task

_DAY = date(2024, 1, 1)


def unsound(dispatch: Dispatch) -> Iterator[str]:
    """Each fault of a result, in words; nothing where it is sound."""
    text = dispatch.text
    for name, evidence in _evidence(dispatch):
        if not 0 <= evidence.start <= evidence.end <= len(text):
            yield f"{name}: {evidence.start}-{evidence.end} lies outside {len(text)} characters"
        if not 0 <= evidence.confidence <= 1:
            yield f"{name}: confidence {evidence.confidence}"
        if evidence.page is not None and evidence.page not in dispatch.pages:
            yield f"{name}: no page {evidence.page}"
    for reference in dispatch.references:
        if not any(_collapsed(reference.raw).startswith(words) for each in reference.mentions for words in _words(dispatch, each)):
            yield f"reference {reference.raw!r} stands at none of its places"
    for task in dispatch.tasks:
        yield from _unsound_task(task, dispatch)
    for correction in dispatch.corrections:
        if text[correction.start : correction.end] != correction.read:
            yield f"correction of {correction.read!r} stands at {text[correction.start : correction.end]!r}"


def _unsound_task(task: Task, dispatch: Dispatch) -> Iterator[str]:
    if not task.text.strip():
        yield "a task without words"
    for deadline in task.deadlines:
        if _collapsed(deadline.raw) not in _words(dispatch, deadline.evidence):
            yield f"deadline {deadline.raw!r} is not {_words(dispatch, deadline.evidence)}"
        below = deadline.evidence.rule == "deadline.below"  # in the lines that a duty announces
        if below and not task.evidence.end <= deadline.evidence.start:
            yield f"deadline {deadline.raw!r} does not stand below its task"
        if not below and not task.evidence.start <= deadline.evidence.start <= deadline.evidence.end <= task.evidence.end:
            yield f"deadline {deadline.raw!r} stands outside its task"
        yield from _unsound_rule(deadline)


def _unsound_rule(deadline: Deadline) -> Iterator[str]:
    kind, rule = deadline.kind, deadline.rule
    if kind == "recurring" and rule is not None:
        if not occurrences(rule, _DAY, _DAY + timedelta(days=1500)):
            yield f"rule {rule!r} never comes"
    elif kind == "relative" and rule is not None:
        period = parse_relative(rule)
        if period is None or str(period) != rule:
            yield f"period {rule!r} reads as {period}"
        else:
            period_end(_DAY, period)
    elif kind in ("fixed", "immediate") and rule is not None:
        yield f"{kind} deadline with the rule {rule!r}"
    safe_day(deadline)


def _evidence(dispatch: Dispatch) -> Iterator[tuple[str, Evidence]]:
    for each in fields(dispatch.header):
        value: Field | None = getattr(dispatch.header, each.name)
        if value is not None:
            yield each.name, value.evidence
    if dispatch.signer:
        yield "signer", dispatch.signer.evidence
    if dispatch.incoming:
        yield "incoming", dispatch.incoming.evidence
    for named in (*dispatch.addressees, *dispatch.recipients):
        yield named.text, named.evidence
    for reference in dispatch.references:
        for mention in reference.mentions:
            yield reference.raw, mention
    for task in dispatch.tasks:
        yield "task", task.evidence
        singles = [each for each in (task.report_to, task.channel) if each is not None]
        for named in (*task.responsible, *task.coordinating, *task.conditions, *task.exceptions, *task.products, *singles):
            yield named.text, named.evidence
        for deadline in task.deadlines:
            yield deadline.raw, deadline.evidence


def _words(dispatch: Dispatch, evidence: Evidence) -> tuple[str, str]:
    """The words at a place, white space collapsed: as read, and with misread words put right."""
    read = dispatch.text[evidence.start : evidence.end]
    mended = read
    for each in sorted(dispatch.corrections, key=lambda each: each.start, reverse=True):
        if each.applied and evidence.start <= each.start and each.end <= evidence.end:
            at = each.start - evidence.start
            mended = mended[:at] + each.proposed + mended[at + len(each.read) :]
    return _collapsed(read), _collapsed(mended)


def _collapsed(text: str) -> str:
    return " ".join(text.split())
