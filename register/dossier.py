"""One obligation with everything that is known of it, for its page: “6 rõ”, source, history.

The six are those of the government's own slogan: rõ người, rõ việc, rõ trách
nhiệm, rõ thẩm quyền, rõ thời gian, rõ kết quả.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import assigning, history, tasks
from register.assigning import Party
from register.errors import unknown
from register.graph import replies
from register.graph.replies import ReplyView
from register.models import Correction, FilePage, Letter, Obligation, Unit, User
from register.text import code
from register.views import EventView, ObligationView, TaskView


@dataclass(frozen=True, slots=True)
class SourceView:
    """The letter that gave the task: who gave it, under which authority, who signed."""

    id: int
    code: str | None
    kind: str | None
    issuer: str | None
    issued_on: date | None
    subject: str | None
    signer_authority: str | None
    signer_position: str | None
    signer_name: str | None
    state: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A person changed a value of the task (`field` as in `register.corrections`)."""

    field: str
    user_name: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetView:
    """Size of a page in points; `pictured` says whether there is an image of it."""

    number: int
    width: float
    height: float
    pictured: bool


@dataclass(frozen=True, slots=True)
class DossierView:
    """An obligation whole. `evidence` are the codes and subjects of letters named in its history, by id.

    `requests` are extension requests without a decision, `offers` outgoing
    letters that may fulfil it, `cooperating` who in the office helps, `sheet` the page on which the task begins.
    """

    obligation: ObligationView
    task: TaskView
    source: SourceView
    assignee_name: str | None
    unit_name: str | None
    cooperating: tuple[Party, ...]
    events: tuple[EventView, ...]
    requests: tuple[EventView, ...]
    changes: tuple[ChangeView, ...]
    offers: tuple[ReplyView, ...]
    evidence: Mapping[int, str]
    sheet: SheetView | None

    @property
    def tracked(self) -> bool:
        """Whether it counts at all: its task is one, its letter stands, nobody has cancelled it."""
        active = self.task.state == "active" and not self.task.optional
        return active and self.source.state != "withdrawn" and self.obligation.cancelled_on is None

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.tracked and self.obligation.done_on is None


def get(s: Session, obligation_id: int) -> DossierView:
    """One obligation whole, in a fixed number of queries. BadRequest "obligation-unknown" if there is none."""
    found = s.execute(
        select(Obligation.task_id, User.name, Unit.name)
        .join(User, User.id == Obligation.assignee_id, isouter=True)
        .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
        .where(Obligation.id == obligation_id)
    ).one_or_none()
    if found is None:
        raise unknown("obligation", obligation_id)
    task = tasks.get(s, found[0])
    own = next(each for each in task.obligations if each.id == obligation_id)
    letter = s.get_one(Letter, task.letter_id)
    events = history.of_obligation(s, obligation_id)
    answered = {each.answers for each in events}
    offers = replies.listing(s, letter_ids=[letter.id])
    return DossierView(
        obligation=own,
        task=task,
        source=SourceView(
            letter.id,
            code(letter.number, letter.symbol),
            letter.kind,
            letter.issuer,
            letter.issued_on,
            letter.subject,
            letter.signer_authority,
            letter.signer_position,
            letter.signer_name,
            letter.state,
        ),
        assignee_name=found[1],
        unit_name=found[2],
        cooperating=assigning.of_obligation(s, obligation_id),
        events=events,
        requests=tuple(
            each for each in events if each.kind == "extension-requested" and each.id not in answered
        ),
        changes=_changes(s, task.id),
        offers=tuple(each for each in offers if each.obligation_id == obligation_id),
        evidence=_named(s, {each.letter_id for each in events if each.letter_id}),
        sheet=_sheet(s, letter, (task.evidence or {}).get("page")),
    )


def _changes(s: Session, task_id: int) -> tuple[ChangeView, ...]:
    rows = s.execute(
        select(Correction.field, User.name, Correction.at)
        .join(User, User.id == Correction.user_id, isouter=True)
        .where(Correction.task_id == task_id)
        .order_by(Correction.id)
    )
    return tuple(ChangeView(*row) for row in rows)


def _named(s: Session, letter_ids: set[int]) -> dict[int, str]:
    if not letter_ids:
        return {}
    rows = s.execute(
        select(Letter.id, Letter.number, Letter.symbol, Letter.subject).where(Letter.id.in_(letter_ids))
    )
    return {each: code(number, symbol) or subject or f"#{each}" for each, number, symbol, subject in rows}


def _sheet(s: Session, letter: Letter, page: int | None) -> SheetView | None:
    if page is None:
        return None
    row = s.execute(
        select(FilePage.width, FilePage.height, FilePage.source).where(
            FilePage.file_id == letter.file_id,
            FilePage.version == letter.extraction,
            FilePage.number == page,
        )
    ).one_or_none()
    if row is None:
        return None
    width, height, source = row
    return SheetView(page, width, height, bool(width and height and source != "text"))
