"""REST on the units of the office: their names, heads, members and followers."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.deps import MAX_ID, CurrentUser, Here, Id
from api.duty_schemas import PersonOut
from api.rights import require
from api.routers.rest import PROBLEMS
from api.schemas import Out
from register import units
from register.users import UserView

router = APIRouter(prefix="/api/v1/units", responses=PROBLEMS, tags=["units"])


class UnitOut(Out):
    """A unit; `members` counts those who may sign in."""

    id: int
    name: str
    short: str | None
    head_id: int | None
    head_name: str | None
    active: bool
    members: int


class UnitWholeOut(UnitOut):
    """A unit with its people; `followers` are reminded of its work beside its head."""

    people: list[PersonOut]
    followers: list[PersonOut]


class UnitIn(BaseModel):
    """A new unit."""

    name: str = Field(min_length=1, max_length=units.LONGEST_NAME)
    short: str = Field(default="", max_length=units.LONGEST_SHORT)
    head_id: int | None = Field(default=None, ge=1, le=MAX_ID)


class UnitChangeIn(BaseModel):
    """What is to be changed; what is not given stays. `head_id` 0 is for nobody."""

    name: str | None = Field(default=None, min_length=1, max_length=units.LONGEST_NAME)
    short: str | None = Field(default=None, max_length=units.LONGEST_SHORT)
    head_id: int | None = Field(default=None, ge=0, le=MAX_ID)
    active: bool | None = None


class MemberIn(BaseModel):
    """Who is put into the unit, or out of it."""

    user_id: int = Field(ge=1, le=MAX_ID)
    member: bool = True


class FollowingIn(BaseModel):
    """Whether one is reminded of the unit's work."""

    follows: bool = True


class FollowIn(FollowingIn):
    """Who is reminded of the unit's work, or no longer."""

    user_id: int = Field(ge=1, le=MAX_ID)


@router.get("", summary="Các đơn vị · Units")
def unit_list(services: Here, user: CurrentUser) -> list[UnitOut]:
    """Open ones first, by name."""
    with services.database.reading() as s:
        return [UnitOut.model_validate(each) for each in units.listing(s)]


@router.get("/{unit_id}", summary="Một đơn vị · A unit with its people")
def unit(services: Here, user: CurrentUser, unit_id: Id) -> UnitWholeOut:
    """Its members and followers who may sign in."""
    with services.database.reading() as s:
        return _whole(s, unit_id)


@router.post("", status_code=201, summary="Thêm đơn vị · Add a unit")
def unit_add(services: Here, user: CurrentUser, body: UnitIn) -> UnitOut:
    """The name must not be taken."""
    require(user, "units")
    with services.database.transaction() as s:
        return UnitOut.model_validate(
            units.add(
                s, name=body.name, short=body.short, head_id=body.head_id, at=services.now(), by=user.id
            )
        )


@router.patch("/{unit_id}", summary="Sửa đơn vị · Change a unit")
def unit_change(services: Here, user: CurrentUser, unit_id: Id, body: UnitChangeIn) -> UnitOut:
    """Its name, abbreviation, head, or whether it is closed."""
    at = services.now()
    with services.database.transaction() as s:
        _allow(s, user, unit_id)
        if body.head_id is not None:
            units.set_head(s, unit_id, body.head_id or None, at=at, by=user.id)
        found = units.change(
            s, unit_id, at=at, by=user.id, name=body.name, short=body.short, active=body.active
        )
        return UnitOut.model_validate(found)


@router.put("/{unit_id}/members", summary="Thành viên · Put a person into a unit, or out of it")
def unit_member(services: Here, user: CurrentUser, unit_id: Id, body: MemberIn) -> UnitWholeOut:
    """A person belongs to one unit at most: joining one leaves the other."""
    with services.database.transaction() as s:
        _allow(s, user, unit_id)
        inside = any(each.id == body.user_id for each in units.members(s, unit_id))
        if body.member or inside:
            units.join(s, body.user_id, unit_id if body.member else None, at=services.now(), by=user.id)
        return _whole(s, unit_id)


@router.put("/{unit_id}/followers", summary="Người theo dõi · Remind a person of a unit's work, or no longer")
def unit_follower(services: Here, user: CurrentUser, unit_id: Id, body: FollowIn) -> UnitWholeOut:
    """Beside its head."""
    with services.database.transaction() as s:
        _allow(s, user, unit_id)
        units.follow(s, unit_id, body.user_id, body.follows, at=services.now(), by=user.id)
        return _whole(s, unit_id)


@router.put("/{unit_id}/following", summary="Tôi theo dõi · Be reminded of a unit's work, or no longer")
def unit_following(services: Here, user: CurrentUser, unit_id: Id, body: FollowingIn) -> UnitWholeOut:
    """The signed-in user."""
    with services.database.transaction() as s:
        units.follow(s, unit_id, user.id, body.follows, at=services.now(), by=user.id)
        return _whole(s, unit_id)


def _allow(s: Session, user: UserView, unit_id: int) -> None:
    units.get(s, unit_id)  # 404 before 403
    require(user, "units")


def _whole(s: Session, unit_id: int) -> UnitWholeOut:
    found = UnitOut.model_validate(units.get(s, unit_id))
    return UnitWholeOut(
        **found.model_dump(),
        people=[PersonOut.model_validate(each) for each in units.members(s, unit_id)],
        followers=[PersonOut.model_validate(each) for each in units.followers(s, unit_id)],
    )
