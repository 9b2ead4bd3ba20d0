"""Quản trị · Sổ văn bản: books of incoming letters with their numbers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.problems import status_of
from api.render import language_of, problem_of, render
from api.rights import require
from api.services import Services
from ingest.errors import BadRequest, DondocError
from register import books

router = APIRouter(include_in_schema=False, prefix="/quan-tri/so-van-ban")

Text = Annotated[str, Form(max_length=200)]
STEP = 500


@router.get("")
def books_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """The books of this year."""
    require(user, "administer")
    return _page(request, services)


@router.post("")
def add_book(request: Request, services: Here, user: CurrentUser, ten: Text = "") -> Response:
    """Add a book; its numbers begin with 1."""
    require(user, "administer")
    try:
        with services.database.transaction() as s:
            books.add(s, ten, at=services.now(), by=user.id)
    except DondocError as error:
        return _page(request, services, error=error)
    return RedirectResponse("/quan-tri/so-van-ban", 303)


@router.post("/cap-so")
def number_all(services: Here, user: CurrentUser) -> Response:
    """Give numbers to letters that came before there were books, in the order of their arrival."""
    require(user, "administer")
    while True:
        with services.database.transaction() as s:
            if books.number_all(s, at=services.now(), by=user.id, limit=STEP) < STEP:
                break
    return RedirectResponse("/quan-tri/so-van-ban", 303)


@router.post("/{book_id}")
def change_book(
    request: Request, services: Here, user: CurrentUser, book_id: Id, ten: Text = "", dung: Text = ""
) -> Response:
    """Rename a book, close it or open it again."""
    with services.database.reading() as s:
        books.get(s, book_id)
    require(user, "administer")
    try:
        if dung not in ("0", "1"):
            raise BadRequest("invalid", "Giá trị không đúng dạng.", "A value has the wrong form.")
        with services.database.transaction() as s:
            books.change(s, book_id, name=ten, active=dung == "1", at=services.now(), by=user.id)
    except DondocError as error:
        return _page(request, services, error=error)
    return RedirectResponse("/quan-tri/so-van-ban", 303)


def _page(request: Request, services: Services, *, error: DondocError | None = None) -> Response:
    year = services.today().year
    with services.database.reading() as s:
        listed = books.listing(s, year)
        missing = books.missing(s)
    return render(
        request,
        "admin_books.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="books",
        year=year,
        books=listed,
        missing=missing,
        problem=problem_of(error, language_of(request)) if error else None,
    )
