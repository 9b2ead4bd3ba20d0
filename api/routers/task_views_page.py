"""Saved views of the list of tasks: kept and forgotten by their user."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.task_filters import FIELDS
from register import task_views

router = APIRouter(include_in_schema=False)
KEPT = (*FIELDS, "trang_thai", "xem", "an")
"""What of an address makes a view; the page in the list is none of it."""


def query_of(address: str) -> str:
    """The part of an address that a view keeps."""
    pairs = parse_qsl(address.partition("?")[2])
    return urlencode([(name, value) for name, value in pairs if name in KEPT])


@router.post("/nhiem-vu/cach-xem")
def save(
    services: Here,
    user: CurrentUser,
    ten: Annotated[str, Form(max_length=300)],
    dia_chi: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Keep the list as it is shown under a name."""
    query = query_of(dia_chi)
    with services.database.transaction() as s:
        task_views.save(s, user.id, name=ten, query=query, at=services.now())
    return RedirectResponse(f"/nhiem-vu?{query}" if query else "/nhiem-vu", 303)


@router.post("/nhiem-vu/cach-xem/{view_id}/xoa")
def forget(services: Here, user: CurrentUser, view_id: Id) -> Response:
    """Forget a view."""
    with services.database.transaction() as s:
        task_views.remove(s, user.id, view_id)
    return RedirectResponse("/nhiem-vu", 303)
