"""Saved views of the lists of tasks and of letters: kept and forgotten by their user."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.task_filters import FIELDS
from register import list_views
from register.list_views import Shown

router = APIRouter(include_in_schema=False)
LETTER_FIELDS: Final = ("so", "trich_yeu", "co_quan", "loai", "chieu", "tinh_trang", "nhiem_vu", "tu_ngay", "den_ngay")
KEPT: Final[dict[Shown, tuple[str, ...]]] = {"tasks": (*FIELDS, "trang_thai", "xem", "an"), "letters": (*LETTER_FIELDS, "an")}
"""What of an address makes a view of a list; the page in the list is none of it."""
Name = Annotated[str, Form(max_length=300)]
Address = Annotated[str, Form(max_length=2000)]


def query_of(address: str, shown: Shown) -> str:
    """The part of an address that a view keeps."""
    pairs = parse_qsl(address.partition("?")[2])
    return urlencode([(name, value) for name, value in pairs if name in KEPT[shown]])


@router.post("/nhiem-vu/cach-xem")
def save_of_tasks(services: Here, user: CurrentUser, ten: Name, dia_chi: Address = "") -> Response:
    """Keep the list of tasks as it is shown under a name."""
    return _saved(services, user, "tasks", "/nhiem-vu", ten, dia_chi)


@router.post("/nhiem-vu/cach-xem/{view_id}/xoa")
def forget_of_tasks(services: Here, user: CurrentUser, view_id: Id) -> Response:
    """Forget a view of the tasks."""
    return _forgotten(services, user, "tasks", "/nhiem-vu", view_id)


@router.post("/van-ban/cach-xem")
def save_of_letters(services: Here, user: CurrentUser, ten: Name, dia_chi: Address = "") -> Response:
    """Keep the list of letters as it is shown under a name."""
    return _saved(services, user, "letters", "/van-ban", ten, dia_chi)


@router.post("/van-ban/cach-xem/{letters_view_id}/xoa")
def forget_of_letters(services: Here, user: CurrentUser, letters_view_id: Id) -> Response:
    """Forget a view of the letters."""
    return _forgotten(services, user, "letters", "/van-ban", letters_view_id)


def _saved(services: Here, user: CurrentUser, shown: Shown, page: str, name: str, address: str) -> Response:
    query = query_of(address, shown)
    with services.database.transaction() as s:
        list_views.save(s, user.id, shown, name=name, query=query, at=services.now())
    return RedirectResponse(f"{page}?{query}" if query else page, 303)


def _forgotten(services: Here, user: CurrentUser, shown: Shown, page: str, view_id: int) -> Response:
    with services.database.transaction() as s:
        list_views.remove(s, user.id, shown, view_id)
    return RedirectResponse(page, 303)
