"""Results of a search as CSV or XLSX, from the page and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from api import exports
from api.deps import CurrentUser, Here
from api.exports import MEDIA, MOST, Cell, Form
from api.found import Asked, of_page, of_program, search, search_all, target
from api.i18n import Words
from api.render import language_of
from api.services import Services
from register import audit
from register.users import UserView
from search.types import Query as Question

router = APIRouter()
CHUNK = 1 << 16


@router.get("/tim-kiem/xuat", include_in_schema=False)
def export_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    asked: Annotated[Asked, Depends(of_page)],
    dang: Literal["csv", "xlsx"] = "xlsx",
) -> Response:
    """The results of a search page as a file."""
    return _file(request, services, user, asked.question(services), dang)


@router.get(
    "/api/v1/search/export",
    tags=["search"],
    summary="Xuất kết quả tìm kiếm · Search results as a table",
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA.values()}}},
)
def export(
    request: Request,
    services: Here,
    user: CurrentUser,
    asked: Annotated[Asked, Depends(of_program)],
    format: Literal["csv", "xlsx"] = "csv",
) -> Response:
    """At most 10,000 rows, in the order of the search; the last row says what was left out."""
    return _file(request, services, user, asked.question(services), format)


def _file(request: Request, services: Services, user: UserView, asked: Question, form: Form) -> Response:
    t = Words(language_of(request))
    base = str(request.base_url).rstrip("/")
    total = search(services, asked).total  # an engine that is away is told before the answer begins

    def rows() -> Iterator[list[Cell]]:
        for hit in search_all(services, asked, MOST):
            yield exports.row(
                hit,
                t,
                lambda one: base + target(one, asked.text),
                lambda one: exports.task_status(one, services.today(), t),
            )
        if total > MOST:
            yield [t("export.cut", most=MOST, total=total)]

    held = exports.written(form, asked.kind, rows(), t)
    with services.database.transaction() as s:
        audit.write(
            s, "search-exported", "search", None, at=services.now(), by=user.id,
            query=asked.text[:500], kind=asked.kind, form=form, total=total,
        )  # fmt: skip
    name = f"tim-kiem-{services.today():%Y%m%d}.{form}"

    def pieces() -> Iterator[bytes]:
        with held:
            while piece := held.read(CHUNK):
                yield piece

    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces(), media_type=MEDIA[form], headers=headers)
