"""Sắp xếp trang: turning, ordering, parting and merging the pages of received files before they are reviewed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.deps import MAX_ID, CurrentUser, Here, Id
from api.problems import not_found
from api.render import render
from api.rights import require
from api.routers.documents_page import image_of
from ingest.errors import BadRequest
from register import arranging, intake
from register.arranging import Placed, Plan
from register.views import FileView

router = APIRouter(include_in_schema=False)

OFFERED = 30
"""Files offered to be merged, those received last."""


@router.get("/tiep-nhan/{file_id}/trang")
def arrange_page(request: Request, services: Here, user: CurrentUser, file_id: Id) -> Response:
    """The pages of a received file, to be put right."""
    with services.database.reading() as s:
        file = intake.get(s, file_id)
        if file.state in ("refused", "duplicate"):
            raise not_found()
        plan = arranging.standing(s, file_id)
        names = intake.by_ids(s, sorted({page.file_id for page in plan.pages}))
        recent = intake.listing(s, states=("done",), limit=OFFERED + 1).items
        done = arranging.decided(s, [file_id, *(each.id for each in recent)])
    return render(
        request,
        "arrange.html",
        section="intake",
        file=file,
        plan=plan,
        names=names,
        several=len(names) > 1,
        closed=file_id in done or file.state == "merged",
        offered=[each for each in recent if _may_join(each, file_id) and each.id not in done],
        working=file.state in ("waiting", "reading"),
    )


def _may_join(other: FileView, file_id: int) -> bool:
    return other.id != file_id and other.media_type in arranging.PAGED and not other.arranged


@router.get("/tiep-nhan/{file_id}/trang/{page}.png")
def arranged_png(services: Here, user: CurrentUser, request: Request, file_id: Id, page: int) -> Response:
    """The image of one page of a received file, as it was read last."""
    with services.database.reading() as s:
        file = intake.get(s, file_id)
    if file.state in ("refused", "duplicate") or not file.page_count or not 1 <= page <= file.page_count:
        raise not_found()
    return image_of(services, request, file, page)


@router.post("/tiep-nhan/{file_id}/trang")
def arrange_go(
    services: Here,
    user: CurrentUser,
    file_id: Id,
    thu_tu: Annotated[list[int] | None, Form()] = None,
    xoay: Annotated[list[int] | None, Form()] = None,
    dau: Annotated[list[int] | None, Form()] = None,
    bo: Annotated[list[int] | None, Form()] = None,
) -> Response:
    """Put the pages in the order of the numbers sent, turned as sent, a letter beginning at each place ticked (`dau`), without those dropped (`bo`)."""
    order, turns, begins, dropped = thu_tu or [], xoay or [], set(dau or []), set(bo or [])
    with services.database.transaction() as s:
        intake.get(s, file_id)
        require(user, "arrange")
        now = arranging.standing(s, file_id)
        if len(order) != len(now.pages) or len(turns) != len(now.pages):
            raise BadRequest(
                "changed-meanwhile",
                "Các trang vừa được người khác sắp xếp.",
                "Somebody else has just arranged these pages.",
                advice="Hãy tải lại trang.",
                advice_en="Reload the page.",
            )
        plan = _plan(now, order, turns, begins, dropped)
        arranging.arrange(s, file_id, plan, version=services.processing, at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse("/tiep-nhan", 303)


def _plan(now: Plan, order: list[int], turns: list[int], begins: set[int], dropped: set[int]) -> Plan:
    """The plan for the numbers typed beside the pages; equal numbers keep the pages' present order.

    Where a dropped page was to begin a letter, the next one does.
    """
    pages: list[Placed] = []
    starts: list[int] = []
    begin = False
    for index in sorted(range(len(now.pages)), key=lambda index: (order[index], index)):
        begin = begin or index + 1 in begins
        if index + 1 in dropped:
            continue
        page = now.pages[index]
        pages.append(Placed(page.file_id, page.page, (page.turn + turns[index]) % 360))
        if begin:
            starts.append(len(pages))
        begin = False
    return Plan(tuple(pages), tuple(starts))


@router.post("/tiep-nhan/{file_id}/gop")
def merge_go(
    services: Here, user: CurrentUser, file_id: Id, tep: Annotated[int, Form(ge=1, le=MAX_ID)]
) -> Response:
    """Take another received file's pages behind this one's."""
    with services.database.transaction() as s:
        intake.get(s, file_id)
        require(user, "arrange")
        arranging.merge(s, file_id, tep, version=services.processing, at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse("/tiep-nhan", 303)


@router.post("/tiep-nhan/{file_id}/tra-lai")
def undo_go(services: Here, user: CurrentUser, file_id: Id) -> Response:
    """Take the last arrangement of the pages back."""
    with services.database.transaction() as s:
        intake.get(s, file_id)
        require(user, "arrange")
        arranging.undo(s, file_id, version=services.processing, at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse("/tiep-nhan", 303)
