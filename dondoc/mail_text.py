"""A reminder mail: its head, and the words of `api.mail_forms` in the language of whoever gets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from api.i18n import Words
from api.mail_forms import Texts, body, subject
from nlp.calendar import OfficeDays
from register.mailing import Recipient
from register.reminding import ReminderView
from register.text import squeeze


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
    texts: Texts,
) -> EmailMessage:
    """The mail that tells of these reminders (one, or several of a day); `link` is the address of the pages, if known.

    `key` makes its Message-ID: a mail sent twice after a crash is the same to whoever gets it. `texts` are the office's own.
    """
    t = Words(to.language)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(squeeze(to.name), addr_spec=to.email or "")
    message["Subject"] = subject(t, texts, reminders, today, days)
    message["Date"] = format_datetime(at.astimezone())
    message["Message-ID"] = f"<{key.replace(':', '.')}@{sender.rpartition('@')[2].strip('>') or 'dondoc'}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(body(t, texts, to.name, reminders, today, days, link))
    return message
