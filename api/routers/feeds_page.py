"""Calendar feeds: their secret addresses, made and taken back by their users, and what is read there."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from api import ical
from api.brake import Brake
from api.deps import MAX_ID, CurrentUser, Here, Id
from api.i18n import Words
from api.problems import not_found
from api.routers.duty_page import number_of
from api.routers.reminders_page import settings_of
from api.schemas import Out
from api.services import Services
from register import calendar_days, feeds, office_settings
from register.feeds import FeedView
from register.terms import office_days

router = APIRouter()

WINDOW = timedelta(minutes=10)
PER_FEED, PER_ADDRESS = 30, 120
"""How often a feed, and one network address, may ask in ten minutes; calendar programs ask a few times an hour."""
_OF_FEED, _OF_ADDRESS = "feed", "address"
Token = Annotated[str, Path(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
Word = Annotated[str, Form(max_length=200)]


class FeedOut(Out):
    """A calendar address, without the secret in it. `scope`: own, unit or agency; `form`: event or todo."""

    id: int
    name: str
    scope: str
    unit_id: int | None
    unit_name: str | None
    agency: str | None
    form: str
    created_at: datetime
    used_at: datetime | None


class FeedMadeOut(FeedOut):
    """A new calendar address; it is shown this once."""

    address: str


class FeedIn(BaseModel):
    """Which obligations: one's own (and one's unit's), those of a unit, or of an agency by a part of its name."""

    name: str = Field(default="", max_length=feeds.LONGEST_NAME)
    scope: Literal["own", "unit", "agency"] = "own"
    form: Literal["event", "todo"] = "event"
    unit_id: int | None = Field(default=None, ge=1, le=MAX_ID)
    agency: str = Field(default="", max_length=feeds.LONGEST_NAME)


@router.get("/ics/{token}.ics", include_in_schema=False)
def feed(request: Request, services: Here, token: Token) -> Response:
    """The calendar of a secret address, as its user may see it now."""
    at = services.now()
    brakes: dict[str, Brake] = request.app.state.feed_brakes
    address = request.client.host if request.client else ""
    wait = brakes[_OF_ADDRESS].wait(address, at) or brakes[_OF_FEED].wait(token, at)
    if wait:
        return PlainTextResponse("429", 429, headers={"Retry-After": str(wait)})
    with services.database.reading() as s:
        found = feeds.find(s, token)
        if found is None:
            raise not_found()
        view, user = found
        entries = feeds.entries(s, view, user)
        days = office_days(calendar_days.overrides(s))
        own = office_settings.load(s)
    t = Words(user.language)
    body = ical.calendar(
        entries,
        name=title_of(view, t),
        form=view.form,
        t=t,
        host=f"{own.installation}.dondoc",  # not the address of the pages, which an office may set or change later
        before=own.before,
        link=services.public_url,
        office=days,
    )
    if view.used_at is None or at - view.used_at > feeds.TOUCH:
        with services.database.transaction() as s:
            feeds.touch(s, view.id, at=at)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    asked = request.headers.get("if-none-match", "")
    if tag in (each.strip().removeprefix("W/") for each in asked.split(",")):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'attachment; filename="dondoc.ics"'
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def brakes() -> dict[str, Brake]:
    """The brakes of an application."""
    return {_OF_FEED: Brake(PER_FEED, WINDOW), _OF_ADDRESS: Brake(PER_ADDRESS, WINDOW)}


def title_of(view: FeedView, t: Words) -> str:
    """The name of a feed: its user's, else what it shows."""
    if view.name:
        return view.name
    return {"own": t("feed.own"), "unit": view.unit_name, "agency": view.agency}.get(view.scope) or t(
        "app.name"
    )


def address_of(request: Request, services: Services, token: str) -> str:
    """The whole address of a feed."""
    base = services.public_url or str(request.base_url).rstrip("/")
    return f"{base}/ics/{token}.ics"


@router.post("/nhac-viec/lich", include_in_schema=False)
def add(
    request: Request,
    services: Here,
    user: CurrentUser,
    loai: Word = "own",
    ten: Word = "",
    don_vi: Word = "",
    co_quan: Word = "",
    dang: Word = "event",
) -> Response:
    """Make an address; the page that answers shows it, this once."""
    with services.database.transaction() as s:
        view, token = feeds.create(
            s,
            user.id,
            name=ten,
            scope=loai,
            form=dang,
            unit_id=number_of(don_vi),
            agency=co_quan,
            at=services.now(),
        )
    return settings_of(request, services, user, made=view.id, address=address_of(request, services, token))


@router.post("/nhac-viec/lich/{feed_id}/doi", include_in_schema=False)
def renew(request: Request, services: Here, user: CurrentUser, feed_id: Id) -> Response:
    """Give it another address; the old one is worth nothing from now on."""
    with services.database.transaction() as s:
        token = feeds.renew(s, user.id, feed_id, at=services.now())
    return settings_of(request, services, user, made=feed_id, address=address_of(request, services, token))


@router.post("/nhac-viec/lich/{feed_id}/thu-hoi", include_in_schema=False)
def revoke(services: Here, user: CurrentUser, feed_id: Id) -> Response:
    """Take it back."""
    with services.database.transaction() as s:
        feeds.revoke(s, user.id, feed_id, at=services.now())
    return RedirectResponse("/nhac-viec/thiet-lap#lich", 303)


@router.get("/api/v1/calendar-feeds", tags=["reminders"], summary="Địa chỉ lịch · Calendar addresses")
def feed_list(services: Here, user: CurrentUser) -> list[FeedOut]:
    """Those of the signed-in user, without the secrets."""
    with services.database.reading() as s:
        return [FeedOut.model_validate(each) for each in feeds.listing(s, user.id)]


@router.post("/api/v1/calendar-feeds", tags=["reminders"], status_code=201,
             summary="Tạo địa chỉ lịch · Make a calendar address")  # fmt: skip
def feed_add(request: Request, services: Here, user: CurrentUser, body: FeedIn) -> FeedMadeOut:
    """Whoever has the address reads the calendar without signing in, as far as its user may."""
    with services.database.transaction() as s:
        view, token = feeds.create(
            s,
            user.id,
            name=body.name,
            scope=body.scope,
            form=body.form,
            unit_id=body.unit_id,
            agency=body.agency,
            at=services.now(),
        )
    return _made(view, address_of(request, services, token))


@router.post("/api/v1/calendar-feeds/{feed_id}/renewal", tags=["reminders"],
             summary="Đổi địa chỉ lịch · Renew a calendar address")  # fmt: skip
def feed_renew(request: Request, services: Here, user: CurrentUser, feed_id: Id) -> FeedMadeOut:
    """The old address is worth nothing from now on."""
    with services.database.transaction() as s:
        token = feeds.renew(s, user.id, feed_id, at=services.now())
        view = feeds.get(s, user.id, feed_id)
    return _made(view, address_of(request, services, token))


@router.delete("/api/v1/calendar-feeds/{feed_id}", tags=["reminders"], status_code=204,
               summary="Thu hồi địa chỉ lịch · Revoke a calendar address")  # fmt: skip
def feed_revoke(services: Here, user: CurrentUser, feed_id: Id) -> Response:
    """Nothing is read there any more."""
    with services.database.transaction() as s:
        feeds.revoke(s, user.id, feed_id, at=services.now())
    return Response(status_code=204)


def _made(view: FeedView, address: str) -> FeedMadeOut:
    return FeedMadeOut(**FeedOut.model_validate(view).model_dump(), address=address)
