"""Reminders by e-mail: a job per mail, whom it goes to, what became of it. Sending itself is the worker's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from register import audit, jobs
from register.errors import refused, unknown
from register.jobs import Claimed, JobView
from register.models import Job, Reminder, User
from register.reminding import pairs

REMIND: Final = "remind"
"""The kind of the daily job that writes reminders."""

MAIL: Final = "mail"
"""The kind of the job that sends one mail."""

CHOICES: Final = ("each", "digest", "off")
"""What a user may choose: a mail per task, one a day for all, none."""

TRIES: Final = 40
"""Tries of a mail while the server is away: by the back-off of jobs about 17 hours, over a night and a morning."""

RECENT: Final = timedelta(days=7)
"""So long a mail that could not be sent is told of."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A user to whom mail goes; `email` is None for nobody."""

    id: int
    name: str
    email: str | None
    language: str
    choice: str
    active: bool


@dataclass(frozen=True, slots=True)
class MailState:
    """Mails by state: waiting for their first try, waiting for another, given up in the last days; the newest error."""

    waiting: int
    retrying: int
    failed: int
    error: str | None


def settings(s: Session, user_id: int) -> Recipient:
    """What a user chose."""
    user = s.get(User, user_id)
    if user is None:
        raise unknown("user", user_id)
    return Recipient(user.id, user.name, user.email, user.language, user.mail, user.active)


def choose(s: Session, user_id: int, *, email: str, choice: str, at: datetime, by: int | None) -> Recipient:
    """Set a user's address ("" for none) and choice. BadRequest for an address or a choice that is none."""
    user = s.get(User, user_id)
    if user is None:
        raise unknown("user", user_id)
    address = email.strip()
    if address and (len(address) > 254 or not _ADDRESS.fullmatch(address)):
        raise refused(
            "email-wrong",
            f"“{address[:80]}” không phải địa chỉ thư điện tử.",
            f"“{address[:80]}” is no e-mail address.",
        )
    if choice not in CHOICES:
        raise refused("mail-choice", "Không có lựa chọn này.", "There is no such choice.")
    if (user.email, user.mail) != (address or None, choice):
        audit.write(s, "mail-chosen", "user", user_id, at=at, by=by, email=address, choice=choice)
        user.email, user.mail = address or None, choice
        s.flush()
    return settings(s, user_id)


def queue(s: Session, rows: tuple[Reminder, ...], *, today: date, at: datetime) -> int:
    """Queue the mails of new reminders, as each user chose; gives how many."""
    count = 0
    for user_id, ids in pairs(rows):
        digest = settings(s, user_id).choice == "digest"
        for part in [ids] if digest else [[id] for id in ids]:
            # By the first reminder in it: a second mail of the day, for what came later, is another mail.
            key = f"mail:{user_id}:{today.isoformat()}:{part[0]}"
            payload = {"user_id": user_id, "reminders": part}
            jobs.enqueue(s, MAIL, key=key, payload=payload, at=at, max_attempts=TRIES)
            count += 1
    return count


def sent(s: Session, job: Claimed, *, at: datetime) -> None:
    """The mail of a job is out."""
    _mark(s, job.payload["reminders"], "sent", at)
    user, ids = job.payload["user_id"], list(job.payload["reminders"])
    audit.write(s, "reminder-mailed", "user", user, at=at, actor="worker", reminders=ids)


def dropped(s: Session, job: Claimed) -> None:
    """Nothing was left to send: what it was about is done, or the user wants no mail any more."""
    _mark(s, job.payload["reminders"], "none", None)


def failed(s: Session, job: Claimed | JobView) -> None:
    """The mail was refused for good, or its tries have run out."""
    _mark(s, job.payload["reminders"], "failed", None)


def state(s: Session, *, at: datetime) -> MailState:
    """How the mails stand, for those who look after the program."""
    tried = Job.last_error.is_not(None)
    rows = s.execute(
        select(Job.state, tried, func.count())
        .where(Job.kind == MAIL, (Job.state.in_(("queued", "running"))) | (Job.finished_at > at - RECENT))
        .group_by(Job.state, tried)
    ).all()
    counts = {(state, bool(again)): count for state, again, count in rows}
    error = s.scalar(
        select(Job.last_error)
        .where(Job.kind == MAIL, Job.last_error.is_not(None), Job.state.in_(("queued", "running", "failed")))
        .order_by(Job.id.desc())
        .limit(1)
    )
    open_ = ("queued", "running")
    return MailState(
        sum(counts.get((each, False), 0) for each in open_),
        sum(counts.get((each, True), 0) for each in open_),
        sum(counts.get(("failed", again), 0) for again in (False, True)),
        error,
    )


def _mark(s: Session, ids: Sequence[int], mail: str, at: datetime | None) -> None:
    query = update(Reminder).where(Reminder.id.in_(ids)).values(mail=mail, mailed_at=at)
    s.execute(query.execution_options(synchronize_session=False))
