"""What people do with an obligation: done, reopened, notes, extensions (gia hạn), cancelled.

Each writes an event, an audit entry and an outbox entry. `at` is the moment
of writing, `on` the day the thing happened.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from register.views import EventView


def mark_done(
    s: Session,
    obligation_id: int,
    *,
    on: date,
    at: datetime,
    by: int | None,
    text: str | None = None,
    occurrence_id: int | None = None,
    whole: bool = False,
) -> None:
    """The obligation was fulfilled on day `on`.

    Of a recurring obligation (or one with several due days) that is one
    occurrence: the given one, else the next open one; the whole is done when
    none is open and none will follow, or when `whole` says so.
    BadRequest when it is done already.
    """
    raise NotImplementedError


def reopen(s: Session, obligation_id: int, *, at: datetime, by: int | None, text: str | None = None) -> None:
    """Undo the last `mark_done` of the obligation."""
    raise NotImplementedError


def note(s: Session, obligation_id: int, *, text: str, at: datetime, by: int | None) -> int:
    """Write a note; gives the event's id."""
    raise NotImplementedError


def request_extension(
    s: Session, obligation_id: int, *, new_due: date, text: str, at: datetime, by: int | None
) -> int:
    """Ask for a later due day (gia hạn) of the next open occurrence; gives the request's id.

    BadRequest when nothing is open, or the new day is not later than the present one.
    """
    raise NotImplementedError


def decide_extension(
    s: Session,
    request_id: int,
    *,
    granted: bool,
    at: datetime,
    by: int | None,
    new_due: date | None = None,
    text: str | None = None,
) -> None:
    """Grant (with the day asked for, or another) or refuse an extension; old and new day stay in the history."""
    raise NotImplementedError


def cancel(s: Session, obligation_id: int, *, on: date, reason: str, at: datetime, by: int | None) -> None:
    """Take the obligation out of the tracking, with the reason."""
    raise NotImplementedError


def restore(s: Session, obligation_id: int, *, at: datetime, by: int | None) -> None:
    """Take back a cancellation."""
    raise NotImplementedError


def history(s: Session, obligation_id: int) -> tuple[EventView, ...]:
    """All events of an obligation, oldest first."""
    raise NotImplementedError


def open_requests(s: Session, *, limit: int = 200) -> tuple[EventView, ...]:
    """Extension requests that nobody has decided yet, oldest first."""
    raise NotImplementedError
