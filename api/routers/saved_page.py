"""Tìm kiếm đã lưu: the user's saved searches and what newly matches them, as pages and for programs."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.found import Asked, of_form, of_program
from api.paging import Paging
from api.render import render
from api.schemas import NoticeListOut, NoticeOut, SavedChangeIn, SavedOut, SaveIn, SeenOut
from api.services import Services
from ingest.errors import BadRequest
from register import saved
from register.saved import Notice, SavedView
from search.saved_query import asks, from_json, to_json
from search.types import Query as Question

router = APIRouter()
PAGE = 30
Field = Annotated[str, Form(max_length=1000)]


@router.get("/tim-da-luu", include_in_schema=False)
def saved_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The saved searches and the notices, newest first."""
    with services.database.reading() as s:
        searches = saved.listing(s, user.id)
        found = saved.notices(s, user.id, offset=(trang - 1) * PAGE, limit=PAGE)
    return render(
        request,
        "saved.html",
        section="saved",
        searches=[(each, of_json(services, each), address_of(services, each)) for each in searches],
        notices=found.items,
        target=notice_target,
        paging=Paging.of(request, found.offset, len(found.items), found.total, trang),
        most=saved.MOST_MATCHES,
    )


@router.post("/tim-da-luu", include_in_schema=False)
def save_search(
    services: Here,
    user: CurrentUser,
    name: Field,
    asked: Annotated[Asked, Depends(of_form)],
    notify: Field = "",
) -> Response:
    """Keep the question of a search page."""
    keep(services, user.id, name, asked.question(services), notify=notify == "1")
    return RedirectResponse("/tim-da-luu", 303)


@router.post("/tim-da-luu/da-xem", include_in_schema=False)
def all_seen(services: Here, user: CurrentUser) -> Response:
    """The user has looked at every notice."""
    with services.database.transaction() as s:
        saved.mark_seen(s, user.id)
    return RedirectResponse("/tim-da-luu", 303)


@router.post("/tim-da-luu/{search_id}/bao", include_in_schema=False)
def set_notify(services: Here, user: CurrentUser, search_id: Id, notify: Field = "") -> Response:
    """Turn notices of one search on or off."""
    with services.database.transaction() as s:
        saved.change(s, user.id, search_id, at=services.now(), notify=notify == "1")
    services.wake()
    return RedirectResponse("/tim-da-luu", 303)


@router.post("/tim-da-luu/{search_id}/ten", include_in_schema=False)
def rename(services: Here, user: CurrentUser, search_id: Id, name: Field) -> Response:
    """Give a search another name."""
    with services.database.transaction() as s:
        saved.change(s, user.id, search_id, at=services.now(), name=name)
    return RedirectResponse("/tim-da-luu", 303)


@router.post("/tim-da-luu/{search_id}/xoa", include_in_schema=False)
def forget(services: Here, user: CurrentUser, search_id: Id) -> Response:
    """Delete a saved search and its notices."""
    with services.database.transaction() as s:
        saved.remove(s, user.id, search_id)
    return RedirectResponse("/tim-da-luu", 303)


@router.get("/api/v1/saved-searches", tags=["search"], summary="Câu tìm đã lưu · Saved searches")
def saved_list(services: Here, user: CurrentUser) -> list[SavedOut]:
    """Those of the signed-in user, with how many new matches each has."""
    with services.database.reading() as s:
        return [SavedOut.model_validate(each) for each in saved.listing(s, user.id)]


@router.post(
    "/api/v1/saved-searches", tags=["search"], status_code=201, summary="Lưu một câu tìm · Keep a search"
)
def saved_add(services: Here, user: CurrentUser, body: SaveIn) -> SavedOut:
    """With `notify` what newly matches is told in `GET /notices`."""
    asked = of_program(
        body.q, body.kind, body.agency, body.status, body.doc_type, body.direction, body.year
    ).question(services)
    return SavedOut.model_validate(keep(services, user.id, body.name, asked, notify=body.notify))


@router.patch("/api/v1/saved-searches/{search_id}", tags=["search"], summary="Sửa câu tìm đã lưu · Change a saved search")  # fmt: skip
def saved_change(services: Here, user: CurrentUser, search_id: Id, body: SavedChangeIn) -> SavedOut:
    """Another name, notices on or off; what is not given stays."""
    with services.database.transaction() as s:
        view = saved.change(s, user.id, search_id, at=services.now(), name=body.name, notify=body.notify)
    services.wake()
    return SavedOut.model_validate(view)


@router.delete(
    "/api/v1/saved-searches/{search_id}",
    tags=["search"],
    status_code=204,
    summary="Xóa câu tìm đã lưu · Delete a saved search",
)
def saved_delete(services: Here, user: CurrentUser, search_id: Id) -> Response:
    """Its notices go too."""
    with services.database.transaction() as s:
        saved.remove(s, user.id, search_id)
    return Response(status_code=204)


@router.get("/api/v1/notices", tags=["search"], summary="Kết quả mới của câu tìm đã lưu · New matches")
def notice_list(
    services: Here,
    user: CurrentUser,
    search_id: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> NoticeListOut:
    """Newest first; `unseen` counts those not looked at yet."""
    with services.database.reading() as s:
        if search_id is not None:
            saved.get(s, user.id, search_id)
        found = saved.notices(s, user.id, search_id=search_id, offset=offset, limit=limit)
        unseen = saved.unseen(s, user.id)
    items = [NoticeOut.model_validate(each) for each in found.items]
    return NoticeListOut(items=items, total=found.total, offset=offset, limit=limit, unseen=unseen)


@router.post("/api/v1/notices/seen", tags=["search"], summary="Đã xem · Mark notices as seen")
def notices_seen(
    services: Here, user: CurrentUser, search_id: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> SeenOut:
    """Those of one search, or all."""
    with services.database.transaction() as s:
        return SeenOut(seen=saved.mark_seen(s, user.id, search_id))


def keep(services: Services, user_id: int, name: str, asked: Question, *, notify: bool) -> SavedView:
    """Save a question that asks for something."""
    if not asks(asked):
        raise BadRequest(
            "nothing-asked",
            "Câu tìm chưa hỏi gì: hãy gõ từ ngữ hoặc chọn một mục bên trái.",
            "The search asks for nothing: type words or choose a filter.",
        )
    with services.database.transaction() as s:
        view = saved.save(
            s, user_id, name=name or asked.text, question=to_json(asked), notify=notify, at=services.now()
        )
    services.wake()
    return view


def of_json(services: Services, each: SavedView) -> Question:
    """The question of a saved search as of today."""
    return from_json(each.question, today=services.today(), soon_days=services.soon_days)


def address_of(services: Services, each: SavedView) -> str:
    """The search page with this question."""
    asked = of_json(services, each)

    def first(values: tuple[str, ...]) -> str:
        return values[0] if values else ""

    values = {
        "q": asked.text,
        "loai": asked.kind if asked.kind != "letters" else "",
        "co_quan": first(asked.agencies),
        "trang_thai": first(asked.statuses),
        "loai_van_ban": first(asked.doc_types),
        "chieu": first(asked.directions),
        "nam": str(asked.issued_from.year) if asked.issued_from else "",
    }
    return "/tim-kiem?" + urlencode({name: value for name, value in values.items() if value})


def notice_target(notice: Notice) -> str:
    """The letter of a notice, at the task where one is meant."""
    return f"/van-ban/{notice.letter_id}" + (f"#o-{notice.doc_id}" if notice.kind == "tasks" else "")
