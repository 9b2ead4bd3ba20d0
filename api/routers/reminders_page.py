"""Nhắc việc: what one was reminded of, and how: mail, units followed; as pages and for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from api.deps import MAX_ID, CurrentUser, Here
from api.paging import Paging
from api.render import render
from api.schemas import Out, SeenOut
from api.services import Services
from register import calendar_days, feeds, mailing, reminding, units
from register.reminder_days import days_left
from register.terms import office_days
from register.users import UserView

router = APIRouter()
PAGE = 50
Field_ = Annotated[str, Form(max_length=300)]


class ReminderOut(Out):
    """A reminder. `kind`: 7, 3, 1 (working days before) or late; `mail`: none, queued, sent or failed."""

    id: int
    kind: str
    due_on: date
    obligation_id: int
    text: str
    body: str
    letter_code: str | None
    whom: str | None = Field(description="the person and the unit that look after it")
    created_at: datetime
    seen: bool
    mail: str
    current: bool = Field(description="the due day still stands and is open")


class ReminderListOut(BaseModel):
    """A page of reminders; `unseen` counts those of what is still open."""

    items: list[ReminderOut]
    total: int
    offset: int
    limit: int
    unseen: int


class MailOut(Out):
    """Where reminders are mailed to."""

    email: str | None
    choice: str


class MailIn(BaseModel):
    """An address ("" for none), and a mail per task, one a day, or none."""

    email: str = Field(default="", max_length=254)
    choice: Literal["each", "digest", "off"] = "each"


@router.get("/nhac-viec", include_in_schema=False)
def reminders_page(
    request: Request, services: Here, user: CurrentUser, trang: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """The reminders, newest first."""
    today = services.today()
    with services.database.reading() as s:
        found = reminding.listing(s, user.id, offset=(trang - 1) * PAGE, limit=PAGE)
        fresh = reminding.unseen(s, user.id)
        days = office_days(calendar_days.overrides(s))
    left = {each.due_on: days_left(today, each.due_on, days) for each in found.items if each.due_on >= today}
    return render(
        request,
        "reminders.html",
        section="remind",
        rows=found.items,
        before=services.office.settings.told,
        fresh=fresh,
        left=left,
        paging=Paging.of(request, found.offset, len(found.items), found.total, trang),
    )


@router.post("/nhac-viec/da-xem", include_in_schema=False)
def all_seen(services: Here, user: CurrentUser) -> Response:
    """The user has looked at every reminder."""
    with services.database.transaction() as s:
        reminding.mark_seen(s, user.id, at=services.now())
    return RedirectResponse("/nhac-viec", 303)


@router.get("/nhac-viec/thiet-lap", include_in_schema=False)
def settings_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """How the user is reminded: mail, units followed, calendars."""
    return settings_of(request, services, user)


def settings_of(request: Request, services: Services, user: UserView, **more: Any) -> Response:
    """The page of settings; `more` is what was just made ("address", with the feed's id)."""
    with services.database.reading() as s:
        chosen = mailing.settings(s, user.id)
        every = units.listing(s, active_only=True)
        followed = units.followed(s, user.id)
        own = feeds.listing(s, user.id)
    values: dict[str, Any] = {"made": None, "address": None}
    return render(
        request,
        "reminder_settings.html",
        section="remind",
        chosen=chosen,
        choices=mailing.CHOICES,
        before=services.office.settings.told,
        mail_here=services.mail,
        units=every,
        followed=followed,
        feeds=own,
        **(values | more),
    )


@router.post("/nhac-viec/thu", include_in_schema=False)
def choose_mail(services: Here, user: CurrentUser, dia_chi: Field_ = "", cach: Field_ = "each") -> Response:
    """Set the address and the choice."""
    with services.database.transaction() as s:
        mailing.choose(s, user.id, email=dia_chi, choice=cach, at=services.now(), by=user.id)
    return RedirectResponse("/nhac-viec/thiet-lap", 303)


@router.post("/nhac-viec/don-vi", include_in_schema=False)
def follow_unit(
    services: Here,
    user: CurrentUser,
    don_vi: Annotated[int, Form(ge=1, le=MAX_ID)],
    theo_doi: Field_ = "",
) -> Response:
    """Follow a unit, or no longer."""
    with services.database.transaction() as s:
        units.follow(s, don_vi, user.id, theo_doi == "1", at=services.now(), by=user.id)
    return RedirectResponse("/nhac-viec/thiet-lap", 303)


@router.get("/api/v1/reminders", tags=["reminders"], summary="Nhắc việc · Reminders")
def reminder_list(
    services: Here,
    user: CurrentUser,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ReminderListOut:
    """Those of the signed-in user, newest first."""
    with services.database.reading() as s:
        found = reminding.listing(s, user.id, offset=offset, limit=limit)
        unseen = reminding.unseen(s, user.id)
    items = [ReminderOut.model_validate(each) for each in found.items]
    return ReminderListOut(items=items, total=found.total, offset=offset, limit=limit, unseen=unseen)


@router.post(
    "/api/v1/reminders/seen", tags=["reminders"], summary="Đã xem nhắc việc · Mark reminders as seen"
)
def reminders_seen(services: Here, user: CurrentUser) -> SeenOut:
    """All of them."""
    with services.database.transaction() as s:
        return SeenOut(seen=reminding.mark_seen(s, user.id, at=services.now()))


@router.get("/api/v1/me/mail", tags=["reminders"], summary="Nhận thư nhắc việc · Where reminders are mailed")
def mail_get(services: Here, user: CurrentUser) -> MailOut:
    """The address and the choice of the signed-in user."""
    with services.database.reading() as s:
        return MailOut.model_validate(mailing.settings(s, user.id))


@router.put(
    "/api/v1/me/mail", tags=["reminders"], summary="Đặt thư nhắc việc · Set where reminders are mailed"
)
def mail_put(services: Here, user: CurrentUser, body: MailIn) -> MailOut:
    """For the signed-in user."""
    with services.database.transaction() as s:
        found = mailing.choose(
            s, user.id, email=body.email, choice=body.choice, at=services.now(), by=user.id
        )
    return MailOut.model_validate(found)
