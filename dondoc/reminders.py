"""The worker's part in reminders: the daily job that writes them, and mails one by one.

Both are rows of `jobs` like the reading of letters: what a worker held when it
died is done again. Reminders are written in one transaction with the end of
their job; a mail is marked as sent right after the server took it, and a mail
sent twice by a crash in between has the same Message-ID.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dondoc.mail_text import compose
from ingest.errors import DondocError
from nlp.calendar import is_working_day
from register import calendar_days, jobs, mailing, office_settings, reminding
from register.terms import office_days

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dondoc.worker import Office


def queue_day(office: Office) -> bool:
    """Queue the job of the day, on a working day from the hour set on; once a day, whoever asks."""
    at = office.clock()
    local = at.astimezone()
    with office.database.transaction() as s:
        days = office_days(calendar_days.overrides(s))
        if local.hour < office.reminder_hour or not is_working_day(local.date(), days):
            return False
        key = f"{mailing.REMIND}:{local.date().isoformat()}"
        jobs.enqueue(s, mailing.REMIND, key=key, payload={"on": local.date().isoformat()}, at=at)
    return True


def remind_one(office: Office, worker: str) -> bool:
    """Claim the job of a day and write its reminders; False where none waits."""
    job = _claim(office, worker, mailing.REMIND)
    if job is None:
        return False
    at = office.clock()
    try:
        with office.database.transaction() as s:
            # The day as it is now: a job that waited over a weekend reminds of what is due today.
            today = at.astimezone().date()
            days = office_days(calendar_days.overrides(s))
            before = office_settings.load(s).before
            rows = reminding.remind(
                s, today=today, at=at, days=days, mail=office.mailer is not None, before=before
            )
            mailing.queue(s, rows, today=today, at=at)
            jobs.finish(s, job, at=at)
    except DondocError as error:
        with office.database.transaction() as s:
            jobs.give_back(s, job, at=office.clock(), error=str(error), retry=error.retry)
        raise
    return True


def mail_one(office: Office, worker: str) -> bool:
    """Claim a mail and send it; False where none waits or no mail server is set."""
    if office.mailer is None:
        return False
    job = _claim(office, worker, mailing.MAIL)
    if job is None:
        return False
    at = office.clock()
    try:
        if not _send(office, job, at):
            with office.database.transaction() as s:
                mailing.dropped(s, job)
                jobs.finish(s, job, at=at)
            return True
        with office.database.transaction() as s:
            mailing.sent(s, job, at=at)
            jobs.finish(s, job, at=at)
    except DondocError as error:
        with office.database.transaction() as s:
            if not jobs.give_back(s, job, at=at, error=str(error), retry=error.retry) and _has_failed(s, job):
                mailing.failed(s, job)
    return True


def _send(office: Office, job: jobs.Claimed, at: datetime) -> bool:
    """Whether there was something to send, and it is out."""
    assert office.mailer is not None
    user_id = job.payload["user_id"]
    with office.database.reading() as s:
        to = mailing.settings(s, user_id)
        found = reminding.by_ids(s, user_id, list(job.payload["reminders"]))
        days = office_days(calendar_days.overrides(s))
        texts = office_settings.load(s).texts
    if not found or to.email is None or to.choice == "off" or not to.active:
        return False
    mail = compose(
        to,
        found,
        sender=office.mailer.sender,
        key=job.step_key,
        today=at.astimezone().date(),  # a mail that waited for its server counts from the day on which it goes
        at=at,
        days=days,
        link=office.public_url,
        texts=texts,
    )
    office.mailer.send(mail)
    return True


def _claim(office: Office, worker: str, kind: str) -> jobs.Claimed | None:
    with office.database.transaction() as s:
        return jobs.claim(s, worker=worker, at=office.clock(), kinds=(kind,), lease=office.lease)


def _has_failed(s: Session, job: jobs.Claimed) -> bool:
    now = jobs.get(s, job.id)
    return now is not None and now.state == "failed"
