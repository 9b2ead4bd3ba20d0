"""One obligation: its “6 rõ”, source and history, and what people do with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api import duty_view
from api.attached import attached_file, note_with, with_files
from api.deps import MAX_ID, CurrentUser, Here, Id
from api.duty_actions import change
from api.duty_actions import request as asked
from api.paging import day_of
from api.render import render, safe_next
from api.rights import require
from ingest.errors import BadRequest
from register import assigning, completing, dossier, events, history, letters, tasks, units
from register.assigning import Party
from register.letters import LetterFilter

router = APIRouter(include_in_schema=False)

Day = Annotated[str, Form(max_length=20)]
Words = Annotated[str, Form(max_length=5000)]
Next = Annotated[str, Form(max_length=2000)]
Files = Annotated[list[UploadFile], File()]
Number = Annotated[str, Form(max_length=20)]
SUGGESTED = 8


@router.get("/nhiem-vu/gia-han")
def requests_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """Extension requests that wait for a decision, oldest first."""
    with services.database.reading() as s:
        waiting = history.open_requests(s)
        found = tasks.by_ids(
            s, [each.obligation_id for each in waiting], today=services.today(), soon_days=services.soon_days
        )
    rows = {each.obligation_id: each for each in found}
    return render(
        request,
        "extensions.html",
        section="tasks",
        waiting=[(each, rows[each.obligation_id]) for each in waiting if each.obligation_id in rows],
    )


@router.get("/nhiem-vu/bang-chung")
def evidence(
    request: Request, services: Here, user: CurrentUser, van_ban: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """Letters that may be meant by what was typed as evidence, as a piece of a page."""
    text = van_ban.strip()
    where = LetterFilter(number=text) if any(each.isdigit() for each in text) else LetterFilter(subject=text)
    with services.database.reading() as s:
        found = letters.listing(s, where, sort="issued", limit=SUGGESTED).items if text else ()
    return render(request, "evidence_options.html", rows=found)


@router.get("/nhiem-vu/{obligation_id}")
def duty_page(request: Request, services: Here, user: CurrentUser, obligation_id: Id) -> Response:
    """The page of an obligation."""
    with services.database.reading() as s:
        found = dossier.get(s, obligation_id)
        people, office = assigning.people(s), units.listing(s, active_only=True)
        own = assigning.standings(s, user, [obligation_id])[obligation_id]
    return render(
        request,
        "duty.html",
        section="tasks",
        view=found,
        row=found.obligation,
        task=found.task,
        source=found.source,
        own=own,
        people=people,
        units=office,
        helping={f"{each.kind}-{each.id}" for each in found.cooperating},
        others=[each for each in found.task.obligations if each.id != obligation_id],
        judged=duty_view.judged(found, today=services.today(), soon_days=services.soon_days),
        entries=duty_view.entries(found),
        crop=duty_view.crop(found),
        pending=[each for each in found.obligation.occurrences if each.done_on is None],
        recurring=any(each.kind == "recurring" for each in found.task.deadlines),
    )


@router.post("/nhiem-vu/{obligation_id}/tien-do")
def note(
    services: Here,
    user: CurrentUser,
    obligation_id: Id,
    noi_dung: Words = "",
    tep: Files = [],  # noqa: B006 - read only
    next: Next = "",
) -> Response:
    """Write how it goes, with files."""
    note_with(services, user, obligation_id, noi_dung, tep)
    return back(obligation_id, next)


@router.get("/nhiem-vu/{obligation_id}/tep/{attachment_id}")
def attached(services: Here, user: CurrentUser, obligation_id: Id, attachment_id: Id) -> Response:
    """A file given as evidence, as a download."""
    return attached_file(services, obligation_id, attachment_id)


@router.post("/nhiem-vu/{obligation_id}/giao")
def assign(
    services: Here,
    user: CurrentUser,
    obligation_id: Id,
    nguoi: Number = "",
    don_vi: Number = "",
    phoi_hop: Annotated[list[str], Form(max_length=200)] = [],  # noqa: B006 - read only
    noi_dung: Words = "",
    next: Next = "",
) -> Response:
    """Give it to a person, a unit or both ("" to nobody), with those who co-operate."""
    person, unit, at = number_of(nguoi), number_of(don_vi), services.now()
    helping = [party for each in phoi_hop if (party := party_of(each)) is not None]
    change(
        services,
        user,
        obligation_id,
        "assign",
        lambda s, id: assigning.assign(
            s, id, user_id=person, unit_id=unit, cooperating=helping, at=at, by=user.id, text=noi_dung
        ),
    )
    return back(obligation_id, next)


@router.post("/nhiem-vu/{obligation_id}/gia-han")
def ask(
    services: Here,
    user: CurrentUser,
    obligation_id: Id,
    ngay: Day = "",
    noi_dung: Words = "",
    next: Next = "",
) -> Response:
    """Ask for a later due day."""
    at = services.now()

    def action(s: Session, id: int) -> object:
        new = day_of(ngay)
        if new is None:
            raise BadRequest("date-missing", "Chưa ghi ngày xin gia hạn.", "The new due day is missing.")
        return events.request_extension(s, id, new_due=new, text=noi_dung, at=at, by=user.id)

    change(services, user, obligation_id, "follow", action)
    return back(obligation_id, next)


@router.post("/nhiem-vu/gia-han/{request_id}")
def decide(
    services: Here,
    user: CurrentUser,
    request_id: Id,
    dong_y: Annotated[str, Form(pattern="^[01]$")],
    ngay: Day = "",
    noi_dung: Words = "",
    next: Next = "",
) -> Response:
    """Grant or refuse an extension."""
    with services.database.transaction() as s:
        wanted = asked(s, request_id)
        require(user, "decide")
        events.decide_extension(
            s,
            request_id,
            granted=dong_y == "1",
            new_due=day_of(ngay),
            text=noi_dung,
            at=services.now(),
            by=user.id,
        )
    services.wake()
    return back(wanted.obligation_id, next)


@router.post("/nhiem-vu/{obligation_id}/hoan-thanh")
def complete(
    services: Here,
    user: CurrentUser,
    obligation_id: Id,
    ngay: Day = "",
    van_ban: Annotated[str, Form(max_length=300)] = "",
    noi_dung: Words = "",
    ky: Number = "",
    ca: Number = "",
    tep: Files = [],  # noqa: B006 - read only
    next: Next = "/nhiem-vu",
) -> Response:
    """It was done, on the day given, by the letter given; else today. Files may come with it."""
    at, today = services.now(), services.today()

    def action(s: Session, id: int) -> int:
        return completing.complete(
            s,
            id,
            today=today,
            at=at,
            by=user.id,
            on=day_of(ngay),
            text=noi_dung,
            letter_id=completing.letter_named(s, van_ban),
            occurrence_id=number_of(ky),
            whole=ca == "1",
        )

    with_files(services, user, obligation_id, "complete", action, tep)
    return back(obligation_id, next)


@router.post("/nhiem-vu/{obligation_id}/mo-lai")
def reopen(
    services: Here, user: CurrentUser, obligation_id: Id, noi_dung: Words = "", next: Next = "/nhiem-vu"
) -> Response:
    """Take the completion back."""
    at = services.now()
    change(
        services,
        user,
        obligation_id,
        "complete",
        lambda s, id: events.reopen(s, id, at=at, by=user.id, text=noi_dung.strip() or None),
    )
    return back(obligation_id, next)


@router.post("/nhiem-vu/{obligation_id}/thoi")
def cancel(
    services: Here, user: CurrentUser, obligation_id: Id, noi_dung: Words = "", next: Next = ""
) -> Response:
    """Take it out of the tracking, with the reason."""
    at, today = services.now(), services.today()
    change(
        services,
        user,
        obligation_id,
        "cancel",
        lambda s, id: events.cancel(s, id, on=today, reason=noi_dung, at=at, by=user.id),
    )
    return back(obligation_id, next)


@router.post("/nhiem-vu/{obligation_id}/theo-doi")
def restore(services: Here, user: CurrentUser, obligation_id: Id, next: Next = "") -> Response:
    """Track it again."""
    at = services.now()
    change(services, user, obligation_id, "cancel", lambda s, id: events.restore(s, id, at=at, by=user.id))
    return back(obligation_id, next)


def back(obligation_id: int, next: str) -> RedirectResponse:
    """To where the form was, else to the obligation's page."""
    return RedirectResponse(safe_next(next) if next else f"/nhiem-vu/{obligation_id}", 303)


def number_of(text: str) -> int | None:
    """An id sent by a form; None for an empty field."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= MAX_ID):
        raise BadRequest("invalid", "Giá trị không đúng dạng.", "A value has the wrong form.")
    return int(text)


def party_of(text: str) -> Party | None:
    """A unit or a person sent by a form: "unit-3", "user-7" or "7"; None for an empty field."""
    kind, _, number = text.strip().rpartition("-")
    id = number_of(number)
    if id is None and not kind:
        return None
    if id is None or kind not in ("", "user", "unit"):
        raise BadRequest("invalid", "Giá trị không đúng dạng.", "A value has the wrong form.")
    return Party("unit" if kind == "unit" else "user", id)
