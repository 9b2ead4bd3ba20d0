"""From an obligation's dossier to what its page shows: one history, and the place on the page image."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from register.dossier import DossierView
from register.status import is_soon, status_of
from register.views import EventView

_AROUND = 14.0
"""Points shown around the task's words."""
_TALLEST = 300.0
"""Points of a page shown at most: a task of a whole page is told by its beginning."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history: an event, or (`field`) a corrected value of the task."""

    at: datetime
    who: str | None
    kind: str
    event: EventView | None = None
    field: str | None = None

    @property
    def after_term(self) -> bool:
        """An extension that was asked for when the day had already passed."""
        if self.event is None or self.kind != "extension-requested" or self.event.old_due is None:
            return False
        return self.at.astimezone().date() > self.event.old_due


@dataclass(frozen=True, slots=True)
class Crop:
    """A strip of a page image in points, with the boxes of the task on it: (x, y, width, height)."""

    page: int
    page_width: float
    page_height: float
    left: float
    top: float
    width: float
    height: float
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The status of an obligation on a day; `late` counts days late, 0 when not."""

    status: str
    soon: bool
    late: int


def judged(dossier: DossierView, *, today: date, soon_days: int) -> Judged:
    """The two-axis status of the obligation."""
    row = dossier.obligation
    status = status_of(due_on=row.due_on, done_on=row.done_on, today=today)
    soon = is_soon(due_on=row.due_on, done_on=row.done_on, today=today, days=soon_days)
    late = max(0, ((row.done_on or today) - row.due_on).days) if row.due_on else 0
    return Judged(status, soon, late)


def entries(dossier: DossierView) -> tuple[Entry, ...]:
    """Events and corrections in one list, newest first."""
    found = [(each.at, each.id, Entry(each.at, each.user_name, each.kind, each)) for each in dossier.events]
    found += [
        (each.at, 0, Entry(each.at, each.user_name, "corrected", field=each.field))
        for each in dossier.changes
    ]
    return tuple(entry for *_, entry in sorted(found, key=lambda each: each[:2], reverse=True))


def crop(dossier: DossierView) -> Crop | None:
    """Where the task begins on its page, None where the page has no image or the task no place."""
    sheet = dossier.sheet
    if sheet is None or not sheet.pictured:
        return None
    places = (dossier.task.evidence or {}).get("boxes") or ()
    boxes = [each["box"] for each in places if each["page"] == sheet.number]
    if not boxes:
        return None
    top = max(0.0, min(box[1] for box in boxes) - _AROUND)
    bottom = min(sheet.height, max(box[3] for box in boxes) + _AROUND, top + _TALLEST)
    if bottom - top < 1:
        return None
    left = max(0.0, min(box[0] for box in boxes) - _AROUND)
    right = min(sheet.width, max(box[2] for box in boxes) + _AROUND)
    # A short line is not blown up: at least two thirds of the page's width are shown.
    width = max(right - left, sheet.width * 2 / 3)
    left = min(left, sheet.width - width)
    return Crop(
        sheet.number,
        round(sheet.width, 1),
        round(sheet.height, 1),
        round(left, 1),
        round(top, 1),
        round(width, 1),
        round(bottom - top, 1),
        tuple(
            (round(x0 - 1.5, 1), round(y0 - 1, 1), round(x1 - x0 + 3, 1), round(y1 - y0 + 2, 1))
            for x0, y0, x1, y1 in boxes
        ),
    )
