"""REST on single obligations: what they are, their history, and what people do with them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.attached import attached_file, note_with
from api.deps import CurrentUser, Here, Id
from api.duty_actions import Action, change, change_many
from api.duty_actions import request as asked
from api.duty_schemas import (
    AssignIn,
    BulkIn,
    BulkOut,
    BulkRefusedOut,
    CancellationIn,
    CompletionIn,
    DecisionIn,
    DutyOut,
    EventOut,
    ExtensionIn,
    NoteIn,
    PartyOut,
    PersonOut,
    RequestOut,
    SourceOut,
)
from api.duty_view import judged
from api.rights import Right, require
from api.routers.rest import PROBLEMS
from api.schemas import LetterTaskOut, TaskOut
from api.services import Services
from register import assigning, attaching, completing, dossier, events, history, tasks
from register.assigning import Party
from register.users import UserView

router = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["tasks"])


@router.get("/people", summary="Người được giao việc · Who can be given work")
def people(services: Here, user: CurrentUser) -> list[PersonOut]:
    """Everybody who may sign in, by name."""
    with services.database.reading() as s:
        return [PersonOut.model_validate(each) for each in assigning.people(s)]


@router.get("/tasks/{obligation_id}", summary="Một nhiệm vụ · An obligation whole")
def duty(services: Here, user: CurrentUser, obligation_id: Id) -> DutyOut:
    """The task, its source, who looks after it, its history."""
    return _whole(services, obligation_id)


@router.post("/tasks/bulk", summary="Làm với nhiều nhiệm vụ · The same for several")
def bulk(services: Here, user: CurrentUser, body: BulkIn) -> BulkOut:
    """Each is done or refused for itself; an unknown id refuses all."""
    at, today = services.now(), services.today()

    def complete(s: Session, id: int) -> object:
        return events.mark_done(s, id, on=body.on or today, at=at, by=user.id, today=today)

    def assign(s: Session, id: int) -> object:
        return assigning.assign(s, id, user_id=body.user_id, unit_id=body.unit_id, at=at, by=user.id)

    right: Right = "complete" if body.action == "complete" else "assign"
    found = change_many(services, user, body.ids, right, complete if right == "complete" else assign)
    return BulkOut(
        done=list(found.done),
        refused=[BulkRefusedOut(id=id, code=error.code, title=error.message) for id, error in found.refused],
    )


@router.post("/tasks/{obligation_id}/notes", status_code=201, summary="Ghi tiến độ · Write a note")
def note(services: Here, user: CurrentUser, obligation_id: Id, body: NoteIn) -> DutyOut:
    """How it goes."""
    at = services.now()
    return _do(
        services,
        user,
        obligation_id,
        "follow",
        lambda s, id: events.note(s, id, text=body.text, at=at, by=user.id),
    )


@router.post(
    "/tasks/{obligation_id}/files", status_code=201, summary="Gửi tệp làm bằng chứng · Files as evidence"
)
def add_files(
    services: Here,
    user: CurrentUser,
    obligation_id: Id,
    file: Annotated[list[UploadFile], File(max_length=attaching.MOST)],
    text: Annotated[str, Form(max_length=5000)] = "",
) -> DutyOut:
    """A note with files. They are given out once they were checked; one that is refused refuses all."""
    note_with(services, user, obligation_id, text, file)
    return _whole(services, obligation_id)


@router.get(
    "/tasks/{obligation_id}/files/{attachment_id}", summary="Tải tệp bằng chứng · A file given as evidence"
)
def get_file(services: Here, user: CurrentUser, obligation_id: Id, attachment_id: Id) -> Response:
    """As it came, as a download; 409 while it is being checked."""
    return attached_file(services, obligation_id, attachment_id)


@router.put("/tasks/{obligation_id}/assignee", summary="Giao việc · Assign to a unit or a person")
def assign(services: Here, user: CurrentUser, obligation_id: Id, body: AssignIn) -> DutyOut:
    """To a user, a unit or both, or to nobody; with those who co-operate."""
    at = services.now()
    return _do(
        services,
        user,
        obligation_id,
        "assign",
        lambda s, id: assigning.assign(
            s,
            id,
            user_id=body.user_id,
            unit_id=body.unit_id,
            cooperating=None
            if body.cooperating is None
            else [Party(each.kind, each.id) for each in body.cooperating],
            at=at,
            by=user.id,
            text=body.text,
        ),
    )


@router.post("/tasks/{obligation_id}/extensions", status_code=201,
             summary="Đề nghị gia hạn · Ask for an extension")  # fmt: skip
def ask(services: Here, user: CurrentUser, obligation_id: Id, body: ExtensionIn) -> DutyOut:
    """Of the next open due day; nothing changes until it is decided."""
    at = services.now()
    return _do(
        services,
        user,
        obligation_id,
        "follow",
        lambda s, id: events.request_extension(
            s, id, new_due=body.new_due, text=body.reason, at=at, by=user.id
        ),
    )


@router.get("/extensions", summary="Đề nghị gia hạn đang chờ · Extension requests that wait")
def waiting(services: Here, user: CurrentUser) -> list[RequestOut]:
    """Those without a decision, oldest first, at most 200."""
    with services.database.reading() as s:
        return [RequestOut.model_validate(each) for each in history.open_requests(s)]


@router.post("/extensions/{request_id}/decision", status_code=201,
             summary="Quyết định gia hạn · Decide on an extension")  # fmt: skip
def decide(services: Here, user: CurrentUser, request_id: Id, body: DecisionIn) -> DutyOut:
    """Old and new day stay in the history."""
    with services.database.transaction() as s:
        found = asked(s, request_id)
        require(user, "decide")
        events.decide_extension(
            s,
            request_id,
            granted=body.granted,
            new_due=body.new_due,
            text=body.text,
            at=services.now(),
            by=user.id,
        )
    services.wake()
    return _whole(services, found.obligation_id)


@router.post("/tasks/{obligation_id}/completion", status_code=201,
             summary="Đánh dấu hoàn thành · Mark an obligation as done")  # fmt: skip
def done(
    services: Here,
    user: CurrentUser,
    obligation_id: Id,
    on: date | None = None,
    body: CompletionIn | None = None,
) -> TaskOut:
    """Done today, or on the day given; with a body also the letter that shows it."""
    given, at, today = body or CompletionIn(), services.now(), services.today()

    def action(s: Session, id: int) -> object:
        return completing.complete(
            s,
            id,
            today=today,
            at=at,
            by=user.id,
            on=given.on or on,
            text=given.text,
            letter_id=given.letter_id,
            occurrence_id=given.occurrence_id,
            whole=given.whole,
        )

    change(services, user, obligation_id, "complete", action)
    return _row(services, obligation_id)


@router.delete("/tasks/{obligation_id}/completion", summary="Mở lại · Take the completion back")
def reopened(services: Here, user: CurrentUser, obligation_id: Id) -> TaskOut:
    """Undo the last completion."""
    at = services.now()
    change(services, user, obligation_id, "complete", lambda s, id: events.reopen(s, id, at=at, by=user.id))
    return _row(services, obligation_id)


@router.post("/tasks/{obligation_id}/cancellation", status_code=201,
             summary="Thôi theo dõi · Take out of the tracking")  # fmt: skip
def cancel(services: Here, user: CurrentUser, obligation_id: Id, body: CancellationIn) -> DutyOut:
    """With the reason; it leaves the lists and counts nowhere."""
    at, today = services.now(), services.today()
    return _do(
        services,
        user,
        obligation_id,
        "cancel",
        lambda s, id: events.cancel(s, id, on=today, reason=body.reason, at=at, by=user.id),
    )


@router.delete("/tasks/{obligation_id}/cancellation", summary="Theo dõi lại · Track it again")
def restore(services: Here, user: CurrentUser, obligation_id: Id) -> DutyOut:
    """Take the cancellation back."""
    at = services.now()
    return _do(
        services, user, obligation_id, "cancel", lambda s, id: events.restore(s, id, at=at, by=user.id)
    )


def _do(services: Services, user: UserView, obligation_id: int, right: Right, action: Action) -> DutyOut:
    change(services, user, obligation_id, right, action)
    return _whole(services, obligation_id)


def _row(services: Services, obligation_id: int) -> TaskOut:
    """The obligation as it stands in the list."""
    with services.database.reading() as s:
        rows = tasks.by_ids(s, [obligation_id], today=services.today(), soon_days=services.soon_days)
    return TaskOut.model_validate(rows[0])


def _whole(services: Services, obligation_id: int) -> DutyOut:
    with services.database.reading() as s:
        view = dossier.get(s, obligation_id)
    row = view.obligation
    return DutyOut(
        obligation_id=row.id,
        task=LetterTaskOut.model_validate(view.task),
        source=SourceOut.model_validate(view.source),
        role=row.role,
        body=row.body,
        due_on=row.due_on,
        done_on=row.done_on,
        cancelled_on=row.cancelled_on,
        cancel_reason=row.cancel_reason,
        status=judged(view, today=services.today(), soon_days=services.soon_days).status,
        tracked=view.tracked,
        open=view.open,
        assignee_id=row.assignee_id,
        assignee_name=view.assignee_name,
        unit_id=row.unit_id,
        unit_name=view.unit_name,
        cooperating=[PartyOut.model_validate(each) for each in view.cooperating],
        page=(view.task.evidence or {}).get("page"),
        requests=[EventOut.model_validate(each) for each in view.requests],
        events=[EventOut.model_validate(each) for each in view.events],
        version=row.version,
    )
