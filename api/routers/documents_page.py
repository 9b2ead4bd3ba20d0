"""Văn bản: the register as a list; originals and page images."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.attached import download
from api.deps import CurrentUser, Here, Id
from api.paging import Paging, address, day_of
from api.problems import not_found
from api.render import render
from api.services import Services
from ingest.errors import BadRequest
from register import books, intake, letters, list_views
from register.letters import LetterFilter
from register.originals import missing
from register.views import FileView

router = APIRouter(include_in_schema=False)

PER_PAGE = 50
DOUBTFUL = "can-kiem-tra"
"""The state that stands for: not reviewed, with values to look at."""
DPI = 120
KINDS = (
    "công văn", "chỉ thị", "quyết định", "thông báo", "kế hoạch", "công điện", "tờ trình", "báo cáo",
    "nghị quyết", "giấy mời", "hướng dẫn", "chương trình", "khác",
)  # fmt: skip
"""Kinds offered by the filter; the list is for people and leaves out what is rare."""

CHOOSABLE = ("incoming", "date", "issuer", "tasks", "state")
"""Columns that can be left out; number and subject say which letter it is."""
Text = Annotated[str, Query(max_length=300)]


@router.get("/van-ban")
def letters_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    so: Text = "",
    trich_yeu: Text = "",
    co_quan: Text = "",
    loai: Text = "",
    chieu: Text = "",
    tinh_trang: Text = "",
    nhiem_vu: Text = "",
    tu_ngay: Text = "",
    den_ngay: Text = "",
    an: Text = "",
    trang: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The list of letters with its filters, all of them in the address."""
    has_tasks: dict[str, bool] = {"co": True, "khong": False}
    where = LetterFilter(
        kind=loai or None,
        issuer=co_quan.strip() or None,
        subject=trich_yeu.strip() or None,
        number=so.strip() or None,
        direction=chieu or None,
        states=(tinh_trang,) if tinh_trang and tinh_trang != DOUBTFUL else (),
        doubtful=True if tinh_trang == DOUBTFUL else None,
        issued_from=day_of(tu_ngay),
        issued_to=day_of(den_ngay),
        has_tasks=has_tasks.get(nhiem_vu),
    )
    with services.database.reading() as s:
        found = letters.listing(s, where, offset=(trang - 1) * PER_PAGE, limit=PER_PAGE)
        arrivals = books.of_letters(s, [row.id for row in found.items])
        saved = list_views.listing(s, user.id, "letters")
    hidden = [name for name in CHOOSABLE if name in an.split(",")]
    return render(
        request,
        "letters.html",
        section="letters",
        found=found,
        paging=Paging.of(request, found.offset, len(found.items), found.total, trang),
        kinds=KINDS,
        stamped=bool(arrivals)
        or any(row.incoming_number or row.received_on or row.incoming_on for row in found.items),
        arrivals=arrivals,
        saved=saved,
        hidden=hidden,
        toggles=[(name, name not in hidden, address(request, an=",".join(sorted({*hidden} ^ {name})) or None)) for name in CHOOSABLE],
        filtered=where != LetterFilter(),
        chosen={
            "so": so, "trich_yeu": trich_yeu, "co_quan": co_quan, "loai": loai, "chieu": chieu,
            "tinh_trang": tinh_trang, "nhiem_vu": nhiem_vu, "tu_ngay": tu_ngay, "den_ngay": den_ngay,
        },
    )  # fmt: skip


@router.get("/tep/{file_id}/ban-goc")
def original(services: Here, user: CurrentUser, file_id: Id) -> Response:
    """The original, unchanged, as a download."""
    return original_file(services, file_id)


@router.get("/van-ban/{letter_id}/trang/{page}.png")
def page_png(services: Here, user: CurrentUser, request: Request, letter_id: Id, page: int) -> Response:
    """The image of one page of a letter."""
    return page_image(services, request, letter_id, page)


def original_file(services: Services, file_id: int) -> Response:
    """The bytes as they came: always an attachment, never something a browser would open or run."""
    with services.database.reading() as s:
        file = intake.get(s, file_id)
    if file.state == "refused":
        raise not_found()
    path = services.store.path(file.sha256)
    if not path.is_file():
        raise missing(file.sha256)
    return download(path, file.name)


def page_image(services: Services, request: Request, letter_id: int, page: int) -> Response:
    """One page of a letter as PNG; kept by the browser, because a page of an original never changes."""
    with services.database.reading() as s:
        letter = letters.get(s, letter_id)
        file = intake.get(s, letter.row.file_id)
    if page not in letter.pages:
        raise not_found()
    return image_of(services, request, file, page)


def image_of(services: Services, request: Request, file: FileView, page: int) -> Response:
    """One page of a file as PNG, as it was read."""
    tag = f'"{file.content[:24]}-{page}-{DPI}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=86400"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    path = services.store.path(file.content)
    if not path.is_file():
        raise missing(file.content)
    try:
        image = request.app.state.page_cache.get(
            tag,
            lambda: services.images.page_image(
                path, file.media_type or "application/octet-stream", page, dpi=DPI, name=file.name
            ),
        )
    except BadRequest:
        raise not_found() from None
    return Response(image, media_type="image/png", headers=headers)
