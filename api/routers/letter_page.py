"""One letter: its pages beside its values, tasks and references; corrections made in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import MAX_ID, CurrentUser, Here, Id
from api.doubt_view import doubts_of
from api.found import Typed
from api.hand_view import hands_of
from api.hit_view import sought
from api.letter_view import (
    DATES,
    HEADER,
    empty_fields,
    listed,
    pieces_of,
    sheets_of,
    values_of,
)
from api.misread_view import misread_of, stretches
from api.offer_view import also_elsewhere, offered
from api.paging import day_of
from api.quality_view import fault_lines
from api.render import render
from api.rights import may, require
from api.routers.documents_page import KINDS
from ingest.errors import BadRequest
from register import books, corrections, intake, letters, respellings, tasks, twins
from register import offers as offers_elsewhere
from register.graph import changes, replies
from register.graph.changes import BasisWarning
from register.status import is_soon, status_of
from register.views import LetterView, TaskView

router = APIRouter(include_in_schema=False)

Short = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form(max_length=20_000)]

LETTER_LISTS = frozenset({"addressees", "recipients"})
LETTER_TEXTS = frozenset(
    {"incoming_number", "incoming_body", "signer_authority", "signer_position", "signer_name", *HEADER}
)
TASK_LISTS = frozenset({"responsible", "coordinating"})
TASK_TEXTS = frozenset({"text", "report_to", "label"})
URGENCIES = ("khẩn", "thượng khẩn", "hỏa tốc")


@router.get("/van-ban/{letter_id}")
def letter_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    letter_id: Id,
    tim: Typed = "",
    doc_lai: str = "",
    cung_chu: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    """The page of a letter; `cung_chu` is a correction just made, whose reading stands in other letters, too."""
    today = services.today()
    with services.database.reading() as s:
        letter = letters.get(s, letter_id)
        pages = letters.pages(s, letter_id)
        file = intake.get(s, letter.row.file_id)
        misread = misread_of(letters.misread(s, letter_id))
        faults = intake.complaints(s, [file]).get(file.id, ())
        same = twins.of_letters(s, [letter_id]).get(letter_id, ())
        warned = changes.warnings(s, [letter_id], today=today).get(letter_id, ())
        offers = replies.listing(s, letter_ids=[letter_id])
        arrival = books.of_letters(s, [letter_id]).get(letter_id)
        shelf = books.open_books(s)
        alike = offered(letter, offers_elsewhere.of_letter(s, letter)) if may(user, "correct") else ()
        spelt = respellings.find(s, cung_chu) if cung_chu else None
        others = len(respellings.elsewhere(s, spelt)) if spelt else 0
    doubts = doubts_of(letter)
    own = {page.number for page in pages}
    reasons = {each.id: each.reason for each in doubts}
    patterns = sought(tim)
    sheets = sheets_of(letter, pages, patterns, misread, reasons)

    def judge(each: Any) -> tuple[str, bool, int]:
        """Status, whether it is due soon, days late (0 when not)."""
        found = status_of(due_on=each.due_on, done_on=each.done_on, today=today)
        soon = is_soon(due_on=each.due_on, done_on=each.done_on, today=today, days=services.soon_days)
        late = max(0, ((each.done_on or today) - each.due_on).days) if each.due_on else 0
        return found, soon, late

    return render(
        request,
        "letter.html",
        section="letters",
        letter=letter,
        row=letter.row,
        file=file,
        shape=f"?v={file.read_sha256[:8]}" if file.read_sha256 else "",
        values=values_of(letter, reasons),
        empty=empty_fields(letter),
        addressees=listed(letter, "addressees", reasons),
        recipients=listed(letter, "recipients", reasons),
        twins=same,
        doubts=doubts,
        alike=alike,
        spelt=spelt,
        others=others,
        reasons=reasons,
        sheets=sheets,
        warned=warned,
        warned_tasks=_warned_tasks(letter, warned),
        offers=offers,
        arrival=arrival,
        books=shelf,
        faults=[each for each in faults if each.page in own],
        fault_lines=fault_lines,
        pieces=() if sheets else pieces_of(letter, misread, reasons, patterns),
        misread=misread,
        hands=hands_of(letter, pages),
        stretches=lambda task: stretches(task, letter, misread),
        tasks=[task for task in letter.tasks if task.state == "active"],
        dropped=[task for task in letter.tasks if task.state == "dropped"],
        judge=judge,
        kinds=KINDS,
        urgencies=URGENCIES,
        next=request.url.path,
        said=doc_lai == "1",
    )


def _warned_tasks(letter: LetterView, warned: Sequence[BasisWarning]) -> dict[int, BasisWarning]:
    """Tasks that cite a changed document in their own words, by id."""
    places = {each.id: [mention.start for mention in each.mentions] for each in letter.references}
    found: dict[int, BasisWarning] = {}
    for task in letter.tasks:
        start, end = ((task.evidence or {}).get(name, 0) for name in ("start", "end"))
        for each in warned:
            if any(start <= at < end for at in places.get(each.reference_id, ())):
                found.setdefault(task.id, each)
    return found


@router.post("/van-ban/{letter_id}/sua")
def correct_letter(
    services: Here,
    user: CurrentUser,
    letter_id: Id,
    field: Short,
    version: Annotated[int, Form()],
    value: Long = "",
) -> Response:
    """Correct a header value; the reading itself stays as it was."""
    with services.database.transaction() as s:
        letters.get(s, letter_id)
        require(user, "correct")
        new: str | list[str] | None
        if field in LETTER_LISTS:
            new = lines_of(value)
        elif field in DATES:
            new = _iso(day_of(value))
        elif field in LETTER_TEXTS:
            new = " ".join(value.split()) or None
        else:
            raise unknown_field(field)
        corrections.correct_letter(
            s, letter_id, field, new, at=services.now(), by=user.id, expected_version=version
        )
        told = also_elsewhere(s, letter_id, None, field)
    services.wake()
    return RedirectResponse(f"/van-ban/{letter_id}{told}", 303)


@router.post("/van-ban/{letter_id}/so-den")
def move_to_book(
    services: Here, user: CurrentUser, letter_id: Id, so: Annotated[int, Form(ge=1, le=MAX_ID)]
) -> Response:
    """Put the letter into another book, where it gets the next số đến."""
    with services.database.transaction() as s:
        letters.get(s, letter_id)
        require(user, "correct")
        books.move(s, letter_id, so, at=services.now(), by=user.id)
    return RedirectResponse(f"/van-ban/{letter_id}", 303)


@router.post("/van-ban/{letter_id}/ra-soat")
def review(services: Here, user: CurrentUser, letter_id: Id, xong: Short = "1") -> Response:
    """Say that a person has looked at the letter, or take it back."""
    with services.database.transaction() as s:
        letters.get(s, letter_id)
        require(user, "correct")
        corrections.review(s, letter_id, at=services.now(), by=user.id, reviewed=xong == "1")
    services.wake()
    return RedirectResponse(f"/van-ban/{letter_id}", 303)


@router.post("/van-ban/{letter_id}/nhiem-vu/{task_id}/sua")
def correct_task(
    services: Here,
    user: CurrentUser,
    letter_id: Id,
    task_id: Id,
    field: Short,
    version: Annotated[int, Form()],
    value: Long = "",
) -> Response:
    """Correct a task: its text, bodies, deadline, or whether it is a task at all."""
    with services.database.transaction() as s:
        task = tasks.get(s, task_id)
        if task.letter_id != letter_id:
            raise BadRequest(
                "task-not-found", "Văn bản này không có nhiệm vụ đó.", "The letter has no such task."
            )
        require(user, "correct")
        name, new = _task_value(task, field, value)
        corrections.correct_task(
            s, task_id, name, new, at=services.now(), by=user.id, expected_version=version
        )
        told = also_elsewhere(s, letter_id, task_id, name)
    services.wake()
    return RedirectResponse(f"/van-ban/{letter_id}{told}#t-{task_id}", 303)


def _task_value(task: TaskView, field: str, value: str) -> tuple[str, Any]:
    """The register's field and value for what the form sent."""
    if field in TASK_LISTS:
        return field, lines_of(value)
    if field in TASK_TEXTS:
        text = " ".join(value.split())
        if field == "text" and not text:
            raise BadRequest("text-empty", "Nội dung việc không được để trống.", "A task needs a text.")
        return field, text or None
    if field == "state" and value in ("active", "dropped"):
        return field, value
    if field == "deadline":
        return "deadlines", _deadlines(task, day_of(value))
    raise unknown_field(field)


def _deadlines(task: TaskView, day: date | None) -> list[dict[str, Any]]:
    """The task's deadlines with the first one put on a fixed day, or without it."""
    old = [
        {
            "kind": each.kind,
            "date": _iso(each.printed_on),
            "rule": each.rule,
            "raw": each.raw,
            "strict": each.strict,
        }
        for each in task.deadlines
    ]
    if day is None:
        return old[1:]
    first = {
        "kind": "fixed",
        "date": _iso(day),
        "rule": None,
        "raw": old[0]["raw"] if old else "",
        "strict": False,
    }
    return [first, *old[1:]]


def lines_of(text: str) -> list[str]:
    """One entry per line, blank lines left out."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def unknown_field(field: str) -> BadRequest:
    """A field that cannot be corrected."""
    return BadRequest(
        "field-unknown",
        f"Không có trường “{field[:40]}” để sửa.",
        f"There is no field “{field[:40]}” to correct.",
    )
