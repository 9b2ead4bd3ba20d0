"""Rà soát: accepting doubtful values, adding, cutting and joining tasks, words of a page image, names of the registry."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.doubt_view import doubts_of
from api.problems import not_found
from api.render import render
from api.rights import require
from api.routers.letter_page import lines_of
from ingest.errors import BadRequest
from nlp.agencies import agencies
from nlp.agencies.keys import key
from register import corrections, letters, own_agencies
from register.views import LetterView, TaskView

router = APIRouter(include_in_schema=False)

FIELDS = {"task": "text", "deadline": "deadlines", "signer": "signer_name", "incoming": "incoming_number"}
"""The register's names of fields that are called otherwise among the doubts."""
SUGGESTED = 12
Version = Annotated[int, Form()]


@router.get("/van-ban/co-quan")
def agency_names(
    request: Request, services: Here, user: CurrentUser, tim: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """Names of bodies that hold what was typed, as a piece of a page: the office's own, then the registry's."""
    wanted = key(tim)
    with services.database.reading() as s:
        own = [each.name for each in own_agencies.listing(s)] if wanted else []
    names = [*own, *(each.names[0] for each in agencies().values())] if wanted else []
    found = sorted(
        {name for name in names if wanted in key(name)},
        key=lambda name: (not key(name).startswith(wanted), name),
    )
    return render(request, "agency_options.html", names=found[:SUGGESTED])


@router.get("/van-ban/{letter_id}/trang/{page}/chu.json")
def words(services: Here, user: CurrentUser, letter_id: Id, page: int) -> Response:
    """The words of a page with their boxes in points: [x, y, width, height, text]."""
    with services.database.reading() as s:
        found = next((each for each in letters.pages(s, letter_id) if each.number == page), None)
    if found is None:
        raise not_found()
    rows: list[list[Any]] = [
        [round(word.box.x0, 1), round(word.box.y0, 1), round(word.box.x1 - word.box.x0, 1),
         round(word.box.y1 - word.box.y0, 1), word.text]
        for line in found.lines for word in line.words if word.box is not None
    ]  # fmt: skip
    return JSONResponse(rows, headers={"Cache-Control": "private, no-cache"})


@router.post("/van-ban/{letter_id}/dung")
def accept(
    services: Here,
    user: CurrentUser,
    letter_id: Id,
    dau: Annotated[str, Form(max_length=100)],
    version: Version,
) -> Response:
    """Say that a doubtful value is right as it was read; `dau` is its mark."""
    with services.database.transaction() as s:
        letter = letters.get(s, letter_id)
        require(user, "correct")
        doubt = next((each for each in doubts_of(letter) if each.id == dau and each.value is not None), None)
        if doubt is None or doubt.field == "reference":
            raise BadRequest(
                "nothing-doubtful", "Không còn gì để xác nhận ở đó.", "There is nothing to be accepted there any more."
            )  # fmt: skip
        corrections.confirm(
            s, letter_id, FIELDS.get(doubt.field, doubt.field), task_id=doubt.task_id,
            at=services.now(), by=user.id, expected_version=version,
        )  # fmt: skip
    services.wake()
    return RedirectResponse(f"/van-ban/{letter_id}", 303)


@router.post("/van-ban/{letter_id}/nhiem-vu")
def add_task(
    services: Here,
    user: CurrentUser,
    letter_id: Id,
    text: Annotated[str, Form(max_length=20_000)] = "",
    chu_tri: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Add a task that the program missed; `chu_tri` holds one responsible body per line."""
    with services.database.transaction() as s:
        letters.get(s, letter_id)
        require(user, "correct")
        text = " ".join(text.split())
        if not text:
            raise BadRequest("text-empty", "Nội dung việc không được để trống.", "A task needs a text.")
        number = corrections.add_task(
            s, letter_id, text=text, responsible=tuple(lines_of(chu_tri)), at=services.now(), by=user.id
        )
    services.wake()
    return RedirectResponse(f"/van-ban/{letter_id}#t-{number}", 303)


@router.post("/van-ban/{letter_id}/nhiem-vu/{task_id}/tach")
def split_task(
    services: Here,
    user: CurrentUser,
    letter_id: Id,
    task_id: Id,
    value: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Cut a task in two where its text was broken into lines."""
    with services.database.transaction() as s:
        task = _task_of(letters.get(s, letter_id), task_id)
        require(user, "correct")
        first, *rest = lines_of(value) or [""]
        if not rest or not task.text.startswith(first):
            raise BadRequest(
                "split-nowhere",
                "Chưa rõ tách ở đâu.",
                "It is not clear where to cut.",
                advice="Đặt con trỏ vào chỗ cần tách, xuống dòng, rồi bấm Tách; chưa sửa chữ nào khác.",
                advice_en="Put the cursor at the place, break the line there, then press Split; change no other word before.",
            )
        number = corrections.split_task(s, task_id, offset=len(first), at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse(f"/van-ban/{letter_id}#t-{number}", 303)


@router.post("/van-ban/{letter_id}/nhiem-vu/{task_id}/gop")
def merge_tasks(services: Here, user: CurrentUser, letter_id: Id, task_id: Id) -> Response:
    """Join the task that follows to this one."""
    with services.database.transaction() as s:
        letter = letters.get(s, letter_id)
        _task_of(letter, task_id)
        require(user, "correct")
        active = [each.id for each in letter.tasks if each.state == "active"]
        after = active[active.index(task_id) + 1 :] if task_id in active else []
        if not after:
            raise BadRequest(
                "merge-nothing", "Sau nhiệm vụ này không còn nhiệm vụ nào.", "No task follows this one."
            )
        corrections.merge_tasks(s, task_id, after[0], at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse(f"/van-ban/{letter_id}#t-{task_id}", 303)


def _task_of(letter: LetterView, task_id: int) -> TaskView:
    for task in letter.tasks:
        if task.id == task_id:
            return task
    raise BadRequest("task-not-found", "Văn bản này không có nhiệm vụ đó.", "The letter has no such task.")
