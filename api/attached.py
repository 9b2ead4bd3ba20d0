"""Files given as evidence with what people write about an obligation, and given back as downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from fastapi import UploadFile
from sqlalchemy.orm import Session
from starlette.responses import FileResponse, Response

from api.duty_actions import change
from api.rights import Right
from api.services import Services
from api.uploads import held
from register import attaching, events
from register.originals import missing
from register.users import UserView

Write = Callable[[Session, int], int]
"""Writes an event of the obligation of that id; gives the event's id."""


def with_files(
    services: Services,
    user: UserView,
    obligation_id: int,
    right: Right,
    write: Write,
    files: Sequence[UploadFile],
) -> None:
    """Do it, and keep the files beside the event, in one transaction: a file that is refused undoes it all."""
    with held(services, files) as incoming:

        def action(s: Session, id: int) -> object:
            event_id = write(s, id)
            if not incoming:
                return event_id
            return attaching.attach(
                s,
                services.store,
                event_id,
                incoming,
                at=services.now(),
                by=user.id,
                version=services.processing,
            )

        change(services, user, obligation_id, right, action)


def note_with(
    services: Services, user: UserView, obligation_id: int, text: str, files: Sequence[UploadFile]
) -> None:
    """A note with files; with files it needs no words."""
    at, some = services.now(), any(each.filename or each.size for each in files)

    def write(s: Session, id: int) -> int:
        return events.note(s, id, text=text, at=at, by=user.id, with_files=some)

    with_files(services, user, obligation_id, "follow", write, files)


def attached_file(services: Services, obligation_id: int, attachment_id: int) -> Response:
    """The bytes as they came: always an attachment, never something a browser would open or run."""
    with services.database.reading() as s:
        found, sha256 = attaching.get(s, obligation_id, attachment_id)
    path = services.store.path(sha256)
    if not path.is_file():
        raise missing(sha256)
    return download(path, found.name)


def download(path: Path, name: str) -> FileResponse:
    """A file with the headers of what is only ever saved."""
    return FileResponse(
        path,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
