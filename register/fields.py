"""The values a person may correct, of letters and of tasks: their forms, and how they are set.

Used for the program's own values too, so that a correction that is applied
again after a new reading goes the same way as when it was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from ingest.errors import BadRequest
from register.errors import refused
from register.models import Letter, Task
from register.terms import Term
from register.text import fold, number_key, squeeze

TEXT: Final = (
    "kind",
    "number",
    "symbol",
    "issuer",
    "parent_body",
    "place",
    "subject",
    "urgency",
    "signer_authority",
    "signer_position",
    "signer_name",
    "incoming_number",
    "incoming_body",
)
DAYS: Final = ("issued_on", "incoming_on", "received_on")
LISTS: Final = ("addressees", "recipients")
LETTER_FIELDS: Final = (*TEXT, *DAYS, *LISTS, "direction")

TASK_TEXT: Final = ("label", "text", "report_to")
BODIES: Final = ("responsible", "coordinating")
TASK_FIELDS: Final = (*TASK_TEXT, "optional", *BODIES, "deadlines", "state")

KINDS: Final = ("fixed", "recurring", "relative", "immediate")
DIRECTIONS: Final = ("đến", "đi")
YEARS: Final = (1900, 2199)
"""First and last year of a date a person may enter."""
MOST: Final = 20_000
"""Characters of the longest text a person may enter."""


def get_letter(row: Letter, field: str) -> Any:
    """A letter's present value as JSON."""
    value = getattr(row, _known(field, LETTER_FIELDS))
    return value.isoformat() if isinstance(value, date) else value


def set_letter(row: Letter, field: str, value: Any) -> None:
    """Set a value given as JSON; BadRequest if it has the wrong form."""
    setattr(row, _known(field, LETTER_FIELDS), _letter_value(field, value))
    derive(row)


def derive(row: Letter) -> None:
    """Columns that follow from others: folded texts and the key of the number."""
    row.number_key = number_key(row.number, row.symbol)
    row.issuer_fold = fold(row.issuer) if row.issuer else None
    row.subject_fold = fold(row.subject, None) if row.subject else None


def get_task(row: Task, field: str) -> Any:
    """A task's present value as JSON; bodies and deadlines without their evidence."""
    _known(field, TASK_FIELDS)
    if field in BODIES:
        return [body["text"] for body in getattr(row, field)]
    if field == "deadlines":
        return [
            {
                "kind": each.kind,
                "date": each.printed_on.isoformat() if each.printed_on else None,
                "rule": each.rule,
                "raw": each.raw,
                "strict": each.strict,
            }
            for each in row.deadlines
        ]
    return getattr(row, field)


def set_task(row: Task, field: str, value: Any) -> list[tuple[Term, Any]] | None:
    """Set a value given as JSON; deadlines are given back as terms, for `register.duties.sync`.

    BadRequest if the value has the wrong form. A body that keeps its name keeps its evidence.
    """
    _known(field, TASK_FIELDS)
    if field == "deadlines":
        evidence = {(each.kind, each.raw): each.evidence for each in row.deadlines}
        terms = [_deadline(each) for each in _sequence(field, value)]
        return [(term, evidence.get((term.kind, term.raw))) for term in terms]
    if field in BODIES:
        known = {body["text"]: body.get("evidence") for body in getattr(row, field)}
        names = dict.fromkeys(filter(None, (_text(field, each) for each in _sequence(field, value))))
        setattr(row, field, [{"text": name, "evidence": known.get(name)} for name in names])
    elif field == "optional":
        row.optional = _check(field, value, isinstance(value, bool))
    elif field == "state":
        row.state = _check(field, value, value in ("active", "dropped"))
    else:
        text = _text(field, value)
        setattr(row, field, _check(field, text or "", bool(text)) if field == "text" else text)
        row.text_fold = fold(row.text, None)
    return None


def latest(corrections: Sequence[Any]) -> dict[str, Any]:
    """The newest value of each field among corrections in the order they were made."""
    return {each.field: each.new for each in corrections}


def _letter_value(field: str, value: Any) -> Any:
    if field in DAYS:
        return _day(field, value)
    if field in LISTS:
        return [text for each in _sequence(field, value) if (text := _text(field, each))]
    if field == "direction":
        return _check(field, value, value in DIRECTIONS)
    text = _text(field, value)
    return text.lower() if text and field in ("kind", "urgency") else text


def _deadline(value: Any) -> Term:
    _check("deadlines", value, isinstance(value, Mapping))
    kind = _check("deadlines", value.get("kind"), value.get("kind") in KINDS)
    printed_on = _day("deadlines", value.get("date"))
    rule = _text("deadlines", value.get("rule"))
    _check("deadlines", value, kind != "fixed" or printed_on is not None)
    _check(
        "deadlines",
        value,
        kind not in ("recurring", "relative") or rule is not None or bool(value.get("raw")),
    )
    if kind == "recurring" and rule:
        _rule(rule)
    return Term(
        str(kind), printed_on, rule, _text("deadlines", value.get("raw")) or "", bool(value.get("strict"))
    )


def _rule(rule: str) -> None:
    from nlp import calendar

    try:
        calendar.occurrences(rule, date(2020, 1, 1), date(2020, 1, 2))
    except (ValueError, KeyError, TypeError):
        raise refused(
            "rule-unclear",
            f"Không hiểu quy tắc lặp “{rule}”.",
            f"The recurrence rule “{rule}” is not understood.",
            "Ví dụ đúng: FREQ=MONTHLY;BYMONTHDAY=25",
            "For example: FREQ=MONTHLY;BYMONTHDAY=25",
        ) from None


def _known(field: str, fields: Sequence[str]) -> str:
    if field not in fields:
        raise refused(
            "field-unknown",
            f"Không có mục “{field}” để sửa.",
            f"There is no field “{field}” to correct.",
            f"Các mục: {', '.join(fields)}.",
            f"Fields: {', '.join(fields)}.",
        )
    return field


def _wrong(field: str, value: Any) -> BadRequest:
    return refused(
        "value-wrong",
        f"Giá trị của mục “{field}” không đúng dạng: {str(value)[:80]!r}.",
        f"The value of “{field}” has the wrong form: {str(value)[:80]!r}.",
    )


def _check(field: str, value: Any, right: bool) -> Any:
    if not right:
        raise _wrong(field, value)
    return value


def _text(field: str, value: Any) -> str | None:
    if value is None:
        return None
    _check(field, value, isinstance(value, str) and len(value) <= MOST)
    return squeeze(value.replace("\x00", "")) or None


def _day(field: str, value: Any) -> date | None:
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(field, value) from None
    # Beyond these, reckoning with days runs over the calendar's end; a year is mistyped, not meant.
    _check(field, value, YEARS[0] <= day.year <= YEARS[1])
    return day


def _sequence(field: str, value: Any) -> Sequence[Any]:
    _check(field, value, isinstance(value, list | tuple))
    checked: Sequence[Any] = value
    return checked
