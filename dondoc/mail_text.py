"""The words of a reminder mail: plain text in the language of whoever gets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from api.formats import day, first_upper, number
from api.i18n import Words
from nlp.calendar import OfficeDays
from register.mailing import Recipient
from register.reminder_days import days_left
from register.reminding import ReminderView
from register.text import squeeze

LONGEST_SUBJECT = 90
"""Characters of a task's text in a subject."""


def compose(
    to: Recipient,
    reminders: Sequence[ReminderView],
    *,
    sender: str,
    key: str,
    today: date,
    at: datetime,
    days: OfficeDays,
    link: str | None,
) -> EmailMessage:
    """The mail that tells of these reminders (one, or several of a day); `link` is the address of the pages, if known.

    `key` makes its Message-ID: a mail sent twice after a crash is the same to whoever gets it.
    """
    t = Words(to.language)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(squeeze(to.name), addr_spec=to.email or "")
    message["Subject"] = squeeze(_subject(t, reminders, today, days))
    message["Date"] = format_datetime(at.astimezone())
    message["Message-ID"] = f"<{key.replace(':', '.')}@{sender.rpartition('@')[2].strip('>') or 'dondoc'}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    parts = [t("mail.hello", name=to.name)]
    parts += [_one(t, each, today, days, link) for each in reminders]
    parts.append(t("mail.foot", link=f"{link}/nhac-viec" if link else t("remind.title")))
    message.set_content("\n\n".join(parts) + "\n")
    return message


def left(t: Words, due_on: date, today: date, days: OfficeDays) -> str:
    """How far off the due day is, in working days; of a late one in days."""
    if due_on < today:
        return t("remind.late", n=number((today - due_on).days, t.language))
    count = days_left(today, due_on, days)
    return t("remind.left", n=number(count, t.language)) if count else t("remind.today")


def _subject(t: Words, reminders: Sequence[ReminderView], today: date, days: OfficeDays) -> str:
    if len(reminders) == 1:
        [each] = reminders
        text = each.text if len(each.text) <= LONGEST_SUBJECT else each.text[: LONGEST_SUBJECT - 1] + "…"
        return t("mail.subject", left=first_upper(left(t, each.due_on, today, days)), text=text)
    late = sum(each.due_on < today for each in reminders)
    key = "mail.subject_many_late" if late else "mail.subject_many"
    return t(key, n=number(len(reminders), t.language), late=number(late, t.language), day=day(today))


def _one(t: Words, each: ReminderView, today: date, days: OfficeDays, link: str | None) -> str:
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
