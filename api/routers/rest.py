"""REST under /api/v1: the same register for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from starlette.responses import Response

from api.deps import MAX_ID, CurrentUser, Here, Id
from api.doubt_view import doubts_of
from api.found import Asked, of_program, said
from api.found import search as find
from api.i18n import Words
from api.render import render
from api.rights import require
from api.routers.account import address_of, sign_in
from api.routers.documents_page import original_file, page_image
from api.schemas import (
    FileListOut,
    FileOut,
    LetterListOut,
    LetterOut,
    LetterRowOut,
    MeOut,
    Problem,
    ResultsOut,
    SessionOut,
    SignIn,
    TaskListOut,
    TaskOut,
    UploadOut,
)
from api.uploads import take_in
from register import intake, letters, tasks, users
from register.letters import LetterFilter
from register.tasks import TaskFilter

_PROBLEM: dict[str, Any] = {"model": Problem, "content": {"application/problem+json": {}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: _PROBLEM | {"description": "Yêu cầu không đúng · The request is wrong"},
    401: _PROBLEM | {"description": "Cần đăng nhập · Sign in first"},
    403: _PROBLEM | {"description": "Không có quyền · Not allowed"},
    404: _PROBLEM | {"description": "Không có · Not found"},
    422: _PROBLEM | {"description": "Giá trị không đúng dạng · A value has the wrong form"},
}

router = APIRouter(prefix="/api/v1", responses=PROBLEMS)

Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Limit = Annotated[int, Query(ge=1, le=200)]
Text = Annotated[str | None, Query(max_length=300)]


@router.post("/sessions", tags=["me"], status_code=201, summary="Đăng nhập cho chương trình · Sign in as a program",
             responses={429: _PROBLEM | {"description": "Thử quá nhiều lần · Too many tries"}})  # fmt: skip
def open_session(request: Request, services: Here, body: SignIn) -> SessionOut:
    """A token to send as `Authorization: Bearer …`; it ends by itself or by `DELETE /sessions`."""
    token, user = sign_in(
        services, body.login, body.password, address_of(request), request.headers.get("user-agent")
    )
    life = int(services.session_life.total_seconds())
    return SessionOut(token=token, expires_in=life, user=MeOut.model_validate(user))


@router.delete("/sessions", tags=["me"], status_code=204, summary="Đăng xuất · Sign out")
def end_session(request: Request, services: Here) -> Response:
    """End the session of this request."""
    if request.state.token:
        with services.database.transaction() as s:
            users.close_session(s, request.state.token)
    return Response(status_code=204)


@router.get("/me", tags=["me"], summary="Người đang đăng nhập · Who is signed in")
def me(user: CurrentUser) -> MeOut:
    """The signed-in user."""
    return MeOut.model_validate(user)


@router.post("/files", tags=["files"], status_code=202, summary="Tiếp nhận một tệp · Take in a file",
             responses={413: _PROBLEM | {"description": "Tệp quá lớn · The file is too large"}})  # fmt: skip
def upload(services: Here, user: CurrentUser, file: Annotated[UploadFile, File()]) -> UploadOut:
    """The file is kept unchanged and queued; ask `GET /files/{id}` for its state."""
    require(user, "upload")
    receipt = take_in(services, file, user)
    return UploadOut(
        file_id=receipt.file_id,
        sha256=receipt.sha256,
        state=receipt.state,
        duplicate_of=receipt.duplicate_of,
    )


@router.get("/files", tags=["files"], summary="Các tệp đã nhận · Uploads, newest first")
def file_list(
    services: Here,
    user: CurrentUser,
    state: Annotated[list[str] | None, Query(max_length=8)] = None,
    name: Text = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> FileListOut:
    """Uploads with their state."""
    with services.database.reading() as s:
        found = intake.listing(s, states=state or (), name=name, offset=offset, limit=limit)
    items = [FileOut.model_validate(file) for file in found.items]
    return FileListOut(items=items, total=found.total, offset=offset, limit=limit)


@router.get("/files/{file_id}", tags=["files"], summary="Tình trạng một tệp · State of an upload")
def file_state(services: Here, user: CurrentUser, file_id: Id) -> FileOut:
    """One upload: waiting, reading (with progress), done, failed (with reason and advice), …"""
    with services.database.reading() as s:
        return FileOut.model_validate(intake.get(s, file_id))


@router.get("/files/{file_id}/original", tags=["files"], summary="Bản gốc · The original, unchanged",
            response_class=Response, responses={200: {"content": {"application/octet-stream": {}}}})  # fmt: skip
def file_original(services: Here, user: CurrentUser, file_id: Id) -> Response:
    """The bytes as they were uploaded, as an attachment."""
    return original_file(services, file_id)


@router.post(
    "/files/{file_id}/readings", tags=["files"], status_code=202, summary="Đọc lại · Read a file again"
)
def file_again(services: Here, user: CurrentUser, file_id: Id) -> FileOut:
    """Queue the file for the present version; people's corrections survive."""
    with services.database.transaction() as s:
        intake.get(s, file_id)
        require(user, "reprocess")
        intake.requeue(s, file_id, version=services.processing, at=services.now(), by=user.id, force=True)
        file = intake.get(s, file_id)
    services.wake()
    return FileOut.model_validate(file)


@router.get("/letters", tags=["letters"], summary="Danh sách văn bản · Letters with filters")
def letter_list(
    services: Here,
    user: CurrentUser,
    number: Text = None,
    kind: Text = None,
    issuer: Text = None,
    subject: Text = None,
    direction: Text = None,
    issued_from: date | None = None,
    issued_to: date | None = None,
    has_tasks: bool | None = None,
    doubtful: bool | None = None,
    sort: Literal["received", "issued", "number", "issuer"] = "received",
    descending: bool = True,
    offset: Offset = 0,
    limit: Limit = 50,
) -> LetterListOut:
    """Text filters find parts of the text, with or without diacritics."""
    where = LetterFilter(
        number=number or None,
        kind=kind or None,
        issuer=issuer or None,
        subject=subject or None,
        direction=direction or None,
        issued_from=issued_from,
        issued_to=issued_to,
        has_tasks=has_tasks,
        doubtful=doubtful,
    )
    with services.database.reading() as s:
        found = letters.listing(s, where, sort=sort, descending=descending, offset=offset, limit=limit)
    items = [LetterRowOut.model_validate(row) for row in found.items]
    return LetterListOut(items=items, total=found.total, offset=offset, limit=limit)


@router.get("/letters/{letter_id}", tags=["letters"], summary="Một văn bản · A letter whole")
def letter(services: Here, user: CurrentUser, letter_id: Id) -> LetterOut:
    """Header, tasks, references and the evidence of every value, after corrections; what to look at, the least certain first."""
    with services.database.reading() as s:
        view = letters.get(s, letter_id)
    row = LetterRowOut.model_validate(view.row).model_dump() | {"review": doubts_of(view)}
    rest = {name: getattr(view, name) for name in LetterOut.model_fields if name not in row}
    return LetterOut.model_validate(row | rest)


@router.get("/letters/{letter_id}/text", tags=["letters"], summary="Toàn văn đã đọc · The reading text",
            response_class=Response, responses={200: {"content": {"text/plain": {}}}})  # fmt: skip
def letter_text(services: Here, user: CurrentUser, letter_id: Id) -> Response:
    """The text that all offsets of the evidence refer to."""
    with services.database.reading() as s:
        return Response(letters.get(s, letter_id).text, media_type="text/plain; charset=utf-8")


@router.get("/letters/{letter_id}/pages/{page}.png", tags=["letters"], summary="Ảnh một trang · A page as PNG",
            response_class=Response, responses={200: {"content": {"image/png": {}}}})  # fmt: skip
def letter_page_png(
    services: Here,
    user: CurrentUser,
    request: Request,
    letter_id: Id,
    page: Annotated[int, Path(ge=1, le=100_000)],
) -> Response:
    """One page of the letter, numbered as in its file."""
    return page_image(services, request, letter_id, page)


@router.get("/tasks", tags=["tasks"], summary="Danh sách nhiệm vụ · Tasks, one row per responsible body")
def task_list(
    services: Here,
    user: CurrentUser,
    agency: Text = None,
    status: Annotated[list[str] | None, Query(max_length=8)] = None,
    due_before: date | None = None,
    due_after: date | None = None,
    role: Literal["lead", "cooperating"] | None = None,
    letter_id: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    text: Text = None,
    assignee: Annotated[int | None, Query(ge=0, le=MAX_ID)] = None,
    unit: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    sort: Literal["due", "issued", "body", "letter", "done"] = "due",
    descending: bool = False,
    offset: Offset = 0,
    limit: Limit = 50,
) -> TaskListOut:
    """`status`: overdue, in-time, no-term, done-in-time, done-late, due-soon, later, open, done; `assignee`: a user's id, 0 for nobody; `unit`: a unit's id."""
    where = TaskFilter(
        agency=agency or None,
        statuses=tuple(status or ()),
        due_before=due_before,
        due_after=due_after,
        role=role,
        letter_id=letter_id,
        text=text or None,
        assignee_id=assignee or None,
        unassigned=assignee == 0,
        unit_id=unit,
    )
    today = services.today()
    with services.database.reading() as s:
        found = tasks.listing(
            s,
            where,
            today=today,
            sort=sort,
            descending=descending,
            offset=offset,
            limit=limit,
            soon_days=services.soon_days,
        )
        counts = tasks.counts(s, where, today=today, soon_days=services.soon_days)
    items = [TaskOut.model_validate(row) for row in found.items]
    return TaskListOut(items=items, total=found.total, offset=offset, limit=limit, counts=counts)


@router.get("/search", tags=["search"], summary="Tìm kiếm · Search, with or without diacritics",
            responses={503: _PROBLEM | {"description": "Bộ tìm kiếm tạm ngưng · The engine is away"}})  # fmt: skip
def search(
    services: Here,
    user: CurrentUser,
    asked: Annotated[Asked, Depends(of_program)],
    cursor: Annotated[str | None, Query(max_length=12_000)] = None,
) -> ResultsOut:
    """Document numbers are understood in any spelling ("nd 45/2012"); phrases in quotes; -word excludes."""
    results = find(services, asked.question(services, cursor))
    english = Words("en")
    return ResultsOut.model_validate(results).model_copy(update={"notes_en": tuple(said(note, english) for note in results.notes)})


@router.get("/docs", include_in_schema=False)
def docs(request: Request, user: CurrentUser) -> Response:
    """The interface described for people, without anything from elsewhere."""
    spec = request.app.openapi()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(
                {"method": method.upper(), "path": path, "operation": operation}
            )
    return render(request, "docs.html", spec=spec, groups=groups)
