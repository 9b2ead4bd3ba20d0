"""The words of a reminder mail: the office's own texts where it set any, else the program's; plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from api.formats import day, first_upper, number
from api.i18n import Count, Words
from nlp.calendar import OfficeDays
from register.reminder_days import days_left
from register.reminding import ReminderView
from register.text import squeeze

LONGEST_SUBJECT = 90
"""Characters of a task's text in a subject."""

Texts = Mapping[str, str]
"""The office's own texts, as in `register.office_settings.TEXTS`."""


def default(t: Words, name: str) -> str:
    """The program's own text of a name of `register.office_settings.PLACEHOLDERS`, with its places to fill in."""
    if name == "body":
        return "\n\n".join((t("mail.hello"), "{tasks}", t("mail.foot")))
    return t(f"mail.{name}")


def subject(t: Words, texts: Texts, reminders: Sequence[ReminderView], today: date, days: OfficeDays) -> str:
    """The subject of a mail that tells of one reminder, or of several."""
    if len(reminders) == 1:
        [each] = reminders
        text = each.text if len(each.text) <= LONGEST_SUBJECT else each.text[: LONGEST_SUBJECT - 1] + "…"
        return squeeze(_filled(t, texts, "subject", left=first_upper(left(t, each.due_on, today, days)), text=text))
    late = sum(each.due_on < today for each in reminders)
    name = "subject_many_late" if late else "subject_many"
    filled = _filled(t, texts, name, n=number(len(reminders), t.language), late=number(late, t.language), day=day(today))
    return squeeze(filled)


def body(
    t: Words, texts: Texts, name: str, reminders: Sequence[ReminderView], today: date, days: OfficeDays, link: str | None
) -> str:
    """The body of a mail to `name`; `link` is the address of the pages, if known."""
    tasks = "\n\n".join(_task(t, each, today, days, link) for each in reminders)
    page = f"{link}/nhac-viec" if link else t("remind.title")
    return _filled(t, texts, "body", name=name, tasks=tasks, link=page) + "\n"


def left(t: Words, due_on: date, today: date, days: OfficeDays) -> str:
    """How far off the due day is, in working days; of a late one in days."""
    if due_on < today:
        return t("remind.late", n=number((today - due_on).days, t.language))
    count = days_left(today, due_on, days)
    return t("remind.left", n=number(count, t.language)) if count else t("remind.today")


def examples(t: Words, today: date, at: datetime) -> tuple[ReminderView, ReminderView]:
    """Two invented reminders, one of a task that is late, to show what a mail looks like."""
    common = {"letter_code": "12/UBND-KT", "letter_issuer": None, "created_at": at, "seen": False, "mail": "none", "current": True}
    return tuple(
        ReminderView(
            id=id, kind="3", due_on=today + timedelta(days=away), obligation_id=id, text=t(f"forms.example_{id}"),
            body=t("forms.example_body"), whom=t("forms.example_whom"), **common,  # type: ignore[arg-type]
        )
        for id, away in ((1, 3), (2, -2))
    )  # type: ignore[return-value]  # fmt: skip


def _filled(t: Words, texts: Texts, kind: str, /, **values: str) -> str:
    # What the office wrote was checked when it was set: it has no places but these.
    form = texts.get(f"{kind}.{t.language}") or default(t, kind)
    return form.format(**{key: Count(value) for key, value in values.items()})


def _task(t: Words, each: ReminderView, today: date, days: OfficeDays, link: str | None) -> str:
    source = " ".join(
        part for part in (each.letter_code, each.letter_issuer and f"({each.letter_issuer})") if part
    )
    lines = [
        f"{first_upper(left(t, each.due_on, today, days))}: {each.text}",
        f"{t('tasks.column_due')}: {day(each.due_on)}",
        f"{t('tasks.column_body')}: {first_upper(each.body) or t('letter.no_lead')}",
    ]
    if each.whom:
        lines.append(f"{t('tasks.column_assignee')}: {each.whom}")
    if source:
        lines.append(f"{t('duty.source')}: {source}")
    if link:
        lines.append(f"{link}/nhiem-vu/{each.obligation_id}")
    return "\n".join(lines)
